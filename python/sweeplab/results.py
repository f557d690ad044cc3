"""A results folder, read as tables."""
import json
from pathlib import Path

from .program import answer


def open(folder="results"):
    """The results of a folder, as `sweep run --results FOLDER` left them."""
    if not Path(folder).is_dir():
        raise FileNotFoundError(f"there is no folder {str(folder)!r}; sweep run makes one")
    return Results(folder)


class Results:
    """What the sweeps of one folder hold. Tables are pandas' DataFrames where pandas is installed, else lists of dicts."""

    def __init__(self, folder):
        self.folder = str(folder)

    def __repr__(self):
        return f"sweeplab.open({self.folder!r})"

    def sweeps(self):
        """A row a sweep: name, counts of its runs by status, whether somebody works on it now."""
        rows = json.loads(answer("status", "--results", self.folder, "--json"))
        return _table([{**{key: value for key, value in row.items() if key != "ledger"}, **row["ledger"]}
                       for row in rows])

    def runs(self, sweep=None, status=None, reveal=False):
        """A row a run that was started: run, status, seed, each axis, each metric.

        Settings have the type that the spec gives them (0.5 is a number, "full" a text). While predictions are open
        the program shows no metric; with `reveal` it does, and writes down that it did.
        """
        arguments = ["runs", *_named(sweep), "--results", self.folder, "--json"]
        if status:
            arguments += ["--status", status]
        if reveal:
            arguments += ["--show-results"]
        return _table([_flat(row) for row in json.loads(answer(*arguments))])

    def curves(self, sweep=None):
        """A row a point of a learning curve: run, epoch (or step), each axis, seed, each metric at that point."""
        return _table([point for run in self._report(sweep)["curves"] for point in _points(run)])

    def effects(self, sweep=None):
        """A row a main effect: metric, factor, from, to, estimate, both ends of the 95 % interval, n of seeds, outcome.

        `outcome` is up, down, none (smaller than what matters) or None: not settled. It is what the report says, and
        like the report it reveals results: predictions that come after it are late.
        """
        effects = self._report(sweep)["effects"]
        return _table([_effect(metric, row) for metric, tables in effects.items() for row in tables["main"]])

    def questions(self, sweep=None):
        """A row a declared question, with what came out; reveals results, as the report does."""
        return _table(self._report(sweep)["questions"])

    def sql(self, question):
        """The answer to a SELECT on the views that SQL.md explains, a row a row; what is sealed is in none of them."""
        found = json.loads(answer("sql", question, "--results", self.folder, "--json"))
        return _table([dict(zip(found["columns"], row)) for row in found["rows"]])

    def _report(self, sweep):
        return json.loads(answer("report", *_named(sweep), "--results", self.folder, "--format", "json"))


def _named(sweep):
    return [sweep] if sweep else []


def _flat(row):
    levels = {axis: _typed(level) for axis, level in row.get("levels", {}).items()}
    rest = {key: value for key, value in row.items() if key not in ("levels", "metrics")}
    return {**rest, **levels, **row.get("metrics", {})}


def _typed(level):
    """A level as the spec has it: what is JSON is that value, everything else a text."""
    try:
        return json.loads(level)
    except ValueError:
        return level


def _points(run):
    columns = {key: values for key, values in run.items() if isinstance(values, list)}
    fixed = {key: value for key, value in run.items() if key not in columns}
    for index in range(max(map(len, columns.values()), default=0)):
        yield {**fixed, **{key: values[index] for key, values in columns.items()}}


def _effect(metric, row):
    low, high = row["ci95"] or (None, None)
    return {"metric": metric, "factor": row["factor"], "from": row["from"], "to": row["to"],
            "estimate": row["estimate"], "low95": low, "high95": high, "n_seeds": row["n_seeds"],
            "outcome": row["outcome"]}


def _table(rows):
    try:
        import pandas
    except ImportError:
        return rows
    return pandas.DataFrame(rows)

"""The views, asked by SQLite, by DuckDB and by `sweep sql`, with the questions of SQL.md."""
import csv
import io
import json
import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

import duckdb
import duckdb_extension_sqlite_scanner
import pytest

from binary import BINARY, sweep
from test_python import SEALED, run

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = re.findall(r"\*\*(\d+)\. [^\n]*\n\n```sql\n(.*?)```", (ROOT / "SQL.md").read_text(), re.S)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A sweep with curves, one with failures and values that are no numbers, and a sealed one."""
    folder = tmp_path_factory.mktemp("sql")
    for file in (ROOT / "examples" / "argparse").iterdir():
        shutil.copy(file, folder)
    program = ("import sys; a = sys.argv[1]; print('{\"final\": {\"loss\": NaN, \"other\": 1}}' if a == '1' "
               "else '{\"final\": {\"loss\": 2, \"other\": 3}}'); sys.exit(7 if a == '3' else 0)")
    broken = {"name": "broken", "command": ["python3", "-c", program.replace("{", "{{").replace("}", "}}"), "{a}"],
              "axes": {"a": [1, 2, 3]}, "seeds": 2}
    (folder / "broken.json").write_text(json.dumps(broken))
    (folder / "sealed.json").write_text(json.dumps(SEALED))
    for spec in ("ridge", "sealed"):
        run(folder, f"{spec}.json")
    subprocess.run([BINARY, "run", "broken.json", "--quiet"], cwd=folder)
    return folder


@pytest.fixture
def database(folder):
    connection = sqlite3.connect(f"file:{folder}/results/sweeps.sqlite?mode=ro", uri=True)
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def duck(folder):
    connection = duckdb.connect()
    # The extension comes by pip, like DuckDB: INSTALL would ask a server of its own.
    extension, = Path(duckdb_extension_sqlite_scanner.__file__).parent.rglob("*.duckdb_extension")
    connection.execute(f"LOAD '{extension}'")
    for view in ("sweeps", "runs", "metrics", "curves", "attempts"):
        connection.execute(
            f"CREATE VIEW {view} AS FROM sqlite_scan('{folder}/results/sweeps.sqlite', '{view}')")
    return connection


def asked(folder, question, *flags):
    answer = json.loads(sweep("sql", question, "--json", *flags, cwd=folder))
    assert answer["format"] == "sql/1"
    return answer["columns"], [tuple(row) for row in answer["rows"]]


def test_the_page_has_ten_questions():
    assert [int(number) for number, _ in QUESTIONS] == list(range(1, 11))


@pytest.mark.parametrize("number,question", QUESTIONS, ids=[number for number, _ in QUESTIONS])
def test_a_question_of_the_page_has_one_answer(folder, database, duck, number, question):
    cursor = database.execute(question)
    names, rows = [column[0] for column in cursor.description], sorted(cursor.fetchall(), key=str)
    # No run of these sweeps was started twice.
    assert rows or number == "8"
    columns, own = asked(folder, question)
    assert columns == names and sorted(own, key=str) == rows
    assert duck.execute(question).fetchdf().shape == (len(rows), len(names))


def test_the_change_within_seeds_is_what_the_report_says(folder, database):
    changes = [row[1] for row in database.execute(dict(QUESTIONS)["4"])]
    report = json.loads(sweep("report", "ridge", "--format", "json", cwd=folder))
    effect, = [row for row in report["effects"]["valid_loss"]["main"]
               if row["factor"] == "penalty" and row["to"] == "10"]
    assert len(changes) == effect["n_seeds"] == 12
    assert sum(changes) / 12 == pytest.approx(effect["estimate"], rel=1e-12)


def test_duckdb_takes_numbers_for_numbers(duck, database):
    mean, = duck.execute("SELECT avg(value) FROM metrics WHERE metric = 'valid_loss'").fetchone()
    assert mean == pytest.approx(
        database.execute("SELECT avg(value) FROM metrics WHERE metric = 'valid_loss'").fetchone()[0], rel=1e-12)
    types = dict(duck.execute("SELECT column_name, column_type FROM (DESCRIBE attempts)").fetchall())
    assert types["duration"] == "DOUBLE" and types["attempt"] == "BIGINT" and types["host"] == "VARCHAR"


def test_what_is_no_number_is_no_zero(folder):
    question = "SELECT count(*), count(value), avg(value) FROM metrics WHERE sweep = 'broken' AND metric = 'other'"
    # A run that diverged or failed may have printed numbers; they count where they were measured, and NaN nowhere.
    total, numbers, _ = asked(folder, question)[1][0]
    assert total == numbers
    lost = asked(folder, "SELECT metric, value, not_finite FROM metrics WHERE not_finite IS NOT NULL")[1]
    assert lost and all(row == ("loss", None, "nan") for row in lost)


def test_the_levels_keep_their_type(folder):
    rows = asked(folder, "SELECT DISTINCT typeof(json_extract(levels, '$.penalty')) FROM runs WHERE sweep = 'ridge'")
    assert rows[1] == [("integer",)]


def test_wide_has_a_column_an_axis_and_a_metric(folder, database):
    columns, rows = asked(folder, "SELECT * FROM wide", "--wide", "ridge")
    assert columns == ["run", "seed", "status", "penalty", "points", "train_loss", "valid_loss"]
    assert len(rows) == 72
    mean, = asked(folder, "SELECT avg(valid_loss) FROM wide WHERE penalty = 10", "--wide", "ridge")[1][0]
    assert mean == pytest.approx(dict(
        (row[0], row[2]) for row in database.execute(dict(QUESTIONS)["2"]))[10], rel=1e-12)


def test_what_is_sealed_is_in_no_view(folder, database, duck):
    question = "SELECT count(*) FROM {} WHERE sweep = 'sealed'"
    for view, rows in (("metrics", 0), ("curves", 0), ("runs", 6), ("attempts", 6)):
        assert database.execute(question.format(view)).fetchone() == (rows,)
        assert duck.execute(question.format(view)).fetchone() == (rows,)
        assert asked(folder, question.format(view))[1] == [(rows,)]
    assert database.execute("SELECT sealed FROM sweeps WHERE sweep = 'sealed'").fetchone() == (1,)


@pytest.mark.parametrize("question", [
    "SELECT value FROM finalValue", "WITH metrics AS (SELECT value FROM finalValue) SELECT * FROM metrics",
    "SELECT count(*) FROM finalValue NATURAL JOIN (SELECT 10.0 AS value)", "SELECT * FROM stored.finalValue",
    "ATTACH 'results/sweeps.sqlite' AS door", "DELETE FROM runs", "DROP TABLE runs", "VACUUM INTO 'copy.sqlite'",
    "SELECT 1; SELECT 2", "SELECT load_extension('x')", "PRAGMA user_version = 7", ""])
def test_no_question_reaches_the_tables(folder, question):
    before = sorted(path.name for path in folder.iterdir())
    done = subprocess.run([BINARY, "sql", question], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 64 and not done.stdout, done.stdout
    assert "The SQL cannot be answered" in done.stderr
    assert sorted(path.name for path in folder.iterdir()) == before


def test_after_the_last_reveal_all_is_there(folder, tmp_path):
    shutil.copytree(folder / "results", tmp_path / "results")
    warned = subprocess.run([BINARY, "sql", "SELECT * FROM metrics"], cwd=tmp_path, capture_output=True, text=True)
    assert "'sealed'" in warned.stderr
    sweep("report", "sealed", "--format", "md", cwd=tmp_path)
    assert asked(tmp_path, "SELECT count(*) FROM metrics WHERE sweep = 'sealed'")[1] == [(6,)]
    assert asked(tmp_path, "SELECT sealed FROM sweeps WHERE sweep = 'sealed'")[1] == [(0,)]


def test_csv_and_table_say_the_same(folder):
    question = "SELECT sweep, ok, sealed FROM sweeps ORDER BY sweep"
    rows = list(csv.reader(io.StringIO(sweep("sql", question, "--csv", cwd=folder))))
    assert rows == [["sweep", "ok", "sealed"], ["broken", "4", "0"], ["ridge", "72", "0"], ["sealed", "6", "1"]]
    table = sweep("sql", question, cwd=folder).splitlines()
    assert [line.split() for line in table[:1] + table[2:]] == rows


def test_the_page_explains_every_column():
    views = json.loads(sweep("sql", "--json", cwd=ROOT))
    assert views["format"] == "views/1" and views["version"] == 1
    page = (ROOT / "SQL.md").read_text()
    for view in views["views"]:
        rows = [f"| `{column['name']}` | {column['type']} | {column['meaning']} |" for column in view["columns"]]
        assert "\n".join([f"### `{view['name']}`: {view['row']}", "", "| column | type | meaning |", "|---|---|---|",
                          *rows]) + "\n" in page

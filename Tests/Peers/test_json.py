"""The JSON and JSON Lines of a sweep, as Python's json and pandas read them, beside its CSV. SWEEP is the binary."""
import io
import json

import pandas
import pytest

from binary import sweep

HOSTILE = ["=1+1", "a,b", 'say "hi"', "line\nend", "<script>", "שלום", "\u2028"]
TRAINER = (
    "import json,random,sys;r=random.Random(sys.argv[1]+sys.argv[2])\n"
    "for e in range(1,6): print(json.dumps({{'epoch': e, 'loss': r.random(), 'odd': float('nan')}}))\n"
    "print(json.dumps({{'final': {{'loss': r.random(), 'odd': float('-inf')}}}}))"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("json")
    spec = {
        "name": "hostile",
        "command": ["python3", "-c", TRAINER, "{seed}", "{rate}"],
        "axes": {"text": HOSTILE, "rate": [-0.5, 1e-4]},
        "seeds": 3,
        "metrics": {"loss": {"better": "lower", "delta": 0.02}},
    }
    (folder / "hostile.json").write_text(json.dumps(spec))
    sweep("run", "hostile.json", "--quiet", cwd=folder)
    return folder


@pytest.fixture(scope="module")
def table(folder):
    return pandas.read_csv(io.StringIO(sweep("report", "--format", "csv", cwd=folder)))


@pytest.fixture(scope="module")
def document(folder):
    def refuse(word):
        raise AssertionError(f"{word} is no JSON")

    return json.loads(sweep("report", "--format", "json", cwd=folder), parse_constant=refuse)


@pytest.fixture(scope="module")
def lines(folder):
    text = sweep("report", "--format", "jsonl", cwd=folder)
    return pandas.read_json(io.StringIO(text), lines=True, precise_float=True)


def test_the_runs_of_the_document_are_those_of_the_csv(document, table):
    runs = pandas.DataFrame(document["runs"])
    assert list(runs.columns) == list(table.columns)
    assert list(runs.run) == list(table.run)
    assert (runs.loss == table.loss).all()
    assert (runs.rate == table.rate).all()
    assert set(runs.odd) == {"-inf"}
    assert set(runs.text) == set(HOSTILE)


def test_pandas_reads_the_lines(lines, table):
    runs = lines[lines.kind == "run"]
    assert len(runs) == len(table)
    assert (runs.loss.astype(float).values == table.loss.values).all()
    curves = lines[lines.kind == "curve"]
    assert len(curves) == 5 * len(table)
    assert sorted(set(curves.epoch)) == [1, 2, 3, 4, 5]


def test_curves_are_the_same_in_both(document, lines):
    points = lines[lines.kind == "curve"]
    for curve in document["curves"]:
        own = points[points.run == curve["run"]]
        assert list(own.loss.astype(float)) == curve["loss"]
        assert set(curve["odd"]) == {"nan"}


def test_effects_have_the_keys_and_values_of_sweep_effects(folder, document, lines):
    sweep("report", "--format", "csv", "-o", "runs.csv", cwd=folder)
    design = {
        "factors": [
            {"name": "text", "levels": HOSTILE},
            {"name": "rate", "levels": ["-0.5", "0.0001"], "ordered": True},
        ],
        "metrics": [{"name": "loss", "delta": 0.02, "better": "lower"}],
    }
    (folder / "design.json").write_text(json.dumps(design))
    effects = json.loads(
        sweep("effects", "runs.csv", "--design", "design.json", "--format", "json", cwd=folder)
    )["effects"]["loss"]
    own = document["effects"]["loss"]
    assert own.keys() == effects.keys()
    assert own["main"] == effects["main"]
    records = lines[(lines.kind == "effect") & (lines.effect == "main")]
    assert list(records.estimate) == pytest.approx([e["estimate"] for e in own["main"]], rel=1e-15)


def test_the_document_says_what_made_it(document):
    assert document["counts"]["ok"] == document["counts"]["planned"] == len(document["runs"])
    assert len(document["spec_digest"]) == 64
    assert document["spec"]["name"] == "hostile"
    assert document["provenance"][0]["specDigest"] == document["spec_digest"]
    assert document["provenance"][0]["host"]["cores"] >= 1
    assert document["claim"]
    assert document["findings"]

"""`sweep compare`, beside SciPy's paired and Welch tests. SWEEP is the binary."""
import io
import json

import numpy
import pandas
import pytest
from scipy import stats

from binary import sweep

TRAINER = (
    "import json,random,sys;r=random.Random(''.join(sys.argv[1:]))\n"
    "for e in range(1,5): print(json.dumps({{'epoch': e, 'loss': r.random()}}))\n"
    "print(json.dumps({{'final': {{'loss': r.gauss(float(sys.argv[2]), 0.1)}}}}))"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("compare")
    spec = {
        "name": "first", "command": ["python3", "-c", TRAINER, "{seed}", "{a}", "{b}"],
        "axes": {"a": [0, 0.3], "b": ["x", "y", "z"]}, "seeds": 6,
        "metrics": {"loss": {"better": "lower", "delta": 0.02}},
    }
    (folder / "first.json").write_text(json.dumps(spec))
    sweep("run", "first.json", "--quiet", cwd=folder)
    sweep("run", "first.json", "--quiet", "--set", "name=second", "--set", "seeds=[10,11,12,13]", cwd=folder)
    return folder


def runs(folder, name):
    return pandas.read_csv(io.StringIO(sweep("report", name, "--format", "csv", cwd=folder)))


def effect(folder, *arguments):
    return json.loads(sweep("compare", *arguments, "--format", "json", cwd=folder))["effects"][0]


def test_cells_pair_by_seed(folder):
    own = effect(folder, "a=0", "a=0.3", "--sweep", "first")
    means = runs(folder, "first").pivot_table(index="seed", columns="a", values="loss")
    t = stats.ttest_rel(means[0.3], means[0.0])
    interval = t.confidence_interval(0.95)
    assert own["method"] == "paired"
    assert numpy.isclose(own["estimate"], (means[0.3] - means[0.0]).mean(), rtol=1e-12)
    assert numpy.allclose(own["ci95"], [interval.low, interval.high], rtol=1e-9)


def test_sweeps_with_other_seeds_are_compared_by_welch(folder):
    own = effect(folder, "first", "second")
    one, two = (runs(folder, name).groupby("seed").loss.mean() for name in ("first", "second"))
    t = stats.ttest_ind(two, one, equal_var=False)
    interval = t.confidence_interval(0.95)
    assert own["method"] == "welch" and (own["n_a"], own["n_b"]) == (6, 4)
    assert numpy.isclose(own["estimate"], two.mean() - one.mean(), rtol=1e-12)
    assert numpy.isclose(own["df"], t.df, rtol=1e-10)
    assert numpy.isclose(own["p"], t.pvalue, rtol=1e-9)
    assert numpy.allclose(own["ci95"], [interval.low, interval.high], rtol=1e-9)


def test_curves_are_means_over_seeds(folder):
    document = json.loads(sweep("compare", "a=0", "a=0.3", "--sweep", "first", "--format", "json", cwd=folder))
    points = pandas.read_json(io.StringIO(sweep("export", "first", "--to", "jsonl", cwd=folder)), lines=True, precise_float=True)
    points = points.merge(runs(folder, "first")[["run", "a", "seed"]], on="run")
    means = points.groupby(["a", "epoch"]).loss.mean()
    for point in document["curves"]:
        assert numpy.isclose(point["a"], means[0.0][point["position"]], rtol=1e-12)
        assert numpy.isclose(point["b"], means[0.3][point["position"]], rtol=1e-12)

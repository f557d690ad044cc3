"""`sweep effects` on the CSV of a sweep, compared with SciPy's paired t test."""
import json
import subprocess

import numpy
import pandas
import pytest
from scipy import stats

from binary import BINARY

TRAINER = (
    "import sys,random;a,s=float(sys.argv[1]),int(sys.argv[2]);r=random.Random(s*10+a);"
    "print('{{\"final\": {{\"loss\": %r}}}}' % (0.3 - 0.1*a + r.gauss(0, 0.01)))"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("effects")
    spec = {
        "name": "paired", "command": ["python3", "-c", TRAINER, "{a}", "{seed}"],
        "axes": {"a": [0, 1]}, "seeds": 8,
        "metrics": {"loss": {"better": "lower", "delta": 0.02}},
    }
    (folder / "paired.json").write_text(json.dumps(spec))
    design = {
        "factors": [{"name": "a", "levels": ["0", "1"]}],
        "metrics": [{"name": "loss", "delta": 0.02, "better": "lower"}],
    }
    (folder / "design.json").write_text(json.dumps(design))
    for arguments in (["run", "paired.json", "--quiet"], ["report", "--format", "csv", "-o", "runs.csv"]):
        subprocess.run([BINARY, *arguments], cwd=folder, check=True)
    return folder


def test_the_effect_is_scipys_paired_t(folder):
    done = subprocess.run(
        [BINARY, "effects", "runs.csv", "--design", "design.json", "--format", "json"],
        cwd=folder, capture_output=True, text=True, check=True)
    effect = json.loads(done.stdout)["effects"]["loss"]["main"][0]
    table = pandas.read_csv(folder / "runs.csv").pivot(index="seed", columns="a", values="loss")
    t = stats.ttest_rel(table[1], table[0])
    difference = table[1] - table[0]
    low, high = t.confidence_interval(0.95)
    assert effect["n_seeds"] == 8
    assert numpy.isclose(effect["estimate"], difference.mean(), rtol=1e-12)
    assert numpy.isclose(effect["t"], t.statistic, rtol=1e-9)
    assert numpy.isclose(effect["p"], t.pvalue, rtol=1e-7)
    assert numpy.allclose(effect["ci95"], [low, high], rtol=1e-9)
    assert effect["outcome"] == "down"

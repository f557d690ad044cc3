"""Tables that Optuna and MLflow export today, and those that W&B and Aim are documented to, give SciPy's numbers."""
import json
import pathlib
import subprocess
import sys

import numpy
import pytest

from binary import sweep

MAKE = pathlib.Path(__file__).resolve().parent.parent / "SweepsTests" / "Exports" / "make.py"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exports")
    subprocess.run([sys.executable, MAKE, folder], check=True)
    return folder


@pytest.mark.parametrize("program", ["optuna", "mlflow", "wandb", "aim"])
def test_an_export_is_read_as_it_is(folder, program):
    loss = "value" if program == "optuna" else "loss"
    design = {
        "min_coverage": 1,
        "factors": [{"name": "lr", "levels": ["0.1", "1"]}, {"name": "optimizer", "levels": ["adam", "sgd"]}],
        "metrics": [{"name": loss}, {"name": "accuracy"}],
    }
    (folder / "design.json").write_text(json.dumps(design))
    arguments = ["effects", f"{program}.csv", "--from", program, "--format", "json"]
    effects = json.loads(sweep(*arguments, "--design", "design.json", cwd=folder))["effects"]
    expected = json.loads((folder / "expected.json").read_text())["effects"]
    for name, key in ((loss, "loss"), ("accuracy", "accuracy")):
        found = effects[name]["main"][0]
        assert found["n_seeds"] == 3
        assert numpy.isclose(found["t"], expected[key]["t"], rtol=1e-9)
        assert numpy.allclose(found["ci95"], expected[key]["ci95"], rtol=1e-9)
    inferred = json.loads(sweep(*arguments, cwd=folder))["effects"]
    assert inferred[loss]["main"][0]["missing"]["withheld"] == "arms_differ"

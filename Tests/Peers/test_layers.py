"""Networks between PyTorch and sweep, by the example's script. SWEEP is the binary, TORCH a Python that has PyTorch.

PyTorch's package for Linux brings gigabytes of libraries for graphics processors, so that this is tested where a Python has it.
"""
import json
import os
import subprocess
from pathlib import Path

import pytest

from binary import BINARY

TREE = Path(__file__).resolve().parents[2]
PYTHON = os.environ.get("TORCH", "python3")
DIGITS = TREE / "Sources/Kernels/data/digits"


def has_torch():
    found = subprocess.run([PYTHON, "-c", "import torch, safetensors"], capture_output=True)
    return found.returncode == 0


pytestmark = pytest.mark.skipif(not has_torch(), reason="no PyTorch and safetensors; name a Python in TORCH")


def layers(*arguments):
    script = str(TREE / "examples/pytorch/layers.py")
    done = subprocess.run([PYTHON, script, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def train(settings, saved):
    done = subprocess.run([BINARY, "train", "--settings", "-", "--save", saved], input=json.dumps(settings),
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [json.loads(line)["final"] for line in done.stdout.splitlines() if "valid_loss" in line][-1]


def measured(path):
    return json.loads(layers(
        "measure", path, DIGITS / "valid-images-idx3-ubyte.gz", DIGITS / "valid-labels-idx1-ubyte.gz"))


@pytest.mark.parametrize("tuning", ["head", "full"])
@pytest.mark.parametrize("head", ["hidden", "linear"])
def test_a_body_from_pytorch_is_trained_and_comes_back(tmp_path, tuning, head):
    own, saved = tmp_path / "own.safetensors", tmp_path / "saved.safetensors"
    layers("write", own, 1)
    found = train({"body": str(own), "tuning": tuning, "head": head, "train_size": 200, "epochs": 3,
                   "evaluate_every": 0}, saved)
    other = measured(saved)
    assert other["accuracy"] == pytest.approx(found["accuracy"], abs=1e-6)
    assert other["loss"] == pytest.approx(found["valid_loss"], rel=1e-5)


def test_a_whole_network_from_pytorch_is_measured_and_goes_on_learning(tmp_path):
    whole, saved = tmp_path / "whole.safetensors", tmp_path / "saved.safetensors"
    layers("whole", whole, 2)
    settings = {"body": str(whole), "head": "file", "train_size": 200, "evaluate_every": 0}
    as_it_comes = train({**settings, "tuning": "none"}, saved)
    other = measured(whole)
    assert as_it_comes["accuracy"] == pytest.approx(other["accuracy"], abs=1e-6)
    assert as_it_comes["valid_loss"] == pytest.approx(other["loss"], rel=1e-5)
    assert measured(saved) == other
    further = train({**settings, "epochs": 3}, saved)
    assert further["valid_loss"] < as_it_comes["valid_loss"] - 0.2
    assert measured(saved)["loss"] == pytest.approx(further["valid_loss"], rel=1e-5)


def test_the_program_s_own_network_is_read(tmp_path):
    saved = tmp_path / "saved.safetensors"
    found = train({"train_size": 200, "epochs": 3, "evaluate_every": 0, "dropout": 0.3}, saved)
    other = measured(saved)
    assert other["accuracy"] == pytest.approx(found["accuracy"], abs=1e-6)
    assert other["loss"] == pytest.approx(found["valid_loss"], rel=1e-5)
    assert "AdaptiveAvgPool2d" in layers("show", saved)

"""Inside a training script: what the sweep wants of this run, and what came out of it."""
import json
import os
import sys


def is_swept():
    """Whether `sweep run` started this process."""
    return "SWEEP_RUN" in os.environ


def settings():
    """The settings of this run by name; empty when somebody starts the script by hand."""
    path = os.environ.get("SWEEP_SETTINGS")
    if not path:
        return {}
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def seed(default=0):
    """The seed of this run."""
    return int(os.environ.get("SWEEP_SEED", default))


def run_folder(default="."):
    """The folder of this run, which is kept: a place for weights and pictures."""
    return os.environ.get("SWEEP_RUN_DIR", default)


def log(**values):
    """A point of the learning curves: `log(epoch=3, loss=0.4)`. One of the values is `epoch` or `step`."""
    if "epoch" not in values and "step" not in values:
        raise ValueError("a point of a curve has an 'epoch' or a 'step'")
    _say(values)


def final(**metrics):
    """The results of the run. Several calls add up; the last value of a name counts."""
    _say({"final": metrics})


def _say(line):
    if is_swept():
        print(json.dumps(_plain(line)), flush=True, file=sys.__stdout__)


def _plain(value):
    """Python's own numbers for those of NumPy and PyTorch, which say what they are by `item`."""
    if isinstance(value, dict):
        return {str(key): _plain(entry) for key, entry in value.items()}
    return value.item() if hasattr(value, "item") else value

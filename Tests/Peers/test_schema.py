"""The schema of specs against an independent validator: Python's jsonschema."""

import json
import os
import pathlib
import random
import re
import subprocess
import sys

import pytest
from jsonschema import Draft202012Validator

from binary import BINARY

ROOT = pathlib.Path(__file__).resolve().parents[2]
SPECS = sorted(p for p in ROOT.glob("sweeps/*.json") if p.name != "sweep.schema.json")


def schema():
    text = subprocess.run([BINARY, "schema"], check=True, capture_output=True, text=True).stdout
    return json.loads(text)


@pytest.fixture(scope="module")
def validator():
    Draft202012Validator.check_schema(schema())
    return Draft202012Validator(schema())


def test_the_repository_holds_the_schema_that_the_program_prints():
    assert json.loads((ROOT / "sweeps/sweep.schema.json").read_text()) == schema()


def test_there_are_specs():
    assert len(SPECS) >= 4


@pytest.mark.parametrize("path", SPECS, ids=lambda p: p.name)
def test_every_spec_of_the_repository_is_valid(path, validator):
    spec = json.loads(path.read_text())
    assert [e.message for e in validator.iter_errors(spec)] == []


def test_the_starter_spec_is_valid(validator, tmp_path):
    subprocess.run([BINARY, "init", "start.json"], check=True, cwd=tmp_path, capture_output=True)
    assert list(validator.iter_errors(json.loads((tmp_path / "start.json").read_text()))) == []
    assert json.loads((tmp_path / "sweep.schema.json").read_text()) == schema()


@pytest.mark.parametrize(
    "spec",
    [
        {"setings": {}},
        {"settings": {"leraning_rate": 0.003}},
        {"settings": {"dropout": 1}},
        {"settings": {"epochs": 2.5}},
        {"settings": {"tuning": "heads"}},
        {"settings": {"augmentation": {"rotate": 10}}},
        {"axes": {"dropout": []}},
        {"axes": {"dropout": [0.5, 0.50]}},
        {"axes": {"dropout": 0.5}},
        {"axes": {"dropout": {"from": 0, "to": 0.5}}},
        {"axes": {"lr": [1, 2]}},
        {"seeds": 0},
        {"seeds": [1, 1]},
        {"limits": {"timeout": "10 minutes"}},
        {"metrics": {"accuracy": {"better": "more", "delta": 0.1}}},
        {"metrics": {"accuracy": {"better": "higher"}}},
        {"questions": [{"id": "a"}]},
        {"command": "python3 train.py"},
    ],
    ids=str,
)
def test_what_the_program_refuses_the_schema_refuses(spec, validator, tmp_path):
    assert not validator.is_valid(spec)
    (tmp_path / "spec.json").write_text(json.dumps(spec))
    result = subprocess.run([BINARY, "plan", "spec.json"], cwd=tmp_path, capture_output=True)
    assert result.returncode == 64


@pytest.mark.parametrize(
    "spec",
    [
        {"axes": {"lr": [1, 2]}, "command": ["echo", "{lr}"]},
        {"$why": "a comment", "axes": {"$note": "x", "dropout": {"from": 0, "to": 0.5, "count": 3}}},
        {"axes": {"size": {"zip": {"width": [8, 16], "epochs": [1, 2]}}}},
        {"axes": {"weight_decay": {"levels": [0, 1, 9], "scores": [0, 1, 2], "ordered": True}}},
        {"seeds": [3, 1], "limits": {"timeout": "1h30m", "halt": "10%", "memory": "2GiB"}},
    ],
    ids=str,
)
def test_what_the_program_takes_the_schema_takes(spec, validator, tmp_path):
    assert [e.message for e in validator.iter_errors(spec)] == []
    (tmp_path / "spec.json").write_text(json.dumps(spec))
    result = subprocess.run(
        [BINARY, "plan", "spec.json"], cwd=tmp_path, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr


def test_editors_get_completion_for_every_setting():
    """Each setting is a property with a description and a default, both fixed and as an axis."""
    definitions = schema()["$defs"]
    listed = json.loads(
        subprocess.run([BINARY, "settings", "--json"], check=True, capture_output=True).stdout
    )
    assert len(listed) > 10
    for setting in listed:
        assert setting["name"] in definitions["settings"]["properties"]
        assert definitions["axes"]["properties"][setting["name"]]["description"]
        rule = definitions["setting_" + setting["name"]]
        assert rule["description"] == setting["summary"]
        assert rule["default"] == setting["default"]


sys.path.insert(0, str(ROOT / "Tests/Proofs"))
import mutants  # noqa: E402

# What a schema does not say, for it relates one place to another, to a file or to the bytes of a text; of the textbook's forecasts
# it does not say which keys stand in for a question.
BEYOND_A_SCHEMA = re.compile(
    r"names '.*', which is no axis|has no level|no file or folder|There is no question|have the id|answers '.*' twice|Unknown metric"
    r"|in a forecast of|the spec declares none|neither a setting, an axis nor a placeholder|U\+0000|stands alone"
)


def test_generated_specs_are_taken_by_both_or_by_neither(validator, tmp_path):
    """Changed specs: what the reader takes the schema takes, and what the reader alone refuses no schema could know of."""
    seed = int(os.environ.get("SEED", 101))
    print(f"SEED={seed}")
    counts = {}
    for number in range(150):
        draw = random.Random(f"{seed} {number}")
        spec = draw.choice(mutants.SPECS)
        for _ in range(draw.randint(1, 2)):
            spec = mutants.changed_value(draw, spec)
        (tmp_path / "spec.json").write_text(json.dumps(spec))
        read = subprocess.run([BINARY, "plan", "spec.json"], cwd=tmp_path, capture_output=True, text=True)
        is_valid = validator.is_valid(spec)
        case = f"SEED={seed}, case {number}: {json.dumps(spec)[:2000]}"
        assert read.returncode in (0, 64), f"{case}: {read.stderr}"
        assert is_valid or read.returncode == 64, f"the reader takes what the schema refuses: {case}"
        if is_valid and read.returncode == 64:
            assert BEYOND_A_SCHEMA.search(read.stderr), f"the reader alone refuses {case}: {read.stderr}"
        counts[read.returncode, is_valid] = counts.get((read.returncode, is_valid), 0) + 1
    assert counts[0, True] > 5 and counts[64, False] > 5, counts

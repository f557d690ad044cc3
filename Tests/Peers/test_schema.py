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


def words(rule):
    """The words that a rule takes as they stand."""
    return set(rule.get("enum", [])).union(*(words(form) for form in rule.get("anyOf", [])))


def test_each_setting_takes_in_the_schema_what_the_table_says():
    definitions = schema()["$defs"]
    listed = json.loads(subprocess.run([BINARY, "settings", "--json"], check=True, capture_output=True).stdout)
    rules = {name.removeprefix("setting_"): rule for name, rule in definitions.items() if name.startswith("setting_")}
    assert list(rules) == [setting["name"] for setting in listed]
    for setting in listed:
        rule, said = rules[setting["name"]], setting["values"]
        assert words(rule) == set(re.findall(r"'([^']+)'", said)), setting
        types = {form.get("type") for form in rule.get("anyOf", [rule])}
        assert ("number" in types) == ("a number" in said) and ("integer" in types) == ("a whole number" in said), setting
        assert ("boolean" in types) == ("true" in said), setting
        for bound in re.findall(r"(?:from|above|to|up to|below) (-?[0-9.]+)", said):
            numbers = [form.get(key) for form in rule.get("anyOf", [rule])
                       for key in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")]
            assert float(bound) in numbers, setting


def value_by(draw, rule):
    """A value that a rule of the schema takes, or one next to it."""
    if forms := rule.get("anyOf") or rule.get("oneOf"):
        return value_by(draw, draw.choice(forms))
    if "enum" in rule:
        return draw.choice([*rule["enum"], *rule["enum"], rule["enum"][0] + "s"])
    match rule.get("type"):
        case "boolean":
            return draw.choice([True, False, 0])
        case "number" | "integer":
            bounds = [rule[key] for key in ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum") if key in rule] or [0]
            near = [bound + step for bound in bounds for step in (-1, -1e-9, 0, 1e-9, 0.5, 1)]
            return draw.choice([*near, sum(bounds) / len(bounds), 2.0, 10 ** 17, -0.0])
        case "string":
            return draw.choice(["a.safetensors", "a/b.safetensors", ".safetensors", "safetensors", "x", "", "digits"])
        case "object":
            members = rule.get("properties", {})
            chosen = draw.sample(sorted(members), draw.randint(0, min(2, len(members))))
            return {key: value_by(draw, members[key]) for key in chosen} | ({"odd": 1} if draw.random() < 0.1 else {})
    return draw.choice(mutants.VALUES)


def trainer_refuses(name, value):
    """Why the trainer refuses to read a setting, or nothing; what it needs beside is nowhere, so that nothing is trained."""
    rest = {"body": "/nowhere.safetensors"} if name == "dataset" else {"dataset": {"folder": "/nowhere"}}
    read = subprocess.run([BINARY, "train", "--settings", "-"], input=json.dumps({**rest, name: value}),
                          capture_output=True, text=True)
    assert read.returncode == 64, f"{name} = {value!r}: {read.stdout} {read.stderr}"
    return read.stderr if re.search("it can be|Unknown setting|not one JSON object|U\\+0000|stands alone", read.stderr) else ""


def test_schema_spec_and_trainer_take_the_same_settings(validator, tmp_path):
    """Values at and beside the bounds of every setting, as the table, the schema and the trainer's own reader see them."""
    seed = int(os.environ.get("SEED", 102))
    print(f"SEED={seed}")
    definitions = schema()["$defs"]
    counts = {}
    for name in [key.removeprefix("setting_") for key in definitions if key.startswith("setting_")]:
        draw = random.Random(f"{seed} {name}")
        for number in range(4):
            value = draw.choice(mutants.VALUES) if number == 3 else value_by(draw, definitions["setting_" + name])
            if isinstance(value, float) and abs(value) >= 2 ** 63:
                continue  # a whole number to JSON Schema, and none that a machine counts with
            spec = {"settings": {name: value}}
            (tmp_path / "spec.json").write_text(json.dumps(spec))
            read = subprocess.run([BINARY, "plan", "spec.json"], cwd=tmp_path, capture_output=True, text=True)
            is_valid, refusal = validator.is_valid(spec), trainer_refuses(name, value)
            case = f"SEED={seed}: {name} = {json.dumps(value)[:300]}"
            assert is_valid == (not refusal), f"the schema says {is_valid}, the trainer {refusal!r}: {case}"
            if read.returncode == 0 or not is_valid:
                assert (read.returncode == 0) == is_valid, f"the schema says {is_valid}: {case}: {read.stderr}"
            counts[is_valid] = counts.get(is_valid, 0) + 1
    assert counts[True] > 40 and counts[False] > 40, counts


sys.path.insert(0, str(ROOT / "Tests/Proofs"))
import mutants  # noqa: E402

# What a schema does not say, for it relates one place to another, to a file or to the bytes of a text.
BEYOND_A_SCHEMA = re.compile(
    r"names '.*', which is no axis|has no level|no file or folder|There is no question|have the id|answers '.*' twice|Unknown metric"
    r"|the spec declares none|neither a setting, an axis nor a placeholder|U\+0000|stands alone"
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

"""The CSV of a sweep, as pandas reads it. SWEEP is the binary."""
import io
import json

import pandas
import pytest

from binary import sweep

HOSTILE = ["=1+1", "+cmd", "@x", "a,b", 'say "hi"', "line\nend", "<script>", "שלום"]


@pytest.fixture(scope="module")
def csv(tmp_path_factory):
    folder = tmp_path_factory.mktemp("csv")
    spec = {
        "name": "hostile",
        "command": ["python3", "-c", "print('{{\"final\": {{\"loss\": 0.1234567890123456, \"odd\": NaN}}}}')", "{text}"],
        "axes": {"text": HOSTILE, "rate": [-0.5, 1e-4]},
        "seeds": 2,
    }
    (folder / "hostile.json").write_text(json.dumps(spec))
    sweep("run", "hostile.json", "--quiet", cwd=folder)
    return sweep("report", "--format", "csv", cwd=folder)


def test_pandas_reads_every_row(csv):
    table = pandas.read_csv(io.StringIO(csv))
    assert len(table) == len(HOSTILE) * 2 * 2
    assert list(table.columns[:3]) == ["run", "status", "attempt"]
    assert list(table.columns[-2:]) == ["started", "duration"]
    assert (table.status == "ok").all()


def test_no_digit_is_lost_and_nan_is_nan(csv):
    table = pandas.read_csv(io.StringIO(csv))
    assert (table.loss == 0.1234567890123456).all()
    assert table.odd.isna().all()


def test_text_stays_text_and_formulas_are_disarmed(csv):
    table = pandas.read_csv(io.StringIO(csv))
    assert {text.removeprefix("'") for text in table.text} == set(HOSTILE)
    assert not any(text[0] in "=+-@\t\r" for text in table.text)


def test_levels_that_are_numbers_are_numbers(csv):
    table = pandas.read_csv(io.StringIO(csv))
    assert sorted(set(table.rate)) == [-0.5, 1e-4]

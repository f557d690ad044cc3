"""The Python package and the examples, against the binary. SWEEP is the binary."""
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from binary import BINARY

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "python"))
import sweeplab as sl  # noqa: E402

SEALED = {"name": "sealed", "command": ["/bin/sh", "-c", "echo '{{\"final\":{{\"loss\":{x}{seed}}}}}'"],
          "axes": {"x": [1, 2]}, "seeds": 3, "metrics": {"loss": {"better": "lower", "delta": 0.5}},
          "questions": [{"id": "x", "factor": "x", "from": 1, "to": 2, "metric": "loss", "ask": "The loss ..."}]}


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The argparse example, swept in a folder of its own by the Python that runs the tests."""
    folder = tmp_path_factory.mktemp("lab")
    for file in (ROOT / "examples" / "argparse").iterdir():
        shutil.copy(file, folder)
    run(folder, "ridge.json")
    return sl.open(folder / "results")


def run(folder, spec):
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    subprocess.run([BINARY, "run", spec, "--quiet"], cwd=folder, check=True,
                   env={**os.environ, "PYTHONPATH": str(ROOT / "python"), "PATH": path})


def test_runs_are_a_typed_table(lab):
    runs = lab.runs("ridge")
    assert len(runs) == 3 * 2 * 12
    assert set(runs["status"]) == {"ok"}
    assert sorted(runs["penalty"].unique()) == [0, 1, 10]
    assert runs["valid_loss"].dtype == float


def test_effects_are_the_paired_differences(lab):
    runs, effects = lab.runs("ridge"), lab.effects("ridge")
    row = effects[(effects["metric"] == "valid_loss") & (effects["factor"] == "penalty") & (effects["to"] == "10")]
    means = runs.groupby(["penalty", "seed"])["valid_loss"].mean()
    assert row["estimate"].item() == pytest.approx((means[10] - means[0]).mean(), rel=1e-12)
    assert row["low95"].item() < row["estimate"].item() < row["high95"].item()
    assert row["n_seeds"].item() == 12


def test_curves_have_a_row_a_point(lab):
    curves = lab.curves("ridge")
    assert len(curves) == 72 * 10
    assert {"run", "epoch", "train_loss"} <= set(curves.columns)


def test_a_report_is_a_frame_of_its_own(lab, tmp_path):
    report = sl.report("ridge", lab.folder)
    assert report._repr_html_().startswith("<iframe srcdoc=")
    assert "<html" not in report._repr_html_()
    report.save(tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text() == report.page


def test_without_pandas_tables_are_lists(lab, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    assert lab.runs("ridge")[0]["status"] == "ok"


def test_what_is_sealed_is_not_shown(tmp_path):
    (tmp_path / "sealed.json").write_text(json.dumps(SEALED))
    (tmp_path / "votes.csv").write_text("who,x\nana,up\n")
    subprocess.run([BINARY, "predict", "sealed.json", "--from", "votes.csv"], cwd=tmp_path, check=True)
    run(tmp_path, "sealed.json")
    lab = sl.open(tmp_path / "results")
    assert "loss" not in lab.runs("sealed").columns
    assert "loss" in lab.runs("sealed", reveal=True).columns


def test_a_refusal_is_the_programs_sentence(lab):
    with pytest.raises(sl.Refusal, match="nothing-of-that-name") as refusal:
        lab.runs("nothing-of-that-name")
    assert refusal.value.code == 64
    with pytest.raises(FileNotFoundError, match="no folder"):
        sl.open("no-such-folder")


def test_a_script_started_by_hand_prints_no_lines(tmp_path):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("SWEEP_")}
    done = subprocess.run([sys.executable, ROOT / "examples/argparse/ridge.py"], cwd=tmp_path, text=True,
                          env={**environment, "PYTHONPATH": str(ROOT / "python")}, capture_output=True, check=True)
    assert done.stdout.startswith("slope ") and "{" not in done.stdout


def test_numbers_of_numpy_are_numbers(monkeypatch, capfd):
    import numpy
    monkeypatch.setenv("SWEEP_RUN", "0")
    monkeypatch.setattr(sys, "__stdout__", sys.stdout)
    sl.log(epoch=numpy.int64(3), loss=numpy.float64(0.1))
    assert json.loads(capfd.readouterr().out) == {"epoch": 3, "loss": 0.1}
    with pytest.raises(ValueError, match="epoch"):
        sl.log(loss=1)


def test_hydra_takes_the_levels_as_overrides(tmp_path):
    for file in (ROOT / "examples" / "hydra").iterdir():
        shutil.copy(file, tmp_path)
    run(tmp_path, "descent.json")
    runs = sl.open(tmp_path / "results").runs("descent")
    assert len(runs) == 32 and set(runs["status"]) == {"ok"}
    faster = runs.groupby("momentum")["loss"].mean()
    assert faster[0.8] < faster[0]


def test_lightning_logs_into_the_sweep(tmp_path):
    # PyTorch is 200 MB for the processor alone and gigabytes from the index: it is tried where somebody has it.
    pytest.importorskip("lightning")
    for file in (ROOT / "examples" / "lightning").iterdir():
        shutil.copy(file, tmp_path)
    run(tmp_path, "line.json")
    lab = sl.open(tmp_path / "results")
    runs, curves = lab.runs("line"), lab.curves("line")
    assert len(runs) == 8 and set(runs["status"]) == {"ok"} and len(curves) == 8 * 4
    means = runs.groupby("rate")["loss"].mean()
    assert means[0.1] < means[0.01]
    assert runs.set_index("run").loc[curves["run"].iloc[-1], "loss"] == curves["loss"].iloc[-1]


def test_a_notebook_sweeps_plots_and_shows_the_report(tmp_path):
    import nbclient
    import nbformat
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns("__pycache__"))
    notebook = nbformat.read(tmp_path / "examples" / "notebook.ipynb", as_version=4)
    path = os.environ["PATH"]
    os.environ.update(SWEEP=BINARY, PYTHONPATH=str(ROOT / "python"), PATH=f"{Path(sys.executable).parent}:{path}")
    try:
        nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3",
                                resources={"metadata": {"path": str(tmp_path / "examples")}}).execute()
    finally:
        os.environ["PATH"] = path
        del os.environ["PYTHONPATH"]
    outputs = [output.get("data", {}) for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert any("image/png" in data for data in outputs)
    assert any("srcdoc" in data.get("text/html", "") for data in outputs)
    assert any("n_seeds" in data.get("text/html", "") for data in outputs)


def test_sql_is_a_table(lab):
    table = lab.sql("SELECT metric, count(*) AS values_, avg(value) AS mean FROM metrics GROUP BY metric")
    assert list(table["metric"]) == ["train_loss", "valid_loss"] and set(table["values_"]) == {72}
    assert table["mean"].iloc[1] == pytest.approx(lab.runs("ridge")["valid_loss"].mean(), rel=1e-12)


def test_what_was_installed_is_kept_once(lab):
    some = lab.runs("ridge")["run"]
    shown = [json.loads(subprocess.run([BINARY, "show", run, "--results", lab.folder, "--json"], check=True,
                                       capture_output=True).stdout) for run in some[:2]]
    listed = subprocess.run([sys.executable, "-m", "pip", "freeze", "--all"], capture_output=True, text=True, check=True)
    own = {line.lower().replace("_", "-") for line in shown[0]["environment"].splitlines()[1:]}
    assert {line.lower().replace("_", "-") for line in listed.stdout.splitlines() if "==" in line} <= own
    assert shown[0]["environment"].startswith(f"python {sys.version.split()[0]}\n")
    assert shown[0]["provenance"]["environment"] == shown[1]["provenance"]["environment"]
    import sqlite3
    with sqlite3.connect(f"file:{lab.folder}/sweeps.sqlite?mode=ro", uri=True) as database:
        assert database.execute("SELECT count(*) FROM environment").fetchone() == (1,)

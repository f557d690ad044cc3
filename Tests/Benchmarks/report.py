"""Times reports of a large sweep and checks the bounds.

    python3 Tests/Benchmarks/report.py .build/release/sweep [RUNS] [FOLDER]

Makes a sweep of RUNS runs (10,000: 1,000 cells x 10 seeds) of a program that does nothing, then writes 10 final metrics
and 50 epochs of 10 metrics into each of them: values that its settings and its seed make. Reports each format 3 times
and prints the median seconds, the peak resident megabytes and the size. Exits with 1 when Markdown or HTML takes more
than 5 s or 300 MB for 10,000 runs (60 s for 100,000), or the HTML is 5 MB or more. A FOLDER that has the sweep is used as
it is.
"""

import json
import os
import platform
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

METRICS, EPOCHS, SEEDS = 10, 50, 10
sweep = os.path.abspath(sys.argv[1])
runs = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
folder = os.path.abspath(sys.argv[3]) if len(sys.argv) > 3 else tempfile.mkdtemp()
names = ["train_loss", "valid_loss"] + [f"metric_{number}" for number in range(METRICS - 2)]


def fill():
    """Runs the sweep, then gives its runs their numbers."""
    final = json.dumps({"final": {name: 1.5 for name in names} | {"cell": "@a @b @c @d"}})
    final = final.replace("{", "{{").replace("}", "}}")
    for axis in "abcd":
        final = final.replace("@" + axis, "{" + axis + "}")
    spec = {
        "name": "large",
        "command": ["/bin/echo", final],
        "axes": {
            "a": {"from": 1, "to": 10, "count": 10},
            "b": ["none", "light", "default", "strong", "other"],
            "c": [0, 0.1, 0.2, 0.5],
            "d": {"from": 1, "to": runs // (200 * SEEDS), "count": runs // (200 * SEEDS)},
        },
        "seeds": SEEDS,
        "metrics": {name: {"better": "lower", "delta": 0.02} for name in names},
    }
    with open(os.path.join(folder, "large.json"), "w") as file:
        json.dump(spec, file)
    subprocess.run([sweep, "run", "large.json", "-j", "4", "--quiet", "--yes"], cwd=folder, stderr=subprocess.PIPE, check=True)
    database = sqlite3.connect(os.path.join(folder, "results", "sweeps.sqlite"))
    metrics = dict(database.execute("SELECT name, id FROM metric"))
    luck = random.Random(1)
    attempts = database.execute(
        "SELECT attempt.id, run.seed, run.settings FROM attempt JOIN run ON run.id = attempt.runId"
    ).fetchall()
    for attempt, seed, text in attempts:
        settings = json.loads(text)
        level = 0.3 + 0.01 * settings["a"] + 0.1 * settings["c"] + 0.01 * seed
        ends = [level * (1 + 0.1 * place) + luck.gauss(0, 0.02) for place in range(METRICS)]
        database.executemany(
            "UPDATE finalValue SET value = ? WHERE attemptId = ? AND metricId = ?",
            [(value, attempt, metrics[name]) for name, value in zip(names, ends)],
        )
        database.executemany(
            "INSERT INTO curvePoint (attemptId, number, unit, position) VALUES (?, ?, 'epoch', ?)",
            [(attempt, epoch, epoch + 1) for epoch in range(EPOCHS)],
        )
        database.executemany(
            "INSERT INTO curveValue (attemptId, number, metricId, value) VALUES (?, ?, ?, ?)",
            [
                (attempt, epoch, metrics[name], end * (1 + 2 / (epoch + 1)) + luck.gauss(0, 0.01))
                for epoch in range(EPOCHS)
                for name, end in zip(names, ends)
            ],
        )
    database.commit()
    database.close()


def timed(form):
    """Seconds, peak resident megabytes and megabytes written of a report."""
    target = os.path.join(folder, "large." + form)
    start = time.perf_counter()
    process = subprocess.Popen([sweep, "report", "large", "--format", form, "-o", target], cwd=folder)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status != 0:
        sys.exit(f"sweep report --format {form} ended with status {status}")
    scale = 1024 if platform.system() == "Linux" else 1024 * 1024
    return seconds, usage.ru_maxrss / scale, os.path.getsize(target) / 1e6


if not os.path.exists(os.path.join(folder, "large.json")):
    fill()
slowest = 5 if runs <= 10_000 else 60
failed = False
for form in ["md", "html", "csv"]:
    times, memory, size = zip(*(timed(form) for _ in range(3)))
    print(f"{form}: {statistics.median(times):.2f} s, {max(memory):.0f} MB, {size[0]:.2f} MB written ({runs} runs)")
    if form == "csv":
        continue
    failed |= statistics.median(times) > slowest or (runs <= 10_000 and max(memory) > 300)
    failed |= form == "html" and size[0] >= 5
sys.exit(1 if failed else 0)

"""Times 200 scikit-learn runs: workers of `sweep` in turn with joblib and Optuna in process, and with one process a run.

    python Tests/Benchmarks/workers.py .build/release/sweep [ROUNDS]

Needs the packages of `requirements.txt` beside it in the Python that runs it, which `make bench` installs.
Every program fits the same model to the same data with the same settings and seeds, two runs at a time, and each is timed from the start of
its process to its end. joblib has two processes (its default), Optuna two threads (what its `n_jobs` are). Prints the medians of the rounds
and exits with 1 when workers take more than 1.1 times as long as the faster of the two, or one process a run less than 3 times as
long as workers. The one process a run is measured once, on a tenth of the runs.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

JOBS = 2
SETTINGS = [round(0.01 * 1.3**step, 6) for step in range(20)]
SEEDS = 10

MODEL = """
import json, sys
import numpy as np
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

images, labels = load_digits(return_X_y=True)

def accuracy(c, seed):
    train, valid, answers, truth = train_test_split(images, labels, train_size=600, random_state=seed)
    model = LogisticRegression(C=c, max_iter=100).fit(train / 16, answers)
    return float(model.score(valid / 16, truth))
"""

PROGRAMS = {
    "worker.py": MODEL
    + """
for line in sys.stdin:
    run = json.loads(line)
    final = {"accuracy": accuracy(run["settings"]["c"], run["seed"])}
    print(json.dumps({"final": final, "run": run["run"]}), flush=True)
""",
    "one.py": MODEL
    + """
print(json.dumps({"final": {"accuracy": accuracy(float(sys.argv[1]), int(sys.argv[2]))}}))
""",
    "with_joblib.py": """
import sys
from joblib import Parallel, delayed
from model import accuracy
settings, seeds, jobs = [float(word) for word in sys.argv[1].split(",")], int(sys.argv[2]), int(sys.argv[3])
results = Parallel(n_jobs=jobs)(delayed(accuracy)(c, seed) for seed in range(seeds) for c in settings)
assert len(results) == len(settings) * seeds
""",
    "with_optuna.py": """
import sys
import optuna
from model import accuracy
settings, seeds, jobs = [float(word) for word in sys.argv[1].split(",")], int(sys.argv[2]), int(sys.argv[3])
optuna.logging.set_verbosity(optuna.logging.WARNING)
space = {"c": settings, "seed": list(range(seeds))}
study = optuna.create_study(sampler=optuna.samplers.GridSampler(space), direction="maximize")
study.optimize(
    lambda trial: accuracy(trial.suggest_categorical("c", settings), trial.suggest_categorical("seed", space["seed"])),
    n_trials=len(settings) * seeds,
    n_jobs=jobs,
)
assert len(study.trials) == len(settings) * seeds
""",
}

# One thread a run, as `sweep` gives each of its programs.
threads = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}


def timed(command, folder):
    """Seconds that a command takes."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=os.environ | threads, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return seconds


def run_sweep(sweep, folder, program, seeds):
    """Seconds of a sweep whose results did not exist before."""
    shutil.rmtree(os.path.join(folder, "results"), ignore_errors=True)
    spec = {"name": "digits", "axes": {"c": SETTINGS}, "seeds": seeds, **program}
    with open(os.path.join(folder, "digits.json"), "w") as file:
        json.dump(spec, file)
    return timed([sweep, "run", "digits.json", "-j", str(JOBS), "--quiet"], folder)


def main():
    sweep = os.path.abspath(sys.argv[1])
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    runs = len(SETTINGS) * SEEDS
    peers = {name: [sys.executable, f"with_{name}.py", ",".join(map(str, SETTINGS)), str(SEEDS), str(JOBS)] for name in ("joblib", "optuna")}
    seconds = {"workers": [], "joblib": [], "optuna": []}
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {**PROGRAMS, "model.py": MODEL}.items():
            with open(os.path.join(folder, name), "w") as file:
                file.write(text)
        for _ in range(rounds):
            seconds["workers"].append(run_sweep(sweep, folder, {"worker": [sys.executable, "worker.py"]}, SEEDS))
            for name, command in peers.items():
                seconds[name].append(timed(command, folder))
        alone = run_sweep(sweep, folder, {"command": [sys.executable, "one.py", "{c}", "{seed}"]}, SEEDS // 10)
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    print(f"{runs} scikit-learn runs, {JOBS} at a time, {rounds} rounds in turn, {os.cpu_count()} processors")
    for name, values in seconds.items():
        print(f"{name:8} best {min(values):6.2f}  median {medians[name]:6.2f} s")
    ratio = medians["workers"] / min(medians["joblib"], medians["optuna"])
    alone_ratio = alone * 10 / medians["workers"]
    print(f"workers take {ratio:.2f} times as long as the faster of the two (at most 1.1)")
    print(f"one process a run takes {alone_ratio:.1f} times as long as workers (at least 3), by {runs // 10} of the runs")
    if ratio > 1.1 or alone_ratio < 3:
        sys.exit(1)


main()

"""Times the runner beside GNU parallel on a program that does nothing, in turn, and checks the bound.

    python3 Tests/Benchmarks/runner.py .build/release/sweep [RUNS] [ROUNDS]

Both start the same program (`/bin/echo`, with one line of output) 2 at a time. `sweep` leaves a durable record
of every run in SQLite, `parallel` a line in its job log. Prints the best and the median of the rounds in
milliseconds a run, the ratio of the medians, and how time and memory grow from RUNS to 10 x RUNS. Exits with 1 when the
overhead is more than half of parallel's, or ten times the runs take more than 12 times as long or 100 MB.
"""

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

JOBS = 2
sweep = os.path.abspath(sys.argv[1])
runs = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
if not shutil.which("parallel"):
    sys.exit("GNU parallel is not installed: apt-get install parallel")


def timed(command, folder, **options):
    """Seconds and peak resident megabytes of a command."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, **options)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status != 0:
        sys.exit(f"{command[0]} ended with status {status}")
    scale = 1024 if platform.system() == "Linux" else 1024 * 1024
    return seconds, usage.ru_maxrss / scale


def run_sweep(folder, count):
    shutil.rmtree(os.path.join(folder, "results"), ignore_errors=True)
    spec = {
        "name": "nothing",
        "command": ["/bin/echo", '{{"final":{{"x":{number}}}}}'],
        "axes": {"number": {"from": 0, "to": count - 1, "count": count}},
        "seeds": 1,
    }
    with open(os.path.join(folder, "nothing.json"), "w") as file:
        json.dump(spec, file)
    return timed([sweep, "run", "nothing.json", "-j", str(JOBS), "--quiet"], folder, stderr=subprocess.DEVNULL)


def run_parallel(folder, count):
    numbers = "".join(f"{number}\n" for number in range(count)).encode()
    with open(os.path.join(folder, "numbers"), "wb") as file:
        file.write(numbers)
    command = ["parallel", "--will-cite", "-j", str(JOBS), "--joblog", "log", "/bin/echo", "'{\"final\":{\"x\":{}}}'"]
    with open(os.path.join(folder, "numbers")) as numbers:
        return timed(command, folder, stdin=numbers, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


with tempfile.TemporaryDirectory() as folder:
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(run_sweep(folder, runs)[0] * 1000 / runs)
        theirs.append(run_parallel(folder, runs)[0] * 1000 / runs)
    small, _ = run_sweep(folder, runs)
    large, megabytes = run_sweep(folder, 10 * runs)

ratio = statistics.median(ours) / statistics.median(theirs)
growth = large / small
print(f"{runs} runs, -j {JOBS}, {rounds} rounds in turn, {os.cpu_count()} processors")
print(f"sweep     best {min(ours):.2f}  median {statistics.median(ours):.2f} ms a run")
print(f"parallel  best {min(theirs):.2f}  median {statistics.median(theirs):.2f} ms a run")
print(f"ratio of the medians {ratio:.2f} (at most 0.50), of the best {min(ours) / min(theirs):.2f}")
print(f"{10 * runs} runs take {growth:.1f} times as long (at most 12) and {megabytes:.0f} MB (at most 100)")
if ratio > 0.5 or growth > 12 or megabytes > 100:
    sys.exit(1)

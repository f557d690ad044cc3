"""A cluster of ten thousand slots in accelerated time, to see where the coordinator is the limit.

    python3 simulation.py SWEEP [RUNS]

Programs that answer as sbatch, squeue and scancel do, and a process that writes the segments which tasks would write. One
task in a hundred is on a node that fails after the first run has begun, and is started anew. Prints calls to Slurm, the
coordinator's processor time and memory, runs and segments taken in per second, the database's size, and how long a
start takes that finds everything done, and one that follows a kill -9 in the middle.
"""

import json
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

SLOTS, CHUNK, FAILING = 10_000, 50, 0.01

TOOLS = {
    "sbatch": """#!/bin/sh
echo "sbatch $(date +%s.%N)" >> "$FAKE/calls"
for word; do
  case $word in
    --job-name=*) name=${word#--job-name=} ;;
    --array=*) tasks=${word#--array=} ;;
  esac
done
echo "$name $word" >> "$FAKE/jobs"
job=$(wc -l < "$FAKE/jobs" | tr -d ' ')
echo "$name|$job|${tasks%\\%*}|PENDING||Resources" > "$FAKE/queue/$job"
echo "$job"
""",
    "squeue": """#!/bin/sh
echo "squeue $(date +%s.%N)" >> "$FAKE/calls"
cat "$FAKE"/queue/* 2>/dev/null || true
""",
    "scancel": "#!/bin/sh\necho \"scancel $(date +%s.%N)\" >> \"$FAKE/calls\"\n",
    "scontrol": "#!/bin/sh\necho 'MaxArraySize = 10001'\n",
}

HEAD = ('{"sweep":1,"task":%d,"token":"%s","site":'
        '{"node":"n%d","processor":"sim","job":"%d_%d"}}\n')
BEGAN = '{"began":"%s","at":%.6f,"device":""}\n'
ENDED = ('{"ended":"%s","outcome":"ok","code":-1,"reason":"","lines":[],"at":%.6f,"seconds":6.0,'
         '"device":"","attempt":1,"measured":{"final":{"loss":0.5,"accuracy":0.75},"curve":[],'
         '"texts":{},"correct":""}}\n')


class Cluster(threading.Thread):
    """Makes every task as soon as it is handed in."""

    def __init__(self, folder):
        super().__init__(daemon=True)
        self.folder, self.known = folder, 0
        self.segments = self.restarts = 0
        self.random = random.Random(1)

    def run(self):
        while True:
            path = self.folder / "jobs"
            lines = path.read_text().splitlines() if path.exists() else []
            for number, line in enumerate(lines[self.known:], self.known + 1):
                try:
                    self.make(number, pathlib.Path(line.split(" ", 1)[1]).parent)
                except FileNotFoundError:
                    pass  # Taken back before it was looked at, which Slurm's own tasks would find as well.
                # The call that hands it in may not have got that far.
                line = self.folder / "queue" / str(number)
                for _ in range(500):
                    if line.exists():
                        break
                    time.sleep(0.01)
                line.unlink(missing_ok=True)
            self.known = len(lines)
            time.sleep(0.02)

    def make(self, number, batch):
        ends = json.loads((batch / "chunks.json").read_text())
        text = (batch / "runs.jsonl").read_bytes()
        start = 0
        for task, end in enumerate(ends):
            runs = [json.loads(line)["run"] for line in text[start:end].splitlines()]
            start = end
            restarts = 0
            if self.random.random() < FAILING:
                self.write(batch, number, task, 0, runs[:1], ends=False)
                restarts, self.restarts = 1, self.restarts + 1
            self.write(batch, number, task, restarts, runs)

    def write(self, batch, number, task, restarts, runs, ends=True):
        now = time.time()
        token = f"{number}_{task}.{restarts}.sim"
        text = HEAD % (task, token, task % 1000, number, task)
        for run in runs:
            text += BEGAN % (run, now)
            if ends:
                text += ENDED % (run, now)
        name = f"{task}.{token}.{restarts:06}.jsonl"
        try:
            (batch / "tmp" / name).write_text(text)
            (batch / "tmp" / name).rename(batch / "inbox" / name)
            if ends:
                with open(batch / "done" / str(task), "a") as done:
                    done.write("".join(run + "\n" for run in runs))
            self.segments += 1
        except FileNotFoundError:
            pass  # The batch was closed: another start of the task had told all.


def usage(pid):
    """Processor seconds and the most memory in MB that a living process has used."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    seconds = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return seconds, int(peak.split()[1]) / 1000


def spent(ended):
    """The processor time and the most memory of a process that was waited for."""
    usage = ended[2]
    return f"{usage.ru_utime + usage.ru_stime:.0f} s of processor time, {usage.ru_maxrss / 1000:.0f} MB"


def results(folder):
    try:
        with sqlite3.connect(f"file:{folder}/results/sweeps.sqlite?mode=ro", uri=True) as database:
            return database.execute("SELECT count(*) FROM run WHERE status = 'ok'").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


def main():
    sweep = str(pathlib.Path(sys.argv[1]).resolve())
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    folder = pathlib.Path(tempfile.mkdtemp(prefix="simulation-"))
    try:
        simulate(sweep, runs, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def simulate(sweep, runs, folder):
    for name, text in TOOLS.items():
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    (folder / "queue").mkdir()
    spec = {"name": "million", "command": ["true"], "seeds": runs}
    (folder / "million.json").write_text(json.dumps(spec))
    environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "FAKE": str(folder),
                   "SWEEP_SLURM_PACE": "0.02"}
    words = [sweep, "run", "million.json", "--executor", "slurm", "--slots", str(SLOTS),
             "--chunk", str(CHUNK), "--yes", "--quiet"]
    cluster = Cluster(folder)
    cluster.start()

    def begin():
        return subprocess.Popen(words, cwd=folder, env=environment, stderr=subprocess.DEVNULL)

    start = time.monotonic()
    process = begin()
    while results(folder) < runs // 2 and process.poll() is None:
        time.sleep(1)
    half = time.monotonic() - start
    used, peak = usage(process.pid)
    taken = results(folder)
    # At once, for the rest takes as long again.
    print(f"{runs:,} runs on {SLOTS:,} simulated slots, {CHUNK} runs a task (load {os.getloadavg()[0]:.1f})")
    print(f"  until the kill -9: {taken:,} runs in {half:.0f} s, {taken / half:,.0f} runs/s, "
          f"{taken / CHUNK / half:,.0f} segments/s; {used:.0f} s of processor time, "
          f"{1e6 * used / taken:.0f} us a run; {peak:.0f} MB", flush=True)
    process.send_signal(signal.SIGKILL)
    process.wait()
    start = time.monotonic()
    process = begin()
    resumed = None
    while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
        if resumed is None and results(folder) > taken:
            resumed = time.monotonic() - start
        time.sleep(1)
    rest = time.monotonic() - start
    done = results(folder)
    start = time.monotonic()
    idle = os.wait4(begin().pid, 0)
    idle_time = time.monotonic() - start
    if ended[1] or idle[1]:
        raise SystemExit(f"a start failed: {ended[1]}, {idle[1]}")
    calls = (folder / "calls").read_text().splitlines()
    size = (folder / "results/sweeps.sqlite").stat().st_size / 1e6
    with sqlite3.connect(folder / "results/sweeps.sqlite") as database:
        attempts, lost = database.execute(
            "SELECT count(*), sum(outcome = 'lost') FROM attempt").fetchone()
    load = os.getloadavg()[0]
    print(f"  at the end: {done:,} of {runs:,} runs right, each once (load {load:.1f})")
    print(f"  after it: first new result after {resumed or 0:.1f} s, the rest in {rest:.0f} s; {spent(ended)}")
    print(f"  a start that finds all done: {idle_time:.1f} s; {spent(idle)}")
    print(f"  {attempts:,} attempts, {lost:,} of them lost; {cluster.restarts:,} tasks were started anew; {cluster.segments:,} segments")
    print(f"  calls: {sum(c.startswith('sbatch') for c in calls)} sbatch, {sum(c.startswith('squeue') for c in calls)} squeue")
    print(f"  database {size:.0f} MB")
    if done != runs:
        raise SystemExit("not all runs are right")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""A long life: sweeps of every kind at once, again and again, with kills between, for so many seconds.

    python3 soak.py BINARY [SECONDS]

In one results folder: a sweep of short processes that grows by seeds, one of shared workers, one of programs that misbehave
(they print without an end, fork children, ignore SIGTERM, leave their session, close their pipes), predictions that are
sealed, reports, exports and status; every few rounds the coordinator or its guard is killed.

Then: every announced run is in the database, once; the doctor finds nothing; no process of a sweep is left and no zombie; the
database has grown in proportion to its runs; the coordinator's memory, threads and open files are as large in the last third as
in the first. Exits with 1 where not.
"""
import json
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

from processes import MARK, marked, words

QUICK = 'echo "{\\"epoch\\": 1, \\"loss\\": 0.5}"\necho "{\\"final\\": {\\"loss\\": 0.25}}"\n'
WORKER = r'''while read -r line; do
  run=${line#*\"run\":\"}; run=${run%%\"*}
  echo "{\"final\": {\"loss\": 0.5}, \"run\": \"$run\"}"
done
'''
ROGUE = r'''trap '' TERM
case $1 in
  0) yes flood | head -c 3000000 ;;
  1) i=0; while [ $i -lt 100 ]; do sleep 300 & i=$((i + 1)); done ;;
  2) setsid sh -c 'sleep 5' & ;;
  3) echo '{"final": {"loss": 1}}'; exec >&- 2>&-; exit 0 ;;
  4) kill -KILL $$ ;;
  5) while :; do sleep 1; done ;;
esac
echo '{"final": {"loss": 0.75}}'
'''
ANSWERS = "who,round,question,direction,confidence_pct,rationale\n"


def write(folder):
    def spec(name, **keys):
        (folder / f"{name}.json").write_text(json.dumps({"name": name, **keys}))
    (folder / "quick.sh").write_text(QUICK)
    (folder / "worker.sh").write_text(WORKER)
    (folder / "rogue.sh").write_text(ROGUE)
    metrics = {"loss": {"better": "lower", "delta": 0.1}}
    spec("quick", command=["sh", "quick.sh", "{a}"], axes={"a": [0, 1, 2, 3]}, seeds=25, metrics=metrics)
    spec("shared", worker=["sh", "worker.sh"], axes={"a": [0, 1, 2, 3]}, seeds=100, metrics=metrics)
    spec("rogue", command=["sh", "rogue.sh", "{a}"], axes={"a": [0, 1, 2, 3, 4, 5]}, seeds=1, metrics=metrics,
         limits={"timeout": "1s", "halt": "never"})
    spec("asked", command=["sh", "quick.sh", "{a}"], axes={"a": [0, 1]}, seeds=2, metrics=metrics,
         questions=[{"id": "q", "factor": "a", "from": 0, "to": 1, "metric": "loss"}])


def footprint(pid):
    """Kilobytes, threads and open files of a process; None where it is gone."""
    try:
        status = dict(line.split(":\t", 1) for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines())
        return int(status["VmRSS"].split()[0]), int(status["Threads"]), len(os.listdir(f"/proc/{pid}/fd"))
    except (OSError, KeyError, ValueError):
        return None


class Soak:
    def __init__(self, binary, seconds, draw):
        self.binary, self.seconds, self.draw = binary, seconds, draw
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sweep-soak-"))
        self.environment = os.environ | {MARK: str(os.getpid())}
        self.announced, self.faults, self.footprints, self.sizes = set(), [], [], []
        self.kills = self.rounds = 0
        write(self.folder)

    def command(self, *arguments, allowed=(0, 1), seconds=120):
        with open(self.folder / "out", "wb") as out, open(self.folder / "err", "wb") as errors:
            try:
                code = subprocess.run([self.binary, *arguments], cwd=self.folder, env=self.environment, stdout=out,
                                      stderr=errors, stdin=subprocess.DEVNULL, timeout=seconds).returncode
            except subprocess.TimeoutExpired:
                code = None
        if code not in allowed:
            said = (self.folder / "err").read_text(errors="replace")[-300:]
            self.faults.append(f"{' '.join(arguments)} ended with {code}: {said}")
        return code

    def start(self, spec, kill, *more):
        """Runs a sweep; where asked for, kills it or its guard in between."""
        name = self.folder / f"events-{spec}"
        with open(name, "wb") as out, open(self.folder / "err", "wb") as errors:
            process = subprocess.Popen([self.binary, "run", f"{spec}.json", "--json", "--yes", *more], cwd=self.folder,
                                       env=self.environment, stdout=out, stderr=errors, stdin=subprocess.DEVNULL)
        if kill:
            time.sleep(self.draw.random() * 0.6)
            guards = [pid for pid in marked(os.getpid()) if b"guard" in words(pid)] if self.draw.random() < 0.3 else []
            victim = guards[0] if guards else process.pid
            try:
                os.kill(victim, signal.SIGKILL)
                self.kills += 1
            except ProcessLookupError:
                pass
        largest = None
        end = time.time() + 180
        while process.poll() is None:
            now = footprint(process.pid)
            if now:
                largest = tuple(map(max, largest or now, now))
            time.sleep(0.01)
            if time.time() > end:
                process.kill()
                self.faults.append(f"run {spec} did not end within 180 s")
        if process.returncode not in ((0, 1, -9) if kill else (0, 1)):
            self.faults.append(f"run {spec} ended with {process.returncode}: {(self.folder / 'err').read_text()[-300:]}")
        for line in name.read_bytes().splitlines():
            try:
                event = json.loads(line)
            except ValueError:
                continue
            record = event.get("record", event)
            if isinstance(record, dict) and record.get("status") == "ok" and event.get("event") != "began":
                self.announced.add((spec, record["run"]))
        return largest

    def round(self):
        self.rounds += 1
        seeds = 25 * self.rounds
        kill = self.rounds % 3 == 0
        largest = self.start("quick", kill, "-j4", "--set", f"seeds={seeds}")
        if largest and not kill:
            self.footprints.append(largest)
        self.start("shared", self.rounds % 4 == 0, "-j2", "--again")
        if self.rounds % 3 == 1:
            self.start("rogue", False, "-j3", "--again")
        (self.folder / "answers.csv").write_text(ANSWERS + f"p{self.rounds},1,q,up,{self.draw.randrange(34, 100)},x\n")
        self.command("predict", "asked.json", "--from", "answers.csv")
        for arguments in (["status"], ["report", "quick", "--format", "html", "-o", "quick.html"], ["doctor"],
                          ["export", "shared", "--to", "csv", "shared.csv"], ["runs", "rogue"], ["report", "rogue"]):
            self.command(*arguments)
        self.sizes.append((self.count("attempt"), (self.folder / "results/sweeps.sqlite").stat().st_size))

    def count(self, table):
        with sqlite3.connect(f"file:{self.folder}/results/sweeps.sqlite?mode=ro", uri=True) as database:
            return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

    def settle(self):
        """What must hold when all is over."""
        for spec in ("quick", "shared"):
            self.start(spec, False, "-j4", *(["--set", f"seeds={25 * self.rounds}"] if spec == "quick" else []))
        database = sqlite3.connect(self.folder / "results/sweeps.sqlite")
        whole = database.execute("PRAGMA integrity_check").fetchone()[0]
        if whole != "ok":
            self.faults.append(f"the database is not whole: {whole}")
        stored = set(database.execute(
            "SELECT DISTINCT sweep.name, run.identity FROM attempt JOIN run ON run.id = attempt.runId "
            "JOIN sweep ON sweep.id = run.sweepId WHERE outcome = 'ok'"))
        lost = self.announced - stored
        if lost:
            self.faults.append(f"{len(lost)} announced runs are not in the database: {sorted(lost)[:3]}")
        repeated = database.execute(
            "SELECT count(*) FROM (SELECT runId FROM attempt JOIN run ON run.id = runId JOIN sweep ON sweep.id = sweepId "
            "WHERE outcome = 'ok' AND sweep.name = 'quick' GROUP BY runId HAVING count(*) > 1)").fetchone()[0]
        if repeated:
            self.faults.append(f"{repeated} runs of 'quick' were done more than once")
        self.command("doctor", allowed=(0,))
        self.command("predict", "asked.json", "--verify", allowed=(0,))
        for _ in range(200):
            left = marked(os.getpid())
            if not left:
                break
            time.sleep(0.05)
        else:
            self.faults.append(f"{len(left)} processes are left: {[words(pid) for pid in left][:3]}")
        self.judge_growth()

    def judge_growth(self):
        third = max(1, len(self.footprints) // 3)
        for index, (what, slack) in enumerate((("memory in kB", 8000), ("threads", 4), ("open files", 8))):
            first = statistics.median(row[index] for row in self.footprints[:third])
            last = statistics.median(row[index] for row in self.footprints[-third:])
            print(f"coordinator's {what}: {first:g} in the first third, {last:g} in the last")
            # The grid of the last round is the larger one: its ids are held.
            if last > first * 1.5 + slack:
                self.faults.append(f"{what} grew from {first:g} to {last:g}")
        if len(self.sizes) > 4:
            (few, small), (many, large) = self.sizes[1], self.sizes[-1]
            rate, later = small / few, (large - small) / max(1, many - few)
            print(f"database: {large / 1e6:.1f} MB for {many} attempts, {later:.0f} bytes for each after the first rounds")
            if later > 2 * rate:
                self.faults.append(f"an attempt takes {later:.0f} bytes, and took {rate:.0f}")


def main():
    binary, seconds = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 120
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 32)
    soak = Soak(binary, seconds, random.Random(seed))
    start = time.time()
    while time.time() < start + seconds and len(soak.faults) < 10:
        soak.round()
    soak.settle()
    print(f"seed {seed}: {time.time() - start:.0f} s, {soak.rounds} rounds, {soak.kills} kills, "
          f"{len(soak.announced)} runs announced, {soak.count('attempt')} attempts, {len(soak.faults)} faults")
    print("\n".join(soak.faults))
    if soak.faults:
        sys.exit(f"left in {soak.folder}")
    shutil.rmtree(soak.folder)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Random histories of a sweep with real processes: begun, killed, interrupted, resumed; checked by a model of the ledger.

A history is one to four sessions of `sweep run --json` on one small sweep. Each but the last is ended at a random moment: kill -9 of
the coordinator alone or of it and its guard, Ctrl-C, or a closed terminal. Runs end well, fail, diverge or kill themselves, as a digest of
run and attempt says. The model knows, from what the sessions printed, how each run ended last; and the workers tell on a file of their own
what they began. After every session

    every ending that was announced is stored, under the status that it was announced with, or a later attempt is
    no run has two attempts that are ok; attempts are numbered 1, 2, 3, ...; the database is whole
    a run that was announced as ended is not begun again (unless --retry-failed asks for it and it was not ok)
    planned is the sum of all states

and after the last one nothing is pending or running, and no process of the history is left.

    python3 histories.py BINARY [HISTORIES] [SEED]

Prints the seed. Exits with 1 where a history did otherwise, and leaves its folder.
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
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from processes import MARK, marked

CONCLUDED = {"ok", "failed", "diverged", "timed_out"}
# What a stored outcome is called as a status.
STATUS = {"exit": "failed", "signal": "failed", "no_result": "failed", "not_started": "failed", "abandoned": "failed"}
WORKER = r'''echo "$SWEEP_RUN" >> begun.txt
set -- $(echo "$SWEEP_RUN $1" | cksum)
case $(($1 % 8)) in
  0) exit 3 ;;
  1) echo '{"diverged": {"epoch": 2, "reason": "nan"}}'; exit 0 ;;
  2) kill -KILL $$ ;;
  3) sleep 0.03 ;;
esac
echo '{"final": {"loss": 0.5}}'
'''


def kill(pid, which):
    try:
        os.kill(pid, which)
    except ProcessLookupError:
        pass


class History:
    def __init__(self, binary, folder, seed):
        self.binary, self.folder, self.draw = binary, folder, random.Random(seed)
        self.mark = f"{os.getpid()}-{folder.name}"
        self.model, self.faults = {}, []
        spec = {"name": "trial", "command": ["sh", "worker.sh", str(self.draw.randrange(1000))], "axes": {"a": [1, 2, 3]},
                "seeds": self.draw.randint(1, 3), "limits": {"retries": 0, "halt": "never"}}
        (folder / "s.json").write_text(json.dumps(spec))
        (folder / "worker.sh").write_text(WORKER)
        (folder / "begun.txt").touch()

    def begun(self):
        return Counter((self.folder / "begun.txt").read_text().split())

    def session(self, is_last):
        """One life of a coordinator, and what it announced."""
        retries = self.draw.random() < 0.4
        words = [self.binary, "run", "s.json", "--yes", "--json", f"-j{self.draw.randint(1, 4)}"] + (["--retry-failed"] if retries else [])
        before, known = self.begun(), dict(self.model)
        process = subprocess.Popen(words, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env={**os.environ, MARK: self.mark}, start_new_session=True)
        end = None if is_last else self.draw.choice(["kill", "kill", "kill all", "interrupt", "hang up"])
        # Sessions of these sizes take 30 to 300 ms.
        if end:
            try:
                process.wait(self.draw.uniform(0, 0.3))
            except subprocess.TimeoutExpired:
                if end == "kill all":
                    for pid in [process.pid] + marked(self.mark):
                        kill(pid, signal.SIGKILL)
                else:
                    kill(process.pid, {"kill": signal.SIGKILL, "interrupt": signal.SIGINT, "hang up": signal.SIGHUP}[end])
        try:
            told, errors = process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            return self.faults.append(f"no end in 60 s after {end}")
        if process.returncode not in (0, 1, 75, 130, -9):
            self.faults.append(f"exit code {process.returncode} after {end}: {errors[-300:]}")
        for line in told.splitlines():
            try:
                event = json.loads(line)
            except ValueError:
                continue  # A killed program's last line may be cut.
            if isinstance(event, dict) and event.get("run") and event.get("status") in CONCLUDED:
                self.model[event["run"]] = event["status"]
        for run, count in (self.begun() - before).items():
            if run in known and not (retries and known[run] != "ok"):
                self.faults.append(f"run {run} was {known[run]} and was begun again")
            if count > 1 and end not in ("kill", "kill all"):
                self.faults.append(f"run {run} was begun {count} times in one session")

    def check(self, is_last):
        path = self.folder / "results" / "sweeps.sqlite"
        if not path.exists():
            if self.model:
                self.faults.append("no database")
            return
        database = sqlite3.connect(path, timeout=30)
        try:
            if database.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                self.faults.append("the database is damaged")
            stored = {}
            # A coordinator that was killed in its first moments has made no tables.
            rows = [] if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'attempt'").fetchone() else database.execute(
                "SELECT run.identity, attempt.number, attempt.outcome FROM attempt JOIN run ON run.id = attempt.runId "
                "ORDER BY run.identity, attempt.number")
            for run, number, status in rows:
                stored.setdefault(run, []).append((number, STATUS.get(status, status)))
        finally:
            database.close()
        for run, attempts in stored.items():
            if [number for number, _ in attempts] != list(range(1, len(attempts) + 1)):
                self.faults.append(f"run {run} has attempts {attempts}")
            if sum(status == "ok" for _, status in attempts) > 1:
                self.faults.append(f"run {run} was ok twice")
        for run, status in self.model.items():
            if status not in [found for _, found in stored.get(run, [])]:
                self.faults.append(f"run {run} was announced as {status} and is {stored.get(run)}")
        if not stored and not is_last:
            return  # Killed before the sweep was written down.
        told = subprocess.run([self.binary, "status", "--json"], cwd=self.folder, capture_output=True, text=True)
        ledger = self.ledger(told.stdout)
        if ledger is None:
            return
        states = [ledger.get(name, 0) for name in ("ok", "failed", "diverged", "timed_out", "running", "pending")]
        if ledger["planned"] != sum(states):
            self.faults.append(f"not balanced: {ledger}")
        if is_last and (ledger.get("running") or ledger.get("pending")):
            self.faults.append(f"not finished: {ledger}")

    def ledger(self, text):
        try:
            value = json.loads(text)
            while isinstance(value, list):
                value = value[0]
            found = value if "planned" in value else next(v for v in value.values() if isinstance(v, dict) and "planned" in v)
            return found
        except (ValueError, StopIteration, IndexError):
            self.faults.append(f"status says {text[:200]!r}")
            return None

    def live(self):
        count = self.draw.randint(1, 4)
        for number in range(count):
            self.session(number == count - 1)
            self.check(number == count - 1)
        for _ in range(100):
            if not marked(self.mark):
                break
            time.sleep(0.1)
        else:
            self.faults.append("a process is left")
        return count


def main():
    binary = os.path.abspath(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 32)
    print(f"seed {seed}", flush=True)
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="sweep-histories-"))

    def one(number):
        folder = scratch / str(number)
        folder.mkdir()
        history = History(binary, folder, f"{seed} {number}")
        sessions = history.live()
        if not history.faults:
            shutil.rmtree(folder)
        return sessions, len(history.model), [f"history {number}: {fault} (in {folder})" for fault in history.faults]

    with ThreadPoolExecutor(2) as pool:
        lives = list(pool.map(one, range(count)))
    faults = [fault for _, _, found in lives for fault in found]
    print(f"{count} histories, {sum(life[0] for life in lives)} sessions, {sum(life[1] for life in lives)} announced runs, {len(faults)} faults")
    print("\n".join(faults[:40]))
    if faults:
        sys.exit(1)
    shutil.rmtree(scratch)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""What becomes of a served lesson whose server's system calls fail, one after the other?

Each time a server is started in a folder of its own with the n-th call of a kind failing (and all that follow, or that one
alone), and a class is in session: a phone comes in and answers in two rounds, the desk closes them, has the runs made and reveals
the question. Whatever fails

    the server ends by itself only with an exit code of the contract and a sentence, and never by a signal
    an answer that was confirmed (303) is in the journal exactly once, and no other is there
    the same command goes on without faults: the runs end well, the question is revealed, and the sealed chain holds both
    rounds' answers and verifies

    python3 lesson.py BINARY [--every K] [--only CALL]

--every K tries n = 1, 2, 2 + K, 2 + 2K, ... Exits with 1 when something was found. What fails is the server's own; the runs are
other processes. Memory is left out: Swift ends a program that gets none.
"""
import argparse
import errno
import http.client
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "Peers"))
from faults import CONTRACT, build, run, sentence_faults  # noqa: E402
from lesson import QUICK, Browser, Desk, Server  # noqa: E402

CALLS = {
    "write": [errno.ENOSPC], "sync": [errno.EIO], "open": [errno.EMFILE, errno.EACCES], "rename": [errno.EIO],
    "truncate": [errno.EIO], "mkdir": [errno.ENOSPC], "read": [errno.EIO], "map": [errno.ENOMEM], "fork": [errno.EAGAIN],
    "accept": [errno.EMFILE, errno.ECONNABORTED], "receive": [errno.ECONNRESET], "send": [errno.EPIPE],
}
RUNS = 16


class Class:
    """A phone and the desk of one server, which may not answer."""

    def __init__(self, server):
        self.server, self.phone, self.desk = server, Browser(server.port), Desk(server)
        self.phone.timeout = self.desk.timeout = 5
        self.confirmed, self.failures = [], 0

    def ask(self, what, patience=2.0):
        """The status of what was asked; None where no answer came, or none but that the disk does not take it."""
        end = time.monotonic() + patience
        # Who gets no answer three times goes home.
        while time.monotonic() < end and self.server.process.poll() is None and self.failures < 3:
            try:
                status = what()
            except (OSError, http.client.HTTPException):
                status = None
            if status not in (None, 500, 503):
                return status
            time.sleep(0.05)
        self.failures += 1
        return None

    def lead(self, act, patience=2.0, **fields):
        return self.ask(lambda: self.desk.request("POST", "/desk", {"token": self.desk.token, "act": act, **fields})[0], patience)

    def vote(self, round_, direction):
        nonce = f"{round_}-{direction}"
        fields = dict(question="dropout", round=round_, direction=direction, confidence="65", reason="because", nonce=nonce)
        if self.ask(lambda: self.phone.request("POST", "/answer", fields)[0]) == 303:
            self.confirmed.append((nonce, direction))

    def come_in(self):
        self.ask(lambda: self.phone.get("/")[0])
        self.ask(lambda: self.phone.request("POST", "/join", {"name": "Ana"})[0])

    def session(self):
        self.come_in()
        self.lead("moved", step="asking", question="dropout", round="1")
        self.vote("1", "up")
        self.lead("moved", step="votes", question="dropout", round="1")
        self.lead("moved", step="asking", question="dropout", round="2")
        self.vote("2", "down")
        self.lead("moved", step="training")
        self.lead("started")

    def reveal(self, seconds):
        """Whether the question could be revealed in that time."""
        self.lead("moved", step="reveal", question="dropout")
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.server.process.poll() is None and self.failures < 3:
            if self.lead("revealed", question="dropout", patience=0.5) == 303:
                return True
            time.sleep(0.1)
        return False


def ok_runs(folder):
    path = folder / "results/sweeps.sqlite"
    if not path.exists():
        return 0
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return database.execute("SELECT count(*) FROM run WHERE status = 'ok'").fetchone()[0]
    except sqlite3.DatabaseError:
        return 0
    finally:
        database.close()


def stop(server, faults):
    """Ends a server as Ctrl-C does."""
    if server.process.poll() is None:
        server.process.send_signal(signal.SIGTERM)
    try:
        code = server.process.wait(30)
    except subprocess.TimeoutExpired:
        server.process.kill()
        server.process.wait()
        code = None
    server.process.stdout.close()
    if code not in CONTRACT:
        faults.append(f"the server ended with {code}" if code is not None else "the server did not end within 30 s")
    return code


def faulted(binary, library, folder, call, error, number, lasting):
    """What is wrong with the session itself, what was confirmed in it, and whether a call failed at all."""
    mark = folder / "failed"
    environment = os.environ | dict(
        LD_PRELOAD=str(library), FAULT_CALL=call, FAULT_NUMBER=str(number), FAULT_COUNT="-1" if lasting else "1",
        FAULT_ERROR=str(error), FAULT_SHORT="1" if error == errno.ENOSPC else "0", FAULT_MARK=str(mark))
    faults, confirmed = [], []
    with open(folder / "errors", "wb") as errors:
        server = Server(binary, folder, errors=errors, environment=environment)
        try:
            server.start()
            session = Class(server)
            confirmed = session.confirmed
            session.session()
            session.reveal(1)
        except AssertionError:
            # It did not begin, and its output is at an end.
            pass
        code = stop(server, faults)
    said = (folder / "errors").read_text(errors="replace")
    # A server that was asked to end has nothing to explain, and where nothing can be written no sentence is.
    faults += sentence_faults(0 if code in (0, 130) or (call == "write" and lasting) else code, said)
    return faults, confirmed, mark.exists(), server.name


def gone_on(binary, folder, confirmed):
    """What is wrong with the same command without faults."""
    faults = []
    with open(folder / "errors-later", "wb") as errors:
        server = Server(binary, folder, errors=errors)
        try:
            server.start()
        except AssertionError as error:
            return [f"the next start: {error}: {(folder / 'errors-later').read_text()[-300:]}"]
        session = Class(server)
        acts = [(act["nonce"], act["direction"]) for act in server.acts() if act["act"] == "answered"]
        faults += [f"confirmed and lost: {vote}" for vote in set(confirmed) - set(acts)]
        faults += [f"written twice: {vote}" for vote in set(acts) if acts.count(vote) > 1]
        unasked = set(acts) - {("1-up", "up"), ("2-down", "down")}
        faults += [f"written and never sent: {vote}" for vote in unasked]
        session.session()
        if not session.reveal(20):
            faults.append("the question cannot be revealed")
        end = time.monotonic() + 20
        while ok_runs(folder) < RUNS and time.monotonic() < end:
            time.sleep(0.1)
        if ok_runs(folder) != RUNS:
            faults.append(f"{ok_runs(folder)} of {RUNS} runs are ok")
        wanted = {(int(nonce[0]), direction) for nonce, direction in confirmed + session.confirmed}
        stop(server, faults)
    chain = [json.loads(line) for line in (folder / "results/quick/predictions.jsonl").read_text().splitlines()]
    sealed = {(link["payload"]["round"], link["payload"]["direction"]) for link in chain if "payload" in link}
    if not wanted <= sealed:
        faults.append(f"confirmed and not sealed: {wanted - sealed}")
    code, _, errors = run(binary, ["predict", "quick.json", "--verify"], folder)
    if code:
        faults.append(f"the chain does not verify: {errors[-300:]}")
    return faults


def trial(binary, library, scratch, call, error, number, lasting):
    folder = pathlib.Path(tempfile.mkdtemp(dir=scratch))
    faults, confirmed, happened, _ = faulted(binary, library, folder, call, error, number, lasting)
    if happened:
        faults += gone_on(binary, folder, confirmed)
    if not faults:
        shutil.rmtree(folder)
    name = f"{call} {number}{' and after' if lasting else ''} gives {errno.errorcode[error]}"
    return [f"{name}: {fault} (in {folder})" for fault in faults], happened


def series(arguments, library, scratch, call, error, lasting):
    found, count, number = [], 0, 1
    while True:
        faults, happened = trial(arguments.binary, library, scratch, call, error, number, lasting)
        found += faults
        for fault in faults:
            print(fault, flush=True)
        if not happened:
            return found, count
        count += 1
        number += 1 if number < 2 else arguments.every


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=os.path.abspath)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--only")
    arguments = parser.parse_args()
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="sweep-lesson-faults-"))
    library = build(scratch)
    kinds = [(call, error, lasting) for call, errors in CALLS.items() for error in errors for lasting in (True, False)
             if arguments.only in (None, call)]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda kind: series(arguments, library, scratch, *kind), kinds))
    by_call = {}
    for (call, *_), (_, count) in zip(kinds, results):
        by_call[call] = by_call.get(call, 0) + count
    faults = [fault for found, _ in results for fault in found]
    print(f"a lesson whose calls fail: {sum(by_call.values())} trials ("
          + ", ".join(f"{name} {count}" for name, count in by_call.items()) + f"), {len(faults)} faults")
    if faults:
        sys.exit(1)
    shutil.rmtree(scratch)


if __name__ == "__main__":
    main()

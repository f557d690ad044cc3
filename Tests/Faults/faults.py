#!/usr/bin/env python3
"""What becomes of a sweep whose system calls fail, one after the other?

For each command, each call of the system and n = 1, 2, 3, ...: the command runs in a folder of its own with the n-th such
call failing (and all that follow, or that one alone), until there are fewer calls than n. Each time

    the exit code is one of the contract's, and never a signal
    where it is not 0, standard error says so in a sentence, and nothing else
    every run that was announced as ok is in the database afterwards, which SQLite finds whole
    the next start without faults does all that is left, exit 0, each run ok exactly once

Then power is lost: what a sweep wrote is recorded call by call, and made again up to a random moment, where each write
since its file's last sync is there, torn or lost. Every run that was announced by that moment must be in the database.

At last disks fill up: a file system of memory takes so many kilobytes, the sweep meets its end, SQLite opens what is there and closes it
again while nothing can be written, and then there is room.

    python3 faults.py BINARY [--every K] [--cuts N] [--fills N] [--only COMMAND:CALL]

--every K tries n = 1, 1 + K, 1 + 2K, ... beside the first five. Exits with 1 when something was found.
"""
import argparse
import errno
import json
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).resolve().parent
RUNS = 6
CONTRACT = {0, 1, 64, 74, 75, 130}
SPEC = {
    "name": "trial", "command": ["sh", "worker.sh", "{a}"], "axes": {"a": [0, 1]}, "seeds": RUNS // 2,
    "metrics": {"loss": {"better": "lower", "delta": 0.1}},
    "questions": [{"id": "q", "factor": "a", "from": 0, "to": 1, "metric": "loss"}],
    # A program that cannot be started must not end the sweep before what follows is seen.
    "limits": {"halt": "never"},
}
WORKER = 'echo "{\\"epoch\\": 1, \\"loss\\": 2}"\necho "{\\"final\\": {\\"loss\\": $1.5}}"\n'
ANSWERS = "who,round,question,direction,confidence_pct,rationale\n" + "".join(
    f"p{i},1,q,up,70,because\n" for i in range(40))
# Calls, and the errors that the system gives for them.
CALLS = {
    "write": [errno.ENOSPC, errno.EIO], "sync": [errno.EIO], "open": [errno.EMFILE, errno.EACCES],
    "rename": [errno.ENOSPC], "truncate": [errno.EIO], "mkdir": [errno.ENOSPC], "unlink": [errno.EACCES],
    "map": [errno.ENOMEM], "fork": [errno.EAGAIN], "read": [errno.EIO],
}
COMMANDS = {
    "run": ["run", "trial.json", "-j2", "--json"],
    "predict": ["predict", "trial.json", "--from", "answers.csv"],
    "report": ["report", "trial", "--format", "html", "-o", "page.html"],
    "export": ["export", "trial", "--to", "csv", "out.csv"],
    "status": ["status"],
}


def build(folder):
    library = folder / "calls.so"
    subprocess.run(["clang", "-O1", "-fPIC", "-shared", "-o", library, HERE / "calls.c", "-ldl"], check=True)
    return library


def prepare(folder):
    folder.mkdir()
    (folder / "trial.json").write_text(json.dumps(SPEC))
    (folder / "worker.sh").write_text(WORKER)
    (folder / "answers.csv").write_text(ANSWERS)


def run(binary, words, folder, seconds=30, **variables):
    """The exit code, and both outputs; the code is None where it did not end by itself."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SWEEP_")} | variables
    process = subprocess.Popen([binary, *words], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                               stdout=open(folder / "stdout", "wb"), stderr=open(folder / "stderr", "wb"))
    try:
        code = process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        code = None
    return code, *((folder / name).read_text(errors="replace") for name in ("stdout", "stderr"))


def announced(output):
    """The runs that were announced as ok; the last line may be cut."""
    found = set()
    for line in output.splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            continue
        record = event.get("record", event)
        if isinstance(record, dict) and record.get("status") == "ok":
            found.add(record["run"])
    return found


def stored(folder):
    """The runs with a result by what SQLite finds, and what it says of the file."""
    path = folder / "results/sweeps.sqlite"
    if not path.exists() or not path.stat().st_size:
        return [], "ok"
    database = sqlite3.connect(path)
    try:
        whole = database.execute("PRAGMA integrity_check").fetchone()[0]
        tables = {name for name, in database.execute("SELECT name FROM sqlite_master")}
        if "attempt" not in tables:
            return [], whole
        rows = database.execute(
            "SELECT run.identity FROM attempt JOIN run ON run.id = attempt.runId WHERE outcome IN ('ok', 'finished')")
        return [identity for identity, in rows], whole
    except sqlite3.DatabaseError as error:
        return [], str(error)
    finally:
        database.close()


def sentence_faults(code, errors):
    lines = [line for line in errors.splitlines() if line.strip()]
    if any(word in errors for word in ("Fatal error", "Swift/", "Error Domain", "NSCocoa", "Thread ", "SwiftNIO")):
        return [f"raw words on standard error: {errors[:300]!r}"]
    if code and not lines:
        return ["no sentence on standard error"]
    return []


def kept_faults(folder, said):
    identities, whole = stored(folder)
    faults = [] if whole == "ok" else [f"the database is not whole: {whole}"]
    lost = said - set(identities)
    if lost:
        faults.append(f"announced and lost: {sorted(lost)}")
    twice = {identity for identity in identities if identities.count(identity) > 1}
    return faults + ([f"ok twice: {sorted(twice)}"] if twice else [])


class Trial:
    """One command with one call that fails."""

    def __init__(self, command, call, error, number, lasting):
        self.command, self.call, self.error, self.number, self.lasting = command, call, error, number, lasting

    def __str__(self):
        more = " and after" if self.lasting else ""
        return f"{self.command}: {self.call} {self.number}{more} gives {errno.errorcode[self.error]}"

    def faults(self, binary, library, before, scratch):
        """What is wrong, and whether a call failed at all."""
        folder = pathlib.Path(tempfile.mkdtemp(dir=scratch))
        shutil.copytree(before[self.command], folder, dirs_exist_ok=True)
        mark = folder / "failed"
        code, output, errors = run(
            binary, COMMANDS[self.command], folder, LD_PRELOAD=str(library), FAULT_CALL=self.call,
            FAULT_NUMBER=str(self.number), FAULT_COUNT="-1" if self.lasting else "1", FAULT_ERROR=str(self.error),
            FAULT_SHORT="1" if self.error == errno.ENOSPC else "0", FAULT_MARK=str(mark))
        if not mark.exists():
            shutil.rmtree(folder)
            return [], False
        found = []
        if code is None:
            found.append("did not end within 30 s")
        elif code not in CONTRACT:
            found.append(f"exit code {code}: {errors[-300:]!r}")
        else:
            # Where nothing can be opened or written any more, there may be nothing left to say it with.
            is_silenced = self.lasting and self.call == "write"
            # A run that failed is told as an event.
            is_told = code == 1 and '"status":"failed"' in output
            found += sentence_faults(0 if is_silenced or is_told else code, errors)
        if self.command == "run" and self.call == "fork" and not self.lasting and code != 0:
            found.append(f"one program that could not be started at once made the sweep end with {code}: {errors[-200:]!r}")
        found += kept_faults(folder, announced(output))
        found += self.next_start(binary, folder)
        if not found:
            shutil.rmtree(folder)
        return [f"{self}: {fault} (in {folder})" for fault in found], True

    def next_start(self, binary, folder):
        if self.command == "predict":
            code, _, errors = run(binary, COMMANDS["predict"], folder)
            if code:
                return [f"the next predictions end with {code}: {errors[-300:]!r}"]
        code, _, errors = run(binary, ["run", "trial.json", "-j2", "--retry-failed", "--quiet"], folder)
        if code:
            return [f"the next start ends with {code}: {errors[-300:]!r}"]
        identities, whole = stored(folder)
        if whole != "ok" or len(set(identities)) != RUNS or len(identities) != RUNS:
            return [f"the next start leaves {len(identities)} runs ok, and the database {whole}"]
        return []


def starts(binary, scratch):
    """The folder from which each command starts."""
    empty, full = scratch / "empty", scratch / "full"
    prepare(empty)
    prepare(full)
    code, _, errors = run(binary, ["run", "trial.json", "-j2", "--quiet"], full)
    assert code == 0, errors
    return {name: empty if name in ("run", "predict") else full for name in COMMANDS}


def series(arguments, library, before, scratch, command, call, error, lasting):
    """All trials of one kind, until there are no more calls."""
    found, count, number = [], 0, 1
    while True:
        faults, happened = Trial(command, call, error, number, lasting).faults(
            arguments.binary, library, before, scratch)
        if not happened:
            return found, count
        found += faults
        count += 1
        number += 1 if number < 5 else arguments.every


def fail_calls(arguments, library, scratch):
    before = starts(arguments.binary, scratch)
    kinds = [
        (command, call, error, lasting)
        for command in COMMANDS for call, errors in CALLS.items() for error in errors for lasting in (True, False)
        if not arguments.only or arguments.only == f"{command}:{call}" or arguments.only == command]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda kind: series(arguments, library, before, scratch, *kind), kinds))
    faults = [fault for found, _ in results for fault in found]
    by_command = {}
    for (command, *_), (_, count) in zip(kinds, results):
        by_command[command] = by_command.get(command, 0) + count
    print(f"failing calls: {sum(by_command.values())} trials ("
          + ", ".join(f"{name} {count}" for name, count in by_command.items()) + f"), {len(faults)} faults")
    return faults


# Power

def read_log(path):
    """The changes in their order: operation, path, other path, offset, bytes."""
    data, at, found = path.read_bytes(), 0, []
    while at < len(data):
        end = data.index(b"\n", at)
        operation, name, other, offset, size = data[at:end].decode(errors="surrogateescape").split("\t")
        at = end + 1 + int(size)
        found.append((operation, name, other, int(offset), data[end + 1:at]))
    return found


def disk_after(log, cut, draw):
    """The files as a disk may hold them that lost power after `cut` changes.

    What stands before a sync of its file is there. Of the rest each write is there, torn at a sector, or lost; names
    appear and vanish in their order.
    """
    synced = {}
    for index, (operation, name, *_) in enumerate(log[:cut]):
        if operation == "sync":
            synced[name] = index
    files = {}
    for index, (operation, name, other, offset, data) in enumerate(log[:cut]):
        is_certain = index < synced.get(name, -1)
        if operation in ("make", "empty"):
            files.setdefault(name, bytearray())
            if operation == "empty":
                files[name] = bytearray()
        elif operation == "unlink":
            files.pop(name, None)
        elif operation == "rename":
            if name in files:
                files[other] = files.pop(name)
        elif operation in ("write", "truncate") and name in files:
            chance = 0 if is_certain else draw.random()
            if chance > 0.6:
                continue
            content = files[name]
            if operation == "truncate":
                content.extend(bytes(max(0, offset - len(content))))
                del content[offset:]
                continue
            if chance > 0.4:
                data = data[:draw.randrange(len(data) // 512 + 1) * 512]
            content.extend(bytes(max(0, offset + len(data) - len(content))))
            content[offset:offset + len(data)] = data
    return files


def lose_power(arguments, library, scratch):
    draw, faults = random.Random(arguments.seed), []
    for round_number in range(1 + arguments.cuts // 200):
        origin = pathlib.Path(tempfile.mkdtemp(dir=scratch)) / "origin"
        prepare(origin)
        log_path = origin / "log"
        code, _, errors = run(arguments.binary, COMMANDS["run"], origin, LD_PRELOAD=str(library),
                              CALLS_LOG=str(log_path), CALLS_FOLDER=str(origin / "results"))
        assert code == 0, errors
        log = read_log(log_path)
        for _ in range(min(200, arguments.cuts - 200 * round_number)):
            cut = draw.randrange(1, len(log) + 1)
            folder = pathlib.Path(tempfile.mkdtemp(dir=scratch))
            shutil.rmtree(folder)
            prepare(folder)
            said = announced(b"".join(data for op, _, _, _, data in log[:cut] if op == "say").decode())
            for name, content in disk_after(log, cut, draw).items():
                # The shared memory of the log is no part of what must outlive the machine.
                if name.endswith("-shm"):
                    continue
                place = folder / "results" / os.path.relpath(name, origin / "results")
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content)
            trial = Trial("run", "power", 5, cut, False)
            # SQLite is asked on a copy, so that the program itself is the first to open what is left.
            copy = folder.with_name(folder.name + "-copy")
            shutil.copytree(folder, copy)
            found = kept_faults(copy, said) + trial.next_start(arguments.binary, folder)
            faults += [f"power lost after {cut} of {len(log)} changes: {fault} (in {folder})" for fault in found]
            shutil.rmtree(copy)
            if not found:
                shutil.rmtree(folder)
    print(f"power lost: {arguments.cuts} moments, {len(faults)} faults")
    return faults


# Disks that fill up

FILLED = {
    "name": "trial", "command": ["sh", "worker.sh", "{a}"], "axes": {"a": [0, 1]}, "seeds": 12, "limits": {"halt": "never"},
    "metrics": {"loss": {"better": "lower", "delta": 0.1}},
}
FILLING = """
mkdir results && mount -t tmpfs -o size=$KILOBYTES"k" tmpfs results || exit 99
"$BINARY" run trial.json -j2 --json > events 2> errors; echo $? > code
# The last that closes a database moves its log into it, or tries to.
python3 "$LOOK" results/sweeps.sqlite > before
mount -o remount,size=64m results
python3 "$LOOK" results/sweeps.sqlite > after
"$BINARY" run trial.json -j2 --quiet --retry-failed > resumed 2>&1; echo $? >> code
mkdir kept && cp results/sweeps.sqlite* kept
"""
LOOK = """
import sqlite3, sys, os
if os.path.exists(sys.argv[1]) and os.path.getsize(sys.argv[1]):
    try:
        database = sqlite3.connect(sys.argv[1])
        print(database.execute("PRAGMA integrity_check").fetchone()[0])
        database.execute("SELECT count(*) FROM attempt").fetchone()
        database.close()
    except sqlite3.DatabaseError as error:
        print(error)
"""
# What a full disk may say to SQLite while it is full, without the file being damaged.
FULL = ("disk I/O error", "database or disk is full", "unable to open database file", "no such table: attempt")


def fill(arguments, scratch, kilobytes):
    folder = pathlib.Path(tempfile.mkdtemp(dir=scratch))
    (folder / "trial.json").write_text(json.dumps(FILLED))
    (folder / "worker.sh").write_text("head -c 9000 /dev/zero | tr '\\0' x\necho\n" + WORKER)
    (folder / "look.py").write_text(LOOK)
    environment = os.environ | {"KILOBYTES": str(kilobytes), "BINARY": arguments.binary, "LOOK": str(folder / "look.py")}
    shell = subprocess.run(["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", FILLING], cwd=folder, env=environment)
    if shell.returncode == 99 or not (folder / "code").exists():
        return None
    read = lambda name: (folder / name).read_text(errors="replace").strip()  # noqa: E731
    first, second = read("code").split()
    found = []
    if int(first) not in (0, 1, 74):
        found.append(f"exit code {first}: {read('errors')[-300:]}")
    found += sentence_faults(int(first), read("errors"))
    found += [f"{name}: {line}" for name in ("before", "after") for line in read(name).splitlines()
              if line != "ok" and not line.startswith(FULL)]
    if second != "0":
        found.append(f"with room the next start ends with {second}: {read('resumed')[-300:]}")
    (folder / "results").rmdir()
    (folder / "kept").rename(folder / "results")
    found += kept_faults(folder, announced(read("events")))
    if not found:
        shutil.rmtree(folder)
    return [f"a disk of {kilobytes} kB: {fault} (in {folder})" for fault in found]


def fill_disks(arguments, scratch):
    draw = random.Random(arguments.seed)
    with ThreadPoolExecutor(2) as pool:
        sizes = [draw.randrange(60, 700, 4) for _ in range(arguments.fills)]
        results = list(pool.map(lambda size: fill(arguments, scratch, size), sizes))
    if None in results:
        print("no disk can be filled: this user may not mount one")
        return []
    faults = [fault for found in results for fault in found]
    print(f"disks filled: {arguments.fills}, {len(faults)} faults")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=os.path.abspath)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--cuts", type=int, default=1000)
    parser.add_argument("--fills", type=int, default=500)
    parser.add_argument("--only")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}", flush=True)
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="sweep-faults-"))
    library = build(scratch)
    faults = fail_calls(arguments, library, scratch)
    if not arguments.only:
        faults += lose_power(arguments, library, scratch)
        faults += fill_disks(arguments, scratch)
    print("\n".join(faults[:40]))
    if faults:
        sys.exit(1)
    shutil.rmtree(scratch)


if __name__ == "__main__":
    main()

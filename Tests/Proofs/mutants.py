#!/usr/bin/env python3
"""Changed specs, tables, predictions and output of programs, read by the built program.

Each case is one of the repository's own inputs, changed by its structure (keys and elements dropped, doubled, renamed, exchanged,
replaced by values at the edges) or by its bytes, and given to the command that reads such a thing. Always

    the exit code is one of the contract's, and never a signal
    it takes less than 10 seconds and less than a bound of memory
    where the code says so standard error has a sentence; never a word of the runtime, never an escape of a terminal
    lines of a program never make more of a sweep than runs with an outcome: planned is the sum, and the next start finds it so

    python3 mutants.py BINARY [CASES] [SEED] [FIRST]

Prints the seed, and from time to time up to which case all was well: with the same seed and that number as FIRST it goes on
there. A case follows from the seed and its number alone. Exits with 1 where a case did otherwise, and leaves its folder.

The program is loaded once for each processor and split where its main function begins (prefork.c), each command being a process
of its own all the same; folders lie in memory where there is a file system of it.
"""
import csv
import io
import json
import os
import pathlib
import random
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parents[2]
CONTRACT = {0, 1, 64, 74, 75, 130}
SECONDS, MEGABYTES = 10, 700
VALUES = [None, True, 0, 1, -1, 0.5, 34, 1_000_000, 10 ** 18, 1e308, -1e-308, "", "a", "\n", "none", "up", "10m", "10%", "{x}",
          "{", "(", "a" * 5000, "\0", "e\u0301", "\x1b[2J", [], [[]], [1, 1], ["a", "A"], {}, {"a": 1}, {"from": 1, "to": 2, "count": 3},
          {"from": 1e-300, "to": 1e300, "count": 9, "scale": "log"}, {"zip": {"p": [1], "q": ["x"]}}, "(a+)+(?<x>b)", "-rf", "../x"]
PIECES = [b"{", b"}", b"[", b"]", b'"', b"\\", b":", b",", b"null", b"NaN", b"1e999", b"-0", b"9" * 25, b"\\u0000", b"\\ud800",
          b"\xff", b"\xc3", b"\x00", b"\x1b]52;c;eA==\x07", b"\n", b"\r\n", "é😀".encode(), b"=1+1", b'{"final":', b'{"epoch":',
          b'{"diverged":{"epoch":9223372036854775807,"reason":"x"}}\n', b";", b"\t", b"1e-19", b"inf"]


def changed_value(draw, value, depth=0):
    if isinstance(value, dict) and value and draw.random() < 0.88:
        members = list(value.items())
        chosen = draw.randrange(len(members))
        kind = draw.randrange(12)
        if kind == 0:
            del members[chosen]
        elif kind == 1:
            members[chosen] = (members[chosen][0], draw.choice(members)[1])
        elif kind == 2:
            members[chosen] = (draw.choice(members)[0] + "s", members[chosen][1])
        else:
            members[chosen] = (members[chosen][0], changed_value(draw, members[chosen][1], depth + 1))
        return dict(members)
    if isinstance(value, list) and value and draw.random() < 0.88:
        elements = list(value)
        chosen = draw.randrange(len(elements))
        kind = draw.randrange(8)
        if kind == 0:
            del elements[chosen]
        elif kind == 1:
            elements.append(elements[chosen])
        elif kind == 2:
            elements *= draw.choice([1, 2, 50])
        else:
            elements[chosen] = changed_value(draw, elements[chosen], depth + 1)
        return elements
    return draw.choice(VALUES)


def changed_bytes(draw, data, most=4):
    data = bytearray(data)
    for _ in range(draw.randint(1, most)):
        if len(data) < 3:
            break
        at, length = draw.randrange(len(data)), draw.randrange(8)
        kind = draw.randrange(5)
        if kind == 0:
            data[at] ^= 1 << draw.randrange(8)
        elif kind == 1:
            del data[at:at + length]
        elif kind == 2:
            data[at:at] = data[at:at + length]
        elif kind == 3 and draw.random() < 0.3:
            del data[at:]
        else:
            data[at:at] = draw.choice(PIECES)
    return bytes(data)


def changed_table(draw, data):
    """A table whose cells, rows or columns were changed, or its bytes."""
    if draw.random() < 0.4:
        return changed_bytes(draw, data)
    rows = list(csv.reader(io.StringIO(data.decode())))
    for _ in range(draw.randint(1, 4)):
        row = draw.choice(rows)
        kind = draw.randrange(7)
        if kind == 0 and len(rows) > 1:
            rows.remove(row)
        elif kind == 1:
            rows.append(list(row))
        elif kind == 2:
            row.append(str(draw.choice(VALUES)))
        elif kind == 3 and row:
            row.pop()
        elif kind == 4:
            draw.shuffle(rows)
        elif row:
            row[draw.randrange(len(row))] = str(draw.choice(VALUES + ["nan", "-inf", "0,5", "failed", "ok", "1e400"]))
        if not rows:
            break
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(errors="surrogateescape")


class Case:
    """A folder with files, and the commands that are tried in it in their order."""

    def __init__(self, files, commands):
        self.files, self.commands = files, commands


LINES = [b'{"epoch": 3, "train_loss": 0.41, "valid_loss": NaN}\n', b'{"step": 7, "loss": 1e308}\n', b"loss: 0.5, accuracy: 1e-3\n",
         b'{"final": {"loss": 0.93, "note": "a\\u00e9\\n", "x": [1, {"y": null}]}, "correct": "AAEC"}\n',
         b'{"final": {"loss": 0.1, "shared_features": 3, "reliability": [1, 2]}}\n', b'{"diverged": {"epoch": 3, "reason": "nan"}}\n',
         "\x1b]52;c;eA==\x07 loss\n".encode()]
ASKED = {"name": "trial", "command": ["sh", "worker.sh", "{a}"], "axes": {"a": [0, 1]}, "seeds": 3,
         "metrics": {"loss": {"better": "lower", "delta": 0.1}}, "limits": {"timeout": "5s", "halt": "never"},
         "questions": [{"id": "q1", "factor": "a", "from": 0, "to": 1, "metric": "loss"}]}
DESIGN = {"factors": [{"name": "x", "levels": ["0", "1", "2"], "ordered": True, "scores": [0, 1, 5]}, {"name": "z", "levels": ["a", "b"]}],
          "metrics": [{"name": "y", "delta": 0.25, "better": "lower"}],
          "questions": [{"id": "q", "factor": "x", "from": "0", "to": "2", "metric": "y", "at": {"z": "b"}}]}
SPECS = [json.loads((ROOT / "sweeps" / f"{name}.json").read_text())
         for name in ("quickstart", "regularization", "weight-decay-dose", "polynomial-degree")] + [ASKED]


def table(draw):
    rows = ["x,z,seed,y,status"] + [f"{x},{z},{s},{draw.gauss(x, 1):.4f},ok" for x in range(3) for z in "ab" for s in range(4)]
    return ("\n".join(rows) + "\n").encode()


def spec_case(draw):
    value = draw.choice(SPECS)
    for _ in range(draw.randint(1, 3)):
        value = changed_value(draw, value)
    data = json.dumps(value, allow_nan=True).encode()
    if draw.random() < 0.3:
        data = changed_bytes(draw, data)
    return Case({"s.json": data}, [draw.choice([["run", "-n", "s.json"], ["plan", "s.json"]])])


def table_case(draw):
    files = {"t.csv": changed_table(draw, table(draw)), "d.json": json.dumps(changed_value(draw, DESIGN) if draw.random() < 0.4 else DESIGN).encode()}
    return Case(files, [["effects", "t.csv"] + (["--design", "d.json"] if draw.random() < 0.6 else [])])


def answers_case(draw):
    answers = b'who,round,question,direction,confidence_pct,rationale\nana,1,q1,up,70,because\nben,2,q1,None,85%,"he said ""no"", twice"\n'
    files = {"s.json": json.dumps(ASKED).encode(), "a.csv": changed_table(draw, answers)}
    return Case(files, [["predict", "s.json", "--from", "a.csv"], ["predict", "s.json", "--verify"]])


def output_case(draw):
    """A sweep whose runs print changed lines; then all that reads what was stored."""
    spec = {**ASKED, "command": ["cat", "{a}.txt"], "axes": {"a": list(range(8))}, "seeds": 1, "questions": []}
    if draw.random() < 0.3:
        spec["results"] = {"pattern": r"(?<name>\w+): (?<value>\S+)"}
    files = {"s.json": json.dumps(spec).encode()}
    for index in range(8):
        lines = b"".join(draw.choice(LINES) for _ in range(draw.randint(1, 5)))
        files[f"{index}.txt"] = changed_bytes(draw, lines, most=3)
    reading = [["report"], ["report", "--format", "html", "-o", "p.html"], ["report", "--format", "json"], ["runs"], ["status"],
               ["export", "--to", "csv", "o.csv"], ["compare", "0", "1"], ["doctor"]]
    return Case(files, [["run", "s.json", "-j2"], draw.choice(reading), draw.choice(reading), ["run", "s.json", "-j2"]])


KINDS = [(spec_case, 0.45), (table_case, 0.3), (answers_case, 0.1), (output_case, 0.15)]


class Program:
    """The program, loaded once; each command is a process that was split from it."""

    def __init__(self, binary, library):
        lines, self.lines = os.pipe()
        self.endings, endings = os.pipe()
        os.set_inheritable(lines, True)
        os.set_inheritable(endings, True)
        # The numbers that the library knows, given in the new process before the program begins.
        place = f'exec env LD_PRELOAD="$1" "$0" 198<&{lines} 199>&{endings} {lines}<&- {endings}>&-'
        self.process = subprocess.Popen(["bash", "-c", place, binary, library], pass_fds=(lines, endings))
        os.close(lines)
        os.close(endings)
        self.rest = b""

    def line(self, seconds):
        """The next line; None where there is none in time."""
        while b"\n" not in self.rest:
            if not select.select([self.endings], [], [], seconds)[0]:
                return None
            read = os.read(self.endings, 4096)
            if not read:
                raise RuntimeError(f"the program cannot be split: {self.process.wait()}")
            self.rest += read
        line, self.rest = self.rest.split(b"\n", 1)
        return line.split()

    def run(self, words, folder):
        """The exit code, less than 0 for a signal; whether it took too long; megabytes."""
        os.write(self.lines, ("\t".join([str(folder), *words]) + "\n").encode())
        child = int(self.line(None)[0])
        ending = self.line(SECONDS)
        took_too_long = ending is None
        if took_too_long:
            os.kill(child, signal.SIGKILL)
            ending = self.line(None)
        return os.waitstatus_to_exitcode(int(ending[0])), took_too_long, int(ending[1]) / 1024

    def end(self):
        os.close(self.lines)
        self.process.wait()


def faults_of(program, case, folder):
    for name, data in case.files.items():
        (folder / name).write_bytes(data)
    found = []
    for words in case.commands:
        code, took_too_long, megabytes = program.run(words, folder)
        said, errors = ((folder / name).read_bytes() for name in ("stdout", "stderr"))
        what = " ".join(words)
        if took_too_long:
            found.append(f"{what}: over {SECONDS} s")
        elif code not in CONTRACT:
            found.append(f"{what}: exit code {code}: {errors[-300:]}")
        if megabytes > MEGABYTES:
            found.append(f"{what}: {megabytes:.0f} MB")
        if b"\x1b" in said or b"\x1b" in errors or b"\x07" in said + errors:
            found.append(f"{what}: an escape of a terminal")
        if any(word in errors for word in (b"Fatal error", b"Swift/", b"NSCocoa", b"Error Domain")):
            found.append(f"{what}: {errors[-300:]}")
        if code and not errors.strip() and not said.strip():
            found.append(f"{what}: exit code {code} without a word")
    return found


def case_of(seed, number):
    draw = random.Random(f"{seed} {number}")
    makers, weights = zip(*KINDS)
    maker = draw.choices(makers, weights)[0]
    return maker.__name__, maker(draw)


def main():
    binary = os.path.abspath(sys.argv[1])
    cases = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 32)
    first = int(sys.argv[4]) if len(sys.argv) > 4 else 0
    print(f"seed {seed}", flush=True)
    memory = pathlib.Path("/dev/shm")
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="sweep-mutants-", dir=memory if memory.is_dir() else None))
    library = scratch / "prefork.so"
    source = pathlib.Path(__file__).with_name("prefork.c")
    subprocess.run(["clang", "-O1", "-fPIC", "-shared", "-o", library, source, "-ldl"], check=True)
    own = threading.local()
    programs = []

    def one(number):
        if not hasattr(own, "program"):
            own.program = Program(binary, library)
            programs.append(own.program)
        folder = scratch / str(number)
        folder.mkdir()
        name, case = case_of(seed, number)
        found = faults_of(own.program, case, folder)
        if not found:
            shutil.rmtree(folder)
        return [f"case {number} ({name}): {fault} (in {folder})" for fault in found]

    faults, began = [], os.times()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for number, found in enumerate(pool.map(one, range(first, first + cases)), first + 1):
            faults += found
            if number % 2000 == 0:
                print(f"up to {number}: {len(faults)} faults", flush=True)
    for program in programs:
        program.end()
    spent = sum(os.times()[:4]) - sum(began[:4])
    print(f"{cases} cases, {len(faults)} faults; {1000 * spent / max(1, cases):.0f} ms of processor time each")
    print("\n".join(faults[:40]))
    if faults:
        sys.exit(1)
    shutil.rmtree(scratch)


if __name__ == "__main__":
    main()

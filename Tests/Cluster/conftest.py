"""A Slurm of three virtual nodes on this machine, and a sweep that is run on it."""

import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time

import pytest

# A shell gives the jobs that it runs in the background an ignored SIGINT, and sweep leaves ignored what it found ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)

HERE = pathlib.Path(__file__).parent
SWEEP = os.environ.get("SWEEP") or str(HERE.parents[1] / ".build/release/sweep")
# The times of a real cluster are for one that answers late; this one answers at once.
PACE = "0.1"
# Runs of each case, for the long proof; without it each has as many as it needs.
RUNS = int(os.environ.get("RUNS", "0"))
# What each case of the long proof came to.
TABLE = []


def scaled(runs):
    """As many runs as a case needs, or as many as are asked for."""
    return RUNS or runs


def part(of, runs):
    """As many runs of a case as are the same part of it, whatever number of them is asked for."""
    return -(-of * scaled(runs) // runs)


def pytest_terminal_summary(terminalreporter):
    if not RUNS:
        return
    row = "{:<62}{:>6}{:>8}{:>9}{:>8}{:>8}{:>8}"
    terminalreporter.write_line(row.format(
        "case", "runs", "starts", "results", "sbatch", "squeue", "scancel"))
    for case in TABLE:
        terminalreporter.write_line(row.format(*case))


def wait(condition, seconds=120, what="it"):
    """Waits until a condition holds, and gives what it gave."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"{what} did not come about in {seconds} s")


class Cluster:
    """The cluster, and what can befall it."""

    def __init__(self, state, *options):
        self.state = state
        self.options = options
        self.environment = {}
        self.is_whole = False

    def up(self):
        """Starts what does not run, which takes seconds to find out where nothing was taken down."""
        if self.is_whole:
            return
        result = subprocess.run(
            # A node that has no processor for some seconds, beside other tests, is no node that failed.
            [HERE / "slurm-up.sh", "-n", "3", "-c", "2", "-m", "31", "-t", "20", *self.options, self.state],
            capture_output=True, text=True, timeout=600,
        )
        assert result.returncode == 0, result.stderr
        line = result.stdout.strip().splitlines()[-1]
        self.environment = {**os.environ, "SLURM_CONF": line.split("=", 1)[1].strip("'\"")}
        self.is_whole = True

    def down(self, *what):
        self.is_whole = False
        subprocess.run(
            [HERE / "slurm-down.sh", *([what[0]] if what[:1] == ("-i",) else []), self.state]
            + [word for word in what if word != "-i"],
            check=True, capture_output=True, timeout=120,
        )

    def call(self, *words):
        result = subprocess.run(
            words, env=self.environment, capture_output=True, text=True, timeout=60
        )
        return result.stdout.strip()

    def clear(self):
        """Ends every job, and waits until none is left."""
        self.call("scancel", "--user=root")
        wait(lambda: not self.call("squeue", "-h"), 60, "an empty queue")


def started(*options):
    if os.geteuid() != 0:
        pytest.skip("a Slurm of one's own is started by root")
    state = tempfile.mkdtemp(prefix="slurm-", dir="/tmp")
    cluster = Cluster(state, *options)
    cluster.up()
    yield cluster
    cluster.down()
    shutil.rmtree(state, ignore_errors=True)


@pytest.fixture(scope="session")
def machine():
    yield from started()


@pytest.fixture(scope="session")
def strict_machine():
    """A cluster that ends tasks which have more memory than they asked for."""
    yield from started("-K")


@pytest.fixture
def cluster(machine):
    machine.up()
    yield machine
    machine.up()
    machine.clear()


class Sweep:
    """A folder with a spec whose runs take a moment, and what became of them."""

    def __init__(self, folder, cluster):
        self.folder = folder
        self.cluster = cluster
        self.tools = folder / "tools"
        self.tools.mkdir()
        for tool in ["sbatch", "squeue", "scancel"]:
            self.wrap(tool, 'exec {real} "$@"')
        self.began = []

    def wrap(self, tool, body):
        """Puts a program before Slurm's own that counts calls, and does something besides."""
        real = shutil.which(tool)
        path = self.tools / tool
        path.write_text(
            f'#!/bin/sh\necho "{tool} $(date +%s.%N)" >> {self.folder}/calls\n'
            + body.format(real=real) + "\n"
        )
        path.chmod(0o755)

    def spec(self, runs, seconds=0.3, **keys):
        if RUNS:
            seconds = "0.$((1 + SWEEP_SEED % 3))"
        (self.folder / "work.sh").write_text(
            f"""
            echo "$SWEEP_RUN $SLURM_ARRAY_TASK_ID $SLURMD_NODENAME $(date +%s.%N)" >> {self.folder}/starts
            {keys.pop("before", "")}
            sleep {seconds}
            echo "$SWEEP_RUN $(date +%s.%N)" >> {self.folder}/ends
            echo "said $SWEEP_SEED"
            printf '{{"final": {{"loss": 0.1%s}}}}\\n' "$SWEEP_SEED"
            """
        )
        spec = {"name": "trial", "command": ["sh", "work.sh"], "seeds": runs, **keys}
        (self.folder / "trial.json").write_text(json.dumps(spec))

    def environment(self, pace=PACE):
        path = f"{self.tools}:{os.environ['PATH']}"
        return {**self.cluster.environment, "PATH": path, "SWEEP_SLURM_PACE": pace}

    def start(self, *words, pace=PACE):
        # A session of its own, so that it can be killed as a lost login is.
        log = open(self.folder / "log", "ab")
        process = subprocess.Popen(
            [SWEEP, *words], cwd=self.folder, env=self.environment(pace), stdout=log, stderr=log,
            stdin=subprocess.DEVNULL, start_new_session=True,
        )
        self.began.append(process)
        return process

    def run(self, *words, pace=PACE, seconds=170):
        process = self.start(*words, pace=pace)
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"not done in {seconds} s:\n{self.log()}\n{self.queue()}") from None

    def say(self, *words):
        return subprocess.run(
            [SWEEP, *words], cwd=self.folder, env=self.environment(), capture_output=True,
            text=True, timeout=60,
        )

    def log(self):
        return (self.folder / "log").read_text()

    def queue(self):
        return self.cluster.call("squeue", "-t", "all")

    def lines(self, name):
        path = self.folder / name
        return path.read_text().splitlines() if path.exists() else []

    def calls(self, tool):
        return [float(line.split()[1]) for line in self.lines("calls") if line.startswith(tool)]

    def rows(self, sql):
        path = self.folder / "results/sweeps.sqlite"
        if not path.exists():
            return []
        try:
            with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
                return database.execute(sql).fetchall()
        except sqlite3.OperationalError:
            return []

    def check(self, runs):
        """Every run is right, and has one result."""
        found = self.rows(
            "SELECT run.seed, run.status, value FROM run"
            " JOIN attempt ON attempt.runId = run.id AND attempt.number = run.attempt"
            " JOIN finalValue ON finalValue.attemptId = attempt.id"
        )
        assert {seed for seed, _, _ in found} == set(range(runs)), self.log()
        assert len(found) == runs
        for seed, status, value in found:
            assert (status, value) == ("ok", float(f"0.1{seed}"))
        assert self.rows("SELECT count(*) FROM attempt WHERE outcome = 'ok'") == [(runs,)]
        assert self.rows("SELECT count(*) FROM attempt WHERE outcome = 'running'") == [(0,)]
        assert self.rows("SELECT count(*) FROM batch WHERE isOpen") == [(0,)]

    def results(self):
        """The results, of which a run has one."""
        return sum(count for count, in self.rows("SELECT count(*) FROM run WHERE status <> 'pending'"))

    def attempts(self):
        """The attempts on the books; none where the database is locked at this moment."""
        return sum(count for count, in self.rows("SELECT count(*) FROM attempt"))

    def end(self):
        for process in self.began:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@pytest.fixture
def sweep(request, cluster):
    yield from swept(request, cluster)


@pytest.fixture
def strict_sweep(request, strict_machine):
    yield from swept(request, strict_machine)


def swept(request, cluster):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="sweep-", dir="/tmp"))
    sweep = Sweep(folder, cluster)
    yield sweep
    # Shown with a test that fails.
    print(sweep.log() if (folder / "log").exists() else "", sweep.queue(), cluster.call("sinfo", "-N", "-l"), sep="\n")
    print(*sweep.lines("starts"), *sweep.rows("SELECT * FROM attempt"), sep="\n")
    print(subprocess.run(["tail", "-n", "40", f"{cluster.state}/log/ctld.log"], capture_output=True, text=True).stdout)
    sweep.end()
    cluster.call("scancel", "--user=root")
    planned = sum(count for count, in sweep.rows("SELECT planned FROM spec WHERE isCurrent"))
    TABLE.append((
        request.node.name.removeprefix("test_").replace("_", " "), planned, len(sweep.lines("starts")),
        sweep.results(), *(len(sweep.calls(tool)) for tool in ("sbatch", "squeue", "scancel"))))
    shutil.rmtree(folder, ignore_errors=True)

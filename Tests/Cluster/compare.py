"""The same short runs on the same Slurm by several launchers: wall time, calls, and what a kill -9 leaves.

    python compare.py SWEEP [RUNS [KILLED]]

RUNS are timed (0: none), and another KILLED of each launcher (60) are begun, the launcher is killed when six of them have
ended, and the same command is given again once Slurm has nothing left.

The Python that runs this has submitit and hydra-submitit-launcher. A cluster of three nodes with two processors each is
started for it, by root. Six runs at a time, each of which takes a tenth of a second.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent

SUBMITIT = """
import subprocess
import sys
import submitit

def job(seed):
    subprocess.run(["sh", "work.sh"], cwd="{folder}", stdout=subprocess.DEVNULL)
    return seed

if __name__ == "__main__":
    executor = submitit.AutoExecutor(folder="{folder}/logs", cluster=sys.argv[2])
    executor.update_parameters(timeout_min=10, cpus_per_task=1, mem_gb=0.1)
    if sys.argv[2] == "slurm":
        executor.update_parameters(slurm_array_parallelism=6)
    for job in executor.map_array(job, list(range(int(sys.argv[1])))):
        job.result()
"""

HYDRA = """
import subprocess
import hydra

@hydra.main(version_base=None, config_path=None)
def main(config):
    subprocess.run(["sh", "work.sh"], cwd="{folder}", stdout=subprocess.DEVNULL)
    return 0.0

if __name__ == "__main__":
    main()
"""


def main():
    sweep = str(pathlib.Path(sys.argv[1]).resolve())
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    folder = pathlib.Path(tempfile.mkdtemp(prefix="compare-", dir="/tmp"))
    state = tempfile.mkdtemp(prefix="slurm-", dir="/tmp")
    up = subprocess.run([HERE / "slurm-up.sh", "-n", "3", "-c", "2", state], check=True,
                        capture_output=True, text=True)
    try:
        compare(sweep, runs, folder, up.stdout.strip().splitlines()[-1].split("=", 1)[1])
    finally:
        subprocess.run([HERE / "slurm-down.sh", state], capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(state, ignore_errors=True)


def compare(sweep, runs, folder, conf):
    tools = folder / "tools"
    tools.mkdir()
    for tool in ["sbatch", "squeue", "scancel", "sacct", "scontrol"]:
        (tools / tool).write_text(f'#!/bin/sh\necho {tool} >> {folder}/calls\nexec {shutil.which(tool)} "$@"\n')
        (tools / tool).chmod(0o755)
    path = f"{tools}:{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {**os.environ, "SLURM_CONF": conf, "PATH": path}
    (folder / "work.sh").write_text(
        f"sleep 0.1; echo x >> {folder}/done; echo '{{\"final\": {{\"loss\": 1}}}}'\n")
    (folder / "with_submitit.py").write_text(SUBMITIT.format(folder=folder))
    (folder / "with_hydra.py").write_text(HYDRA.format(folder=folder))
    if runs:
        for name, words in launchers(sweep, runs, "timed", folder).items():
            time_one(name, words, runs, folder, environment)
    killed = int(sys.argv[3]) if len(sys.argv) > 3 else 60
    for name, words in launchers(sweep, killed, "killed", folder).items():
        kill_one(name, words, killed, folder, environment)


def launchers(sweep, runs, name, folder):
    """The commands, by the launcher's name."""
    (folder / f"{name}.json").write_text(
        json.dumps({"name": name, "command": ["sh", "work.sh"], "seeds": runs}))
    launcher = [f"hydra.launcher.{key}" for key in [
        "array_parallelism=6", "mem_gb=null", "timeout_min=10", "cpus_per_task=1", "tasks_per_node=1"]]
    return {
        "sweep": [sweep, "run", f"{name}.json", "--executor", "slurm", "--slots", "6", "--quiet"],
        "submitit": [sys.executable, "with_submitit.py", str(runs), "slurm"],
        "submitit, local": [sys.executable, "with_submitit.py", str(runs), "local"],
        "hydra-submitit": [sys.executable, "with_hydra.py", "--multirun", f"+x=range({runs})",
                           "hydra/launcher=submitit_slurm", *launcher],
    }


def count(folder, name="done"):
    path = folder / name
    return len(path.read_text().splitlines()) if path.exists() else 0


def clear(folder):
    for file in ["calls", "done"]:
        (folder / file).unlink(missing_ok=True)


def time_one(name, words, runs, folder, environment):
    clear(folder)
    start = time.monotonic()
    result = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True)
    wall = time.monotonic() - start
    calls = (folder / "calls").read_text().split() if (folder / "calls").exists() else []
    counts = ", ".join(f"{calls.count(tool)} {tool}" for tool in sorted(set(calls))) or "no call"
    print(f"{name}: {wall:.0f} s, {count(folder)} of {runs} runs made, {counts} (load {os.getloadavg()[0]:.0f})", flush=True)
    if result.returncode != 0:
        print(result.stderr[-1000:])


def kill_one(name, words, runs, folder, environment):
    clear(folder)

    def alive():
        """What still works, though nobody waits for it."""
        queue = subprocess.run(["squeue", "-h"], env=environment, capture_output=True, text=True).stdout
        orphans = subprocess.run(["pgrep", "-f", "submitit.core._submit"], capture_output=True, text=True).stdout
        return len(queue.splitlines()), len(orphans.splitlines())

    process = subprocess.Popen(words, cwd=folder, env=environment, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    while count(folder) < 6 and process.poll() is None:
        time.sleep(0.05)
    process.kill()
    process.wait()
    before, (jobs, processes) = count(folder), alive()
    end = time.monotonic() + 300
    while any(alive()) and time.monotonic() < end:
        time.sleep(0.5)
    after = count(folder)
    result = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True)
    print(f"{name}, killed after {before} of {runs}: {jobs} lines in squeue and {processes} workers of submitit go on;"
          f" {after} runs made without it; the same command again (status {result.returncode}) makes"
          f" {count(folder) - after} more", flush=True)


if __name__ == "__main__":
    main()

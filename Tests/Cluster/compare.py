"""The same short runs on the same Slurm by three launchers: wall time, and calls to Slurm.

    python compare.py SWEEP [RUNS]

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
import submitit

def job(seed):
    subprocess.run(["sh", "work.sh"], cwd="{folder}", stdout=subprocess.DEVNULL)
    return seed

if __name__ == "__main__":
    executor = submitit.AutoExecutor(folder="{folder}/logs", cluster="slurm")
    executor.update_parameters(slurm_array_parallelism=6, timeout_min=10, cpus_per_task=1, mem_gb=0.1)
    for job in executor.map_array(job, list(range({runs}))):
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
    (folder / "short.json").write_text(
        json.dumps({"name": "short", "command": ["sh", "work.sh"], "seeds": runs}))
    (folder / "with_submitit.py").write_text(SUBMITIT.format(folder=folder, runs=runs))
    (folder / "with_hydra.py").write_text(HYDRA.format(folder=folder))
    launcher = [f"hydra.launcher.{key}" for key in [
        "array_parallelism=6", "mem_gb=null", "timeout_min=10", "cpus_per_task=1", "tasks_per_node=1"]]
    launchers = {
        "sweep": [sweep, "run", "short.json", "--executor", "slurm", "--slots", "6", "--quiet"],
        "submitit": [sys.executable, "with_submitit.py"],
        "hydra-submitit": [sys.executable, "with_hydra.py", "--multirun", f"+x=range({runs})",
                           "hydra/launcher=submitit_slurm", *launcher],
    }
    for name, words in launchers.items():
        for file in ["calls", "done"]:
            (folder / file).unlink(missing_ok=True)
        start = time.monotonic()
        result = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True)
        wall = time.monotonic() - start
        made = len((folder / "done").read_text().splitlines()) if (folder / "done").exists() else 0
        calls = (folder / "calls").read_text().split()
        counts = ", ".join(f"{calls.count(tool)} {tool}" for tool in sorted(set(calls)))
        print(f"{name}: {wall:.0f} s, {made} of {runs} runs made, {counts} (load {os.getloadavg()[0]:.0f})", flush=True)
        if result.returncode != 0:
            print(result.stderr[-1000:])


if __name__ == "__main__":
    main()

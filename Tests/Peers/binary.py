"""The program under test, as its users start it. SWEEP is the binary."""
import os
import subprocess
from pathlib import Path

BINARY = str(Path(os.environ["SWEEP"]).resolve())


def sweep(*arguments, cwd, ends=(0,)):
    """What a command prints; it has to end with one of the exit codes."""
    done = subprocess.run([BINARY, *arguments], cwd=cwd, capture_output=True, text=True)
    assert done.returncode in ends, done.stderr
    return done.stdout

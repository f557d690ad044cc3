"""The program itself: where it is, and what it answers."""
import os
import shutil
import subprocess
import sysconfig
from pathlib import Path


class Refusal(RuntimeError):
    """The program said no. The text is its sentence; `code` its exit code."""

    def __init__(self, code, text):
        super().__init__(text)
        self.code = code


def program():
    """The path of `sweep`: $SWEEP, else the one that was installed with this package, else the first on the PATH."""
    if named := os.environ.get("SWEEP"):
        return named
    beside = Path(sysconfig.get_path("scripts")) / "sweep"
    if beside.exists():
        return str(beside)
    if found := shutil.which("sweep"):
        return found
    raise FileNotFoundError("sweep is not installed: put it on the PATH, or name it in the environment as SWEEP")


def answer(*arguments):
    """What a command prints on standard output. Raises `Refusal` where it ends otherwise than with 0."""
    done = subprocess.run([program(), *map(str, arguments)], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise Refusal(done.returncode, done.stderr.strip() or f"sweep {arguments[0]} ended with {done.returncode}")
    return done.stdout

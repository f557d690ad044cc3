"""Makes the wheel that carries a binary: wheel.py SWEEP FOLDER. auditwheel says for which systems it is.

The tag is found twice: the newest symbol of the C library that the binary asks for names it, and auditwheel has to agree.
"""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def libc(binary):
    """The newest version of the C library's symbols that the binary needs, as (2, 34)."""
    symbols = subprocess.run(["objdump", "-T", binary], capture_output=True, text=True, check=True).stdout
    return max(tuple(map(int, version.split("."))) for version in re.findall(r"GLIBC_(2\.\d+)\b", symbols))


def main(binary, folder):
    environment = {**os.environ, "SWEEP_BINARY": str(Path(binary).resolve())}
    if sys.platform == "linux":
        platform = "manylinux_{}_{}_{}".format(*libc(binary), os.uname().machine)
        environment["SWEEP_PLATFORM"] = platform
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", scratch], cwd=ROOT / "python",
                       env=environment, check=True)
        wheel, = Path(scratch).glob("*.whl")
        if sys.platform == "linux":
            said = " ".join(subprocess.run([sys.executable, "-m", "auditwheel", "show", wheel], capture_output=True,
                                           text=True, check=True).stdout.split())
            if f'consistent with the following platform tag: "{platform}"' not in said:
                sys.exit(f"auditwheel does not find {platform}: {said}")
        target = Path(folder) / wheel.name
        target.write_bytes(wheel.read_bytes())
        print(f"{target}, {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])

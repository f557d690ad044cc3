"""Makes the wheel that carries a binary: wheel.py SWEEP FOLDER. auditwheel says for which systems it is.

The tag is auditwheel's, which must not be older than the newest symbol of the C library that the binary asks for.
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


def build(platform, scratch, environment):
    """The wheel with a tag, in a folder of its own."""
    folder = Path(scratch) / (platform or "any")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT / "python",
                   env=environment | ({"SWEEP_PLATFORM": platform} if platform else {}), check=True)
    wheel, = folder.glob("*.whl")
    return wheel


def found_by_auditwheel(wheel):
    """The tag that auditwheel finds: it knows some versions of the C library, and takes the next of them."""
    said = " ".join(subprocess.run([sys.executable, "-m", "auditwheel", "show", wheel], capture_output=True, text=True,
                                   check=True).stdout.split())
    if found := re.search(r'consistent with the following platform tag: "(manylinux_(\d+)_(\d+)_\w+)"', said):
        return found[1], (int(found[2]), int(found[3]))
    sys.exit(f"auditwheel finds no tag: {said}")


def main(binary, folder):
    environment = {**os.environ, "SWEEP_BINARY": str(Path(binary).resolve())}
    tag = None
    with tempfile.TemporaryDirectory() as scratch:
        if sys.platform == "linux":
            needed = libc(binary)
            tag, version = found_by_auditwheel(build("manylinux_{}_{}_{}".format(*needed, os.uname().machine), scratch,
                                                     environment))
            if version < needed:
                sys.exit(f"auditwheel finds {tag}, and the binary needs glibc {needed[0]}.{needed[1]}")
        wheel = build(tag, scratch, environment)
        target = Path(folder) / wheel.name
        target.write_bytes(wheel.read_bytes())
        print(f"{target}, {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])

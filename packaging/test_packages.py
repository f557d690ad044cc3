"""Each package, from the file to the first report, where no Swift is. DIST is the folder of the packages.

The roots are fresh Debians (debootstrap) made by `make packages`, the oldest and the newest that the program is for among them;
ROOT names another one, which is left as it was.
"""
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

DIST = Path(os.environ["DIST"])
ROOT = os.environ.get("ROOT")
SUITES = os.environ.get("SUITES", "bullseye bookworm trixie").split()
SPEC = ('{"name": "trial", "axes": {"x": [1, 2]}, "seeds": 4, "metrics": {"loss": {"better": "lower", "delta": 0.5}}, '
        '"command": ["/bin/sh", "-c", "echo \'{{\\"final\\":{{\\"loss\\":{x}.{seed}}}}}\'"]}')
pytestmark = pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="roots are made by root")


@pytest.fixture(scope="session", params=[ROOT] if ROOT else SUITES)
def base(request, tmp_path_factory):
    if request.param == ROOT:
        return Path(ROOT)
    folder = tmp_path_factory.mktemp("base") / request.param
    subprocess.run(["debootstrap", "--variant=minbase", "--include=python3,python3-venv,python3-pip", request.param, folder],
                   check=True, stdout=subprocess.DEVNULL)
    return folder


@pytest.fixture
def root(base, tmp_path):
    """A copy of the root, so that no package finds what another one left."""
    folder = tmp_path / "root"
    subprocess.run(["cp", "-a", "--reflink=auto", base, folder], check=True)
    (folder / "work").mkdir()
    (folder / "work" / "trial.json").write_text(SPEC)
    return folder


def inside(root, command):
    """What a command prints in the root; the time that all of them take stands in the test's output."""
    start = time.monotonic()
    # Python inside asks for random numbers, and apt for a place to throw output away.
    subprocess.run(["mount", "--bind", "/dev", root / "dev"], check=True)
    subprocess.run(["mount", "-t", "proc", "proc", root / "proc"], check=True)
    try:
        done = subprocess.run(["chroot", root, "/bin/sh", "-c", f"cd /work && {command}"], capture_output=True,
                              text=True, env={"PATH": "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"})
    finally:
        subprocess.run(["umount", root / "proc"], check=True)
        subprocess.run(["umount", root / "dev"], check=True)
    print(f"{time.monotonic() - start:.1f} s: {command}")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def reports(root, sweep="sweep"):
    assert "8 planned = 8 ok" in inside(root, f"{sweep} run trial.json --quiet")
    assert "1 → 2" in inside(root, f"{sweep} report trial --brief --format terminal")
    assert "<html" in inside(root, f"{sweep} report trial --format html")
    assert "The room" in inside(root, f"timeout 5 {sweep} serve trial.json --port 0 --bind 127.0.0.1 || true")


def only(pattern):
    found, = DIST.glob(pattern)
    return found


def test_the_archive(root):
    shutil.copy(only("sweep-*.tar.gz"), root / "work")
    inside(root, "apt-get install -y -qq libstdc++6 && tar xzf sweep-*.tar.gz")
    reports(root, "sweep/sweep")


def test_the_debian_package(root):
    package = only("sweeplab_*.deb")
    shutil.copy(package, root / "work")
    inside(root, "apt-get install -y -qq ./sweeplab_*.deb")
    reports(root)
    assert "usr/share/man/man1/sweep-run.1.gz" in inside(root, "dpkg -L sweeplab")
    assert "_sweep" in inside(root, "cat /usr/share/bash-completion/completions/sweep")
    # The built-in trainer, on the data that the program carries.
    (root / "work" / "letters.json").write_text(
        '{"name": "letters", "settings": {"dataset": "letters", "train_size": 100, "epochs": 1}, '
        '"axes": {"dropout": [0, 0.5]}, "seeds": 1}')
    assert "2 planned = 2 ok" in inside(root, "sweep run letters.json --quiet")
    inside(root, "apt-get remove -y -qq sweeplab && ! command -v sweep")


def test_lintian_finds_no_errors():
    done = subprocess.run(["lintian", "--fail-on", "error", "--allow-root", only("sweeplab_*.deb")],
                          capture_output=True, text=True)
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_wheel(root):
    shutil.copy(only("sweeplab-*.whl"), root / "work")
    inside(root, "apt-get install -y -qq libstdc++6 && python3 -m venv environment"
                 " && environment/bin/pip install --no-index --quiet sweeplab-*.whl")
    reports(root, "environment/bin/sweep")
    assert "{'ok'}" in inside(root, "environment/bin/python -c \"import sweeplab as sl;"
                                    " print({row['status'] for row in sl.open('results').runs('trial')})\"")


def test_the_program_is_small():
    # CONTRIBUTING.md says where the bytes are.
    assert only("sweep/sweep").stat().st_size < 46e6


def test_an_old_c_library_suffices():
    # Debian 11's, with which packaging/sysroot.sh links.
    symbols = subprocess.run(["objdump", "-T", only("sweep/sweep")], capture_output=True, text=True, check=True).stdout
    assert max(tuple(map(int, version.split("."))) for version in re.findall(r"GLIBC_([0-9.]+)", symbols)) <= (2, 31)


def test_what_it_needs_of_a_system_is_there_wherever_c_and_cpp_run():
    needed = subprocess.run(["objdump", "-p", only("sweep/sweep")], capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"NEEDED +(\S+)", needed)) <= {
        "libc.so.6", "libm.so.6", "libstdc++.so.6", "libgcc_s.so.1", "libpthread.so.0", "libdl.so.2", "librt.so.1",
        "libutil.so.1", "ld-linux-x86-64.so.2"}

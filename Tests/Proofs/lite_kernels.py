#!/usr/bin/env python3
"""Do the loops of EfficientNet-Lite0 give the same bits on every processor that has fused multiply-add?

    python3 lite_kernels.py

Compiles them for this processor and for ARM64, runs that one under qemu, and compares the sums of all results'
bits. Instruction sets that this processor lacks are passed over; so is ARM64 where clang cannot link for it
(Debian: gcc-aarch64-linux-gnu) or qemu-aarch64 (qemu-user) is not there. The x86 baseline has no fused multiply-add and differs.
Exits with 1 where two differ; where nothing can be compared it says so.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

KERNELS = pathlib.Path(__file__).resolve().parents[2] / "Sources/Kernels"
SOURCES = [KERNELS / "kernels.c", KERNELS / "convolution/transposing.c",
           pathlib.Path(__file__).with_suffix(".c")]


def compiled(folder, name, *flags):
    program = folder / name
    command = ["clang", "-O2", "-I", KERNELS / "include", *flags, *SOURCES, "-lm", "-o", program]
    subprocess.run(command, check=True)
    return program


def lines(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stdout.splitlines() if done.returncode == 0 else None


def main():
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        own = compiled(folder, "own")
        for name in ("avx512", "avx2"):
            found[name] = lines(own, name)
        if shutil.which("aarch64-linux-gnu-gcc") and shutil.which("qemu-aarch64"):
            arm = compiled(folder, "arm", "--target=aarch64-linux-gnu", "-static", "-fuse-ld=lld")
            found["ARM64"] = lines("qemu-aarch64", arm)
    found = {name: output for name, output in found.items() if output}
    if len(found) < 2:
        print(f"nothing to compare: there is only {', '.join(found) or 'the baseline'}")
        return
    first, *others = found
    for other in others:
        apart = [(a, b) for a, b in zip(found[first], found[other]) if a != b]
        print(f"{first} and {other}: {len(found[first])} results, {len(apart)} differ")
        for pair in apart[:5]:
            print("  ", *pair, sep="\n  ")
        if apart or len(found[first]) != len(found[other]):
            sys.exit(1)


if __name__ == "__main__":
    main()

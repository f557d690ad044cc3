"""Compares the trainer with PyTorch on this machine: `compare.py BENCH [NETWORK...]`, rounds in turn on one core.

Prints, for each network, the median and the smallest time of a training step and of a forward pass in
evaluation mode, and the ratios PyTorch : sweep. PyTorch has channels_last, the fused AdamW and one thread, and rows of its
own with tcmalloc in the place of the system's allocator (where that library is installed), with bfloat16 under autocast,
which are other numbers, and with torch.compile (where a C++ compiler is), whose first steps are not timed. Without PyTorch
it prints the trainer's own times.
"""

import ctypes.util
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

ROUNDS, SECONDS = 3, 4.0
BODY = pathlib.Path(__file__).resolve().parents[2] / "bodies" / "lite0.safetensors"

try:
    import torch
    import torch.nn as nn
    import torch.nn.functional as F
except ImportError:
    torch = None


def convolution(inputs, outputs, stride=1, ends=True):
    layers = [nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs)]
    return nn.Sequential(*layers, *([nn.ReLU(inplace=True)] if ends else []))


if torch:
    class Residual(nn.Module):
        def __init__(self, channels):
            super().__init__()
            self.first = convolution(channels, channels)
            self.second = convolution(channels, channels, ends=False)

        def forward(self, x):
            return F.relu(self.second(self.first(x)) + x, inplace=True)


def cnn(channels, dropout=0.0):
    return nn.Sequential(
        convolution(channels, 16), convolution(16, 32, 2), Residual(32), convolution(32, 64, 2),
        Residual(64), nn.AdaptiveAvgPool2d(4), nn.Flatten(), nn.Dropout(dropout / 2),
        nn.Linear(1024, 128), nn.ReLU(), nn.Dropout(dropout), nn.Linear(128, 10))


def mlp():
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))


if torch:
    class Inverted(nn.Module):
        def __init__(self, expansion, kernel, stride, inputs, outputs):
            super().__init__()
            middle, self.adds = inputs * expansion, stride == 1 and inputs == outputs
            layers = []
            if expansion > 1:
                layers += [nn.Conv2d(inputs, middle, 1, bias=False), nn.BatchNorm2d(middle), nn.ReLU6(True)]
            layers += [nn.Conv2d(middle, middle, kernel, stride, kernel // 2, groups=middle, bias=False),
                       nn.BatchNorm2d(middle), nn.ReLU6(True),
                       nn.Conv2d(middle, outputs, 1, bias=False), nn.BatchNorm2d(outputs)]
            self.layers = nn.Sequential(*layers)

        def forward(self, x):
            return x + self.layers(x) if self.adds else self.layers(x)


def lite0():
    """EfficientNet-Lite0 with symmetric padding, which saves PyTorch a copy of every image that TensorFlow's needs."""
    layers = [nn.Conv2d(3, 32, 3, 2, 1, bias=False), nn.BatchNorm2d(32), nn.ReLU6(True)]
    stages = [(1, 3, 1, 32, 16, 1), (6, 3, 2, 16, 24, 2), (6, 5, 2, 24, 40, 2), (6, 3, 2, 40, 80, 3),
              (6, 5, 1, 80, 112, 3), (6, 5, 2, 112, 192, 4), (6, 3, 1, 192, 320, 1)]
    for expansion, kernel, stride, inputs, outputs, blocks in stages:
        for index in range(blocks):
            layers.append(Inverted(
                expansion, kernel, 1 if index else stride, outputs if index else inputs, outputs))
    layers += [nn.Conv2d(320, 1280, 1, bias=False), nn.BatchNorm2d(1280), nn.ReLU6(True)]
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(1280, 10))


NETWORKS = {
    "cnn28": (lambda: cnn(1), (64, 1, 28, 28)),
    "cnn32": (lambda: cnn(3), (128, 3, 32, 32)),
    "mlp": (mlp, (64, 1, 28, 28)),
    "lite64": (lite0, (32, 3, 64, 64)),
    "lite128": (lite0, (2, 3, 128, 128)),
    "lite224": (lite0, (1, 3, 224, 224)),
}
# Bodies that stay frozen: only their features are timed, of as few images as the trainer has pass together.
FROZEN = {"lite128", "lite224"}


TCMALLOC = ctypes.util.find_library("tcmalloc_minimal")


def peers():
    """The ways in which PyTorch is run, each in a process of its own."""
    if not torch:
        return []
    return (["PyTorch"] + (["PyTorch, tcmalloc"] if TCMALLOC else []) + ["PyTorch, bf16"]
            + (["PyTorch, compiled"] if shutil.which("g++") else []))


def torch_times(name, peer):
    """Times one of the peers in this process."""
    torch.set_num_threads(1)
    make, shape = NETWORKS[name]
    network = make().to(memory_format=torch.channels_last)
    images = torch.randn(shape).to(memory_format=torch.channels_last)
    labels = torch.randint(0, 10, (shape[0],))
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-3, weight_decay=0.05, fused=True)
    model = torch.compile(network) if peer == "PyTorch, compiled" else network
    half = torch.autocast("cpu", torch.bfloat16, enabled=peer == "PyTorch, bf16")

    def step():
        optimizer.zero_grad(set_to_none=True)
        with half:
            loss = F.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()

    def forward():
        with torch.inference_mode(), half:
            model(images)

    works = {"step": step, "forward": forward}
    if name in FROZEN:
        del works["step"]
    times, end = {"step": [], "forward": []}, None
    while not end or time.perf_counter() < end or len(times["forward"]) < 8:
        for kind, work in works.items():
            network.train(kind == "step")
            start = time.thread_time()
            work()
            times[kind].append(time.thread_time() - start)
        # What is compiled is compiled in the first round.
        end = end or time.perf_counter() + SECONDS
    return {kind: found[3:] for kind, found in times.items()}


def peer_times(name, peer):
    environment = dict(os.environ)
    if peer == "PyTorch, tcmalloc":
        environment["LD_PRELOAD"] = TCMALLOC
    output = subprocess.run(
        [sys.executable, __file__, "--peer", name, peer], env=environment, capture_output=True, text=True)
    if output.returncode != 0:
        print(f"{name}: {peer} failed: {output.stderr.strip().splitlines()[-1:]}", flush=True)
        return {}
    return json.loads(output.stdout.splitlines()[-1])


def sweep_times(bench, name):
    output = subprocess.run([bench, "step", name, str(SECONDS)], capture_output=True, check=True)
    return json.loads(output.stdout)


def summary(times):
    return f"{1e3 * statistics.median(times):8.3f} {1e3 * min(times):8.3f} (n = {len(times)})"


def compare_steps(bench, names):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    for name in names:
        if name.startswith("lite") and not BODY.exists():
            print(f"{name}: 'make bodies' makes the body that this row times")
            continue
        works = {"sweep": lambda: sweep_times(bench, name)}
        for peer in peers():
            works[peer] = lambda peer=peer: peer_times(name, peer)
        found = {who: {"step": [], "forward": []} for who in works}
        for _ in range(ROUNDS):
            for who, work in works.items():
                for kind, times in work().items():
                    found[who][kind] += times
        own = found.pop("sweep")
        for kind in filter(own.get, own):
            print(f"{name} {kind}, ms median and min: sweep {summary(own[kind])}, load {os.getloadavg()[0]:.1f}")
            for peer, other in found.items():
                if other[kind]:
                    medians = statistics.median(other[kind]) / statistics.median(own[kind])
                    print(f"    {peer} {summary(other[kind])}; ratio of medians {medians:.2f}, "
                          f"of minima {min(other[kind]) / min(own[kind]):.2f}", flush=True)


def main():
    if sys.argv[1] == "--peer":
        print(json.dumps(torch_times(*sys.argv[2:])))
        return
    if torch:
        print(f"PyTorch {torch.__version__}, one thread")
    compare_steps(sys.argv[1], sys.argv[2:] or NETWORKS)


if __name__ == "__main__":
    main()

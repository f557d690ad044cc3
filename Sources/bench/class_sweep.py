"""Times the class sweep beside a PyTorch twin of it: `class_sweep.py SWEEP SPEC [ROUNDS]`.

Each round runs, in turn and with nothing beside it, `sweep run SPEC -j 2` without curves, the twin, and
`sweep run` with the curves of the spec; each is one command, timed from its start to its end, in a fresh
results folder. Prints the wall times of each round, in that order, and at the end the median and the smallest wall
time, the processor time, and ratios with n.

The twin has the same network, images, letters body, batches, steps, schedule and metrics (its random draws
are its own), and does what a careful user of PyTorch does: two worker processes that are used again for run
after run, one thread each, channels_last, the fused AdamW, augmentation of whole batches, evaluation in large
batches, images and weights loaded once a worker. Its head-only runs put unchanged images through the body once
a run, augmented ones once an epoch, and train the head on the features. What one run worked out is not kept for
another: that is the program's own doing.

`class_sweep.py --one SPEC NUMBER` makes a single run: what one Python process a run would be. A sample of
those, one for each cell, two at a time, is scaled up to the whole sweep.

Before that it says how long a worker takes to start and how much memory one takes, and fails where the memory is
above the bound.
"""

import concurrent.futures
import functools
import gzip
import importlib.metadata
import importlib.util
import itertools
import json
import multiprocessing
import os
import pathlib
import statistics
import struct
import subprocess
import sys
import tempfile
import time

WORKERS, ROUNDS, STARTS = 2, 3, 20
MOST_MEGABYTES = 60
DATA = pathlib.Path(__file__).resolve().parents[1] / "Kernels/data"


def runs_of(path):
    """Every run of the spec: its settings and seed, in the order of the grid."""
    spec = json.loads(pathlib.Path(path).read_text())
    cells = [dict(zip(spec["axes"], levels)) for levels in itertools.product(*spec["axes"].values())]
    kept = [cell for cell in cells
            if not any(all(cell[axis] in (levels if isinstance(levels, list) else [levels])
                           for axis, levels in rule.items()) for rule in spec["exclude"])]
    return [{**spec["settings"], **cell, "seed": seed} for seed in range(spec["seeds"]) for cell in kept]


# The twin. PyTorch is imported where it is used, so that the script can say that it is missing.

def unpacked(name, dimensions):
    import torch
    content = gzip.open(DATA / "digits" / f"{name}-ubyte.gz").read()
    header = 4 + 4 * dimensions
    sizes = struct.unpack(f">{dimensions}I", content[4:header])
    return torch.frombuffer(bytearray(content[header:]), dtype=torch.uint8).reshape(sizes)


@functools.cache
def images(part):
    import torch
    pixels = unpacked(f"{part}-images-idx3", 3).unsqueeze(1).float() / 255
    return pixels, unpacked(f"{part}-labels-idx1", 1).long()


@functools.cache
def letters():
    """The arrays of the body: weights and statistics by name."""
    import torch
    content = (DATA / "letters-body.safetensors").read_bytes()
    length, = struct.unpack("<Q", content[:8])
    arrays = {}
    for name, entry in json.loads(content[8 : 8 + length]).items():
        start, end = (8 + length + offset for offset in entry["data_offsets"])
        numbers = torch.frombuffer(bytearray(content[start:end]), dtype=torch.float32)
        arrays[name] = numbers.reshape(entry["shape"])
    return arrays


def network(dropout):
    """The network of the class sweep with the letters body: the body, and the head."""
    import torch
    from compare import cnn
    whole = cnn(1, dropout)
    convolutions = [m for m in whole.modules() if isinstance(m, torch.nn.Conv2d)]
    norms = [m for m in whole.modules() if isinstance(m, torch.nn.BatchNorm2d)]
    arrays = letters()
    with torch.no_grad():
        for number, (convolution, norm) in enumerate(zip(convolutions, norms), 1):
            convolution.weight.copy_(arrays[f"body.conv{number}.weight"])
            for name, target in (("weight", norm.weight), ("bias", norm.bias),
                                 ("running_mean", norm.running_mean),
                                 ("running_var", norm.running_var)):
                target.copy_(arrays[f"body.norm{number}.{name}"])
    whole = whole.to(memory_format=torch.channels_last)
    return whole[:7], whole[7:]


def normalized(pixels):
    import torch
    arrays = letters()
    scaled = (pixels - arrays["normalization.mean"]) / arrays["normalization.deviation"]
    return scaled.contiguous(memory_format=torch.channels_last)


def augmented(pixels, level):
    """Half of the pictures mirrored, or all turned, scaled and shifted at random, in one bilinear resampling."""
    import torch
    if level == "mirror":
        return torch.where(torch.rand(len(pixels), 1, 1, 1) < 0.5, pixels.flip(3), pixels)
    import torch.nn.functional as F
    angle, scale, right, down = (2 * torch.rand(4, len(pixels)) - 1)
    angle, scale = angle * 12 * torch.pi / 180, 1 + 0.1 * scale
    sine, cosine = torch.sin(angle) / scale, torch.cos(angle) / scale
    rows = torch.stack([cosine, -sine, 0.12 * right, sine, cosine, 0.12 * down], 1).reshape(-1, 2, 3)
    grid = F.affine_grid(rows, pixels.shape, align_corners=False)
    return F.grid_sample(pixels, grid, align_corners=False)


def subset(labels, size, seed):
    """Places of so many images, each class with its share."""
    import torch
    chosen, draws = [], torch.Generator().manual_seed(seed)
    for label in range(10):
        places = torch.nonzero(labels == label).flatten()
        count = round(size * len(places) / len(labels))
        chosen.append(places[torch.randperm(len(places), generator=draws)[:count]])
    return torch.cat(chosen)


def outputs(model, pixels):
    """What a model that learns no more gives, in large batches."""
    import torch
    model.eval()
    with torch.no_grad():
        return torch.cat([model(normalized(part)) for part in pixels.split(250)])


def measured(logits, labels):
    import torch
    import torch.nn.functional as F
    probabilities = logits.softmax(1)
    confidence, answers = probabilities.max(1)
    right = (answers == labels).float()
    bins = (confidence * 15).ceil().clamp(1, 15).long() - 1
    excess = torch.zeros(15).index_add_(0, bins, right - confidence)
    return {
        "loss": F.cross_entropy(logits, labels).item(), "accuracy": right.mean().item(),
        "confidence": confidence.mean().item(), "ece": (excess.abs().sum() / len(labels)).item(),
        "brier": (probabilities - F.one_hot(labels, 10)).square().sum(1).mean().item(),
    }


def train(run):
    """Makes one run and returns its metrics."""
    import torch
    import torch.nn.functional as F
    torch.manual_seed(run["seed"])
    pixels, labels = images("train")
    places = subset(labels, run["train_size"], run["seed"])
    pixels, labels = pixels[places], labels[places]
    body, head = network(run["dropout"])
    only_head, level = run["tuning"] == "head", run["augmentation"]
    model = head if only_head else torch.nn.Sequential(body, head)
    decaying = [p for p in model.parameters() if p.dim() > 1]
    others = [p for p in model.parameters() if p.dim() == 1]
    optimizer = torch.optim.AdamW(
        [{"params": decaying, "weight_decay": run["weight_decay"]},
         {"params": others, "weight_decay": 0.0}], lr=run["learning_rate"], fused=True)
    size, epochs = run["batch_size"], run["epochs"]
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, run["learning_rate"], total_steps=epochs * -(-len(labels) // size), pct_start=0.25,
        cycle_momentum=False)
    valid_pixels, valid_labels = images("valid")
    if only_head:
        features, valid_features = outputs(body, pixels), outputs(body, valid_pixels)
    model.train()
    for _ in range(epochs):
        if only_head:
            inputs = features if level == "none" else outputs(body, augmented(pixels, level))
        for batch in torch.randperm(len(labels)).split(size):
            if only_head:
                x = inputs[batch]
            else:
                x = normalized(pixels[batch] if level == "none" else augmented(pixels[batch], level))
            optimizer.zero_grad(set_to_none=True)
            F.cross_entropy(model(x), labels[batch]).backward()
            optimizer.step()
            schedule.step()
    if only_head:
        with torch.no_grad():
            logits, valid_logits = head.eval()(features), head(valid_features)
    else:
        logits, valid_logits = outputs(model, pixels), outputs(model, valid_pixels)
    train_metrics, valid_metrics = measured(logits, labels), measured(valid_logits, valid_labels)
    return {"train_loss": train_metrics["loss"], **valid_metrics}


def one_thread():
    import torch
    torch.set_num_threads(1)


def twin(path):
    """The whole sweep on workers that are used again and again."""
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(WORKERS, context, one_thread) as pool:
        for run, metrics in zip(runs_of(path), pool.map(train, runs_of(path))):
            print(json.dumps({**run, **metrics}))


# The comparison.

def measure(command):
    """Wall seconds of a command, and what it and the processes that it waited for used."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{command[0]} ended with status {status}: {errors.decode()}")
    return time.perf_counter() - start, usage


def timed(command):
    wall, usage = measure(command)
    return wall, usage.ru_utime + usage.ru_stime


def peak_megabytes(command):
    kilobytes = measure(command)[1].ru_maxrss / (1 if sys.platform == "linux" else 1024)
    return kilobytes * 1024 / 1e6


def worker(sweep, folder, settings):
    path = os.path.join(folder, "settings.json")
    pathlib.Path(path).write_text(json.dumps(settings))
    return [sweep, "train", "--settings", path, "--cache", os.path.join(folder, "cache")]


def measure_workers(sweep, path):
    """Prints how a worker starts and the most memory one takes in each cell; says whether that is within bounds."""
    with tempfile.TemporaryDirectory() as folder:
        tiny = {"dataset": "curve", "model": "linear", "train_size": 32, "epochs": 1, "evaluate_every": 0}
        command = worker(sweep, folder, tiny)
        starts = [1e3 * timed(command)[0] for _ in range(STARTS)]
        print(f"a worker with next to nothing to do: wall ms median {statistics.median(starts):.0f} "
              f"min {min(starts):.0f} (n = {STARTS})", flush=True)
        cells = [{key: value for key, value in run.items() if key != "seed"}
                 for run in runs_of(path) if run["seed"] == 0]
        # Twice, since the first ones fill the cache.
        peaks = [peak_megabytes(worker(sweep, folder, cell)) for cell in cells * 2]
    print(f"memory of a worker, MB: median {statistics.median(peaks):.1f} max {max(peaks):.1f}, "
          f"at most {MOST_MEGABYTES} wanted (n = {len(peaks)})", flush=True)
    return max(peaks) <= MOST_MEGABYTES


def timed_sweep(sweep, path, *more):
    with tempfile.TemporaryDirectory() as folder:
        return timed([sweep, "run", path, "-j", str(WORKERS), "--quiet", "--results", folder, *more])


def one_process_a_run(path):
    """Wall and processor seconds of the sweep at one process a run, from a sample of one run for each cell."""
    runs = runs_of(path)
    sample = [number for number, run in enumerate(runs) if run["seed"] == 0]
    command = [sys.executable, __file__, "--one", path]
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        start = time.perf_counter()
        times = list(pool.map(lambda number: timed([*command, str(number)]), sample))
        wall = time.perf_counter() - start
    scale = len(runs) / len(sample)
    return wall * scale, sum(processor for _, processor in times) * scale, len(sample)


def summary(name, times):
    walls, processors = zip(*times)
    return (f"{name:36} wall s median {statistics.median(walls):6.1f} min {min(walls):6.1f}, "
            f"processor s median {statistics.median(processors):6.1f} min {min(processors):6.1f} "
            f"(n = {len(times)})")


def ratio(name, above, below):
    texts = []
    for kind, place in (("wall", 0), ("processor", 1)):
        a, b = [t[place] for t in above], [t[place] for t in below]
        texts.append(f"{kind}: of medians {statistics.median(a) / statistics.median(b):.2f}, "
                     f"of minima {min(a) / min(b):.2f}")
    return f"{name:36} {'; '.join(texts)} (n = {len(below)})"


def compare(sweep, path, rounds):
    # Not imported here: a child's peak of memory would begin with that of this process.
    torch = importlib.util.find_spec("torch")
    fits = measure_workers(sweep, path)
    own, curves, other = [], [], []
    for number in range(1, rounds + 1):
        own.append(timed_sweep(sweep, path, "--set", "evaluate_every=0"))
        if torch:
            other.append(timed([sys.executable, __file__, "--twin", path]))
        curves.append(timed_sweep(sweep, path))
        # At once: all rounds take many minutes, and what stops one should not lose the others.
        walls = [f"{times[-1][0]:.1f}" for times in (own, other, curves) if times]
        print(f"round {number} of {rounds}: wall s {', '.join(walls)}", flush=True)
    print(summary("class sweep, no curves", own))
    print(summary("class sweep, curves as in the spec", curves))
    print(ratio("  curves : no curves", curves, own))
    if torch:
        print(summary(f"PyTorch {importlib.metadata.version('torch')}, reused workers", other))
        print(ratio("  PyTorch : sweep without curves", other, own))
        wall, processor, count = one_process_a_run(path)
        print(summary(f"PyTorch, a process a run ({count} scaled up)", [(wall, processor)]))
        print(ratio("  PyTorch : sweep without curves", [(wall, processor)], own))
    if not fits:
        sys.exit("a worker took more memory than it may")


def main():
    match sys.argv[1:]:
        case ["--twin", path]:
            twin(path)
        case ["--one", path, number]:
            one_thread()
            print(json.dumps(train(runs_of(path)[int(number)])))
        case [sweep, path, *rounds]:
            compare(sweep, path, int(rounds[0]) if rounds else ROUNDS)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()

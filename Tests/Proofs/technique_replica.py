"""Trains with techniques of the trainer, and with a replica of them that shares no code with its twin, and compares.

    python technique_replica.py BINARY [SEEDS]

Everything random is PyTorch's own here, and schedules, averages, crops, TrivialAugment and probes are those of PyTorch,
torchvision and scikit-learn. Each seed has other training images, the same for both programs, so that results are compared
by seed: a paired t-test for each technique and metric, and none may be below .05 after Bonferroni's correction. What
has nothing random must be equal. Needs torch, torchvision, scikit-learn and Pillow; where they are not installed it says so.
"""

import gzip
import json
import math
import pathlib
import struct
import subprocess
import sys
import tempfile

try:
    import numpy
    import torch
    import torch.nn as nn
    import torch.nn.functional as F
    from PIL import Image
    from scipy import stats
    from sklearn.linear_model import Ridge
    from sklearn.neighbors import KNeighborsClassifier
    from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
    from torchvision.transforms import RandomResizedCrop, TrivialAugmentWide
except ImportError as missing:
    print(f"technique_replica: left out, since {missing.name} is not installed")
    sys.exit(0)

DATA = pathlib.Path(__file__).resolve().parents[2] / "Sources/Kernels/data"
TRAIN, BATCH, EPOCHS, RATE = 400, 32, 8, 0.003
METRICS = ["train_loss", "valid_loss", "train_accuracy", "accuracy"]
LETTERS = {"body": "letters"}
PROBE = {**LETTERS, "head": "linear"}
TECHNIQUES = {
    "nothing": {},
    "crop": {"augmentation": {"crop": 0.5}},
    "TrivialAugment": {"augmentation": {"trivial": 1}},
    "CutMix": {"cutmix_alpha": 1},
    "EMA": {"ema": 0.95},
    "Nesterov": {"optimizer": "sgd", "nesterov": True, "learning_rate": 0.05},
    "momentum cycle": {"momentum": 0.95, "momentum_cycle": 0.1},
    "layer decay": {**LETTERS, "layer_decay": 0.4},
    "BitFit": {**LETTERS, "tuning": "bitfit"},
    "two sizes": {"first_size": 14},
    "ridge": {**PROBE, "tuning": "ridge", "ridge_penalty": 30},
    "neighbours": {**PROBE, "tuning": "knn", "neighbours": 9},
}
EXACT = {"ridge", "neighbours"}


def idx(path):
    content = gzip.open(path).read()
    sizes = struct.unpack(f">{content[3]}I", content[4 : 4 + 4 * content[3]])
    return numpy.frombuffer(content, numpy.uint8, offset=4 + 4 * content[3]).reshape(sizes)


def write_idx(path, array):
    path.write_bytes(bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes())


class Digits:
    """The images of a seed: as files for the binary, and as tensors."""

    def __init__(self, seed, folder):
        images, labels = idx(DATA / "digits/train-images-idx3-ubyte.gz"), idx(DATA / "digits/train-labels-idx1-ubyte.gz")
        chosen = numpy.random.default_rng(seed).permutation(len(labels))[:TRAIN]
        valid = idx(DATA / "digits/valid-images-idx3-ubyte.gz"), idx(DATA / "digits/valid-labels-idx1-ubyte.gz")
        self.parts = {"train": (images[chosen], labels[chosen]), "valid": valid}
        self.packed, self.pictures = folder / "packed", folder / "pictures"
        self.packed.mkdir()
        for part, (pixels, classes) in self.parts.items():
            prefix = "train" if part == "train" else "t10k"
            write_idx(self.packed / f"{prefix}-images-idx3-ubyte", pixels)
            write_idx(self.packed / f"{prefix}-labels-idx1-ubyte", classes)
            for number, (picture, label) in enumerate(zip(pixels, classes)):
                place = self.pictures / part / str(label)
                place.mkdir(parents=True, exist_ok=True)
                Image.fromarray(picture).convert("RGB").save(place / f"{number}.png")

    def labels(self, part):
        return torch.tensor(self.parts[part][1].astype(int))

    def grey(self, part):
        return torch.tensor(self.parts[part][0]).float()[:, None] / 255

    def scaled(self, part, side):
        """In colour: scaled to 256/224 of the side and cut from the middle."""
        around = round(side * 256 / 224)
        first = (around - side) // 2
        pixels = [numpy.asarray(Image.fromarray(p).resize((around, around), Image.Resampling.BILINEAR))
                  for p in self.parts[part][0]]
        cut = torch.tensor(numpy.stack(pixels))[:, first : first + side, first : first + side]
        return cut.float()[:, None].repeat(1, 3, 1, 1) / 255


def unit(inputs, outputs, stride=1):
    return nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs)


class Body(nn.Module):
    """16, 32 and 64 channels in three stages, the last two with a residual block; 4 x 4 cells of features."""

    def __init__(self, channels):
        super().__init__()
        pairs = [unit(channels, 16), unit(16, 32, 2), unit(32, 32), unit(32, 32),
                 unit(32, 64, 2), unit(64, 64), unit(64, 64)]
        self.convolutions = nn.ModuleList(pair[0] for pair in pairs)
        self.norms = nn.ModuleList(pair[1] for pair in pairs)

    stages = [0, 1, 1, 1, 2, 2, 2]

    def forward(self, x):
        for place, (convolution, norm) in enumerate(zip(self.convolutions, self.norms)):
            if place in (2, 5):
                skip = x
            x = norm(convolution(x))
            x = F.relu(x + skip if place in (3, 6) else x)
        return F.adaptive_avg_pool2d(x, 4).flatten(1)

    def load(self, path):
        content = path.read_bytes()
        length = struct.unpack("<Q", content[:8])[0]
        header, rest = json.loads(content[8 : 8 + length]), content[8 + length :]
        def array(name):
            start, end = header[name]["data_offsets"]
            return torch.tensor(numpy.frombuffer(rest[start:end], "<f4").copy()).reshape(header[name]["shape"])
        for number, (convolution, norm) in enumerate(zip(self.convolutions, self.norms), 1):
            convolution.weight.data = array(f"body.conv{number}.weight")
            norm.weight.data, norm.bias.data = array(f"body.norm{number}.weight"), array(f"body.norm{number}.bias")
            norm.running_mean.data = array(f"body.norm{number}.running_mean")
            norm.running_var.data = array(f"body.norm{number}.running_var")
        return array("normalization.mean"), array("normalization.deviation")


class WithoutColour(TrivialAugmentWide):
    """Its operations but the saturation, which grey pictures have none of."""

    def _augmentation_space(self, bins):
        return {name: given for name, given in super()._augmentation_space(bins).items() if name != "Color"}


CROP = RandomResizedCrop(28, scale=(0.5, 1), antialias=True)
TRIVIAL = WithoutColour()


def changed(name, batch):
    if name == "crop":
        return torch.stack([CROP(picture) for picture in batch])
    if name == "TrivialAugment":
        pixels = (batch * 255).round().to(torch.uint8)
        return torch.stack([TRIVIAL(picture) for picture in pixels]).float() / 255
    return batch


def pasted(inputs, targets):
    """CutMix with a rectangle, a share and a partner for each image."""
    mixed, blended = inputs.clone(), targets.clone()
    side = inputs.shape[-1]
    for place in range(len(inputs)):
        partner = torch.randint(len(inputs), ()).item()
        # torchvision's box: half a side is a whole number of pixels.
        half = int(0.5 * side * math.sqrt(1 - torch.distributions.Beta(1.0, 1.0).sample().item()))
        y, x = (torch.randint(side, ()).item() for _ in range(2))
        top, bottom = max(y - half, 0), min(y + half, side)
        left, right = max(x - half, 0), min(x + half, side)
        mixed[place, :, top:bottom, left:right] = inputs[partner, :, top:bottom, left:right]
        kept = 1 - (bottom - top) * (right - left) / side**2
        blended[place] = kept * targets[place] + (1 - kept) * targets[partner]
    return mixed, blended


def groups(name, body, head):
    """What learns, with the share of the rate of each."""
    found = [(parameter, 1.0) for parameter in head.parameters()]
    for stage, convolution, norm in zip(Body.stages, body.convolutions, body.norms):
        share = 0.4 ** (3 - stage) if name == "layer decay" else 1.0
        learning = [norm.bias] if name == "BitFit" else [convolution.weight, norm.weight, norm.bias]
        found += [(parameter, share) for parameter in learning]
    return found


def learn(name, body, head, images, labels, epochs, average):
    """One cycle over the epochs, with an optimizer of its own."""
    rate = 0.05 if name == "Nesterov" else RATE
    lists = groups(name, body, head)
    rates = [rate * share for _, share in lists]
    params = [{"params": [parameter]} for parameter, _ in lists]
    if name == "Nesterov":
        optimizer = torch.optim.SGD(params, lr=rate, momentum=0.9, nesterov=True)
    else:
        optimizer = torch.optim.AdamW(params, lr=rate, weight_decay=0)
    moves = name == "momentum cycle"
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, rates, total_steps=epochs * math.ceil(TRAIN / BATCH) + 1, pct_start=0.25, final_div_factor=1e9,
        cycle_momentum=moves, base_momentum=0.85, max_momentum=0.95)
    raw, mean, deviation = images
    for _ in range(epochs):
        for batch in torch.randperm(TRAIN).split(BATCH):
            inputs = (changed(name, raw[batch]) - mean) / deviation
            targets = F.one_hot(labels[batch], 10).float()
            if name == "CutMix":
                inputs, targets = pasted(inputs, targets)
            body.train()
            optimizer.zero_grad()
            F.cross_entropy(head(body(inputs)), targets).backward()
            optimizer.step()
            schedule.step()
            if average is not None:
                average.update_parameters(nn.Sequential(body, head))


def replica(name, digits, seed):
    torch.manual_seed(1000 + seed)
    in_colour = name == "two sizes"
    raw = {part: digits.scaled(part, 28) if in_colour else digits.grey(part) for part in digits.parts}
    mean, deviation = raw["train"].mean(), raw["train"].std(unbiased=False)
    body = Body(3 if in_colour else 1)
    head = nn.Sequential(nn.Linear(1024, 128), nn.ReLU(), nn.Linear(128, 10))
    if "body" in TECHNIQUES[name]:
        mean, deviation = body.load(DATA / "letters-body.safetensors")
    labels = digits.labels("train")
    if name in EXACT:
        return probed(name, body.eval(), {part: (raw[part] - mean) / deviation for part in raw}, digits)
    average = None
    if name == "EMA":
        average = AveragedModel(nn.Sequential(body, head), multi_avg_fn=get_ema_multi_avg_fn(0.95), use_buffers=True)
    if in_colour:
        learn(name, body, head, (digits.scaled("train", 14), mean, deviation), labels, EPOCHS // 2, None)
    learn(name, body, head, (raw["train"], mean, deviation), labels,
          EPOCHS // 2 if in_colour else EPOCHS, average)
    network = (average.module if average is not None else nn.Sequential(body, head)).eval()
    with torch.no_grad():
        return {part: network((raw[part] - mean) / deviation) for part in raw}


def probed(name, body, inputs, digits):
    with torch.no_grad():
        features = {part: body(inputs[part]).double().numpy() for part in inputs}
    labels = digits.labels("train").numpy()
    if name == "ridge":
        model = Ridge(alpha=30.0).fit(features["train"], 2.0 * (labels[:, None] == numpy.arange(10)) - 1)
        return {part: torch.tensor(model.predict(features[part])) for part in features}
    model = KNeighborsClassifier(9, metric="cosine").fit(features["train"], labels)
    votes = {part: 9 * model.predict_proba(features[part]) for part in features}
    return {part: torch.tensor(numpy.log((votes[part] + 1) / 19)) for part in votes}


def metrics(outputs, digits):
    found = {}
    for part, names in [("train", ("train_loss", "train_accuracy")), ("valid", ("valid_loss", "accuracy"))]:
        labels = digits.labels(part)
        found[names[0]] = F.cross_entropy(outputs[part], labels).item()
        found[names[1]] = (outputs[part].argmax(1) == labels).double().mean().item()
    return found


def trained(binary, name, digits, seed):
    folder = {"folder": str(digits.pictures), "size": 28} if name == "two sizes" else {"idx": str(digits.packed)}
    settings = {"dataset": folder, "epochs": EPOCHS, "batch_size": BATCH, "learning_rate": RATE, "evaluate_every": 0,
                **TECHNIQUES[name]}
    done = subprocess.run([binary, "train", "--settings", "-", "--seed", str(seed)], input=json.dumps(settings),
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = [json.loads(line)["final"] for line in done.stdout.splitlines() if "valid_loss" in line][-1]
    return {metric: found[metric] for metric in METRICS}


def main():
    binary, seeds = sys.argv[1], int((sys.argv[2:] or ["8"])[0])
    torch.set_num_threads(1)
    pairs = {name: [] for name in TECHNIQUES}
    for seed in range(seeds):
        with tempfile.TemporaryDirectory() as folder:
            digits = Digits(seed, pathlib.Path(folder))
            for name in TECHNIQUES:
                pairs[name].append((trained(binary, name, digits, seed), metrics(replica(name, digits, seed), digits)))
    tests, broken = [], []
    for name, found in pairs.items():
        for metric in METRICS:
            own, other = (numpy.array([pair[side][metric] for pair in found]) for side in (0, 1))
            text = f"{name:15} {metric:14} sweep {own.mean():.4f}  replica {other.mean():.4f}"
            if name in EXACT:
                apart = abs(own - other).max()
                print(f"{text}  largest difference {apart:.1e}", flush=True)
                # One image of 400 whose two best are as near as rounding.
                if apart > (0.003 if "accuracy" in metric else 1e-3):
                    broken.append(f"{name}, {metric}: {apart:.1e}")
                continue
            p = stats.ttest_rel(own, other).pvalue if numpy.ptp(own - other) > 0 else 1.0
            tests.append((p, name, metric))
            print(f"{text}  p {p:.3f}", flush=True)
    below = sum(p < 0.05 for p, _, _ in tests)
    print(f"{len(tests)} comparisons over {seeds} seeds: {below} with p < .05, where chance gives {0.05 * len(tests):.0f}")
    broken += [f"{name}, {metric}: p {p:.1e}" for p, name, metric in tests if p * len(tests) < 0.05]
    for line in broken:
        print("differs:", line)
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()

"""The trainer in PyTorch: the same network, draws and steps, for the numbers the tests compare with."""

import gzip
import json
import math
import pathlib
import struct

import torch
import torch.nn as nn
import torch.nn.functional as F

from optimizers import OPTIMIZERS
from streams import Stream

DATA = pathlib.Path(__file__).resolve().parents[3] / "Sources/Kernels/data"

DEFAULTS = {
    "dataset": "digits", "train_size": 16, "task": "auto", "y_range": None, "model": "cnn", "width": 16,
    "depth": 2, "activation": "relu", "batch_norm": True, "body": "none", "head": "hidden", "tuning": "full",
    "body_lr_mult": 1, "layer_decay": 1, "second_rate": 0.1, "body_norm": "by_tuning", "mixup_alpha": 0, "label_smoothing": 0, "label_noise": 0,
    "dropout": 0, "weight_decay": 0, "decay": "auto", "gradient_clip": None, "optimizer": "adamw",
    "momentum": 0.9, "learning_rate": 0.003, "schedule": "one_cycle", "warmup": 0, "epochs": 20,
    "batch_size": 16,
}
TRAITS = [{0, 2, 4, 6, 8}, {2, 3, 5, 7}, {0, 1, 4, 9}, {0, 6, 8, 9}, {5, 6, 7, 8, 9}]


def read_idx(path):
    content = gzip.open(path).read()
    dimensions = content[3]
    sizes = struct.unpack(f">{dimensions}I", content[4 : 4 + 4 * dimensions])
    return torch.tensor(bytearray(content[4 + 4 * dimensions :])).reshape(sizes)


def digits(part):
    images = read_idx(DATA / f"digits/{part}-images-idx3-ubyte.gz")
    return images, read_idx(DATA / f"digits/{part}-labels-idx1-ubyte.gz").tolist()


def stratified(labels, size, purpose, seed):
    members = [[] for _ in range(max(labels) + 1)]
    for place, label in enumerate(labels):
        members[label].append(place)
    shares = [len(m) * size / len(labels) for m in members]
    quotas = [int(share) for share in shares]
    remainders = sorted(range(len(shares)), key=lambda c: (-(shares[c] - math.floor(shares[c])), c))
    for label in remainders[: size - sum(quotas)]:
        quotas[label] += 1
    chosen = []
    for label, places in enumerate(members):
        Stream(purpose, seed, (label,)).shuffle(places)
        chosen += places[: quotas[label]]
    return sorted(chosen)


def drawn(name, seed, shape, bound):
    """Uniform on +-bound, in the order of the trainer's own layout."""
    stream = Stream("init " + name, seed)
    count = math.prod(shape)
    return torch.tensor([(2 * stream.uniform() - 1) * bound for _ in range(count)]).reshape(shape)


def convolution(name, inputs, outputs, stride, seed):
    layer = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
    weights = drawn(name + ".weight", seed, (3, 3, inputs, outputs), (9 * inputs) ** -0.5)
    layer.weight.data = weights.permute(3, 2, 0, 1).contiguous()
    return layer


def linear(name, cells, inputs, outputs, seed):
    layer = nn.Linear(cells * inputs, outputs)
    bound = (cells * inputs) ** -0.5
    weights = drawn(name + ".weight", seed, (cells, inputs, outputs), bound)
    layer.weight.data = weights.permute(2, 1, 0).reshape(outputs, -1).contiguous()
    layer.bias.data = drawn(name + ".bias", seed, (outputs,), bound)
    return layer


class Dropout(nn.Module):
    """Draws its masks as the trainer does: for `cells` pixels of so many channels per image."""

    def __init__(self, probability, seed, place, cells):
        super().__init__()
        self.probability, self.seed, self.place, self.cells = probability, seed, place, cells
        self.step = 0

    def forward(self, x):
        if not self.training or self.probability == 0:
            return x
        stream = Stream("dropout", self.seed, (self.place, self.step))
        threshold = int(self.probability * 2**32)
        halves = []
        for _ in range((x.numel() + 1) // 2):
            word = stream.next()
            halves += [word & 0xFFFFFFFF, word >> 32]
        keep = torch.tensor(halves[: x.numel()]).ge(threshold)
        keep = keep.reshape(len(x), self.cells, -1).transpose(1, 2).reshape(x.shape)
        return x * keep / (1 - self.probability)


class MaximumAndMean(nn.Module):
    def forward(self, x):
        return torch.cat([nn.AdaptiveMaxPool2d(1)(x), nn.AdaptiveAvgPool2d(1)(x)], 1)


class Residual(nn.Module):
    def __init__(self, first, second, act):
        super().__init__()
        self.first, self.second, self.act = first, second, act

    def forward(self, x):
        return self.act(self.second(self.first(x)) + x)


class Network(nn.Module):
    """`stage_of` tells the stage of each of the body's parameters; `names` gives the trainer's names."""

    def __init__(self, settings, seed, outputs, pixels=784):
        super().__init__()
        self.settings, self.seed, self.number = settings, seed, 0
        self.stage_of, self.names = {}, {}
        self.act = nn.ReLU() if settings["activation"] == "relu" else nn.Identity()
        p, width = settings["dropout"], settings["width"]
        if settings["model"] == "cnn":
            layers = [self.unit(1, width, 1, 0)]
            for stage in range(1, settings["depth"] + 1):
                c = width << stage
                layers += [self.unit(c // 2, c, 2, stage), self.residual(c, stage)]
            if settings["head"] == "fastai":
                self.body = nn.Sequential(*layers, MaximumAndMean(), nn.Flatten())
                norms = [nn.BatchNorm1d(2 * c), nn.BatchNorm1d(512)]
                for number, layer in enumerate(norms, 1):
                    self.note(f"head.norm{number}.weight", layer.weight, None)
                    self.note(f"head.norm{number}.bias", layer.bias, None)
                hidden = self.dense("head.hidden", 1, 2 * c, 512, bias=False)
                last = self.dense("head.output", 1, 512, outputs, bias=False)
                self.head = nn.Sequential(
                    norms[0], Dropout(p / 2, seed, 0, 1), hidden, nn.ReLU(), norms[1], Dropout(p, seed, 1, 1), last)
                return
            self.body = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(4), nn.Flatten())
            hidden = self.dense("head.hidden", 16, c, 128)
            last = self.dense("head.output", 1, 128, outputs)
            self.head = nn.Sequential(
                Dropout(p / 2, seed, 0, 16), hidden, self.act, Dropout(p, seed, 1, 1), last)
            return
        layers, inputs = [nn.Flatten()], pixels
        if settings["model"] == "mlp":
            for stage in range(settings["depth"]):
                layers.append(self.dense(f"body.linear{stage + 1}", inputs, 1, width, stage))
                if settings["batch_norm"]:
                    layers.append(self.norm(nn.BatchNorm1d(width), stage + 1, stage))
                layers.append(self.act)
                inputs = width
        self.body = nn.Sequential(*layers)
        last = self.dense("head.output", inputs, 1, outputs)
        self.head = nn.Sequential(Dropout(p, seed, 1, 1), last)

    def note(self, name, parameter, stage):
        self.names[name] = parameter
        if stage is not None:
            self.stage_of[parameter] = stage

    def dense(self, name, cells, inputs, outputs, stage=None, bias=True):
        layer = linear(name, cells, inputs, outputs, self.seed)
        self.note(name + ".weight", layer.weight, stage)
        if bias:
            self.note(name + ".bias", layer.bias, stage)
        else:
            layer.bias = None
        return layer

    def norm(self, layer, number, stage):
        self.note(f"body.norm{number}.weight", layer.weight, stage)
        self.note(f"body.norm{number}.bias", layer.bias, stage)
        return layer

    def unit(self, inputs, outputs, stride, stage, ends=True):
        self.number += 1
        name = f"body.conv{self.number}"
        conv = convolution(name, inputs, outputs, stride, self.seed)
        self.note(name + ".weight", conv.weight, stage)
        layers = [conv]
        if self.settings["batch_norm"]:
            layers.append(self.norm(nn.BatchNorm2d(outputs), self.number, stage))
        else:
            conv.bias = nn.Parameter(
                drawn(name + ".bias", self.seed, (outputs,), (9 * inputs) ** -0.5))
            self.note(name + ".bias", conv.bias, stage)
        return nn.Sequential(*layers, *([self.act] if ends else []))

    def residual(self, channels, stage):
        first = self.unit(channels, channels, 1, stage)
        return Residual(first, self.unit(channels, channels, 1, stage, ends=False), self.act)

    def norms(self):
        return [m for m in self.body.modules() if isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d))]

    def forward(self, x):
        return self.head(self.body(x))

    def load(self, path):
        """Weights and statistics from a safetensors file; returns the mean and deviation of its pixels."""
        content = path.read_bytes()
        length = struct.unpack("<Q", content[:8])[0]
        header, data = json.loads(content[8 : 8 + length]), content[8 + length :]

        def tensor(name):
            start, end = header[name]["data_offsets"]
            return torch.tensor(struct.unpack(f"<{(end - start) // 4}f", data[start:end])).reshape(
                header[name]["shape"])

        for name, parameter in self.names.items():
            if name.startswith("body."):
                parameter.data = tensor(name)
        for number, norm in enumerate(self.norms(), 1):
            norm.running_mean.data = tensor(f"body.norm{number}.running_mean")
            norm.running_var.data = tensor(f"body.norm{number}.running_var")
        return tensor("normalization.mean"), tensor("normalization.deviation")


def wave(start, stop, at):
    return stop + (start - stop) / 2 * (1 + math.cos(math.pi * at))


def one_cycle(step, total, warm_up=0.25, start_share=1 / 25):
    """The share of the highest rate; `make.py` checks it against PyTorch's own schedule."""
    peak, end = warm_up * total - 1, total - 1
    if step <= peak:
        return wave(start_share, 1, step / peak if peak else 1)
    start = max(peak, 0)
    return wave(1, 0, (step - start) / (end - start) if end > start else 0)


def gamma_logarithm(stream, alpha):
    boost = math.log(1 - stream.uniform()) / alpha if alpha < 1 else 0
    d = (alpha + 1 if alpha < 1 else alpha) - 1 / 3
    c = 1 / math.sqrt(9 * d)
    while True:
        x = math.sqrt(-2 * math.log(1 - stream.uniform())) * math.cos(2 * math.pi * stream.uniform())
        v = (1 + c * x) ** 3
        if v > 0 and math.log(1 - stream.uniform()) < x * x / 2 + d - d * v + d * math.log(v):
            return math.log(d * v) + boost


def curve():
    stream, points = Stream("curve data", 0), []
    for _ in range(5000):
        x = stream.uniform()
        points.append((x, math.sin(6 * x) / 2 + x + (x - 0.75) * stream.uniform()))
    mean = sum(y for _, y in points) / 5000
    deviation = math.sqrt(sum((y - mean) ** 2 for _, y in points) / 5000)
    return torch.tensor([[x, (y - mean) / deviation] for x, y in points[:4000]])


class Run:
    """One training run; `losses(n)` makes n steps."""

    def __init__(self, settings, seed=0, dtype=torch.float32):
        self.settings = {**DEFAULTS, **settings}
        s, self.seed, self.dtype = self.settings, seed, dtype
        if s["dataset"] == "curve":
            points = curve()
            self.images, self.numbers = points[:, 0], points[:, 1]
            self.labels, scale = [0] * 4000, 1.0
        else:
            self.images, self.labels = digits("train")
            self.numbers, scale = None, 255
        self.places = stratified(self.labels, s["train_size"], "split", seed)
        own = {"digits": "single", "digit-traits": "multi", "curve": "regression"}[s["dataset"]]
        self.task = own if s["task"] == "auto" else s["task"]
        outputs = {"single": 10, "regression": 1, "multi": 5 if own == "multi" else 10}[self.task]
        pixels = self.images[self.places].double()
        self.mean, deviation = (pixels.mean() / scale).float(), pixels.std(unbiased=False) / scale
        self.network = Network(s, seed, outputs, 1 if s["dataset"] == "curve" else 784)
        deviation = deviation.float()
        if s["body"] == "letters":
            self.mean, deviation = self.network.load(DATA / "letters-body.safetensors")
        self.scale = 1 / deviation
        self.network = self.network.to(dtype)
        for place in self.places if s["label_noise"] else []:
            stream = Stream("label noise", seed, (place,))
            if stream.uniform() < s["label_noise"]:
                self.labels[place] = (self.labels[place] + 1 + stream.index(9)) % 10
        self.step, self.phase_step = 0, 0

    def begin(self, phase):
        """Frees and freezes, with a new optimizer: one group for each rate, with and without decay.

        L2 decay is the optimizer's, which adds it to the gradient; decoupled decay is made here, before its step.
        """
        self.phase, self.phase_step, s = phase, 0, self.settings
        self.stages = stages = 1 + max(self.network.stage_of.values(), default=0)
        groups = {}
        for name, parameter in self.network.names.items():
            share = 1
            if parameter in self.network.stage_of:
                is_norm = "norm" in name
                share = phase["body"](self.network.stage_of[parameter] / stages)
                if is_norm and phase["norms_frozen"]:
                    share = 0
                elif is_norm and share == 0:
                    share = 1
                if s["tuning"] == "bitfit" and not name.endswith("bias"):
                    share = 0
            parameter.requires_grad_(share > 0)
            if share > 0:
                groups.setdefault((share, parameter.dim() > 1), []).append(parameter)
        joins = s["decay"] == "l2" or s["decay"] == "auto" and s["optimizer"] in ("sgd", "adam")
        own, apart = (s["weight_decay"], 0) if joins else (0, s["weight_decay"])
        lists = [
            {"params": found, "share": share, "weight_decay": own if decays else 0,
             "shrinks": apart if decays else 0}
            for (share, decays), found in groups.items()
        ]
        self.optimizer = OPTIMIZERS[s["optimizer"]](lists, s["learning_rate"], s["momentum"])

    def phases(self):
        s = self.settings
        def phase(epochs, body, frozen, rate=1, schedule=None):
            norms = {"by_tuning": frozen, "frozen": True, "trained": False}[s["body_norm"]]
            return {"epochs": epochs, "body": body, "norms_frozen": norms, "rate": rate,
                    "schedule": schedule}
        # The last stage is one below the head, the first as many as there are stages.
        free = lambda at: s["body_lr_mult"] * s["layer_decay"] ** (self.stages * (1 - at))
        frozen, n = lambda _: 0, s["epochs"]
        return {
            "full": [phase(n, free, s["body_lr_mult"] == 0)],
            "bitfit": [phase(n, free, False)],
            "head": [phase(n, frozen, True)],
            "lp_ft": [phase(n // 2, frozen, True),
                      phase(n - n // 2, free, s["body_lr_mult"] == 0, s["second_rate"])],
            "fine_tune": [
                phase(1, frozen, True, 1, (0.99, 0.04)),
                phase(n - 1, lambda at: 0.01 ** (1 - at), False, 0.5, (0.3, 0.2)),
            ],
        }[s["tuning"]]

    def rate(self, steps_per_epoch):
        s, step = self.settings, self.phase_step
        total = self.phase["epochs"] * steps_per_epoch
        if self.phase["schedule"]:
            share = one_cycle(step, total, *self.phase["schedule"])
        else:
            share = {"one_cycle": lambda: one_cycle(step, total), "constant": lambda: 1,
                     "cosine": lambda: wave(1, 0, step / total)}[s["schedule"]]()
        if s["warmup"]:
            share *= min(1, (step + 1) / (s["warmup"] * steps_per_epoch))
        return s["learning_rate"] * self.phase["rate"] * share

    def inputs(self, places):
        if self.numbers is not None:
            raw = self.images[places].reshape(-1, 1, 1, 1)
        else:
            raw = (self.images[places].float() * (torch.tensor(1.0) / 255)).unsqueeze(1)
        return ((raw - self.mean) * self.scale).to(self.dtype)

    def targets(self, places):
        labels = [self.labels[place] for place in places]
        if self.task == "regression":
            found = self.numbers[places] if self.numbers is not None else torch.tensor(labels)
            return found.reshape(-1, 1).to(self.dtype)
        if self.settings["dataset"] == "digit-traits":
            rows = [[float(label in trait) for trait in TRAITS] for label in labels]
        else:
            rows = [[float(label == c) for c in range(10)] for label in labels]
        return torch.tensor(rows, dtype=self.dtype)

    def batches(self, epoch):
        order, size = list(range(len(self.places))), self.settings["batch_size"]
        Stream("order", self.seed, (epoch,)).shuffle(order)
        return [[self.places[i] for i in order[start : start + size]]
                for start in range(0, len(order), size)]

    def mixed(self, inputs, targets, places, epoch):
        alpha, kept, partners = self.settings["mixup_alpha"], [], []
        for place in places:
            stream = Stream("mixup", self.seed, (epoch, place))
            first, second = gamma_logarithm(stream, alpha), gamma_logarithm(stream, alpha)
            share = 1 / (1 + math.exp(second - first))
            kept.append(max(share, 1 - share))
            partners.append(stream.index(len(places)))
        kept = torch.tensor(kept).to(self.dtype)
        a, b = kept.reshape(-1, 1, 1, 1), kept.reshape(-1, 1)
        return (a * inputs + (1 - a) * inputs[partners], b * targets + (1 - b) * targets[partners])

    def loss(self, output, targets):
        s = self.settings
        if self.task == "regression":
            if s["y_range"]:
                low, high = s["y_range"]["low"], s["y_range"]["high"]
                output = torch.sigmoid(output) * (high - low) + low
            return F.mse_loss(output, targets)
        if self.task == "multi":
            e = s["label_smoothing"]
            return F.binary_cross_entropy_with_logits(output, targets * (1 - e) + e / 2)
        return F.cross_entropy(output, targets, label_smoothing=s["label_smoothing"])

    def backward(self, places, epoch):
        s = self.settings
        self.network.train()
        for norm in self.network.norms():
            norm.train(not self.phase["norms_frozen"])
        for module in self.network.modules():
            if isinstance(module, Dropout):
                module.step = self.step
        self.optimizer.zero_grad()
        inputs, targets = self.inputs(places), self.targets(places)
        if s["mixup_alpha"]:
            inputs, targets = self.mixed(inputs, targets, places, epoch)
        loss = self.loss(self.network(inputs), targets)
        loss.backward()
        return loss.item()

    def make_step(self, rate):
        s = self.settings
        if s["gradient_clip"]:
            learning = [p for p in self.network.parameters() if p.requires_grad]
            torch.nn.utils.clip_grad_norm_(learning, s["gradient_clip"])
        for group in self.optimizer.param_groups:
            group["lr"] = rate * group["share"]
            for parameter in group["params"] if group["shrinks"] else []:
                parameter.data *= 1 - group["lr"] * group["shrinks"]
        self.optimizer.step()
        self.step += 1
        self.phase_step += 1

    def losses(self, count):
        found, epoch = [], 0
        for phase in self.phases():
            self.begin(phase)
            for _ in range(phase["epochs"]):
                epoch += 1
                batches = self.batches(epoch)
                for places in batches:
                    if len(found) == count:
                        return found
                    found.append(self.backward(places, epoch))
                    self.make_step(self.rate(len(batches)))
        return found

    def gradients(self):
        """The gradients of the first step, each under the trainer's name."""
        self.begin(self.phases()[0])
        self.backward(self.batches(1)[0], 1)
        return {name: parameter.grad for name, parameter in self.network.names.items()}

    def statistics(self):
        """The running statistics of batch norm."""
        for number, norm in enumerate(self.network.norms(), 1):
            yield f"body.norm{number}.running_mean", norm.running_mean
            yield f"body.norm{number}.running_var", norm.running_var

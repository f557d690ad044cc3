"""Makes lite0.json, what Lite0Tests compare EfficientNet-Lite0 with: `python lite0_twin.py`, with PyTorch 2.15 (CPU).

The network is written here from its table of blocks, with weights that both sides work out by the same rule. Of every
gradient it keeps the sum of its numbers times numbers of the same rule, and its length: all of them are in that sum.
"""

import json
import pathlib
import platform
import sys

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

REPOSITORY = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(REPOSITORY / "bodies"))
import lite0 as body  # noqa: E402

IMAGES, SIDE = 4, 40


class SameConvolution(nn.Conv2d):
    """TensorFlow's padding: as many zeros as make ⌈side / stride⌉ outputs, an odd one after the last pixel."""

    def forward(self, x):
        pads = []
        for axis in (1, 0):
            length, kernel, stride = x.shape[2 + axis], self.kernel_size[axis], self.stride[axis]
            zeros = max(0, (-(-length // stride) - 1) * stride + kernel - length)
            pads += [zeros // 2, zeros - zeros // 2]
        return F.conv2d(F.pad(x, pads), self.weight, None, self.stride, 0, 1, self.groups)


def norm(channels):
    return nn.BatchNorm2d(channels, eps=1e-3, momentum=0.01)


class Block(nn.Module):
    def __init__(self, expansion, kernel, stride, inputs, outputs, act):
        super().__init__()
        middle = inputs * expansion
        self.expands, self.adds, self.act = expansion > 1, stride == 1 and inputs == outputs, act
        if self.expands:
            self._expand_conv = SameConvolution(inputs, middle, 1, bias=False)
            self._bn0 = norm(middle)
        self._depthwise_conv = SameConvolution(
            middle, middle, kernel, stride, groups=middle, bias=False)
        self._bn1 = norm(middle)
        self._project_conv = SameConvolution(middle, outputs, 1, bias=False)
        self._bn2 = norm(outputs)

    def forward(self, x):
        y = self.act(self._bn0(self._expand_conv(x))) if self.expands else x
        y = self.act(self._bn1(self._depthwise_conv(y)))
        y = self._bn2(self._project_conv(y))
        return x + y if self.adds else y


class Lite0(nn.Module):
    """1,280 features, and the logits of ImageNet's thousand classes where they are asked for."""

    def __init__(self, classes=None, act=F.relu6):
        super().__init__()
        self.act = act
        self._conv_stem = SameConvolution(3, 32, 3, 2, bias=False)
        self._bn0 = norm(32)
        self._blocks = nn.ModuleList(
            Block(expansion, kernel, 1 if index else stride, outputs if index else inputs, outputs, act)
            for expansion, kernel, stride, inputs, outputs, blocks in body.STAGES
            for index in range(blocks))
        self._conv_head = SameConvolution(320, 1280, 1, bias=False)
        self._bn1 = norm(1280)
        if classes:
            self._fc = nn.Linear(1280, classes)

    def forward(self, x):
        x = self.act(self._bn0(self._conv_stem(x)))
        for block in self._blocks:
            x = block(x)
        x = self.act(self._bn1(self._conv_head(x))).mean((2, 3))
        return self._fc(x) if hasattr(self, "_fc") else x


def ruled(name, count):
    """Numbers from -0.5 to 0.5 that depend on a name and a place."""
    seed = sum(name.encode())
    h = (np.arange(count, dtype=np.uint64) * np.uint64(2654435761) + np.uint64(seed * 40503))
    h &= np.uint64(0xFFFFFFFF)
    h ^= h >> np.uint64(15)
    h = h * np.uint64(2246822519) & np.uint64(0xFFFFFFFF)
    h ^= h >> np.uint64(13)
    return h.astype(np.float64) / 2**32 - 0.5


def weights(name, shape):
    """The weights of an array: convolutions keep the size of what passes, norms are near one and zero."""
    drawn = ruled(name, int(np.prod(shape)))
    if len(shape) == 4:
        drawn = drawn * (12 * 2 / np.prod(shape[1:])) ** 0.5
    elif name.endswith((".weight", ".running_var")):
        drawn = 1 + drawn * 0.4
    return torch.tensor(drawn.astype(np.float32).reshape(shape))


def network(act, dtype):
    made = Lite0(act=act)
    with torch.no_grad():
        for name, tensor in made.state_dict().items():
            if tensor.dtype.is_floating_point:
                tensor.copy_(weights(name, tuple(tensor.shape)))
    return made.to(dtype)


def images(dtype):
    drawn = 2 * ruled("images", IMAGES * SIDE * SIDE * 3)
    return torch.tensor(drawn.astype(np.float32)).reshape(IMAGES, SIDE, SIDE, 3).permute(0, 3, 1, 2).to(dtype)


def gradients(act, dtype):
    """The gradients of Σ features · numbers of the rule, in training mode, and the running statistics."""
    made = network(act, dtype).train()
    features = made(images(dtype))
    pull = torch.tensor(ruled("pull", features.numel()).astype(np.float32)).reshape(features.shape)
    (features * pull.to(dtype)).sum().backward()
    found = {name: p.grad.double().flatten().numpy() for name, p in made.named_parameters()}
    running = {name: b.double().flatten().numpy() for name, b in made.named_buffers() if b.dim()}
    return found, running


def summary(arrays):
    return {name: [float(numbers @ ruled(name, len(numbers))), float(np.sqrt((numbers**2).sum()))]
            for name, numbers in sorted(arrays.items())}


def distance(some, others):
    """Relative L2 over all arrays together."""
    return float((sum(((some[n] - others[n]) ** 2).sum() for n in some)
                  / sum((others[n] ** 2).sum() for n in others)) ** 0.5)


def main():
    torch.set_num_threads(1)
    with torch.no_grad():
        features = network(F.relu6, torch.float64).eval()(images(torch.float64))
    content = {
        "made_with": {"torch": torch.__version__, "python": platform.python_version()},
        "layers": json.dumps(body.layers(), separators=(",", ":")),
        "images": IMAGES, "side": SIDE,
        "features": [float(f"{x:.9g}") for x in features.flatten()[::7].tolist()],
    }
    for key, act in (("linear", lambda x: x), ("relu6", F.relu6)):
        double, running = gradients(act, torch.float64)
        single, _ = gradients(act, torch.float32)
        content[key] = {"gradients": summary(double), "running": summary(running),
                        "single": distance(single, double)}
        print(key, "single and double precision part by", content[key]["single"])
    path = pathlib.Path(__file__).with_name("lite0.json")
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in content.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()

"""Networks between PyTorch and sweep: a PyTorch module of the layers that a file of weights describes, and back.

    python layers.py show FILE                 what a file describes
    python layers.py measure FILE IMAGES LABELS  its loss and accuracy on MNIST's packed files
    python layers.py write FILE [SEED]         a small network of one's own, made in PyTorch, as a body for sweep
    python layers.py whole FILE [SEED]         the same with a head for ten classes, as a whole network for sweep
"""

import gzip
import json
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors import safe_open
from safetensors.torch import save_file


class SameConvolution(nn.Conv2d):
    """As many zeros as make ⌈side / stride⌉ outputs; of an odd number the last side has one more."""

    def forward(self, x):
        pads = []
        for axis in (1, 0):
            length, kernel, stride = x.shape[2 + axis], self.kernel_size[axis], self.stride[axis]
            zeros = max(0, (-(-length // stride) - 1) * stride + kernel - length)
            pads += [zeros // 2, zeros - zeros // 2]
        return F.conv2d(F.pad(x, pads), self.weight, self.bias, self.stride, 0, 1, self.groups)


class MaximumAndMean(nn.Module):
    def forward(self, x):
        return torch.cat([F.adaptive_max_pool2d(x, 1), F.adaptive_avg_pool2d(x, 1)], 1)


ACTIVATIONS = {"relu": nn.ReLU, "relu6": nn.ReLU6, "none": nn.Identity}


def layer(node, inputs):
    """The module of a layer and the channels that it gives on; `inputs` is (channels, numbers) of what it reads."""
    kind, channels, numbers = node["kind"], *inputs
    if kind == "convolution":
        same = node.get("padding", 0) == "same"
        make = SameConvolution if same else nn.Conv2d
        return make(channels, node["channels"], node["kernel"], node.get("stride", 1),
                    0 if same else node.get("padding", 0), groups=node.get("groups", 1),
                    bias=node.get("bias", True)), (node["channels"], None)
    if kind == "batch_norm":
        make = nn.BatchNorm2d if numbers is None else nn.BatchNorm1d
        return make(channels, node.get("epsilon", 1e-5), node.get("momentum", 0.1)), inputs
    if kind == "maximum_and_mean":
        return MaximumAndMean(), (2 * channels, None)
    if kind == "linear":
        return nn.LazyLinear(node["outputs"], bias=node.get("bias", True)), (node["outputs"], node["outputs"])
    if kind == "flatten":
        return nn.Flatten(), (channels, channels)
    if kind == "pooling":
        return nn.AdaptiveAvgPool2d(node["cells"]), inputs
    if kind == "dropout":
        return nn.Dropout(node.get("probability", 0.5)), inputs
    return {"activation": lambda: ACTIVATIONS[node["function"]](), "add": nn.Identity}[kind](), inputs


class Network(nn.Module):
    """A network of the layers of a list, whose arrays are called as sweep calls them."""

    def __init__(self, nodes, channels=3):
        super().__init__()
        self.nodes, self.modules_by_name, given = nodes, {}, {"input": (channels, None)}
        before = "input"
        for index, node in enumerate(nodes):
            name = node.get("name", f"{node['kind']}{index + 1}")
            made, given[name] = layer(node, given[node.get("from", before)])
            self.modules_by_name[name] = made
            place = self
            *outer, last = name.split(".")
            for part in outer:
                if not hasattr(place, part):
                    place.add_module(part, nn.Module())
                place = getattr(place, part)
            place.add_module(last, made)
            before = name

    def forward(self, x):
        values, before = {"input": x}, "input"
        for node, (name, module) in zip(self.nodes, self.modules_by_name.items()):
            read = values[node.get("from", before)]
            if node["kind"] == "add":
                values[name] = read + values[node["of"]]
            else:
                values[name] = module(read.flatten(1) if node["kind"] == "linear" else read)
            before = name
        return values[before]


def load(path):
    """The network of a file that sweep or `write` wrote, in evaluation mode, and its normalization."""
    with safe_open(path, "pt") as file:
        nodes = json.loads(file.metadata()["layers"])
        arrays = {name: file.get_tensor(name) for name in file.keys()}
    normalization = [arrays.pop(f"normalization.{name}") for name in ("mean", "deviation")]
    network = Network(nodes, channels=len(normalization[0])).eval()
    state = network.state_dict()
    state.update(arrays)
    network.load_state_dict(state)
    return network, normalization


def save(network, path, mean, deviation):
    """Writes a network as the setting `body` takes it, pixels being normalized by mean and deviation (white = 1)."""
    arrays = {name: tensor for name, tensor in network.state_dict().items()
              if not name.endswith("num_batches_tracked")}
    arrays |= {"normalization.mean": torch.tensor(mean), "normalization.deviation": torch.tensor(deviation)}
    save_file(arrays, path, {"format": "pt", "layers": json.dumps(network.nodes)})


OWN = [
    {"name": "conv1", "kind": "convolution", "channels": 8, "kernel": 3, "stride": 2, "padding": 1},
    {"name": "norm1", "kind": "batch_norm"},
    {"kind": "activation", "function": "relu"},
    {"name": "conv2", "kind": "convolution", "channels": 8, "kernel": 3, "padding": 1, "groups": 8, "stage": 1},
    {"name": "conv3", "kind": "convolution", "channels": 24, "kernel": 1},
    {"kind": "activation", "function": "relu"},
    {"kind": "pooling", "cells": 2},
]

HEAD = [
    {"name": "head.flatten", "kind": "flatten"},
    {"name": "head.hidden", "kind": "linear", "outputs": 20},
    {"name": "head.activation", "kind": "activation", "function": "relu"},
    {"name": "head.output", "kind": "linear", "outputs": 10},
]


def main():
    task, path = sys.argv[1:3]
    if task in ("write", "whole"):
        torch.manual_seed(int((sys.argv[3:] or ["0"])[0]))
        network = Network(OWN + HEAD if task == "whole" else OWN, channels=1)
        # Dense layers learn from an image how many numbers they read, and the norm moves a little, as it would in training.
        network(torch.rand(8, 1, 28, 28))
        save(network, path, [0.13], [0.31])
    elif task == "show":
        print(load(path)[0])
    else:
        network, (mean, deviation) = load(path)
        with gzip.open(sys.argv[3]) as images, gzip.open(sys.argv[4]) as labels:
            pixels = torch.frombuffer(bytearray(images.read()[16:]), dtype=torch.uint8).view(-1, 1, 28, 28)
            classes = torch.frombuffer(bytearray(labels.read()[8:]), dtype=torch.uint8).long()
        with torch.no_grad():
            outputs = network((pixels / 255 - mean) / deviation)
        print(json.dumps({"loss": F.cross_entropy(outputs, classes).item(),
                          "accuracy": (outputs.argmax(1) == classes).float().mean().item()}))


if __name__ == "__main__":
    main()

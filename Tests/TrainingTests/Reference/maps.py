"""Writes maps.json: what each place of a picture adds to each output of a head, by PyTorch's own derivatives.

The map of an output is the sum over channels of its derivative by a feature times that feature. For the head 'linear'
with one cell it is written a second time by the formula of Zhou et al. (2016), without any derivative. Numbers are
double precision. Run with PyTorch 2.15.0; the file says which version made it.
"""
import json
import pathlib

import torch
from torch import nn

ROWS, COLUMNS, CHANNELS, OUTPUTS = 7, 6, 5, 3


class MaximumAndMean(nn.Module):
    """fastai's AdaptiveConcatPool2d: the maximum first."""

    def forward(self, x):
        return torch.cat([nn.functional.adaptive_max_pool2d(x, 1), nn.functional.adaptive_avg_pool2d(x, 1)], 1)


def heads():
    def pooled(cells):
        return nn.Sequential(nn.AdaptiveAvgPool2d(cells), nn.Flatten())

    return {
        "linear": nn.Sequential(pooled(1), nn.Linear(CHANNELS, OUTPUTS)),
        "cells": nn.Sequential(pooled(4), nn.Linear(16 * CHANNELS, OUTPUTS)),
        "hidden": nn.Sequential(pooled(4), nn.Linear(16 * CHANNELS, 8), nn.ReLU(), nn.Linear(8, OUTPUTS)),
        "fastai": nn.Sequential(
            nn.Sequential(MaximumAndMean(), nn.Flatten()), nn.BatchNorm1d(2 * CHANNELS),
            nn.Linear(2 * CHANNELS, 8, bias=False), nn.ReLU(), nn.BatchNorm1d(8), nn.Linear(8, OUTPUTS, bias=False)),
        "relu6": nn.Sequential(pooled(1), nn.Linear(CHANNELS, 8), nn.ReLU6(), nn.Linear(8, OUTPUTS)),
    }


def case(name, head):
    head = head.double().eval()
    for module in head.modules():
        if isinstance(module, nn.BatchNorm1d):
            nn.init.normal_(module.weight, 1, 0.3)
            nn.init.normal_(module.bias)
            module.running_mean.normal_()
            module.running_var.uniform_(0.5, 2)
        if name == "relu6" and isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, 0, 3)
    with torch.no_grad():
        for value in head.state_dict().values():
            if value.dtype.is_floating_point:
                value.copy_(value.float())  # What a file of weights holds.
    features = torch.randn(1, CHANNELS, ROWS, COLUMNS, dtype=torch.double).relu().requires_grad_()
    outputs = head(features)[0]
    maps = [(torch.autograd.grad(output, features, retain_graph=True)[0] * features)[0].sum(0) for output in outputs]
    if name == "linear":
        for output, found in enumerate(maps):
            plain = (head[1].weight[output, :, None, None] * features[0]).sum(0) / (ROWS * COLUMNS)
            assert (plain - found).abs().max() < 1e-14
    return {
        "name": name,
        # Rows, columns, channels, as the program has them.
        "features": features[0].permute(1, 2, 0).flatten().tolist(),
        "arrays": {key: value.flatten().tolist() for key, value in head.state_dict().items() if value.dtype.is_floating_point},
        "outputs": outputs.tolist(),
        "maps": [found.flatten().tolist() for found in maps],
    }


if __name__ == "__main__":
    torch.manual_seed(7)
    content = {"torch": torch.__version__, "rows": ROWS, "columns": COLUMNS, "channels": CHANNELS,
               "cases": [case(name, head) for name, head in heads().items()]}
    pathlib.Path(__file__).with_name("maps.json").write_text(json.dumps(content) + "\n")

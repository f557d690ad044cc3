"""A small PyTorch network that tells two spirals apart; needs the package torch."""

import json
import math
import os

import torch
from torch import nn

settings = json.load(open(os.environ["SWEEP_SETTINGS"]))
seed = int(os.environ["SWEEP_SEED"])


def spirals(count, stream):
    """Points (count, 2) and labels (count) of two noisy spirals, from a generator of their own."""
    rng = torch.Generator().manual_seed(1000 * seed + stream)
    labels = torch.arange(count) % 2
    turn = torch.rand(count, generator=rng).sqrt() * 2.5 * math.pi
    angle = turn + math.pi * labels
    points = torch.stack([turn * angle.cos(), turn * angle.sin()], dim=1) / 8
    return points + 0.05 * torch.randn(count, 2, generator=rng), labels


train, valid = spirals(200, 1), spirals(1000, 2)
torch.manual_seed(seed)
width = settings["width"]
network = nn.Sequential(
    nn.Linear(2, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 2)
)
optimizer = torch.optim.SGD(
    network.parameters(), lr=settings["learning_rate"], momentum=settings["momentum"]
)
loss_of = nn.CrossEntropyLoss()
order = torch.Generator().manual_seed(1000 * seed + 3)


def measure(data):
    """Mean loss and accuracy."""
    with torch.no_grad():
        scores = network(data[0])
        return loss_of(scores, data[1]).item(), (scores.argmax(1) == data[1]).float().mean().item()


for epoch in range(1, settings["epochs"] + 1):
    for batch in torch.randperm(200, generator=order).split(20):
        optimizer.zero_grad()
        loss_of(network(train[0][batch]), train[1][batch]).backward()
        optimizer.step()
    if epoch % 10 == 0:
        loss, accuracy = measure(valid)
        print(json.dumps({"epoch": epoch, "valid_loss": loss, "accuracy": accuracy}), flush=True)

train_loss, _ = measure(train)
valid_loss, accuracy = measure(valid)
results = {"train_loss": train_loss, "valid_loss": valid_loss, "accuracy": accuracy}
print(json.dumps({"final": results}))

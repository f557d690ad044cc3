"""The optimizers by the trainer's names, each made from groups of parameters, a rate and the setting `momentum`."""

import torch


def adam(groups, rate, momentum):
    return torch.optim.Adam(groups, lr=rate, betas=(momentum, 0.999))


def sgd(groups, rate, momentum):
    return torch.optim.SGD(groups, lr=rate, momentum=momentum)


OPTIMIZERS = {
    # Adam beside a decay that is decoupled.
    "adamw": adam,
    "adam": adam,
    "sgd": sgd,
}

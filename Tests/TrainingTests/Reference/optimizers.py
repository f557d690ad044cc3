"""The optimizers by the trainer's names, each made from groups of parameters, a rate and the setting `momentum`."""

import torch


def adam(groups, rate, momentum):
    return torch.optim.Adam(groups, lr=rate, betas=(momentum, 0.999))


def sgd(groups, rate, momentum):
    return torch.optim.SGD(groups, lr=rate, momentum=momentum)


class Lion(torch.optim.Optimizer):
    """Chen et al. (2023), Symbolic discovery of optimization algorithms, algorithm 2."""

    def __init__(self, groups, rate, beta1):
        super().__init__(groups, {"lr": rate, "beta1": beta1})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                gradient = p.grad + group["weight_decay"] * p
                mean = self.state[p].setdefault("mean", torch.zeros_like(p))
                p -= group["lr"] * torch.sign(group["beta1"] * mean + (1 - group["beta1"]) * gradient)
                mean.mul_(0.99).add_(gradient, alpha=0.01)


OPTIMIZERS = {
    # Adam beside a decay that is decoupled.
    "adamw": adam,
    "adam": adam,
    "sgd": sgd,
    "lion": Lion,
}

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


class Muon(torch.optim.Optimizer):
    """Jordan et al. (2024), Muon, with the scale of Liu et al. (2025); Adam for what is no matrix."""

    def __init__(self, groups, rate, momentum):
        super().__init__(groups, {"lr": rate, "momentum": momentum})
        vectors = [dict(g, params=[p for p in g["params"] if p.dim() == 1]) for g in groups]
        self.vectors = adam([group for group in vectors if group["params"]], rate, momentum)

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            momentum = group["momentum"]
            for p in group["params"]:
                if p.dim() == 1:
                    continue
                gradient = p.grad + group["weight_decay"] * p
                velocity = self.state[p].setdefault("velocity", torch.zeros_like(p))
                velocity.lerp_(gradient, 1 - momentum)
                x = gradient.lerp(velocity, momentum).flatten(1)
                x = x / (x.norm() + 1e-7)
                if x.shape[0] > x.shape[1]:
                    x = x.T
                for _ in range(5):
                    a = x @ x.T
                    x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
                rows, columns = p.shape[0], p[0].numel()
                x = x.T if rows > columns else x
                p -= group["lr"] * 0.2 * max(rows, columns) ** 0.5 * x.reshape(p.shape)
        for group in self.vectors.param_groups:
            group["lr"] = self.param_groups[0]["lr"] / self.param_groups[0]["share"] * group["share"]
        self.vectors.step()


OPTIMIZERS = {
    # Adam beside a decay that is decoupled.
    "adamw": adam,
    "adam": adam,
    "sgd": sgd,
    "lion": Lion,
    "muon": Muon,
}

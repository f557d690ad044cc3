"""Makes the numbers that TrainingTests compares with: `python make.py`, with PyTorch 2.13 (CPU).

Writes training.json: for each case its settings and the losses of its first steps, and for the network
of the class sweep a sample of the first step's gradients and the running statistics after two steps.
"""

import json
import pathlib
import platform

import torch

from twin import Run, one_cycle

# Every so-many-th number of each gradient: enough to measure a relative error, small enough to commit.
SAMPLE = 61

# A number that rounding moves across the kink of ReLU changes a gradient by a jump: at the default rate
# PyTorch's own single and double precision part within ten steps by more than the tolerance of the tests. At the
# rates of the cases they agree over all twenty, to half of it; `main` makes sure.
RATE = {"learning_rate": 0.0001}
PRECISION = 5e-5

BODY = {"body": "letters"}
SGD = {"optimizer": "sgd", "learning_rate": 0.002}
CASES = {
    "adamw": {},
    "adamw with decoupled decay": {"weight_decay": 3},
    "adam with L2 decay": {
        "optimizer": "adam", "decay": "l2", "weight_decay": 0.01, "learning_rate": 0.00003},
    "adam with another beta": {"optimizer": "adam", "momentum": 0.8},
    "sgd": SGD,
    "sgd with the decay that is its own": {**SGD, "weight_decay": 0.1},
    "sgd with L2 decay": {**SGD, "decay": "l2", "weight_decay": 0.1},
    "sgd with decoupled decay and no momentum": {**SGD, "decay": "decoupled", "weight_decay": 0.1, "momentum": 0},
    "lion": {"optimizer": "lion", "weight_decay": 3, "learning_rate": 0.00003},
    "muon": {"optimizer": "muon", "weight_decay": 3},
    "constant rate": {"schedule": "constant"},
    "cosine after a warm-up": {"schedule": "cosine", "warmup": 4},
    "dropout": {"dropout": 0.3},
    "label smoothing": {"label_smoothing": 0.1},
    "label noise": {"label_noise": 0.5},
    "mixup": {"mixup_alpha": 0.4},
    "mixup and smoothing": {
        "mixup_alpha": 1, "label_smoothing": 0.1, "learning_rate": 0.00005},
    "gradient clipping": {**SGD, "gradient_clip": 0.5},
    "two batches an epoch, the second smaller": {"train_size": 20, "epochs": 10},
    "letters, all trained": BODY,
    "letters, head": {**BODY, "tuning": "head"},
    "letters, head with trained norms": {**BODY, "tuning": "head", "body_norm": "trained"},
    "letters, all trained with frozen norms": {**BODY, "body_norm": "frozen"},
    "letters, a slow body": {**BODY, "body_lr_mult": 0.1},
    "letters, each stage slower": {**BODY, "layer_decay": 0.5, "body_lr_mult": 0.8},
    "letters, biases": {**BODY, "tuning": "bitfit", "learning_rate": 0.001},
    "letters, head and then all": {**BODY, "tuning": "lp_ft"},
    "letters, fine_tune": {**BODY, "tuning": "fine_tune"},
    "fastai's head": {"head": "fastai", "dropout": 0.5},
    "letters, fastai's head alone": {**BODY, "head": "fastai", "tuning": "head"},
    "no batch norm": {"batch_norm": False, **SGD},
    "no activation": {"activation": "none"},
    "one stage of 20 channels": {"width": 20, "depth": 1},
    "three stages": {"width": 8, "depth": 3},
    "mlp": {"model": "mlp", "width": 24, "depth": 2},
    "mlp without batch norm": {"model": "mlp", "width": 24, "depth": 1, "batch_norm": False},
    "linear": {"model": "linear", "dropout": 0.2},
    "digits as ten yes/no labels": {"task": "multi"},
    "traits, smoothed": {"dataset": "digit-traits", "label_smoothing": 0.2},
    "digits as a number": {"task": "regression", "y_range": {"low": -0.5, "high": 9.5}},
    "curve": {"dataset": "curve", "model": "mlp", "width": 50, "depth": 1, "batch_norm": False},
    "a straight line": {"dataset": "curve", "model": "linear", "learning_rate": 0.01},
}


def check_schedule():
    """PyTorch's own one-cycle schedule gives the rates that the twin computes."""
    for total in (10, 40, 140):
        parameter = torch.nn.Parameter(torch.zeros(1))
        optimizer = torch.optim.SGD([parameter], lr=1)
        schedule = torch.optim.lr_scheduler.OneCycleLR(
            optimizer, 1.0, total_steps=total, pct_start=0.25, final_div_factor=1e30,
            cycle_momentum=False)
        for step in range(total):
            assert abs(optimizer.param_groups[0]["lr"] - one_cycle(step, total)) < 1e-12
            optimizer.step()
            if step + 1 < total:
                schedule.step()


def sample(tensor):
    return [float(f"{x:.9g}") for x in tensor.detach().float().flatten()[::SAMPLE].tolist()]


def sampled_picture():
    """A picture turned, scaled and moved, as `grid_sample` does it."""
    rows, columns = 6, 8
    picture = torch.tensor([[((3 * y + 5 * x) % 11) / 10 for x in range(columns)] for y in range(rows)])
    matrix = [0.9, -0.3, 0.7, 0.25, 1.1, -0.4]
    y, x = torch.meshgrid(
        torch.arange(rows) - (rows - 1) / 2, torch.arange(columns) - (columns - 1) / 2, indexing="ij")
    u = matrix[0] * x + matrix[1] * y + matrix[2]
    v = matrix[3] * x + matrix[4] * y + matrix[5]
    grid = torch.stack([2 * u / (columns - 1), 2 * v / (rows - 1)], -1)
    sampled = torch.nn.functional.grid_sample(
        picture[None, None], grid[None], padding_mode="zeros", align_corners=True)
    return {"rows": rows, "columns": columns, "values": picture.flatten().tolist(), "matrix": matrix,
            "sampled": sampled.flatten().tolist()}


def losses_of(name, settings):
    """The losses of twenty steps, which must hardly depend on the precision of PyTorch's own arithmetic."""
    single = Run(settings).losses(20)
    double = Run(settings, dtype=torch.float64).losses(20)
    apart = max(abs(a - b) / b for a, b in zip(single, double))
    assert apart < PRECISION, f"{name}: single and double precision part by {apart:.1e}"
    return single


def main():
    torch.set_num_threads(1)
    check_schedule()
    first = Run({})
    gradients = first.gradients()
    stepped = Run({})
    stepped.losses(2)
    defaults = {"train_size": 16, "batch_size": 16, **RATE}
    content = {
        "made_with": {"torch": torch.__version__, "python": platform.python_version()},
        "gradients": {
            "sample": SAMPLE,
            "values": {name: sample(tensor) for name, tensor in gradients.items()},
        },
        "statistics": {name: sample(tensor) for name, tensor in stepped.statistics()},
        "parameters": {name: sample(tensor) for name, tensor in stepped.network.names.items()},
        "picture": sampled_picture(),
        "cases": [
            {"name": name, "settings": {**defaults, **settings},
             "losses": losses_of(name, {**defaults, **settings})}
            for name, settings in CASES.items()
        ],
    }
    path = pathlib.Path(__file__).with_name("training.json")
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in content.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()

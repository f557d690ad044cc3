"""Writes techniques.json: what PyTorch and torchvision give for the techniques that are settings.

Run with torch 2.15.0 and torchvision 0.29.2; the file says which versions made it.
"""

import json
import math
import pathlib
import platform
from unittest import mock

import torch
import torchvision
from torchvision.transforms import InterpolationMode
from torchvision.transforms import RandomResizedCrop
from torchvision.transforms import v2
from torchvision.transforms.v2 import functional as tv

ROWS, COLUMNS = 12, 10


def numbers(tensor):
    return [float(f"{x:.8g}") for x in tensor.detach().flatten().tolist()]


def picture():
    values = [[[((3 * y + 5 * x + 7 * c * (x + 1)) % 11) / 10 for c in range(3)] for x in range(COLUMNS)]
              for y in range(ROWS)]
    return torch.tensor(values, dtype=torch.float64)


def patches():
    """The box that CutMix cuts, from its own code with the draws given."""
    cases = []
    for rows, columns, x, y, kept in [
        (28, 28, 14, 14, 0.5), (28, 28, 0, 27, 0.2), (64, 48, 40, 3, 0.75), (64, 48, 47, 63, 0.01),
        (12, 10, 5, 5, 0.999), (12, 10, 9, 0, 0.0),
    ]:
        mix = v2.CutMix(alpha=1.0, num_classes=10)
        draws = iter([torch.tensor([x]), torch.tensor([y])])
        images = torch.zeros(2, 3, rows, columns)
        with mock.patch.object(mix._dist, "sample", lambda _: torch.tensor([kept], dtype=torch.float64)), \
                mock.patch("torch.randint", lambda *_, **__: next(draws)):
            params = mix.make_params([images])
        cases.append({"rows": rows, "columns": columns, "x": x, "y": y, "kept": kept,
                      "box": [int(v) for v in params["box"]], "adjusted": float(params["lam_adjusted"])})
    return cases


def resampled():
    image = picture()
    cases = []
    for border, mode in [("black", "zeros"), ("edge", "border"), ("mirror", "reflection")]:
        for matrix in [[0.9, -0.3, 0.7, 0.25, 1.1, -0.4], [1.6, 0.4, -9.3, -0.5, 1.9, 14.2]]:
            y, x = torch.meshgrid(torch.arange(ROWS) - (ROWS - 1) / 2, torch.arange(COLUMNS) - (COLUMNS - 1) / 2,
                                  indexing="ij")
            u = matrix[0] * x + matrix[1] * y + matrix[2]
            v = matrix[3] * x + matrix[4] * y + matrix[5]
            grid = torch.stack([2 * u / (COLUMNS - 1), 2 * v / (ROWS - 1)], -1).double()
            sampled = torch.nn.functional.grid_sample(
                image.permute(2, 0, 1)[None], grid[None], padding_mode=mode, align_corners=True)
            cases.append({"border": border, "matrix": matrix, "values": numbers(sampled[0].permute(1, 2, 0))})
    return cases


def crops():
    image = picture().permute(2, 0, 1)
    cases = []
    for window in [(0, 0, 12, 10), (2, 3, 7, 5), (5, 0, 4, 10), (11, 9, 1, 1)]:
        cut = tv.resized_crop(image, *window, size=[ROWS, COLUMNS], interpolation=InterpolationMode.BILINEAR,
                              antialias=True)
        cases.append({"window": list(window), "values": numbers(cut.permute(1, 2, 0))})
    return cases


def windows():
    torch.manual_seed(0)
    cases, count = [], 20000
    for smallest, rows, columns in [(0.08, 64, 64), (0.5, 64, 64), (0.9, 64, 40)]:
        image = torch.zeros(3, rows, columns)
        found = [RandomResizedCrop.get_params(image, [smallest, 1.0], [3 / 4, 4 / 3]) for _ in range(count)]
        mean = lambda values: sum(values) / count
        cases.append({
            "smallest": smallest, "rows": rows, "columns": columns, "count": count,
            "mean_area": mean([h * w / (rows * columns) for _, _, h, w in found]),
            "mean_log_ratio": mean([math.log(w / h) for _, _, h, w in found]),
            "mean_top": mean([top for top, _, _, _ in found])})
    return cases


def average():
    torch.manual_seed(1)
    layer, decay = torch.nn.Linear(4, 10), 0.7
    mean = torch.optim.swa_utils.AveragedModel(
        layer, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(decay), use_buffers=True)
    steps, averages = [], []
    for _ in range(6):
        layer.bias.data = torch.randn(10)
        mean.update_parameters(layer)
        steps.append(numbers(layer.bias))
        averages.append(numbers(mean.module.bias))
    return {"decay": decay, "steps": steps, "averages": averages}


def stepped(kind, make, momenta, rates, **told):
    torch.manual_seed(2)
    parameter = torch.nn.Parameter(torch.ones(16))
    optimizer = make(parameter)
    gradients, values = [], []
    for momentum, rate in zip(momenta, rates):
        gradient = torch.randn(16)
        parameter.grad = gradient.clone()
        group = optimizer.param_groups[0]
        group["lr"] = rate
        if "betas" in group:
            group["betas"] = (momentum, group["betas"][1])
        else:
            group["momentum"] = momentum
        optimizer.step()
        gradients.append(numbers(gradient))
        values.append(numbers(parameter))
    return {"optimizer": kind, "momenta": momenta, "rates": rates, "beta2": None, "epsilon": None,
            "nesterov": False, "gradients": gradients, "values": values, **told}


def cycled(steps):
    """Momenta and rates of PyTorch's own schedule."""
    parameter = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.AdamW([parameter], lr=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, 0.01, total_steps=steps, pct_start=0.25, final_div_factor=1e30, cycle_momentum=True,
        base_momentum=0.85, max_momentum=0.95)
    momenta, rates = [], []
    for step in range(steps):
        momenta.append(optimizer.param_groups[0]["betas"][0])
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if step + 1 < steps:
            schedule.step()
    return momenta, rates


def main():
    flat, rates = [0.9] * 5, [0.01] * 5
    momenta, moving = cycled(12)
    steps = [
        stepped("sgd", lambda p: torch.optim.SGD([p], momentum=0.9, nesterov=True), flat, rates, nesterov=True),
        stepped("adam", lambda p: torch.optim.Adam([p], betas=(0.9, 0.99), eps=1e-3), flat, rates,
                beta2=0.99, epsilon=1e-3),
        stepped("adamw", lambda p: torch.optim.AdamW([p], betas=(0.9, 0.95), weight_decay=0), flat, rates, beta2=0.95),
        stepped("sgd", lambda p: torch.optim.SGD([p], momentum=0.9), momenta, moving),
        stepped("adamw", lambda p: torch.optim.AdamW([p], weight_decay=0), momenta, moving),
    ]
    content = {
        "made_with": {"torch": torch.__version__, "torchvision": torchvision.__version__,
                      "python": platform.python_version()},
        "rows": ROWS, "columns": COLUMNS, "picture": numbers(picture()),
        "patches": patches(), "resampled": resampled(), "crops": crops(), "windows": windows(),
        "average": average(), "steps": steps,
    }
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in content.items()]
    pathlib.Path(__file__).with_name("techniques.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()

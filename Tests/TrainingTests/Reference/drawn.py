"""Writes drawn.json: drawings anywhere on a canvas, and what NumPy makes of them as MNIST's digits were made.

The box around the strokes is resized so that its longer side is 20: each new pixel is the mean over what it covers, here as
differences of the running sum, which is a straight line within a pixel. The box is then laid where its centre of mass is in
the pixel (14, 14), counted from 0. Run with Pillow 13.0.0, which draws, and NumPy 2.4.6 (`pip install pillow numpy`).
"""
import json
import math
import pathlib

import numpy as np
from PIL import Image, ImageDraw

SIDE, THRESHOLD = 60, 40

STROKES = {
    "one": [((40, 5), (38, 30))],
    "seven": [((3, 30), (20, 30)), ((20, 30), (8, 57))],
    "wide": [((2, 50), (56, 44)), ((30, 40), (31, 58))],
    "dot": [((10, 10), (10, 11))],
    "corner": [((58, 2), (59, 0)), ((30, 20), (58, 2))],
}


def drawing(lines):
    large = Image.new("L", (4 * SIDE, 4 * SIDE))
    pen = ImageDraw.Draw(large)
    for start, end in lines:
        pen.line([4 * start[0], 4 * start[1], 4 * end[0], 4 * end[1]], 255, 16)
    return np.asarray(large.resize((SIDE, SIDE), Image.Resampling.BOX))


def shrunk(box, count, axis):
    """The means of `count` equal parts along an axis."""
    length = box.shape[axis]
    edges = np.linspace(0, length, count + 1)
    sums = lambda line: np.interp(edges, np.arange(length + 1), np.concatenate([[0], np.cumsum(line)]))
    return np.apply_along_axis(lambda line: np.diff(sums(line)) * count / length, axis, box)


def centred(picture):
    rows, columns = np.where(picture >= THRESHOLD)
    top, bottom, left, right = rows.min(), rows.max() + 1, columns.min(), columns.max() + 1
    scale = 20 / max(bottom - top, right - left)
    size = [max(1, math.floor(length * scale + 0.5)) for length in (right - left, bottom - top)]
    small = shrunk(shrunk(picture[top:bottom, left:right].astype(float), size[1], 0), size[0], 1)
    middle = [(small.sum(1 - axis) * (np.arange(small.shape[axis]) + 0.5)).sum() / small.sum() for axis in (0, 1)]
    result = np.zeros((28, 28))
    y, x = (min(max(0, math.ceil(14 - place)), 28 - length) for place, length in zip(middle, small.shape))
    result[y:y + small.shape[0], x:x + small.shape[1]] = small
    return np.floor(result + 0.5).astype(int)


if __name__ == "__main__":
    cases = []
    for name, lines in STROKES.items():
        picture = drawing(lines)
        cases.append({"name": name, "pixels": picture.flatten().tolist(), "centred": centred(picture).flatten().tolist()})
    content = {"side": SIDE, "cases": cases}
    pathlib.Path(__file__).with_name("drawn.json").write_text(json.dumps(content) + "\n")

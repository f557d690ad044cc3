"""Makes the exact values that ElementaryTests compares with: `python elementary.py`, with mpmath 1.3.

Writes elementary.json: for each function pairs of an argument and the double nearest to its value there.
"""

import json
import math
import pathlib
import random

import mpmath

mpmath.mp.prec = 400
draws = random.Random(1)


def spread(low, high, count):
    return [draws.uniform(low, high) for _ in range(count)]


def around(points, width=1e-3, count=4):
    return [x + draws.uniform(-width, width) for x in points for _ in range(count)] + list(points)


ANGLES = spread(-7, 7, 120) + spread(-1e5, 1e5, 40) + around([n * math.pi / 4 for n in range(-8, 9)], 1e-6)
FUNCTIONS = {
    "exponential": (mpmath.exp, spread(-40, 1, 120) + spread(-745, 709, 80)
                    + around([0, 1, -0.34657, 0.34658, -708.4, -740], 1e-6) + [1e-300, -1e-17]),
    "logarithm": (mpmath.log, [math.exp(x) for x in spread(-700, 700, 80)] + spread(0, 1, 80)
                  + around([1, 0.70710678, 1.41421356, 2], 1e-6) + around([1], 1e-12) + [5e-324, 1.7e308]),
    "logarithm of 1 plus": (mpmath.log1p, spread(0, 1, 80) + [math.exp(-x) for x in spread(0, 60, 80)] + [0, 1]),
    "sine": (mpmath.sin, ANGLES),
    "cosine": (mpmath.cos, ANGLES),
}

content = {name: [[x, float(function(mpmath.mpf(x)))] for x in arguments]
           for name, (function, arguments) in FUNCTIONS.items()}
path = pathlib.Path(__file__).with_name("elementary.json")
lines = [f"{json.dumps(name)}: {json.dumps(pairs)}" for name, pairs in content.items()]
path.write_text("{\n" + ",\n".join(lines) + "\n}\n")

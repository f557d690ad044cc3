"""Fits a polynomial to noisy points of a sine, and measures it on new ones; needs Python only."""

import argparse
import json
import math
import random

parser = argparse.ArgumentParser()
parser.add_argument("--degree", type=int, required=True)
parser.add_argument("--noise", type=float, required=True)
parser.add_argument("--seed", type=int, required=True)
options = parser.parse_args()


def points(count, stream):
    """Points (x, y) of the noisy sine; each set has a random stream of its own."""
    rng = random.Random(f"{stream} {options.seed}")
    xs = [2 * rng.random() - 1 for _ in range(count)]
    return [(x, math.sin(3 * x) + options.noise * rng.gauss(0, 1)) for x in xs]


def solve(matrix, vector):
    """Gauss's elimination with pivots."""
    rows = [row + [value] for row, value in zip(matrix, vector)]
    for column in range(len(rows)):
        pivot = max(range(column, len(rows)), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(column + 1, len(rows)):
            factor = rows[row][column] / rows[column][column]
            rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column])]
    result = [0.0] * len(rows)
    for row in reversed(range(len(rows))):
        known = sum(rows[row][k] * result[k] for k in range(row + 1, len(rows)))
        result[row] = (rows[row][-1] - known) / rows[row][row]
    return result


def powers(x):
    return [x**k for k in range(options.degree + 1)]


train, valid = points(15, "train"), points(200, "valid")
design = [powers(x) for x, _ in train]
# A touch of ridge keeps the normal equations solvable at high degrees.
normal = [
    [sum(row[i] * row[j] for row in design) + (1e-9 if i == j else 0) for j in range(len(design[0]))]
    for i in range(len(design[0]))
]
weights = solve(normal, [sum(row[i] * y for row, (_, y) in zip(design, train)) for i in range(len(design[0]))])


def loss(data):
    """Mean squared error."""
    return sum((sum(w * p for w, p in zip(weights, powers(x))) - y) ** 2 for x, y in data) / len(data)


print(json.dumps({"final": {"train_loss": loss(train), "valid_loss": loss(valid)}}))

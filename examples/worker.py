"""Makes one run after another in one process, so that what it imports is paid for once; needs Python only.

Fits a line to noisy points by gradient descent. A run is a line of standard input; its final line, which names it, ends it.
"""

import json
import random
import sys


def train(seed, learning_rate, steps):
    """The mean squared error on new points after that many steps."""
    rng = random.Random(seed)
    points = [(x, 2 * x + 1 + 0.3 * rng.gauss(0, 1)) for x in (2 * rng.random() - 1 for _ in range(40))]
    train, valid = points[:20], points[20:]
    slope, offset = 0.0, 0.0

    def loss(data):
        return sum((slope * x + offset - y) ** 2 for x, y in data) / len(data)

    for step in range(1, steps + 1):
        errors = [(slope * x + offset - y, x) for x, y in train]
        slope -= learning_rate * 2 * sum(error * x for error, x in errors) / len(errors)
        offset -= learning_rate * 2 * sum(error for error, _ in errors) / len(errors)
        if step % 10 == 0:
            print(json.dumps({"step": step, "valid_loss": loss(valid)}))
    return {"train_loss": loss(train), "valid_loss": loss(valid)}


for line in sys.stdin:
    run = json.loads(line)
    final = train(run["seed"], **run["settings"])
    print(json.dumps({"final": final, "run": run["run"]}), flush=True)

"""Ridge regression on noisy lines, with the flags that a script has: what does shrinking do?"""
import argparse
import random

import sweeplab as sl

parser = argparse.ArgumentParser()
parser.add_argument("--penalty", type=float, default=0.0)
parser.add_argument("--points", type=int, default=10)
parser.add_argument("--seed", type=int, default=0)
arguments = parser.parse_args()

draws = random.Random(arguments.seed)


def sample(count):
    xs = [draws.uniform(-1, 1) for _ in range(count)]
    return [(x, 2 * x + draws.gauss(0, 1)) for x in xs]


def loss(slope, points):
    return sum((y - slope * x) ** 2 for x, y in points) / len(points)


train, valid = sample(arguments.points), sample(1000)
best = sum(x * y for x, y in train) / (sum(x * x for x, _ in train) + arguments.penalty)
slope = 0.0
for epoch in range(1, 11):
    slope += 0.5 * (best - slope)
    sl.log(epoch=epoch, train_loss=loss(slope, train))
sl.final(train_loss=loss(slope, train), valid_loss=loss(slope, valid))
if not sl.is_swept():
    print(f"slope {slope:.3f}, validation loss {loss(slope, valid):.3f}")

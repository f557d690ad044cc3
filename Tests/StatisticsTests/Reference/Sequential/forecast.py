#!/usr/bin/env python3
"""What the rule costs, simulated apart from the program: forecast.py [REPETITIONS]. numpy, scipy; prints settled share and mean seeds.

One question, looks at 5, 8, 12, 20, given up below a chance of 5 %; the smallest change that matters is 1. Then wrong labels at a true
change of plus and minus 1, for normal, t(3) and skewed (lognormal 0.5) differences of spread 1.
"""
import sys
import numpy as np
from scipy import stats
from refseq import GIVE_UP, levels
R = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
LOOKS, DELTA = (5, 8, 12, 20), 1.0
A, B = levels(LOOKS, 0.025), levels(LOOKS, 0.05)

def noise(kind, rng):
    size = (R, LOOKS[-1])
    if kind == "t(3)":
        return rng.standard_t(3, size) / np.sqrt(3)
    if kind == "skewed":
        mean = np.exp(0.125)
        return (np.exp(0.5 * rng.standard_normal(size)) - mean) / (mean * np.sqrt(np.exp(0.25) - 1))
    return rng.standard_normal(size)

def simulate(effect, sd, rng, kind="normal"):
    x = effect + sd * noise(kind, rng)
    stopped, settled, seeds = np.zeros(R, bool), np.zeros(R, bool), np.full(R, LOOKS[-1])
    labels = dict(up=0, down=0, none=0)
    N = LOOKS[-1]
    for k, n in enumerate(LOOKS):
        mean, s = x[:, :n].mean(1), x[:, :n].std(1, ddof=1)
        se = s / np.sqrt(n)
        wide, narrow = stats.t.isf(A[k], n - 1) * se, stats.t.isf(B[k], n - 1) * se
        now = ~stopped & ((np.abs(mean) - wide > DELTA) | (np.abs(mean) + narrow < DELTA))
        settled |= now
        labels["up"] += (now & (mean - wide > DELTA)).sum()
        labels["down"] += (now & (mean + wide < -DELTA)).sum()
        labels["none"] += (now & (np.abs(mean) + narrow < DELTA)).sum()
        if k + 1 < len(LOOKS):
            error, last = s * np.sqrt(1 / n - 1 / N), s / np.sqrt(N)
            u, v = stats.t.isf(A[-1], N - 1) * last, stats.t.isf(B[-1], N - 1) * last
            sf = lambda bound: stats.t.sf((bound - mean) / error, n - 1)
            chance = sf(DELTA + u) + stats.t.sf((DELTA + u + mean) / error, n - 1) + np.where(v < DELTA, sf(v - DELTA) - sf(DELTA - v), 0)
            now |= ~stopped & ~now & (chance < GIVE_UP)
        seeds[now] = n
        stopped |= now
    return settled.mean(), seeds.mean(), {k: v / R for k, v in labels.items()}

for effect, sd in ((2, 1), (0, 1 / 0.7), (1, 1)):
    share, mean, _ = simulate(effect, sd, np.random.default_rng(20260))
    print(f"change {effect}, sd {sd:.4f}: {share:.4f} settled, {mean:.3f} seeds, {R} tables")
for kind in ("normal", "t(3)", "skewed"):
    for effect in (1, -1):
        labels = simulate(effect, 1, np.random.default_rng(20261), kind)[2]
        print(f"{kind}, change {effect}: " + ", ".join(f"{k} {100 * v:.2f} %" for k, v in labels.items()))

#!/usr/bin/env python3
"""What the rule costs, simulated apart from the program: forecast.py [REPETITIONS]. numpy, scipy; prints settled share and mean seeds.

One question with normal differences, looks at 5, 8, 12, 20, given up below a chance of 5 %; the smallest change that matters is 1.
"""
import sys
import numpy as np
from scipy import stats
from refseq import GIVE_UP, levels
R = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
LOOKS, DELTA = (5, 8, 12, 20), 1.0
A, B = levels(LOOKS, 0.025), levels(LOOKS, 0.05)

def simulate(effect, sd, rng):
    x = effect + sd * rng.standard_normal((R, LOOKS[-1]))
    stopped, settled, seeds = np.zeros(R, bool), np.zeros(R, bool), np.full(R, LOOKS[-1])
    N = LOOKS[-1]
    for k, n in enumerate(LOOKS):
        mean, s = x[:, :n].mean(1), x[:, :n].std(1, ddof=1)
        se = s / np.sqrt(n)
        wide, narrow = stats.t.isf(A[k], n - 1) * se, stats.t.isf(B[k], n - 1) * se
        now = ~stopped & ((np.abs(mean) - wide > DELTA) | (np.abs(mean) + narrow < DELTA))
        settled |= now
        if k + 1 < len(LOOKS):
            error, last = s * np.sqrt(1 / n - 1 / N), s / np.sqrt(N)
            u, v = stats.t.isf(A[-1], N - 1) * last, stats.t.isf(B[-1], N - 1) * last
            sf = lambda bound: stats.t.sf((bound - mean) / error, n - 1)
            chance = sf(DELTA + u) + stats.t.sf((DELTA + u + mean) / error, n - 1) + np.where(v < DELTA, sf(v - DELTA) - sf(DELTA - v), 0)
            now |= ~stopped & ~now & (chance < GIVE_UP)
        seeds[now] = n
        stopped |= now
    return settled.mean(), seeds.mean()

for effect, sd in ((2, 1), (0, 1 / 0.7), (1, 1)):
    share, mean = simulate(effect, sd, np.random.default_rng(20260))
    print(f"change {effect}, sd {sd:.4f}: {share:.4f} settled, {mean:.3f} seeds, {R} tables")

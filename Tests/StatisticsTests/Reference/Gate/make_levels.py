"""Writes levels.json: the levels of LORD++ as the package online-fdr computes them, for series of p values.

    pip install online-fdr==1.0.0 && python3 make_levels.py

The starting wealth is half of the share, as in the program.
"""

import json
import random
from importlib.metadata import version
from pathlib import Path

from online_fdr.p_values.investing.lord.plus_plus import LordPlusPlus

rng = random.Random(13)
series = [
    {"name": "nothing found", "share": 0.05, "p": [0.5] * 60},
    {"name": "all found", "share": 0.05, "p": [0.0] * 30},
    {"name": "a quarter true", "share": 0.1, "p": [1e-9 if rng.random() < 0.25 else rng.random() for _ in range(200)]},
    {"name": "found late", "share": 0.2, "p": [0.9] * 97 + [0.0, 0.9, 0.0] + [0.9] * 20},
]
for entry in series:
    test = LordPlusPlus(alpha=entry["share"], wealth=entry["share"] / 2)
    entry["levels"], entry["found"] = [], []
    for number, p in enumerate(entry.pop("p"), 1):
        if test.test_one(p):
            entry["found"].append(number)
        entry["levels"].append(test.alpha)
made_with = {"online-fdr": version("online-fdr")}
text = json.dumps({"made_with": made_with, "series": series}, indent=1)
Path(__file__).with_name("levels.json").write_text(text + "\n")

#!/usr/bin/env python3
"""Do verdicts keep their promise where runs are lost, and not at random?

Simulates grids whose true change is known, loses runs of them in ways that networks do, and has `sweep effects` judge
what is left: every column of a table is a grid of its own. Counts settled verdicts that contradict the truth:

    up    although the change is at most +δ      promised in at most 2.5 %
    down  although the change is at least −δ     promised in at most 2.5 %
    none  although the change is δ or more       promised in at most 5 %

    python3 lost_runs.py BINARY [GRIDS]

The same grids are judged by the rule of earlier versions too, which used every seed with half of the settings
("min_coverage": 0.5), to show what the rule is for. Exits with 1 when a row of today's rule is above its promise by
more than four standard errors of a simulated share.
"""
import csv
import json
import math
import pathlib
import random
import subprocess
import sys
import tempfile

SEEDS, DELTA, BATCH = 8, 0.5, 250


class Row:
    """One way to lose runs, with the truth that it is to be judged by.

    changes  the true change in each setting; their mean is the truth
    lost     says of arm, setting, seed, the seed's luck and the value whether the run is lost
    shared   the share of the noise that both arms of a seed have in common
    """

    def __init__(self, name, changes, lost, shared=0.7):
        self.name, self.changes, self.lost, self.shared = name, changes, lost, shared

    def grid(self, draw):
        """The rows of one grid: value or None by (arm, setting, seed)."""
        found = {}
        for seed in range(SEEDS):
            luck = draw.gauss(0, 1)
            for setting, change in enumerate(self.changes):
                for arm in (0, 1):
                    noise = math.sqrt(self.shared) * luck + math.sqrt(1 - self.shared) * draw.gauss(0, 1)
                    value = arm * change + noise
                    lost = self.lost(arm, setting, seed, luck, value, draw)
                    found[arm, setting, seed] = None if lost else value
        return found


def nothing(arm, setting, seed, luck, value, draw):
    return False


def hot_arm(arm, setting, seed, luck, value, draw):
    return arm == 1 and value > 0.5


def either_arm(arm, setting, seed, luck, value, draw):
    return value > 0.8


def bold_arm(arm, setting, seed, luck, value, draw):
    return arm == 1 and value > -0.3


def at_random(arm, setting, seed, luck, value, draw):
    return draw.random() < 0.1


def hot_arm_at_random(arm, setting, seed, luck, value, draw):
    return arm == 1 and draw.random() < 0.3


def last_settings(arm, setting, seed, luck, value, draw):
    return seed >= SEEDS // 2 and setting >= 2


def unlucky_settings(arm, setting, seed, luck, value, draw):
    return luck > 0.3 and setting >= 2


def unlucky_seeds(arm, setting, seed, luck, value, draw):
    return luck > 0.7


ROWS = []
for truth in (0, DELTA, -DELTA):
    ROWS += [
        Row("nothing lost", [truth], nothing),
        Row("the hot arm above a limit", [truth], hot_arm),
        Row("the hot arm, all but its best runs", [truth] * 4, bold_arm, shared=0.2),
        Row("either arm above a limit", [truth], either_arm),
        Row("either arm above a limit, arms alike", [truth], either_arm, shared=0.95),
        Row("one in ten at random", [truth] * 4, at_random),
        Row("the hot arm, three in ten", [truth], hot_arm_at_random),
        Row("unlucky seeds, both arms", [truth], unlucky_seeds),
        Row("half of the seeds lack the last settings", [truth - 1.5, truth - 1.5, truth + 1.5, truth + 1.5], last_settings),
        Row("unlucky seeds lose the last settings", [truth - 1.5, truth - 1.5, truth + 1.5, truth + 1.5], unlucky_settings),
    ]


def verdicts(binary, row, grids, folder, rule):
    settings = [str(setting) for setting in range(len(row.changes))]
    names = [f"y{place}" for place in range(len(grids))]
    design = {
        **rule,
        "factors": [{"name": "arm", "levels": ["0", "1"]}, {"name": "setting", "levels": settings}],
        "metrics": [{"name": name, "delta": DELTA} for name in names],
    }
    (folder / "design.json").write_text(json.dumps(design))
    with open(folder / "runs.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["arm", "setting", "seed", *names])
        for arm, setting, seed in grids[0]:
            values = [grid[arm, setting, seed] for grid in grids]
            writer.writerow([arm, setting, seed, *("" if value is None else repr(value) for value in values)])
    done = subprocess.run(
        [binary, "effects", "runs.csv", "--design", "design.json", "--format", "json"],
        cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    effects = json.loads(done.stdout)["effects"]
    return [effects[name]["main"][0]["outcome"] for name in names]


def wrong(truth, outcomes):
    """The shares of verdicts that contradict the truth, with what was promised."""
    count = len(outcomes)
    shares = []
    if truth <= DELTA:
        shares.append(("up", outcomes.count("up") / count, 0.025))
    if truth >= -DELTA:
        shares.append(("down", outcomes.count("down") / count, 0.025))
    if abs(truth) >= DELTA:
        shares.append(("none", outcomes.count("none") / count, 0.05))
    return shares


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        print(f"{count} grids a row, {SEEDS} seeds, δ = {DELTA}; in brackets: every seed with half of the settings")
        for number, row in enumerate(ROWS):
            draw = random.Random(number)
            truth = sum(row.changes) / len(row.changes)
            now, before = [], []
            for start in range(0, count, BATCH):
                grids = [row.grid(draw) for _ in range(min(BATCH, count - start))]
                now += verdicts(binary, row, grids, folder, {})
                before += verdicts(binary, row, grids, folder, {"min_coverage": 0.5})
            settled = sum(outcome is not None for outcome in now) / count
            told = []
            for (label, share, promise), (_, old, _) in zip(wrong(truth, now), wrong(truth, before)):
                slack = 4 * math.sqrt(promise * (1 - promise) / count)
                isBroken = share > promise + slack
                failed += isBroken
                told.append(f"{label} {share:.2%} ({old:.2%}){' BROKEN' if isBroken else ''}")
            print(f"  change {truth:+.1f}, {row.name}: {', '.join(told)}; settled {settled:.0%}", flush=True)
    print(f"{failed} promises broken" if failed else "every promise was kept")
    sys.exit(failed > 0)


main()

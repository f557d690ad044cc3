"""One experiment of 100 metrics with a known change, analysed by the program: coverage.py SWEEP SEEDS SEED.

Prints the share of the 95 % intervals that hold the change, and of the verdicts that say its opposite or that there is none.
"""
import csv
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

METRICS, CHANGE, SCATTER, DELTA = 100, 0.05, 0.05, 0.02


def main(program, seeds, seed):
    draw = random.Random(seed)
    names = [f"m{number}" for number in range(METRICS)]
    with tempfile.TemporaryDirectory() as name:
        table, design = Path(name) / "runs.csv", Path(name) / "design.json"
        with open(table, "w", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["arm", "seed", *names])
            for one in range(seeds):
                luck = [draw.gauss(0, 0.3) for _ in names]
                for arm, change in (("before", 0), ("after", CHANGE)):
                    rows.writerow([arm, one, *(round(own + change + draw.gauss(0, SCATTER), 6) for own in luck)])
        design.write_text(json.dumps({
            "factors": [{"name": "arm", "levels": ["before", "after"]}],
            "metrics": [{"name": metric, "better": "higher", "delta": DELTA} for metric in names]}))
        answer = subprocess.run([program, "effects", table, "--design", design, "--format", "json"], capture_output=True,
                                text=True, check=True).stdout
    found = [effects["main"][0] for effects in json.loads(answer)["effects"].values()]
    holds = sum(low <= CHANGE <= high for low, high in (one["ci95"] for one in found))
    settled = sum(one["outcome"] is not None for one in found)
    print(json.dumps({"final": {"coverage": holds / len(found), "settled": settled / len(found)}}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))

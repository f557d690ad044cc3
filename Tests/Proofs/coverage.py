#!/usr/bin/env python3
"""Do the intervals keep their promise on networks, and not only on simulated numbers?

Runs a small grid with 20 seeds, takes what all of them say as the truth, and analyses 1,000 random
subsets of 5 seeds with the binary itself. Counts how often a subset's 95 % interval covers the truth,
and how often a settled verdict of a subset is another than the settled verdict of all seeds.
Subsets overlap with the whole, so that about 97 % coverage is what an exact interval would show.

    python3 coverage.py BINARY [SUBSETS]

Exits with 1 when coverage is under 95 % or more than 5 % of the settled verdicts are overturned.
"""
import csv
import json
import pathlib
import random
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SPEC = pathlib.Path(__file__).with_name("coverage.json")
SEEDS, SUBSET = 20, 5


def run(binary, *arguments, folder):
    done = subprocess.run([binary, *map(str, arguments)], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, arguments))}: {done.stderr}")
    return done.stdout


def contrasts(binary, header, rows, folder):
    """Every contrast of an analysis by its name: main effects and two-way interactions."""
    table = folder / "subset.csv"
    with open(table, "w", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    output = run(binary, "effects", table, "--design", folder / "design.json", "--format", "json", folder=folder)
    found = {}
    for metric, effects in json.loads(output)["effects"].items():
        for one in effects["main"]:
            found[metric, f"{one['factor']} {one['from']}→{one['to']}"] = one
        for one in effects["interactions"]:
            found[metric, f"{one['factor_a']} × {one['factor_b']}"] = one
    return found


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    subsets = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    spec = json.loads(SPEC.read_text())
    design = {
        "factors": [
            {"name": name, "levels": [str(level) for level in levels]} for name, levels in spec["axes"].items()
        ],
        "metrics": [{"name": name, **rules} for name, rules in spec["metrics"].items()],
    }
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "design.json").write_text(json.dumps(design))
        run(binary, "run", SPEC, "--set", f"seeds={SEEDS}", "--quiet", folder=folder)
        table = list(csv.reader(run(binary, "report", spec["name"], "--format", "csv", folder=folder).splitlines()))
        header, rows = table[0], table[1:]
        seed = header.index("seed")
        truth = contrasts(binary, header, rows, folder)
        draw = random.Random(1)
        covered, overturned, settled, counted = {}, 0, 0, 0
        for _ in range(subsets):
            chosen = {str(one) for one in draw.sample(range(SEEDS), SUBSET)}
            part = contrasts(binary, header, [row for row in rows if row[seed] in chosen], folder)
            for key, one in part.items():
                low, high = one["ci95"]
                covered.setdefault(key, []).append(low <= truth[key]["estimate"] <= high)
                if one["outcome"] is not None:
                    counted += 1
                    if truth[key]["outcome"] is not None:
                        settled += 1
                        overturned += one["outcome"] != truth[key]["outcome"]
    every = [hit for hits in covered.values() for hit in hits]
    coverage = sum(every) / len(every)
    share = overturned / settled
    print(f"{len(rows)} runs, {SEEDS} seeds, {len(truth)} contrasts, {subsets} subsets of {SUBSET} seeds")
    for key, hits in sorted(covered.items(), key=lambda item: sum(item[1]) / len(item[1])):
        print(f"  {sum(hits) / len(hits):7.2%}  {key[0]}: {key[1]}")
    print(f"covered: {sum(every)} of {len(every)} intervals, {coverage:.2%}")
    print(f"settled by 5 seeds: {counted} of {len(every)} verdicts, {counted / len(every):.1%}")
    print(f"overturned: {overturned} of the {settled} that all seeds settle too, {share:.2%}")
    sys.exit(coverage < 0.95 or share > 0.05)


main()

#!/usr/bin/env python3
"""Full and partial factorials, and what statsmodels and SciPy make of them: python3 make.py

`shares`: the sums of squares of statsmodels' anova_lm over the total, and the jackknife over seeds of the same.
`part`: 11 of 24 cells; statsmodels' OLS fit of main effects in each seed, and SciPy's one-sample t of the seeds'
coefficients. `alias`: the half of a 2×2×2 grid in which the third factor is the product of the others.
`strata`: Welch's t by settings, each counting the same, with Satterthwaite's degrees of freedom.
"""
import itertools
import json
import pathlib

import numpy as np
import pandas as pd
import scipy
import statsmodels
import statsmodels.formula.api as smf
from scipy import stats
from statsmodels.stats.anova import anova_lm

LEVELS = {"a": 2, "b": 3, "c": 4}
SEEDS = 5
rng = np.random.default_rng(13)


def response(cell, luck):
    a, b, c = cell
    return 0.4 * a + [0, 0.3, -0.1][b] + 0.2 * a * (b == 2) - 0.05 * c + luck + rng.normal(0, 0.08)


def table(cells):
    rows = []
    for seed in range(SEEDS):
        luck = rng.normal(0, 0.1)
        rows += [dict(zip("abc", cell), s=seed, y=round(response(cell, luck), 12)) for cell in cells]
    return pd.DataFrame(rows)


def shares_of(data):
    fit = smf.ols("y ~ C(a) + C(b) + C(c) + C(a):C(b) + C(a):C(c) + C(b):C(c) + C(s)", data).fit()
    squares = anova_lm(fit, typ=1)["sum_sq"]
    order = ["C(a)", "C(b)", "C(c)", "C(a):C(b)", "C(a):C(c)", "C(b):C(c)", "C(s)", "Residual"]
    total = ((data.y - data.y.mean()) ** 2).sum()
    return np.array([squares[name] / total for name in order]), total / len(data)


def shares():
    data = table(list(itertools.product(*(range(n) for n in LEVELS.values()))))
    whole, variance = shares_of(data)
    left = np.array([shares_of(data[data.s != seed])[0] for seed in range(SEEDS)])
    error = np.sqrt((SEEDS - 1) / SEEDS * ((left - left.mean(axis=0)) ** 2).sum(axis=0))
    half = stats.t.isf(0.025, SEEDS - 1) * error
    return {
        "rows": data.values.tolist(), "variance": variance, "shares": whole.tolist(),
        "lower": np.maximum(0, whole - half).tolist(), "upper": np.minimum(1, whole + half).tolist(),
    }


def part():
    cells = list(itertools.product(*(range(n) for n in LEVELS.values())))
    chosen = sorted(rng.choice(len(cells), 11, replace=False).tolist())
    data = table([cells[place] for place in chosen])
    found = []
    for factor, count in LEVELS.items():
        for level in range(1, count):
            name = f"C({factor})[T.{level}]"
            effects = [
                smf.ols("y ~ C(a) + C(b) + C(c)", data[data.s == seed]).fit().params[name] for seed in range(SEEDS)
            ]
            test = stats.ttest_1samp(effects, 0)
            found.append({
                "factor": factor, "to": level, "per_seed": effects, "estimate": float(np.mean(effects)),
                "t": float(test.statistic), "p": float(test.pvalue),
                "ci95": [float(end) for end in test.confidence_interval(0.95)],
            })
    return {"rows": data.values.tolist(), "effects": found}


def strata():
    groups = [
        [[round(x, 12) for x in rng.normal(mean, spread, count)] for mean, spread, count in pair]
        for pair in (((0.9, 0.01, 4), (0.93, 0.03, 5)), ((0.8, 0.02, 3), (0.82, 0.02, 6)))
    ]
    estimate = np.mean([np.mean(after) - np.mean(before) for before, after in groups])
    parts = [(np.var(side, ddof=1) / len(side) / len(groups) ** 2, len(side) - 1) for pair in groups for side in pair]
    variance = sum(part for part, _ in parts)
    freedom = variance**2 / sum(part**2 / df for part, df in parts)
    half = stats.t.isf(0.025, freedom) * np.sqrt(variance)
    single = stats.ttest_ind(groups[0][1], groups[0][0], equal_var=False)
    return {
        "groups": groups, "estimate": float(estimate), "df": float(freedom), "t": float(estimate / np.sqrt(variance)),
        "ci95": [float(estimate - half), float(estimate + half)],
        "first": {"t": float(single.statistic), "df": float(single.df)},
    }


here = pathlib.Path(__file__).resolve().parent
document = {
    "versions": {"numpy": np.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__},
    "shares": shares(), "part": part(), "strata": strata(),
}
(here / "factorials.json").write_text(json.dumps(document) + "\n")

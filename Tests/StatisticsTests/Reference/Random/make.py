"""Makes random.json: random designs with gaps, and what NumPy, SciPy and statsmodels make of them.

An independent second look at the formulas: dense arrays with NaN for what is missing, and library tests where there
are any (ttest_1samp, ttost_paired, multipletests, permutation_test). It shares no code with ../refstats.py.
Run: python make.py   (versions are written into the file; deterministic: NumPy's PCG64 with a fixed seed)"""
import itertools, json, math, os, platform, warnings
import numpy as np, scipy, statsmodels
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.weightstats import ttost_paired
warnings.filterwarnings("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(715_517)
DESIGNS = 28
CLOSEST = 1e-7  # no decision may be closer to its threshold, or rounding could flip it


class TooClose(Exception):
    pass


# ---------------------------------------------------------------- inputs
def random_design(number):
    shapes = [(2,), (3,), (1,), (2, 2), (3, 2), (4, 2), (2, 3, 2), (1, 3, 2), (2, 2, 2), (2, 2, 2, 2), (5,), (3, 3)]
    factors = []
    for i, count in enumerate(shapes[number % len(shapes)]):
        ordered = bool(rng.integers(2))
        factor = dict(name=f"f{i}", levels=[f"L{j}" for j in range(count)], ordered=ordered)
        if ordered and rng.integers(2):
            factor["scores"] = sorted(float(x) for x in np.round(rng.normal(0, 3, count), 2))
        factors.append(factor)
    metrics = [dict(name="m0", delta=float(rng.choice([0.0, 0.1, 0.4])), scale="linear"),
               dict(name="m1", delta=float(rng.choice([0.05, 0.25])), scale="log")]
    seeds = [int(s) for s in rng.choice(np.arange(-40, 900), size=int(rng.choice([1, 2, 3, 4, 5, 6, 8, 12])), replace=False)]
    if number % 5 == 0:
        seeds[0] = 2**53 + 7
    return dict(alpha=float(rng.choice([0.05, 0.05, 0.1])), min_coverage=float(rng.choice([0.5, 0.5, 0.8, 0.0])),
                factors=factors, metrics=metrics), seeds


def random_rows(design, seeds, number):
    levels = [f["levels"] for f in design["factors"]]
    offset = float(rng.choice([0.0, 5.0, 1e6]))
    gap = float(rng.choice([0.0, 0.0, 0.1, 0.3]))
    effect = {(i, l): rng.normal(0, 1.2) for i, ls in enumerate(levels) for l in ls}
    slope = {(i, l, s): rng.normal(0, 0.3) for i, ls in enumerate(levels) for l in ls for s in seeds}
    seed_part = {s: rng.normal(0, 1) for s in seeds}
    rows = []
    for cell in itertools.product(*levels):
        for s in seeds:
            if rng.random() < gap:
                continue
            y = offset + seed_part[s] + sum(effect[i, l] + slope[i, l, s] for i, l in enumerate(cell)) + rng.normal(0, 0.2)
            m0 = round(float(y), int(rng.choice([1, 6])))
            m1 = round(float(math.exp(0.1 * (y - offset))), 8)
            if number % 6 == 3:  # a factor that reaches nothing
                m0 = round(offset + seed_part[s], 6)
            if number % 6 == 5:  # a factor that adds the same in every seed
                m0 = round(offset + seed_part[s], 6) + 0.5 * levels[0].index(cell[0])
            rows.append([("ok" if rng.random() > 0.04 else "failed"), *cell, s, m0, m1])
    for r in list(rows):
        u = rng.random()
        if u < 0.03:
            r[-2] = str(rng.choice(["nan", "inf", "-inf", "", "n/a"]))
        elif u < 0.06:
            r[-1] = float(rng.choice([0.0, -1.0]))
        elif u < 0.09:
            again = list(r); again[0] = "ok"; again[-1] = 1.5; rows.append(again)
        elif u < 0.11:
            foreign = list(r); foreign[1] = "elsewhere"; rows.append(foreign)
    return rows


# ---------------------------------------------------------------- the dense array
def dense(design, rows, k):
    """Array (levels of f0, f1, ..., seed) of metric k; the last ok row of a place wins."""
    seeds = sorted({r[-3] for r in rows})
    shape = [len(f["levels"]) for f in design["factors"]] + [len(seeds)]
    Y = np.full(shape, np.nan)
    for r in rows:
        cell = r[1:1 + len(design["factors"])]
        if r[0] != "ok" or any(l not in f["levels"] for l, f in zip(cell, design["factors"])):
            continue
        try:
            value = float(r[-2 + k])
        except ValueError:
            value = math.nan
        if design["metrics"][k]["scale"] == "log":
            value = math.log(value) if value > 0 and math.isfinite(value) else math.nan
        Y[tuple(f["levels"].index(l) for l, f in zip(cell, design["factors"])) + (seeds.index(r[-3]),)] = (
            value if math.isfinite(value) else math.nan)
    return Y, seeds


def close_to(*pairs):
    for value, threshold in pairs:
        if abs(value - threshold) < CLOSEST:
            raise TooClose


def judge(slices, weights, seeds, delta, alpha, coverage):
    """slices: arrays (settings..., seed), one per part, weights: one each -> the result of the contrast"""
    stack = np.stack([s.reshape(-1, len(seeds)) for s in slices])               # (part, setting, seed)
    usable = np.isfinite(stack).all(axis=0)
    # Differences of values around a million need every digit of the sum.
    V = np.full(usable.shape, np.nan)
    for c, s in np.argwhere(usable):
        V[c, s] = math.fsum(w * y for w, y in zip(weights, stack[:, c, s]))
    k = usable.sum(axis=0)
    used = (k > 0) & (k >= coverage * k.max(initial=0))
    V[:, ~used] = np.nan
    out = dict.fromkeys("status n_seeds seeds dropped_seeds n_settings n_tuples per_seed estimate sd se df t p ci95 ci90 p_tost p_up "
                        "p_down outcome lean ruled_out tuples_up tuples_down tuples_tied prob_superiority settings_up settings_down "
                        "seeds_up seeds_down p_signflip n_to_settle complete_case_estimate".split())
    n = int(used.sum())
    out.update(n_seeds=n, seeds=[s for s, u in zip(seeds, used) if u], dropped_seeds=[s for s, u, c in zip(seeds, used, k) if c and not u],
               ruled_out=[], per_seed=[])
    if n == 0:
        out.update(status="no_pairs", n_settings=0, n_tuples=0, tuples_up=0, tuples_down=0, tuples_tied=0, settings_up=0,
                   settings_down=0, seeds_up=0, seeds_down=0)
        return out
    D = np.nanmean(V[:, used], axis=0)
    kept = V[np.isfinite(V)]
    tol = 1e-12 * np.abs(stack[:, usable & used]).max()
    rows = np.isfinite(V).any(axis=1)
    by_setting = np.nanmean(V[rows], axis=1)
    complete = np.isfinite(V[:, used]).all(axis=1)
    est = float(D.mean())
    up, down = int((kept > tol).sum()), int((kept < -tol).sum())
    out.update(n_settings=int(rows.sum()), n_tuples=len(kept), per_seed=D.tolist(), estimate=est, tuples_up=up, tuples_down=down,
               tuples_tied=len(kept) - up - down, prob_superiority=(up + (len(kept) - up - down) / 2) / len(kept),
               settings_up=int((by_setting > tol).sum()), settings_down=int((by_setting < -tol).sum()),
               seeds_up=int((D > tol).sum()), seeds_down=int((D < -tol).sum()),
               complete_case_estimate=float(V[complete][:, used].mean()) if complete.any() else None)
    if n == 1:
        out["status"] = "single_seed"
        return out
    sd = float(D.std(ddof=1))
    out["sd"] = sd
    flips = [abs(np.dot(signs, D)) >= abs(D.sum()) - 1e-12 * np.abs(D).sum() for signs in itertools.product((1, -1), repeat=n)]
    out["p_signflip"] = float(np.mean(flips))
    if sd <= tol:
        same = abs(est) <= tol
        out["status"] = "identical" if same else "zero_variance"
        if same:
            out["p_signflip"] = 1.0
            if delta > 0:
                out.update(outcome="none", ruled_out=["down", "up"])
        return out
    # Two numbers only have two sign patterns that tell: nothing for a library to add below three seeds.
    if n >= 3:
        lib = stats.permutation_test((D,), lambda x, axis: x.mean(axis=axis), permutation_type="samples", n_resamples=np.inf,
                                     vectorized=True).pvalue
        assert math.isclose(lib, out["p_signflip"], abs_tol=1e-12), (lib, out["p_signflip"])
    test = stats.ttest_1samp(D, 0.0)
    wide, narrow = test.confidence_interval(1 - alpha), test.confidence_interval(1 - 2 * alpha)
    p_tost = float(ttost_paired(D, np.zeros(n), -delta, delta)[0])
    p_up = float(stats.ttest_1samp(D, delta, alternative="greater").pvalue)
    p_down = float(stats.ttest_1samp(D, -delta, alternative="less").pvalue)
    p_lower = float(stats.ttest_1samp(D, -delta, alternative="greater").pvalue)
    p_upper = float(stats.ttest_1samp(D, delta, alternative="less").pvalue)
    close_to((p_up, alpha / 2), (p_down, alpha / 2), (p_tost, alpha), (p_lower, alpha), (p_upper, alpha), (wide.low, 0), (wide.high, 0))
    outcome = "up" if wide.low > delta else "down" if wide.high < -delta else "none" if -delta < narrow.low and narrow.high < delta else None
    out.update(status="ok", se=sd / math.sqrt(n), df=n - 1, t=float(test.statistic), p=float(test.pvalue), ci95=[float(wide.low), float(wide.high)],
               ci90=[float(narrow.low), float(narrow.high)], p_tost=p_tost, p_up=p_up, p_down=p_down, outcome=outcome,
               lean="up" if wide.low > 0 else "down" if wide.high < 0 else None,
               ruled_out=(["down"] if p_lower < alpha else []) + (["none"] if outcome in ("up", "down") else []) + (["up"] if p_upper < alpha else []))
    if outcome is None and abs(est) != delta:
        gap, tail = abs(abs(est) - delta), alpha / 2 if abs(est) > delta else alpha
        N = np.arange(2, 1001)
        half = stats.t.ppf(1 - tail, N - 1) * sd / np.sqrt(N)
        if (np.abs(half / gap - 1) < CLOSEST).any():
            raise TooClose
        out["n_to_settle"] = int(N[half < gap][0]) if (half < gap).any() else None
    return out


def adjusted(ps, method):
    known = [p for p in ps if p is not None]
    values = iter(multipletests(known, method=method)[1].tolist() if known else [])
    return [None if p is None else next(values) for p in ps]


def analyse(design, rows, k):
    F, alpha, cov = design["factors"], design["alpha"], design["min_coverage"]
    metric = design["metrics"][k]
    delta = math.log1p(metric["delta"]) if metric["scale"] == "log" else metric["delta"]
    Y, seeds = dense(design, rows, k)
    take = lambda *places: Y[tuple(dict(places).get(i, slice(None)) for i in range(len(F)))]
    go = lambda slices, weights: judge(slices, weights, seeds, delta, alpha, cov)
    main, inter, trend, means = [], [], [], []
    for i, f in enumerate(F):
        for j in range(1, len(f["levels"])):
            main.append({"factor": f["name"], "from": f["levels"][0], "to": f["levels"][j], **go([take((i, 0)), take((i, j))], [-1, 1])})
        x = np.array(f.get("scores", range(len(f["levels"]))), float)
        if f["ordered"] and len(x) >= 3 and np.ptp(x) > 0:
            w = ((x - x.mean()) * np.ptp(x) / ((x - x.mean()) ** 2).sum()).tolist()
            # The fitted slope of each basis vector is the weight of its level.
            assert np.allclose(w, [np.polyfit(x, e, 1)[0] * np.ptp(x) for e in np.eye(len(x))], atol=1e-10)
            trend.append({"factor": f["name"], "weights": w, **go([take((i, j)) for j in range(len(x))], w)})
        every = [take((i, j)) for j in range(len(f["levels"]))]
        means.append({"factor": f["name"], "means": {l: go(every, [float(j == m) for m in range(len(every))])["estimate"]
                                                     for j, l in enumerate(f["levels"])}})
    for (i, f), (j, g) in itertools.combinations(enumerate(F), 2):
        for a, b in itertools.product(range(1, len(f["levels"])), range(1, len(g["levels"]))):
            slices = [take((i, a), (j, b)), take((i, 0), (j, b)), take((i, a), (j, 0)), take((i, 0), (j, 0))]
            inter.append({"factor_a": f["name"], "from_a": f["levels"][0], "to_a": f["levels"][a], "factor_b": g["name"],
                          "from_b": g["levels"][0], "to_b": g["levels"][b], **go(slices, [1, -1, -1, 1])})
    for r, p in zip(main, adjusted([r["p"] for r in main], "holm")): r["p_holm"] = p
    for r, p in zip(inter, adjusted([r["p"] for r in inter], "fdr_bh")): r["p_bh"] = p
    cells, squares, freedom = [], 0.0, 0
    for places in itertools.product(*[range(len(f["levels"])) for f in F]):
        v = Y[places][np.isfinite(Y[places])]
        sd = float(v.std(ddof=1)) if len(v) > 1 else None
        if sd is not None: squares += sd * sd * (len(v) - 1); freedom += len(v) - 1
        cells.append(dict(levels=[f["levels"][p] for f, p in zip(F, places)], n=len(v), mean=float(v.mean()) if len(v) else None, sd=sd))
    return dict(delta=delta, run_sd=math.sqrt(squares / freedom) if freedom else None, main=main, trend=trend, interactions=inter,
                level_means=means, cells=cells)


def questions(design, rows):
    """Contrasts at a cell: the other factors held at a random level, some of them averaged over."""
    F, out = design["factors"], []
    for k, metric in enumerate(design["metrics"]):
        Y, seeds = dense(design, rows, k)
        delta = math.log1p(metric["delta"]) if metric["scale"] == "log" else metric["delta"]
        for i, f in enumerate(F):
            if len(f["levels"]) < 2: continue
            a, b = (int(x) for x in rng.choice(len(f["levels"]), 2, replace=False))
            held = {j: int(rng.integers(len(g["levels"]))) for j, g in enumerate(F) if j != i and rng.random() < 0.6}
            pick = lambda l: Y[tuple(l if j == i else held.get(j, slice(None)) for j in range(len(F)))]
            out.append({"factor": f["name"], "from": f["levels"][a], "to": f["levels"][b], "metric": metric["name"],
                        "at": {F[j]["name"]: F[j]["levels"][l] for j, l in held.items()},
                        **judge([pick(a), pick(b)], [-1, 1], seeds, delta, design["alpha"], design["min_coverage"])})
    return out


def rounded(value):
    if isinstance(value, dict): return {k: rounded(v) for k, v in value.items()}
    if isinstance(value, list): return [rounded(v) for v in value]
    return float(f"{value:.13g}") if isinstance(value, float) else value


designs, number = [], 0
while len(designs) < DESIGNS:
    design, seeds = random_design(number)
    rows = random_rows(design, seeds, number)
    number += 1
    try:
        effects = {m["name"]: analyse(design, rows, k) for k, m in enumerate(design["metrics"])}
        asked = questions(design, rows)
    except TooClose:
        continue
    text = [[r if isinstance(r, str) else repr(r) for r in row] for row in rows]
    designs.append(dict(design=design, rows=text, effects=rounded(effects), questions=rounded(asked)))
versions = dict(python=platform.python_version(), numpy=np.__version__, scipy=scipy.__version__, statsmodels=statsmodels.__version__)
with open(os.path.join(HERE, "random.json"), "w") as f:
    f.write("{\"versions\": " + json.dumps(versions) + ",\n\"designs\": [\n" + ",\n".join(json.dumps(d, separators=(",", ":")) for d in designs) + "\n]}\n")
found = [c for d in designs for m in d["effects"].values() for c in m["main"] + m["trend"] + m["interactions"]] + [q for d in designs for q in d["questions"]]
print(len(designs), "designs,", len(found), "contrasts:", {s: sum(c["status"] == s for c in found) for s in sorted({c["status"] for c in found})},
      {str(o): sum(c["outcome"] == o for c in found) for o in ("up", "down", "none", None)}, "drops", sum(bool(c["dropped_seeds"]) for c in found))

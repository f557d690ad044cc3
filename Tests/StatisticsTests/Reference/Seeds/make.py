"""Makes seeds.json: what a number of seeds can settle, by SciPy's noncentral t and by adaptive quadrature.

Units: standard deviations of the per-seed difference. half_width: t(.975)/sqrt(n). excess: (true change - delta) that is
called up or down with power 0.8. delta: the delta at which a true change of 0 is called none with power 0.8.
Run: python make.py   (versions are written into the file)"""
import json, math, os, scipy
from scipy import integrate, optimize, stats
HERE = os.path.dirname(os.path.abspath(__file__))


def power_none(shift, df, point):
    """P(|mean| + point * s / sqrt(n) < delta) with shift = delta * sqrt(n) / sigma"""
    def inner(s):
        return max(0.0, 2 * stats.norm.cdf(shift - point * s) - 1) * stats.chi.pdf(s * math.sqrt(df), df) * math.sqrt(df)
    return integrate.quad(inner, 0, shift / point, limit=500, epsabs=1e-12, epsrel=1e-12)[0]


rows = []
for n in (2, 3, 5, 8, 10, 20, 100):
    df, root = n - 1, math.sqrt(n)
    change, none = stats.t.ppf(0.975, df), stats.t.ppf(0.95, df)
    excess = optimize.brentq(lambda x: stats.nct.sf(change, df, x) - 0.8, 0.1, 200) / root
    delta = optimize.brentq(lambda x: power_none(x, df, none) - 0.8, 0.1, 200) / root
    rows.append(dict(n=n, half_width=change / root, excess=excess, delta=delta))
json.dump(dict(scipy=scipy.__version__, rows=rows), open(os.path.join(HERE, "seeds.json"), "w"), indent=1)
print(*rows, sep="\n")

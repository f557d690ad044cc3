"""Makes the numbers that ProbeTests compares with: `python probes.py`, with scikit-learn 1.9.

Writes probes.json: features and targets, the weights and biases that scikit-learn's ridge regression gives for them with
more examples than features and with fewer, and the votes of the nearest neighbours by cosine.
"""

import json
import pathlib
import platform

import numpy
import sklearn
from sklearn.linear_model import Ridge, RidgeClassifier
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

CLASSES = 3


def numbers(array):
    return [float(f"{x:.10g}") for x in numpy.asarray(array, dtype=float).flatten()]


def made(count, width, seed):
    rng = numpy.random.default_rng(seed)
    labels = numpy.arange(count) % CLASSES
    centres = rng.normal(size=(CLASSES, width))
    # As single precision has them, which is what the trainer reads.
    features = (centres[labels] + rng.normal(size=(count, width))).clip(-1).round(3).astype(numpy.float32)
    return features.astype(float), labels


def ridge(count, width, penalty, seed):
    features, labels = made(count, width, seed)
    signs = 2.0 * (labels[:, None] == numpy.arange(CLASSES)) - 1
    model = Ridge(alpha=penalty, solver="cholesky").fit(features, signs)
    classifier = RidgeClassifier(alpha=penalty, solver="cholesky").fit(features, labels)
    assert numpy.allclose(classifier.coef_, model.coef_) and numpy.allclose(classifier.intercept_, model.intercept_)
    return {"count": count, "penalty": penalty, "features": numbers(features), "targets": numbers(signs),
            "weights": numbers(model.coef_), "biases": numbers(model.intercept_)}


def neighbours(count, width, voting, seed):
    features, labels = made(count, width, seed)
    asked, _ = made(12, width, seed + 1)
    model = KNeighborsClassifier(voting, metric="cosine").fit(features, labels)
    means = KNeighborsRegressor(voting, metric="cosine").fit(features, 0.5 * labels)
    return {"count": count, "voting": voting, "features": numbers(features), "labels": labels.tolist(),
            "asked": numbers(asked), "votes": numbers(model.predict_proba(asked) * voting),
            "means": numbers(means.predict(asked))}


content = {
    "made_with": {"scikit-learn": sklearn.__version__, "numpy": numpy.__version__, "python": platform.python_version()},
    "classes": CLASSES,
    "ridge": [ridge(40, 6, 1.0, 1), ridge(40, 6, 0.01, 2), ridge(12, 30, 2.5, 3), ridge(9, 9, 0.1, 4)],
    "neighbours": [neighbours(30, 5, 1, 5), neighbours(30, 5, 7, 6), neighbours(24, 8, 24, 7)],
}
path = pathlib.Path(__file__).with_name("probes.json")
path.write_text("{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in content.items()) + "\n}\n")

"""Makes the numbers that MatthewsCorrelationTests compares with: `python mcc.py`, with scikit-learn 1.9.

Writes mcc.json: for each case its labels, the answers, and scikit-learn's correlation of the two.
"""

import json
import pathlib
import platform
import random

import sklearn
from sklearn.metrics import matthews_corrcoef

draws = random.Random(1)


def case(name, classes, labels, answers):
    return {"name": name, "classes": classes, "labels": labels, "answers": answers,
            "mcc": float(matthews_corrcoef(labels, answers))}


def drawn(name, classes, count, right):
    """Skewed labels, of whose answers a share is right."""
    labels = [min(draws.randrange(classes), draws.randrange(classes)) for _ in range(count)]
    answers = [label if draws.random() < right else draws.randrange(classes) for label in labels]
    return case(name, classes, labels, answers)


content = {
    "made_with": {"scikit-learn": sklearn.__version__, "python": platform.python_version()},
    "cases": [
        drawn("two classes", 2, 60, 0.6),
        drawn("three classes", 3, 80, 0.4),
        drawn("ten classes", 10, 200, 0.8),
        drawn("ten classes, guessed", 10, 200, 0),
        case("all right", 3, [0, 1, 2, 2], [0, 1, 2, 2]),
        case("all wrong", 2, [0, 1, 1, 0], [1, 0, 0, 1]),
        case("one answer", 3, [0, 1, 2, 1], [1, 1, 1, 1]),
        case("one label", 2, [0, 0, 0], [0, 1, 0]),
        case("a class that never occurs", 4, [0, 0, 2, 2, 1], [0, 3, 2, 1, 1]),
    ],
}
path = pathlib.Path(__file__).with_name("mcc.json")
lines = [json.dumps(case) for case in content["cases"]]
path.write_text('{"made_with": ' + json.dumps(content["made_with"]) + ',\n"cases": [\n'
                + ",\n".join(lines) + "\n]}\n")

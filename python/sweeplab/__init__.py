"""Sweeps of training runs from Python: what ran, what each setting did, and lines that a training script prints.

Reading goes through the program's own commands, so that what is sealed stays sealed and every number is the program's:

    import sweeplab as sl
    runs = sl.open("results").runs("regularization")   # a table: settings typed, metrics, status, seed
    sl.report("regularization")                        # shows itself in a notebook

A training script prints what `sweep run` reads, and nothing when somebody starts it by hand:

    lr = sl.settings().get("lr", 0.1)
    sl.log(epoch=3, loss=0.4)
    sl.final(accuracy=0.93)
"""
from .program import Refusal, program
from .report import Report, report
from .results import Results, open
from .training import final, is_swept, log, run_folder, seed, settings

__all__ = ["Refusal", "Report", "Results", "final", "is_swept", "log", "open", "program", "report", "run_folder",
           "seed", "settings"]
__version__ = "0.1.0"

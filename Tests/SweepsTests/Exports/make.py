#!/usr/bin/env python3
"""Makes the example exports: the same 16 trainings as Optuna and MLflow export them, and as W&B and Aim do.

    python3 make.py [FOLDER]   needs optuna, mlflow (or mlflow-skinny), pandas and scipy; prints their versions

Optuna's and MLflow's tables are made by the programs themselves. Those of W&B and Aim, whose exports need a server
with an account or a page, are written here in the form of their documentation and source: the headings of W&B's runs
table, and the keys of the export of Aim's runs explorer, whose empty cells are '-' and whose texts are JSON.

Two settings of the learning rate (written 1 and 1.0 in turn) by two optimizers by four seeds; the last run crashed.
`expected.json` holds what SciPy's paired t test makes of them.
"""
import csv
import json
import os
import pathlib
import random
import sys
import tempfile

HERE = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else __file__.rpartition("/")[0] or ".").resolve()
RUNS = []
for seed in range(4):
    for lr in (0.1, 1):
        for optimizer in ("adam", "sgd"):
            luck = random.Random(seed).gauss(0, 0.02) + random.Random(f"{seed} {lr} {optimizer}").gauss(0, 0.01)
            loss = 0.40 + (0.15 if lr == 1 else 0) + (0.05 if optimizer == "sgd" else 0) + luck
            RUNS.append(dict(lr=lr, optimizer=optimizer, seed=seed, loss=round(loss, 6), accuracy=round(1 - loss / 2, 6)))
RUNS[-1]["crashed"] = True


def rate(index, run):
    """The learning rate as programs happen to write it."""
    return ("1" if index % 3 else "1.0") if run["lr"] == 1 else "0.1"


def optuna_table():
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=0))
    for run in RUNS:
        study.enqueue_trial({"lr": run["lr"], "optimizer": run["optimizer"], "seed": run["seed"]})
    todo = iter(RUNS)

    def objective(trial):
        run = next(todo)
        trial.suggest_float("lr", 0.1, 1, log=True)
        trial.suggest_categorical("optimizer", ["adam", "sgd"])
        trial.suggest_int("seed", 0, 100)
        if run.get("crashed"):
            raise RuntimeError("out of memory")
        trial.set_user_attr("accuracy", run["accuracy"])
        return run["loss"]

    study.optimize(objective, n_trials=len(RUNS), catch=(RuntimeError,))
    study.trials_dataframe().to_csv(HERE / "optuna.csv", index=False)
    return f"optuna {optuna.__version__}"


def mlflow_table():
    os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
    import mlflow

    with tempfile.TemporaryDirectory() as folder:
        mlflow.set_tracking_uri("file://" + folder)
        client = mlflow.MlflowClient()
        experiment = client.create_experiment("grid", artifact_location="file:///mlruns")
        for index, run in enumerate(RUNS):
            made = client.create_run(experiment, run_name=f"run-{index}", tags={"mlflow.user": "someone"}, start_time=0)
            client.log_param(made.info.run_id, "lr", rate(index, run))
            client.log_param(made.info.run_id, "optimizer", run["optimizer"])
            client.log_param(made.info.run_id, "seed", run["seed"])
            if not run.get("crashed"):
                client.log_metric(made.info.run_id, "loss", run["loss"], timestamp=0)
                client.log_metric(made.info.run_id, "accuracy", run["accuracy"], timestamp=0)
            client.set_terminated(made.info.run_id, "FAILED" if run.get("crashed") else "FINISHED", end_time=60000)
        table = mlflow.search_runs([experiment])
        table.to_csv(HERE / "mlflow.csv", index=False)
    return f"mlflow {mlflow.__version__}"


def wandb_table():
    """The headings of the runs table's CSV; numbers and texts all quoted."""
    header = ["Name", "State", "Notes", "User", "Tags", "Created", "Runtime", "Sweep"]
    header += ["lr", "optimizer", "seed", "accuracy", "loss"]
    with open(HERE / "wandb.csv", "w", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(header)
        for index, run in enumerate(RUNS):
            state = "crashed" if run.get("crashed") else "finished"
            made = ["", ""] if run.get("crashed") else [run["accuracy"], run["loss"]]
            writer.writerow(
                [f"vague-sweep-{index + 1}", state, "-", "someone", "", "2026-11-02T09:00:00.000Z", str(60 + index), "grid"]
                + [rate(index, run), run["optimizer"], run["seed"], *made])
    return "W&B: from its documentation"


def aim_table():
    """Rows of groups are parted by rows of '--'."""
    header = ["experiment", "hash", "run", "description", "date", "duration", "tags", "loss", "accuracy"]
    header += ["hparams.lr", "hparams.optimizer", "hparams.seed"]
    with open(HERE / "aim.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for index, run in enumerate(RUNS):
            if index == len(RUNS) // 2:
                writer.writerow(["--"] * len(header))
            made = ["-", "-"] if run.get("crashed") else [run["loss"], run["accuracy"]]
            writer.writerow(
                ["grid", f"{index:024x}", f"Run: {index:024x}", "-", "2026-11-02 09:00:00", "1m", "-", *made]
                + [rate(index, run), json.dumps(run["optimizer"]), run["seed"]])
    return "Aim: from its source"


def expected():
    """The change of the loss from lr 0.1 to 1, averaged over the optimizers, in the seeds that have all runs."""
    import scipy
    from scipy import stats

    def seeds(lr, key):
        return [
            sum(run[key] for run in RUNS if run["lr"] == lr and run["seed"] == seed) / 2
            for seed in range(3)
        ]

    found = {}
    for key in ("loss", "accuracy"):
        test = stats.ttest_rel(seeds(1, key), seeds(0.1, key))
        found[key] = {"t": test.statistic, "p": test.pvalue, "ci95": list(test.confidence_interval(0.95))}
    (HERE / "expected.json").write_text(json.dumps({"scipy": scipy.__version__, "effects": found}, indent=1) + "\n")
    return f"scipy {scipy.__version__}"


print(", ".join(made() for made in (optuna_table, mlflow_table, wandb_table, aim_table, expected)))

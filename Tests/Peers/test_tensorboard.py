"""`sweep export --to tensorboard`, read by the real TensorBoard. SWEEP is the binary."""
import io
import json
import math

import numpy
import pandas
import pytest
from tensorboard.backend.event_processing import event_accumulator, event_file_loader
from tensorboard.backend.event_processing.plugin_event_multiplexer import EventMultiplexer
from tensorboard.backend.event_processing.data_provider import MultiplexerDataProvider
from tensorboard.context import RequestContext
from tensorboard.plugins import base_plugin
from tensorboard.plugins.hparams import (
    api_pb2, backend_context, get_experiment, list_session_groups,
)

from binary import sweep

TRAINER = (
    "import json,random,sys;r=random.Random(sys.argv[1]+sys.argv[2])\n"
    "if sys.argv[3]=='true' and sys.argv[1]=='1': sys.exit(3)\n"
    "for e in range(1,8): print(json.dumps({{'epoch': e, 'loss': r.random() if e!=3 else float('nan'), 'x/y': r.gauss(0,1)}}))\n"
    "print(json.dumps({{'final': {{'loss': r.random(), 'accuracy': r.random()}}}}))"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("board")
    spec = {
        "name": "board", "question": "What does *rate* do?",
        "command": ["python3", "-c", TRAINER, "{seed}", "{rate}", "{flag}", "{sort}"],
        "axes": {"rate": [0, 1e-4, 0.5], "flag": [False, True], "sort": ["", "a/b <i>"]},
        "seeds": 3, "metrics": {"loss": {"better": "lower", "delta": 0.02}},
    }
    (folder / "board.json").write_text(json.dumps(spec))
    sweep("run", "board.json", "--quiet", cwd=folder, ends=(1,))
    sweep("export", "--to", "tensorboard", "logs", cwd=folder)
    return folder


@pytest.fixture(scope="module")
def document(folder):
    return json.loads(sweep("report", "--format", "json", cwd=folder))


@pytest.fixture(scope="module")
def runs(folder):
    folders = {path.parent.name.split(" ")[-1]: path.parent for path in folder.glob("logs/*/*tfevents*")}
    return folders


def number(value):
    return float(value) if isinstance(value, str) else value


def test_every_record_has_valid_checksums(folder):
    files = list(folder.glob("logs/**/*tfevents*"))
    assert len(files) == 3 * 2 * 2 * 3 + 1
    for path in files:
        # The reader that checks both checksums raises on the first that is wrong, and reads all otherwise.
        events = list(event_file_loader.RawEventFileLoader(str(path)).Load())
        data, offset = path.read_bytes(), 0
        for event in events:
            assert event in data
            offset += 12 + len(event) + 4
        assert offset == len(data)


def test_all_scalars_come_back_as_single_precision(document, runs):
    curves = {curve["run"]: curve for curve in document["curves"]}
    assert len(document["runs"]) == len(runs)
    for run in document["runs"]:
        accumulator = event_accumulator.EventAccumulator(str(runs[run["run"]]))
        accumulator.Reload()
        tags = set(accumulator.Tags()["scalars"])
        if run["status"] != "ok":
            assert tags == set()
            continue
        curve = curves[run["run"]]
        assert tags == {"loss", "x/y", "final/loss", "final/accuracy"}
        for metric in ("loss", "x/y"):
            events = accumulator.Scalars(metric)
            assert [event.step for event in events] == curve["epoch"]
            values = numpy.array([number(value) for value in curve[metric]], dtype=numpy.float32)
            assert numpy.array_equal(numpy.array([e.value for e in events], numpy.float32), values, equal_nan=True)
            assert all(a.wall_time < b.wall_time for a, b in zip(events, events[1:]))
        for metric in ("loss", "accuracy"):
            [event] = accumulator.Scalars("final/" + metric)
            assert numpy.float32(event.value) == numpy.float32(run[metric])


@pytest.fixture(scope="module")
def context(folder):
    multiplexer = EventMultiplexer()
    multiplexer.AddRunsFromDirectory(str(folder / "logs"))
    multiplexer.Reload()
    provider = MultiplexerDataProvider(multiplexer, str(folder / "logs"))
    return backend_context.Context(base_plugin.TBContext(logdir="logs", data_provider=provider))


def test_the_hparams_tab_reads_the_experiment(context):
    request = RequestContext()
    experiment = get_experiment.Handler(
        request, context, "", api_pb2.GetExperimentRequest()
    ).run()
    assert experiment.name == "board"
    assert experiment.description == "What does *rate* do?"
    kinds = {info.name: info.type for info in experiment.hparam_infos}
    assert kinds == {
        "rate": api_pb2.DATA_TYPE_FLOAT64, "flag": api_pb2.DATA_TYPE_BOOL, "sort": api_pb2.DATA_TYPE_STRING,
    }
    rate = next(info for info in experiment.hparam_infos if info.name == "rate")
    assert [value.number_value for value in rate.domain_discrete.values] == [0, 1e-4, 0.5]
    assert [info.name.tag for info in experiment.metric_infos] == ["final/loss", "final/accuracy"]


def test_the_hparams_tab_groups_the_seeds_of_a_cell(context, document):
    request = RequestContext()
    metrics = [api_pb2.ColParams(metric=api_pb2.MetricName(tag="final/loss"))]
    answer = list_session_groups.Handler(
        request_context=request,
        backend_context=context,
        experiment_id="",
        request=api_pb2.ListSessionGroupsRequest(
            start_index=0, slice_size=1000, aggregation_type=api_pb2.AGGREGATION_AVG, col_params=metrics,
            allowed_statuses=[api_pb2.STATUS_SUCCESS, api_pb2.STATUS_FAILURE],
        ),
    ).run()
    assert answer.total_size == 12
    table = pandas.DataFrame(document["runs"])
    for group in answer.session_groups:
        assert len(group.sessions) == 3
        own = table[
            (table.rate == group.hparams["rate"].number_value)
            & (table.flag == group.hparams["flag"].bool_value)
            & (table.sort == group.hparams["sort"].string_value)
        ]
        assert len(own) == 3
        [value] = [v.value for v in group.metric_values if v.name.tag == "final/loss"]
        assert math.isclose(value, own.loss.dropna().mean(), rel_tol=1e-6)
        statuses = sorted(session.status for session in group.sessions)
        failed = (own.status != "ok").sum()
        assert statuses == [api_pb2.STATUS_SUCCESS] * (3 - failed) + [api_pb2.STATUS_FAILURE] * failed
        for session in group.sessions:
            assert session.end_time_secs >= session.start_time_secs > 1e9


def test_exporting_twice_is_the_same_as_once(folder):
    before = {path: path.read_bytes() for path in folder.glob("logs/**/*tfevents*")}
    sweep("export", "board", "--to", "tensorboard", "logs", cwd=folder)
    assert {path: path.read_bytes() for path in folder.glob("logs/**/*tfevents*")} == before


def test_the_long_tables_hold_the_same_points(folder, document):
    long = pandas.read_csv(io.StringIO(sweep("export", "--to", "csv", cwd=folder)))
    lines = pandas.read_json(io.StringIO(sweep("export", "--to", "jsonl", cwd=folder)), lines=True, precise_float=True)
    points = sum(len(curve["epoch"]) for curve in document["curves"])
    assert len(lines) == points
    assert len(long) == 2 * points
    for curve in document["curves"]:
        own = long[(long.run == curve["run"]) & (long.metric == "x/y")]
        assert list(own.value) == curve["x/y"]
        assert list(own.position) == curve["epoch"]

"""Sweeps on a real Slurm, and what befalls them: every run is right and counts once, each time."""

import os
import random
import shutil
import signal
import subprocess
import time

import pytest

from conftest import RUNS, SWEEP, part, scaled, wait

SLURM = ["run", "trial.json", "--executor", "slurm", "--slots", "6", "--yes"]


def starts_of(sweep):
    return [line.split()[0] for line in sweep.lines("starts")]


def latest(sweep):
    """The latest start of each run: its words."""
    return {line.split()[0]: line.split() for line in sweep.lines("starts")}


def most_at_once(sweep):
    moments = [(float(line.split()[-1]), 1) for line in sweep.lines("starts")]
    moments += [(float(line.split()[-1]), -1) for line in sweep.lines("ends")]
    most = now = 0
    for _, step in sorted(moments):
        now += step
        most = max(most, now)
    return most


def test_arrays_hold_to_the_throttle_and_every_run_counts_once(sweep):
    runs = scaled(120)
    sweep.spec(runs)
    assert sweep.run(*SLURM, "--slots", "4") == 0, sweep.log()
    sweep.check(runs)
    assert len(starts_of(sweep)) == runs
    assert most_at_once(sweep) <= 4
    # A probe of four, and then chunks: no call for each run.
    batches = sweep.rows("SELECT tasks, runs FROM batch ORDER BY id")
    assert batches[0] == (4, 4) and sum(taken for _, taken in batches) == runs
    assert len(sweep.calls("sbatch")) == len(batches) <= 4
    site = sweep.rows("SELECT site FROM attempt LIMIT 1")[0][0]
    assert '"node":"n' in site and '"job":"' in site and '"processor":"' in site
    # The same command again finds nothing to do.
    assert sweep.run(*SLURM) == 0
    assert len(starts_of(sweep)) == runs


def test_more_runs_than_an_array_may_have(sweep):
    runs = scaled(40)
    sweep.spec(runs, seconds=0)
    assert sweep.run(*SLURM, "--chunk", "1") == 0, sweep.log()
    sweep.check(runs)
    # MaxArraySize is 31 here.
    tasks = [count for count, in sweep.rows("SELECT tasks FROM batch ORDER BY id")]
    assert tasks == [31] * (runs // 31) + [runs % 31]


def test_a_failing_run_is_the_programs_own(sweep):
    sweep.spec(scaled(12), before='if [ "$SWEEP_SEED" = 5 ]; then echo broken >&2; exit 7; fi')
    assert sweep.run(*SLURM, "--chunk", str(part(3, 12))) == 1
    rows = sweep.rows("SELECT seed, attempt.outcome, code, lastLines FROM run JOIN attempt"
                      " ON attempt.runId = run.id WHERE outcome <> 'ok'")
    assert rows == [(5, "exit", 7.0, "broken")]
    run = sweep.rows("SELECT identity FROM run WHERE seed = 5")[0][0]
    assert "broken" in sweep.say("logs", run).stdout
    other = sweep.rows("SELECT identity FROM run WHERE seed = 6")[0][0]
    assert "said 6" in sweep.say("logs", other).stdout


def test_a_chunk_makes_several_at_a_time_with_the_same_bits(sweep):
    runs = scaled(16)
    sweep.spec(runs, seconds=1)
    words = ["--chunk", str(part(8, 16)), "--slots", "2", "--slurm", "--cpus-per-task=2"]
    # At the pace of a real cluster, so that calls can be counted.
    assert sweep.run(*SLURM, *words, pace="1") == 0, sweep.log()
    sweep.check(runs)
    assert most_at_once(sweep) in (3, 4)
    polls = sweep.calls("squeue")
    assert all(later - earlier >= 4.9 for earlier, later in zip(polls, polls[1:]))
    assert len(sweep.calls("sbatch")) == 1
    here = sweep.folder / "here"
    here.mkdir()
    code = subprocess.run(
        [SWEEP, "run", "trial.json", "--results", "here", "--quiet", "--set", "command=[\"sh\",\"work.sh\"]"],
        cwd=sweep.folder, env=sweep.environment()).returncode
    assert code == 0
    for results in ["here", "results"]:
        sweep.say("export", "--results", results)
    def values(results):
        text = subprocess.run(
            [SWEEP, "report", "trial", "--results", results, "--format", "csv"],
            cwd=sweep.folder, capture_output=True, text=True).stdout
        head, *rows = [line.split(",") for line in text.splitlines()]
        keep = [place for place, name in enumerate(head) if name in ("run", "seed", "loss")]
        return sorted([row[place] for place in keep] for row in rows)
    assert values("here") == values("results") and len(values("here")) == runs


def test_the_coordinator_may_be_killed_at_any_moment(sweep):
    runs = scaled(150)
    sweep.spec(runs)
    words = [*SLURM, "--chunk", "5"]
    generator = random.Random(1)
    kills = 0
    while kills < int(os.environ.get("KILLS", "50" if RUNS else "15")):
        process = sweep.start(*words)
        time.sleep(generator.uniform(0.05, 0.9))
        if process.poll() is not None:
            break
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        kills += 1
    assert sweep.run(*words) == 0, sweep.log()
    sweep.check(runs)
    assert len(starts_of(sweep)) == runs, (kills, sweep.log())
    assert sweep.rows("SELECT sum(runs) FROM batch WHERE job <> ''") == [(runs,)]


def test_a_segment_that_is_seen_late_is_waited_for(sweep, cluster):
    runs = scaled(4)
    sweep.spec(runs, seconds=0.1)
    # At the pace of a real cluster, whose patience with NFS this is about.
    process = sweep.start(*SLURM, "--chunk", str(runs), pace="1")
    wait(lambda: sweep.lines("starts"), what="a run")
    process.send_signal(signal.SIGSTOP)
    wait(lambda: len(sweep.lines("ends")) == runs and not cluster.call("squeue", "-h"), 600, "the task's end")
    inbox, = sweep.folder.glob("results/trial/slurm/*/inbox")
    hidden = sweep.folder / "hidden"
    inbox.rename(hidden)
    inbox.mkdir()
    polls = len(sweep.calls("squeue"))
    process.send_signal(signal.SIGCONT)
    # Slurm has said twice that the task is gone, and nothing shows that it made its runs.
    wait(lambda: len(sweep.calls("squeue")) >= polls + 2, what="answers without the task")
    for segment in hidden.iterdir():
        segment.rename(inbox / segment.name)
    assert process.wait(60) == 0, sweep.log()
    sweep.check(runs)
    assert len(starts_of(sweep)) == runs and len(sweep.calls("sbatch")) == 1


def test_a_submission_that_succeeds_and_says_otherwise_is_adopted(sweep):
    sweep.wrap("sbatch", '{real} "$@" > /dev/null; '
               'echo "sbatch: error: Socket timed out on send/recv operation" >&2; exit 1')
    runs = scaled(12)
    sweep.spec(runs)
    assert sweep.run(*SLURM, "--chunk", str(part(4, 12))) == 0, sweep.log()
    sweep.check(runs)
    assert len(sweep.calls("sbatch")) == 1 and len(starts_of(sweep)) == runs


def test_a_refusal_is_told_in_slurms_own_words(sweep):
    sweep.spec(4)
    assert sweep.run(*SLURM, "--slurm", "--partition=nowhere") == 64, sweep.log()
    assert "Slurm refused the runs:" in sweep.log() and "partition" in sweep.log()
    # Put right, the same command goes on at once.
    assert sweep.run(*SLURM, "--slurm", "") == 0, sweep.log()
    sweep.check(4)


def test_a_node_that_fails_costs_no_run(sweep, cluster):
    runs = scaled(30)
    sweep.spec(runs, seconds=3)
    process = sweep.start(*SLURM, "--chunk", str(part(2, 30)))
    # Once the coordinator has heard of a run there, its end is one that has to be told.
    at_work = "SELECT 1 FROM attempt WHERE outcome = 'running' AND site LIKE '%\"n2\"%'"
    wait(lambda: sweep.rows(at_work), what="a run on n2")
    cluster.down("n2")
    assert process.wait(150) == 0, sweep.log()
    sweep.check(runs)
    lost = sweep.rows("SELECT lastLines FROM attempt WHERE outcome = 'lost'")
    assert lost and all("started anew" in text or "n2" in text for text, in lost), lost


@pytest.mark.parametrize("hears", ["both at work", "the second after the first's end"])
def test_two_live_attempts_are_two_attempts_and_one_result(sweep, cluster, hears):
    # They end when the test says so: a run that ends before Slurm starts its task again is not made again.
    sweep.spec(4, seconds=0, before=f"while [ ! -e {sweep.folder}/go ]; do sleep 0.1; done")
    process = sweep.start(*SLURM, "--chunk", "1")
    wait(lambda: any(" n1 " in line for line in sweep.lines("starts")), what="a run on n1")
    wait(lambda: len(set(starts_of(sweep))) == 4 and sweep.attempts() == len(starts_of(sweep)), what="four runs on the books")
    alone = [run for run, (_, _, node, _) in latest(sweep).items() if node == "n1"]
    if hears != "both at work":
        process.send_signal(signal.SIGSTOP)
    cluster.down("-i", "n1")
    cluster.call("scontrol", "update", "NodeName=n1", "State=DOWN", "Reason=test")
    wait(lambda: all(latest(sweep)[run][2] != "n1" for run in alone), what="a second start of every run of n1")
    if hears == "both at work":
        wait(lambda: sweep.attempts() == len(starts_of(sweep)), what="the second ones in the books")
    (sweep.folder / "go").touch()
    # Those on n1, of which Slurm has given up, and each run once more.
    wait(lambda: len(sweep.lines("ends")) >= 4 + len(alone), what="the ends of all")
    inbox, = sweep.folder.glob("results/trial/slurm/*/inbox")
    if hears != "both at work":
        # Each start has sealed its beginning, and those of which nothing was read yet their ends as well.
        wait(lambda: sum(segment.read_text().count('"ended"') for segment in inbox.iterdir()) >= 4 + len(alone),
             what="the ends of all")
        process.send_signal(signal.SIGCONT)
    assert process.wait(150) == 0, sweep.log()
    sweep.check(4)
    assert sweep.attempts() == len(starts_of(sweep))
    assert sweep.rows("SELECT count(DISTINCT handle) FROM attempt") == [(sweep.attempts(),)]
    cluster.up()


def test_a_preempted_run_is_no_failure(sweep, cluster):
    runs = scaled(18)
    sweep.spec(runs, seconds=2)
    process = sweep.start(*SLURM, "--chunk", str(part(3, 18)))
    wait(lambda: len(sweep.lines("starts")) >= 4, what="runs")
    cluster.call("sbatch", "--partition=urgent", "--array=0-2", "-c2", "-o/dev/null", "--wrap=sleep 3")
    assert process.wait(150) == 0, sweep.log()
    sweep.check(runs)
    assert sweep.rows("SELECT DISTINCT outcome FROM attempt ORDER BY outcome") == [("lost",), ("ok",)]


def test_the_controller_may_be_away(sweep, cluster):
    runs = scaled(60)
    sweep.spec(runs, seconds=0.5)
    process = sweep.start(*SLURM, "--chunk", str(part(10, 60)))
    wait(lambda: len(sweep.lines("ends")) >= 6, what="ends")
    cluster.down("ctld")
    wait(lambda: len(sweep.lines("ends")) >= 12, what="ends without a controller")
    cluster.up()
    assert process.wait(150) == 0, sweep.log()
    sweep.check(runs)
    assert len(starts_of(sweep)) == runs


def test_a_controller_that_is_away_at_the_submission(sweep, cluster):
    cluster.down("ctld")
    runs = scaled(8)
    sweep.spec(runs)
    process = sweep.start(*SLURM, "--chunk", str(part(4, 8)))
    wait(lambda: sweep.calls("sbatch"), what="a submission")
    cluster.up()
    assert process.wait(150) == 0, sweep.log()
    sweep.check(runs)
    assert len(starts_of(sweep)) == runs


def test_tasks_that_somebody_cancels_are_handed_in_again(sweep, cluster):
    runs = scaled(24)
    sweep.spec(runs, seconds=1)
    process = sweep.start(*SLURM, "--chunk", str(part(2, 24)), "--slots", "4")
    wait(lambda: len(sweep.lines("starts")) >= 4, what="runs")
    job = wait(lambda: sweep.rows("SELECT job FROM batch WHERE job <> ''"))[0][0]
    cluster.call("scancel", f"{job}_0", f"{job}_9")
    assert process.wait(150) == 0, sweep.log()
    sweep.check(runs)
    assert sweep.rows("SELECT DISTINCT outcome FROM attempt ORDER BY outcome") in (
        [("lost",), ("ok",)], [("ok",)])
    assert len(sweep.calls("sbatch")) == 2


def test_a_sweep_is_handed_in_left_and_taken_up(sweep, cluster):
    runs = scaled(24)
    sweep.spec(runs, seconds=0.5)
    assert sweep.run(*SLURM, "--detach") == 0, sweep.log()
    assert "are with Slurm, which goes on" in sweep.log()
    status = sweep.say("status").stdout
    assert "unfinished" in status and "Slurm job" in status, status
    wait(lambda: len(sweep.lines("ends")) == runs, what="the end of a job that nobody waits for")
    wait(lambda: not cluster.call("squeue", "-h"), what="an empty queue")
    # No flag says that it was Slurm.
    assert sweep.run("run", "trial.json") == 0, sweep.log()
    sweep.check(runs)
    assert len(starts_of(sweep)) == runs and len(sweep.calls("sbatch")) == 1


def test_control_c_leaves_and_cancel_ends(sweep, cluster):
    runs = scaled(24)
    sweep.spec(runs, seconds=2)
    process = sweep.start(*SLURM, "--chunk", str(part(2, 24)))
    wait(lambda: len(sweep.lines("starts")) >= 6, what="runs")
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 130, sweep.log()
    assert "Leaving: what Slurm has goes on." in sweep.log()
    assert cluster.call("squeue", "-h") != ""
    again = sweep.start("run", "trial.json")
    wait(lambda: sweep.rows("SELECT count(*) FROM attempt WHERE outcome = 'ok'")[0][0] >= 6)
    said = sweep.say("cancel", "trial")
    assert "Cancelled job" in said.stdout, said
    again.wait(30)
    wait(lambda: not cluster.call("squeue", "-h"), what="an empty queue")
    assert sweep.run("run", "trial.json") == 0, sweep.log()
    sweep.check(runs)


def test_a_program_that_no_node_can_run_is_told_in_a_sentence(sweep):
    sweep.spec(6)
    assert sweep.run(*SLURM, "--set", "seeds=1") == 0, sweep.log()
    program, = (sweep.folder / "results/trial/bin").iterdir()
    program.write_text("#!/bin/sh\necho no such library >&2\nexit 1\n")
    assert sweep.run(*SLURM, "--chunk", "2") == 64, sweep.log()
    assert "failed before a run began" in sweep.log() and "no such library" in sweep.log()


def test_a_full_shared_folder_stops_with_a_sentence_and_loses_nothing(sweep):
    shared = sweep.folder / "shared"
    shared.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", shared]).returncode != 0:
        pytest.skip("no file system of a given size can be made here")
    try:
        sweep.spec(6)
        assert sweep.run(*SLURM, "--shared", str(shared)) == 74, sweep.log()
        assert "full" in sweep.log() or "space" in sweep.log()
        subprocess.run(["mount", "-o", "remount,size=512m", shared], check=True)
        assert sweep.run(*SLURM, "--shared", str(shared)) == 0, sweep.log()
        sweep.check(6)
    finally:
        subprocess.run(["umount", "-l", shared])


def test_devices_of_an_allocation_are_given_one_to_a_run(sweep):
    runs = scaled(8)
    sweep.spec(runs, seconds=1, before=f'echo "$CUDA_VISIBLE_DEVICES" >> {sweep.folder}/devices',
               executor={"devices": [4, 5], "slurm": {"slots": 1, "chunk": runs}})
    assert sweep.run("run", "trial.json") == 0, sweep.log()
    sweep.check(runs)
    assert sorted(set(sweep.lines("devices"))) == ["4", "5"]
    assert most_at_once(sweep) == 2


@pytest.mark.skipif(not RUNS, reason="takes minutes; it is part of the long proof")
def test_a_task_out_of_memory_is_told_as_one(strict_sweep):
    sweep = strict_sweep
    hog = "import time; held = bytearray(600_000_000); held[::4096] = b'1' * len(held[::4096]); time.sleep(60)"
    sweep.spec(3, before=f'[ "$SWEEP_SEED" != 1 ] || python3 -c "{hog}"')
    words = ["--chunk", "1", "--set", 'executor={"slurm": {"attempts": 2}}']
    assert sweep.run(*SLURM, *words, "--slurm", "--mem=300") == 1, sweep.log()
    attempts = sweep.rows("SELECT outcome, reason || lastLines FROM run JOIN attempt ON attempt.runId = run.id"
                          " WHERE seed = 1 ORDER BY number")
    assert [outcome for outcome, _ in attempts] == ["lost", "abandoned"], attempts
    assert all("its task ran out of memory on node n" in reason for _, reason in attempts), attempts
    assert sweep.rows("SELECT count(*) FROM run WHERE status = 'ok'") == [(2,)]


@pytest.mark.skipif(not RUNS, reason="takes minutes; it is part of the long proof")
def test_a_task_over_its_time_is_told_as_one(strict_sweep):
    sweep = strict_sweep
    sweep.spec(3, before='[ "$SWEEP_SEED" != 1 ] || sleep 600')
    # Slurm's shortest limit is a minute; a warning a minute before would be one from the start.
    words = ["--chunk", "1", "--set", 'executor={"slurm": {"attempts": 1}}']
    assert sweep.run(*SLURM, *words, "--slurm", "--time=1 --signal=B:USR1@1", seconds=400) == 1, sweep.log()
    attempts = sweep.rows("SELECT outcome, reason FROM run JOIN attempt ON attempt.runId = run.id WHERE seed = 1")
    assert attempts == [("abandoned", "its task came to the time limit of its job")], attempts
    assert sweep.rows("SELECT count(*) FROM run WHERE status = 'ok'") == [(2,)]

"""A lesson rehearsed from CLASS.md by the command lines as they stand there, each section in an empty folder. SWEEP is the binary.

The program that the lines find is a door to it that adds a free port where they serve, and two seeds where they name the
spec: the runs are the same, and there are fewer of them.
"""
import csv
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from binary import BINARY
from lesson import Browser, free_port

CLASS = Path(__file__).resolve().parent.parent.parent / "CLASS.md"
DOOR = """#!/bin/sh
case "$1" in
  serve) case "$*" in *.json*) case "$*" in *--replay*) ;; *) more="--set seeds=2";; esac;; esac; more="$more --port {port}";;
  run | predict) more="--set seeds=2";;
esac
exec {binary} "$@" $more
"""


def commands(title):
    """The command lines of the section with this heading, in their order: those in blocks and those in running text."""
    text = CLASS.read_text()
    section = re.search(rf"^## {re.escape(title)}$(.*?)(?=^## |\Z)", text, re.M | re.S)[1]
    found = []
    for block, span in re.findall(r"^```sh\n(.*?)^```$|`(sweep [^`]+)`", section, re.M | re.S):
        found += block.splitlines() if block else [" ".join(span.split())]
    return found


class Room:
    """An empty folder, and a shell that finds the program in it."""

    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        door = folder.parent / f"{folder.name}-door" / "sweep"
        door.parent.mkdir()
        door.write_text(DOOR.format(port=self.port, binary=BINARY))
        door.chmod(0o755)
        self.environment = os.environ | {"PATH": f"{door.parent}:{os.environ['PATH']}"}
        folder.mkdir()

    def run(self, line, said="", folder=None):
        done = subprocess.run(["sh", "-c", line], cwd=folder or self.folder, env=self.environment, input=said,
                              capture_output=True, text=True)
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def start(self, line, folder=None):
        """A server, once it tells where it is, with the lines up to then."""
        process = subprocess.Popen(["sh", "-c", f"exec {line}"], cwd=folder or self.folder, env=self.environment,
                                   stdout=subprocess.PIPE, text=True)
        lines = []
        for said in process.stdout:
            lines.append(said)
            if str(self.port) in said and not said.startswith(("The room", "  or", "The screen")):
                return process, "".join(lines)
        raise AssertionError(f"{line}\n{lines}, {process.wait()}")


@pytest.fixture
def room(tmp_path):
    return Room(tmp_path / "empty")


def end(process):
    process.terminate()
    process.wait()
    process.stdout.close()


def press(browser, token):
    """Moves the lesson on as the space bar does; false where there is nothing more."""
    page = browser.look(f"/screen?token={token}")
    form = re.search(r'<form[^>]*data-key="next"[^>]*>(.*?)</form>', page, re.S)
    if form is None:
        return False
    fields = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form[1]))
    assert browser.post("/desk", **fields) == 303, fields
    return True


def until(browser, path, words, seconds=300):
    """Looks at a page until it shows something; gives all that it showed on the way."""
    seen = []
    for _ in range(int(seconds / 0.2)):
        seen.append(browser.look(path))
        if words in seen[-1]:
            return seen
        time.sleep(0.2)
    raise AssertionError(f"'{words}' never came: {seen[-1]}")


def whole_lesson(room, told):
    """Two people, a projector and a desk, from the first page to the last."""
    token = re.search(r"token=(\w+)", told)[1]
    desk, people = Browser(room.port), [Browser(room.port) for _ in range(2)]
    for number, person in enumerate(people):
        person.look("/")
        assert person.post("/join", name=f"Person {number}") == 303
    screen = f"/screen?token={token}"
    press(desk, token)
    until(desk, screen, 'class="plot"')
    reveals = 0
    while press(desk, token):
        page = desk.look(screen)
        if "Everything is sealed. Ready to run." in page:
            press(desk, token)
            seen = until(desk, screen, "All runs are done.")
            assert any('class="plot"' in page for page in seen), "no curve grew"
        elif "</b> answered" in page:
            for person in people:
                question = re.search(r'name="question" value="([^"]*)"', own := person.look("/"))
                round_ = re.search(r'name="round" value="([^"]*)"', own)[1]
                assert person.post("/answer", question=question[1], round=round_, direction="down", confidence="65",
                                   reason="because", nonce="1") == 303
        elif 'class="verdict"' in page:
            reveals += 1
    assert reveals == 4
    assert "networks:" in desk.look(screen), "the networks' calibration stands beside the class's"
    votes = desk.look(f"/desk/votes.csv?token={token}")
    assert len(votes.splitlines()) == 1 + 2 * 2, "a row for each person and round"
    (room.folder / "lesson.jsonl").write_text(desk.look(f"/desk/lesson.jsonl?token={token}"))


def test_the_lesson_with_a_server(room):
    lines = commands("With a server: phones, a projector, a desk")
    assert len(lines) >= 5
    served = 0
    for line in lines:
        if not line.startswith("sweep serve"):
            assert room.run(line)
            continue
        served += 1
        # Other questions are another lesson, which has results of its own.
        folder = room.folder / "other"
        if "--questions" in line:
            folder.mkdir()
        process, told = room.start(line, folder if "--questions" in line else None)
        try:
            browser = Browser(room.port)
            if "--check" in line:
                assert "Yes, you reach me" in browser.look("/check")
            elif "--questions" in line:
                token = re.search(r"token=(\w+)", told)[1]
                desk = browser.look(f"/desk?token={token}")
                assert all(f": {name}<" in desk for name in ("augment", "mirror", "dropout"))
            elif "--replay" in line:
                assert "This lesson is over." in browser.look("/") or "Come in" in browser.look("/")
            else:
                whole_lesson(room, told)
        finally:
            end(process)
    assert served == 4


def fill_in(folder, source, target):
    """What a class writes into the spreadsheet."""
    with open(folder / source, newline="") as file:
        header = next(csv.reader(file))
    with open(folder / target, "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(header)
        for number in range(3):
            answers = [["up", "sure", "because"], ["no change", "65 %", ""], ["lower", "", ""]][number]
            rows.writerow([f"person {number}"] + answers * ((len(header) - 1) // 3))


def test_the_lesson_on_paper(room):
    lines = commands("On paper, or with a spreadsheet") + commands("Reading the report")
    assert len(lines) >= 15
    laptop = room.folder / "laptop"
    laptop.mkdir()
    for line in lines:
        words = line.replace("WHO QUESTION", "'person 0' augment").replace("NAME", "'person 1'")
        if " predict " in line and not re.search(r" --(sheet|from|verify|hide-reason|show-reason)", line):
            said = "ana\n" + "d\nsure\nit helps\n" * 9
            assert "answered and sealed" in room.run(words, said, laptop)
            (room.folder / "laptops").mkdir(exist_ok=True)
            shutil.copy(laptop / "results/regularization/predictions.jsonl", room.folder / "laptops/ana.jsonl")
            continue
        if "answers.csv" in line and "--from" in line:
            fill_in(room.folder, "answers.csv", "answers.csv")
        if "again.csv" in line:
            fill_in(room.folder, "answers.csv", "again.csv")
        said = room.run(words)
        if "--votes" in line:
            assert "4 people predicted" in said
    for name in ("sheet.html", "baseline.html"):
        assert "<svg" in (room.folder / name).read_text(), name
    whole = room.run("sweep report regularization --who ana")
    assert "augment" in whole and not re.search(r"\blate\b", whole)
    # What was imported before the runs counts, in both rounds.
    sealed = (room.folder / "results/regularization/predictions.jsonl").read_text()
    assert sealed.count('"round":1') == 16 and sealed.count('"round":2') == 12

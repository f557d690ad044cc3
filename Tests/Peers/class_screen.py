"""Makes the README's picture of the class's screen: a lesson on the quickstart, with votes that are drawn.

    .build/peers/bin/python Tests/Peers/class_screen.py .build/release/sweep results/class-screen.png

Twenty-four phones vote twice on whether dropout lowers the validation loss of a head on a frozen body, and a third of
those who said "falls" change their minds. The picture is the reveal.
"""
import random
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from lesson import Browser, Desk, Server

ROOT = Path(__file__).resolve().parents[2]
QUESTION, PHONES, MINUTES = "dropout", 24, 10


def vote(phones, round_, draw, former):
    for number, phone in enumerate(phones):
        said = former.get(number) or draw.choices(["down", "none", "up"], [6, 2, 2])[0]
        if round_ == 2 and said == "down" and draw.random() < 1 / 3:
            said = "up"
        former[number] = said
        assert phone.post("/answer", question=QUESTION, round=str(round_), direction=said, confidence="65",
                          nonce=f"{number}-{round_}") == 303


def picture(binary, path):
    draw, former = random.Random(8), {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        spec = shutil.copy(ROOT / "sweeps/quickstart.json", folder)
        with Server(binary, Path(folder) / "lesson", spec, ["--questions", QUESTION, "--bind", "127.0.0.1"]) as server:
            desk = Desk(server)
            phones = [Browser(server.port) for _ in range(PHONES)]
            for number, phone in enumerate(phones):
                phone.look("/")
                assert phone.post("/join", name=f"phone {number}") == 303
            for round_ in (1, 2):
                assert desk.act("moved", step="asking", question=QUESTION, round=str(round_)) == 303
                vote(phones, round_, draw, former)
                assert desk.act("moved", step="votes", question=QUESTION, round=str(round_)) == 303
            assert desk.act("moved", step="training") == 303
            assert desk.act("started") == 303
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1600, "height": 900}, reduced_motion="reduce")
            page.goto(server.desk.replace("/desk", "/screen"))
            expect(page.locator("h1")).to_contain_text("All runs are done", timeout=MINUTES * 60_000)
            assert desk.act("moved", step="reveal", question=QUESTION) == 303
            assert desk.act("revealed", question=QUESTION) == 303
            page.reload()
            page.locator(".stage.reveal svg").first.wait_for()
            # The seeds come one by one.
            page.wait_for_timeout(20_000)
            page.screenshot(path=path)
            browser.close()


if __name__ == "__main__":
    picture(str(Path(sys.argv[1]).resolve()), sys.argv[2])

"""The served lesson in real browsers: thirty people, a projector and a desk. SWEEP is the binary.

Screenshots of every state stay in .build/peers/screenshots/lesson, to be looked at.
"""
import json
import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect

from binary import BINARY, sweep
from lesson import QUICK, Browser, Desk, Server, free_port

SCREENSHOTS = Path(__file__).resolve().parent.parent.parent / ".build" / "peers" / "screenshots" / "lesson"
FAULTS = (Path(__file__).resolve().parent / "page.js").read_text()
PEOPLE = 30


@pytest.fixture
def server(tmp_path):
    with Server(BINARY, tmp_path) as running:
        yield running


class Look:
    """One browser of its own, whose pages must say nothing on the console."""

    def __init__(self, browser, width=390, height=844, **options):
        self.context = browser.new_context(viewport={"width": width, "height": height}, **options)
        self.said = []
        self.page = self.tab()

    def tab(self):
        page = self.context.new_page()
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        return page

    def shot(self, name):
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


def join(look, server, name=""):
    look.page.goto(server.room)
    look.page.fill("#name", name)
    look.page.click("#join button")
    expect(look.page.locator("h1")).not_to_have_text("Come in")


def answer(look, direction, sure="65"):
    look.page.click(f"#direction-{direction}")
    expect(look.page.locator(f"#direction-{direction}")).to_have_attribute("aria-pressed", "true")
    look.page.click(f"#sure-{sure}")
    expect(look.page.locator(f"#sure-{sure}")).to_have_attribute("aria-pressed", "true")


def go(screen, server, heading=""):
    """The space bar moves the lesson on, once it has been moved."""
    led = lambda: sum(act["act"] in ("moved", "started", "revealed", "ended") for act in server.acts())
    before = led()
    screen.page.keyboard.press(" ")
    for _ in range(200):
        screen.page.wait_for_timeout(50)
        if led() > before and not screen.page.locator("[aria-busy]").count():
            break
    else:
        raise AssertionError(f"the space bar did nothing: {screen.page.inner_text('main')}")
    screen.page.wait_for_timeout(150)
    expect(screen.page.locator("h1").first).to_contain_text(heading)


def votes(server):
    return [act for act in server.acts() if act["act"] == "answered"]


def test_thirty_people_and_a_whole_lesson(browser, server):
    screen = Look(browser, 1920, 1080)
    screen.page.goto(server.desk.replace("/desk", "/screen"))
    desk = Look(browser, 1280, 900)
    desk.page.goto(server.desk)
    people = [Look(browser, color_scheme="dark" if number % 2 else "light") for number in range(PEOPLE)]
    for number, person in enumerate(people):
        join(person, server, f"Person {number}")
    expect(screen.page.locator(".here b")).to_have_text(str(PEOPLE))
    for look, name in ((screen, "screen-join"), (desk, "desk-join"), (people[0], "room-join")):
        look.shot(name)
    go(screen, server, "baseline")
    screen.shot("screen-baseline")
    for question in ("dropout", "decay"):
        for round_ in (1, 2):
            go(screen, server)
            for number, person in enumerate(people):
                expect(person.page.locator("#direction-up")).to_be_visible()
                answer(person, ["down", "none", "up"][(number + round_) % 3] if number % 5 else "up")
            people[1].page.fill("#reason", f"because <b>{question}</b>")
            people[1].page.click("#keep")
            expect(screen.page.locator("body")).to_contain_text(f"{PEOPLE}")
            people[0].shot(f"room-{question}-{round_}")
            screen.shot(f"screen-{question}-{round_}")
            go(screen, server)
            expect(people[0].page.locator(".sealed")).to_contain_text("sealed")
            screen.shot(f"screen-{question}-votes-{round_}")
            if round_ == 1:
                go(screen, server)
                people[0].shot("room-discussing")
                desk.shot("desk-discussing")
    go(screen, server)
    # The same key begins the runs, once the screen says that all is sealed.
    go(screen, server)
    expect(screen.page.locator("h1")).to_contain_text("All runs are done", timeout=30_000)
    screen.shot("screen-training")
    for question in ("dropout", "decay"):
        go(screen, server)
        assert "revealed" not in [act["act"] for act in server.acts() if act.get("question") == question]
        screen.shot(f"screen-{question}-sealed")
        go(screen, server)
        expect(people[0].page.locator(".came")).to_be_visible()
        screen.shot(f"screen-{question}-revealed")
        people[0].shot(f"room-{question}-revealed")
        step = [act for act in server.acts() if act["act"] == "revealed"][-1]
        if step.get("outcome") != {"dropout": "down", "decay": "up"}[question]:
            go(screen, server, "premise")
            screen.shot(f"screen-{question}-surprise")
    go(screen, server)
    expect(people[0].page.locator("h1")).to_contain_text("What you expected")
    for look, name in ((screen, "screen-end"), (desk, "desk-end"), (people[0], "room-end")):
        look.shot(name)
    people[0].page.goto(server.room + "/mine")
    people[0].shot("mine")
    counted = {(act["person"], act["question"], act["round"]) for act in votes(server)}
    assert len(counted) == PEOPLE * 4
    for look in [screen, desk, *people]:
        assert look.said == [], look.said
        look.context.close()


def test_a_phone_whose_network_goes(browser, server):
    screen, phone = Look(browser, 1280, 900), Look(browser)
    screen.page.goto(server.desk.replace("/desk", "/screen"))
    join(phone, server)
    go(screen, server)
    go(screen, server)
    expect(phone.page.locator("#direction-up")).to_be_visible()
    phone.context.set_offline(True)
    phone.page.click("#direction-up")
    expect(phone.page.locator("#note")).to_contain_text("No connection")
    phone.context.set_offline(False)
    expect(phone.page.locator("#direction-up")).to_have_attribute("aria-pressed", "true", timeout=15_000)
    assert len(votes(server)) == 1


def test_a_killed_server_a_second_tab_and_the_back_button(browser, server):
    screen, phone = Look(browser, 1280, 900), Look(browser)
    screen.page.goto(server.desk.replace("/desk", "/screen"))
    join(phone, server)
    go(screen, server)
    go(screen, server)
    expect(phone.page.locator("#direction-up")).to_be_visible()
    second = phone.tab()
    second.goto(server.room)
    phone.page.click("#direction-up")
    expect(second.locator("#direction-up")).to_have_attribute("aria-pressed", "true")
    server.kill()
    phone.page.click("#direction-down")
    server.start()
    for page in (phone.page, second):
        expect(page.locator("#direction-down")).to_have_attribute("aria-pressed", "true", timeout=15_000)
    second.goto(server.room + "/check")
    second.go_back()
    expect(second.locator("#direction-down")).to_have_attribute("aria-pressed", "true")
    people = {act["person"] for act in server.acts() if act["act"] == "joined"}
    assert len(people) == 1
    assert [act["direction"] for act in votes(server)] == ["up", "down"]


def test_without_javascript(browser, server):
    desk = Look(browser, 1280, 900, java_script_enabled=False)
    phone = Look(browser, java_script_enabled=False)
    desk.page.goto(server.desk)
    phone.page.goto(server.room)
    phone.page.fill("#name", "Ana")
    phone.page.click("#join button")
    for _ in range(2):
        desk.page.get_by_role("button", name="Next").first.click()
    phone.page.reload()
    phone.page.click("#direction-none")
    phone.page.click("#sure-85")
    phone.page.fill("#reason", "because")
    phone.page.click("#keep")
    vote = votes(server)[-1]
    assert (vote["direction"], vote["confidence"], vote["reason"]) == ("none", 85, "because")


def test_the_keyboard_alone(browser, server):
    screen, phone = Look(browser, 1280, 900), Look(browser)
    screen.page.goto(server.desk.replace("/desk", "/screen"))
    phone.page.goto(server.room)
    phone.page.focus("#name")
    phone.page.keyboard.press("Enter")
    expect(phone.page.locator("h1")).to_have_text("You are in.")
    go(screen, server)
    go(screen, server)
    expect(phone.page.locator("#direction-up")).to_be_visible()
    for _ in range(12):
        phone.page.keyboard.press("Tab")
        if phone.page.evaluate("document.activeElement.id") == "direction-up":
            break
    phone.page.keyboard.press("Enter")
    expect(phone.page.locator("#direction-up")).to_have_attribute("aria-pressed", "true")
    expect(phone.page.locator("#direction-up")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_nothing_overflows_overlaps_or_fades(browser, server, width, scheme):
    screen = Look(browser, width, 900, color_scheme=scheme)
    screen.page.goto(server.desk.replace("/desk", "/screen"))
    phone = Look(browser, width, 844, color_scheme=scheme)
    join(phone, server)
    for step in range(6):
        # A projector is never as narrow as a phone.
        for look, name in ((screen, "screen"), (phone, "room"))[width < 1000:]:
            look.shot(f"{name}-{step}-{width}-{scheme}")
            for kind, faults in look.page.evaluate(FAULTS).items():
                assert not faults, f"{name} {step}, {kind}: " + "; ".join(faults[:5])
        go(screen, server)
        phone.page.wait_for_timeout(300)
        expect(phone.page.locator("#note")).to_be_hidden()


@pytest.mark.parametrize("width, height", [(1280, 900), (1920, 1080)])
def test_three_long_reasons_fit_on_the_screen(browser, server, width, height):
    screen, desk = Look(browser, width, height), Desk(server)
    desk.act("moved", step="asking", question="dropout", round="1")
    long = "Dropout makes the network forget a half of what it knows in every step, so that no unit can lean on another; "
    for number in range(3):
        phone = Browser(server.port)
        phone.get("/")
        phone.post("/join", name="")
        reason = (long * 3)[:279] + "."
        phone.post("/answer", question="dropout", round="1", direction=["up", "none", "down"][number], reason=reason,
                   nonce="1")
    desk.act("moved", step="discussing", question="dropout")
    for person in {act["person"] for act in votes(server)}:
        assert desk.act("marked", question="dropout", round="1", person=person, standing="chosen") == 303
    screen.page.goto(server.desk.replace("/desk", "/screen"))
    expect(screen.page.locator("blockquote")).to_have_count(3)
    screen.shot(f"screen-reasons-{width}")
    assert screen.page.evaluate("document.documentElement.scrollHeight") <= height
    assert screen.page.evaluate("parseFloat(getComputedStyle(document.querySelector('blockquote')).fontSize)") >= 36
    for kind, faults in screen.page.evaluate(FAULTS).items():
        assert not faults, f"{kind}: " + "; ".join(faults[:5])


def test_a_laptop_that_goes_round(browser, server):
    screen, laptop = Look(browser, 1280, 900), Look(browser, 1280, 900)
    screen.page.goto(server.desk.replace("/desk", "/screen"))
    join(laptop, server, "Ana")
    go(screen, server)
    go(screen, server)
    answer(laptop, "up")
    laptop.page.click(".hand summary")
    laptop.shot("laptop-folded")
    laptop.page.click("#next-person")
    expect(laptop.page.locator("h1")).to_have_text("Come in")
    laptop.page.fill("#name", "Ben")
    laptop.page.click("#join button")
    answer(laptop, "down")
    expect(laptop.page.locator(".hand")).to_contain_text("Ana ✓")
    laptop.shot("laptop-second")
    laptop.page.get_by_role("button", name="Ana ✓").click()
    expect(laptop.page.locator(".me")).to_contain_text("Ana")
    expect(laptop.page.locator("#direction-up")).to_have_attribute("aria-pressed", "true")
    # What comes from the desk is heard by whoever has it now.
    go(screen, server)
    expect(laptop.page.locator(".sealed")).to_contain_text("sealed")
    assert [act["direction"] for act in votes(server)] == ["up", "up", "down", "down"]
    assert laptop.said == []


# The epochs are paced, so that they do not come to the end of what a live curve keeps before the page is there.
GROWING = {**QUICK, "name": "growing", "questions": [], "textbook": [], "seeds": 1, "command": ["/bin/sh", "-c", (
    "e=0; while :; do e=$(expr $e + 1); [ $e -gt 4000 ] || echo '{{\"epoch\": '$e', \"loss\": 0.{dropout}'$e'}}';"
    " [ ! -e go ] || break; sleep 0.01; done; echo {decay}")]}


def test_curves_grow_in_the_window(browser, tmp_path):
    (tmp_path / "growing.json").write_text(json.dumps(GROWING))
    running = subprocess.Popen([BINARY, "run", "growing.json", "--quiet", "--jobs", "2"], cwd=tmp_path)
    port = free_port()
    window = subprocess.Popen([BINARY, "serve", "--port", str(port)], cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    try:
        address = re.search(r"http://\S+", window.stdout.readline())[0]
        look = Look(browser, 1280, 900)
        for _ in range(100):
            look.page.goto(address + "/sweep?name=growing")
            if look.page.locator("h1").inner_text() == "growing":
                break
            look.page.wait_for_timeout(100)
        picture = look.page.get_by_role("region", name="Curves of runs at work")
        expect(picture).to_be_visible(timeout=20_000)
        before = picture.inner_html()
        for _ in range(100):
            if picture.inner_html() != before:
                break
            look.page.wait_for_timeout(100)
        assert picture.inner_html() != before, "the curves grow by themselves"
        look.shot("window-growing")
        for kind, faults in look.page.evaluate(FAULTS).items():
            assert not faults, f"{kind}: " + "; ".join(faults[:5])
        (tmp_path / "go").touch()
        expect(look.page.locator("main")).to_contain_text("4 ok", timeout=20_000)
        expect(picture).to_have_count(0)
        assert running.wait() == 0
    finally:
        for process in (running, window):
            process.terminate()
            process.wait()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_window_fills_as_runs_arrive(browser, tmp_path, width):
    (tmp_path / "open.json").write_text(json.dumps({**QUICK, "name": "open", "questions": [], "textbook": []}))
    sweep("run", "open.json", "--quiet", "--filter", "dropout=4", cwd=tmp_path)
    port = free_port()
    window = subprocess.Popen([BINARY, "serve", "--port", str(port)], cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    try:
        address = re.search(r"http://\S+", window.stdout.readline())[0]
        look = Look(browser, width, 900)
        look.page.goto(address)
        look.page.get_by_role("link", name="open").click()
        expect(look.page.locator("main")).to_contain_text("8 ok")
        sweep("run", "open.json", "--quiet", cwd=tmp_path)
        expect(look.page.locator("main")).to_contain_text("16 ok", timeout=15_000)
        for name in ("sweep", "run"):
            look.shot(f"window-{name}-{width}")
            for kind, faults in look.page.evaluate(FAULTS).items():
                assert not faults, f"{name}, {kind}: " + "; ".join(faults[:5])
            if name == "sweep":
                look.page.locator("a[href^='/run']").first.click()
                expect(look.page.locator("h1")).to_contain_text("Run ")
        assert look.said == []
    finally:
        window.terminate()
        window.wait()


def test_a_phone_reads_the_code(browser, server):
    screen = Look(browser, 1280, 900)
    screen.page.goto(server.room + "/screen")
    expect(screen.page.locator("svg.qr")).to_be_visible()
    # The whole page: a part of it may be swapped for a newer one while its picture is taken.
    screen.page.screenshot(path=SCREENSHOTS / "qr.png")
    read = subprocess.run(["zbarimg", "-q", "--raw", SCREENSHOTS / "qr.png"], capture_output=True, text=True)
    assert read.stdout.strip() == server.room + "/"

"""Phones draw digits and the networks of a lesson answer: over plain HTTP, and in a browser. SWEEP is the binary.

Screenshots stay in .build/peers/screenshots/lesson, to be looked at.
"""
import http.client
import socket
import struct
import time
import zlib

import pytest
from playwright.sync_api import expect

from binary import BINARY
from lesson import Browser, Desk, Server
from test_serve import FAULTS, Look

# Networks that learn in half a second; two questions, of which the lesson asks one.
DIGITS = {
    "name": "digits",
    "settings": {"train_size": 200, "epochs": 4, "evaluate_every": 0, "body": "letters"},
    "axes": {"dropout": [0, 0.5], "tuning": ["full", "head"]},
    "seeds": 2,
    "keep": "weights",
    "metrics": {"valid_loss": {"better": "lower", "delta": 0.02}},
    "questions": [
        {"id": "dropout", "factor": "dropout", "from": 0, "to": 0.5, "metric": "valid_loss", "at": {"tuning": "full"}},
        {"id": "tuning", "factor": "tuning", "from": "full", "to": "head", "metric": "valid_loss", "at": {"dropout": 0}},
    ],
}


def png(width, height, value, declared=None):
    """A grey picture of a function of x and y; `declared` is the size that its head claims."""
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes(value(x, y) for x in range(width)) for y in range(height))
    head = struct.pack(">IIBBBBB", *(declared or (width, height)), 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


ONE = png(140, 140, lambda x, y: 255 * (60 < x < 72 and 20 < y < 110))


def send(phone, picture=ONE, kind="image/png", path="/picture?kind=drawing", headers=()):
    connection = http.client.HTTPConnection("127.0.0.1", phone.port, timeout=20)
    try:
        own = {"Content-Type": kind, "Origin": f"http://127.0.0.1:{phone.port}", **dict(headers)}
        connection.request("POST", path, picture, own | ({"Cookie": phone.cookie} if phone.cookie else {}))
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def come_in(server):
    phone = Browser(server.port)
    phone.get("/")
    assert phone.post("/join", name="Ana") == 303
    return phone


def revealed(server, desk):
    """A lesson whose runs are made, and whose one question is revealed."""
    assert desk.act("moved", step="training") == 303
    assert desk.act("started") == 303
    for _ in range(600):
        if "All runs are done" in desk.look("/screen"):
            break
        time.sleep(0.1)
    assert desk.act("revealed", question="dropout") == 303


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trying")
    with Server(BINARY, folder, DIGITS, ["--questions", "dropout"]) as server:
        yield server, Desk(server), come_in(server)


def test_a_picture_is_answered_when_nothing_is_sealed_and_never_before(room):
    server, desk, phone = room
    assert desk.act("moved", step="trying") == 409, "the question is sealed"
    assert send(phone)[0] == 409
    revealed(server, desk)
    assert desk.act("moved", step="trying") == 303
    assert "still sealed" in desk.look("/screen") and "canvas" not in phone.look("/")
    assert send(phone)[0] == 409, "another question of the spec is sealed"
    assert desk.act("openEverything") == 303
    assert "canvas" in phone.look("/")
    status, page = send(phone)
    assert status == 200 and page.count("<li>") == 3
    for name in ("baseline", "dropout 0.5", "tuning head"):
        assert f">{name}<" in page
    screen = f"/screen?token={desk.token}"
    assert "data:image" not in desk.look(screen) and "picture so far" in desk.look(screen)
    assert desk.act("showAll") == 303
    assert desk.look(screen).count("data:image") == 4, "what was sent, and a map a cell"
    assert "data:image" not in phone.look("/")
    assert desk.act("forget") == 303
    assert "data:image" not in desk.look(screen)
    kept = [path for path in server.folder.rglob("*") if path.suffix in (".png", ".jpg")]
    assert kept == [] and "picture" not in server.journal.read_text()


def test_what_is_refused(room):
    server, desk, phone = room
    stranger, other = Browser(server.port), come_in(server)
    for status, words, answer in (
        (409, "Come in first", send(stranger)),
        (413, "200000 bytes at most", send(other, b"x" * 200_001)),
        (415, "image/png", send(other, b"a=b", "application/x-www-form-urlencoded")),
        (422, "no whole PNG", send(other, b"\x89PNG\r\n\x1a\nbroken")),
        (422, "nothing is drawn", send(other, png(20, 20, lambda x, y: 0))),
        (422, "more than 4 million", send(other, png(20, 20, lambda x, y: 0, declared=(3000, 2000)))),
        (409, "somebody else", send(other, path="/picture?kind=drawing&as=other")),
        (403, "", send(other, headers={"Origin": "http://elsewhere"})),
    ):
        assert answer[0] == status and words in answer[1], answer
    again = come_in(server)
    statuses = [send(again)[0] for _ in range(10)]
    assert statuses == [200] * 8 + [429] * 2
    assert desk.act("moved", step="end") == 303 and send(come_in(server))[0] == 409
    assert desk.act("moved", step="trying") == 303


def test_pictures_that_wait_are_bounded(room):
    server, desk, phone = room
    slow = []
    for _ in range(8):
        line = socket.create_connection(("127.0.0.1", server.port))
        head = (f"POST /picture HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nCookie: {phone.cookie}\r\n"
                "Content-Type: image/png\r\nContent-Length: 100\r\n\r\nhalf")
        line.sendall(head.encode())
        slow.append(line)
    newcomer = come_in(server)
    for _ in range(100):
        status, page = send(newcomer)
        if status == 503:
            break
        time.sleep(0.02)
    assert status == 503 and "Send it again in a moment" in page
    assert desk.act("showNone") == 303, "the lesson goes on"
    for line in slow:
        line.close()
    for _ in range(100):
        status, _ = send(newcomer)
        if status != 503:
            break
        time.sleep(0.05)
    assert status in (200, 429)


def draw_a_seven(page):
    box = page.locator("#pad").bounding_box()
    at = lambda x, y: (box["x"] + x * box["width"], box["y"] + y * box["height"])
    page.mouse.move(*at(0.3, 0.25))
    page.mouse.down()
    page.mouse.move(*at(0.7, 0.25), steps=8)
    page.mouse.move(*at(0.45, 0.8), steps=8)
    page.mouse.up()


def test_a_drawn_digit_on_a_phone_and_on_the_screen(browser, room, tmp_path):
    server, desk, _ = room
    # What an earlier test left, whichever ran.
    if "canvas" not in come_in(server).look("/"):
        revealed(server, desk)
        desk.act("moved", step="trying")
        desk.act("openEverything")
    phone, screen, teacher = Look(browser), Look(browser, 1280, 720), Look(browser, 1280, 900)
    phone.page.goto(server.room)
    phone.page.click("#join button")
    screen.page.goto(server.desk.replace("/desk", "/screen"))
    teacher.page.goto(server.desk)
    expect(phone.page.locator("h1")).to_have_text("Try the networks")
    phone.page.click("#ask")
    expect(phone.page.locator("#said")).to_have_text("Draw something first.")
    draw_a_seven(phone.page)
    phone.shot("room-trying-drawn")
    phone.page.focus("#ask")
    phone.page.keyboard.press("Enter")
    expect(phone.page.locator("#said li")).to_have_count(3, timeout=20_000)
    expect(phone.page.locator("#said .says").first).to_have_text("7")
    expect(screen.page.locator("img")).to_have_count(0)
    teacher.page.get_by_role("button", name="Show every picture").click()
    expect(screen.page.locator(".opinions li")).to_have_count(3)
    # A file instead of a finger.
    file = tmp_path / "one.png"
    file.write_bytes(ONE)
    phone.page.set_input_files("#picture", str(file))
    phone.page.click("#ask")
    expect(phone.page.locator("#said .says").first).to_have_text("1", timeout=20_000)
    expect(screen.page.locator(".says").first).to_have_text("1")
    for look, name in ((phone, "room-trying"), (screen, "screen-trying"), (teacher, "desk-trying")):
        look.shot(name)
        for kind, faults in look.page.evaluate(FAULTS).items():
            assert not faults, f"{name}, {kind}: " + "; ".join(faults[:5])
    assert screen.page.evaluate("document.documentElement.scrollHeight") <= 720
    phone.page.click("#wipe")
    expect(phone.page.locator("#said")).to_be_empty()
    for look in (phone, screen, teacher):
        assert look.said == [], look.said

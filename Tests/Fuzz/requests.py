#!/usr/bin/env python3
"""Changed HTTP requests, sent as bytes through a socket to a lesson that is served by the built program.

Each case is one to three requests on one connection: those that phones, the desk and strangers send, changed by their structure
(methods, targets, headers doubled, dropped, exchanged, given values at the edges, bodies of another length than is said, chunks) or
by their bytes, and cut into pieces. Always

    the server lives, and its answers are HTTP with a status that it knows; none is a fault of its own (5xx)
    no answer takes 10 seconds, where the request came whole
    no answer holds what is sealed, nor the desk's token where the request did not have it
    the desk did only what was asked with its token, and the journal takes no act that is not one
    in between and at the end a phone comes in, answers and is heard; memory and descriptors stay bounded; the same command goes on

    python3 requests.py BINARY [CASES] [SEED] [FIRST]

Prints the seed; a case follows from it and its number alone. Exits with 1 where something was found.
"""
import collections
import errno
import os
import pathlib
import random
import re
import signal
import socket
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Peers"))
from lesson import Browser, Desk, Server  # noqa: E402

SECONDS, MEGABYTES, DESCRIPTORS = 10, 400, 600
KNOWN = {200, 303, 304, 400, 403, 404, 405, 408, 409, 411, 413, 414, 415, 417, 421, 426, 429, 431}
DEEDS = {"moved", "opened", "closed", "extended", "skipped", "restored", "marked", "started", "paused", "revealed", "seated",
         "namesDeleted", "ended"}
COUNTS = collections.Counter()
SEALED = re.compile(rb"TEXTBOOK-OF-|0\.[46]7\d\d")
PATHS = ["/", "/screen", "/desk", "/join", "/answer", "/name", "/events", "/style.css", "/live.js", "/hand", "/suspect", "/check",
         "/predictions.jsonl", "/../lesson.jsonl", "/%2e%2e/%2e%2e/etc/passwd", "//", "/" + "a" * 9000, "*", "http://x/", "/\x00", "/é"]
EDGES = ["", "0", "-1", "1", "4095", "4096", "4097", "9" * 25, "nan", "a" * 300, "\t", "é", "%00", "%zz", "%", "=", "&", ";", "<b>",
         "x\ty", "chunked", "gzip, chunked", "100-continue", "keep-alive", "close", "upgrade", "websocket", "h2c", "identity", "bytes=0-"]
HEADERS = ["Host", "Origin", "Referer", "Cookie", "Content-Type", "Content-Length", "Transfer-Encoding", "Connection", "Expect", "Upgrade",
           "If-None-Match", "Accept-Encoding", "Range", "TE", "Trailer", "HTTP2-Settings", "X-" + "y" * 200]
PIECES = [b"\r", b"\n", b"\r\n", b"\r\n\r\n", b"\x00", b"\xff", b":", b" ", b"\t", b"HTTP/1.1", b"GET / HTTP/1.1\r\n", b"0\r\n\r\n", b"%",
          b"\x16\x03\x01", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"&", b"=", b"A" * 5000, "🦦".encode()]


class WatchedServer(Server):
    """The lesson, whose memory and descriptors are looked at."""

    def stood(self):
        """Megabytes of memory, and open descriptors."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024, len(os.listdir(f"/proc/{self.process.pid}/fd"))


def form(draw):
    fields = {
        "/join": {"name": "Ana"}, "/name": {"name": "Ben"}, "/hand": {"to": ""},
        "/answer": {"question": "dropout", "round": "1", "direction": "up", "confidence": "65", "reason": "because",
                    "nonce": str(draw.random())},
        "/desk": {"token": "x" * 32, "act": draw.choice(sorted(DEEDS)), "step": "end", "question": "dropout", "round": "1"},
        "/suspect": {"question": "dropout", "candidate": "F1"},
    }
    path = draw.choice(sorted(fields))
    own = dict(fields[path])
    for _ in range(draw.choice([0, 0, 1, 2])):
        key = draw.choice(sorted(own) + ["person", "as", "standing", "seconds", ""])
        own[key] = draw.choice(EDGES)
    return path, "&".join(f"{key}={value}" for key, value in own.items())


def request(draw, port, cookie):
    """One request as lines and a body, changed by its structure."""
    host = f"127.0.0.1:{port}"
    headers = [("Host", host)]
    if draw.random() < 0.7:
        headers.append(("Cookie", draw.choice([cookie, "sweep=x", "a=b; " + cookie, cookie + "; " + cookie])))
    if draw.random() < 0.55:
        method = "POST"
        path, body = form(draw)
        headers += [("Origin", f"http://{host}"), ("Content-Type", "application/x-www-form-urlencoded"),
                    ("Content-Length", str(len(body.encode())))]
    else:
        method, path, body = draw.choice(["GET", "GET", "GET", "HEAD"]), draw.choice(PATHS[:12]), ""
    version = "HTTP/1.1"
    for _ in range(draw.choice([0, 1, 1, 2, 3])):
        kind = draw.randrange(9)
        if kind == 0:
            method = draw.choice(["PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "", "G" * 300, "PATCH", "PRI"])
        elif kind == 1:
            path = draw.choice(PATHS)
        elif kind == 2:
            path += "?" + "&".join(f"{draw.choice(['token', 'question', 'v', ''])}={draw.choice(EDGES)}" for _ in range(draw.randint(1, 3)))
        elif kind == 3:
            version = draw.choice(["HTTP/1.0", "HTTP/2", "HTTP/0.9", "HTTP/1.2", "", "HTTP/9" * 9])
        elif kind == 4 and headers:
            del headers[draw.randrange(len(headers))]
        elif kind == 5 and headers:
            at = draw.randrange(len(headers))
            headers[at] = (headers[at][0], draw.choice(EDGES))
        elif kind == 6 and headers:
            headers.append(draw.choice(headers))
        elif kind == 7:
            headers += [(draw.choice(HEADERS), draw.choice(EDGES)) for _ in range(draw.choice([1, 2, 90]))]
        elif body:
            chunks = [f"{len(body):x}", body, "0", ""] if draw.random() < 0.5 else [draw.choice(EDGES), body, "0"]
            headers = [header for header in headers if header[0] != "Content-Length"] + [("Transfer-Encoding", "chunked")]
            body = "\r\n".join(chunks) + "\r\n"
    lines = [f"{method} {path} {version}"] + [f"{name}: {value}" for name, value in headers]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode(errors="surrogateescape")


def changed(draw, data):
    data = bytearray(data)
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(len(data)) if data else 0
        kind = draw.randrange(5)
        if kind == 0 and data:
            data[at] ^= 1 << draw.randrange(8)
        elif kind == 1:
            del data[at:at + draw.randrange(20)]
        elif kind == 2:
            data[at:at] = data[at:at + draw.randrange(60)]
        elif kind == 3 and draw.random() < 0.3:
            del data[at:]
        else:
            data[at:at] = draw.choice(PIECES)
    return bytes(data)


def case_of(seed, number, port, cookie):
    draw = random.Random(f"{seed} {number}")
    data = b"".join(request(draw, port, cookie) for _ in range(draw.choice([1, 1, 1, 2, 3])))
    if draw.random() < 0.4:
        data = changed(draw, data)
    pieces = [data]
    if draw.random() < 0.2 and len(data) > 2:
        at = draw.randrange(1, len(data))
        pieces = [data[:at], data[at:]]
    return pieces, draw.random() < 0.1


def answered(port, pieces, leaves):
    """All that the server says, up to its end of the connection; seconds; whether it had to be waited for."""
    began, said = time.monotonic(), b""
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as line:
        try:
            for piece in pieces:
                line.sendall(piece)
            if leaves:
                return b"", 0.0
            line.shutdown(socket.SHUT_WR)
            while len(said) < 1 << 20:
                # A stream of events has no end.
                if b"text/event-stream" in said:
                    break
                read = line.recv(1 << 16)
                if not read:
                    break
                said += read
        except OSError as error:
            # The server has hung up on what is no HTTP.
            if not isinstance(error, ConnectionError) and error.errno != errno.ENOTCONN:
                raise
    return said, time.monotonic() - began


def faults_of(server, cookie, seed, number):
    pieces, leaves = case_of(seed, number, server.port, cookie)
    try:
        said, seconds = answered(server.port, pieces, leaves)
    except OSError as error:
        return [f"{type(error).__name__}: {error}"]
    found = []
    for status in re.findall(rb"(?:^|\n)HTTP/1\.[01] (\d+)", said):
        COUNTS[int(status)] += 1
        if int(status) not in KNOWN:
            found.append(f"status {status.decode()}")
    if said and not said.startswith(b"HTTP/1."):
        found.append(f"no HTTP: {said[:80]}")
    if seconds > SECONDS:
        found.append(f"{seconds:.1f} s")
    if SEALED.search(said):
        found.append("what is sealed is told")
    if server.token.encode() in said:
        found.append("the desk's token is told")
    return [f"{fault}: {b''.join(pieces)[:300]}" for fault in found]


def come_in(server):
    """The cookie of a new phone: one alone may do only so much a minute."""
    phone = Browser(server.port)
    phone.look("/")
    assert phone.post("/join", name="Dee") == 303
    return phone.cookie


def heard(server, number):
    """Whether a phone comes in and answers, as always."""
    phone = Browser(server.port)
    phone.look("/")
    if phone.post("/join", name=f"Person {number}") != 303:
        return ["nobody can come in"]
    nonce = f"heard-{number}"
    fields = dict(question="dropout", round="1", direction="down", confidence="65", reason="", nonce=nonce)
    if phone.post("/answer", **fields) != 303:
        return ["nobody can answer"]
    return [] if any(act.get("nonce") == nonce for act in server.acts()) else ["a confirmed answer is not in the journal"]


def state_faults(server, number, deeds):
    if server.process.poll() is not None:
        return [f"the server ended with {server.process.returncode}"]
    found = heard(server, number)
    megabytes, descriptors = server.stood()
    if megabytes > MEGABYTES:
        found.append(f"{megabytes:.0f} MB")
    if descriptors > DESCRIPTORS:
        found.append(f"{descriptors} descriptors")
    done = sum(act["act"] in DEEDS for act in server.acts())
    if done != deeds:
        found.append(f"{done} deeds of the desk are written, of {deeds}")
    return found


def main():
    binary = os.path.abspath(sys.argv[1])
    cases = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 32)
    first = int(sys.argv[4]) if len(sys.argv) > 4 else 0
    print(f"seed {seed}", flush=True)
    faults = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        with open(folder / "errors", "wb") as errors, WatchedServer(binary, folder, errors=errors) as server:
            assert Desk(server).act("moved", step="asking", question="dropout", round="1") == 303
            deeds = sum(act["act"] in DEEDS for act in server.acts())
            with ThreadPoolExecutor(8) as pool:
                for start in range(first, first + cases, 500):
                    numbers = range(start, min(start + 500, first + cases))
                    cookies = [come_in(server) for _ in range(10)]
                    look = lambda number: faults_of(server, cookies[number % 10], seed, number)  # noqa: E731
                    for number, found in zip(numbers, pool.map(look, numbers)):
                        faults += [f"case {number}: {fault}" for fault in found]
                    faults += [f"after case {numbers[-1]}: {fault}" for fault in state_faults(server, numbers[-1], deeds)]
                    if server.process.poll() is not None or len(faults) > 100:
                        break
            if server.process.poll() is None:
                server.kill(signal.SIGTERM)
                if server.process.returncode not in (0, 130):
                    faults.append(f"the server ended with {server.process.returncode}")
                before = server.journal.read_bytes()
                server.start()
                faults += [f"gone on with: {fault}" for fault in state_faults(server, -1, deeds)]
                if not server.journal.read_bytes().startswith(before):
                    faults.append("the journal is another one after the next start")
        said = (folder / "errors").read_text(errors="replace")
        if said.strip():
            faults.append(f"standard error: {said[:500]!r}")
    answers = ", ".join(f"{status} {count}" for status, count in sorted(COUNTS.items()))
    print(f"{cases} connections, {len(faults)} faults; answers {answers}")
    print("\n".join(faults[:40]))
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()

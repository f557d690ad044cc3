"""Times a served lesson under a class's load and more, while networks train on all cores.

    python3 Tests/Benchmarks/serve.py .build/release/sweep [PHONES]

PHONES phones (300) listen and vote within ten seconds; the server's own runs train meanwhile at lower priority. Then
1,000 connections are held open, and 500 send half a request and no more, while phones go on voting. Prints seconds and
memory; exits with 1 when a vote is lost, when the 99th percentile of a vote is over 100 ms, when a half request is held
for more than 15 s, or when a connection of another phone is refused meanwhile.
"""
import asyncio
import json
import os
import random
import resource
import statistics
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "Peers"))
from lesson import QUICK, Desk, Server  # noqa: E402

BINARY = str(Path(sys.argv[1]).resolve())
PHONES = int(sys.argv[2]) if len(sys.argv) > 2 else 300
SECONDS = 10
# Runs that keep every core busy for longer than the votes take.
BUSY = {**QUICK, "name": "busy", "seeds": 40, "command": [
    "python3", "-c", "import time; end = time.time() + 2\nwhile time.time() < end: pass\nprint('{{\"final\": {{\"loss\": {dropout}}}}}')"]}


class Phone:
    def __init__(self, port):
        self.port, self.cookie = port, ""

    async def request(self, method, path, fields=None):
        """The status and the seconds that it took."""
        begun = time.perf_counter()
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        body = urllib.parse.urlencode(fields).encode() if fields else b""
        kind = "Content-Type: application/x-www-form-urlencoded\r\n" if fields else ""
        writer.write(f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {self.cookie}\r\n{kind}"
                     f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)
        answer = await reader.read()
        writer.close()
        for line in answer.split(b"\r\n\r\n")[0].decode().split("\r\n"):
            if line.lower().startswith("set-cookie:"):
                self.cookie = line.split(": ")[1].split(";")[0]
        return int(answer.split()[1]), time.perf_counter() - begun

    async def listen(self):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(f"GET /events?place=room HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {self.cookie}\r\n\r\n".encode())
        try:
            while await reader.read(4096):
                pass
        except (ConnectionResetError, asyncio.CancelledError):
            pass
        writer.close()


def memory(server):
    lines = Path(f"/proc/{server.process.pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) // 1024


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(share * len(times)))] * 1000


async def votes(phones, round_name, seconds):
    draw = random.Random(1)

    async def vote(number, phone):
        await asyncio.sleep(draw.uniform(0, seconds))
        return await phone.request("POST", "/answer", {
            "question": "dropout", "round": "1", "direction": draw.choice(["up", "down", "none"]),
            "nonce": f"{round_name}-{number}", "reason": "because"})

    return await asyncio.gather(*(vote(number, phone) for number, phone in enumerate(phones)))


async def half_open(port, count):
    """Seconds until the server lets go of each of many half requests."""
    async def one():
        begun = time.perf_counter()
        reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=("127.0.0.3", 0))
        writer.write(b"GET / HTTP/1.1\r\nHost: 127.0")
        try:
            await asyncio.wait_for(reader.read(), 40)
        except (TimeoutError, ConnectionResetError):
            pass
        writer.close()
        return time.perf_counter() - begun

    return await asyncio.gather(*(one() for _ in range(count)))


def said(name, answers):
    times = [seconds for _, seconds in answers]
    print(f"{name}: {len(times)} votes, p50 {percentile(times, 0.5):.1f} ms, p99 {percentile(times, 0.99):.1f} ms")
    return [f"{name}: statuses {set(status for status, _ in answers)}"] * any(s != 303 for s, _ in answers) + [
        f"{name}: p99 over 100 ms"] * (percentile(times, 0.99) > 100)


async def load(server):
    faults = []
    print(f"idle: {memory(server)} MB")
    phones = [Phone(server.port) for _ in range(PHONES)]
    for start in range(0, PHONES, 20):
        group = phones[start:start + 20]
        await asyncio.gather(*(phone.request("GET", "/") for phone in group))
        await asyncio.gather(*(phone.request("POST", "/join", {"name": ""}) for phone in group))
    listening = [asyncio.create_task(phone.listen()) for phone in phones]
    faults += said("quiet", await votes(phones, "quiet", SECONDS))
    print(f"{PHONES} streams: {memory(server)} MB")
    # From other addresses, for one address may have so many and no more.
    held = [await asyncio.open_connection("127.0.0.1", server.port, local_addr=("127.0.0.2", 0)) for _ in range(1000)]
    half = asyncio.create_task(half_open(server.port, 500))
    faults += said("beside 1,000 open and 500 half-open connections", await votes(phones, "beside", SECONDS))
    print(f"beside them: {memory(server)} MB")
    seconds = await half
    print(f"half requests are let go after {statistics.median(seconds):.1f} s, the last after {max(seconds):.1f} s")
    faults += ["a half request was held for more than 15 s"] * (max(seconds) > 15)
    for _, writer in held:
        writer.close()
    for task in listening:
        task.cancel()
    return faults


def main():
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(8192, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),) * 2)
    with tempfile.TemporaryDirectory() as folder, Server(BINARY, folder) as server:
        (Path(folder) / "busy.json").write_text(json.dumps(BUSY))
        desk = Desk(server)
        desk.act("moved", step="asking", question="dropout", round="1")
        # The server's own runs would close the votes; another sweep beside it loads the cores as they do.
        busy = os.posix_spawn("/usr/bin/nice", ["nice", "-n", "10", BINARY, "run", f"{folder}/busy.json", "--results",
                                                f"{folder}/busy", "--quiet"], os.environ)
        try:
            faults = asyncio.run(load(server))
        finally:
            os.kill(busy, 15)
            os.waitpid(busy, 0)
        written = {act["nonce"] for act in server.acts() if act["act"] == "answered"}
        faults += [f"{2 * PHONES - len(written)} votes are not on the disk"] * (len(written) != 2 * PHONES)
    for fault in faults:
        print("FAULT", fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

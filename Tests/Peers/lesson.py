"""A lesson that is served, its desk and its phones, over plain HTTP with Python's own library."""
import http.client
import json
import random
import signal
import socket
import subprocess
import time
import urllib.parse
from pathlib import Path

# Runs that take no time: what is tried is the lesson.
QUICK = {
    "name": "quick",
    "command": ["/bin/sh", "-c",
                "t=3{seed}; [ {dropout}{decay} = 40 ] || t={seed}3; echo '{{\"epoch\": 1, \"loss\": 0.9}}'; "
                "echo '{{\"final\": {{\"loss\": 0.{dropout}7'$t'}}}}'"],
    "axes": {"dropout": [4, 6], "decay": [0, 3]},
    "seeds": 4,
    "metrics": {"loss": {"better": "lower", "delta": 0.02}},
    "questions": [
        {"id": "dropout", "factor": "dropout", "from": 4, "to": 6, "metric": "loss", "at": {"decay": 0},
         "ask": "We add dropout. The loss ..."},
        {"id": "decay", "factor": "decay", "from": 0, "to": 3, "metric": "loss", "at": {"dropout": 4},
         "ask": "We add weight decay. The loss ..."},
    ],
    "textbook": [{"question": "dropout", "direction": "down", "confidence_pct": 80, "premise": "overfit",
                  "source": "TEXTBOOK-OF-DROPOUT", "fails_when": ["F1", "F3"]},
                 {"question": "decay", "direction": "up", "confidence_pct": 65, "premise": "overfit",
                  "source": "TEXTBOOK-OF-DECAY", "fails_when": ["F6"]}],
}


def free_port():
    """A port that nobody listens at, below those from which the system takes its own for connections."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as listener:
            try:
                listener.bind(("0.0.0.0", port))
            except OSError:
                continue
            return port


class Server:
    """`sweep serve` on one port, which can be killed and started again."""

    def __init__(self, binary, folder, spec=QUICK, arguments=(), errors=None, environment=None):
        self.errors, self.environment = errors, environment
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        file = spec if isinstance(spec, (str, Path)) else self.folder / f"{spec['name']}.json"
        if isinstance(spec, dict):
            file.write_text(json.dumps(spec))
        self.port = free_port()
        self.command = [binary, "serve", str(file), "--port", str(self.port), "--results",
                        str(self.folder / "results"), *arguments]
        self.name = spec["name"] if isinstance(spec, dict) else Path(spec).stem
        self.process = None

    def start(self):
        self.process = subprocess.Popen(self.command, cwd=self.folder, stdout=subprocess.PIPE, stderr=self.errors,
                                        env=self.environment, text=True)
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if line.startswith("The room"):
                self.room = line.split()[2]
            if line.startswith("The desk"):
                self.desk = line.split()[2]
                self.token = urllib.parse.parse_qs(urllib.parse.urlsplit(self.desk).query)["token"][0]
                return self
        raise AssertionError(f"the server did not start: {lines}, {self.process.wait()}")

    def kill(self, number=signal.SIGKILL):
        self.process.send_signal(number)
        self.process.wait()
        self.process.stdout.close()

    @property
    def journal(self):
        return self.folder / "results" / self.name / "lesson.jsonl"

    def acts(self):
        """All acts that are on the disk."""
        return [json.loads(line) for line in self.journal.read_text().splitlines()[1:]]

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.kill(signal.SIGTERM)


class Browser:
    """Sends forms as a browser does, with its cookie."""

    def __init__(self, port, host="127.0.0.1"):
        self.port, self.host, self.cookie, self.timeout = port, host, None, 10

    def request(self, method, path, fields=None, headers=()):
        connection = http.client.HTTPConnection(self.host, self.port, timeout=self.timeout)
        try:
            head = dict(headers)
            if self.cookie:
                head["Cookie"] = self.cookie
            body = None
            if fields is not None:
                body = urllib.parse.urlencode(fields)
                head.setdefault("Content-Type", "application/x-www-form-urlencoded")
                head.setdefault("Origin", f"http://{self.host}:{self.port}")
            connection.request(method, path, body, head)
            answer = connection.getresponse()
            text = answer.read().decode()
            if given := answer.getheader("Set-Cookie"):
                self.cookie = given.split(";")[0]
            return answer.status, text
        finally:
            connection.close()

    def get(self, path):
        return self.request("GET", path)

    def insist(self, method, path, fields=None):
        """Asks until an answer comes, as a page does whose network is gone."""
        for _ in range(400):
            try:
                return self.request(method, path, fields)
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)
        raise AssertionError("no answer for eight seconds")

    def look(self, path):
        return self.insist("GET", path)[1]

    def post(self, path, **fields):
        return self.insist("POST", path, fields)[0]


class Desk(Browser):
    """Leads the lesson."""

    def __init__(self, server):
        super().__init__(server.port)
        self.token = server.token

    def act(self, act, **fields):
        return self.post("/desk", token=self.token, act=act, **fields)

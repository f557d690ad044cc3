"""Kills a served lesson at random moments and counts the votes.

    python3 Tests/Proofs/lesson_kills.py .build/release/sweep [KILLS] [SEED]

Phones vote, each form is sent until it is answered, and the server is killed (SIGKILL) KILLS times (200) and started
again on the same port. Exits with 1 when a vote that was confirmed is not in the journal exactly once, when another
vote is there, or when a phone is not the person that it was.
"""
import random
import sys
import tempfile
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "Peers"))
from lesson import Browser, Desk, Server  # noqa: E402

PHONES = 6
DIRECTIONS = ["down", "none", "up"]


def vote(server, number, seed, done, confirmed, faults):
    """One phone: comes in once, then answers again and again."""
    draw = random.Random(f"{seed} {number}")
    phone = Browser(server.port)
    phone.look("/")
    if phone.post("/join", name=f"phone {number}") != 303:
        faults.append(f"phone {number} could not come in")
    count = 0
    while not done.is_set():
        count += 1
        nonce = f"{number}-{count}"
        direction = draw.choice(DIRECTIONS)
        status = phone.post("/answer", question="dropout", round="1", direction=direction, confidence="65",
                            reason=f"because {count}", nonce=nonce)
        if status == 303:
            confirmed.append((nonce, direction))
        elif status != 503:
            faults.append(f"phone {number}, vote {count}: status {status}")


def proof(binary, kills, seed):
    """The faults that were found, and how many votes were confirmed."""
    draw = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder, Server(binary, folder) as server:
        desk = Desk(server)
        assert desk.act("moved", step="asking", question="dropout", round="1") == 303
        done, confirmed, faults = threading.Event(), [], []
        phones = [threading.Thread(target=vote, args=(server, number, seed, done, confirmed, faults))
                  for number in range(PHONES)]
        for phone in phones:
            phone.start()
        for _ in range(kills):
            done.wait(draw.uniform(0.02, 0.3))
            server.kill()
            server.start()
        done.set()
        for phone in phones:
            phone.join()
        acts = server.acts()
        written = [(act["nonce"], act["direction"]) for act in acts if act["act"] == "answered"]
        faults += [f"confirmed and lost: {vote}" for vote in set(confirmed) - set(written)]
        faults += [f"written twice: {vote}" for vote in set(written) if written.count(vote) > 1]
        faults += [f"written and never confirmed: {vote}" for vote in set(written) - set(confirmed)]
        people = {act["person"] for act in acts if act["act"] == "joined"}
        if len(people) != PHONES:
            faults.append(f"{PHONES} phones are {len(people)} people")
        return faults, len(confirmed)


if __name__ == "__main__":
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    start = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    found, votes = proof(str(Path(sys.argv[1]).resolve()), count, start)
    print(f"{count} kills (seed {start}), {votes} votes confirmed, {len(found)} faults")
    for fault in found[:20]:
        print(fault)
    sys.exit(1 if found else 0)

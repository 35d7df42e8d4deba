"""./bench/crash: kills the service under writers with idempotency keys and attached feeds, and counts what became of every write."""

import http.client
import itertools
import json
import random
import sys
import threading
import time
import uuid
from collections import Counter

from . import run
from .paths import BenchError, stay_on_load_core
from .process import Process
from .servers import SERVERS

WRITERS = 16
FOLLOWERS = 4
SECONDS_BETWEEN_KILLS = (0.2, 1.5)
PATIENCE = 60


class Writer(threading.Thread):
    """Writes films of unique names, each with a key, and asks again with the same key until it has an answer."""

    def __init__(self, number: int, process: Process, stop: threading.Event):
        super().__init__(daemon=True)
        self.number, self.process, self.stopped = number, process, stop
        self.answered = {}  # name to (revision, film id)
        self.lost_answers = 0
        self.replayed = 0
        self.wrong = []
        self.connection = None

    def run(self):
        count = 0
        while not self.stopped.is_set():
            count += 1
            self.write(f"Film {self.number}-{count}", count)

    def write(self, name: str, count: int):
        method, path = ("PUT", f"/films/writer-{self.number}") if count % 4 == 0 else ("POST", "/films")
        body, key = json.dumps({"name": name, "year": 1900 + count % 120}), str(uuid.uuid4())
        for attempt in itertools.count():
            try:
                self.keep(name, path, *self.send(method, path, body, key))
                self.lost_answers += attempt > 0
                return
            except (OSError, http.client.HTTPException):
                self.connection = None
                time.sleep(0.01)

    def send(self, method: str, path: str, body: str, key: str):
        if self.connection is None or self.connection.port != self.process.port:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.process.port, timeout=20)
        self.connection.request(method, path, body, {"Content-Type": "application/json", "Idempotency-Key": key})
        answer = self.connection.getresponse()
        return answer, json.loads(answer.read())

    def keep(self, name: str, path: str, answer, film: dict):
        if answer.status not in (200, 201):
            self.wrong.append((answer.status, film))
            return
        self.replayed += answer.headers["Idempotency-Replayed"] == "true"
        self.answered[name] = (answer.headers["Films-Revision"], film.get("Id", path.removeprefix("/films/")))


class Follower(threading.Thread):
    """Follows the changes as events from the first, and resumes behind the last one that it got."""

    def __init__(self, process: Process):
        super().__init__(daemon=True)
        self.process = process
        self.events = []  # (the id that the event says, the change)
        self.resumed = 0

    def run(self):
        while True:
            try:
                self.follow()
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.01)

    def follow(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.process.port, timeout=20)
        fields = {"Accept": "text/event-stream"} | ({"Last-Event-ID": self.events[-1][0]} if self.events else {})
        connection.request("GET", "/changes?since=0", headers=fields)
        answer = connection.getresponse()
        self.resumed += answer.status == 200 and len(self.events) > 0
        event_id = data = None
        while answer.status == 200 and (line := answer.readline().decode()):
            if line.startswith("id: "):
                event_id = line[4:].strip()
            elif line.startswith("data: ") and line.endswith("\n"):
                data = json.loads(line[6:])
            elif line == "\n" and data is not None:
                self.events.append((event_id, data))
                data = None


def main() -> int:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    try:
        stay_on_load_core()
        return crash(kills)
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1


def crash(kills: int) -> int:
    server = next(server for server in SERVERS if server.key == "filmservice")
    run.clear()
    run.publish([server])
    process, stop = Process(server, run.template(run.SMALL)), threading.Event()
    writers = [Writer(number, process, stop) for number in range(WRITERS)]
    followers = [Follower(process) for _ in range(FOLLOWERS)]
    with run.stopping([process]):
        process.start()
        for thread in writers + followers:
            thread.start()
        for number in range(1, kills + 1):
            time.sleep(random.uniform(*SECONDS_BETWEEN_KILLS))
            process.kill()
            seconds = process.start()
            print(f"kill {number:>2}: {sum(len(writer.answered) for writer in writers):>7,} answered, back after {seconds:.2f} s", flush=True)
        time.sleep(1)
        stop.set()
        for writer in writers:
            writer.join(PATIENCE)
        changes = walk(process)
        wait_for(followers, changes)
    return verdict(kills, writers, followers, changes)


def walk(process: Process) -> list[dict]:
    """All changes, page by page."""
    changes, path = [], "/changes"
    while True:
        page = json.loads(process.ask("GET", path)[2])
        if not page["items"]:
            return changes
        changes, path = changes + page["items"], page["next"]


def wait_for(followers: list[Follower], changes: list[dict]):
    end = time.monotonic() + PATIENCE
    while any(follower.events[-1:] != [(changes[-1]["Revision"], changes[-1])] for follower in followers):
        if time.monotonic() > end:
            raise BenchError("a feed does not reach the last change")
        time.sleep(0.05)


def verdict(kills: int, writers: list[Writer], followers: list[Follower], changes: list[dict]) -> int:
    answered = {name: told for writer in writers for name, told in writer.answered.items()}
    stored = {change["Name"]: (change["Revision"], change["Id"]) for change in changes if "Name" in change}
    names = Counter(change.get("Name") for change in changes)
    ids = Counter(change["Id"] for change in changes if not change["Id"].startswith("writer-"))
    feeds = [[event[1] for event in follower.events] for follower in followers]
    counts = {
        "answered": len(answered),
        "found": sum(stored.get(name) == told for name, told in answered.items()),
        "missing": sum(name not in stored for name in answered),
        "told another revision or id": sum(name in stored and stored[name] != told for name, told in answered.items()),
        "repeated": sum(count - 1 for count in names.values()),
        "ids handed out twice": sum(count - 1 for count in ids.values()),
        "out of order": out_of_order(changes),
        "feeds: lost": sum(len({number(change) for change in changes} - {number(change) for change in feed}) for feed in feeds),
        "feeds: repeated": sum(len(feed) - len({number(change) for change in feed}) for feed in feeds),
        "feeds: out of order": sum(map(out_of_order, feeds)),
        "feeds: other id or content": sum(event_id != change["Revision"] for follower in followers for event_id, change in follower.events)
        + sum(feed != changes for feed in feeds),
        "refused": sum(len(writer.wrong) for writer in writers),
    }
    print(f"{kills} kills, {WRITERS} writers, {FOLLOWERS} feeds that resumed {sum(follower.resumed for follower in followers)} times; "
          f"{sum(writer.lost_answers for writer in writers)} writes had no answer at first, {sum(writer.replayed for writer in writers)} of them "
          "had been carried out and were answered by their key")
    for name, count in counts.items():
        print(f"{name:>28}: {count:,}")
    good = counts["found"] == counts["answered"] and not any(
        count for name, count in counts.items() if name not in ("answered", "found"))
    print("consistent" if good else "BROKEN")
    return 0 if good else 1


def number(change: dict) -> int:
    return int(change["Revision"].split("-")[1])


def out_of_order(changes: list[dict]) -> int:
    """How many changes do not follow the one before them by one."""
    return sum(number(after) != number(before) + 1 for before, after in zip(changes, changes[1:]))


if __name__ == "__main__":
    sys.exit(main())

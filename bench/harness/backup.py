"""./bench/backup: pairs of rounds of durable PUTs, one of each pair with backups made one after the other."""

import argparse
import base64
import dataclasses
import http.client
import json
import statistics
import sys
import threading
import time

from . import load, run
from .paths import BenchError, stay_on_load_core
from .process import Process
from .servers import SERVERS
from .sustained import empty_folder, fill

RATE = 5000
MOST_LOST = 0.1
USER, PASSWORD = "bench", "made for the bench"
CREDENTIALS = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
ADMINISTRATOR = {
    "Authentication__Users__0__Name": USER,
    "Authentication__Users__0__Password": PASSWORD,
    "Authentication__Users__0__Scopes__0": "admin",
    "Backups__Keep": "2",
}


class Backups(threading.Thread):
    """Makes backups until it is told to stop."""

    def __init__(self, process: Process):
        super().__init__(daemon=True)
        self.process, self.over, self.seconds, self.error = process, threading.Event(), [], None

    def run(self):
        try:
            while not self.over.is_set():
                self.make()
        except (BenchError, OSError, http.client.HTTPException) as error:
            self.error = f"POST /backups failed: {error!r}"

    def make(self):
        begin = time.monotonic()
        status, _, body = self.process.ask("POST", "/backups", Authorization=CREDENTIALS)
        self.seconds.append(time.monotonic() - begin)
        if status != 201 or not json.loads(body)["verified"]:
            raise BenchError(f"status {status}, {body!r}")

    def end(self) -> list[float]:
        self.over.set()
        self.join()
        if self.error:
            raise BenchError(self.error)
        return self.seconds


def main() -> int:
    options = parse()
    try:
        stay_on_load_core()
        ratio = measure(options)
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    is_met = ratio >= 1 - MOST_LOST
    print(f"writes during backups / without: {ratio:.3f} (at least {1 - MOST_LOST:g}: {'met' if is_met else 'MISSED'})")
    return 0 if is_met else 1


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/backup", description="What a backup costs writers.")
    parser.add_argument("--films", type=int, default=100_000, help="number of films in the catalogue (default: 100000)")
    parser.add_argument("--seconds", type=float, default=10, help="length of each round (default: 10)")
    parser.add_argument("--rounds", type=int, default=5, help="pairs of rounds (default: 5)")
    return parser.parse_args()


def measure(options: argparse.Namespace) -> float:
    ours = next(server for server in SERVERS if server.key == "filmservice")
    ours = dataclasses.replace(ours, environment=ours.environment | ADMINISTRATOR)
    run.clear()
    run.publish([ours])
    process = Process(ours, empty_folder())
    with run.stopping([process]):
        fill(process, options.films)
        process.start()
        write(process, options, 3)
        ratios = [measure_pair(process, options, number) for number in range(1, options.rounds + 1)]
    run.clear()
    return statistics.median(ratios)


def measure_pair(process: Process, options: argparse.Namespace, number: int) -> float:
    without = write(process, options, options.seconds)
    backups = Backups(process)
    backups.start()
    beside = write(process, options, options.seconds)
    seconds = backups.end()
    run.tell(f"round {number}: without {figures(without)}; with {len(seconds)} backups of {statistics.median(seconds):.1f} s {figures(beside)}")
    return beside["sustained"] / without["sustained"]


def write(process: Process, options: argparse.Namespace, seconds: float) -> dict:
    return load.drive(process, "save", films=options.films, warm_up=1, seconds=seconds, rate=RATE)


def figures(found: dict) -> str:
    return f"{found['sustained']:,.0f} PUTs/s, p50 {found['p50']:.1f} ms, p99 {found['p99']:.1f} ms"


if __name__ == "__main__":
    sys.exit(main())

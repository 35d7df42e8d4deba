"""./bench/abuse: what floods of requests do to a good caller, and to the memory and the disk of the service."""

import argparse
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from . import floods, load, run, sustained
from .paths import ARTIFACTS, BenchError, stay_on_load_core
from .process import Process
from .servers import SERVERS

SECONDS = {"exports": 150}  # longer than a snapshot may be held, and a client may read nothing
OTHERWISE = 15
QUIET = 5  # seconds before and after a flood
READS, WRITES, CHECKS = 100, 20, 20  # requests per second of the good caller
LIMIT_MILLISECONDS = 50
POLL_SECONDS = 0.1


@dataclass(frozen=True)
class Watched:
    """The good caller's waits, and the most memory and disk meanwhile."""
    waits: dict[str, dict]
    megabytes: float
    disk_megabytes: float


class Watch(threading.Thread):
    def __init__(self, process: Process):
        super().__init__(daemon=True)
        self.process, self.over, self.megabytes, self.disk = process, threading.Event(), 0.0, 0.0

    def run(self):
        while not self.over.wait(POLL_SECONDS):
            self.megabytes = max(self.megabytes, self.process.megabytes())
            self.disk = max(self.disk, disk_megabytes(self.process))

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.join()


def main() -> int:
    options = parse()
    try:
        stay_on_load_core()
        return measure(options.films, options.only.split(",") if options.only else list(floods.ALL))
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/abuse", description="Floods, and a good caller beside them.")
    parser.add_argument("--films", type=int, default=100_000, help="number of films in the catalogue (default: 100000)")
    parser.add_argument("--only", help=f"some of the floods: {','.join(floods.ALL)}")
    return parser.parse_args()


def measure(films: int, names: list[str]) -> int:
    ours = next(server for server in SERVERS if server.key == "filmservice")
    run.clear()
    run.publish([ours])
    process = Process(ours, sustained.empty_folder())
    held = True
    with run.stopping([process]):
        sustained.fill(process, films)
        print("| flood | answers | | GET p50 | GET p99 | PUT p50 | PUT p99 | live p99 | memory | disk |\n|---|---|---|--:|--:|--:|--:|--:|--:|--:|", flush=True)
        for name in names:
            held &= measure_flood(process, name)
    run.clear()
    print(f"{'holds' if held else 'DOES NOT HOLD'}: reads by id, writes and health checks take less than {LIMIT_MILLISECONDS} ms (p99) during every flood")
    return 0 if held else 1


def measure_flood(process: Process, name: str) -> bool:
    run.tell(f"flood: {name}")
    process.start()
    good(process, QUIET)  # warms up
    before = watch(process, QUIET)
    over = threading.Event()
    with ThreadPoolExecutor() as pool:
        flood = pool.submit(floods.ALL[name], process, over)
        time.sleep(1)
        during = watch(process, SECONDS.get(name, OTHERWISE))
        over.set()
        answers = flood.result()
    after = watch(process, QUIET)
    begin = time.monotonic()
    process.stop()
    show(name, answers, {"before": before, "during": during, "after": after})
    print(f"| | | stop | {time.monotonic() - begin:.1f} s | | | | | | |", flush=True)
    return all(wait["p99"] < LIMIT_MILLISECONDS for wait in during.waits.values())


def watch(process: Process, seconds: float) -> Watched:
    with Watch(process) as watched:
        waits = good(process, seconds)
    return Watched(waits, watched.megabytes, watched.disk)


def good(process: Process, seconds: float) -> dict[str, dict]:
    """The good caller: an open loop, so that a request that has to wait does not hold up the next."""
    with ThreadPoolExecutor() as pool:
        asked = {
            "GET": pool.submit(load.drive, process, "film", films=100, seconds=seconds, warm_up=0, rate=READS, connections=16),
            "PUT": pool.submit(load.drive, process, "put", films=100, seconds=seconds, warm_up=0, rate=WRITES, connections=16),
            "live": pool.submit(load.drive, process, "path", path="/health/live", seconds=seconds, warm_up=0, rate=CHECKS, connections=16),
        }
        return {name: future.result() for name, future in asked.items()}


def disk_megabytes(process: Process) -> float:
    """The database's folder, with the temporary files."""
    total = 0
    for path in process.folder.rglob("*"):
        try:
            total += path.stat().st_size
        except FileNotFoundError:
            pass  # deleted meanwhile
    return total / 1e6


def show(name: str, answers: str, parts: dict[str, Watched]):
    for part, watched in parts.items():
        first = f"{name} | {answers}" if part == "before" else " | "
        get, put, live = watched.waits["GET"], watched.waits["PUT"], watched.waits["live"]
        print(f"| {first} | {part} | {get['p50']:.1f} | {get['p99']:.1f} | {put['p50']:.1f} | {put['p99']:.1f} | {live['p99']:.1f}"
              f" | {watched.megabytes:.0f} MB | {watched.disk_megabytes:.0f} MB |", flush=True)


if __name__ == "__main__":
    sys.exit(main())

"""./bench/sustained: durable PUTs for a minute at a time, and what lists, exports and the write-ahead log come to meanwhile."""

import argparse
import json
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from . import bulk, catalogue, load, run, sustained_report
from .paths import ARTIFACTS, BenchError, stay_on_load_core
from .process import Process
from .servers import SERVERS, Server
from .slow_export import SlowExport

MILLISECONDS_BETWEEN_LISTS = 200
MILLISECONDS_BETWEEN_READS = 100
LIST = "/films?limit=20&sort=-year"
SEARCH = "/films?limit=20&q=film%20{id}"
READ = "/films/{id}"
BURST = 32_000
BURSTS = 6
POLL_SECONDS = 0.02


@dataclass(frozen=True)
class Phase:
    title: str
    rate: int = 0  # PUTs per second; 0 for full speed
    lists: bool = True
    exports: int = 0


PHASES = [
    Phase("full speed, no lists", lists=False),
    Phase("full speed, lists"),
    Phase("5,000 PUTs/s, lists", rate=5000),
    Phase("1,000 PUTs/s, lists", rate=1000),
    Phase("full speed, lists, 2 slow exports", exports=2),
]


@dataclass(frozen=True)
class Measured:
    phase: Phase
    load: dict  # the driver's result
    wal_megabytes: float  # the largest that the -wal file was
    megabytes: float  # the most resident memory


@dataclass
class Results:
    films: int
    seconds: float
    mvc: list[dict] = field(default_factory=list)  # the driver's results of the MVC dictionary, at full speed
    phases: list[Measured] = field(default_factory=list)
    bursts: dict[str, list[float]] = field(default_factory=dict)  # path to the milliseconds of the first list after each burst


class Watch(threading.Thread):
    """Looks at the -wal file and the memory of a server, time and again."""

    def __init__(self, process: Process):
        super().__init__(daemon=True)
        self.process, self.wal, self.over = process, process.folder / "filmservice.db-wal", threading.Event()
        self.wal_bytes, self.megabytes = 0, 0.0

    def run(self):
        while not self.over.wait(POLL_SECONDS):
            self.wal_bytes = max(self.wal_bytes, self.wal.stat().st_size if self.wal.exists() else 0)
            self.megabytes = max(self.megabytes, self.process.megabytes())

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
        results = measure(options.films, options.seconds)
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    print(sustained_report.markdown(results))
    return 0 if sustained_report.is_met(results) else 1


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/sustained", description="Sustained writes, with lists beside them.")
    parser.add_argument("--films", type=int, default=100_000, help="number of films in the catalogue (default: 100000)")
    parser.add_argument("--seconds", type=float, default=60, help="length of each phase (default: 60)")
    return parser.parse_args()


def measure(films: int, seconds: float) -> Results:
    results = Results(films, seconds)
    ours, mvc = (next(server for server in SERVERS if server.key == key) for key in ("filmservice", "mvc"))
    run.clear()
    run.publish([mvc, ours])
    limit, process = Process(mvc, films_file(films)), Process(ours, empty_folder())
    with run.stopping([limit, process]):
        limit.start()
        fill(process, films)
        measure_limit(results, limit)
        for phase in PHASES:
            results.phases.append(measure_phase(process, phase, results))
            measure_limit(results, limit)
        measure_bursts(results, process)
    run.clear()
    return results


def films_file(count: int) -> Path:
    """For the MVC dictionary."""
    folder = ARTIFACTS / "data" / "dictionary"
    folder.mkdir(parents=True)
    (folder / "films.json").write_text(json.dumps({number: catalogue.film(number) for number in range(1, count + 1)}))
    return folder


def empty_folder() -> Path:
    folder = ARTIFACTS / "data" / "sustained"
    folder.mkdir(parents=True)
    return folder


def fill(process: Process, films: int):
    run.tell(f"importing {films:,} films")
    file = ARTIFACTS / "data" / "films.ndjson"
    with open(file, "w") as lines:
        lines.writelines(json.dumps({"Id": str(number), **catalogue.film(number)}) + "\n" for number in range(1, films + 1))
    process.start()
    bulk.import_films(process, file)
    process.stop()


def measure_limit(results: Results, limit: Process):
    """The MVC dictionary before and after each phase: what the machine does to one, it does to the other."""
    run.tell("full speed, the MVC dictionary")
    results.mvc.append(write(limit, results, seconds=min(5, results.seconds)))


def measure_phase(process: Process, phase: Phase, results: Results) -> Measured:
    """Each begins with a program that has just been started and an empty write-ahead log."""
    run.tell(f"{phase.title}: {results.seconds:g} s")
    process.start()
    exports = [SlowExport(process.port) for _ in range(phase.exports)]
    with Watch(process) as watch:
        found = write(process, results, seconds=results.seconds, rate=phase.rate, timed=timed(phase))
    for export in exports:
        export.end()
    process.stop()
    measured = Measured(phase, found, watch.wal_bytes / 1e6, watch.megabytes)
    run.tell(sustained_report.line(measured))
    return measured


def timed(phase: Phase) -> list[str]:
    lists = [f"{MILLISECONDS_BETWEEN_LISTS} {path}" for path in (LIST, SEARCH)] if phase.lists else []
    return [*lists, f"{MILLISECONDS_BETWEEN_READS} {READ}"]


def write(process: Process, results: Results, **options) -> dict:
    return load.drive(process, "save", films=results.films, warm_up=min(3, results.seconds / 4), **options)


def measure_bursts(results: Results, process: Process):
    """The first list after many writes that no list interrupted."""
    run.tell(f"{BURSTS} bursts of {BURST:,} PUTs, each with a list after it")
    process.start()
    for number in range(BURSTS):
        load.drive(process, "save", films=results.films, seconds=3600, warm_up=0, requests=BURST, seed=number + 1)
        path = (LIST, SEARCH)[number % 2]
        results.bursts.setdefault(path, []).append(ask(process, path, number * results.films // BURSTS + 1))
    process.stop()


def ask(process: Process, path: str, number: int) -> float:
    """Milliseconds to the end of the answer; the path may ask for a film of this number."""
    begin = time.monotonic()
    status = process.ask("GET", path.replace("{id}", str(number)))[0]
    if status != 200:
        raise BenchError(f"{path} answers {status}")
    return 1000 * (time.monotonic() - begin)


if __name__ == "__main__":
    sys.exit(main())

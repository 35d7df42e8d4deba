"""./bench/million: 1,000,000 films imported, exported and found, beside sqlite3 and beside small catalogues."""

import argparse
import sys
from dataclasses import dataclass, field

from . import bulk, finding, load, made, million_report, run
from .bulk import Moved
from .finding import Found
from .paths import ARTIFACTS, BenchError, stay_on_load_core
from .process import Process
from .servers import SERVERS

FILE = "filmservice.db"
LARGE, SMALL, HUNDRED = "large", "small", "hundred"


@dataclass
class Results:
    films: dict[str, int]
    rounds: int
    imported: list[tuple[Moved, Moved]] = field(default_factory=list)  # the service's and sqlite3's, per round
    exported: dict[str, list[tuple[Moved, Moved]]] = field(default_factory=dict)  # by media type
    one_of_each: list[Found] = field(default_factory=list)
    growing: list[Found] = field(default_factory=list)
    by_id: list[tuple[float, float]] = field(default_factory=list)  # requests per second of the large catalogue and of the hundred


def main() -> int:
    options = parse()
    try:
        stay_on_load_core()
        results = measure(1 if options.quick else 3, 20_000 if options.quick else 1_000_000)
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    text = million_report.markdown(results)
    print(text)
    if not options.quick:
        million_report.write(text)
    return 0


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/million", description="Imports, exports and finds among 1,000,000 films.")
    parser.add_argument("--quick", action="store_true", help="does everything work? with 20,000 films, no figures to rely on")
    return parser.parse_args()


def measure(rounds: int, films: int) -> Results:
    results = Results({LARGE: films, SMALL: films // 100, HUNDRED: 100}, rounds)
    run.clear()
    server = next(server for server in SERVERS if server.key == "filmservice")
    run.publish([server])
    catalogues = {name: Process(server, empty_folder(name)) for name in results.films}
    with run.stopping(list(catalogues.values())):
        for name, process in catalogues.items():
            run.tell(f"importing {results.films[name]:,} films")
            file = ARTIFACTS / "data" / f"{name}.ndjson"
            made.write(file, results.films[name])
            process.start()
            bulk.import_films(process, file)
            process.stop()
        move(results, server, catalogues[LARGE])
        find(results, catalogues)
    run.clear()
    return results


def empty_folder(name: str):
    folder = ARTIFACTS / "data" / name
    folder.mkdir(parents=True)
    return folder


def move(results: Results, server, large: Process):
    again = Process(server, empty_folder("again"))
    with run.stopping([again]):
        for number in range(results.rounds):
            run.tell(f"import and export: round {number + 1} of {results.rounds}")
            results.imported.append(import_both(again, large))
            for media_type in ("application/x-ndjson", "text/csv"):
                results.exported.setdefault(media_type, []).append(export_both(large, media_type))


def import_both(again: Process, large: Process) -> tuple[Moved, Moved]:
    """Each into an empty catalogue: the service's own, as it makes it at its first start."""
    for file in again.folder.glob(f"{FILE}*"):
        file.unlink()
    again.start()
    again.stop()
    rows = bulk.insert_rows(large.folder / FILE, again.folder / FILE)
    again.start()
    films = bulk.import_films(again, ARTIFACTS / "data" / f"{LARGE}.ndjson")
    again.stop()
    return films, rows


def export_both(large: Process, media_type: str) -> tuple[Moved, Moved]:
    dumped = bulk.dump_films(large.folder / FILE)
    large.start()
    exported = bulk.export_films(large, media_type)
    large.stop()
    return exported, dumped


def find(results: Results, catalogues: dict[str, Process]):
    for process in catalogues.values():
        process.start()
    both = {name: catalogues[name] for name in (LARGE, SMALL)}
    rounds = 20 * results.rounds
    for name, queries in (("one_of_each", finding.FILTERS + finding.SORTS), ("growing", finding.GROWING)):
        for query in queries:
            run.tell(f"finding {query or 'all'}")
            getattr(results, name).append(finding.measure(query, both, rounds))
    for number in range(2 * results.rounds + 1):
        run.tell(f"one film by id: round {number + 1}")
        speeds = {name: load.drive(catalogues[name], "film", films=results.films[name], seconds=2, warm_up=0.5, seed=number + 1)["perSecond"]
                  for name in (LARGE, HUNDRED)}
        results.by_id.append((speeds[LARGE], speeds[HUNDRED]))


if __name__ == "__main__":
    sys.exit(main())

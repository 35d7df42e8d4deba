"""./bench/million: 1,000,000 films imported, exported and found, beside sqlite3 and beside small catalogues."""

import argparse
import shutil
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
READ_ROUNDS = 12  # of each catalogue, per round of import and export


@dataclass
class Results:
    films: dict[str, int]
    rounds: int
    imported: list[tuple[Moved, Moved]] = field(default_factory=list)  # the service's and sqlite3's, per round
    exported: dict[str, list[tuple[Moved, Moved]]] = field(default_factory=dict)  # by media type
    one_of_each: list[Found] = field(default_factory=list)
    growing: list[Found] = field(default_factory=list)
    first_read: dict = field(default_factory=dict)  # the driver's result of reading each film of the large catalogue once
    by_id: list[tuple[dict, dict]] = field(default_factory=list)  # the driver's results of the large catalogue and of the hundred


def main() -> int:
    options = parse()
    try:
        stay_on_load_core()
        results = measure(1, 20_000, warm_up=1) if options.quick else measure(options.rounds, 1_000_000, warm_up=15)
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
    parser.add_argument("--quick", action="store_true", help="checks with 20,000 films that everything works; the figures are not reliable")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of import and export; each page is read 20 times as often")
    return parser.parse_args()


def measure(rounds: int, films: int, warm_up: float) -> Results:
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
        read(results, catalogues, warm_up)
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
            tell_round(results)


def tell_round(results: Results):
    films, rows = results.imported[-1]
    exports = ", ".join(f"{media_type} {pairs[-1][0].speed:.0f} MB/s, sqlite3 {pairs[-1][1].speed:.0f}" for media_type, pairs in results.exported.items())
    run.tell(f"import {films.seconds:.1f} s, sqlite3 {rows.seconds:.1f} s; export {exports}")


def import_both(again: Process, large: Process) -> tuple[Moved, Moved]:
    """Each into an empty catalogue: the service's own, as it makes it at its first start."""
    shutil.rmtree(again.folder)
    again.folder.mkdir()
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


def read(results: Results, catalogues: dict[str, Process], warm_up: float):
    """Each film of the large catalogue for the first time; then the large one and the hundred in turn."""
    run.tell("one film by id: each for the first time")
    for name in (LARGE, HUNDRED):
        load.drive(catalogues[name], "film", films=results.films[HUNDRED], seconds=warm_up, warm_up=0)
    results.first_read = load.drive(catalogues[LARGE], "etags", films=results.films[LARGE], seconds=3600, warm_up=0)
    for number in range(READ_ROUNDS * results.rounds):
        run.tell(f"one film by id: round {number + 1} of {READ_ROUNDS * results.rounds}")
        turns = (LARGE, HUNDRED) if number % 2 == 0 else (HUNDRED, LARGE)
        found = {name: load.drive(catalogues[name], "film", films=results.films[name], seconds=1, warm_up=0.1, seed=number + 1) for name in turns}
        results.by_id.append((found[LARGE], found[HUNDRED]))


if __name__ == "__main__":
    sys.exit(main())

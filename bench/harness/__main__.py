"""./bench/run: see bench/README.md."""

import argparse
import json
import sys

from . import plot, report, run
from .paths import ARTIFACTS, BenchError, stay_on_load_core
from .run import Plan
from .servers import SERVERS
from .works import WORKS


def main() -> int:
    options = parse()
    try:
        stay_on_load_core()
        results = run.run(plan(options))
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    text = report.markdown(results)
    print(text)
    keep(results)
    if is_full(options):
        report.write(text)
        plot.draw(results)
    return 0


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/run", description="Measures FilmService beside its limits and its peers.")
    parser.add_argument("--quick", action="store_true", help="checks in a minute that everything works; the figures are not reliable")
    parser.add_argument("--only", type=chosen(SERVERS), default=SERVERS, metavar="SERVER,...", help=names(SERVERS))
    parser.add_argument("--work", type=chosen(WORKS), default=WORKS, metavar="WORK,...", help=names(WORKS))
    return parser.parse_args()


def names(things: list) -> str:
    return ", ".join(thing.key for thing in things)


def chosen(things: list):
    def pick(text: str) -> list:
        keys = text.split(",")
        unknown = set(keys) - {thing.key for thing in things}
        if unknown:
            raise argparse.ArgumentTypeError(f"{', '.join(unknown)} is none of {names(things)}")
        return [thing for thing in things if thing.key in keys]
    return pick


def plan(options: argparse.Namespace) -> Plan:
    if options.quick:
        return Plan(options.only, options.work, films=10_000, rounds=1, warm_up=0.1, full_seconds=0.2, half_seconds=0.2,
                    etag_seconds=0.3)
    return Plan(options.only, options.work, films=100_000, rounds=5, warm_up=3, full_seconds=0.8, half_seconds=0.5,
                etag_seconds=5)


def is_full(options: argparse.Namespace) -> bool:
    """Only a whole run goes into the documentation."""
    return not options.quick and options.only == SERVERS and options.work == WORKS


def keep(results: run.Results):
    """All rounds, for whoever wants to look closer."""
    rounds = {speed: {f"{server} {work}": found for (server, work), found in cells.items()}
              for speed, cells in (("full", results.full), ("half", results.half))}
    file = ARTIFACTS / "rounds.json"
    file.write_text(json.dumps(rounds | {"cold": results.cold, "megabytes": results.megabytes}, indent=1))
    print(f"\nEvery round: {file}", file=sys.stderr)
    plot.draw(results, ARTIFACTS / "performance.svg")


if __name__ == "__main__":
    sys.exit(main())

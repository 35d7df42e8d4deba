"""./bench/wrong-log-ins: what 100,000 guesses of passwords leave behind, and what they do to a good caller."""

import sys
from concurrent.futures import ThreadPoolExecutor
from statistics import median

from . import callers, load, run
from .paths import BenchError, stay_on_load_core
from .process import Process

GUESSES = 100_000
RATE = 5_000  # guesses per second, and ordinary reads beside which the good caller is compared
GOOD_RATE = 200  # requests per second of the good caller
SECONDS = 4
FILMS = 1_000
WARM_UP = 20_000  # guesses, until all that a refusal needs is compiled and the heap has the room that the rate asks for
LIMIT_MEGABYTES = 10
IDLE = 0.95  # of the rate, which an idle machine keeps
LIMIT_RATIO = 1.5  # of the median waits: afterwards to before, and beside guesses to beside as many ordinary reads


def main() -> int:
    guesses = int(sys.argv[1]) if len(sys.argv) > 1 else GUESSES
    try:
        stay_on_load_core()
        return measure(guesses)
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1


def measure(guesses: int) -> int:
    server = callers.server()
    run.clear()
    run.publish([server])
    process = Process(server, run.template(run.SMALL))
    with run.stopping([process]):
        process.start()
        load.fill(process, FILMS)
        good(process, SECONDS)  # first: who has logged in of late is not held up by guesses from the same address
        reads, beside_reads = beside(process, guesses, read)
        guess(process, WARM_UP)
        before, memory = good(process, SECONDS), process.megabytes()
        attack, beside_guesses = beside(process, guesses, guess)
        after, grown = good(process, SECONDS), process.megabytes() - memory
    run.clear()
    tell(attack, reads, memory, grown)
    if (slowest := min(attack["perSecond"], reads["perSecond"])) < IDLE * RATE:
        raise BenchError(f"only {slowest:,.0f} of {RATE:,} requests a second: the machine is too busy to measure waits")
    return verdict(grown, after["p50"] / before["p50"], wait(beside_guesses) / wait(beside_reads),
                   {"alone": [before], "beside reads": beside_reads, "beside guesses": beside_guesses, "alone again": [after]})


def beside(process: Process, count: int, others) -> tuple[dict, list[dict]]:
    """What the others get, and the good caller meanwhile."""
    with ThreadPoolExecutor() as both:
        theirs = both.submit(others, process, count)
        rounds = [good(process, SECONDS) for _ in range(max(1, round(count / RATE / SECONDS) - 1))]
        return theirs.result(), rounds


def good(process: Process, seconds: float) -> dict:
    """The good caller logs in by Basic, from the guesser's own address."""
    return load.drive(process, "film", films=FILMS, seconds=seconds, rate=GOOD_RATE, connections=8, field=f"Authorization: {callers.BASIC}")


def guess(process: Process, count: int) -> dict:
    return load.drive(process, "wrong-log-ins", path="/films/1", seconds=3600, warm_up=0, requests=count, rate=RATE,
                      connections=16)


def read(process: Process, count: int) -> dict:
    """Ordinary requests, as many and as fast as the guesses, so that these are not blamed for the load as such."""
    return load.drive(process, "film", films=FILMS, seconds=3600, warm_up=0, requests=count, rate=RATE, connections=16)


def wait(rounds: list[dict], part: str = "p50") -> float:
    return median(one[part] for one in rounds)


def tell(attack: dict, reads: dict, memory: float, grown: float):
    print(f"{attack['requests']:,} failed logins, {attack['perSecond']:,.0f} a second: {attack['serverCpu']:.0f} µs of CPU each, "
          f"an ordinary read {reads['serverCpu']:.0f} µs")
    print(f"memory: {memory:.0f} MB before, {grown:+.1f} MB after")


def verdict(grown: float, afterwards: float, meanwhile: float, waits: dict[str, list[dict]]) -> int:
    for name, rounds in waits.items():
        print(f"a legitimate caller {name}: p50 {wait(rounds):.2f} ms, p99 {wait(rounds, 'p99'):.2f} ms")
    figures = {f"memory grows by less than {LIMIT_MEGABYTES} MB": (grown, grown < LIMIT_MEGABYTES),
               f"waits afterwards are at most {LIMIT_RATIO} times those before": (afterwards, afterwards <= LIMIT_RATIO),
               f"waits beside guesses are at most {LIMIT_RATIO} times those beside reads": (meanwhile, meanwhile <= LIMIT_RATIO)}
    for claim, (figure, holds) in figures.items():
        print(f"{'holds' if holds else 'DOES NOT HOLD'}: {claim} ({figure:.2f})")
    return 0 if all(holds for _, holds in figures.values()) else 1


if __name__ == "__main__":
    sys.exit(main())

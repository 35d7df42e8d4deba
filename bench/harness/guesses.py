"""./bench/wrong-log-ins: what 100,000 guesses of passwords leave behind, and what they do to a good caller."""

import sys
from concurrent.futures import ThreadPoolExecutor
from statistics import median

from . import callers, load, run
from .paths import BenchError, stay_on_load_core
from .process import Process

GUESSES = 100_000
RATE = 5_000  # guesses per second
GOOD_RATE = 200  # requests per second of the good caller
SECONDS = 4
FILMS = 1_000
WARM_UPS = 3  # until the memory of the requests themselves is where it stays
LIMIT_MEGABYTES = 10
LIMIT_RATIO = 1.5  # of the median wait afterwards to that before


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
        for _ in range(WARM_UPS):
            good(process, SECONDS)  # first: who has logged in of late is not held up by guesses from the same address
            guess(process, guesses // 10)
        before, memory = good(process, SECONDS), process.megabytes()
        with ThreadPoolExecutor() as both:
            attack = both.submit(guess, process, guesses)
            meanwhile = [good(process, SECONDS) for _ in range(max(1, round(guesses / RATE / SECONDS) - 1))]
            attacked = attack.result()
        after, grown = good(process, SECONDS), process.megabytes() - memory
    run.clear()
    return verdict(attacked, before, meanwhile, after, memory, grown)


def good(process: Process, seconds: float) -> dict:
    """The good caller logs in by Basic, from the guesser's own address."""
    return load.drive(process, "film", films=FILMS, seconds=seconds, rate=GOOD_RATE, connections=8, field=f"Authorization: {callers.BASIC}")


def guess(process: Process, count: int) -> dict:
    return load.drive(process, "wrong-log-ins", path="/films/1", seconds=3600, warm_up=0, requests=count, rate=RATE,
                      connections=16)


def verdict(attacked: dict, before: dict, meanwhile: list[dict], after: dict, memory: float, grown: float) -> int:
    is_small, is_fast = grown < LIMIT_MEGABYTES, after["p50"] <= LIMIT_RATIO * before["p50"]
    print(f"{attacked['requests']:,} wrong log-ins, {attacked['perSecond']:,.0f} a second, {attacked['serverCpu']:.0f} µs of CPU each")
    print(f"memory: {memory:.0f} MB before, {grown:+.1f} MB after ({'under' if is_small else 'OVER'} {LIMIT_MEGABYTES})")
    print(f"a good caller waits: p50 {before['p50']:.2f} ms before, {median(one['p50'] for one in meanwhile):.2f} meanwhile, {after['p50']:.2f} after "
          f"({'at most' if is_fast else 'OVER'} {LIMIT_RATIO} times); "
          f"p99 {before['p99']:.2f}, {median(one['p99'] for one in meanwhile):.2f}, {after['p99']:.2f} ms")
    return 0 if is_small and is_fast else 1


if __name__ == "__main__":
    sys.exit(main())

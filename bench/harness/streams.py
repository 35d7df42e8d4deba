"""./bench/streams: what 1,000 open streams of changes cost, in memory and in durable writes."""

import sys
import threading
import time
from statistics import median

from . import load, run
from .paths import BenchError, stay_on_load_core
from .process import Process
from .servers import SERVERS

FILMS = 10_000
SECONDS = 4
WARM_UPS = 4  # until the memory of the writes themselves is where it stays
LIMIT_MEGABYTES = 100
LIMIT_RATIO = 0.9


def main() -> int:
    streams = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    try:
        stay_on_load_core()
        return verdict(streams, measure(streams, rounds))
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1


def measure(streams: int, rounds: int) -> list[tuple[dict, dict]]:
    """Per round, the writes without and with open streams, which take turns in going first."""
    server = next(server for server in SERVERS if server.key == "filmservice")
    run.clear()
    run.publish([server])
    process = Process(server, run.template(run.SMALL))
    with run.stopping([process]):
        process.start()
        load.fill(process, FILMS)
        for number in range(WARM_UPS):
            write(process, 0, 1000 + number)
        results = [one_round(process, streams, number) for number in range(rounds)]
    run.clear()
    return results


def one_round(process: Process, streams: int, number: int) -> tuple[dict, dict]:
    order = [0, streams] if number % 2 == 0 else [streams, 0]
    results = {count: write(process, count, number + 2) for count in order}
    alone, streaming = results[0], results[streams]
    print(f"round {number + 1}: {alone['perSecond']:>7,.0f} writes/s alone, {streaming['perSecond']:>7,.0f} with {streams:,} streams: "
          f"{streaming['perSecond'] / alone['perSecond']:.2f}; p99 {alone['p99']:.1f} and {streaming['p99']:.1f} ms; "
          f"{alone['serverCpu']:.0f} and {streaming['serverCpu']:.0f} µs of CPU; "
          f"{alone['megabytes']:.0f} and {streaming['megabytes']:.0f} MB; {streaming['streamMegabytes'] / SECONDS:.0f} MB/s of events; "
          f"load core {alone['loadCore']:.0%} and {streaming['loadCore']:.0%}", flush=True)
    return alone, streaming


def write(process: Process, streams: int, seed: int) -> dict:
    """One run of durable PUTs, with the median of the server's resident memory meanwhile."""
    memory, over = [], threading.Event()
    watch = threading.Thread(target=lambda: watch_memory(process, memory, over))
    watch.start()
    try:
        result = load.drive(process, "put", films=FILMS, seconds=SECONDS, warm_up=1, seed=seed, streams=streams)
    finally:
        over.set()
        watch.join()
    return result | {"megabytes": median(memory[len(memory) // 2:])}


def watch_memory(process: Process, memory: list[float], over: threading.Event):
    while not over.is_set():
        memory.append(process.megabytes())
        time.sleep(0.1)


def verdict(streams: int, results: list[tuple[dict, dict]]) -> int:
    ratio = median(streaming["perSecond"] / alone["perSecond"] for alone, streaming in results)
    # Beside the first round's memory: what the streams have used once, the process keeps for a while.
    megabytes = median(streaming["megabytes"] for _, streaming in results) - results[0][0]["megabytes"]
    is_fast, is_small = ratio >= LIMIT_RATIO, megabytes < LIMIT_MEGABYTES
    cpu = median(alone["serverCpu"] / streaming["serverCpu"] for alone, streaming in results)
    print(f"{streams:,} streams: writes at {ratio:.2f} of those without ({'at least' if is_fast else 'UNDER'} {LIMIT_RATIO}; "
          f"{cpu:.2f} by the CPU of a write), "
          f"{megabytes:+.0f} MB ({'under' if is_small else 'OVER'} {LIMIT_MEGABYTES})")
    return 0 if is_fast and is_small else 1


if __name__ == "__main__":
    sys.exit(main())

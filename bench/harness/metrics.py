"""./bench/metrics: what metrics cost a read by id, while Prometheus scrapes them, beside a service without them."""

import sys
import threading
import urllib.request
from dataclasses import replace

from . import load, run
from .figures import Spread
from .paths import BenchError, stay_on_load_core
from .process import Process, free_port
from .servers import SERVERS

FILMS = 10_000
SECONDS = 2
SCRAPE_SECONDS = 5  # three times as often as deploy/prometheus/prometheus.yml says
TARGET = 1.05


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    try:
        stay_on_load_core()
        cost = measure(rounds)
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    is_met = cost.median <= TARGET
    print(f"CPU time of a read with metrics / without: {cost.median:.3f} ({cost.low:.3f} to {cost.high:.3f}; at most {TARGET:g}: {'met' if is_met else 'MISSED'})")
    return 0 if is_met else 1


def measure(rounds: int) -> Spread:
    without = next(server for server in SERVERS if server.key == "filmservice")
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    measured = replace(without, key="metrics", environment=without.environment | {"Metrics__Url": url})
    run.clear()
    run.publish([without])
    processes = [Process(server, run.template(run.SMALL)) for server in (without, measured)]
    with run.stopping(processes):
        for process in processes:
            process.start()
            load.fill(process, FILMS)
            ask(process, 1)
        over = threading.Event()
        threading.Thread(target=scrape, args=(f"{url}/metrics", over), daemon=True).start()
        ratios = [measure_pair(processes, number) for number in range(1, rounds + 1)]
        over.set()
    run.clear()
    return Spread.of(ratios)


def measure_pair(processes: list[Process], number: int) -> float:
    """Another one begins in every round."""
    order = processes if number % 2 else processes[::-1]
    cost = {process.server.key: ask(process, number + 1)["serverCpu"] for process in order}
    print(f"round {number}: {cost['filmservice']:.2f} µs without, {cost['metrics']:.2f} µs with", flush=True)
    return cost["metrics"] / cost["filmservice"]


def ask(process: Process, seed: int) -> dict:
    return load.drive(process, "film", films=FILMS, seconds=SECONDS, seed=seed, field="")


def scrape(url: str, over: threading.Event):
    while not over.wait(SCRAPE_SECONDS):
        with urllib.request.urlopen(url) as answer:
            answer.read()


if __name__ == "__main__":
    sys.exit(main())

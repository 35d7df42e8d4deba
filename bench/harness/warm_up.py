"""./bench/warm-up: how long after a start until a server is as fast as it gets?"""

import sys
import time
from statistics import median

from . import load, run
from .paths import BenchError, stay_on_load_core
from .process import Process
from .servers import SERVERS

FILMS = 10_000
STARTS = 3
SLICE = 0.5  # seconds of load between two readings
STEADY = 0.9  # of the speed in the last quarter


def main() -> int:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 30
    keys = sys.argv[2:] or ["filmservice", "mvc"]
    try:
        stay_on_load_core()
        run.clear()
        servers = [server for server in SERVERS if server.key in keys]
        run.publish(servers)
        for _ in range(STARTS):
            for server in servers:
                tell(server.title, warm_up(server, seconds))
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    run.clear()
    return 0


def warm_up(server, seconds: float) -> list[dict]:
    """Slices of reading films by id, from a start on; the process that filled the catalogue is gone by then."""
    process = Process(server, run.template(FILMS))
    with run.stopping([process]):
        run.open_for_work(process, FILMS)
        process.stop()
        process.start()
        begin, slices = time.monotonic(), []
        while time.monotonic() - begin < seconds:
            slices.append(load.drive(process, "film", films=FILMS, seconds=SLICE, warm_up=0) | {"at": time.monotonic() - begin})
    return slices


def tell(title: str, slices: list[dict]):
    """By processor time, which other work on the machine disturbs less than the rate."""
    steady = median(one["serverCpu"] for one in slices[-len(slices) // 4:])
    reached = next(one["at"] for one in slices if one["serverCpu"] <= steady / STEADY)
    print(f"{title}: {slices[0]['serverCpu']:.1f} µs of CPU per request in the first half second, {steady:.1f} µs in the last quarter; "
          f"{STEADY:.0%} of that speed after {reached:.1f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())

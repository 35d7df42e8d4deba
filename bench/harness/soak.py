"""./bench/soak: does the memory stay where it is, however many films are read?"""

import sys
from statistics import median

from . import load, run
from .paths import ARTIFACTS, BenchError, stay_on_load_core
from .process import Process
from .servers import SERVERS

FILMS = 100_000
LIMIT_MEGABYTES = 200
GROWTH = 1.05  # from the first half of the run to the second: less is noise


def main() -> int:
    millions = float(sys.argv[1]) if len(sys.argv) > 1 else 10
    key = sys.argv[2] if len(sys.argv) > 2 else "filmservice"
    try:
        stay_on_load_core()
        memory = soak(next(server for server in SERVERS if server.key == key), round(millions * 1_000_000))
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    return verdict(memory)


def soak(server, reads: int) -> list[float]:
    """Resident megabytes after each tenth of the reads."""
    run.clear()
    run.publish([server])
    process = Process(server, run.template(FILMS))
    with run.stopping([process]):
        run.open_for_work(process, FILMS)
        memory = [after_tenth(process, number, reads // 10) for number in range(1, 11)]
    run.clear()
    return memory


def after_tenth(process: Process, number: int, reads: int) -> float:
    load.drive(process, "film", films=FILMS, requests=reads, seconds=3600, warm_up=0, seed=number)
    megabytes = process.megabytes()
    print(f"{number * reads:>12,} reads  {megabytes:6.1f} MB", flush=True)
    return megabytes


def verdict(memory: list[float]) -> int:
    is_flat = median(memory[5:]) <= median(memory[:5]) * GROWTH
    is_small = max(memory) < LIMIT_MEGABYTES
    print(f"{'flat' if is_flat else 'GROWING'}, {'under' if is_small else 'OVER'} {LIMIT_MEGABYTES} MB")
    return 0 if is_flat and is_small else 1


if __name__ == "__main__":
    sys.exit(main())

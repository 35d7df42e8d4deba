"""./bench/access: what a log-in costs, after its first request, beside an anonymous one."""

import datetime
import sys

from . import callers, load, report, run
from .figures import Spread, significant, spread
from .paths import BenchError, stay_on_load_core
from .process import Process

FILMS = 10_000
SECONDS = 1.5
TARGETS = {"Basic": 1.5, "API key": 1.3, "access token": 1.3, "session": 1.3}  # of an anonymous request's CPU time
COLUMNS = ["caller", "CPU µs", "of anonymous", "target", "met", "requests/s", "of anonymous"]


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    try:
        stay_on_load_core()
        results = measure(rounds)
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    text = markdown(results)
    print(text)
    report.write_between("access: written by ./bench/access", text)
    return 0 if all(cost(results, caller).median <= target for caller, target in TARGETS.items()) else 1


def measure(rounds: int) -> dict[str, list[dict]]:
    """Per caller, one result of each round. In every round another one begins."""
    server = callers.server()
    run.clear()
    run.publish([server])
    process = Process(server, run.template(run.SMALL))
    with run.stopping([process]):
        process.start()
        load.fill(process, FILMS)
        fields = callers.fields(process)
        results = {caller: [] for caller in fields}
        for field in fields.values():
            ask(process, field, 1)
        for number in range(rounds):
            run.tell(f"round {number + 1} of {rounds}")
            for caller in rotated(list(fields), number):
                results[caller].append(ask(process, fields[caller], number + 2))
    run.clear()
    return results


def rotated(names: list[str], number: int) -> list[str]:
    first = number % len(names)
    return names[first:] + names[:first]


def ask(process: Process, field: str, seed: int) -> dict:
    return load.drive(process, "film", films=FILMS, seconds=SECONDS, seed=seed, field=field)


def markdown(results: dict[str, list[dict]]) -> str:
    rounds = len(results["anonymous"])
    about = (f"Run on {datetime.date.today()}: {report.processor()}. One film by id of {FILMS:,}, {rounds} rounds of {SECONDS:g} s each; "
             "the ratios are medians of those within a round, in brackets the lowest and the highest.")
    return f"{about}\n\n{report.table(COLUMNS, [row(results, caller) for caller in results])}"


def row(results: dict[str, list[dict]], caller: str) -> list[str]:
    cpu, speed = (significant(spread(results[caller], name).median) for name in ("serverCpu", "perSecond"))
    if caller not in TARGETS:
        return [caller, cpu, "", "", "", speed, ""]
    ratio, target = cost(results, caller), TARGETS[caller]
    return [caller, cpu, report.with_range(ratio), f"at most {target}", "yes" if ratio.median <= target else "**no**",
            speed, report.with_range(against(results, caller, "perSecond"))]


def cost(results: dict[str, list[dict]], caller: str) -> Spread:
    return against(results, caller, "serverCpu")


def against(results: dict[str, list[dict]], caller: str, name: str) -> Spread:
    return Spread.of(one[name] / other[name] for one, other in zip(results[caller], results["anonymous"]))


if __name__ == "__main__":
    sys.exit(main())

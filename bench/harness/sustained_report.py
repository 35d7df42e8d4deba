"""The run of ./bench/sustained as Markdown, with what it shall reach."""

from dataclasses import dataclass

from .figures import significant
from .report import table

LARGE = 1_000_000
LEAST_RATIO = 0.5  # of the MVC dictionary's PUTs
LEAST_OF_LARGE = 3000  # PUTs per second, with a million films
MOST_P99 = 50  # milliseconds, of lists and of PUTs
MOST_WORST = 200  # milliseconds, of PUTs
MOST_WAL = 100  # megabytes


@dataclass(frozen=True)
class Target:
    phase: str
    text: str
    value: float
    is_met: bool

    def row(self) -> list[str]:
        return [self.phase, self.text, significant(self.value), "yes" if self.is_met else "**no**"]


def markdown(results) -> str:
    return "\n\n".join([
        f"{results.films:,} films, {results.seconds:g} s of each phase, 64 writing connections. "
        f"The MVC dictionary: {', '.join(significant(one['sustained']) for one in results.mvc)} PUTs/s.",
        table(["phase", "target", "measured", "met"], [target.row() for target in targets(results)]),
        writes(results), reads(results), bursts(results)])


def is_met(results) -> bool:
    return all(target.is_met for target in targets(results))


def targets(results) -> list[Target]:
    found = []
    for number, measured in enumerate(results.phases):
        title, load = measured.phase.title, measured.load
        if not measured.phase.rate:
            found.append(throughput(results, number))
        found += [
            at_most(title, "PUT p99, ms", load["p99"], MOST_P99),
            at_most(title, "PUT worst, ms", load["max"], MOST_WORST),
            *(at_most(title, f"`{one['path']}` p99, ms", one["p99"], MOST_P99) for one in load["timed"]),
            at_most(title, "WAL, MB", measured.wal_megabytes, MOST_WAL),
        ]
    return found + [at_most("after a burst", f"first `{path}` at worst, ms", max(waits), MOST_P99) for path, waits in results.bursts.items()]


def throughput(results, number: int) -> Target:
    measured = results.phases[number]
    if results.films >= LARGE:
        return at_least(measured.phase.title, "PUTs/s", measured.load["sustained"], LEAST_OF_LARGE)
    return at_least(measured.phase.title, "PUTs of the MVC dictionary's", ratio(results, number), LEAST_RATIO)


def ratio(results, number: int) -> float:
    """To the MVC dictionary just before and just after the phase."""
    return results.phases[number].load["sustained"] / ((results.mvc[number]["sustained"] + results.mvc[number + 1]["sustained"]) / 2)


def at_least(phase: str, text: str, value: float, limit: float) -> Target:
    return Target(phase, f"{text}: at least {limit:,g}", value, value >= limit)


def at_most(phase: str, text: str, value: float, limit: float) -> Target:
    return Target(phase, f"{text}: at most {limit:,g}", value, value <= limit)


def writes(results) -> str:
    head = ["phase", "PUTs/s", "of MVC", "p50 ms", "p99 ms", "worst ms", "longest silence ms", "WAL MB", "memory MB"]
    return table(head, [
        [measured.phase.title, significant(measured.load["sustained"]), f"{ratio(results, number):.2f}",
         *(significant(measured.load[name]) for name in ("p50", "p99", "max", "silence")),
         f"{measured.wal_megabytes:.0f}", f"{measured.megabytes:.0f}"]
        for number, measured in enumerate(results.phases)])


def reads(results) -> str:
    return table(["phase", "request", "times", "p50 ms", "p99 ms", "worst ms"], [
        [measured.phase.title, f"`{one['path']}`", str(one["requests"]), *(significant(one[name]) for name in ("p50", "p99", "max"))]
        for measured in results.phases for one in measured.load["timed"]])


def bursts(results) -> str:
    return table(["the first list after a burst", "ms of each"], [
        [f"`{path}`", ", ".join(significant(wait) for wait in waits)] for path, waits in results.bursts.items()])


def line(measured) -> str:
    load = measured.load
    waits = ", ".join(f"{one['path']} p99 {one['p99']:.0f} worst {one['max']:.0f}" for one in load["timed"])
    return (f"  {load['sustained']:,.0f} PUTs/s, p99 {load['p99']:.0f} worst {load['max']:.0f} silence {load['silence']:.0f} ms; {waits}; "
            f"WAL {measured.wal_megabytes:.0f} MB, memory {measured.megabytes:.0f} MB, load core {load['loadCore']:.0%}")

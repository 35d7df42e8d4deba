"""The run as Markdown, on the screen and between the markers of docs/performance.md."""

import datetime
import os
import platform
import subprocess
from pathlib import Path

from .figures import Spread, ratio, significant, spread
from .paths import DOCUMENT, PLOT, BenchError
from .run import Results
from .servers import Server
from .targets import TARGETS, Target
from .works import Work

BUSY = 0.95  # of the load's core: above it, the driver may be what was measured
COLUMNS = ["", "requests/s", "of MVC", "CPU µs", "p50 ms", "p99 ms", "half: p50", "half: p99"]


def markdown(results: Results) -> str:
    parts = [about(results), targets(results), *(work_section(results, work) for work in results.plan.works),
             cold_start(results), memory(results), driver(results)]
    return "\n\n".join(part for part in parts if part)


def about(results: Results) -> str:
    plan = results.plan
    return (f"Run on {datetime.date.today()}: {processor()}, {os.cpu_count()} cores, Linux {platform.release()}, "
            f".NET {output('dotnet', '--version')} SDK, Node.js {output('node', '--version')}, "
            f"Python {output('/usr/bin/python3', '--version').split()[-1]}. {plan.films:,} films, {plan.rounds} rounds of "
            f"{plan.full_seconds:g} s at full speed and {plan.half_seconds:g} s at half."
            + (" A quick check of the bench: its figures mean nothing." if plan.rounds == 1 else ""))


def targets(results: Results) -> str:
    rows = [row for target in TARGETS if (row := target_row(results, target))]
    return "### Targets of FilmService\n\n" + table(["work", "target", "measured", "met"], rows) if rows else ""


def target_row(results: Results, target: Target) -> list[str] | None:
    """None for what this run did not ask."""
    if ("filmservice", target.work) in results.absent:
        return [target.work, target.text, "nothing", "**no**"]
    value = target.measure(results)
    return value and [target.work, target.text, with_range(value), "yes" if target.is_met(value) else "**no**"]


def work_section(results: Results, work: Work) -> str:
    rows = [work_row(results, work, server) for server in results.plan.servers if (server.key, work.key) in results.full]
    absent = [f"{server.title}: {results.absent[server.key, work.key]}."
              for server in results.plan.servers if (server.key, work.key) in results.absent]
    return "\n\n".join([f"### {work.title}", table(COLUMNS, rows), *absent])


def work_row(results: Results, work: Work, server: Server) -> list[str]:
    full, half = results.full[server.key, work.key], results.half[server.key, work.key]
    relative = ratio(results, work.key, server.key, "mvc")
    return [
        work.name(server) + (" †" if spread(full, "loadCore").median > BUSY else ""),
        with_range(spread(full, "perSecond")),
        significant(relative.median) if relative else "",
        significant(spread(full, "serverCpu").median),
        *(significant(spread(rounds, name).median) for rounds in (full, half) for name in ("p50", "p99")),
    ]


def cold_start(results: Results) -> str:
    rows = [[server.title, with_range(Spread.of(1000 * s for s in results.cold[server.key]))]
            for server in results.plan.servers]
    return "### Cold start to the first answer\n\n" + table(["", "ms"], rows)


def memory(results: Results) -> str:
    rows = [[server.title, f"{results.megabytes[server.key]:.0f}"]
            for server in results.plan.servers if server.key in results.megabytes]
    return "### Memory after the run, all films loaded\n\n" + table(["", "MB"], rows) if rows else ""


def driver(results: Results) -> str:
    if not results.driver:
        return ""
    rows = [[name, with_range(spread(rounds, "perSecond")), f"{spread(rounds, 'loadCore').median:.0%}"]
            for name, rounds in zip(("the driver", "wrk"), zip(*results.driver))]
    return "### The driver against wrk, on constant bytes\n\n" + table(["", "requests/s", "of the load's core"], rows)


def with_range(value: Spread) -> str:
    if value.low == value.high:
        return significant(value.median)
    return f"{significant(value.median)} ({significant(value.low)} to {significant(value.high)})"


def table(head: list[str], rows: list[list[str]]) -> str:
    widths = [max(3, *(len(row[i]) for row in [head, *rows])) for i in range(len(head))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(line(row, widths) for row in [head, rule, *rows])


def line(cells: list[str], widths: list[int]) -> str:
    padded = [cell.ljust(width) if i == 0 else cell.rjust(width) for i, (cell, width) in enumerate(zip(cells, widths))]
    return f"| {' | '.join(padded)} |"


def write(text: str):
    picture = f"![Requests per second of each server, work by work]({PLOT.name})"
    write_between("bench: written by ./bench/run", f"{picture}\n\n{text}")


def write_between(name: str, text: str):
    """Into docs/performance.md, in place of what stands between the markers of this name."""
    begin, end = f"<!-- {name}, from here -->", f"<!-- {name.split(':')[0]}: to here -->"
    document = DOCUMENT.read_text()
    if begin not in document or end not in document:
        raise BenchError(f"{DOCUMENT.name} no longer has its markers")
    before, after = document.split(begin)[0], document.split(end)[1]
    DOCUMENT.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}")


def processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()

"""The run: every work, every round, every server in turn."""

import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from . import catalogue, load
from .paths import ARTIFACTS, BenchError
from .process import Process
from .servers import Server
from .works import Work

SMALL = 100


@dataclass(frozen=True)
class Plan:
    servers: list[Server]
    works: list[Work]
    films: int
    rounds: int
    warm_up: float  # seconds at full speed before a work's first round
    full_seconds: float  # of each round at full speed, a closed loop
    half_seconds: float  # of each round at half of it, an open loop
    etag_seconds: float


@dataclass
class Results:
    plan: Plan
    full: dict = field(default_factory=dict)  # (server, work) to one driver result per round
    half: dict = field(default_factory=dict)
    absent: dict = field(default_factory=dict)  # (server, work) to "not there: ..." or "left out: ..."
    megabytes: dict = field(default_factory=dict)
    cold: dict = field(default_factory=dict)  # server to seconds per round
    driver: list = field(default_factory=list)  # (driver's, wrk's) per round


def run(plan: Plan) -> Results:
    results = Results(plan)
    clear()
    publish(plan.servers)
    measure_catalogue(results, plan.films, [work for work in plan.works if not work.small])
    measure_catalogue(results, SMALL, [work for work in plan.works if work.small])
    measure_cold_start(results)
    shutil.rmtree(ARTIFACTS / "data")
    shutil.rmtree(ARTIFACTS / "logs")
    return results


def clear():
    for name in ("data", "logs"):
        shutil.rmtree(ARTIFACTS / name, ignore_errors=True)


def publish(servers: list[Server]):
    for project, server in {server.project: server for server in servers if server.project}.items():
        tell(f"publishing {project.name}")
        command = ["dotnet", "publish", project, "-c", "Release", "-r", "linux-x64", "--self-contained", "false",
                   "--output", server.runs_in, "--nologo", "-v", "quiet"]
        build = subprocess.run(command, capture_output=True, text=True)
        if build.returncode != 0:
            raise BenchError(f"{project.name} does not build:\n{build.stdout}{build.stderr}")


def measure_catalogue(results: Results, films: int, works: list[Work]):
    if not works:
        return
    processes = all_processes(results.plan, films)
    with stopping(processes):
        for process in processes:
            open_for_work(process, films)
        for work in works:
            measure_work(results, work, films, processes)
        if films != SMALL:
            results.megabytes = {process.server.key: process.megabytes() for process in processes}
            check_driver(results, processes)


def template(films: int) -> Path:
    folder = ARTIFACTS / "data" / str(films)
    if not folder.exists():
        catalogue.write(folder, films)
    return folder


def open_for_work(process: Process, films: int):
    tell(f"starting {process.server.title} with {films} films")
    process.start()
    if process.server.fill:
        load.fill(process, films)


def measure_work(results: Results, work: Work, films: int, processes: list[Process]):
    able = [process for process in processes if is_able(results, process, work, films)]
    if work.key == "not-modified":
        for process in able:
            load.collect_etags(process, films, results.plan.etag_seconds)
    for process in able:
        load.measure(process, work, films, seconds=results.plan.warm_up)
    for number in range(results.plan.rounds):
        tell(f"{work.title}: round {number + 1} of {results.plan.rounds}")
        for process in rotated(able, number):
            measure_round(results, work, films, process, number)


def is_able(results: Results, process: Process, work: Work, films: int) -> bool:
    server = process.server
    if server.works is not None and work.key not in server.works:
        return False
    if work.key in server.left_out:
        reason = f"left out: {server.left_out[work.key]}"
    elif lacking := work.check(process, films):
        reason = f"not there: {lacking}"
    else:
        return True
    tell(f"{work.title}: {server.title}: {reason}")
    results.absent[server.key, work.key] = reason
    return False


def rotated(processes: list[Process], number: int) -> list[Process]:
    """Every round begins with another server, so that none is always behind the same one."""
    first = number % max(1, len(processes))
    return processes[first:] + processes[:first]


def measure_round(results: Results, work: Work, films: int, process: Process, number: int):
    """Every server gets the same requests in a round, and others in the next."""
    plan, cell = results.plan, (process.server.key, work.key)
    full = load.measure(process, work, films, seconds=plan.full_seconds, seed=2 * number + 2)
    half = load.measure(process, work, films, seconds=plan.half_seconds, seed=2 * number + 3, rate=full["perSecond"] / 2)
    results.full.setdefault(cell, []).append(full)
    results.half.setdefault(cell, []).append(half)


def check_driver(results: Results, processes: list[Process]):
    """The driver against wrk, on the fastest server there is."""
    for process in processes:
        if process.server.key == "constant":
            tell("the driver against wrk")
            results.driver = [compare(process, results.plan.full_seconds) for _ in range(results.plan.rounds)]


def compare(process: Process, seconds: float) -> tuple[dict, dict]:
    return load.drive(process, "path", path="/films/1", seconds=max(1, round(seconds))), load.wrk(process, seconds)


def measure_cold_start(results: Results):
    """From exec to the first 200, on a catalogue of 100 films that exists already."""
    processes = all_processes(results.plan, SMALL)
    with stopping(processes):
        for process in processes:
            open_for_work(process, SMALL)
            process.stop()
        for number in range(results.plan.rounds):
            tell(f"cold start: round {number + 1} of {results.plan.rounds}")
            for process in rotated(processes, number):
                results.cold.setdefault(process.server.key, []).append(process.start())
                process.stop()


def all_processes(plan: Plan, films: int) -> list[Process]:
    return [Process(server, template(films)) for server in plan.servers]


@contextmanager
def stopping(processes: list[Process]):
    try:
        yield
    finally:
        for process in processes:
            process.stop()


def tell(text: str):
    print(text, file=sys.stderr, flush=True)

"""Runs the load driver, and wrk beside it as a check of the driver itself."""

import json
import os
import re
import subprocess
import time

from .paths import ARTIFACTS, BENCH, BenchError
from .process import Process
from .works import Work

DRIVER = BENCH / "load/bin/Release/net10.0/FilmService.Load"
CONNECTIONS = 64


def etag_file(process: Process):
    return ARTIFACTS / "data" / f"{process.server.key}.etags"


def drive(process: Process, work: str, **options) -> dict:
    """One run; `options` are the driver's own (`films`, `seconds`, `rate` ...), a list for one that is given several times."""
    options |= {"port": process.port, "connections": CONNECTIONS, "etags": etag_file(process),
                "pids": ",".join(map(str, process.pids()))}
    arguments = [text for name, value in options.items() for one in (value if isinstance(value, list) else [value])
                 for text in (f"--{name.replace('_', '-')}", str(one))]
    run = subprocess.run([DRIVER, work, *arguments], capture_output=True, text=True)
    if run.returncode != 0:
        raise BenchError(f"{process.server.title}, {work}: {run.stderr.strip()}")
    return json.loads(run.stdout)


def measure(process: Process, work: Work, films: int, **options) -> dict:
    if work.path:
        options["path"] = work.path(process)
    return drive(process, work.load, films=films, **options)


def fill(process: Process, films: int):
    drive(process, "fill", films=films, seconds=3600, warm_up=0)


def collect_etags(process: Process, films: int, seconds: float):
    """Those of all films, or of as many, in a shuffled order, as the time is enough for."""
    drive(process, "etags", films=films, seconds=seconds, warm_up=0)


def wrk(process: Process, seconds: float) -> dict:
    """Asks for one film with wrk in place of the driver."""
    before, begin = os.times(), time.monotonic()
    run = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", f"http://127.0.0.1:{process.port}/films/1"],
        capture_output=True, text=True, check=True)
    after, end = os.times(), time.monotonic()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return {"perSecond": float(re.search(r"Requests/sec:\s+([\d.]+)", run.stdout)[1]), "loadCore": cpu / (end - begin)}

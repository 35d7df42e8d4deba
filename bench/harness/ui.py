"""./bench/ui: what the pages for people cost: processor time, bytes, the wait for the first one, and a start without any."""

import argparse
import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

from . import bulk, made, run
from .chromium import Chromium
from .finding import Reader
from .million import empty_folder
from .paths import ARTIFACTS, BenchError, stay_on_load_core
from .process import Process, peak_megabytes
from .servers import SERVERS

LISTS = ["/ui/films", "/ui/films?sort=name", "/ui/films?sort=-revision", "/ui/films?year=2001&month=May", "/ui/films?year.gte=1990&year.lte=1999",
         "/ui/films?q=night", "/ui/films?q=kyoto+night"]
# A list requests its counts after it is shown; the last one is what the API needs for the last list.
OTHERS = ["/ui/films/4321", "/ui/changes", "/ui/count?year=2001&month=May", "/ui/count?q=night", "/films?limit=50&q=kyoto+night"]
WARM_UPS = 40
REQUESTS = {True: 500, False: 100}  # of a list, of another page
AS_BROWSER = {"Accept": "text/html, */*", "Accept-Encoding": "gzip"}
STARTS = 15
UPLOAD = 300_000_000  # bytes
UPLOADED = """new Promise(done => new MutationObserver(() => done(document.querySelector('main').innerText))
    .observe(document.querySelector('main'), { subtree: true, childList: true }))"""
TICKS = os.sysconf("SC_CLK_TCK")

TARGETS = {"CPU": 5, "first": 150, "bytes": 60_000, "again": 10_000, "paint": 500, "start": 20, "memory": 1, "upload": 200}  # ms, bytes and MB


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench/ui", description="Measures the pages at /ui.")
    parser.add_argument("--quick", action="store_true", help="checks with 20,000 films that everything works; the figures are not reliable")
    options = parser.parse_args()
    try:
        stay_on_load_core()
        return measure(20_000 if options.quick else 1_000_000)
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1


def measure(films: int) -> int:
    run.clear()
    server = next(server for server in SERVERS if server.key == "filmservice")
    run.publish([server])
    process = filled(server, films)
    without = Process(replace(server, key="without", environment=server.environment | {"Ui__Enabled": "false"}), process.folder)
    with run.stopping([process, without]):
        missed = starts(process, without)
        process.start()
        missed += pages(process) + browser(process) + upload(process)
    run.clear()
    return 1 if missed else 0


def filled(server, films: int) -> Process:
    run.tell(f"importing {films:,} films")
    file, process = ARTIFACTS / "data" / "films.ndjson", Process(server, empty_folder("films"))
    made.write(file, films)
    with run.stopping([process]):
        process.start()
        bulk.import_films(process, file)
    return process


def starts(process: Process, without: Process) -> int:
    """What pages cost a start if nobody opens one, and how long the first one takes."""
    cost, megabytes, first, first_cost = {process: [], without: []}, {process: [], without: []}, [], []
    for number in range(STARTS):
        for one in (process, without) if number % 2 else (without, process):
            one.start()
            time.sleep(1)  # what goes on after a start is over
            cost[one].append(1000 * ticks(one) / TICKS)
            megabytes[one].append(one.megabytes())
            if one is process:
                first.append(Reader(one).milliseconds("/ui/films"))
                first_cost.append(1000 * ticks(one) / TICKS - cost[one][-1])
            one.stop()
    return (tell("Start with pages, over one without", difference(cost, process, without), "ms of CPU", "start")
            + tell("Memory after it", difference(megabytes, process, without), "MB", "memory")
            + tell("First page after a start", median(first), "ms", "first")
            + tell("Its processor time", median(first_cost), "ms of CPU", None))


def difference(values: dict, process: Process, without: Process) -> float:
    return median(values[process]) - median(values[without])


def pages(process: Process) -> int:
    missed, reader = 0, Reader(process)
    for path in (LISTS + OTHERS) * WARM_UPS:
        reader.ask(path, **AS_BROWSER)
    for path in LISTS + OTHERS:
        is_list = path in LISTS
        cost, size = cpu(process, path, REQUESTS[is_list])
        missed += tell(f"`{path}`{f' ({size / 1000:.1f} KB)' if size else ''}", cost, "ms of CPU", "CPU" if is_list else None)
    return missed


def cpu(process: Process, path: str, requests: int) -> tuple[float, int]:
    """Milliseconds of the process for a page, and its bytes as they are sent."""
    reader = Reader(process)
    size = int(reader.ask(path, **AS_BROWSER).headers["Content-Length"] or 0)
    begin = ticks(process)
    for _ in range(requests):
        reader.ask(path, **AS_BROWSER)
    return 1000 * (ticks(process) - begin) / TICKS / requests, size


def ticks(process: Process) -> int:
    user, system = Path(f"/proc/{process.child.pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return int(user) + int(system)


def browser(process: Process) -> int:
    """A first visit with an empty cache, and the next one."""
    url, visits = f"http://127.0.0.1:{process.port}/ui/films", []
    for _ in range(STARTS):
        with Chromium() as chromium:
            visits.append((*chromium.visit(url), *chromium.visit(url)))
    size, paint, again, _ = (median(values) for values in zip(*visits))
    return tell("First visit", size, "bytes", "bytes") + tell("Second visit", again, "bytes", "again") + tell("Largest paint of a first visit", paint, "ms", "paint")


def upload(process: Process) -> int:
    """A preview of a large file in the browser, on a service that has just started."""
    file = ARTIFACTS / "data" / "large.csv"
    with open(file, "w") as lines:
        lines.write("Name,Year\n")
        lines.writelines(f"{number} {'a film of a long name ' * 13},2001\n" for number in range(UPLOAD // 300))
    process.stop()
    process.start()
    with Chromium() as chromium:
        chromium.visit(f"http://127.0.0.1:{process.port}/ui/import")
        before, begin = peak_megabytes(process.child.pid), time.monotonic()
        chromium.choose_file("#file", file)
        chromium.run("document.querySelector('[data-preview]').click()")
        shown = chromium.run(UPLOADED)
        seconds = time.monotonic() - begin
    if f"{UPLOAD // 300:,} to create" not in shown:
        raise BenchError(f"the preview shows: {shown[:300]}")
    tell(f"Preview of {file.stat().st_size / 1e6:,.0f} MB in Chromium", seconds, "s", None)
    return tell("Memory for it", peak_megabytes(process.child.pid) - before, "MB", "upload")


def tell(what: str, value: float, unit: str, target: str | None) -> int:
    """A line of a table; 1 if the target is missed."""
    most = TARGETS.get(target, float("inf"))
    print(f"| {what} | {value:,.{0 if unit == 'bytes' else 1}f} {unit} | {f'{most:,}' if target else ''} | {'' if not target else 'yes' if value <= most else 'NO'} |", flush=True)
    return 1 if value > most else 0


if __name__ == "__main__":
    sys.exit(main())

"""Pages of 20 films, the first and far ones, in a large catalogue and in a small one."""

import http.client
import re
import time
from dataclasses import dataclass, field
from statistics import median
from urllib.parse import quote

from .paths import BenchError
from .process import Process

PAGE = 20
FAR = 10_000  # the page, where there are so many
STRIDE = 1000  # films a step on the way there
WARM_UPS = 5
ROUNDS_AT_LEAST = 5
SECONDS = 8  # then no further round begins

FILTERS = ["", "id=4321", "id.in=7,77,777,7777", "name=the last night", "name.in=the night,\"the man\"", "name.startsWith=the last",
           "name.contains=night", "name.contains=nig", "name.contains=ni", "year=2001", "year.ne=2001", "year.gt=2000", "year.gte=1990", "year.lt=1950",
           "year.lte=2010", "year.in=1995,2001,2003", "month=May", "month.in=May,June", "month.null=true", "released=2001", "released=2001-05",
           "released.gte=1990-05", "released.lt=2015-02", "released.ne=2001-05"]
SORTS = [f"sort={sign}{key}" for key in ("id", "name", "year", "released", "revision") for sign in ("", "-")]
GROWING = ["q=vovabestya", "q=kyoto night", "q=last nig", "q=night", "q=the", "q=night&sort=-year", "q=night&year=2001", "year=2001&sort=name", "year.gte=1990&sort=name",
           "year.gte=1990&month=May", "name.contains=night&year=2001", "name.contains=night&sort=-released", "name.startsWith=the last&sort=year",
           "shape=list", "shape=list&facet=year,decade,month"]


@dataclass
class Found:
    query: str
    total: int = 0  # films that match in the large catalogue
    first: dict = field(default_factory=dict)  # catalogue to milliseconds
    far: dict = field(default_factory=dict)


class Reader:
    """One client that keeps its connection."""

    def __init__(self, process: Process):
        self.connection = http.client.HTTPConnection("127.0.0.1", process.port, timeout=300)

    def ask(self, path: str, **fields: str) -> http.client.HTTPResponse:
        self.connection.request("GET", path, headers=fields)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise BenchError(f"{path} answers {answer.status}: {body[:300]}")
        return answer

    def milliseconds(self, path: str) -> float:
        begin = time.perf_counter()
        self.ask(path)
        return 1000 * (time.perf_counter() - begin)


def measure(query: str, catalogues: dict[str, Process], rounds: int) -> Found:
    """Times a query in each catalogue, in turns."""
    found, readers = Found(query), {name: Reader(process) for name, process in catalogues.items()}
    first = path_of(query)
    totals = {name: int(reader.ask(f"{first}&count=true").headers["X-Total-Count"]) for name, reader in readers.items()}
    found.total = max(totals.values())
    far = {name: far_page(reader, query, totals[name]) for name, reader in readers.items()}
    found.first = in_turns(readers, {name: first for name in readers}, rounds)
    found.far = in_turns(readers, far, rounds) if all(far.values()) else {}
    return found


def path_of(query: str, limit: int = PAGE) -> str:
    return f"/films?{quote(query, safe='=&')}{'&' if query else ''}limit={limit}"


def far_page(reader: Reader, query: str, total: int) -> str | None:
    """The address of the ten-thousandth page, or of the last whole one; None where that is the first."""
    before = min(FAR - 1, total // PAGE - 1) * PAGE
    path, limit = path_of(query, min(STRIDE, before)), min(STRIDE, before)
    if before <= 0:
        return None
    while before > 0:
        before, path = before - limit, next_of(reader.ask(path))
        path, limit = path.replace(f"limit={limit}", f"limit={min(STRIDE, before) or PAGE}"), min(STRIDE, before)
    return path


def next_of(answer: http.client.HTTPResponse) -> str:
    link = re.search(r'<([^>]+)>; *rel="next"', ", ".join(answer.headers.get_all("Link")))
    return link[1]


def in_turns(readers: dict[str, Reader], paths: dict[str, str], rounds: int) -> dict[str, float]:
    times, begin = {name: [] for name in readers}, time.monotonic()
    for number in range(WARM_UPS + rounds):
        if number >= WARM_UPS + ROUNDS_AT_LEAST and time.monotonic() - begin > SECONDS:
            break
        for name, reader in readers.items():
            times[name].append(reader.milliseconds(paths[name]))
    return {name: median(values[WARM_UPS:]) for name, values in times.items()}

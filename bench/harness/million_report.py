"""What ./bench/million found, on the screen and between markers of its own in docs/performance.md."""

import datetime
import os
import platform
from statistics import median

from .figures import Spread, significant, spread
from .finding import SECONDS, Found
from .report import processor, table, with_range, write_between

MARKERS = "million: written by ./bench/million"
LIMIT_MEGABYTES = 300
LIMIT_GROWTH = 2.0
AS_FAST = 0.95  # the rest is what a processor's caches cannot hold


def markdown(results) -> str:
    return "\n\n".join([about(results), "### Targets of FilmService\n\n" + targets(results), moving(results), "### One filter or one sort key\n\n" + pages(results, results.one_of_each),
                        "### Words, and combinations\n\n" + pages(results, results.growing), by_id(results)])


def write(text: str):
    write_between(MARKERS, text)


def about(results) -> str:
    large, small, _ = results.films.values()
    return (f"Run on {datetime.date.today()}: {processor()}, {os.cpu_count()} cores, Linux {platform.release()}. "
            f"{large:,} made films beside {small:,}, {results.rounds} rounds of import and export, {20 * results.rounds} of each page (fewer where it takes over {SECONDS} s).")


def targets(results) -> str:
    imports = Spread.of(rows.seconds / films.seconds for films, rows in results.imported)
    exports = [pair for pairs in results.exported.values() for pair in pairs]
    speed = Spread.of(films.speed for films, _ in exports)
    share = Spread.of(films.speed / dump.speed for films, dump in exports)
    memory = max(films.megabytes for films, _ in results.imported + exports)
    growth = max(ratios(results.one_of_each))
    reading = by_id_ratio(results, "perSecond")
    return table(["work", "target", "measured", "met"], [
        ["import of NDJSON", "at least 0.5 of the rows/s of sqlite3", with_range(imports), met(imports.median >= 0.5)],
        ["export", "at least 100 MB/s, or a third of sqlite3 -json", f"{with_range(speed)} MB/s, {with_range(share)}", met(speed.low >= 100 or share.low >= 1 / 3)],
        ["import and export", f"memory under {LIMIT_MEGABYTES} MB", f"{memory:.0f} MB", met(memory < LIMIT_MEGABYTES)],
        ["a page of 20", "at most 2 times that of the small catalogue", f"at most {growth:.2f}", met(growth <= LIMIT_GROWTH)],
        ["one film by id", f"at least {AS_FAST} of the requests/s with 100 films", with_range(reading), met(reading.median >= AS_FAST)],
    ])


def met(is_met: bool) -> str:
    return "yes" if is_met else "**no**"


def ratios(found: list[Found]) -> list[float]:
    return [times["large"] / times["small"] for one in found for times in (one.first, one.far) if times]


def moving(results) -> str:
    films = results.films["large"]
    rows = [["import of NDJSON", *moved(films, [pair[0] for pair in results.imported])],
            ["sqlite3, the same rows", *moved(films, [pair[1] for pair in results.imported])]]
    for media_type, pairs in results.exported.items():
        rows += [[f"export as {media_type}", *moved(films, [pair[0] for pair in pairs])], ["sqlite3 -json", *moved(films, [pair[1] for pair in pairs])]]
    return "### All films in and out\n\n" + table(["", "seconds", "films/s", "MB/s", "memory, MB"], rows)


def moved(films: int, rounds: list) -> list[str]:
    return [with_range(Spread.of(one.seconds for one in rounds)), significant(median(films / one.seconds for one in rounds)),
            significant(median(one.speed for one in rounds)) if rounds[0].size else "", f"{max(one.megabytes for one in rounds):.0f}"]


def pages(results, found: list[Found]) -> str:
    large, small, _ = results.films.values()
    head = ["query", "films", f"first page of {large:,}, ms", f"of {small:,}", "ratio", "far page, ms", f"of {small:,}", "ratio"]
    return table(head, [[f"`{one.query or 'all'}`", f"{one.total:,}", *times(one.first), *times(one.far)] for one in found])


def times(page: dict[str, float]) -> list[str]:
    if not page:
        return ["", "", ""]
    return [significant(page["large"]), significant(page["small"]), f"{page['large'] / page['small']:.2f}"]


def by_id(results) -> str:
    films, _, hundred = results.films.values()
    large, small = zip(*results.by_id)
    first = {name: results.first_read[name] / median(one[name] for one in small) for name in ("perSecond", "serverCpu")}
    head = ["", "requests/s", f"of {hundred} films", "CPU µs", f"of {hundred} films"]
    return "### One film by id\n\n" + table(head, [
        [f"{hundred} films", with_range(spread(small, "perSecond")), "", with_range(spread(small, "serverCpu")), ""],
        [f"{films:,} films", with_range(spread(large, "perSecond")), with_range(by_id_ratio(results, "perSecond")),
         with_range(spread(large, "serverCpu")), with_range(by_id_ratio(results, "serverCpu"))],
        [f"{films:,} films, each for the first time", significant(results.first_read["perSecond"]), significant(first["perSecond"]),
         significant(results.first_read["serverCpu"]), significant(first["serverCpu"])],
    ])


def by_id_ratio(results, name: str) -> Spread:
    return Spread.of(large[name] / hundred[name] for large, hundred in results.by_id)

"""What FilmService wants to reach, and whether it did in this run."""

from dataclasses import dataclass
from typing import Callable

from .figures import Spread, ratio
from .run import Results

PEERS = "every peer"
NAMES = {"mvc": "the MVC dictionary", "fastify": "Fastify + better-sqlite3", PEERS: PEERS}


@dataclass(frozen=True)
class Target:
    work: str
    text: str
    measure: Callable[[Results], Spread | None]
    at_least: float | None = None
    at_most: float | None = None

    def is_met(self, value: Spread) -> bool:
        return value.median >= self.at_least if self.at_least else value.median <= self.at_most


def speed(work: str, of: str, at_least: float) -> Target:
    text = f"ahead of {NAMES[of]}" if at_least == 1 else f"at least {at_least:g} times {NAMES[of]}"
    measure = ahead_of_peers if of == PEERS else ratio_to
    return Target(work, text, lambda results: measure(results, work, of), at_least=at_least)


def ratio_to(results: Results, work: str, other: str) -> Spread | None:
    return ratio(results, work, "filmservice", other)


def ahead_of_peers(results: Results, work: str, _) -> Spread | None:
    """The ratio to the fastest peer."""
    peers = [server.key for server in results.plan.servers if server.kind == "peer"]
    ratios = [found for peer in peers if (found := ratio_to(results, work, peer))]
    return min(ratios, key=lambda found: found.median, default=None)


def put_wait(results: Results) -> Spread | None:
    return ratio(results, "put", "filmservice", "mvc", "p99")


def mix_wait(results: Results) -> Spread | None:
    mix, film = (results.full.get(("filmservice", work)) for work in ("mix", "film"))
    return Spread.of(a["p99"] / b["p99"] for a, b in zip(mix, film)) if mix and film else None


def cold_start(results: Results) -> Spread | None:
    ours, theirs = results.cold.get("filmservice"), results.cold.get("mvc")
    return Spread.of(a / b for a, b in zip(ours, theirs)) if ours and theirs else None


TARGETS = [
    speed("film", "mvc", 0.70),
    speed("film", "fastify", 1),
    speed("not-modified", "mvc", 0.85),
    speed("missing", "mvc", 0.70),
    speed("page", PEERS, 1),
    speed("all", PEERS, 1),
    speed("put", "mvc", 0.50),
    speed("put", "fastify", 3),
    Target("put", "p99 at most 3 times that of the MVC dictionary", put_wait, at_most=3),
    speed("mix", PEERS, 1),
    Target("mix", "p99 at most 2 times that of the pure read", mix_wait, at_most=2),
    Target("cold start", "at most 1.3 times that of the MVC dictionary", cold_start, at_most=1.3),
]

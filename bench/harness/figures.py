"""Medians, spreads and ratios of what the rounds gave."""

from dataclasses import dataclass
from statistics import median

from .run import Results


@dataclass(frozen=True)
class Spread:
    median: float
    low: float
    high: float

    @staticmethod
    def of(values) -> "Spread":
        values = list(values)
        return Spread(median(values), min(values), max(values))


def spread(rounds: list[dict], name: str) -> Spread:
    return Spread.of(one[name] for one in rounds)


def ratio(results: Results, work: str, server: str, other: str, name: str = "perSecond") -> Spread | None:
    """Round by round, so that what slowed a whole round down cancels out."""
    ours, theirs = results.full.get((server, work)), results.full.get((other, work))
    if not ours or not theirs:
        return None
    return Spread.of(a[name] / b[name] for a, b in zip(ours, theirs))


def significant(value: float) -> str:
    """Three significant digits, thousands with a comma."""
    if value >= 100:
        return f"{float(f'{value:.3g}'):,.0f}"
    return f"{value:#.3g}" if value < 1 else f"{value:.{2 if value < 10 else 1}f}"

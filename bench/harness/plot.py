"""The run as a picture: requests per second, one panel for each work."""

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams["svg.hashsalt"] = "bench"  # the same figures, the same file
from matplotlib import pyplot  # noqa: E402  (the backend comes first)
from matplotlib.ticker import MaxNLocator  # noqa: E402

from .figures import Spread, significant, spread  # noqa: E402
from .paths import PLOT  # noqa: E402
from .run import Results  # noqa: E402

COLOURS = {"ours": "#d1495b", "limit": "#9a9a9a", "peer": "#5b8db8"}


def draw(results: Results, file=PLOT):
    panels = [speed_panel(results, work) for work in results.plan.works] + [start_panel(results)]
    rows = (len(panels) + 1) // 2
    figure, axes = pyplot.subplots(rows, 2, figsize=(11, 2.4 * rows), squeeze=False)
    for axis, panel in zip(axes.flat, panels):
        draw_panel(axis, *panel, slots=len(results.plan.servers))
    for axis in axes.flat[len(panels):]:
        axis.set_visible(False)
    figure.tight_layout(h_pad=2)
    figure.savefig(file, metadata={"Date": None})
    pyplot.close(figure)


def speed_panel(results: Results, work):
    bars = []
    for server in results.plan.servers:
        if rounds := results.full.get((server.key, work.key)):
            bars.append((work.name(server), server.kind, spread(rounds, "perSecond")))
        elif (server.key, work.key) in results.absent:
            bars.append((server.title, server.kind, None))
    return f"{work.title}: requests/s", bars


def start_panel(results: Results):
    bars = [(server.title, server.kind, Spread.of(1000 * s for s in results.cold[server.key]))
            for server in results.plan.servers]
    return "Cold start: ms (less is better)", bars


def draw_panel(axis, title: str, bars: list, slots: int):
    """Bars of one height in every panel; None is a work that the server does not have or is left out of."""
    values = [value or Spread(0, 0, 0) for _, _, value in bars]
    drawn = axis.barh(
        [name for name, _, _ in bars], [value.median for value in values],
        xerr=[[value.median - value.low for value in values], [value.high - value.median for value in values]],
        color=[COLOURS[kind] for _, kind, _ in bars], error_kw={"elinewidth": 1, "ecolor": "#333333"})
    axis.bar_label(drawn, [significant(value.median) if value else "not measured" for _, _, value in bars], padding=4, fontsize=8)
    axis.set_title(title, fontsize=10, loc="left")
    axis.set_ylim(slots - 0.5, -0.5)
    axis.margins(x=0.15)
    axis.xaxis.set_major_locator(MaxNLocator(5))
    axis.xaxis.set_major_formatter("{x:,.0f}")
    axis.tick_params(labelsize=8)
    axis.spines[["top", "right"]].set_visible(False)

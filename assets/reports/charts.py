"""Charts as pictures inside the page: no script, nothing fetched, the same on paper. What to show is decided elsewhere.

Colours are the first of the Government Analysis Function's categorical palette; routes also differ by marker and line,
so that nothing rests on colour alone.
"""

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from assets.reports import words

_COLOURS = {"build_your_own": "#12436D", "data_to_insight": "#28A197", "cms_supplier": "#801650"}
_MARKERS = {"build_your_own": "o", "data_to_insight": "s", "cms_supplier": "^"}
_LINES = {"build_your_own": "-", "data_to_insight": "--", "cms_supplier": "-."}
RETURNS_SERIES = "the returns"
_OTHER_COLOUR, _INK, _GRID = "#3D3D3D", "#0b0c0c", "#b1b4b6"
_STYLE: Any = {
    "font.family": "DejaVu Sans",  # comes with the package, so it is there on every machine
    "font.size": 11,
    "text.color": _INK,
    "axes.edgecolor": _INK,
    "axes.labelcolor": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "svg.fonttype": "path",  # letters as shapes: the picture is the same where the font is missing
    "svg.hashsalt": "report",  # the same data gives the same file
}
_WIDTH = 9.4  # inches, the page's text width at 100 dots an inch


@dataclass(frozen=True)
class Chart:
    """A picture as a data address, with the words for those who do not see it."""

    title: str
    alt: str
    uri: str


@dataclass(frozen=True)
class Dot:
    """One share with its interval: on which line it stands, and of which series it is."""

    line: str
    series: str
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Step:
    """One point of a curve: of which series, how many days, what share."""

    series: str
    days: int
    share: float


def dots(title: str, alt: str, points: Sequence[Dot], axis: str) -> Chart | None:
    """Shares with 95% intervals, a line for each thing measured and a marker for each series; None without points."""
    if not points:
        return None
    lines = list(dict.fromkeys(point.line for point in points))
    series = words.in_order(list({point.series for point in points}))
    figure, axes = _canvas(0.34 * len(lines) * max(1.0, 0.5 * len(series)) + 1.3)
    for k, name in enumerate(series):
        mine = [point for point in points if point.series == name]
        heights = [lines.index(point.line) + _offset(k, len(series)) for point in mine]
        spread = [
            [max(0.0, 100 * (p.share - p.low)) for p in mine],
            [max(0.0, 100 * (p.high - p.share)) for p in mine],
        ]
        axes.errorbar(
            [100 * p.share for p in mine], heights, xerr=spread, label=_label(name), linestyle="none", **_look(name)
        )
    axes.set_yticks(range(len(lines)), lines)
    axes.set_ylim(len(lines) - 0.4, -0.6)
    axes.set_xlabel(axis)
    lowest = min(100 * point.low for point in points)
    highest = max(100 * point.high for point in points)
    if highest > 60:
        axes.set_xlim(max(0.0, 10 * (lowest // 10) - (5 if lowest % 10 < 1 else 0)), 100.7)
    else:
        axes.set_xlim(0, max(1.0, 1.08 * highest))
    return _finished(figure, axes, title, alt, len(series))


def curves(title: str, alt: str, steps: Sequence[Step]) -> Chart | None:
    """Share of events known by each day, a line a route, on a scale on which a day and a month can both be read."""
    if not steps:
        return None
    figure, axes = _canvas(4.2)
    series = words.in_order(list({step.series for step in steps}))
    for name in series:
        mine = [step for step in steps if step.series == name]
        axes.plot(
            [step.days for step in mine],
            [100 * step.share for step in mine],
            label=_label(name),
            color=_COLOURS.get(name, _OTHER_COLOUR),
            linestyle=_LINES.get(name, ":"),
            marker=_MARKERS.get(name, "D"),
            markersize=5,
            linewidth=2.2,
        )
    last = max(step.days for step in steps)
    axes.set_xscale("symlog", linthresh=7, linscale=1.2)
    ticks = [day for day in (0, 1, 2, 3, 5, 7, 14, 30, 60, 90, 180, 365) if day <= last]
    axes.set_xticks(ticks, [str(day) for day in ticks])
    axes.minorticks_off()
    axes.set_xlim(-0.2, last * 1.05 + 0.3)
    axes.set_ylim(0, 102)
    axes.set_xlabel("Days since the event (wider apart in the first week)")
    axes.set_ylabel("Per cent known")
    axes.grid(axis="y", color=_GRID, linewidth=0.6)
    return _finished(figure, axes, title, alt, len(series))


def differences(title: str, alt: str, points: Sequence[tuple[str, str, float]], tolerance: float) -> Chart | None:
    """Per cent by which the feed's value is above or below the return's: (line, route, per cent), one mark an LA."""
    if not points:
        return None
    lines = list(dict.fromkeys(line for line, _, _ in points))
    series = words.in_order(list({name for _, name, _ in points}))
    figure, axes = _canvas(0.42 * len(lines) + 1.5)
    axes.axvspan(-tolerance, tolerance, color="#dce4ec", zorder=0, label=f"Within {tolerance:g}%")
    axes.axvline(0, color=_INK, linewidth=1, zorder=1)
    for k, name in enumerate(series):
        mine = [(line, value) for line, of, value in points if of == name]
        axes.scatter(
            [value for _, value in mine],
            [lines.index(line) + _offset(k, len(series)) for line, _ in mine],
            label=_label(name),
            color=_COLOURS.get(name, _OTHER_COLOUR),
            marker=_MARKERS.get(name, "D"),
            s=34,
            zorder=2,
        )
    axes.set_yticks(range(len(lines)), lines)
    axes.set_ylim(len(lines) - 0.4, -0.6)
    widest = max(2 * tolerance, *(abs(value) for _, _, value in points)) * 1.08
    axes.set_xlim(-widest, widest)
    axes.set_xlabel("Feed above (+) or below (−) the return, per cent of the return's value")
    return _finished(figure, axes, title, alt, len(series) + 1)


def _canvas(height: float) -> tuple[Figure, Axes]:
    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=(_WIDTH, height), layout="constrained")
        return figure, figure.subplots()


def _offset(k: int, n: int) -> float:
    """Series side by side on one line, the first on top."""
    return (k - (n - 1) / 2) * 0.22


def _label(name: str) -> str:
    return words.route(name) if name != RETURNS_SERIES else "Annual returns"


def _look(name: str) -> dict[str, Any]:
    return {
        "color": _COLOURS.get(name, _OTHER_COLOUR),
        "marker": _MARKERS.get(name, "D"),
        "markersize": 6.5,
        "elinewidth": 1.6,
        "capsize": 2.5,
    }


def _finished(figure: Figure, axes: Axes, title: str, alt: str, series: int) -> Chart:
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="x", color=_GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    figure.legend(loc="outside upper left", ncols=series, frameon=False, borderaxespad=0)
    picture = io.BytesIO()
    with matplotlib.rc_context(_STYLE):
        figure.savefig(picture, format="svg", metadata={"Date": None, "Creator": None})
    return Chart(title, alt, "data:image/svg+xml;base64," + base64.b64encode(picture.getvalue()).decode())

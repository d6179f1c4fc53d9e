"""The map of basins as a picture: which minimum each start leads to."""

from __future__ import annotations

import io

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import NDArray

from gdcore.basins import DIVERGED, ELSEWHERE, Basins

from ..theme import RGB, rgb
from .lettering import face

# The palette of Okabe and Ito (2008) without its black: told apart with any kind of colour vision.
COLOURS: tuple[RGB, ...] = tuple(
    map(rgb, ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442"))
)
GREY, PALE, INK = rgb("#8A8F98"), rgb("#F1F2F4"), rgb("#1A1C20")
_NAMED = len(COLOURS)  # minima in the key: further ones have a colour that another has, too


def draw_basins(found: Basins) -> bytes:
    """A PNG 1600 pixels wide: each minimum's starts in its colour, a white ring on each minimum.

    Starts that diverge are grey, those that end at no minimum nearly white. One parameter gives a strip.
    Raises ValueError for more than two.
    """
    if len(found.axes) > 2:
        raise ValueError(f"{len(found.axes)} parameters cannot be drawn on a page")
    with mpl.rc_context({"axes.unicode_minus": True}):
        tall = 2.6 if len(found.axes) == 1 else 5.6
        figure = Figure(figsize=(8.0, tall), dpi=200, facecolor="white")
        FigureCanvasAgg(figure)
        ax = figure.add_axes((0.09, 0.67 / tall, 0.585, 1 - 0.95 / tall))
        _paint(ax, found, colours_of(found))
        stream = io.BytesIO()
        figure.savefig(stream, format="png", metadata={"Software": None})
    return stream.getvalue()


def colours_of(found: Basins) -> list[RGB]:
    """A colour for each minimum. With more minima than colours, those that touch differ wherever that can be."""
    count = len(found.minima)
    if count <= len(COLOURS):
        return list(COLOURS[:count])
    beside = _neighbours(found.labels, count)
    chosen: list[int] = []
    for number in range(count):
        taken = {chosen[other] for other in np.flatnonzero(beside[number, :number]).tolist()}
        order = [(number + shift) % len(COLOURS) for shift in range(len(COLOURS))]
        chosen.append(next((colour for colour in order if colour not in taken), order[0]))
    return [COLOURS[colour] for colour in chosen]


def _neighbours(labels: NDArray[np.int64], count: int) -> NDArray[np.bool_]:
    """Which basins (count, count) have starts side by side."""
    beside = np.zeros((count, count), dtype=bool)
    for axis in range(labels.ndim):
        one = np.moveaxis(labels, axis, 0)
        a, b = one[:-1].ravel(), one[1:].ravel()
        both = (a >= 0) & (b >= 0) & (a != b)
        beside[a[both], b[both]] = beside[b[both], a[both]] = True
    return beside


def _paint(ax: Axes, found: Basins, colours: list[RGB]) -> None:
    x = found.axes[0]
    flat = len(found.axes) == 1
    y = np.array([0.0, 1.0]) if flat else found.axes[1]
    # imshow takes rows from below and columns along x; a start is the middle of its pixel.
    labels = found.labels[:, None] if flat else found.labels
    wide = (x[-1] - x[0]) / (len(x) - 1) / 2
    high = 0.0 if flat else (y[-1] - y[0]) / (len(y) - 1) / 2
    ax.imshow(
        labels.T - ELSEWHERE,
        origin="lower",
        extent=(x[0] - wide, x[-1] + wide, y[0] - high, y[-1] + high),
        aspect="auto",
        cmap=ListedColormap([PALE, GREY, *colours]),
        vmin=0,
        vmax=len(colours) + 1,
        interpolation="nearest",
    )
    inside = [
        point
        for point in found.minima
        if all(axis[0] <= value <= axis[-1] for axis, value in zip(found.axes, point, strict=True))
    ]
    size = 9.0 if len(inside) <= 20 else 4.5
    for point in inside:
        at = (point[0], 0.5 if flat else point[1])
        for ink, thick in ((INK, 0.45), ("white", 0.27)):
            ax.plot(
                *at,
                "o",
                markersize=size,
                markerfacecolor="none",
                markeredgecolor=ink,
                markeredgewidth=thick * size,
            )
    ax.set_xlim(x[0] - wide, x[-1] + wide)
    ax.set_ylim(y[0] - high, y[-1] + high)
    names = [f"{name} of the start" for name in found.parameters_names]
    for name, side in zip(names, (ax.xaxis, ax.yaxis), strict=False):
        side.set_label_text(name, fontproperties=face(), fontsize=min(11.0, 660 / len(name)), color=INK)
    if flat:
        ax.set_yticks([])
    for label in (*ax.get_xticklabels(), *ax.get_yticklabels()):
        label.set_fontproperties(face())
        label.set_fontsize(9.5)
    _key(ax, found, colours)


def _key(ax: Axes, found: Basins, colours: list[RGB]) -> None:
    """Beside the map: the minima from the deepest on, their losses and shares of the starts, and the rest."""
    total = found.labels.size
    entries: list[tuple[Patch | Line2D, str]] = []
    for point, value, count, colour in list(
        zip(found.minima, found.values, found.counts, colours, strict=True)
    )[:_NAMED]:
        at = ", ".join(_number(v) for v in point)
        text = f"({at})" if len(point) > 1 else f"{found.parameters_names[0]} = {at}"
        entries.append((Patch(color=colour), f"{text}\nJ = {_number(value)},  {_share(count, total)}"))
    more = len(colours) - _NAMED
    if more > 0:
        rest = sum(found.counts[_NAMED:])
        entries.append((Patch(color="none"), f"and {more} more,  {_share(rest, total)}"))
    for label, colour, name in ((DIVERGED, GREY, "diverged"), (ELSEWHERE, PALE, "at no minimum")):
        count = int((found.labels == label).sum())
        if count:
            entries.append(
                (Patch(facecolor=colour, edgecolor=INK, linewidth=0.4), f"{name},  {_share(count, total)}")
            )
    font = face().copy()
    font.set_size(9.5)
    legend = ax.legend(
        [handle for handle, _ in entries],
        [text for _, text in entries],
        loc="upper left",
        bbox_to_anchor=(1.02, 1.0),
        borderaxespad=0.0,
        frameon=False,
        prop=font,
        labelspacing=0.7,
        title="minimum" if found.minima.size else None,
        alignment="left",
    )
    title = face(bold=True).copy()
    title.set_size(10)
    legend.get_title().set_fontproperties(title)


def _number(value: float) -> str:
    """Four digits; what is 0 but for rounding is 0."""
    return f"{0.0 if abs(value) < 1e-12 else value:.4g}".replace("-", "−")


def _share(count: int, total: int) -> str:
    return f"{100 * count / total:.1f} %"

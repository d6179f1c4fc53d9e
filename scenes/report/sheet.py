"""One page being drawn. Lengths are points from the lower left corner."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from scenes.text import Rich
from scenes.theme import Role

from .inline import draw_inline, draw_text, inline_width, points_at
from .lettering import width_of
from .style import HAIR, Paper, Style


class Sheet:
    """A Matplotlib figure as large as the paper, and the few things that are drawn on it."""

    def __init__(self, paper: Paper, style: Style) -> None:
        self.paper = paper
        self.style = style
        self.figure = Figure(figsize=(paper.width / 72, paper.height / 72), dpi=72, facecolor="white")
        self.points = points_at(self.figure, 0.0, 0.0, self.figure.transFigure)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        role: Role | None = None,
        align: float = 0.0,
    ) -> None:
        """Words on the baseline y; `align` 0 begins at x, 0.5 is centred on it, 1 ends there."""
        x -= align * width_of(text, size, bold)
        draw_text(self.figure, text, x, y, size, self.points, self.style.text(role), bold=bold)

    def rich(
        self,
        x: float,
        y: float,
        line: Rich,
        size: float,
        *,
        bold: bool = False,
        display: bool = False,
        prose: bool = False,
        role: Role | None = None,
        align: float = 0.0,
    ) -> None:
        """Words and formulae on the baseline y; in `prose` numbers are words."""
        x -= align * inline_width(line, size, bold=bold, display=display, prose=prose)
        draw_inline(
            self.figure,
            line,
            x,
            y,
            size,
            self.points,
            self.style,
            bold=bold,
            display=display,
            prose=prose,
            role=role,
        )

    def line(
        self, x0: float, y0: float, x1: float, y1: float, *, role: Role = Role.AXIS, width: float = HAIR
    ) -> None:
        """A straight rule."""
        self.figure.add_artist(
            Line2D(
                [x0, x1],
                [y0, y1],
                color=self.style.stroke(role),
                linewidth=width,
                transform=self.points,
                solid_capstyle="butt",
            )
        )

    def box(self, left: float, bottom: float, width: float, height: float, role: Role, tint: float) -> None:
        """A tinted rectangle without an edge."""
        self.figure.add_artist(
            Rectangle(
                (left, bottom),
                width,
                height,
                facecolor=self.style.tint(role, tint),
                edgecolor="none",
                transform=self.points,
            )
        )

    def marker(self, x: float, y: float, shape: str, role: Role, size: float, *, filled: bool = True) -> None:
        """A small sign about (x, y)."""
        self.figure.add_artist(
            Line2D(
                [x],
                [y],
                marker=shape,
                markersize=size,
                markerfacecolor=self.style.stroke(role) if filled else "white",
                markeredgecolor=self.style.stroke(role),
                markeredgewidth=1.2,
                linestyle="none",
                transform=self.points,
            )
        )

    def axes(self, left: float, bottom: float, width: float, height: float) -> Axes:
        """Axes over a rectangle, for a figure function."""
        paper = self.paper
        return self.figure.add_axes(
            (left / paper.width, bottom / paper.height, width / paper.width, height / paper.height)
        )

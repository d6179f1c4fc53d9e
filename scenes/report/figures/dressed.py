"""Axes that several figures have: of a curve, of a map, of losses over the steps."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.artist import Artist
from matplotlib.axes import Axes

from gdcore.notation import Node
from scenes.lecture.model import Range
from scenes.report.style import Style
from scenes.storyboard.views.terrain import Terrain
from scenes.text import Rich, Speech, maths
from scenes.theme import Role

from .frame import SPACING, dress


def dress_curve(
    ax: Axes,
    style: Style,
    speech: Speech,
    p: Node,
    x: Range,
    y: Range,
    *,
    spacing: tuple[float, float] = SPACING,
) -> list[Artist]:
    """Axes of an objective over its one parameter."""
    return dress(
        ax,
        style,
        x,
        y,
        x_name=maths(p),
        y_name=maths(speech.formula("J({p})", p=p)),
        x_role=Role.POINT,
        y_role=Role.OBJECTIVE,
        spacing=spacing,
    )


def dress_map(
    ax: Axes,
    style: Style,
    names: Sequence[Node],
    terrain: Terrain,
    *,
    spacing: tuple[float, float] = SPACING,
) -> list[Artist]:
    """Axes of a terrain over its two parameters."""
    return dress(
        ax,
        style,
        terrain.x_range,
        terrain.y_range,
        x_name=maths(names[0]),
        y_name=maths(names[1]),
        x_role=Role.POINT,
        y_role=Role.POINT,
        spacing=spacing,
    )


def dress_losses(
    ax: Axes,
    style: Style,
    speech: Speech,
    last: float,
    losses: Range,
    *,
    log: bool,
    spacing: tuple[float, float],
    name: Rich | None = None,
    role: Role = Role.OBJECTIVE,
) -> list[Artist]:
    """Axes of losses up to a last step; `name` is what stands at them, J by default."""
    return dress(
        ax,
        style,
        (0.0, max(1.0, last)),
        losses,
        x_name=speech.say("report.picture.steps"),
        y_name=name or maths(speech.formula("J")),
        y_scale="log" if log else "linear",
        y_role=role,
        spacing=spacing,
    )

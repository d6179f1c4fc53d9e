"""Figures of the report drawn on bare axes, as in a notebook."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D


def drawn(draw: Callable[..., list[Artist]], what: Any) -> list[Artist]:
    figure = Figure()
    artists = draw(figure.add_subplot(), what)
    FigureCanvasAgg(figure).print_png(io.BytesIO())
    return artists


def lines(artists: list[Artist]) -> list[np.ndarray]:
    """The points of every line, (n, 2)."""
    return [np.column_stack(a.get_data()).astype(float) for a in artists if isinstance(a, Line2D)]

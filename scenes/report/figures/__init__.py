"""Figures drawn from stories: one function a figure, each takes an Axes and returns its artists.

>>> figure = matplotlib.figure.Figure()                                  # doctest: +SKIP
>>> artists = figure_tangent(figure.add_subplot(), story)                # doctest: +SKIP
"""

from __future__ import annotations

from .contours import figure_contours
from .data import figure_data
from .jumps import figure_jump_losses, figure_jumps
from .losses import figure_losses, figure_regression_loss
from .objective import figure_objective
from .panels import figure_panel
from .regimes import figure_regimes
from .relief import figure_relief
from .slope import figure_slope
from .steps import figure_steps
from .tangent import figure_tangent

__all__ = [
    "figure_contours",
    "figure_data",
    "figure_jump_losses",
    "figure_jumps",
    "figure_losses",
    "figure_objective",
    "figure_panel",
    "figure_regimes",
    "figure_regression_loss",
    "figure_relief",
    "figure_slope",
    "figure_steps",
    "figure_tangent",
]

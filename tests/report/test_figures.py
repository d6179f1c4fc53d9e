"""Figure functions on bare Axes, as in a notebook: artists come back, points stand where the core says."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from scenes.kinds.learning_rates.figures.losses import figure_losses
from scenes.kinds.learning_rates.figures.panels import figure_panel
from scenes.kinds.learning_rates.figures.regimes import figure_regimes
from scenes.kinds.overshoot.figures.jumps import figure_jump_losses, figure_jumps
from scenes.kinds.regression.figures.data import figure_data
from scenes.kinds.regression.figures.loss import figure_regression_loss
from scenes.kinds.surface.figures.relief import figure_relief
from scenes.kinds.tangent.figures.slope import figure_slope
from scenes.kinds.tangent.figures.steps import figure_steps
from scenes.kinds.tangent.figures.tangent import figure_tangent
from scenes.report.figures.contours import figure_contours
from scenes.report.figures.objective import figure_objective
from scenes.storyboard import Story
from scenes.storyboard.views.relief import Space, trail
from tests.report.material import shipped_lecture

FIGURES: list[tuple[Callable[..., list[Artist]], str, str]] = [
    (figure_tangent, "intuition", "from-the-right"),
    (figure_steps, "intuition", "from-the-left"),
    (figure_slope, "intuition", "from-the-right"),
    (figure_jumps, "intuition", "overshoot"),
    (figure_jump_losses, "intuition", "overshoot"),
    (figure_panel, "intuition", "learning-rates"),
    (figure_losses, "intuition", "learning-rates"),
    (figure_regimes, "houses", "learning-rates"),
    (figure_panel, "houses", "learning-rates"),
    (figure_relief, "houses", "surface"),
    (figure_contours, "houses", "surface"),
    (figure_contours, "park", "regression"),
    (figure_data, "houses", "regression"),
    (figure_regression_loss, "park", "regression"),
]


def story_of(lecture: str, scene: str) -> Any:
    return next(story for story in shipped_lecture(lecture)[1] if story.name == scene)


def drawn(draw: Callable[..., list[Artist]], what: Story | Any) -> list[Artist]:
    figure = Figure()
    artists = draw(figure.add_subplot(), what)
    FigureCanvasAgg(figure).print_png(io.BytesIO())
    return artists


@pytest.mark.parametrize(("figure", "lecture", "scene"), FIGURES)
def test_a_figure_works_on_a_bare_axes_and_returns_its_artists(
    figure: Callable[..., list[Artist]], lecture: str, scene: str
) -> None:
    artists = drawn(figure, story_of(lecture, scene))
    assert artists
    assert all(isinstance(artist, Artist) for artist in artists)


@pytest.mark.parametrize("lecture", ["houses", "intuition", "park"])
def test_the_opening_figure(lecture: str) -> None:
    assert drawn(figure_objective, shipped_lecture(lecture)[0])


def lines(artists: list[Artist]) -> list[np.ndarray]:
    return [np.column_stack(a.get_data()).astype(float) for a in artists if isinstance(a, Line2D)]


def test_the_path_stands_where_the_core_says() -> None:
    story = story_of("intuition", "from-the-right")
    path = np.column_stack([story.w, story.loss])
    shown = lines(drawn(figure_tangent, story))
    assert any(line.shape == path.shape and np.array_equal(line, path) for line in shown)


def test_a_tangent_has_the_slope_of_its_row() -> None:
    story = story_of("intuition", "from-the-right")
    segments = [line for line in lines(drawn(figure_tangent, story)) if line.shape == (2, 2)]
    slopes = [float(np.diff(s[:, 1])[0] / np.diff(s[:, 0])[0]) for s in segments if np.diff(s[:, 0])[0]]
    for slope in story.slope[:3]:
        assert any(found == pytest.approx(float(slope)) for found in slopes)


def test_the_line_of_a_regression_is_the_last_one_of_the_run() -> None:
    story = story_of("houses", "regression")
    study = shipped_lecture("houses")[0]
    m, b = study.trajectories["steady"].final
    shown = [line for line in lines(drawn(figure_data, story)) if line.shape == (2, 2)]
    assert any(np.allclose(line[:, 1], m * line[:, 0] + b) and np.ptp(line[:, 0]) > 3 for line in shown)


def test_dots_that_would_run_together_are_left_out() -> None:
    for lecture, dotted in (("houses", True), ("park", False)):
        story = story_of(lecture, "regression")
        curve = next(
            artist
            for artist in drawn(figure_regression_loss, story)
            if isinstance(artist, Line2D) and len(artist.get_data()[0]) == len(story.steps)
        )
        assert (curve.get_marker() == "o") is dotted


def test_the_path_on_the_surface_reaches_the_end_of_a_run_of_many_small_steps() -> None:
    story = story_of("park", "surface")
    flat = Space.over(story.terrain, 0.0, 1.0).flat(story.path)
    path, rows = trail(flat)
    assert len(path) < 2_000
    assert path[0] == pytest.approx(flat[0])
    assert path[-1] == pytest.approx(flat[-1], abs=0.03)
    assert (np.diff(rows) >= 0).all()
    # The walk along the valley is nearly straight and long: no stretch of it is skipped.
    assert np.hypot(*np.diff(path[:, :2], axis=0).T).max() < 0.2

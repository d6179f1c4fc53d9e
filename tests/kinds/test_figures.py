"""The figures of every kind on bare axes, as in a notebook."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.artist import Artist

from scenes.kinds import kinds
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
from tests.figures import cited, drawn
from tests.lectures import examples, story

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


@pytest.mark.parametrize(("figure", "lecture", "scene"), FIGURES)
def test_a_figure_works_on_a_bare_axes_and_returns_its_artists(
    figure: Callable[..., list[Artist]], lecture: str, scene: str
) -> None:
    artists = drawn(figure, story(f"{lecture}/{scene}"))
    assert artists
    assert all(isinstance(artist, Artist) for artist in artists)


@pytest.mark.parametrize("kind", kinds())
def test_every_figure_cites_a_pause_of_the_film(kind: str) -> None:
    for study, told in examples(kind):
        assert cited(study, told)

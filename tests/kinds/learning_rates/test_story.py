"""The story `learning-rates` says what the core found, run by run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from scenes.kinds.learning_rates.story.learning_rates import LearningRatesStory
from scenes.lecture.study import Study
from scenes.storyboard import tell
from scenes.text import maths, number
from scenes.theme import Role
from tests.lectures import shipped_lecture, written

FORMULA = """
title: Rates
problem: {{formula: "{formula}"}}
runs:
{runs}
scenes:
  - kind: learning-rates
{extra}"""


def studied(folder: Path, formula: str, runs: str, extra: str = "") -> Study:
    return written(folder, FORMULA.format(formula=formula, runs=runs, extra=extra))[0]


def told(worked_out: Study) -> LearningRatesStory:
    scene = next(scene for scene in worked_out.lecture.scenes if scene.kind == "learning-rates")
    story = tell(worked_out, scene)
    assert isinstance(story, LearningRatesStory)
    return story


def caption(story: LearningRatesStory, beat: str) -> str:
    return story.speech.text(story.beat(beat).caption)


def shown(value: float, digits: int = 5) -> str:
    return maths(number(value, digits)).plain()


@pytest.fixture(scope="module")
def houses() -> Study:
    return shipped_lecture("houses")[0]


def test_every_run_gets_the_verdict_of_its_regime(houses: Study) -> None:
    story = told(houses)
    verdicts = {contender.run: contender.verdict for contender in story.contenders}
    assert {name: verdict.sign for name, verdict in verdicts.items()} == {
        "timid": "crawl",
        "steady": "smooth",
        "edge": "zig-zag",
        "beyond": "diverge",
    }
    for name, verdict in verdicts.items():
        run = houses.trajectories[name]
        (minimum,) = houses.problem.minima()
        last = run.final_loss - float(houses.problem.value(minimum))
        if name == "beyond":
            last = run.final_loss / run.loss[0]
        if name != "edge":  # that has arrived
            assert shown(float(last), 3 if name == "beyond" else 4) in verdict.detail.plain()
    assert verdicts["beyond"].role is Role.TROUBLE
    assert "200 steps" in verdicts["beyond"].text.plain()


def test_only_a_run_that_has_arrived_is_good() -> None:
    park = shipped_lecture("park")[0]
    for contender in told(park).contenders[:2]:
        run, (minimum,) = park.trajectories[contender.run], park.problem.minima()
        gap = run.final_loss - float(park.problem.value(minimum))
        assert gap > 0.01 * (run.loss[0] - float(park.problem.value(minimum)))
        assert contender.verdict.role is not Role.GOOD
        assert f"still {shown(gap, 4)} above the minimum" in contender.verdict.text.plain()


def test_of_several_curvatures_the_steepest_counts(houses: Study, tmp_path: Path) -> None:
    assert caption(told(houses), "strip").startswith("The steepest curvature is λ = ")
    runs = "  a: {rate: 0.1, start: 6, steps: 5}\n  b: {rate: 0.9, start: 6, steps: 5}"
    line = told(studied(tmp_path, "(w-3)^2+2", runs))
    assert caption(line, "best") == "The larger the rate, the longer the jump. 0.5 lands exactly home."
    assert caption(line, "end") == "In this valley every rate below α = 1 gets home. 0.5 is quickest."


@pytest.mark.parametrize(
    ("formula", "words"),
    [("x^2 + 2*y^2", "In the long run 0.33333 is best."), ("x^2 + 60*y^2", "")],
)
def test_the_best_fixed_rate_is_that_of_the_long_run(tmp_path: Path, formula: str, words: str) -> None:
    """Where it lies within 3 % of the limit it is no advice, and left out."""
    runs = "  a: {rate: 0.001, start: [1, 1], steps: 5}\n  b: {rate: 0.01, start: [1, 1], steps: 5}"
    end = caption(told(studied(tmp_path, formula, runs)), "end")
    assert words in end
    assert ("best" in end) == bool(words)


def test_the_strip_has_the_bounds_of_the_regimes(houses: Study) -> None:
    strip = told(houses).strip
    peak = houses.analyses["edge"].largest_curvature
    assert peak is not None
    assert not strip.log  # the rates span less than a hundredfold
    assert [name for name, _, _ in strip.bands] == ["crawl", "smooth", "zig-zag", "diverge"]
    assert [high for _, _, high in strip.bands[:3]] == pytest.approx([0.1 / peak, 1 / peak, 2 / peak])
    assert strip.limit == houses.analyses["edge"].rate_limit
    assert strip.bands[0][1] == strip.low == 0
    assert strip.bands[-1][2] == strip.high > 0.082
    assert not strip.local


def test_a_rate_close_below_the_limit_is_defended(houses: Study) -> None:
    near = caption(told(houses), "near-limit")
    assert "α = 0.08 stays" in near
    assert "200 steps" in near
    assert (np.diff(houses.trajectories["edge"].loss) < 0).all()
    limit = caption(told(houses), "limit")
    assert shown(houses.analyses["edge"].rate_limit or 0.0) in limit
    assert "α = 0.082 leaves" in limit


def test_no_rate_close_to_the_limit_no_defence(tmp_path: Path) -> None:
    runs = "  a: {rate: 0.1, start: 6, steps: 5}\n  b: {rate: 0.9, start: 6, steps: 5}"
    story = told(studied(tmp_path, "(w-3)^2+2", runs))
    assert not story.has("near-limit")
    assert "every rate below α = 1 gets home" in caption(story, "end")


@pytest.mark.parametrize(("least", "log"), [(0.1, False), (0.011, False), (0.0099, True), (1e-4, True)])
def test_only_rates_over_more_than_a_hundredfold_stand_on_a_logarithmic_axis(
    tmp_path: Path, least: float, log: bool
) -> None:
    """They span as far as to the limit, 1."""
    runs = f"  a: {{rate: {least}, start: 6, steps: 5}}\n  b: {{rate: 0.9, start: 6, steps: 5}}"
    strip = told(studied(tmp_path, "(w-3)^2+2", runs)).strip
    assert strip.log is log
    assert (strip.low == 0.0) is not log
    assert log or strip.high == pytest.approx(1.15)


def test_ties_are_shared(tmp_path: Path) -> None:
    """0.1 and 0.9 shrink the distance to 3 by the same factor, 0.8."""
    runs = "  a: {rate: 0.1, start: 6, steps: 20}\n  b: {rate: 0.9, start: 6, steps: 20}"
    story = told(studied(tmp_path, "(w-3)^2+2", runs))
    assert "α = 0.1 and α = 0.9 are lowest" in caption(story, "verdicts")
    assert story.beat("panels").question is None, "there is no one answer"


def test_where_the_curvature_changes_the_story_says_local(tmp_path: Path) -> None:
    runs = "  a: {rate: 0.1, start: 2.9, steps: 60}\n  b: {rate: 0.5, start: 2.9, steps: 60}"
    story = told(studied(tmp_path, "0.05*(w-1)^2*(w-5)^2", runs))
    assert story.strip.local
    assert "steepest curvature on the way" in caption(story, "strip")
    assert "all along" in caption(story, "end")


def test_where_nothing_is_known_of_the_curvature_the_rates_stand_alone(tmp_path: Path) -> None:
    runs = "  a: {rate: 0.1, start: 0.1, steps: 5}\n  b: {rate: 0.2, start: 0.1, steps: 5}"
    story = told(studied(tmp_path, "-x^2", runs))
    assert story.strip.bands == ()
    assert story.strip.limit is None
    assert not story.has("strip")
    assert story.has("verdicts")


def test_runs_that_leave_the_numbers_name_the_step(tmp_path: Path) -> None:
    runs = "  a: {rate: 0.1, start: 6, steps: 600}\n  b: {rate: 1.5, start: 6, steps: 2000}"
    worked_out = studied(tmp_path, "(w-3)^2+2", runs)
    contender = told(worked_out).contenders[1]
    assert (
        contender.verdict.text.plain()
        == f"leaves the machine’s numbers at step {worked_out.trajectories['b'].nonfinite_step}"
    )
    assert contender.row_at(600) == worked_out.trajectories["b"].steps


def test_every_contender_stands_at_the_row_of_the_common_step(houses: Study) -> None:
    for contender in told(houses).contenders:
        assert [contender.row_at(k) for k in (0, 1, 10, 200)] == [0, 1, 10, 200]


def test_more_parameters_are_shown_by_their_loss(tmp_path: Path) -> None:
    runs = "  p: {rate: 0.01, start: [1, 1, 1], steps: 5}\n  q: {rate: 0.1, start: [1, 1, 1], steps: 5}"
    story = told(studied(tmp_path, "a^2 + 2*b^2 + 3*c^2", runs))
    assert story.curve is None
    assert story.terrain is None
    losses = np.concatenate([contender.loss for contender in story.contenders])
    assert story.loss_range == (losses.min(), losses.max())


def test_a_lectures_own_words_take_the_place_of_a_caption(tmp_path: Path) -> None:
    runs = "  a: {rate: 0.1, start: 6, steps: 5}\n  b: {rate: 0.9, start: 6, steps: 5}"
    story = told(studied(tmp_path, "(w-3)^2+2", runs, "    captions: {panels: My own words}\n"))
    assert caption(story, "panels") == "My own words"

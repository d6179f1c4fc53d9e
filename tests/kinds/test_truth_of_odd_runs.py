"""Runs that rest from the start, leave, or go by another rule: told without a false word, or refused with the reason."""

from __future__ import annotations

import re
from itertools import product

import numpy as np
import pytest

from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.kinds.regression.story.regression import RegressionStory
from scenes.kinds.surface.story import SurfaceStory
from scenes.kinds.tangent.story.tangent import TangentStory
from scenes.storyboard.requirements import StoryError
from tests.told import Tell

# Starts at rest, few rows, flat all over

STILL = {
    "flat start": ('formula: "x^2 + y^2"', "rate: 0.1, steps: 20", "surface"),
    "flat all over": ('formula: "0*x + 0*y + 1"', "rate: 0.1, steps: 5, start: [1, 2]", "surface"),
    "saddle": ('formula: "x^2 - y^2"', "rate: 0.1, steps: 5", "surface"),
    "zeros": ("data: rows.csv, x: x, y: y", "rate: 0.05, steps: 20", "surface"),
    "zeros as a regression": ("data: rows.csv, x: x, y: y", "rate: 0.05, steps: 20", "regression"),
    "at the minimum": ('formula: "w^2"', "rate: 0.1, steps: 20", "tangent"),
}


@pytest.mark.parametrize("name", STILL)
def test_a_point_that_rests_from_the_start_is_told(told: Tell, name: str) -> None:
    problem, run, kind = STILL[name]
    lecture = told(problem, {"a": run}, f"kind: {kind}, run: a", rows="x,y\n1,0\n2,0\n3,0\n4,0\n")
    story, said = lecture.story, lecture.everything()
    assert "nan" not in said
    assert "∞" not in said
    assert "cut off" not in said
    assert not re.search(
        r"falls to|grow|shrink|farther|lowest point is", said.replace("We look for the lowest point", "")
    )
    if isinstance(story, SurfaceStory):
        assert "A slope of 0 gives a step of 0" in said
        assert np.isfinite(story.terrain.z).all()
        for low, high in (story.terrain.x_range, story.terrain.y_range, story.terrain.z_range):
            assert low < high
    if isinstance(story, RegressionStory):
        assert "The loss stays at 0." in lecture.caption("step-1")
        assert "best there is" in lecture.caption("end")
    if isinstance(story, TangentStory):
        low, high = story.curve.y_range
        assert low < high
        assert "a slope of 0 is a step of 0" in lecture.caption("rule")
        assert "w is still 0." in lecture.caption("end")


BARELY = {
    "a step of rounding": ('formula: "sqrt(w^2 + 1)"', "rate: 1e-18, start: 2.5, steps: 12"),
    "a start that is the minimum but for rounding": (
        'formula: "(w-3)^2"',
        "rate: 0.1, start: 3.0000000000000004, steps: 9",
    ),
    "one of two that does not move": ('formula: "x^4 + y^4"', "rate: 0.3, start: [0.5, 1e-8], steps: 1"),
    "a cost of tiny units": ('formula: "1e-14*(w-3)^2"', "rate: 1e13, start: 6, steps: 12"),
}


@pytest.mark.parametrize("name", BARELY)
def test_a_view_is_never_as_narrow_as_rounding(told: Tell, name: str) -> None:
    problem, run = BARELY[name]
    story = told(problem, {"a": run}, f"kind: {'surface' if '[' in run else 'tangent'}, run: a").story
    if isinstance(story, SurfaceStory):
        ranges = [story.terrain.x_range, story.terrain.y_range, story.terrain.z_range]
    else:
        assert isinstance(story, TangentStory)
        ranges = [story.curve.x_range, story.curve.y_range]
        assert ranges[1][1] < 2 * max(story.loss.max(), story.curve.y.max())
    for low, high in ranges:
        assert high - low > 1e-6 * max(abs(low), abs(high))


def test_one_row_of_data_has_many_answers(told: Tell) -> None:
    lecture = told(
        "data: one.csv, x: x, y: y",
        {"a": "rate: 0.05, steps: 200"},
        "kind: regression, run: a",
        one="x,y\n2,5\n",
    )
    assert lecture.caption("data") == "The dot is the one row of data: x along the bottom, y up the side."
    assert "Other values fit just as well" in lecture.caption("end")
    assert not lecture.story.has("best")
    assert "undetermined" in lecture.reason()


def test_an_exact_line_has_no_loss_left(told: Tell) -> None:
    rows = "x,y\n1,5\n2,7\n3,9\n4,11\n5,13\n"
    lecture = told(
        "data: exact.csv, x: x, y: y",
        {"a": "rate: 0.05, steps: 2000"},
        "kind: regression, run: a",
        exact=rows,
    )
    assert lecture.caption("best").endswith("w = 2, b = 3, J = 0.")
    assert "w = 2, b = 3" in lecture.caption("end")
    assert "It is the best there is" in lecture.caption("end"), "what is left of the way is rounding"
    story = lecture.story
    assert isinstance(story, RegressionStory)
    assert story.least == 0
    assert not story.loss_log, "0 stands on no logarithmic axis"


def test_a_loss_that_is_only_rounding_is_0(told: Tell) -> None:
    lecture = told(
        'formula: "(w-0.1)^2"', {"a": "rate: 0.3, start: 1.7, steps: 200", "b": "rate: 0.1, start: 1.7, steps: 400"},
        "kind: tangent, run: a", "kind: learning-rates",
    )  # fmt: skip
    story = lecture.story
    assert isinstance(story, TangentStory)
    assert story.loss[-1] == 0
    assert story.slope[-1] == 0
    for panel in lecture.stories["learning-rates"].contenders:  # type: ignore[attr-defined]
        assert panel.verdict.detail.plain() == "nothing to go"


# Runs that leave

LEAVING = [
    ('formula: "(w-3)^2 + 2"', "rate: 1000, start: 0, steps: 30"),
    ('formula: "1e12*(w-3)^2 + 1e9"', "rate: 1000, start: 1e6, steps: 30"),
    ('formula: "(w-3)^2 + 2"', "rate: 1.1, start: 6, steps: 300"),
    ('formula: "x^3"', "rate: 0.1, start: -1, steps: 60"),
    ('formula: "-w^2"', "rate: 0.1, start: 2.6, steps: 300"),
]


@pytest.mark.parametrize(("problem", "run"), LEAVING)
def test_a_run_that_leaves_one_view_far_behind_is_refused_with_the_reason(
    told: Tell, problem: str, run: str
) -> None:
    lecture = told(problem, {"a": run}, "kind: tangent, run: a")
    with pytest.raises(StoryError) as caught:
        _ = lecture.story
    error = caught.value
    assert error.scene == "tangent"
    assert "run 'a' leaves: after" in error.found
    assert "smaller rate or fewer steps" in error.mend
    jumps = lecture.study.trajectories["a"].gradient[:2, 0]
    assert ("'overshoot'" in error.mend) == bool(jumps[0] * jumps[1] < 0)


@pytest.mark.parametrize(("problem", "run"), LEAVING[:3])
def test_the_kind_that_zooms_out_tells_it(told: Tell, problem: str, run: str) -> None:
    story = told(problem, {"a": run}, "kind: overshoot, run: a").story
    assert isinstance(story, OvershootStory)
    assert np.isfinite(story.w).all()


def test_a_run_that_leaves_for_a_little_is_told(told: Tell) -> None:
    lecture = told('formula: "(w-3)^2 + 2"', {"a": "rate: 1.1, start: 6, steps: 20"}, "kind: tangent, run: a")
    assert "jumps grow" in lecture.ending()
    assert "too large" in lecture.ending()


def test_falling_without_end_is_not_the_fault_of_the_rate(told: Tell) -> None:
    lecture = told(
        'formula: "x^3"',
        {"a": "rate: 0.1, start: -1, steps: 60", "b": "rate: 0.2, start: -1, steps: 60"},
        "kind: learning-rates",
    )
    assert "no bottom" in lecture.caption("verdicts")
    assert "too large" not in lecture.everything()


def test_a_domain_that_is_left_is_named_in_film_and_report(told: Tell) -> None:
    lecture = told('formula: "w - log(w)"', {"a": "rate: 5, start: 6, steps: 40"}, "kind: tangent, run: a")
    run = lecture.study.trajectories["a"]
    assert run.exit is not None
    assert f"Step {run.exit.step} leaves the domain" in lecture.ending()
    assert f"left the domain at step {run.exit.step}" in lecture.reason()


# Kinds that do not fit

FORMULA = 'formula: "%s"'
REFUSED = [
    ("tangent", FORMULA % "(w-3)^2 + 2", "start: 6"),
    ("overshoot", FORMULA % "(w-3)^2 + 2", "start: 6"),
    ("surface", FORMULA % "x^2 + y^2", "start: [1, 2]"),
    ("surface", "data: rows.csv, x: x, y: y", "start: 0"),
    ("regression", "data: rows.csv, x: x, y: y", "start: 0"),
]
RULES = {
    "set: {weight_decay: 0.5}": "weight_decay",
    "optimizer: adam": "adam",
    "optimizer: momentum": "momentum",
    "order: sequential": "sequential",
}


@pytest.mark.parametrize(("case", "rule"), list(product(range(len(REFUSED)), RULES)))
def test_steps_that_are_not_rate_times_slope_are_told_by_the_kind_that_can(
    told: Tell, case: int, rule: str
) -> None:
    kind, problem, start = REFUSED[case]
    start = "start: [0, 0]" if "data" in problem else start
    runs = {"plain": f"rate: 0.01, steps: 5, {start}", "odd": f"rate: 0.01, steps: 5, {start}, {rule}"}
    rows = "x,y\n1,2\n2,3\n3,5\n"
    lecture = told(problem, runs, f"kind: {kind}, run: odd", "kind: learning-rates", rows=rows)
    with pytest.raises(StoryError) as caught:
        _ = lecture.stories
    assert caught.value.scene == kind
    assert "run 'odd'" in caught.value.found
    assert RULES[rule] in caught.value.found
    assert "learning-rates" in caught.value.mend
    again = told(problem, runs, "kind: learning-rates", rows=rows)
    assert again.story.beats


def test_overshoot_from_the_minimum_asks_for_another_start(told: Tell) -> None:
    lecture = told(FORMULA % "(w-3)^2 + 2", {"a": "rate: 1.1, start: 3, steps: 5"}, "kind: overshoot, run: a")
    with pytest.raises(StoryError) as caught:
        _ = lecture.stories
    assert "starts at rest" in caught.value.found
    assert caught.value.mend == "choose another start"

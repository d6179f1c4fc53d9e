"""What a film says about the place that a run came to is what the core found, and what the report says."""

from __future__ import annotations

import re
from itertools import product

import numpy as np
import pytest

from gdcore.rest.verdict import RestKind
from gdcore.run.outcome import Outcome
from scenes.kinds.regression.story.regression import RegressionStory
from scenes.storyboard.requirements import StoryError
from scenes.theme import Role
from tests.told import Tell, Told

HALF_TURN = "1.5707963267948966"
# The problem, a run on it, the kind of place, and what film and report call it.
PLACES = {
    "hilltop": ('formula: "sin(x)"', f"start: {HALF_TURN}, rate: 0.1, steps: 5", RestKind.HILLTOP, "hilltop", "hilltop"),
    "hilltop of a quartic": ('formula: "(w^2-1)^2"', "start: 0, rate: 0.1, steps: 5", RestKind.HILLTOP, "hilltop", "hilltop"),
    "inflection": ('formula: "x^3"', "start: 0, rate: 0.1, steps: 5", RestKind.INFLECTION, "no minimum", "inflection"),
    "towards an inflection": (
        'formula: "x^3"', "start: 1, rate: 0.1, steps: 3000", RestKind.INFLECTION, "no minimum", "inflection",
    ),
    "no bottom": ('formula: "exp(-w)"', "start: 0, rate: 0.5, steps: 50", RestKind.NO_BOTTOM, "no bottom", "falls for ever"),
    "no bottom of a line": ('formula: "2*w + 1"', "start: 0, rate: 0.5, steps: 50", RestKind.NO_BOTTOM, "no bottom", "falls for ever"),
    "no bottom, out of the numbers": (
        'formula: "-exp(w)"', "start: 0, rate: 0.1, steps: 12", RestKind.NO_BOTTOM, "no bottom", "falls for ever",
    ),
    "plateau": ('formula: "0*w + 1"', "start: 0, rate: 0.5, steps: 5", RestKind.PLATEAU, "plateau", "plateau"),
    "saddle": ('formula: "x^2 - y^2"', "start: [0, 0], rate: 0.1, steps: 5", RestKind.SADDLE, "saddle", "saddle"),
    "saddle at last": ('formula: "x^2 - y^2"', "start: [1, 0], rate: 0.1, steps: 200", RestKind.SADDLE, "saddle", "saddle"),
    "plateau of two": ('formula: "0*x + 0*y + 1"', "start: [1, 1], rate: 0.1, steps: 5", RestKind.PLATEAU, "plateau", "plateau"),
}  # fmt: skip
MINIMA = {
    "the minimum": ('formula: "(w-3)^2 + 2"', "start: 6, rate: 0.5, steps: 3", "the minimum", "at the minimum"),
    "the minimum, from there": ('formula: "(w-3)^2 + 2"', "start: 3, rate: 0.5, steps: 3", "the minimum", "at the minimum"),
    "a minimum": ('formula: "w - log(w)"', "start: 2, rate: 1, steps: 60", "a minimum", "at a minimum"),
    "not the deepest of two": (
        'formula: "sin(w) + 0.1*w^2", minima: [[-1.3064400088], [3.8374671099]]', "start: 2.6, rate: 0.3, steps: 200",
        "not the deepest", "not the deepest",
    ),
    "not the deepest of many": ("name: rastrigin", "start: [3.4, 2.7], rate: 0.002, steps: 60", "not the deepest", "not the deepest"),
    "one of many": ('formula: "(x - y)^2"', "start: [1, 3], rate: 0.1, steps: 80", "one of many", "at a minimum"),
}  # fmt: skip


def at_the_end(told: Tell, problem: str, run: str) -> Told:
    kind = "surface" if "[" in run or "rastrigin" in problem else "tangent"
    return told(problem, {"a": run}, f"kind: {kind}, run: a")


@pytest.mark.parametrize("name", PLACES)
def test_film_and_report_name_the_same_place_and_neither_calls_it_a_minimum(told: Tell, name: str) -> None:
    problem, run, kind, film, report = PLACES[name]
    lecture = at_the_end(told, problem, run)
    assert lecture.study.trajectories["a"].rest.kind is kind
    end = lecture.ending()
    assert film in end
    assert report in lecture.reason()
    assert not re.search(
        r"That is (the|a) minimum|The minimum|A minimum|nearest minimum", lecture.everything()
    )
    assert Role.GOOD not in lecture.roles("end", "place")


@pytest.mark.parametrize("name", MINIMA)
def test_film_and_report_name_the_same_minimum(told: Tell, name: str) -> None:
    problem, run, film, report = MINIMA[name]
    lecture = at_the_end(told, problem, run)
    rest = lecture.study.trajectories["a"].rest
    assert (rest.kind, rest.at_rest) == (RestKind.MINIMUM, True)
    assert film in lecture.ending()
    assert report in lecture.reason()
    assert Role.GOOD in lecture.roles("end", "place")


def test_a_deeper_valley_is_named_with_its_place_and_depth(told: Tell) -> None:
    problem, run, *_ = MINIMA["not the deepest of two"]
    end = at_the_end(told, problem, run).ending()
    assert "w = −1.3064" in end
    assert "−0.79458" in end
    assert "J is lower" in end


@pytest.mark.parametrize("start", [2.6, 3.4])
def test_a_second_valley_is_never_the_minimum(told: Tell, start: float) -> None:
    """Wells at 0.94 (J = 0.097) and 4.93 (J = 0.497)."""
    lecture = told(
        'formula: "0.05*(w-1)^2*(w-5)^2 + 0.1*w"',
        {"a": f"rate: 0.1, start: {start}, steps: 60"},
        "kind: tangent, run: a",
    )
    end = lecture.ending()
    assert "he minimum is" not in end
    assert f"A minimum is at w = {0.94021 if start == 2.6 else 4.9343}" in end


# On the way

UNSETTLED = {
    "the limit itself": ('formula: "w^2"', "start: 1, rate: 1, steps: 10", "jumps to and fro"),
    "the limit itself, stopped": ('formula: "w^2"', "start: 1, rate: 1, steps: 10, stop: {loss: 1e-9}", "jumps to and fro"),
    "above the limit, two steps": ('formula: "w^2"', "start: 1, rate: 1.2, steps: 2", "jumps grow"),
    "above both limits": ('formula: "v^4-5*v^2-3*v"', "start: 0, rate: 0.2, steps: 50", "cannot settle"),
    "above the limit, across": ('formula: "x^2 + 100*y^2"', "start: [1, 1e-9], rate: 0.0101, steps: 20", "cannot settle"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNSETTLED)
def test_what_can_never_arrive_is_not_said_to_be_on_its_way(told: Tell, name: str) -> None:
    problem, run, words = UNSETTLED[name]
    end = at_the_end(told, problem, run).ending()
    assert words in end
    assert "yet" not in end
    assert "flat" not in end


def test_a_way_to_a_saddle_is_no_way_to_a_minimum(told: Tell) -> None:
    lecture = told(
        'formula: "(x^2-1)^2 + y^2", minima: [[1, 0], [-1, 0]]',
        {"a": "rate: 0.05, steps: 10, start: [0, 1]"},
        "kind: surface, run: a",
    )
    assert "saddle" in lecture.ending()
    assert "yet" not in lecture.ending()


FORMULAE = [
    "w^2",
    "1000*w^2",
    "w^4",
    "w^8",
    "w^8 + 0.2*w^2",
    "v^4-5*v^2-3*v",
    "cosh(w)",
    "w^2 + sin(9*w)",
    "1e-6*w^2",
]


@pytest.mark.parametrize(("formula", "part", "steps"), list(product(FORMULAE, [0.05, 0.6, 0.97], [2, 9, 60])))
def test_almost_flat_is_said_near_a_minimum_only(told: Tell, formula: str, part: float, steps: int) -> None:
    """`part` of the limit 2/λ at the start, from 1.3 on."""
    name = "v" if "v" in formula else "w"
    first = told(f'formula: "{formula}"', {"a": "rate: 1e-9, start: 1.3, steps: 1"}, "kind: tangent, run: a")
    (bend,) = np.linalg.eigvalsh(first.study.problem.hessian(np.array([1.3])))
    rate = part * 2.0 / float(abs(bend))
    lecture = told(
        f'formula: "{formula}"', {"a": f"rate: {rate!r}, start: 1.3, steps: {steps}"}, "kind: tangent, run: a"
    )
    run = lecture.study.trajectories["a"]
    if run.outcome is Outcome.DIVERGED and np.abs(run.final[0]) > 1e9:
        with pytest.raises(StoryError, match="leaves"):
            _ = lecture.story
        return
    end = lecture.ending()
    slopes = np.abs(run.gradient[:, 0])
    known = np.array(lecture.study.problem.minima())
    if "Almost flat" in end:
        assert slopes[-1] <= 0.02 * slopes.max()
        gaps = np.abs(known[:, 0] - run.final[0])
        assert gaps.min() < 0.02 * abs(float(run.start[0] - known[gaps.argmin(), 0]))
    if "nothing moves any more" in end:
        assert (run.rest.kind, run.rest.at_rest) == (RestKind.MINIMUM, True)
    if "is not reached yet" in end:
        assert not run.rest.at_rest
    assert name in end


# Steep far out and bent in the middle only: near the minimum long before it is flat there.
BENT = {
    "tangent": ('formula: "sqrt(w^2 + 1)"', "100"),
    "surface": ('formula: "sqrt(x^2 + y^2 + 1)", minima: [[0, 0]]', "[60, 80]"),
}


@pytest.mark.parametrize("kind", BENT)
def test_a_place_is_almost_flat_from_a_fiftieth_of_the_steepest_slope_on(told: Tell, kind: str) -> None:
    problem, start = BENT[kind]

    def after(steps: int) -> Told:
        run = f"rate: 0.05, start: {start}, steps: {steps}"
        return told(problem, {"a": run}, f"kind: {kind}, run: a")

    slopes = np.linalg.norm(after(2200).study.trajectories["a"].gradient, axis=1)
    flat = int(np.argmax(slopes <= slopes.max() / 50))
    assert slopes[flat - 1] < slopes.max() / 47, "the steps are small"
    assert "not reached yet" in after(flat - 1).ending()
    assert "Almost flat" in after(flat).ending()


# Units

UNITS = [("(x-3)^2", 0.1), ("0.000001*(x-3)^2", 1e5), ("1000000*(x-3)^2", 1e-7), ("(x-3)^2 + 10000010", 0.1)]


@pytest.mark.parametrize(("formula", "rate"), UNITS)
def test_a_verdict_does_not_depend_on_units(told: Tell, formula: str, rate: float) -> None:
    """0.8^15 of the way is left: 3 % of it."""
    lecture = told(
        f'formula: "{formula}"', {"a": f"rate: {rate!r}, start: 6, steps: 15"}, "kind: tangent, run: a"
    )
    assert lecture.study.trajectories["a"].outcome is Outcome.STEP_LIMIT
    assert lecture.ending().endswith("The minimum at x = 3 is not reached yet.")
    assert "0.035184 of the way left" in lecture.reason()
    assert "3.1056" in lecture.ending()


YEARS = "year,co2\n" + "".join(f"{year},{1.65 * year - 2917}\n" for year in range(1960, 2025, 5))


def test_a_regression_far_from_its_answer_says_so(told: Tell) -> None:
    lecture = told(
        "data: years.csv, x: year, y: co2, predict: 2030",
        {"a": "rate: 2e-7, steps: 3000"},
        "kind: regression, run: a",
        years=YEARS,
    )
    story, end = lecture.story, lecture.ending()
    assert isinstance(story, RegressionStory)
    assert end.startswith("We stop after 3000 steps.")
    assert "still" in end
    assert "2917 away" in end
    assert "w = 1.65, b = −2917" in lecture.caption("best")
    assert "the best line 432.5" in lecture.caption("predict")
    assert "standardize" in lecture.reason()


@pytest.mark.parametrize(("stop", "steps"), [("gradient: 1000", 2), ("patience: 3, improvement: 1", 9)])
def test_a_run_that_a_rule_has_stopped_far_from_its_answer_has_not_converged(
    told: Tell, stop: str, steps: int
) -> None:
    lecture = told(
        "data: rows.csv, x: x, y: y, standardize: true",
        {"a": f"rate: 0.05, steps: 400, stop: {{{stop}}}", "b": "rate: 0.05, steps: 400"},
        "kind: regression, run: a",
        "kind: learning-rates",
        rows="x,y\n1,300\n2,900\n3,1400\n4,2300\n",
    )
    run, end = lecture.study.trajectories["a"], lecture.ending()
    assert not run.rest.at_rest
    assert end.startswith(f"A stop rule ended the run after {run.steps} steps.")
    assert "Converged" not in end
    panel = lecture.stories["learning-rates"].contenders[0]  # type: ignore[attr-defined]
    assert "rest" not in panel.verdict.text.plain()
    if run.steps <= steps:
        assert "still" in end
        assert panel.verdict.role is not Role.GOOD


def test_a_rule_that_ended_a_run_is_named(told: Tell) -> None:
    lecture = told(
        'formula: "v^2"',
        {"a": "rate: 0.2, start: 10, steps: 50, stop: {step: 1e-6}"},
        "kind: tangent, run: a",
    )
    assert "The step rule ended the run after 31 of 50 steps" in lecture.reason()
    assert lecture.ending().startswith("After 31 steps")
    assert "That is the minimum" in lecture.ending()

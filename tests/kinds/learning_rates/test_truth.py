"""What is said of several runs side by side is true of each of them: labels, regimes, limits, verdicts."""

from __future__ import annotations

import re

import numpy as np
import pytest

from gdcore.run.outcome import Outcome
from scenes.kinds.learning_rates.story.learning_rates import LearningRatesStory
from scenes.theme import Role
from tests.told import Tell, Told

BOWL = 'formula: "(w-3)^2 + 2"'


def rates(lecture: Told) -> LearningRatesStory:
    story = lecture.stories["learning-rates"]
    assert isinstance(story, LearningRatesStory)
    return story


def labels(lecture: Told) -> list[str]:
    return [lecture.plain(panel.label) for panel in rates(lecture).contenders]


def side_by_side(told: Tell, problem: str, *runs: str) -> Told:
    names = dict(zip("abcd", runs, strict=False))
    return told(problem, names, "kind: learning-rates")


# Names

COMPARED = {
    "rates": (["rate: 0.1, steps: 20, start: 6", "rate: 0.4, steps: 20, start: 6"], True, ["α = 0.1", "α = 0.4"]),
    "rules": (
        ["rate: 0.1, steps: 20, start: 6", "rate: 0.1, steps: 20, start: 6, optimizer: adam"],
        False, ["plain descent, α = 0.1", "adam, α = 0.1"],
    ),
    "two other rules": (
        ["rate: 0.1, steps: 20, start: 6, optimizer: momentum", "rate: 0.1, steps: 20, start: 6, optimizer: adam"],
        False, ["momentum, α = 0.1", "adam, α = 0.1"],
    ),
    "rates of another rule": (
        ["rate: 0.1, steps: 20, start: 6, optimizer: adam", "rate: 0.4, steps: 20, start: 6, optimizer: adam"],
        True, ["adam, α = 0.1", "adam, α = 0.4"],
    ),
    "starts": (["rate: 0.1, steps: 20, start: 6", "rate: 0.1, steps: 20, start: 5"], False, ["a, α = 0.1", "b, α = 0.1"]),
    "lengths": (["rate: 0.1, steps: 20, start: 6", "rate: 0.1, steps: 40, start: 6"], False, ["a, α = 0.1", "b, α = 0.1"]),
    "settings": (
        ["rate: 0.1, steps: 20, start: 6, optimizer: momentum", "rate: 0.1, steps: 20, start: 6, optimizer: momentum, set: {beta: 0.5}"],
        False, ["a, momentum, α = 0.1", "b, momentum, α = 0.1"],
    ),
    "decay": (
        ["rate: 0.1, steps: 20, start: 6", "rate: 0.1, steps: 20, start: 6, set: {weight_decay: 0.5}"],
        False, ["plain descent, α = 0.1", "b, α = 0.1"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", COMPARED)
def test_what_is_compared_is_named_and_every_panel_differently(told: Tell, name: str) -> None:
    runs, only_rates, wanted = COMPARED[name]
    lecture = side_by_side(told, BOWL, *runs)
    assert labels(lecture) == wanted
    assert ("learning rates α" in lecture.caption("panels")) == only_rates
    assert (lecture.plain(rates(lecture).title) == "The learning rate decides") == only_rates
    same_start = name != "starts"
    assert ("Same start" in lecture.caption("panels")) == same_start
    if not same_start:
        assert "One start" not in lecture.everything()
        assert "Same start" not in lecture.everything()


# Other rules


def test_where_no_run_is_plain_nothing_is_said_of_limits(told: Tell) -> None:
    lecture = side_by_side(
        told,
        BOWL,
        "rate: 1.5, steps: 20, start: 6, optimizer: adam",
        "rate: 3, steps: 20, start: 6, optimizer: adam",
    )
    story = rates(lecture)
    assert story.strip.bands == ()
    assert story.strip.limit is None
    for beat in ("strip", "limit", "near-limit"):
        assert not story.has(beat)
    for panel in story.contenders:
        assert panel.verdict.sign is None
        assert not re.search("crawl|smooth|zig-zag|jumps", panel.verdict.text.plain())
    assert not re.search("settle|limit|Useful|best fixed", lecture.everything())


def test_beside_another_rule_a_limit_is_said_to_be_that_of_plain_descent(told: Tell) -> None:
    """Adam at 3 is above 2/λ = 1 and yet arrives."""
    lecture = side_by_side(
        told, BOWL, "rate: 0.1, steps: 60, start: 6", "rate: 3, steps: 400, start: 6, optimizer: adam"
    )
    said = lecture.everything()
    assert "all rates shown lie below" not in said
    assert "plain gradient descent" in lecture.caption("limit")
    assert "plain gradient descent" in lecture.caption("end")
    assert "settle" not in said
    assert rates(lecture).contenders[1].verdict.sign is None


# Regimes and limits

BANDS = [
    ('formula: "(w-3)^2+2"', "start: 6", (0.02, 0.3, 0.8, 1.2)),
    ('formula: "x^2 + 20*y^2"', "start: [1, 1]", (0.001, 0.02, 0.04, 0.06)),
    ('formula: "w^8 + 0.2*w^2"', "start: 1.4", (0.0001, 0.002, 0.01, 0.05)),
    ('formula: "v^4-5*v^2-3*v"', "start: 0", (0.002, 0.02, 0.05, 0.2)),
    ('formula: "0.05*(w-1)^2*(w-5)^2"', "start: 2.9", (0.05, 0.4, 1.1, 3.2)),
    ('formula: "(1-x)^2 + 100*(y-x^2)^2"', "start: [-1.2, 1]", (0.0001, 0.0005, 0.001, 0.01)),
    ('formula: "exp(-w)"', "start: 0", (0.05, 0.5, 1, 3)),
    ('formula: "x^3"', "start: 1", (0.01, 0.1, 0.3, 0.6)),
]  # fmt: skip


@pytest.mark.parametrize(("problem", "start", "given"), BANDS)
def test_the_strip_is_true_of_every_run(
    told: Tell, problem: str, start: str, given: tuple[float, ...]
) -> None:
    lecture = side_by_side(told, problem, *(f"rate: {rate}, steps: 40, {start}" for rate in given))
    story, study = rates(lecture), lecture.study
    strip = story.strip
    assert strip.limit is not None
    lows, highs = [low for _, low, _ in strip.bands], [high for _, _, high in strip.bands]
    assert lows[1:] == highs[:-1]
    assert (lows[0], highs[-1]) == (strip.low, strip.high)
    for panel in story.contenders:
        run, analysis = study.trajectories[panel.run], study.analyses[panel.run]
        (band,) = {name for name, low, high in strip.bands if low < run.rate <= high}
        if run.outcome is Outcome.DIVERGED and run.exit is None and "falls" not in run.reason:
            assert band in ("depends", "diverge"), panel.run
        if not analysis.local:
            assert band == panel.verdict.sign
        # Where the curvature changes from place to place no more is known than the limit.
        assert (band in ("crawl", "smooth", "zig-zag")) <= (not analysis.local)
        if band in ("crawl", "smooth", "zig-zag", "safe"):
            assert run.rate <= strip.limit
            assert run.rate <= (analysis.path_limit or np.inf) * (1 + 1e-9)
        if band == "diverge":
            assert not run.rest.at_rest


def test_a_limit_at_the_bottom_is_named_only_where_a_run_has_come_to_one(told: Tell) -> None:
    for problem, start, bottom in (
        ('formula: "exp(-w)"', "start: 0", False),  # there is none
        ('formula: "x^3"', "start: 1", False),  # the flat place is none
        ('formula: "w^8 + 0.2*w^2"', "start: 1.4", False),  # far from it after 40 steps
        ('formula: "cosh(w)"', "start: 2", True),
    ):
        lecture = side_by_side(
            told,
            problem,
            f"rate: 0.002, steps: 40, {start}",
            f"rate: {0.01 if '8' in problem else 0.3}, steps: 40, {start}",
        )
        assert ("bottom" in lecture.caption("limit")) == bottom, problem
        assert (rates(lecture).strip.rest_limit is not None) == bottom
        assert "the jumps grow" not in lecture.caption("limit")
    limits = lecture.caption("limit")
    assert "2 at the bottom" in limits  # λ = 1 there
    assert f"{2 / np.cosh(2.0):.5g} where it is steepest" in limits


def test_no_rate_at_or_above_the_limit_is_said_to_lie_below(told: Tell) -> None:
    edge = side_by_side(told, BOWL, "rate: 0.5, steps: 20, start: 6", "rate: 1, steps: 20, start: 6")
    assert "below" not in edge.caption("limit")
    assert "α = 1 is the limit itself" in edge.caption("limit")
    above = side_by_side(told, BOWL, "rate: 0.5, steps: 20, start: 6", "rate: 1.2, steps: 2, start: 6")
    assert above.caption("above") == "Beyond it every jump lands higher. That is how α = 1.2 got away."
    below = side_by_side(told, BOWL, "rate: 0.5, steps: 20, start: 6", "rate: 0.9, steps: 2, start: 6")
    assert below.caption("above") == "Beyond it every jump lands higher than the one before."


def test_a_run_that_rests_where_it_started_settles_at_any_rate(told: Tell) -> None:
    lecture = side_by_side(told, BOWL, "rate: 0.5, steps: 20, start: 3", "rate: 1.2, steps: 20, start: 3")
    assert "cannot settle" not in lecture.everything()
    assert "leave" not in lecture.everything()


def test_where_the_curvature_changes_the_limit_holds_near_the_minimum(told: Tell) -> None:
    lecture = side_by_side(
        told,
        'formula: "0.05*(w-1)^2*(w-5)^2"',
        "rate: 0.1, start: 2.9, steps: 200",
        "rate: 0.5, start: 2.9, steps: 200",
    )
    assert lecture.caption("limit").startswith("Near the minimum")
    assert "All rates shown lie below." in lecture.caption("limit")
    assert "best fixed rate" not in lecture.everything()


# Who is ahead


def test_a_flat_start_makes_no_step(told: Tell) -> None:
    lecture = side_by_side(told, 'formula: "x^2+y^2"', "rate: 0.1, steps: 5", "rate: 0.2, steps: 5")
    assert "slope of 0" in lecture.caption("step-1")
    assert "as long as the rates" not in lecture.everything()


def test_a_run_that_is_over_still_counts(told: Tell) -> None:
    """The first rests at J = 2 after one step; the other is at 2.1 after ten."""
    lecture = side_by_side(
        told, BOWL, "rate: 0.5, steps: 20, start: 6, stop: {step: 1e-9}", "rate: 0.1, steps: 20, start: 6"
    )
    assert lecture.study.trajectories["a"].steps < 10
    assert lecture.caption("verdicts") == "α = 0.5 gets home first, after 1 step."
    assert rates(lecture).contenders[0].verdict.detail.plain() == "nothing to go"


@pytest.mark.parametrize("stop", ["gradient: 5", "gradient: 2"])
def test_only_a_run_that_rests_is_said_to_be_at_rest(told: Tell, stop: str) -> None:
    lecture = side_by_side(
        told, BOWL, f"rate: 0.05, steps: 40, start: 6, stop: {{{stop}}}", "rate: 0.5, steps: 40, start: 6"
    )
    stopped, rests = rates(lecture).contenders
    assert lecture.study.trajectories["a"].outcome is Outcome.CONVERGED  # by that rule
    assert "arrives" not in stopped.verdict.text.plain()
    assert stopped.verdict.role is not Role.GOOD
    assert "arrives" in rests.verdict.text.plain()


PLACES = [
    ('formula: "sin(x)"', "start: 1.5707963267948966", "hilltop"),
    ('formula: "x^2 - y^2"', "start: [1, 0]", "saddle"),
    ('formula: "0*w + 1"', "start: 2", "flat place"),
    ('formula: "x^3"', "start: 0", "flat place"),
]


@pytest.mark.parametrize(("problem", "start", "words"), PLACES)
def test_a_verdict_names_a_place_that_is_no_minimum(told: Tell, problem: str, start: str, words: str) -> None:
    lecture = side_by_side(
        told, problem, f"rate: 0.1, steps: 200, {start}", f"rate: 0.2, steps: 200, {start}"
    )
    for panel in rates(lecture).contenders:
        assert words in panel.verdict.text.plain()
        assert panel.verdict.role is Role.TROUBLE
    assert "minimum" not in lecture.everything()


def test_a_run_that_crawls_is_not_good_and_one_that_jumps_about_is_trouble(told: Tell) -> None:
    lecture = side_by_side(
        told, 'formula: "v^4-5*v^2-3*v"', "rate: 0.001, steps: 20, start: 0", "rate: 0.2, steps: 50, start: 0"
    )
    slow, wild = (panel.verdict for panel in rates(lecture).contenders)
    assert slow.role is not Role.GOOD
    assert (wild.role, wild.sign) == (Role.TROUBLE, "diverge")
    assert "jumps about" in wild.text.plain()
    assert "at both minima" in lecture.reason("b")

"""Names are spelled in one way and never meet ours; numbers close their sums, and differ where what they say differs."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest

from gdcore.notation import Numeral, plain
from scenes.kinds.learning_rates.story.learning_rates import LearningRatesStory
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.kinds.regression.story.regression import RegressionStory
from scenes.kinds.surface.story import SurfaceStory
from scenes.kinds.tangent.story.tangent import TangentStory
from scenes.text import Arithmetic
from tests.told import Tell

# Names

ONE = {
    # the parameter, how it is spelled, the rate's letter, the cost's
    "w": ("w", "α", "J"),
    "k": ("k", "α", "J"),
    "J": ("J", "α", "C"),
    "alpha": ("α", "η", "J"),
    "lambda": ("λ", "α", "J"),
    "w_max": ("w_max", "α", "J"),
    "Theta": ("Θ", "α", "J"),
    "x_i": ("x_i", "α", "J"),
    "theta_1": ("θ₁", "α", "J"),
    "weight": ("weight", "α", "J"),
    "N": ("N", "α", "J"),
}


@pytest.mark.parametrize("name", ONE)
def test_one_parameter_has_one_spelling_and_our_letters_give_way(told: Tell, name: str) -> None:
    spelled, rate, cost = ONE[name]
    lecture = told(
        f'formula: "({name}-3)^2 + 2"',
        {"a": "rate: 0.1, start: 6, steps: 20", "b": "rate: 1.1, start: 6, steps: 20"},
        "kind: tangent, run: a",
        "kind: overshoot, run: b",
        "kind: learning-rates",
    )
    tangent, overshoot = lecture.stories["tangent"], lecture.stories["overshoot"]
    assert isinstance(tangent, TangentStory)
    assert isinstance(overshoot, OvershootStory)
    assert plain(tangent.parameter) == plain(overshoot.parameter) == spelled
    assert plain(tangent.speech.formula("J({p})", p=tangent.parameter)) == f"{cost}({spelled})"
    assert f"We stand at {spelled} = 6." in lecture.caption("start", "tangent")
    assert f"The learning rate {rate} = 0.1 says how far." in lecture.caption("rule", "tangent")
    assert "The rate is 1.1." in lecture.caption("curve", "overshoot")
    assert "115 away from the bottom" in lecture.caption("end", "overshoot")
    panels = lecture.stories["learning-rates"]
    assert isinstance(panels, LearningRatesStory)
    assert [lecture.plain(panel.label) for panel in panels.contenders] == [f"{rate} = 0.1", f"{rate} = 1.1"]
    assert f"two learning rates {rate}." in lecture.caption("panels", "learning-rates")
    bend = "μ" if name == "lambda" else "λ"
    assert plain(panels.speech.formula("lambda")) == bend
    assert "1.2 times as far" in lecture.caption("factor", "overshoot")
    for scene in lecture.stories:
        said = lecture.everything(scene)
        assert name not in said.replace(spelled, "") or name in ("k", "J", "w", "N")
        if spelled != cost and name not in ("k", "w", "N"):
            assert not re.search(rf"(?<![\w]){re.escape(spelled)} (←|= 0\.1\b)", said)


def test_parameters_called_as_the_rate_and_the_curvature(told: Tell) -> None:
    lecture = told(
        "data: cars.csv, x: km, y: price, parameters: [beta, alpha], standardize: true",
        {"a": "rate: 0.1, steps: 60"},
        "kind: regression, run: a",
        "kind: surface, run: a",
        cars="km,price\n" + "".join(f"{km},{8574 - 0.022 * km + 90 * (-1) ** km}\n" for km in range(1, 9)),
    )
    assert "with β = 0, α = 0" in lecture.caption("line", "regression")
    assert "Step 1: β = 0 − 0.1 · " in lecture.caption("step-1", "regression")
    assert "each value loses η times its own" in lecture.caption("rule", "surface")
    assert "∂J/∂β" in lecture.caption("partials", "surface")
    assert "∂J/∂α" in lecture.caption("partials", "surface")


def test_two_parameters_with_long_names(told: Tell) -> None:
    lecture = told(
        'formula: "(Theta-3)^2 + w_max^2 + x_i^2"',
        {
            "a": "rate: 0.1, start: {Theta: 1, w_max: 2, x_i: 3}, steps: 20",
            "b": "rate: 0.9, start: [1, 2, 3], steps: 20",
        },
        "kind: learning-rates",
    )
    story = lecture.story
    assert isinstance(story, LearningRatesStory)
    assert [plain(name) for name in story.parameters] == ["Θ", "w_max", "x_i"]
    both = told(
        'formula: "(Theta-3)^2 + x_i^2"',
        {"a": "rate: 0.1, start: [1, 2], steps: 20"},
        "kind: surface, run: a",
    )
    said = both.everything()
    assert "We start at Θ = 1, x_i = 2." in said
    assert "Theta" not in said
    assert "xᵢ" not in said


def test_the_order_of_a_start_is_that_of_the_names_and_is_said(told: Tell) -> None:
    """By name, x before y, however the formula begins: J(−1.2, 1) = 24.2."""
    for start in ("[-1.2, 1]", "{y: 1, x: -1.2}"):
        lecture = told(
            'formula: "100*(y-x^2)^2 + (1-x)^2"',
            {"a": f"rate: 0.001, start: {start}, steps: 5"},
            "kind: surface, run: a",
        )
        assert lecture.caption("start") == "We start at x = −1.2, y = 1. The cost there is J = 24.2."


# Numbers

CLOSING = {
    "far": ('formula: "(x-10000)^2"', "rate: 0.1, start: 10006, steps: 20"),
    "small": ('formula: "1e6*(w-3e-6)^2 + 1e-6"', "rate: 1e-7, start: 9e-6, steps: 20"),
    "flat": ('formula: "0.000001*(x-3)^2"', "rate: 1e5, start: 6, steps: 15"),
    "high": ('formula: "x^2 + 10000010"', "rate: 0.1, start: 2, steps: 15"),
    "negative": ('formula: "(w+5)^2 - 8"', "rate: 0.05, start: -9, steps: 15"),
    "waves": ('formula: "sin(w) + 0.1*w^2"', "rate: 0.3, start: 2.6, steps: 30"),
    "steep": ('formula: "w^8 + 0.2*w^2"', "rate: 0.01, start: 1.4, steps: 40"),
    "third": (
        'formula: "(w - 1/3)^2"',
        "rate: 0.3, start: 2/3, steps: 20".replace("2/3", "0.6666666666666666"),
    ),
    "plane": ('formula: "x^2 + 3*y^2 + x*y"', "rate: 0.1, start: [1, -2], steps: 20"),
    "far plane": ('formula: "(x-10000)^2 + 1e-6*(y-5)^2"', "rate: 0.1, start: [10006, 1], steps: 20"),
}


def value(node: object) -> Decimal:
    assert isinstance(node, Numeral)
    return Decimal(node.digits).scaleb(node.exponent or 0)


@pytest.mark.parametrize("name", CLOSING)
def test_every_sum_closes_in_the_digits_shown(told: Tell, name: str) -> None:
    problem, run = CLOSING[name]
    kind = "surface" if "plane" in name else "tangent"
    lecture = told(problem, {"a": run}, f"kind: {kind}, run: a")
    story = lecture.story
    assert isinstance(story, TangentStory | SurfaceStory)
    assert story.spelled
    written = list(story.written.values()) if isinstance(story, TangentStory) else []
    for spelled in (*story.spelled, *written):
        assert isinstance(spelled, Arithmetic)
        result, shown = value(spelled.old) - value(spelled.rate) * value(spelled.slope), value(spelled.new)
        last = Decimal(1).scaleb(int(shown.as_tuple().exponent))
        assert result.quantize(last) == shown
        assert spelled.old != spelled.new or spelled.slope == Numeral("0")


@pytest.mark.parametrize("name", CLOSING)
def test_rows_that_differ_are_shown_with_different_numbers(told: Tell, name: str) -> None:
    problem, run = CLOSING[name]
    kind = "surface" if "plane" in name else "tangent"
    story = told(problem, {"a": run}, f"kind: {kind}, run: a").story
    if isinstance(story, TangentStory):
        columns = [
            (story.w_format, story.w),
            (story.loss_format, story.loss),
            (story.slope_format, story.slope),
        ]
    else:
        assert isinstance(story, SurfaceStory)
        columns = [*zip(story.path_formats, story.path.T, strict=True), (story.loss_format, story.loss)]
    for form, column in columns:
        first = column[:8]
        for before, after in pairwise(first):
            if abs(after - before) > 1e-8 * np.abs(first).max():
                assert form(float(before)) != form(float(after)), (float(before), float(after))


def test_the_numbers_of_a_point_far_from_zero(told: Tell) -> None:
    lecture = told(
        'formula: "(x-10000)^2"', {"a": "rate: 0.1, start: 10006, steps: 20"}, "kind: tangent, run: a"
    )
    story = lecture.story
    assert isinstance(story, TangentStory)
    assert lecture.plain_node(story.spelled[0].sum) == "10006 − 0.1 · 12 = 10004.8"
    assert lecture.plain_node(story.spelled[1].sum) == "10004.8 − 0.1 · 9.6 = 10003.84"
    assert lecture.caption("step-1").startswith("It lands at 10004.8:")
    assert "x is 10000.07" in lecture.caption("end")


def test_a_cost_far_from_zero_is_not_rounded_to_a_power_of_ten(told: Tell) -> None:
    lecture = told(
        'formula: "x^2 + y^2 + 10000010"',
        {"a": "rate: 0.1, start: [2, 0], steps: 15"},
        "kind: surface, run: a",
    )
    assert "The cost there is J = 10000014." in lecture.caption("start")


def test_a_slope_is_spelled_in_the_caption_as_in_the_rule(told: Tell) -> None:
    for problem, run in CLOSING.values():
        if "[" in run:
            continue
        lecture = told(problem, {"a": run}, "kind: tangent, run: a")
        story = lecture.story
        assert isinstance(story, TangentStory)
        for k in (1, 2):
            assert lecture.plain_node(story.spelled[k].slope) in lecture.caption(f"step-{k + 1}")


def test_a_number_in_a_sentence_has_no_zeros_at_its_end(told: Tell) -> None:
    lecture = told(
        'formula: "(w+5)^2 - 8"',
        {"a": "rate: 0.6, start: -9, steps: 15"},
        "kind: tangent, run: a, captions: {start: 'at {w[0]}, {w[1]}, {w[-1]}'}",
    )
    assert lecture.caption("start") == "at −9, −4.2, −5"
    assert lecture.caption("end").startswith("After 15 steps w is −5.")


@pytest.mark.parametrize(
    ("problem", "run"),
    [
        ("data: rows.csv, x: x, y: y", "rate: 0.05, steps: 300"),
        ("data: rows.csv, x: x, y: y", "rate: 0.05, steps: 2000"),
    ],
)
def test_losses_of_a_regression_are_numbers_without_needless_zeros(
    told: Tell, problem: str, run: str
) -> None:
    lecture = told(problem, {"a": run}, "kind: regression, run: a", rows="x,y\n1,5\n2,7\n3,9\n4,11\n5,13\n")
    story = lecture.story
    assert isinstance(story, RegressionStory)
    assert not re.search(r"\d\.\d*0(?!\d|\.\d| ?×)", lecture.everything())


@pytest.mark.parametrize(
    ("formula", "start", "rate"),
    [
        ("x^2 + 3*y^2", "[1, 1]", 1000),
        ("(w-3)^2 + 2", "6", 1000),
        ("w^2 + 10000010", "6", 1000),
        ("1e-9*w^2", "6", 1e12),
    ],
)
def test_a_run_that_leaves_keeps_its_numbers_short(told: Tell, formula: str, start: str, rate: float) -> None:
    """Also beyond the view that its digits are made for."""
    lecture = told(
        f'formula: "{formula}"',
        {
            "a": f"rate: {rate}, start: {start}, steps: 30",
            "b": f"rate: {rate / 1e4}, start: {start}, steps: 30",
        },
        "kind: learning-rates",
    )
    story = lecture.story
    assert isinstance(story, LearningRatesStory)
    for loss in story.contenders[0].loss:
        assert len(plain(story.loss_format(float(loss)))) < 20

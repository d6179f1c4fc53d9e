"""The choices that the usual mistakes of a step lead to: each wrong, each by itself."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from gdcore.exercises.mistakes import StepMistake, usual_mistakes

STEPS = [
    (6.0, 0.1, 6.0),
    (-2.5, 0.3, -4.0),
    (0.0, 0.5, 2.0),
    (3.0, 1.0, 5.0),
    (3.0, 0.1, 0.0),
    (3.0, 0.0, 2.0),
    (2.0, 2.0, 2.0),
    (1e9, 1e-6, 1e-3),
    (1.0, 0.1, 1e300),
    (1.0, 1e-300, 1e300),
    (np.float64(0.5), np.float64(1e-301), np.float64(1e300)),
]


def test_each_mistake_leads_where_its_formula_says() -> None:
    found = {wrong.mistake: wrong.place for wrong in usual_mistakes(6.0, 0.1, 7.0)}
    assert found == pytest.approx(
        {
            StepMistake.SIGN: 6.7,
            StepMistake.RATE_FORGOTTEN: -1.0,
            StepMistake.SLOPE_FORGOTTEN: 5.9,
            StepMistake.PLACE_FORGOTTEN: -0.7,
            StepMistake.RATE_DIVIDES: -64.0,
            StepMistake.RATE_ADDED: -1.1,
        }
    )


@pytest.mark.parametrize(("place", "rate", "slope"), STEPS)
def test_no_wrong_place_is_right_or_there_twice(place: float, rate: float, slope: float) -> None:
    wrong = usual_mistakes(place, rate, slope)
    places = [place - rate * slope, *(each.place for each in wrong)]
    assert all(math.isfinite(each.place) for each in wrong)
    assert all(a != b for a, b in itertools.combinations(places, 2))
    assert [each.mistake for each in wrong] == [
        m for m in StepMistake if m in {each.mistake for each in wrong}
    ]


def test_a_mistake_that_comes_out_right_is_no_wrong_answer() -> None:
    assert StepMistake.RATE_FORGOTTEN not in {w.mistake for w in usual_mistakes(3.0, 1.0, 5.0)}  # a rate of 1
    assert StepMistake.SLOPE_FORGOTTEN not in {
        w.mistake for w in usual_mistakes(3.0, 0.1, 1.0)
    }  # a slope of 1
    assert StepMistake.PLACE_FORGOTTEN not in {
        w.mistake for w in usual_mistakes(0.0, 0.5, 2.0)
    }  # a place at 0
    assert StepMistake.SIGN not in {w.mistake for w in usual_mistakes(3.0, 0.1, 0.0)}  # where it is flat
    assert StepMistake.RATE_ADDED not in {w.mistake for w in usual_mistakes(5.0, 2.0, 2.0)}  # 2 + 2 = 2 · 2


def test_rounding_makes_no_other_place() -> None:
    assert StepMistake.RATE_FORGOTTEN not in {w.mistake for w in usual_mistakes(0.3, 1.0, 0.1 + 0.2)}
    assert [w.mistake for w in usual_mistakes(0.1, 0.1, 3.0)].count(StepMistake.SIGN) == 1


def test_places_that_read_alike_are_one() -> None:
    near = usual_mistakes(6.0, 0.1, 6.0, apart=0.15)
    places = [6.0 - 0.6, *(each.place for each in near)]
    assert all(abs(a - b) > 0.15 for a, b in itertools.combinations(places, 2))
    assert [w.mistake for w in near] == [
        w.mistake for w in usual_mistakes(6.0, 0.1, 6.0) if w.place != pytest.approx(-0.1)
    ]

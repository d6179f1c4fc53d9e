"""Numbers on screen and page: sums close in the digits shown, and what differs looks different."""

from __future__ import annotations

import math
import warnings
from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gdcore.notation import Node, Numeral, plain
from scenes.layout.ticks import nice_ticks
from scenes.text import arithmetic, format_of, multiplied, number, tick_numbers, value_of, words
from scenes.text.numbers import MOST_DIGITS

numbers = st.floats(1e-9, 1e9).flatmap(lambda size: st.sampled_from([size, -size]))


def value(node: Node) -> Decimal:
    assert isinstance(node, Numeral)
    return Decimal(node.digits).scaleb(node.exponent or 0)


@pytest.mark.parametrize(
    ("given_value", "shown"),
    [
        (0.0, "0"), (-0.0, "0"), (5.4, "5.4"), (-0.0075, "−0.0075"), (65228.571, "65229"), (1e-9, "10⁻⁹"),
        (4.75e-14, "4.75 × 10⁻¹⁴"), (123456789.0, "1.2346 × 10⁸"), (math.inf, "∞"), (-math.inf, "−∞"), (math.nan, "–"),
    ],
)  # fmt: skip
def test_a_number_alone(given_value: float, shown: str) -> None:
    assert plain(number(given_value)) == shown


@pytest.mark.parametrize(
    ("step", "shown"),
    [
        ((6, 0.1, 6, 5.4), "6 − 0.1 · 6 = 5.4"),
        ((10006, 0.1, 12, 10004.8), "10006 − 0.1 · 12 = 10004.8"),
        ((-1.125, 0.1, -8.25, -0.3), "−1.125 − 0.1 · (−8.25) = −0.3"),
        ((9e-6, 1e-7, 12.0, 7.8e-6), "9 × 10⁻⁶ − 10⁻⁷ · 12 = 7.8 × 10⁻⁶"),
        ((0.3, 0.1, 3, 0.3 - 0.1 * 3), "0.3 − 0.1 · 3 = 0"),
        ((5, 0.1, 0, 5), "5 − 0.1 · 0 = 5"),
    ],
)
def test_a_step_spelled_out(step: tuple[float, float, float, float], shown: str) -> None:
    assert plain(arithmetic(*step).sum) == shown


@given(numbers, st.floats(1e-6, 10), numbers)
def test_every_sum_closes_in_the_digits_shown(old: float, rate: float, slope: float) -> None:
    new = old - rate * slope
    spelled = arithmetic(old, rate, slope, new)
    result = value(spelled.old) - value(spelled.rate) * value(spelled.slope)
    shown = value(spelled.new)
    last = Decimal(1).scaleb(int(shown.as_tuple().exponent)) if shown else Decimal(1)
    assume(shown or abs(result) < 1)
    assert result.quantize(last) == shown


_amounts = st.floats(1e-3, 1e4).flatmap(lambda size: st.sampled_from([size, -size]))


@settings(max_examples=500)
@given(_amounts, st.sampled_from([0.001, 0.01, 0.05, 0.1, 0.3, 0.88273202412345]), _amounts, st.floats(-9, 9))
def test_no_number_of_a_sum_has_more_digits_than_one_can_read(
    old: float, rate: float, slope: float, rest: float
) -> None:
    """Not where random digits would close late, and not where two large numbers leave little."""
    for steep in (slope, old / rate * (1 + rest * 10 ** -abs(rest))):
        spelled = arithmetic(old, rate, steep, old - rate * steep)
        for node in (spelled.old, spelled.rate, spelled.slope, spelled.new):
            assert isinstance(node, Numeral)
            assert len(node.digits.strip("-0.").replace(".", "").lstrip("0")) <= MOST_DIGITS + 1
        assert float(value(spelled.new)) == pytest.approx(old - rate * steep, rel=0.05, abs=abs(old) * 1e-8)


@pytest.mark.parametrize(
    ("step", "shown"),
    [
        ((-2.84454016, 0.05, -12056.3393309), "−2.84454 − 0.05 · (−12056.3) = 599.97"),
        ((2.99092271050997, 0.3, 9.96976943933008), "2.9909227 − 0.3 · 9.9697694 = −8.12 × 10⁻⁶"),
        ((1.0, 0.1, 9.9999999991), "1 − 0.1 · 9.999999999 = 0"),
    ],
)
def test_a_sum_has_few_digits_and_is_true(step: tuple[float, float, float], shown: str) -> None:
    old, rate, slope = step
    assert plain(arithmetic(old, rate, slope, old - rate * slope).sum) == shown


@given(numbers, st.floats(1e-6, 10), numbers)
def test_a_step_that_moves_is_seen_to_move(old: float, rate: float, slope: float) -> None:
    new = old - rate * slope
    assume(abs(new - old) > 1e-9 * abs(old))
    spelled = arithmetic(old, rate, slope, new)
    assert spelled.old != spelled.new


def test_neighbours_that_differ_look_different() -> None:
    tiny = 3e-6 + 6e-6 * 0.8 ** np.arange(6)
    far = 10000 + 6 * 0.8 ** np.arange(10)
    for row in (tiny, far):
        form = format_of(row)
        assert len({plain(form(x)) for x in row}) == len(row)
    assert plain(format_of(far)(10004.8)) == "10004.8"


@given(st.lists(st.floats(-1e6, 1e6).map(lambda x: round(x, 3)), min_size=2, max_size=12))
def test_digits_come_from_the_differences(row: list[float]) -> None:
    form = format_of(row)
    for before, after in pairwise(row):
        gap = abs(after - before)
        if gap > 1e-8 * max(map(abs, row)):
            assert form(before) != form(after)


def test_a_large_offset_goes_into_the_name_of_the_axis() -> None:
    ticks = tick_numbers([10000010.0, 10000012.0, 10000014.0])
    assert [plain(label) for label in ticks.labels] == ["0", "2", "4"]
    named = ticks.name(words("J"))
    assert named is not None
    assert named.plain() == "J = 10000010 + …"
    assert tick_numbers([9998.0, 10000.0, 10002.0]).offset is None


def test_an_offset_has_no_digits_that_are_only_rounding() -> None:
    huge = tick_numbers([9.9999300000000005e23, 9.99995e23 * (1 + 1e-16), 9.99997e23])
    assert huge.offset is not None
    assert plain(huge.offset) == "9.99993 × 10²³"
    near = tick_numbers([999999.6000000001, 999999.6000001, 999999.6000002])
    assert near.offset is not None
    assert plain(near.offset) == "999999.6"


@given(st.floats(-1e9, 1e9), st.floats(1e-6, 1e6), st.integers(2, 8))
def test_the_numbers_at_an_axis_differ(first: float, step: float, count: int) -> None:
    step = float(f"{step:.0e}")
    ticks = [round(first / step) * step + i * step for i in range(count)]
    assume(abs(ticks[0]) < 1e12 * step)
    labels = tick_numbers(ticks).labels
    assert len(set(labels)) == count


def test_the_numbers_at_an_axis_have_the_decimals_of_their_step() -> None:
    def shown(*ticks: float, log: bool = False) -> list[str]:
        return [plain(label) for label in tick_numbers(ticks, log=log).labels]

    assert shown(0.0, 0.05, 0.1) == ["0", "0.05", "0.10"]
    assert shown(-40.0, -20.0) == ["−40", "−20"]
    assert shown(0.0, 1e6, 2e6) == ["0", "10⁶", "2 × 10⁶"]
    assert shown(1e-5, 2e-5) == ["10⁻⁵", "2 × 10⁻⁵"]
    assert shown(0.01, 0.1, 1.0, log=True) == ["0.01", "0.1", "1"]
    assert shown(1e-9, 1.0, 1e9, log=True) == ["10⁻⁹", "10⁰", "10⁹"]


@pytest.mark.parametrize("value", [5e-324, 1e-320, 2.2e-308, 1e-300, 1e300, 1.7976931348623157e308])
def test_numbers_at_the_ends_of_the_machine_are_shown(value: float) -> None:
    """One at a time, in a row and at an axis, without a warning, and as what they are."""
    pairs = ([value], [value, -value], [0.0, value], [value, 1.0])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        shown = [number(value), *(format_of(row)(value) for row in pairs)]
        shown += [format_of([1.0], neighbours=[0.0, value])(value)]
        shown += [
            tick_numbers(row, log=log).labels[-1] for row in ([value], [1.0, value]) for log in (False, True)
        ]
        shown += [tick_numbers([0.0, value]).labels[-1]]
    for node in shown:
        assert isinstance(node, Numeral)
        assert node.exponent is None or 1 <= abs(float(node.digits)) < 10 or value_of(node) == 0
    for node in shown[:2]:
        assert isinstance(node, Numeral)
        exact = Decimal(node.digits).scaleb(node.exponent or 0)
        assert float(exact / Decimal(value)) == pytest.approx(1, rel=0.02)
    assert plain(format_of([1e-320])(1e-320)) == "10⁻³²⁰"


def test_ticks_that_are_alike_are_numbered() -> None:
    for row, shown in (([1.0, 1.0], "1"), ([0.0, 0.0, 0.0], "0"), ([2.5], "2.5")):
        assert [plain(label) for label in tick_numbers(row).labels] == [shown] * len(row)
    assert tick_numbers([]).labels == ()


@pytest.mark.parametrize(
    "ends", [(0.0, 5e-324), (0.0, 1e-320), (-1e308, 1e308), (1.0, 1 + 2e-16), (1e300, 1.5e308)]
)
def test_an_axis_of_any_ends_has_ticks_that_differ(ends: tuple[float, float]) -> None:
    ticks = nice_ticks(*ends)
    assert len(ticks) >= 2
    assert len(set(ticks.tolist())) == len(ticks)
    assert ticks[0] >= ends[0]
    assert ticks[-1] <= ends[1]


def test_what_differs_only_beyond_all_digits_gets_no_zeros() -> None:
    form = format_of([1.0, 1 + 1e-15])
    assert [plain(form(x)) for x in (1.0, 1 + 1e-15)] == ["1", "1"]
    assert plain(format_of([1e4, 1e4 + 1e-9, 1e4 + 2e-9])(1e4)) == "10000"


@given(numbers, st.floats(1e-6, 10))
def test_every_product_is_true_in_the_digits_shown(left: float, right: float) -> None:
    shown = multiplied(left, right)
    product = value(shown.product)
    assume(product)
    last = Decimal(1).scaleb(int(product.normalize().as_tuple().exponent))
    assert (value(shown.left) * value(shown.right)).quantize(last) == product
    assert float(product) == pytest.approx(left * right, rel=0.01)

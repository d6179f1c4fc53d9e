"""A lecturer's own captions: mathematics between dollars, numbers of the run, and everything else as typed."""

from __future__ import annotations

import pytest

from gdcore.notation import Node, Numeral
from scenes.text.captions import Asked, read_caption
from scenes.text.rich import Maths


def of_run(asked: Asked) -> Node | None:
    return None if asked.step == 99 else Numeral("7")


def shown(text: str) -> str:
    return read_caption(text, ["w", "b"]).filled(of_run).plain()


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("We start at $w_0$ and reach {w[-1]}.", "We start at w₀ and reach 7."),
        ("$∂J/∂w$ at rate {rate}, {steps} steps, {J[2]}", "∂J/∂w at rate 7, 7 steps, 7"),
        (r"\$5 a step, \$6 with tax", "$5 a step, $6 with tax"),
        ("5$ a step", "5$ a step"),
        ("costs 5$ a step, 6$ a mile", "costs 5$ a step, 6$ a mile"),
        ("costs $5 a step, $6 a mile", "costs $5 a step, $6 a mile"),
        ("5$, 6$ and $w_0$", "5$, 6$ and w₀"),
        ("$5 at $w_0$.", "$5 at w₀."),
        ("between 5$ and {w[1]}$.", "between 5$ and 7$."),
        (r"$w_0$ costs \$5, $w_1$ costs 6\$", "w₀ costs $5, w₁ costs 6$"),
        (r"\$w_0\$", "$w_0$"),
        ("$w$2 and $$ and $", "$w$2 and $$ and $"),
        ("%s and {} and {0}", "%s and {} and {0}"),
        (r"half: $\frac{1}{2}$", r"half: $\frac{1}{2}$"),
        ('x$#read("/etc/hostname")$', 'x$#read("/etc/hostname")$'),
        ("{q[1]} {w} {w[99]}", "{q[1]} {w} {w[99]}"),
    ],
)
def test_a_caption_reads(typed: str, seen: str) -> None:
    assert shown(typed) == seen


@pytest.mark.parametrize(
    ("typed", "column", "why"),
    [
        ("5$ a step", 2, "partner"),
        ("$5", 1, "partner"),
        ("the bars $||$", 12, "nothing"),
        (r"half: $\frac{1}{2}$", 8, "\\"),
        ("then {q[1]}", 6, "{w[1]}"),
        ("then {w}", 6, "{w[1]}"),
    ],
)
def test_what_is_shown_as_typed_is_named_with_its_place(typed: str, column: int, why: str) -> None:
    (unread,) = read_caption(typed, ["w", "b"]).unread
    assert unread.column == column
    assert why in unread.why


def test_formulae_and_numbers_are_set_as_such() -> None:
    runs = read_caption("a $w_1$ {w[1]}", ["w"]).filled(of_run).runs
    assert [isinstance(run, Maths) for run in runs] == [False, True, False, True]


def test_in_the_lecturers_own_formulae_the_letters_are_the_lecturers() -> None:
    """Our rate, loss and counter step aside for parameters of those names, so nothing else can be meant."""
    caption = read_caption("our $alpha$, $J$ and $k$ at {alpha[1]} {J[1]}", ["alpha", "k", "J"])
    assert caption.filled(of_run).plain() == "our α, J and k at 7 7"
    assert not caption.unread


def test_a_parameter_called_rate_is_a_parameter() -> None:
    caption = read_caption("{rate} {rate[1]}", ["rate"])
    assert caption.unread[0].text == "{rate}"
    assert Asked("rate", 1) in caption.parts

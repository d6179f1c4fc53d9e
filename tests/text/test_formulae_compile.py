"""Whatever the language of formulae reads can be set: what Typst would refuse is a mistake with a place before."""

from __future__ import annotations

from itertools import product

import pytest

from gdcore.notation import Cases, Fenced, Hat, Node, Root, Sign, Symbol, Word, plain, row, typst
from scenes.text import maths
from scenes.text.grammar import MathsError, read_maths
from scenes.typeset import typeset

CONSTRUCTORS = [
    "{}", "({})", "[{}]", "|{}|", "x_({})", "x^{{{}}}", "f({})", "max({})", "sqrt({})", "√({})", "√{}", "hat({})",
    "abs({})", "frac({}, 2)", "frac(1, {})", "cases({})", "vec({})", "-{}", "({})^2", "({})'_1",
]  # fmt: skip
INSIDES = [
    "", "x", "a, b", ", a", "a,", ",", "a; b", ";", "size: 3", "a:b", ":", "..a", "...", "a ... b", "-", "+, -", "- >",
    "-3^2", "a & b", "#x", "a = b", "weight", "Σ_i^N x_i", "x_max'", "2 . 5", "|a|", "[0, 1]", "(a, b)^2", "٣", "½",
]  # fmt: skip


def accepted(text: str) -> Node | None:
    try:
        return read_maths(text)
    except MathsError:
        return None


@pytest.mark.parametrize("outer", CONSTRUCTORS)
def test_what_is_read_can_be_set(outer: str) -> None:
    for inner, inside in product(CONSTRUCTORS, INSIDES):
        text = outer.format(inner.format(inside))
        node = accepted(text)
        if node is not None:
            assert typeset(maths(node)) is not None, text


@pytest.mark.parametrize(
    "text",
    ["||", "abs()", "sqrt()", "√()", "hat()", "f()", "()", "x^()", "x_{}", "frac(a,)", "frac(,a)", "√||"],
)
def test_nothing_in_brackets_is_a_mistake(text: str) -> None:
    with pytest.raises(MathsError):
        read_maths(text)


@pytest.mark.parametrize("text", ["x ٣ y", "x ⁻ y", "x_٣", "٣"])
def test_nothing_is_left_out(text: str) -> None:
    """What is no token is a mistake, not the end."""
    with pytest.raises(MathsError):
        read_maths(text)


@pytest.mark.parametrize(
    ("text", "alike"),
    [("|a, b|", "(a, b)"), ("abs(size: 3)", "(size: 3)"), ("hat(a:b)", "(a:b)"), ("sqrt(a, b)", "(a, b)")],
)
def test_a_comma_in_an_argument_is_one_as_anywhere(text: str, alike: str) -> None:
    """It is set with the same letters in the same places."""
    once, again = (typeset(maths(read_maths(each))) for each in (text, alike))
    inside = typeset(maths(read_maths(alike[1:-1])))
    assert once.width > inside.width - 0.01
    assert abs(once.width - again.width) < 0.8


def test_values_in_places_are_one_argument_too() -> None:
    listed = row([Symbol("a"), Sign("comma"), Word('b", size: 1, "')])
    for node in (Root(listed), Hat(listed), Fenced(listed, "bars"), Root(Sign("comma")), Hat(Sign("colon"))):
        assert typeset(maths(node))
    many = Cases(((listed, listed),), listed)
    assert typeset(maths(many))
    assert typst(many).count(", ") == 1 + typst(listed).count(", ") * 3


@pytest.mark.parametrize(
    ("text", "shown"),
    [("- > a", "− > a"), ("√|x|", "√|x|"), ("-3^2", "−3²"), ("- 2.5", "−2.5"), ("cot(x)", "cot(x)")],
)
def test_it_means_what_is_typed(text: str, shown: str) -> None:
    assert " ".join(plain(read_maths(text)).split()) == shown
    assert "->" not in typst(read_maths(text))

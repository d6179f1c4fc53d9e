"""The three writers agree on what an exponent, a hat or a bar covers."""

from __future__ import annotations

import pytest

from gdcore.formula import parse
from gdcore.notation import (
    OPERATORS,
    Fenced,
    Fraction,
    Hat,
    Node,
    Numeral,
    Operator,
    Root,
    Script,
    Sign,
    Symbol,
    Word,
    plain,
    row,
    tex,
    typst,
)

A, B, X, TWO = Symbol("a"), Symbol("b"), Symbol("x"), Numeral("2")
SUM = row([X, Sign("plus"), Symbol("y")])


def squared(node: Node) -> Script:
    return Script(node, above=TWO)


@pytest.mark.parametrize(
    ("node", "in_plain", "in_typst", "in_tex"),
    [
        (squared(Fraction(A, B)), "(a/b)²", "((a)/(b))^2", r"\left(\frac{a}{b}\right)^{2}"),
        (Script(Fraction(A, B), primes=1), "(a/b)′", "((a)/(b))'", r"\left(\frac{a}{b}\right)'"),
        (Script(Fraction(A, B), below=A), "(a/b)_a", "((a)/(b))_a", r"\left(\frac{a}{b}\right)_{a}"),
        (squared(Numeral("-3")), "(−3)²", "(-3)^2", r"\left(-3\right)^{2}"),
        (
            squared(Numeral("1.5", -7)),
            "(1.5 × 10⁻⁷)²",
            "(1.5 dot 10^(-7))^2",
            r"\left(1.5 \cdot 10^{-7}\right)^{2}",
        ),
        (squared(Numeral("1", 6)), "(10⁶)²", "(10^6)^2", r"\left(10^{6}\right)^{2}"),
        (squared(TWO), "2²", "2^2", "2^{2}"),
        (squared(squared(X)), "(x²)²", "(x^2)^2", r"\left(x^{2}\right)^{2}"),
        (squared(Root(TWO)), "(√2)²", "sqrt(2)^2", r"\sqrt{2}^{2}"),
        (squared(Root(SUM)), "(√(x + y))²", "sqrt(x + y)^2", r"\sqrt{x + y}^{2}"),
        (squared(SUM), "(x + y)²", "(x + y)^2", r"\left(x + y\right)^{2}"),
        (squared(Fenced(X, "bars")), "|x|²", "abs(x)^2", r"\left|x\right|^{2}"),
        (squared(row([Operator("ln"), Fenced(X)])), "ln(x)²", "ln(x)^2", r"\ln\left(x\right)^{2}"),
        (Hat(SUM), "(x + y)\u0302", "hat(x + y)", r"\hat{x + y}"),
        (Hat(Word("price")), "(price)\u0302", 'hat("price")', r"\hat{\mathrm{price}}"),
        (Hat(X), "x\u0302", "hat(x)", r"\hat{x}"),
        (Hat(Symbol("y")), "ŷ", "hat(y)", r"\hat{y}"),
        (
            Fraction(A, Numeral("4", -2)),
            "a/(4 × 10⁻²)",
            "(a)/(4 dot 10^(-2))",
            r"\frac{a}{4 \cdot 10^{-2}}",
        ),
    ],
)
def test_a_mark_belongs_to_the_whole_of_what_it_stands_on(
    node: Node, in_plain: str, in_typst: str, in_tex: str
) -> None:
    assert plain(node) == in_plain
    assert typst(node) == in_typst
    assert tex(node) == in_tex


@pytest.mark.parametrize("name", sorted(OPERATORS))
def test_every_writer_knows_the_same_functions(name: str) -> None:
    assert (typst(Operator(name)), tex(Operator(name)), plain(Operator(name))) == (name, f"\\{name}", name)


def test_digits_are_those_that_every_font_has() -> None:
    with pytest.raises(ValueError, match="no digits"):
        Numeral("٣")


def test_a_fraction_behind_a_factor_stands_in_brackets() -> None:
    """8 2/3 would be read as eight and two thirds."""
    assert str(parse("8*(2/3)*x")) == "8(2/3) x"
    assert str(parse("x*(1/2)")) == "x(1/2)"

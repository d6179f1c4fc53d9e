"""The small language of formulae in sentences: what it reads, and that what it does not is never passed on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdcore.notation import Numeral, Script, Symbol, name_node, plain, typst
from gdcore.notation.letters import Letters
from scenes.text.grammar import MathsError, read_maths


@pytest.mark.parametrize(
    ("text", "markup", "shown"),
    [
        ("w_1", "w_1", "w₁"),
        ("theta_12", "theta_(12)", "θ₁₂"),
        ("θ₁", "theta_1", "θ₁"),
        ("w_max", 'w_"max"', "w_max"),
        ("x_i^2", "x_i^2", "x_i²"),
        ("-3.5", "-3.5", "−3.5"),
        ("a - -3", "a - -3", "a − −3"),
        ("∂J/∂w", "partial J \\/ partial w", "∂J/∂w"),
        ("partial J/partial w", "partial J \\/ partial w", "∂J/∂w"),
        ("∇J ≈ 0", "nabla J approx 0", "∇J ≈ 0"),
        ("w <- w - alpha J'(w)", "w arrow.l w - alpha J' (w)", "w ← w − α J′(w)"),
        ("Σ (y_i - x_i)^2", "sum (y_i - x_i)^2", "Σ (y_i − x_i)²"),
        ("2/lambda", "2 \\/ lambda", "2/λ"),
        ("frac(1, 2) x", "(1)/(2) x", "(1/2) x"),
        ("sqrt(x + 1)", "sqrt(x + 1)", "√(x + 1)"),
        ("cbrt(x + 1) + ∛2", "root(3, x + 1) + root(3, 2)", "∛(x + 1) + ∛2"),
        ("hat(y) = m x + b", "hat(y) = m x + b", "ŷ = m x + b"),
        ("|1 - alpha lambda| <= 1", "abs(1 - alpha lambda) <= 1", "|1 − α λ| ≤ 1"),
        ("ln(x) × 10^{-3}", "ln(x) times 10^(-3)", "ln(x) × 10⁻³"),
        ("weight + b", '"weight" + b', "weight + b"),
    ],
)
def test_it_reads(text: str, markup: str, shown: str) -> None:
    node = read_maths(text)
    assert typst(node) == markup
    assert plain(node) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "#read(1)",
        r"\frac{1}{2}",
        "a &",
        "(x",
        "x)",
        "w_",
        "x^",
        "frac(1)",
        '"',
        "a @ b",
        "{w}",
        "$",
        "_1",
    ],
)
def test_what_is_no_formula_is_a_mistake_with_a_place(text: str) -> None:
    with pytest.raises(MathsError) as caught:
        read_maths(text)
    assert 1 <= caught.value.column <= len(text) + 1
    assert caught.value.found


def test_it_is_bounded() -> None:
    with pytest.raises(MathsError, match="300"):
        read_maths("x" * 301)
    with pytest.raises(MathsError, match="brackets"):
        read_maths("(" * 30 + "x" + ")" * 30)


@given(st.text(max_size=40))
def test_whatever_it_reads_becomes_letters_signs_and_quoted_words(text: str) -> None:
    """No character of Typst's own language leaves the reader outside a quoted word."""
    try:
        node = read_maths(text)
    except MathsError:
        return
    outside = "".join(part for i, part in enumerate(typst(node).replace('\\"', "").split('"')) if i % 2 == 0)
    assert not set(outside.replace("\\/", "")) & set("#$@`\\&;")


def test_places_are_filled_with_formulae_and_never_read_again() -> None:
    evil = name_node('x$#read("/etc/hostname")$')
    assert typst(read_maths("J({p})", {"p": evil})) == 'J ("x$#read(\\"/etc/hostname\\")$")'
    assert read_maths("{p}^2", {"p": name_node("w_1")}) == Script(Symbol("w"), Numeral("1"), Numeral("2"))


def test_our_letters_give_way_and_values_do_not() -> None:
    letters = Letters.beside(["J", "alpha", "k"])
    assert plain(read_maths("J({p}) = alpha k", {"p": Symbol("J")}, letters)) == "C(J) = η n"

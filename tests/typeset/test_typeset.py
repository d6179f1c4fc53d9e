"""Set text: outlines with the shipped fonts, colours as meanings, no markup from users."""

from __future__ import annotations

import numpy as np
import pytest

from gdcore.notation import Numeral
from scenes.text import Maths, Rich, Speech, Words, maths, words
from scenes.text.grammar import read_maths
from scenes.theme import Role
from scenes.typeset import Piece, font_files, missing_characters, typeset


def say(template: str) -> Rich:
    """A template of our own catalogue, filled."""
    return Speech("x", {"k": template}).say("k")


def formula(text: str) -> Rich:
    return maths(read_maths(text))


def numeral(digits: str) -> Rich:
    return maths(Numeral(digits))


def test_a_template_becomes_runs_and_reads_as_plain_text() -> None:
    text = say("At {point|$w = 6$} the slope is {slope|6}, so $6 - 0.1 dot 6 = 5.4$.")
    assert text.plain() == "At w = 6 the slope is 6, so 6 − 0.1 · 6 = 5.4."
    assert [run.role for run in text.runs] == [None, Role.POINT, None, Role.SLOPE, None, None, None]


def test_formulae_read_as_plain_text() -> None:
    assert maths(Numeral("4.75", -14)).plain() == "4.75 × 10⁻¹⁴"
    assert formula("alpha/2 <= lambda_1").plain() == "α/2 ≤ λ₁"


@pytest.mark.parametrize(
    "text", ["$#panic()$", '#read("secret")', '" + evil() + "', "a\\b", "{point|x}", "*b* _i_ @r"]
)
def test_words_are_never_markup(text: str) -> None:
    """Letters of a user's text are shown as they stand: each keeps the width it has alone."""
    together = typeset(words(text))
    assert together
    spread = typeset(Rich((Words(text),)), bold=False)
    assert together.width == spread.width
    assert len(together.pieces) == 1


def test_colours_come_back_as_roles() -> None:
    roles = {piece.role for piece in typeset(say("a {step|b} {good|$c$}")).pieces}
    assert roles == {None, Role.STEP, Role.GOOD}


def test_the_origin_is_the_baseline() -> None:
    left, bottom, right, top = typeset(words("H")).box
    assert bottom == pytest.approx(0.0, abs=0.01)
    assert 0.55 < top < 0.75
    assert 0 <= left < right
    assert typeset(words("p")).box[1] < -0.15
    # A tall formula in the line does not move the letters' baseline away from zero.
    tall = typeset(formula("H + frac(frac(x_i, 3), 2)"))
    assert tall.box[1] < -0.2
    assert tall.box[3] > 0.8


def among_words(number: str) -> Piece:
    """The outlines of a number that is set together with a word before it, from the number's own beginning on."""
    word = typeset(words("x")).width
    text = typeset(Rich((Words("x"), Maths(Numeral(number), Role.POINT))))
    (piece,) = (piece for piece in text.pieces if piece.role is Role.POINT)
    return Piece(None, piece.codes, piece.points - (word, 0.0))


@pytest.mark.parametrize("number", ["0", "12", "-3.75", "0.0075", "1770.77", "-190468"])
def test_a_number_put_together_is_the_number_set_at_once(number: str) -> None:
    together, at_once = typeset(numeral(number)), among_words(number)
    (piece,) = together.pieces
    assert np.array_equal(piece.codes, at_once.codes)
    assert piece.points == pytest.approx(at_once.points, abs=0.015 * len(number))
    displayed = typeset(numeral(number), display=True)  # numbers look the same where formulae are large
    assert together.width == pytest.approx(displayed.width, abs=0.015 * len(number))
    assert together.box == pytest.approx(displayed.box, abs=0.015 * len(number))


@pytest.mark.parametrize(
    ("number", "role"), [("0", None), ("7", None), ("12", Role.POINT), ("0.5", Role.GOOD)]
)
def test_a_number_looks_the_same_however_short_it_is_and_whatever_its_colour(
    number: str, role: Role | None
) -> None:
    (alone,) = typeset(maths(Numeral(number), role)).pieces
    assert np.array_equal(alone.codes, among_words(number).codes)


def test_changing_digits_stand_still() -> None:
    assert len({round(typeset(numeral(f"{n / 1000:.3f}")).width, 9) for n in range(1000, 10000, 7)}) == 1


@pytest.mark.parametrize("digits", ["0.0075", "-3.75", "1770.77"])
def test_a_decimal_comma_is_as_wide_as_a_point(digits: str) -> None:
    point, comma = (typeset(numeral(digits), decimal=mark) for mark in (".", ","))
    assert comma.width == pytest.approx(point.width, abs=1e-6)
    assert any(
        not np.array_equal(a.points, b.points) for a, b in zip(point.pieces, comma.pieces, strict=True)
    )


def test_fraction_bars_scale_with_the_text() -> None:
    """A bar is a filled shape in em, not a stroke of fixed width."""
    points = np.concatenate([p.points for p in typeset(formula("frac(a, b)")).pieces])
    assert np.isfinite(points).all()
    assert np.ptp(points[:, 0]) < 1.0


def test_long_text_breaks_at_the_width() -> None:
    text = words("a long caption that surely needs more than a single line to be shown")
    one, two = typeset(text), typeset(text, wrap=15.0)
    assert two.box[2] <= 15.0 < one.box[2]
    assert two.box[1] < one.box[1] - 1.0


def test_digits_are_tabular() -> None:
    widths = [typeset(numeral(f"0{d}0")).width for d in range(10)]
    assert max(widths) - min(widths) < 0.02  # under half a pixel in a film of 1080 lines


def test_the_family_covers_latin_greek_and_cyrillic() -> None:
    assert all(path.is_file() for path in font_files())
    assert missing_characters("Größe façade Łódź σκληρός Привет − × · ← ∂ ≤") == ()
    assert missing_characters("下降 slope 下") == ("下", "降")

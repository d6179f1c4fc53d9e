"""Set text: outlines with the shipped fonts, colours as meanings, no markup from users."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.richtext import Rich, Words, maths, say, words
from scenes.theme import Role
from scenes.typeset import font_files, missing_characters, typeset


def test_a_template_becomes_runs_and_reads_as_plain_text() -> None:
    text = say("At {point|$w = 6$} the slope is {slope|6}, so $6 - 0.1 dot 6 = 5.4$.")
    assert text.plain() == "At w = 6 the slope is 6, so 6 − 0.1 · 6 = 5.4."
    assert [run.role for run in text.runs] == [None, Role.POINT, None, Role.SLOPE, None, None, None]


def test_formulae_read_as_plain_text() -> None:
    assert maths("4.75 dot 10^(-14)").plain() == "4.75 × 10⁻¹⁴"
    assert maths("alpha slash 2 <= lambda_(1)").plain() == "α/2 ≤ λ_1"


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
    tall = typeset(maths("H + (display(sum_(i=1)^n x_i)) / 2"))
    assert tall.box[1] < -0.2
    assert tall.box[3] > 0.8


@pytest.mark.parametrize("number", ["0", "12", "-3.75", "0.0075", "1770.77", "-190468"])
def test_a_number_put_together_is_the_number_set_at_once(number: str) -> None:
    together = typeset(maths(number))
    at_once = typeset(maths(number), display=True)  # numbers look the same in a displayed formula
    assert together.width == pytest.approx(at_once.width, abs=0.015 * len(number))
    assert together.box == pytest.approx(at_once.box, abs=0.015 * len(number))
    for ours, theirs in zip(together.pieces, at_once.pieces, strict=True):
        assert np.array_equal(ours.codes, theirs.codes)
        assert ours.points == pytest.approx(theirs.points, abs=0.015 * len(number))


def test_changing_digits_stand_still() -> None:
    assert len({round(typeset(maths(f"{n / 1000:.3f}")).width, 9) for n in range(1000, 10000, 7)}) == 1


def test_fraction_bars_scale_with_the_text() -> None:
    """A bar is a filled shape in em, not a stroke of fixed width."""
    points = np.concatenate([p.points for p in typeset(maths("(a) / (b)")).pieces])
    assert np.isfinite(points).all()
    assert np.ptp(points[:, 0]) < 1.0


def test_long_text_breaks_at_the_width() -> None:
    text = words("a long caption that surely needs more than a single line to be shown")
    one, two = typeset(text), typeset(text, wrap=15.0)
    assert two.box[2] <= 15.0 < one.box[2]
    assert two.box[1] < one.box[1] - 1.0


def test_digits_are_tabular() -> None:
    widths = [typeset(maths(f"0{d}0")).width for d in range(10)]
    assert max(widths) - min(widths) < 0.02  # under half a pixel in a film of 1080 lines


def test_the_family_covers_latin_greek_and_cyrillic() -> None:
    assert all(path.is_file() for path in font_files())
    assert missing_characters("Größe façade Łódź σκληρός Привет − × · ← ∂ ≤") == ()
    assert missing_characters("下降 slope 下") == ("下", "降")

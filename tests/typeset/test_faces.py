"""Letters that our fonts have not: taken from a font of the lecture, or refused; marks stand over their letters."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable

from gdcore.base.errors import GdError
from gdcore.notation import Face, Word
from scenes.text import Rich, Words, maths, speech, words
from scenes.typeset import Outline, read_face, typeset
from scenes.typeset.coverage import unshown
from tests.fonts import made_font

SIDE = 0.8


@pytest.fixture
def face(tmp_path: Path) -> Face:
    return read_face(made_font(tmp_path / "blocks.ttf", "梯下降سन😀"))


def size_of(outline: Outline) -> tuple[float, float]:
    left, bottom, right, top = outline.box
    return round(right - left, 3), round(top - bottom, 3)


def in_face(text: str, face: Face | None) -> Rich:
    return words(text).lettered(face)


@pytest.mark.parametrize("bold", [False, True])
def test_a_letter_that_ours_have_not_is_taken_from_the_face(face: Face, bold: bool) -> None:
    """Also in bold, of which the face has none."""
    outline = typeset(in_face("梯", face), bold=bold)
    assert size_of(outline) == (SIDE, SIDE)
    assert outline.width == pytest.approx(1.0, abs=1e-3)


def test_all_other_letters_stay_ours(face: Face) -> None:
    (mixed,) = typeset(in_face("slope ∇ 梯", face)).pieces
    (ours,) = typeset(words("slope ∇")).pieces
    assert np.array_equal(mixed.codes[: len(ours.codes)], ours.codes)
    assert mixed.points[: len(ours.codes)] == pytest.approx(ours.points, abs=1e-9)


def test_names_in_formulae_have_the_face(face: Face) -> None:
    said = speech("en", ["梯"], face)
    with pytest.raises(GdError, match="梯"):
        typeset(maths(Word("梯")))
    for content in (
        maths(said.name("梯")),
        said.say("report.formula.slope", p=Word("梯")),
        maths(said.formula("J({p})/2", p=Word("梯"))),
        maths(said.lettered(Word("梯"))),
    ):
        heights = [piece.points[:, 1].max() - piece.points[:, 1].min() for piece in typeset(content).pieces]
        assert max(heights) >= SIDE - 1e-3


def test_each_text_has_its_own_face_whichever_came_first(tmp_path: Path) -> None:
    fonts = [made_font(tmp_path / f"{side}.ttf", "梯", side=side) for side in (500, 700, 900)]
    faces = [read_face(font) for font in fonts]
    for _ in range(2):
        sizes = [size_of(typeset(in_face("梯", face)))[0] for face in faces]
        assert sizes == [0.5, 0.7, 0.9]


def test_a_font_that_is_no_longer_the_same_is_told(tmp_path: Path) -> None:
    font = made_font(tmp_path / "blocks.ttf", "梯")
    with pytest.raises(GdError, match=r"blocks\.ttf is no longer the one"):
        typeset(in_face("梯", Face(font, "0" * 64)))
    with pytest.raises(GdError, match=r"none\.ttf can no longer be read"):
        typeset(in_face("梯", Face(tmp_path / "none.ttf", "0" * 64)))


@pytest.mark.parametrize("text", ["梯", "😀", "a\u200bb", "a\x07b", "س", "न", "ລ", "\ue000"])
def test_no_letter_disappears(text: str) -> None:
    """Those of scripts whose letters join are not set apart from one another either."""
    assert unshown(text) == tuple(letter for letter in text if letter not in "ab")
    with pytest.raises(GdError, match=r"no font has .*U\+"):
        typeset(words(text))


@pytest.mark.parametrize(
    "text", ["∇J → min", "ℝ ∛ ≤ ‖x‖ ⟨x⟩ 𝔼", "x̂ ẋ ĝ v⃗ θ̂", "e\u0301 é", "a\nb", "אב", "w², x₁ ⅓"]
)
def test_signs_of_mathematics_and_marks_are_shown(text: str) -> None:
    assert unshown(text) == ()
    assert typeset(words(text))


def test_a_face_shows_what_it_has(tmp_path: Path) -> None:
    letters = "梯下س\u0640न😀\ue000"
    face = read_face(made_font(tmp_path / "f.ttf", letters, empty="空", coloured="🎨"))
    assert unshown(letters + "空🎨降", face) == ("空", "🎨", "降")
    assert unshown("س\u200cس \u200eس", face) == ()  # what joins and turns letters needs no glyph


@pytest.mark.parametrize("letter", ["x", "X", "θ", "β", "λ", "Σ", "д"])
@pytest.mark.parametrize("mark", ["\u0302", "\u0304", "\u0307"])
def test_a_mark_stands_over_the_middle_of_its_letter(letter: str, mark: str) -> None:
    (alone,), (marked,) = typeset(words(letter)).pieces, typeset(words(letter + mark)).pieces
    assert len(marked.codes) > len(alone.codes)
    over = marked.points[marked.points[:, 1] > alone.points[:, 1].max() + 1e-6]
    ends = over[:, 0].min(), over[:, 0].max()
    middle = (alone.points[:, 0].min() + alone.points[:, 0].max()) / 2
    assert sum(ends) / 2 == pytest.approx(middle, abs=0.06)
    assert typeset(words(letter + mark)).width == pytest.approx(typeset(words(letter)).width, abs=1e-3)


def test_one_letter_however_it_is_spelled() -> None:
    for one, other in (("é", "e\u0301"), ("ŷ", "y\u0302")):
        assert typeset(words(one)).width == typeset(words(other)).width
        assert typeset(words(one)).box == pytest.approx(typeset(words(other)).box, abs=0.02)


def test_letters_that_are_written_leftwards_stand_so() -> None:
    wide, narrow = typeset(words("ש")), typeset(words("ו"))
    (together,) = typeset(words("שו.")).pieces
    first = slice(-len(wide.pieces[0].codes), None)  # set from left to right: the full stop, ו, and ש last
    assert np.array_equal(together.codes[first], wide.pieces[0].codes)
    assert together.points[first, 0].min() > narrow.width
    assert typeset(words("שו.")).width > wide.width + narrow.width
    assert Words("x") == Words("x", None, None)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "no font"),
        (b"hello " * 100, "no font"),
        (b"wOF2" + bytes(100), "WOFF"),
        (b"\x00\x01\x00\x00" + bytes(8), "no font"),
        (b"ttcf" + bytes(60), "no font"),
    ],
)
def test_what_is_no_font_is_told(tmp_path: Path, data: bytes, found: str) -> None:
    file = tmp_path / "f.ttf"
    file.write_bytes(data)
    with pytest.raises(GdError) as caught:
        read_face(file)
    assert found in caught.value.found
    assert "TTF, OTF or TTC" in caught.value.allowed
    assert caught.value.mend


def test_a_font_of_pictures_alone_is_told(tmp_path: Path) -> None:
    file = made_font(tmp_path / "f.ttf", "😀")
    with TTFont(file) as font:
        del font["glyf"], font["loca"]
        font["CBDT"] = DefaultTable("CBDT")
        font["CBDT"].data = bytes(8)
        font.save(file)
    with pytest.raises(GdError, match="pictures, without outlines") as caught:
        read_face(file)
    assert "in one colour" in caught.value.mend


def test_a_font_that_names_letters_without_end_is_told(tmp_path: Path) -> None:
    """Its readers would go through them until the memory is full."""
    file = made_font(tmp_path / "f.ttf", "😀梯")
    data = bytearray(file.read_bytes())
    at = data.index(struct.pack(">II", 0x68AF, 0x68AF))  # a range of letters: from 梯 to 梯
    data[at + 4 : at + 8] = b"\xff\xff\xff\xff"
    file.write_bytes(data)
    with pytest.raises(GdError, match="no font, or a broken one"):
        read_face(file)


def test_a_broken_font_is_told_and_ends_nothing(tmp_path: Path) -> None:
    """Cut off or spoilt anywhere, it is refused, or read and used as far as it goes."""
    whole = made_font(tmp_path / "f.ttf", "梯下").read_bytes()
    rng = np.random.default_rng(1)
    for round_ in range(60):
        spoilt = bytearray(whole)
        for place in rng.integers(0, len(whole), 8):
            spoilt[place] = int(rng.integers(0, 256))
        file = tmp_path / f"{round_}.ttf"
        file.write_bytes(spoilt if round_ % 2 else whole[: int(rng.integers(0, len(whole)))])
        try:
            face = read_face(file)
            if not unshown("梯", face):
                typeset(in_face("梯", face))
        except GdError:
            continue

"""A font of the lecture: what it has is shown, what it has not is refused, and its bytes count."""

from __future__ import annotations

import pytest

from tests.fonts import made_font

LECTURE = 'title: 梯度 J\nfont: %s\nproblem: {formula: "(w-3)^2 + 2"}\nruns: {下: {rate: 0.1, steps: 5, start: 6}}\n'


@pytest.fixture
def font(folder):
    return made_font(folder / "blocks.ttf", "梯度下")


def test_what_it_has_is_read(read, font):
    lecture = read(LECTURE % "blocks.ttf")
    assert lecture.face is not None
    assert lecture.face.file == font.resolve()
    assert lecture.title == "梯度 J"
    assert read((LECTURE % "blocks.ttf").replace("title: 梯度 J\n", ""), "梯_度 空.yaml").title == "梯 度"


def test_a_font_in_a_folder_below_is_read(read, folder):
    (folder / "fonts").mkdir()
    made_font(folder / "fonts/blocks.ttf", "梯度下")
    assert read(LECTURE % "fonts/blocks.ttf").face is not None


def test_what_it_has_not_is_refused(the_fault, font):
    fault = the_fault(f"author: ¦降\n{LECTURE % 'blocks.ttf'}")
    assert "降 (U+964D)" in fault.found
    assert "the outlines that blocks.ttf has" in fault.allowed
    assert "another font" in fault.mend


def test_a_coloured_picture_is_refused(the_fault, folder):
    made_font(folder / "blocks.ttf", "梯度下", coloured="🎨")
    fault = the_fault(f"author: ¦🎨\n{LECTURE % 'blocks.ttf'}")
    assert "🎨 (U+1F3A8)" in fault.found
    assert "outlines" in fault.allowed
    assert "in one colour" in fault.mend


def test_only_the_font_is_named_where_it_cannot_be_read(the_fault, folder):
    made_font(folder / "block.ttf", "梯")
    fault = the_fault(f"font: ¦blocks.ttf\n{LECTURE.replace('font: %s', 'author: 降')}")
    assert fault.mend == "did you mean block.ttf?"


def test_the_fonts_there_are_are_named(the_fault, folder):
    made_font(folder / "other.ttf", "梯")
    fault = the_fault(f"font: ¦zzzzzzzz.otf\n{LECTURE.replace('font: %s', 'author: A')}")
    assert fault.mend == "the fonts there are: other.ttf"


def test_its_bytes_are_part_of_the_digest(read, folder, font):
    first = read(LECTURE % "blocks.ttf")
    made_font(folder / "blocks.ttf", "梯度下", side=700)
    second = read(LECTURE % "blocks.ttf")
    assert first.digest != second.digest
    assert first.face != second.face

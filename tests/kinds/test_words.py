"""What is written into pictures: a lecture's own words as they stand, our words from the catalogue, numbers told apart."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from scenes.draw.cairo_pen import CairoPen
from scenes.draw.recording_pen import Mark, RecordingPen
from scenes.kinds import kinds
from scenes.layout import Frame
from scenes.storyboard import Story
from scenes.theme import DARK
from scenes.widgets.picture import picture_of
from tests.lectures import first_of, written
from tests.painted import FORMATS, trouble

DATA = "a,b\n1,10\n2,20\n3,23\n4,41\n"
WIDE = Frame.of_pixels(1920, 1080)
ODD = """
title: T
problem:
  data: data.csv
  x: a
  y: b
  parameters: [w_max, alpha]
  labels: {a: 'Size $x^2$ #1 *big*', b: 'co$t_x [€] \\ "net"'}
  note: 'Not *real* #data, $5 each.'
runs: {r: {rate: 0.05, start: [1, 2], steps: 30}}
scenes: [{kind: regression, run: r, title: 'A #title of *mine*: $J$'}, {kind: surface, run: r}]
"""
FAR = """
title: T
problem: {formula: "(w-10000010)^2 + 50000000"}
runs:
  calm: {rate: 0.1, start: 10000014, steps: 20}
  wild: {rate: 1.1, start: 10000014, steps: 20}
scenes: [{kind: tangent, run: calm, derivative: true}, {kind: overshoot, run: wild}]
"""
OURS = """
title: T
problem: {formula: "(J-1)^2 + 3*(alpha-2)^2 + (k-1)^2"}
runs:
  a: {rate: 0.1, start: [5, 5, 5], steps: 20}
  b: {rate: 0.2, start: [5, 5, 5], steps: 20}
scenes: [{kind: learning-rates}]
"""


def texts(told: Story, beat: str, frame: Frame = WIDE, decimal: str = ".") -> list[Mark]:
    pen = RecordingPen(frame, decimal=decimal)
    picture_of(told, frame).paint(pen, told.beat(beat).end - 1e-3)
    return pen.texts()


def test_a_lectures_words_are_shown_as_they_stand(tmp_path: Path) -> None:
    told, _ = written(tmp_path, ODD, data=DATA)[1]
    shown = [mark.text for mark in texts(told, "data")]
    assert "A #title of *mine*: $J$" in shown
    assert "Size $x^2$ #1 *big*" in shown
    assert 'co$t_x [€] \\ "net"' in shown
    assert "Not *real* #data, $5 each." in shown


def test_names_are_spelled_alike_wherever_they_stand(tmp_path: Path) -> None:
    regression, surface = written(tmp_path, ODD, data=DATA)[1]
    assert {"w_max", "α"} <= {mark.text for mark in texts(regression, "end")}
    shown = {mark.text for mark in texts(surface, "rule")}
    assert {"w_max", "α", "J(w_max, α)"} <= shown
    assert any(text.startswith("α ← α − η") for text in shown), (
        "our own rate gives way to a parameter's letter"
    )


def test_our_letters_give_way_to_the_users(tmp_path: Path) -> None:
    (told,) = written(tmp_path, OURS)[1]
    shown = {mark.text for mark in texts(told, "strip")}
    assert "η = 0.1" in shown
    assert "C" in shown, "the objective at the axis"
    assert "n" in shown, "the steps at the axis"
    assert not {text for text in shown if "J" in text or "α" in text}


@pytest.mark.parametrize("kind", kinds())
def test_another_decimal_mark_moves_nothing(kind: str) -> None:
    told = first_of(kind)
    usual, other = texts(told, told.beats[-1].id), texts(told, told.beats[-1].id, decimal=",")
    assert len(usual) == len(other)
    for one, two in zip(usual, other, strict=True):
        type_size = max(0.25, one.box.height)
        ends = (one.box.left, one.box.right), (two.box.left, two.box.right)
        assert ends[0] == pytest.approx(ends[1], abs=0.04 * type_size)
        hangs = 0.16 * type_size
        assert one.box.centre == pytest.approx(two.box.centre, abs=hangs), "a comma hangs below the line"
    numbers = [
        mark.text for mark in usual if re.search(r"\d\.\d", mark.text) and mark.text != told.title.plain()
    ]
    assert numbers
    wanted = {re.sub(r"(?<=\d)\.(?=\d)", ",", number) for number in numbers}
    assert wanted <= {mark.text for mark in other}


def test_a_film_has_the_decimal_mark_of_its_lecture() -> None:
    told = first_of("tangent")
    pictures = []
    for decimal in (".", ","):
        pixels = np.zeros((360, 640, 4), dtype=np.uint8)
        pen = CairoPen(pixels, DARK, decimal)
        picture_of(told, Frame.of_pixels(640, 360)).paint(pen, told.seconds)
        pen.finish()
        pictures.append(pixels.copy())
    assert (pictures[0] != pictures[1]).any()


@pytest.mark.parametrize("shape", FORMATS)
def test_axes_far_from_zero_have_short_numbers_and_say_what_they_lack(shape: str, tmp_path: Path) -> None:
    frame = Frame.of_pixels(*FORMATS[shape])
    for told in written(tmp_path, FAR)[1]:
        for beat in told.beats:
            assert not trouble(picture_of(told, frame), beat.end - 1e-3), beat.id
        shown = [mark.text for mark in texts(told, told.beats[1].id, frame)]
        assert any(re.fullmatch(r"w = 100000\d\d \+ …", text) for text in shown)
        assert any(re.fullmatch(r"J\(w\) = 5000000\d \+ …", text) for text in shown)

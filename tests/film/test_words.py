"""What is written into pictures: a lecture's own words as they stand, our words from the catalogue, numbers told apart."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from gdcore.notation import plain
from scenes.draw.cairo_pen import CairoPen
from scenes.draw.recording_pen import Mark, RecordingPen
from scenes.kinds import kinds
from scenes.kinds.tangent.story import TangentStory
from scenes.layout import Frame
from scenes.lecture.read import read_lecture
from scenes.lecture.study import study
from scenes.storyboard import Story, tell
from scenes.text import signed
from scenes.theme import DARK, Role
from scenes.widgets.picture import picture_of

from .gallery import first_of

FORMATS = {"16:9": (1920, 1080), "9:16": (1080, 1920), "1:1": (1080, 1080)}
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


def stories(text: str, folder: Path) -> list[Story]:
    (folder / "data.csv").write_text("a,b\n1,10\n2,20\n3,23\n4,41\n")
    path = folder / "lecture.yaml"
    path.write_text(text, encoding="utf-8")
    worked_out = study(read_lecture(path))
    return [tell(worked_out, scene) for scene in worked_out.lecture.scenes]


def texts(told: Story, beat: str, frame: Frame = WIDE, decimal: str = ".") -> list[Mark]:
    pen = RecordingPen(frame, decimal=decimal)
    picture_of(told, frame).paint(pen, told.beat(beat).end - 1e-3)
    return pen.texts()


def test_a_lectures_words_are_shown_as_they_stand(tmp_path: Path) -> None:
    told, _ = stories(ODD, tmp_path)
    shown = [mark.text for mark in texts(told, "data")]
    assert "A #title of *mine*: $J$" in shown
    assert "Size $x^2$ #1 *big*" in shown
    assert 'co$t_x [€] \\ "net"' in shown
    assert "Not *real* #data, $5 each." in shown


def test_names_are_spelled_alike_wherever_they_stand(tmp_path: Path) -> None:
    regression, surface = stories(ODD, tmp_path)
    assert {"w_max", "α"} <= {mark.text for mark in texts(regression, "end")}
    shown = {mark.text for mark in texts(surface, "rule")}
    assert {"w_max", "α", "J(w_max, α)"} <= shown
    assert any(text.startswith("α ← α − η") for text in shown), (
        "our own rate gives way to a parameter's letter"
    )


def test_our_letters_give_way_to_the_users(tmp_path: Path) -> None:
    (told,) = stories(OURS, tmp_path)
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
        assert (one.box.left, one.box.right) == pytest.approx((two.box.left, two.box.right), abs=0.01)
        assert one.box.centre == pytest.approx(two.box.centre, abs=0.03), "a comma hangs below the line"
    numbers = [mark.text for mark in usual if re.fullmatch(r"−?\d+\.\d+", mark.text)]
    assert numbers
    assert {number.replace(".", ",") for number in numbers} <= {mark.text for mark in other}


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
    for told in stories(FAR, tmp_path):
        for beat in told.beats:
            pen = RecordingPen(frame)
            picture_of(told, frame).paint(pen, beat.end - 1e-3)
            assert not [(a.text, b.kind, b.text) for a, b in pen.collisions()], beat.id
            assert not [mark.text for mark in pen.outside()], beat.id
        shown = [mark.text for mark in texts(told, told.beats[1].id, frame)]
        assert any(re.fullmatch(r"w = 100000\d\d \+ …", text) for text in shown)
        assert any(re.fullmatch(r"J\(w\) = 5000000\d \+ …", text) for text in shown)


def test_the_step_is_spelled_out_in_the_storys_numbers() -> None:
    told = first_of("tangent")
    assert isinstance(told, TangentStory)
    for k, step in enumerate(told.spelled, 1):
        shown = [mark.text for mark in texts(told, f"step-{k}")]
        assert {plain(part) for part in (step.old, step.rate, signed(step.slope), step.new)} <= set(shown)


def test_a_readout_never_shows_numbers_between_two_rows() -> None:
    told = first_of("tangent")
    assert isinstance(told, TangentStory)
    number = re.compile(rf"\d+\.\d{{{told.w_format.decimals}}}")  # as in the readout, not in a sum below it
    known = {plain(told.w_format(float(w))) for w in told.w}
    begin, end = told.beat("start").end, told.seconds
    for seconds in np.linspace(begin, end, 60):
        pen = RecordingPen(WIDE)
        picture = picture_of(told, WIDE)
        assert picture.zones.readout is not None
        picture.paint(pen, float(seconds))
        shown = [
            mark.text
            for mark in pen.marks
            if mark.role is Role.POINT
            and picture.zones.readout.grown(0.1).holds(mark.box)
            and number.fullmatch(mark.text)
        ]
        assert shown, seconds
        assert set(shown) <= known

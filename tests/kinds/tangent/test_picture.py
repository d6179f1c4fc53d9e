"""The scene `tangent`: the point stands where the core says, and its numbers are those of the story."""

from __future__ import annotations

import re

import numpy as np
import pytest

from gdcore.notation import plain
from scenes.kinds.tangent.story.tangent import TangentStory
from scenes.layout import Frame
from scenes.text import signed
from scenes.theme import Role
from scenes.widgets.picture import picture_of
from tests.lectures import first_of
from tests.painted import discs, painted

WIDE = Frame.of_pixels(1920, 1080)


def test_the_tangents_point_is_where_the_core_says() -> None:
    told = first_of("tangent")
    frame = Frame.of_pixels(1920, 1080)
    picture = picture_of(told, frame)
    for beat in told.beats[1:]:
        wanted = picture.plot.at(told.w[beat.row], told.loss[beat.row])
        (point,) = discs(picture, beat.end - 1e-3)
        assert point == pytest.approx(wanted, abs=1e-9)


def test_the_step_is_spelled_out_in_the_storys_numbers() -> None:
    told = first_of("tangent")
    assert isinstance(told, TangentStory)
    for k, step in enumerate(told.spelled, 1):
        pen = painted(picture_of(told, WIDE), told.beat(f"step-{k}").end - 1e-3)
        shown = [mark.text for mark in pen.texts()]
        assert {plain(part) for part in (step.old, step.rate, signed(step.slope), step.new)} <= set(shown)


def test_a_readout_never_shows_numbers_between_two_rows() -> None:
    told = first_of("tangent")
    assert isinstance(told, TangentStory)
    number = re.compile(rf"\d+\.\d{{{told.w_format.decimals}}}")  # as in the readout, not in a sum below it
    known = {plain(told.w_format(float(w))) for w in told.w}
    begin, end = told.beat("start").end, told.seconds
    picture = picture_of(told, WIDE)
    assert picture.zones.readout is not None
    for seconds in np.linspace(begin, end, 60):
        pen = painted(picture, float(seconds))
        shown = [
            mark.text
            for mark in pen.marks
            if mark.role is Role.POINT
            and picture.zones.readout.grown(0.1).holds(mark.box)
            and number.fullmatch(mark.text)
        ]
        assert shown, seconds
        assert set(shown) <= known

"""The scene `tangent`: the point stands where the core says, and its numbers are those of the story."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from gdcore.notation import plain
from scenes.kinds.tangent.story.tangent import TangentStory
from scenes.layout import Frame
from scenes.text import signed
from scenes.theme import Role
from scenes.widgets.picture import Picture, picture_of
from tests.lectures import first_of, story
from tests.painted import painted

WIDE = Frame.of_pixels(1920, 1080)


def shining(picture: Picture[Any], seconds: float) -> list[tuple[float, float]]:
    """Where light falls: around the point, its place on the axis, and a place to come."""
    marks = painted(picture, seconds).marks
    return [mark.box.centre for mark in marks if mark.kind == "glow" and mark.role is Role.POINT]


def test_the_tangents_point_is_where_the_core_says() -> None:
    told = first_of("tangent")
    picture = picture_of(told, WIDE)
    for beat in told.beats:
        wanted = picture.plot.at(told.w[beat.row], told.loss[beat.row])
        shown = shining(picture, beat.end - 1e-3)
        assert any(place == pytest.approx(tuple(wanted), abs=1e-9) for place in shown), beat.id


def test_the_point_rests_on_rows_of_the_run_only() -> None:
    """On a jump it is above the curve, never on it, and neither rule nor names tell of the place to come."""
    told = first_of("tangent")
    assert isinstance(told, TangentStory)
    picture = picture_of(told, WIDE)
    for seconds in np.arange(0.0, told.seconds, 0.1):
        at = told.moment(float(seconds))
        if 0 < at.hop < 1e-3:
            continue  # it has hardly left
        shown = shining(picture, float(seconds))
        place = tuple(picture.plot.at(told.w[at.landed], told.loss[at.landed]))
        assert (at.hop > 0) != any(each == pytest.approx(place, abs=1e-9) for each in shown), seconds


def test_the_step_is_spelled_out_in_the_storys_numbers() -> None:
    told = first_of("tangent")
    assert isinstance(told, TangentStory)
    for k, step in enumerate(told.spelled, 1):
        pen = painted(picture_of(told, WIDE), told.beat(f"step-{k}").end - 1e-3)
        shown = [mark.text for mark in pen.texts()]
        assert {plain(part) for part in (step.old, step.rate, signed(step.slope), step.new)} <= set(shown)


def test_no_number_is_told_before_the_point_has_landed_there() -> None:
    for name in ("intuition/from-the-right", "intuition/from-the-left"):
        told = story(name)
        assert isinstance(told, TangentStory)
        picture = picture_of(told, WIDE)
        new = {row: plain(step.new) for row, step in told.written.items()}
        for seconds in np.arange(0.0, told.seconds, 0.2):
            landed = told.moment(float(seconds)).landed
            shown = {mark.text for mark in painted(picture, float(seconds)).texts()}
            known = {plain(step.old) for row, step in told.written.items() if row <= landed + 1}
            known |= {number for row, number in new.items() if row <= landed}
            for row, number in new.items():
                if row > landed and number not in known:
                    assert number not in shown, (seconds, row)


def test_rule_and_counter_speak_of_the_step_that_is_seen() -> None:
    told = first_of("tangent")
    assert isinstance(told, TangentStory)
    picture = picture_of(told, WIDE)
    for beat in told.beats:
        if beat.row not in told.written or beat.row == 0:
            continue
        shown = {mark.text for mark in painted(picture, beat.end - 1e-3).texts()}
        assert plain(told.written[beat.row].new) in shown, beat.id
        assert f"step {told.steps[beat.row]}" in shown, beat.id


def test_nothing_is_called_a_minimum_before_the_end() -> None:
    told = first_of("tangent")
    picture = picture_of(told, WIDE)
    last = told.beat("place")
    for seconds in np.arange(0.0, last.start, 0.4):
        pen = painted(picture, float(seconds))
        assert not any(mark.role is Role.GOOD for mark in pen.marks), seconds
    assert any(mark.role is Role.GOOD for mark in painted(picture, last.end - 1e-3).marks)


def test_the_slope_triangle_closes_and_has_the_slope_of_its_row() -> None:
    for name in ("intuition/from-the-right", "intuition/from-the-left"):
        told = story(name)
        assert isinstance(told, TangentStory)
        picture = picture_of(told, WIDE)
        for row in range(len(told.spans)):
            far, corner, top = picture.shapes.triangle(row)
            assert far[1] == pytest.approx(corner[1])
            assert corner[0] == pytest.approx(top[0])
            line = np.vstack(picture.shapes.tangent(row))
            along = np.array(top) - np.array(far)
            for end in line:
                away = end - np.array(far)
                assert along[0] * away[1] - along[1] * away[0] == pytest.approx(0.0, abs=1e-6)
            assert line[:, 0].min() - 1e-6 <= far[0] <= line[:, 0].max() + 1e-6, (
                "the tangent is its longest side"
            )

"""What is drawn stands out from what lies beneath at that moment, or is parted from it; and everybody tells it apart."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest

from scenes.audience.light import contrasts
from scenes.audience.observing_pen import Observed, ObservingPen
from scenes.audience.rules.contrast import judge_contrast
from scenes.audience.rules.roles import judge_roles
from scenes.draw.cairo_pen import CairoPen
from scenes.draw.pen import Pen
from scenes.layout import Box
from scenes.text import words
from scenes.theme import DARK, LIGHT, SECOND_SIGN, Role, Theme, contrast
from scenes.widgets.marks import draw_arrow, draw_cased, draw_minimum, draw_point
from tests.stories import beat, story_of

LINE = np.array([[-5.0, 1.0], [5.0, 1.0]])
BRIGHT = np.array([[-6.0, -3.0], [6.0, -3.0], [6.0, 3.0], [-6.0, 3.0]])


def pen_on(theme: Theme = DARK) -> ObservingPen:
    pen = ObservingPen(np.zeros((480, 854, 4), dtype=np.uint8), theme)
    pen.backdrop(None, lambda: None)
    return pen


def found_in(pen: ObservingPen) -> list[str]:
    told = story_of(beat("a", "words", 3.0))
    return [found.found for found in judge_contrast(told, [(told.beats[0], 2.0, pen.observed)])]


def test_contrast_is_that_of_two_colours() -> None:
    one, other = DARK.colours[Role.POINT], DARK.colours[Role.BACKGROUND]
    ground = np.array([[round(255 * c) for c in other]], dtype=np.uint8)
    assert float(contrasts(one, 1.0, ground)[0]) == pytest.approx(contrast(one, other), rel=0.02)
    assert float(contrasts(one, 0.0, ground)[0]) == 1.0


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_marks_on_the_bare_stage_stand_out(theme: Theme) -> None:
    pen = pen_on(theme)
    for i, role in enumerate((Role.OBJECTIVE, Role.POINT, Role.SLOPE, Role.STEP, Role.GOOD, Role.TROUBLE)):
        pen.stroke(LINE - (0, 0.3 * i), role)
        pen.text(words(role.value), (0, 2 + 0.3 * i), 0.25, role=role)
    assert not found_in(pen)
    assert len(pen.observed) == 12


def test_a_mark_that_lies_on_its_like_in_brightness_is_found_and_a_casing_mends_it() -> None:
    pen = pen_on()
    pen.area(BRIGHT, Role.SLOPE)
    pen.stroke(LINE, Role.POINT)
    (found,) = found_in(pen)
    assert found.startswith("a stroke (point) with a contrast of 1.")
    pen = pen_on()
    pen.area(BRIGHT, Role.SLOPE)
    draw_cased(pen, LINE, Role.POINT)
    assert not found_in(pen)


@pytest.mark.parametrize("rows", np.linspace(0.0, 0.95, 20))
def test_a_mark_that_begins_on_its_like_goes_on(rows: float) -> None:
    """A tick on its axis, wherever between two rows of pixels that lies: its blurred edge is no ground."""
    pen, y = pen_on(), -2.0 + rows / 60
    pen.stroke(np.array([[-5.0, y], [5.0, y]]), Role.AXIS, 0.022)
    pen.stroke(np.array([[0.0, y], [0.0, y - 0.08]]), Role.AXIS, 0.018)
    assert not found_in(pen)


def test_a_faint_mark_of_the_same_colour_is_ground() -> None:
    pen = pen_on()
    pen.stroke(LINE, Role.POINT, 0.5, 0.7)
    pen.stroke(LINE, Role.POINT)
    assert len(found_in(pen)) == 1


def test_marks_that_pictures_share_stand_out_on_anything() -> None:
    pen = pen_on()
    pen.area(BRIGHT, Role.SLOPE)
    draw_point(pen, (0.0, 0.0))
    draw_minimum(pen, (2.0, 0.0), 1.0)
    draw_arrow(pen, (-3.0, 0.0), (-1.0, 1.0), Role.STEP)
    assert not found_in(pen)
    assert {mark.kind for mark in pen.observed} == {"disc", "arrow"}


def test_text_on_something_bright_is_found_and_a_halo_or_a_backing_mends_it() -> None:
    for more, count in (({}, 1), ({"halo": 0.05}, 0), ({"backed": 1.0}, 0)):
        pen = pen_on()
        pen.area(BRIGHT, Role.SLOPE)
        pen.text(words("lost"), (0.0, 0.0), 0.3, role=Role.INK, **more)
        assert len(found_in(pen)) == count, more


def test_text_is_not_painted_so_that_it_does_not_lie_on_itself() -> None:
    pen = pen_on()
    pen.text(words("there"), (0.0, 0.0), 1.0)
    pen.finish()
    assert len(np.unique(pen.pixels.reshape(-1, 4), axis=0)) == 1


def test_all_else_is_painted_as_in_a_film() -> None:
    def paint(pen: Pen) -> None:
        pen.stroke(LINE, Role.OBJECTIVE)
        draw_point(pen, (0.0, 0.0))
        pen.arrow((0.0, 0.0), (1.0, 1.0), Role.STEP, opacity=0.5)

    ours, usual = pen_on(), CairoPen(np.zeros((480, 854, 4), dtype=np.uint8), DARK)
    usual.backdrop(None, lambda: None)
    for pen in (ours, usual):
        paint(pen)
        pen.finish()
    assert np.array_equal(ours.pixels, usual.pixels)


def test_what_recedes_or_goes_on_over_itself_is_not_judged() -> None:
    pen = pen_on()
    pen.area(BRIGHT, Role.SLOPE)
    pen.stroke(LINE, Role.POINT, opacity=0.4)
    pen.stroke(LINE, Role.GRID, quiet=True)
    pen.stroke(LINE, Role.SLOPE)
    assert not found_in(pen)


def test_a_text_is_found_once_where_it_is_worst() -> None:
    told = story_of(beat("a", "words", 3.0), beat("b", "words", 3.0))
    box = Box(0.0, 0.0, 1.0, 1.0)
    seen = [
        (told.beats[0], 2.0, [Observed("lost", "text", Role.INK, 2.0, box)]),
        (told.beats[1], 5.0, [Observed("lost", "text", Role.INK, 1.5, box)]),
    ]
    (found,) = judge_contrast(told, seen)
    assert (found.beat, found.seconds, found.value, found.limit) == ("b", 5.0, 1.5, 4.5)


def drawn_with(*roles: Role, theme: Theme = DARK) -> list[str]:
    told = story_of(beat("a", "words", 3.0))
    box = Box(0.0, 0.0, 1.0, 1.0)
    marks = [Observed("", "stroke", role, 9.0, box) for role in roles]
    return [found.found for found in judge_roles(told, theme, [(told.beats[0], 2.0, marks)])]


def test_colours_that_somebody_takes_for_one_are_found() -> None:
    orange = DARK.colours[Role.POINT]
    alike = replace(DARK, colours=MappingProxyType({**DARK.colours, Role.STEP: orange}))
    (found,) = drawn_with(Role.POINT, Role.STEP, theme=alike)
    assert found.startswith("point and step, which differ by 0.0 ΔE00")
    red_and_green = {**DARK.colours, Role.GOOD: (0.55, 0.55, 0.1), Role.TROUBLE: (0.75, 0.45, 0.1)}
    (found,) = drawn_with(
        Role.GOOD, Role.TROUBLE, theme=replace(DARK, colours=MappingProxyType(red_and_green))
    )
    assert "protan" in found or "deutan" in found


def test_a_second_sign_and_what_lies_underneath_are_fine() -> None:
    for pair in SECOND_SIGN:
        assert not drawn_with(*pair)
    assert not drawn_with(Role.BACKGROUND, Role.CASING, Role.FOG, Role.GRID)

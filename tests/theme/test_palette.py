"""What a palette has to keep, in every theme, for everybody's eyes."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import numpy as np
import pytest

from scenes import theme as public
from scenes.theme import (
    BASINS,
    DEFICIENCIES,
    RGB,
    SECOND_SIGN,
    THEMES,
    UNDERNEATH,
    Role,
    Theme,
    contrast,
    delta_e,
    tints,
)
from scenes.theme.sight import lab

APART, OF_TEXT, OF_MARKS = 10.0, 4.5, 3.0
SIGHTS = (None, *DEFICIENCIES)
# What is drawn together and told apart by its colour; the rest recedes.
MEANINGS = [role for role in Role if role not in UNDERNEATH | {Role.AXIS, Role.SECONDARY}]

every_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))


def least_difference(one: RGB, other: RGB) -> float:
    """The smallest ΔE00 over all kinds of sight."""
    return min(delta_e(one, other, sight) for sight in SIGHTS)


def alike(table: Mapping[Role, RGB]) -> set[frozenset[Role]]:
    """Pairs of meanings that somebody cannot tell apart by their colour."""
    return {
        frozenset({one, other})
        for one, other in combinations(MEANINGS, 2)
        if least_difference(table[one], table[other]) < APART
    }


@every_theme
def test_a_theme_has_a_colour_for_every_meaning(theme: Theme) -> None:
    assert set(theme.colours) == set(theme.text) == set(Role)


@every_theme
def test_meanings_are_told_apart_by_everybody(theme: Theme) -> None:
    for table in (theme.colours, theme.text):
        assert alike(table) <= set(SECOND_SIGN)


def test_a_second_sign_is_given_only_where_it_is_needed() -> None:
    needed = [alike(table) for theme in THEMES.values() for table in (theme.colours, theme.text)]
    assert set(SECOND_SIGN) <= set.union(*needed)
    assert all(SECOND_SIGN.values())


@every_theme
def test_words_and_marks_stand_out_from_the_ground(theme: Theme) -> None:
    ground = theme.colours[Role.BACKGROUND]
    for role in set(Role) - UNDERNEATH:
        assert contrast(theme.text[role], ground) >= OF_TEXT, role
        assert contrast(theme.colours[role], ground) >= OF_MARKS, role


@every_theme
def test_the_unknown_and_the_grid_recede_and_words_can_stand_on_them(theme: Theme) -> None:
    for beneath in (Role.FOG, Role.GRID):
        assert contrast(theme.colours[beneath], theme.colours[Role.BACKGROUND]) < 1.3
        for role in (Role.INK, Role.SECONDARY, Role.AXIS):
            assert contrast(theme.text[role], theme.colours[beneath]) >= OF_TEXT


@every_theme
def test_a_casing_parts_words_and_marks_from_any_height(theme: Theme) -> None:
    """Where a colour does not stand out from a map, its casing does it: it stands out from that."""
    casing = theme.colours[Role.CASING]
    for role in set(Role) - UNDERNEATH:
        assert contrast(theme.text[role], casing) >= OF_TEXT, role
        assert contrast(theme.colours[role], casing) >= OF_MARKS, role


@every_theme
def test_text_has_the_hue_of_its_mark(theme: Theme) -> None:
    for role in set(MEANINGS):
        assert hue_between(theme.colours[role], theme.text[role]) < 15, role


@every_theme
def test_a_meaning_keeps_its_hue_from_theme_to_theme(theme: Theme) -> None:
    for role, low, high in [
        (Role.OBJECTIVE, 230, 290),  # blue
        (Role.POINT, 55, 85),  # orange
        (Role.SLOPE, 90, 110),  # yellow, olive
        (Role.STEP, 330, 360),  # magenta
        (Role.GOOD, 155, 180),  # green
        (Role.TROUBLE, 15, 50),  # red
    ]:
        for table in (theme.colours, theme.text):
            _, a, b = lab(table[role]).tolist()
            assert low <= np.degrees(np.arctan2(b, a)) % 360 <= high, role


def hue_between(one: RGB, other: RGB) -> float:
    """Degrees between two hues of CIE L*a*b*; 0 where one is nearly grey."""
    first, second = lab(one)[1:], lab(other)[1:]
    if min(np.hypot(*first), np.hypot(*second)) < 6:
        return 0.0
    turn = np.arctan2(first[1], first[0]) - np.arctan2(second[1], second[0])
    return float(abs(np.degrees((turn + np.pi) % (2 * np.pi) - np.pi)))


@every_theme
def test_heights_get_evenly_lighter(theme: Theme) -> None:
    """In colour, in grey, and for everybody: the lightness alone tells the height."""
    for stops, parts in ((theme.surface, 32), (theme.map, 12)):
        colours = tints(np.linspace(0, 1, parts + 1), stops)
        steps = np.diff([lab((r, g, b))[0] for r, g, b in colours.tolist()])
        assert steps.min() > 0.6 * steps.mean()
        assert steps.max() < 1.5 * steps.mean()


@every_theme
def test_the_ends_of_a_surface_stand_out_from_each_other(theme: Theme) -> None:
    assert contrast(theme.surface[0], theme.surface[-1]) >= 7


def test_basins_side_by_side_are_told_apart_by_everybody() -> None:
    for one, other in combinations(BASINS, 2):
        assert least_difference(one, other) >= APART, (one, other)


def test_no_type_is_smaller_than_28_pixels() -> None:
    names = ("TITLE", "CAPTION", "READOUT", "LABEL", "TICK", "RULE", "RATE")
    assert all(getattr(public, name) * public.PIXELS_PER_UNIT >= 28 - 1e-9 for name in names)

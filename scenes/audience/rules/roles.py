"""Colour roles: what is drawn together is told apart by everybody, or by something else than colour (WCAG 1.4.1)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from scenes.audience.advice import Advice, AudienceRule
from scenes.audience.observing_pen import Observed
from scenes.storyboard.story import Beat, Story
from scenes.theme import DEFICIENCIES, SECOND_SIGN, UNDERNEATH, Role, Theme, delta_e

LEAST_APART = 10.0  # ΔE00
_GREY = frozenset({Role.SECONDARY})  # of words only, which say themselves what they are


def judge_roles(
    story: Story, theme: Theme, observed: Iterable[tuple[Beat, float, list[Observed]]]
) -> list[Advice]:
    """Pairs of colours that a scene draws at one time and that somebody takes for one, without a second sign."""
    together: dict[frozenset[Role], tuple[Beat, float]] = {}
    for beat, seconds, marks in observed:
        roles = {mark.ink for mark in marks if isinstance(mark.ink, Role)} - UNDERNEATH - _GREY
        for pair in map(frozenset, combinations(roles, 2)):
            together.setdefault(pair, (beat, seconds))
    found = []
    for pair, (beat, seconds) in together.items():
        one, other = sorted(pair, key=lambda role: role.value)
        apart, sight = nearest_sight(theme, one, other)
        if apart < LEAST_APART and pair not in SECOND_SIGN:
            found.append(
                Advice(
                    AudienceRule.ROLES,
                    story.name,
                    beat.id,
                    seconds,
                    apart,
                    LEAST_APART,
                    f"{one.value} and {other.value}, which differ by {apart:.1f} ΔE00 ({sight})",
                    f"at least {LEAST_APART:g} for everybody, or a second sign",
                    "try the other `theme`; whoever draws the scene gives one of them another form",
                )
            )
    return found


def nearest_sight(theme: Theme, one: Role, other: Role) -> tuple[float, str]:
    """The least ΔE00 of two colours of a theme to any eyes, and to whose."""
    colours = theme.colours[one], theme.colours[other]
    sights = {"in usual sight": None, **{f"to {name} eyes": name for name in DEFICIENCIES}}
    return min((delta_e(*colours, sight), whose) for whose, sight in sights.items())

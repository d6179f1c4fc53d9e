"""The shipped lectures ask nothing of their audience that is too much. Scenes join as they are told anew."""

from __future__ import annotations

import pytest

from scenes.audience.advice import AudienceRule
from scenes.audience.judging import SHAPES, judge_scene
from tests.lectures import scene_names, story

# Scenes that keep every rule, with the shapes in which they do.
TOLD_ANEW = {
    "intuition/from-the-right": frozenset(SHAPES),
    "intuition/from-the-left": frozenset(SHAPES),
    "intuition/learning-rates": frozenset({"16:9", "9:16"}),  # four panels fill 37 % of a square
    "intuition/overshoot": frozenset(SHAPES),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", scene_names())
def test_a_shipped_scene_is_kind_to_its_audience(name: str, shape: str) -> None:
    if shape not in TOLD_ANEW.get(name, ()):
        pytest.skip("not told anew yet")
    told = story(name)
    judged = judge_scene(told, shape=shape)
    assert not [
        f"{found.seconds:.1f} {found.beat} {found.rule.value}: {found.found}" for found in judged.findings
    ]


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_found_has_its_place_in_the_scene(shape: str) -> None:
    told = story("intuition/overshoot")
    judged = judge_scene(told, shape=shape, theme="light")
    assert (judged.scene, judged.kind, judged.seconds) == (told.name, told.kind, told.seconds)
    assert 0 <= judged.frozen <= 1
    assert 0 < judged.drawing <= 1
    assert 0 < judged.ink < 1
    rules = list(AudienceRule)
    places = [(rules.index(found.rule), found.seconds) for found in judged.findings]
    assert places == sorted(places)
    for found in judged.findings:
        beat = told.beat(found.beat)
        assert beat.start - 0.2 <= found.seconds <= beat.end + 1e-6


def test_the_same_scene_is_judged_alike() -> None:
    told = story("intuition/overshoot")
    assert judge_scene(told, shape="1:1") == judge_scene(told, shape="1:1")

"""The scene `tangent` in wide, upright and square frames: the drawing is large, and every name is beside what it names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scenes.audience.rules.drawing_share import panels
from scenes.kinds.tangent.picture.label import BESIDE, away
from scenes.kinds.tangent.story.tangent import TangentStory
from scenes.layout import Frame
from scenes.theme import TICK
from scenes.widgets.picture import Picture, picture_of
from tests.lectures import story, written
from tests.painted import FORMATS, painted, trouble

LEAST = {"16:9": 0.60, "9:16": 0.45, "1:1": 0.45}
HARD = """
problem: {{formula: "{formula}"}}
runs:
  a: {{rate: {rate}, start: {start}, steps: {steps}}}
scenes:
  - {{kind: tangent, title: Downhill, run: a, derivative: {derivative}}}
"""
RUNS = {
    "steep": ("w^8 + 0.2*w^2", 0.01, 1.4, 40, "false"),
    "far from zero": ("(x-10000)^2", 0.1, 10006, 20, "false"),
    "from the left": ("(w+5)^2 - 8", 0.05, -9, 15, "false"),
    "across the valley": ("(w+5)^2 - 8", 0.6, -9, 15, "false"),
    "at rest": ("sin(x)", 0.1, 1.5707963267948966, 5, "false"),
    "with its derivative": ("(w-3)^2 + 2", 0.1, 6, 20, "true"),
}


def share(picture: Picture[Any], seconds: float) -> float:
    """Of the frame, what is drawn on."""
    drawn = panels(painted(picture, seconds).marks, picture.frame)
    return sum(panel.area for panel in drawn) / picture.frame.box.area


def laid_out(told: TangentStory, shape: str) -> Picture[Any]:
    return picture_of(told, Frame.of_pixels(*FORMATS[shape]))


@pytest.mark.parametrize("shape", FORMATS)
@pytest.mark.parametrize("name", ["intuition/from-the-right", "intuition/from-the-left"])
def test_the_drawing_is_large_and_has_rule_bars_and_all_names(name: str, shape: str) -> None:
    told = story(name)
    assert isinstance(told, TangentStory)
    picture = laid_out(told, shape)
    for beat in told.beats:
        if beat.pause:
            assert share(picture, beat.end - 1e-3) >= LEAST[shape], beat.id
    assert picture.parts.bars is not None
    assert set(picture.labels.names) == set(picture.shapes.explained)
    for row, label in picture.labels.names.items():
        assert away(label.box, picture.shapes.point(row)) <= BESIDE
    for place, name_of_it in picture.labels.minima:
        assert name_of_it is not None
        assert away(name_of_it.box, place) <= BESIDE
    assert picture.parts.rule.size >= 1.9 * TICK
    inside = picture.plot.box.holds(picture.parts.rule.box)
    assert inside == (shape != "9:16")
    assert picture.plot.box.holds(picture.parts.bars.zone)


@pytest.mark.parametrize("shape", FORMATS)
@pytest.mark.parametrize("case", RUNS)
def test_hard_runs_keep_a_large_drawing_and_nothing_meets(tmp_path: Path, case: str, shape: str) -> None:
    formula, rate, start, steps, asked = RUNS[case]
    text = HARD.format(formula=formula, rate=rate, start=start, steps=steps, derivative=asked)
    (told,) = written(tmp_path, text)[1]
    assert isinstance(told, TangentStory)
    picture = laid_out(told, shape)
    box = picture.plot.box
    large = box.area / picture.frame.box.area
    if told.derivative:
        large = share(picture, told.beats[-1].end - 1e-3)
    assert large >= 0.45
    rule = picture.parts.rule.box
    assert box.holds(rule) or rule.bottom > box.top
    met = {message for at in np.arange(0.0, told.seconds, 0.6) for message in trouble(picture, float(at))}
    assert not met


def test_the_caption_stands_close_to_an_upright_drawing() -> None:
    """What the longest caption does not need belongs to the drawing, and every caption still has its size."""
    told = story("intuition/from-the-right")
    for shape in ("9:16", "1:1"):
        frame = Frame.of_pixels(*FORMATS[shape])
        picture = picture_of(told, frame)
        usual, zones = frame.zones(readout=False), picture.zones
        assert zones.caption.bottom == usual.caption.bottom
        assert zones.caption.height <= usual.caption.height + 1e-9
        assert zones.stage.bottom - zones.caption.top == pytest.approx(usual.stage.bottom - usual.caption.top)
        assert zones.stage.top == usual.stage.top

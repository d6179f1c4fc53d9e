"""A scene as those see it who watch it: played once, frame by frame, and held against every rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from scenes.draw.cairo_pen import CairoPen
from scenes.draw.recording_pen import Mark, RecordingPen
from scenes.layout import Frame
from scenes.storyboard.drawing_error import DrawingError, Spot
from scenes.storyboard.story import Beat, Story
from scenes.theme import THEMES
from scenes.widgets.picture import Picture, picture_of

from .advice import Advice, AudienceRule
from .observing_pen import Observed, ObservingPen
from .playing import rests, screened
from .rules.contrast import judge_contrast
from .rules.drawing_share import drawing_share, judge_drawing
from .rules.flashes import FlashMeter
from .rules.opening import ink_of, judge_opening
from .rules.overlap import OverlapMeter
from .rules.reading import judge_reading
from .rules.roles import judge_roles
from .rules.stillness import StillnessMeter
from .rules.wording import judge_words

SHAPES: Mapping[str, tuple[int, int]] = MappingProxyType({"16:9": (16, 9), "9:16": (9, 16), "1:1": (1, 1)})
"""The shapes of frames that are judged, as width and height."""
_LAID_OUT, _PAINTED = (
    1080,
    480,
)  # lines of the picture that is judged, and pixels of the one that is looked at


@dataclass(frozen=True)
class Judgement:
    """What was found in a scene, in the order of the rules and of time; and what was measured of it.

    `seconds` is its length, `frozen` the part of it in which nothing moves, `hold` the longest such stretch in seconds,
    `ink` the part of the first frame that shows something, `drawing` the part of the frame that is drawn on.
    """

    scene: str
    kind: str
    findings: tuple[Advice, ...]
    seconds: float
    frozen: float
    hold: float
    ink: float
    drawing: float

    def as_data(self) -> dict[str, Any]:
        """What was measured, in the kinds JSON has; the findings by their number alone."""
        return {
            "scene": self.scene,
            "findings": len(self.findings),
            "seconds": round(self.seconds, 3),
            "frozen": round(self.frozen, 4),
            "longest_hold": round(self.hold, 3),
            "first_ink": round(self.ink, 4),
            "drawing": round(self.drawing, 4),
        }


def judge_scene(story: Story, *, shape: str = "16:9", theme: str = "dark") -> Judgement:
    """Play a scene in a frame of one of the `SHAPES`. Raises DrawingError where it cannot be painted."""
    across, down = SHAPES[shape]
    short = min(across, down)
    frame = Frame.of_pixels(across * _LAID_OUT // short, down * _LAID_OUT // short)
    width, height = (side * _PAINTED // short // 2 * 2 for side in (across, down))
    try:
        picture = picture_of(story, frame)
    except Exception as error:
        raise DrawingError.of(error, story, Spot.at(story.beats[0])) from error
    decimal, colours = story.speech.decimal, THEMES[theme]

    pen = CairoPen(np.zeros((height, width, 4), dtype=np.uint8), colours, decimal)
    flashes, stillness, overlap = FlashMeter(), StillnessMeter(), OverlapMeter()
    ink, opening, changed = 0.0, list[Mark](), False
    for shown in screened(story):
        if shown.fresh:
            picture.paint(pen, shown.seconds)
            pen.finish()
            changed = True
        flashes.see(shown, pen.pixels)
        if shown.sparse:
            stillness.see(shown, pen.pixels, changed)
            if changed:
                notes = _noted(picture, shown.seconds)
                overlap.see(shown, notes)
                if shown.number == 0:
                    ink, opening = ink_of(pen.pixels), notes.marks
            changed = False

    observed: list[tuple[Beat, float, list[Observed]]] = []
    drawn: list[tuple[Beat, float, list[Mark]]] = []
    for beat, seconds in rests(story):
        watching = ObservingPen(np.zeros((height, width, 4), dtype=np.uint8), colours, decimal)
        picture.paint(watching, seconds)
        observed.append((beat, seconds, watching.observed))
        drawn.append((beat, seconds, _noted(picture, seconds).marks))

    findings = [
        *judge_reading(story),
        *judge_words(story),
        *judge_contrast(story, observed),
        *judge_roles(story, colours, observed),
        *flashes.findings(story),
        *stillness.findings(story),
        *judge_drawing(story, drawn, frame, picture.zones),
        *judge_opening(story, ink, opening),
        *overlap.findings(story),
    ]
    order = {rule: i for i, rule in enumerate(AudienceRule)}
    findings.sort(key=lambda finding: (order[finding.rule], finding.seconds))
    share = drawing_share(story, drawn, frame)
    return Judgement(
        story.name,
        story.kind,
        tuple(findings),
        story.seconds,
        stillness.frozen,
        stillness.longest,
        ink,
        share,
    )


def _noted(picture: Picture[Any], seconds: float) -> RecordingPen:
    """What is drawn at a moment."""
    pen = RecordingPen(picture.frame, decimal=picture.story.speech.decimal)
    picture.paint(pen, seconds)
    return pen

"""Drawing share: the drawing is what one looks at, so it is large.

What is measured: the boxes of all marks but texts and light; boxes that touch (axes, curve, points of a plot) are one
panel, the box around them. The share is that of the panels in the frame, at the middle one of all pauses.

How large it is to be depends on what else wants to be seen. Alone, it fills what title and caption leave: 60 % of a wide
frame, less of a square or upright one, whose lines take more of it. Beside numbers or a second panel 45 % will do. Numbers
are beside the drawing where texts stand together as a block as large as a panel must be: texts that are neither title nor
caption and reach farther from every panel than the numbers at its axes do. Numbers within the drawing leave it its size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median_low

from scenes.audience.advice import Advice, AudienceRule
from scenes.draw.recording_pen import Mark
from scenes.layout import Box, Frame, Zones
from scenes.storyboard.story import Beat, Story

ALONE, WITH_PANELS, SURFACE = 0.60, 0.45, 0.40
_FILLED = 0.87  # of what title and caption leave, a drawing alone
_PANEL = 0.05  # of the frame: what is smaller is a mark beside the drawing
_TOUCH = 8 / 135  # frame units within which two boxes are of one panel
_LIGHT = 0.15  # opacity of the light around a curve, which joins no panels
_REACH = 0.6  # from a panel, and what lies within it belongs to that: the numbers and names at its axes
_TOGETHER = 0.45  # within which two texts are of one block


def drawing_share(story: Story, seen: Sequence[tuple[Beat, float, list[Mark]]], frame: Frame) -> float:
    """The share of a scene, 0 to 1."""
    return median_low([sum(panel.area for panel in panels(marks, frame)) for _, _, marks in seen]) / (
        frame.box.area
    )


def judge_drawing(
    story: Story, seen: Sequence[tuple[Beat, float, list[Mark]]], frame: Frame, zones: Zones
) -> list[Advice]:
    """A drawing that is too small for what stands beside it; `zones` are those of the picture."""
    share = drawing_share(story, seen, frame)
    solid = any(mark.kind == "mesh" for _, _, marks in seen for mark in marks)
    several = any(len(_large(panels(marks, frame), frame)) > 1 for _, _, marks in seen)
    beside = several or any(numbers_beside(marks, frame, zones) for _, _, marks in seen)
    alone = min(ALONE, _FILLED * frame.zones(readout=False).stage.area / frame.box.area)
    limit = SURFACE if solid else WITH_PANELS if beside else alone
    if share >= limit:
        return []
    what = "of a surface" if solid else "beside panels or numbers" if beside else "alone"
    beat, seconds, _ = seen[-1]
    return [
        Advice(
            AudienceRule.DRAWING,
            story.name,
            beat.id,
            seconds,
            share,
            limit,
            f"the drawing fills {share:.0%} of the frame",
            f"at least {limit:.0%} {what}",
            "choose a `range` that the drawing fills; whoever draws the scene gives it more of the frame",
        )
    ]


def panels(marks: Iterable[Mark], frame: Frame) -> list[Box]:
    """What is drawn, as boxes that do not touch, within the frame."""
    drawn = (
        _cut(mark.box, frame.box)
        for mark in marks
        if mark.kind not in ("text", "glow") and mark.opacity > _LIGHT
    )
    return _joined((box for box in drawn if box is not None), _TOUCH)


def numbers_beside(marks: Iterable[Mark], frame: Frame, zones: Zones) -> bool:
    """Does a block of texts stand beside the drawing?"""
    noted = list(marks)
    near = [panel.grown(_REACH) for panel in _large(panels(noted, frame), frame)]
    beyond = (
        mark.box
        for mark in noted
        if mark.kind == "text"
        and not any(mark.box.meets(zone) for zone in (zones.title, zones.caption))
        and not any(box.holds(mark.box) for box in near)
    )
    return bool(_large(_joined(beyond, _TOGETHER), frame))


def _large(boxes: Iterable[Box], frame: Frame) -> list[Box]:
    return [box for box in boxes if box.area >= _PANEL * frame.box.area]


def _joined(boxes: Iterable[Box], apart: float) -> list[Box]:
    """The boxes around those that are no farther apart than that."""
    found: list[Box] = []
    for each in boxes:
        box = each
        near = [other for other in found if other.grown(apart).meets(box)]
        while near:
            found = [other for other in found if other not in near]
            box = _round_all([box, *near])
            near = [other for other in found if other.grown(apart).meets(box)]
        found.append(box)
    return found


def _round_all(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.bottom for box in boxes),
        max(box.right for box in boxes),
        max(box.top for box in boxes),
    )


def _cut(box: Box, frame: Box) -> Box | None:
    left, bottom = max(box.left, frame.left), max(box.bottom, frame.bottom)
    right, top = min(box.right, frame.right), min(box.top, frame.top)
    return Box(left, bottom, right, top) if left < right and bottom < top else None

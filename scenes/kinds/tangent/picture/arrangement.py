"""Of the ways to arrange the parts of the scene `tangent`, the one in which names and numbers have their places."""

from __future__ import annotations

from scenes.kinds.tangent.story.tangent import TangentStory
from scenes.layout import Box, Frame
from scenes.widgets.formulae import Formulae

from .composition import compositions_of
from .label import BESIDE, away
from .labels import TangentLabels


def labelled(story: TangentStory, frame: Frame, stage: Box, formulae: Formulae) -> TangentLabels:
    """The parts of a picture with their labels, so arranged that all have room, or as many as can be."""
    found: tuple[int, TangentLabels] | None = None
    for parts in compositions_of(story, frame, stage, formulae):
        labels = TangentLabels(parts, frame.type)
        lacking = _lacking(labels)
        if found is None or lacking < found[0]:
            found = lacking, labels
        if frame.broad or not lacking:  # in a broad frame the first is as large as can be
            break
    assert found is not None, "there is at least one"
    return found[1]


def _lacking(labels: TangentLabels) -> int:
    """How many names and numbers have no place near what they say, and whether the bars have none."""
    parts, rows = labels.parts, labels.shapes.explained
    found = sum(row not in labels.names for row in rows) + (labels.objective is None)
    first = labels.names.get(0)
    found += first is not None and not labels.stands_free(first, 0)
    found += sum(name is None for _, name in labels.minima)
    for row in rows:
        legs, corners = labels.legs.get(row), labels.shapes.triangle(row)
        if legs is not None and corners is not None:
            (_, (x, low), (_, top)), box = corners, legs[1].box
            middle = box.centre[1]
            found += middle > top or away(box, (x, min(max(middle, low), top))) > BESIDE
    return found + (parts.barred and parts.bars is None)

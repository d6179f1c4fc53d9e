"""The names of the minimum and of the first points: placed once, in the view that stands while they are seen."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import LINE, arrow_shape, measure
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.layout import Box, Plot, free_place, place_label
from scenes.layout.box import box_at
from scenes.storyboard.telling import EXPLAINED
from scenes.text import Rich, maths, whole
from scenes.theme import TICK

JUMP = LINE * 1.3  # width of a jump


class OvershootLabels:
    """Boxes of the names in the first view, a plot with the visible parts (n, 2) of the curve."""

    def __init__(self, story: OvershootStory, plot: Plot, curve: Sequence[FloatArray]) -> None:
        self.story, self.plot, self.curve = story, plot, curve
        self.minimum_name = story.speech.say("picture.minimum")
        self.minimum = self._minimum()
        self.rows = self._rows()

    def row_name(self, row: int) -> Rich:
        """The parameter's name at a row, with the number of the step."""
        story = self.story
        return maths(story.speech.formula("{p}_({k})", p=story.parameter, k=whole(story.steps[row])))

    def _minimum(self) -> Box | None:
        """The place of the minimum's name, clear of all that is seen before the first step."""
        if self.story.minimum is None:
            return None
        plot, box, size = self.plot, self.plot.box, measure(self.minimum_name, TICK)
        place = plot.point(*self.story.minimum)
        axis = np.array([(box.left, box.bottom), (box.right, box.bottom)])
        start = plot.point(float(self.story.w[0]), float(self.story.loss[0]))
        drop = np.array([start, (start[0], box.bottom)])
        centre = place_label(
            place,
            size,
            within=box,
            boxes=[box_at(place, (0.24, 0.24))],
            lines=[*self.curve, drop, axis],
            gap=0.17,
            prefer=((0, -1), (-1, -1), (1, -1), (0, 1)),
        )
        return box_at(centre, size)

    def _rows(self) -> dict[int, Box]:
        """Where the names of the first points stand; one that finds no free place is left out."""
        story, plot, box = self.story, self.plot, self.plot.box
        rows = [k for k in range(min(EXPLAINED + 1, len(story.w))) if story.zoom.levels[k] == 0]
        points = [plot.point(float(story.w[k]), float(story.loss[k])) for k in rows]
        lines = [*self.curve, *(np.array(pair) for pair in pairwise(points))]
        for a, b in pairwise(points):
            head = arrow_shape(a, b, JUMP)[1]
            lines.append(np.vstack([head, head[:1]]))
        lines += [np.array([point, (point[0], box.bottom)]) for point in points]
        boxes = [box_at(point, (0.26, 0.26)) for point in points]
        boxes += [self.minimum] if self.minimum else []
        placed: dict[int, Box] = {}
        for row, point in zip(rows, points, strict=True):
            side = 1.0 if point[0] > box.centre[0] else -1.0
            label = free_place(
                point,
                measure(self.row_name(row), TICK),
                within=box.trimmed(bottom=0.05),
                boxes=[*boxes, *placed.values()],
                lines=lines,
                gap=0.14,
                prefer=((side, 0), (side, -0.6), (side, 0.6)),
            )
            if label:
                placed[row] = label
        return placed

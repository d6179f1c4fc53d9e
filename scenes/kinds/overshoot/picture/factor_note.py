"""What a step multiplies the loss by, beside the chart of it; and where that comes from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import Pen, measure
from scenes.kinds.overshoot.story.ending import factor_shown
from scenes.kinds.overshoot.story.findings import Charted
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.layout import Box
from scenes.layout.room import free_room
from scenes.text import Rich
from scenes.theme import LABEL, TICK, Role

_BESIDE = 0.2  # between the factor and its words, in one line


@dataclass(frozen=True, eq=False)
class FactorNote:
    """Of losses on a logarithmic axis (`log`); its words stand under the factor, or `beside` it where the chart is low."""

    story: OvershootStory
    log: bool
    type: float
    beside: bool

    def at(self, row: int) -> float | None:
        """What the step to a row multiplied the loss charted by: the same at every one on a parabola, else as measured."""
        story = self.story
        if not self.log or row == 0:
            return None
        if self._same and story.factor is not None:
            return story.factor**2
        before, after = float(story.charted[row - 1]), float(story.charted[row])
        with np.errstate(over="ignore"):
            found = after / before if before > 0 else 0.0
        return found if 0 < found < np.inf else None

    @property
    def _same(self) -> bool:
        """Does every step multiply what is charted by the same?"""
        return self.story.factor is not None and self.story.scale is Charted.ABOVE

    @property
    def _size(self) -> float:
        return LABEL * self.type

    @property
    def _small(self) -> float:
        return 1.1 * TICK * self.type

    def _texts(self, row: int) -> tuple[Rich, Rich] | None:
        factor, say = self.at(row), self.story.speech.say
        if factor is None:
            return None
        words = say("overshoot.every-step") if self._same else say("overshoot.last-step")
        return say("overshoot.times", times=factor_shown(factor)), words

    def _squared(self) -> Rich | None:
        """Where the factor comes from: that of the distance, squared."""
        factor = self.story.factor
        if factor is None or not self._same or not self.story.has("distances"):
            return None
        say = self.story.speech.say
        return say("overshoot.squared", factor=factor_shown(factor), square=factor_shown(factor**2))

    def placed(self, chart: Box, lines: Sequence[FloatArray], rows: Iterable[int]) -> Box | None:
        """Where the factor of all rows stands: in a corner of the chart that the lines of losses leave free."""
        found = [texts for row in rows if (texts := self._texts(row))]
        if not found:
            return None
        first = max(measure(each[0], self._size)[0] for each in found)
        second = max(measure(each[1], self._small)[0] for each in found)
        squared = self._squared()
        wide = measure(squared, self._size)[0] if squared is not None else 0.0
        height = self._size * 0.75 + (0.0 if self.beside else 0.1 + self._small)
        down = -1 if lines[-1][-1, 1] >= lines[-1][0, 1] else 1
        for room in (max(first, wide), first):
            width = room + _BESIDE + second if self.beside else max(room, second)
            for corner in ((1, down), (1, -down), (-1, -down)):
                box = free_room((width, height), within=chart.grown(-0.12), lines=lines, corner=corner)
                if box is not None:
                    return box
        return None

    def draw(self, pen: Pen, box: Box | None, row: int, shown: float, squared: float) -> None:
        """The factor of the step to a row in its box; as far as it is `squared`, where it comes from instead."""
        texts, factor, whole = self._texts(row), self.at(row), self._squared()
        if texts is None or factor is None or box is None or shown <= 0:
            return
        role = Role.GOOD if factor < 1 - 1e-9 else Role.TROUBLE
        size = self._size
        if whole is not None:
            taken = _BESIDE + measure(texts[1], self._small)[0] if self.beside else 0.0
            size *= min(1.0, (box.width - taken) / measure(whole, size)[0])
        if whole is None or size < 0.99 * TICK * self.type:
            squared = 0.0
        for text, large, seen in ((texts[0], self._size, 1 - 2 * squared), (whole, size, 2 * squared - 1)):
            if seen > 0 and text is not None:
                at = (box.left, box.top)
                pen.text(text, at, large, anchor=(-1, 1), role=role, opacity=shown * seen)
        at, anchor = ((box.right, box.bottom), 1) if self.beside else ((box.left, box.bottom), -1)
        pen.text(texts[1], at, self._small, anchor=(anchor, -1), role=role, opacity=shown)

"""The rule in numbers, large: in the free room above the point, between the walls, always of one size."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import Pen, Point
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.layout import Box
from scenes.storyboard.parts import Part
from scenes.storyboard.story import Moment, smooth
from scenes.text import Arithmetic
from scenes.theme import RULE, TICK
from scenes.widgets.rule import RuleBlock, TakeOff, rule_letters

from .measures import Measures
from .scenery import Scenery

_SIZES = tuple(pixels / 84 for pixels in range(84, 63, -2))  # of the rule's usual size, the largest first
_SMALLER = tuple(pixels / 84 for pixels in range(62, 29, -4))  # beside the plot
_DROP = 0.1  # of the bracket below numbers that are small
_TOP = 0.1  # above the numbers
_ASIDE = (0.0, -0.3, 0.3, -0.6, 0.6, -0.9, 0.9)  # from the middle of the plot
_BACK = (0.62, 0.3)  # of the time after a landing: when the rule comes back, and how long that takes
_MARGIN = 0.05


@dataclass(eq=False)
class RuleLine:
    """The numbers of the steps that are explained; in a zone beside the plot where there is no room in it.

    `beside` is that zone.
    """

    around: Scenery
    measures: Measures
    beside: Box
    blocks: tuple[RuleBlock, ...] = field(init=False)
    inside: bool = field(init=False)

    def __post_init__(self) -> None:
        found = next((blocks for size in _SIZES if (blocks := self._within(size))), None)
        self.inside = found is not None
        self.blocks = found if found is not None else self._outside()

    @property
    def story(self) -> OvershootStory:
        return self.around.story

    def _within(self, scale: float) -> tuple[RuleBlock, ...] | None:
        """The rule at a size for each step, where all have room."""
        blocks: list[RuleBlock] = []
        for row in range(len(self.story.spelled)):
            block = self._placed(row, scale)
            if block is None:
                return None
            blocks.append(block)
        return tuple(blocks)

    def _placed(self, row: int, scale: float) -> RuleBlock | None:
        """The rule for the step from a row, in the middle of the plot or not far from it."""
        box, story, size = self.around.plot.box, self.story, RULE * scale
        step, lines, taken = story.spelled[row], list[FloatArray](), list[Box]()
        for now in (row, row + 1):
            lines += [*self.around.lines(now), *self.measures.lines(now)]
            taken += [*self.around.boxes(now), *self.measures.boxes(now)]
        inner = box.grown(-_MARGIN)
        top = box.top - _TOP + (RuleBlock.above(size))
        block = self._block(Box(inner.left, box.bottom, inner.right, top), step, scale)
        if block.size < 0.999 * size:
            return None
        wide = block.boxes(step)[0].width
        for aside in _ASIDE:
            left = box.centre[0] - wide / 2 + aside
            block = self._block(Box(left, box.bottom, inner.right, top), step, scale)
            boxes = [each.grown(_MARGIN) for each in block.boxes(step)]
            if block.size < 0.999 * size or not all(inner.holds(each) for each in block.boxes(step)):
                continue
            if any(each.meets(other) for each in boxes for other in taken):
                continue
            if not any(each.crossed_by(line) for each in boxes for line in lines):
                return block
        return None

    def _block(self, zone: Box, step: Arithmetic, scale: float, drop: float = 0.0) -> RuleBlock:
        story = self.story
        letters = rule_letters(story.speech, story.parameter)[:1]
        kind = self.around.type
        return RuleBlock(
            zone, story.speech, letters, [step], type=kind, scale=scale / kind, drop=drop, only_step=True
        )

    def _outside(self) -> tuple[RuleBlock, ...]:
        """Beside the plot, all of one size that can be read, but for those that are too long for that."""
        for scale in (*_SIZES, *_SMALLER):
            size = RULE * scale
            zone = replace(self.beside, top=self.beside.top + RuleBlock.above(size))
            blocks = [self._block(zone, step, scale, _DROP) for step in self.story.spelled]
            fits = all(
                self.beside.bottom <= each.boxes(step)[1].bottom
                and (each.size > 0.999 * size or scale == _SMALLER[-1])
                for each, step in zip(blocks, self.story.spelled, strict=True)
            )
            if fits:
                break
        return tuple(blocks)

    def boxes(self, now: int) -> list[Box]:
        """What the rule covers in the plot when the descent rests at row `now`: the step to it, or the one from there."""
        if not self.inside:
            return []
        rows = [row for row in (now - 1, now) if 0 <= row < len(self.blocks)]
        return [box for row in rows for box in self.blocks[row].boxes(self.story.spelled[row])]

    # Painting

    def draw(self, pen: Pen, at: Moment, *, name: Point, slope: Point, size: float, shown: float) -> None:
        """The step that is told at a moment; its numbers fly from the name of the place and that of the slope."""
        story, told = self.story, at.landed + 1
        row = told if told <= len(self.blocks) and at.part(Part.NUMBERS, told) > 0 else at.landed
        if not 0 < row <= len(self.blocks) or shown <= 0:
            return
        if row > at.landed:  # it steps aside for its own jump, which crosses that room
            seen = 1 - min(1.0, 8 * at.hop) if self.inside else 1.0
        else:  # what has been made leaves for the next step
            seen = 1 - min(1.0, 5 * at.hop)
            if story.span(Part.SLOPE, told) is not None:
                seen *= 1 - min(1.0, 1.6 * at.part(Part.SLOPE, told))
            if self.inside:
                seen *= smooth((at.part(Part.RESULT, row) - _BACK[0]) / _BACK[1])
        if self.blocks[row - 1].size < 0.999 * TICK:
            return
        self.blocks[row - 1].draw(
            pen,
            story.spelled[row - 1],
            old=TakeOff(name, size),
            slope=TakeOff(slope, size),
            flown=at.part(Part.NUMBERS, row),
            asked=at.part(Part.GHOST, row),
            solved=(1.0 if self.inside else at.part(Part.RESULT, row)) if row <= at.landed else 0.0,
            shown=seen * shown,
        )

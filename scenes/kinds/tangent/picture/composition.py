"""Where the parts of the scene `tangent` stand: curve, rule, bars of the steps, derivative."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import measure
from scenes.kinds.tangent.story.tangent import TangentStory
from scenes.layout import Box, Frame, Plot
from scenes.layout.room import free_room
from scenes.storyboard.telling import SHOWN
from scenes.text import maths, number
from scenes.theme import LABEL, RULE, TICK, Role
from scenes.widgets.formulae import Formulae
from scenes.widgets.plane.axes import AxisStyle, fit_plot, numbers_left
from scenes.widgets.plane.step_bars import StepBars
from scenes.widgets.rule import RuleBlock, rule_letters

from .derivative import DerivativePanel
from .shapes import TangentShapes

_LIFTED = 0.18  # of the view's height: room for the rule above a curve that fills all corners
_DERIVATIVE = 0.34  # of the stage's height
_BARS = ((2.3, 1.0), (2.3, 0.75), (1.8, 1.0), (1.8, 0.75), (1.5, 0.75))  # widths and pitches that are tried
_BELOW_PITCH = 0.75
_ABOVE = 0.9  # size of the rule above an upright plot: type is larger there
_GAP = 0.2
_NAMED, _NAME = (
    0.25,
    0.3,
)  # between the numbers below the curve and the derivative: room for its name, times type


class _Stand(NamedTuple):
    """One way to arrange the parts: how far the view is lifted, and how large the rule is in the plot.

    `rule` is None where the rule stands above the plot; `below`: do the bars stand below it?
    """

    lift: int
    rule: float | None = None
    below: bool = False


_BROAD = tuple(
    _Stand(*each) for each in ((0, 1.0), (0, 0.8), (1, 1.0), (1, 0.8), (2, 1.0), (3, 0.8), (5, 0.8), (8, 0.7))
)
_SQUARE = (
    *(_Stand(lift, size) for lift in range(4) for size in (1.0, 0.8, 0.65)),
    *(_Stand(lift, 0.55) for lift in range(6)),
)
_UPRIGHT = (_Stand(0), _Stand(1), _Stand(2), _Stand(0, below=True))


@dataclass(frozen=True, eq=False)
class Composition:
    """The parts of a picture. `bars` is None where they have no room, `derivative` where none is asked for.

    `barred`: are there to be bars?
    """

    shapes: TangentShapes
    style: AxisStyle
    rule: RuleBlock
    bars: StepBars | None
    derivative: DerivativePanel | None
    barred: bool


def compositions_of(
    story: TangentStory, frame: Frame, stage: Box, formulae: Formulae
) -> Iterator[Composition]:
    """The ways to arrange all parts in a stage, the best first; there is at least one.

    The rule stands in a free corner of the curve's plot, or above it where the frame is upright or no corner is free.
    The bars of the steps stand in a free corner too, or below the plot of an upright frame.
    """
    composer = _Composer(story, frame, stage, formulae)
    found = False
    for stand in _BROAD if frame.broad else _SQUARE if frame.wide else _UPRIGHT:
        tried = composer.tried(stand)
        if tried is not None:
            found = True
            yield tried
    above = None if found else composer.tried(_Stand(0))
    if above is not None:
        yield above


@dataclass(frozen=True)
class _Composer:
    """Arranges the parts of a story in a stage."""

    story: TangentStory
    frame: Frame
    stage: Box
    formulae: Formulae
    margin: float = 0.0  # of the plots from the left of the stage

    @property
    def count(self) -> int:
        """How many steps are shown as bars."""
        return min(len(self.story.w) - 1, SHOWN) if self.story.slope[0] != 0 else 0

    @property
    def barred(self) -> bool:
        """Are there to be bars?"""
        return self.count > 0 and not self.story.derivative

    def tried(self, stand: _Stand) -> Composition | None:
        """The parts so arranged; None where the rule has no room."""
        story, frame, upper = self.story, self.frame, self.stage
        style = AxisStyle(self.formulae.parameter, type=frame.type, open=True)
        above = None
        if stand.rule is None:
            above = self._rule(
                upper.trimmed(bottom=upper.height - RuleBlock.height(RULE * frame.type * self._size_above))
            )
            upper = upper.trimmed(top=RuleBlock.height(above.size) + _GAP)
        below = 0.0
        if story.derivative:
            below = _DERIVATIVE * upper.height
        elif stand.below:
            below = StepBars.room(self.count, frame.type, _BELOW_PITCH) + _GAP
        lower, upper = upper.trimmed(top=upper.height - below), upper.trimmed(bottom=below)
        shapes = self._shapes(upper, style, stand.lift)
        rule = above or self._rule_in(shapes, stand.rule or 1.0)
        if rule is None:
            return None
        box = shapes.plot.box
        if story.derivative:
            top = lower.top - _NAMED - _NAME * frame.type
            panel = self._derivative(Box(box.left, lower.bottom, box.right, top))
            outside = self.stage.left - numbers_left(panel.plot, panel.style)
            if outside > 1e-9:  # its numbers may be longer than those of the curve
                return replace(self, margin=self.margin + outside).tried(stand)
            return Composition(shapes, style, rule, None, panel, barred=False)
        zone = lower.trimmed(top=_GAP, left=box.left - lower.left) if stand.below else None
        return Composition(shapes, style, rule, self._bars(shapes, rule, zone), None, self.barred)

    @property
    def _size_above(self) -> float:
        return 1.0 if self.frame.wide else _ABOVE

    def _shapes(self, zone: Box, style: AxisStyle, lift: int) -> TangentShapes:
        """The curve in a zone, its view lifted."""
        curve = self.story.curve
        low, high = curve.y_range
        lifted = replace(curve, y_range=(low, high + lift * _LIFTED * (high - low)))
        plot = fit_plot(zone.trimmed(left=self.margin), lifted.x_range, lifted.y_range, style)
        return TangentShapes(replace(self.story, curve=lifted), plot)

    def _rule(self, zone: Box, scale: float | None = None) -> RuleBlock:
        """The rule in a zone; in a plot it has a scale, and type as large as in a wide frame."""
        story = self.story
        others = [story.written[row] for row in sorted(story.written)][len(story.spelled) :]
        letters = rule_letters(story.speech, story.parameter)
        larger = self.frame.type if scale is None else 1.0
        return RuleBlock(zone, story.speech, letters, story.spelled, others, larger, scale or 1.0)

    def _rule_in(self, shapes: TangentShapes, scale: float) -> RuleBlock | None:
        """The rule in a free corner of a plot; None where it has no room."""
        plot = shapes.plot.box
        rule = self._rule(plot, scale)
        if not self.frame.broad:  # no wider than at the steps that are explained
            rule = replace(rule, width=replace(rule, others=()).box.width)
        box = free_room(
            (rule.box.width, rule.box.height),
            within=plot.trimmed(left=0.25, right=0.25, top=0.2),
            lines=[
                *_strokes(shapes, shapes.explained),
                *map(shapes.drop, shapes.explained),
                *map(shapes.hop, range(len(self.story.spelled))),
            ],
            corner=(-1 if _starts_right(self.story) else 1, 1),
        )
        if box is None:
            return None
        return replace(rule, zone=Box(box.left, box.bottom, plot.right, box.top))

    def _bars(self, shapes: TangentShapes, rule: RuleBlock, zone: Box | None) -> StepBars | None:
        """The bars of the steps: in a zone of their own, or in a free corner of the plot."""
        if not self.barred:
            return None
        story, count, larger = self.story, self.count, self.frame.type
        lengths = np.abs(np.diff(story.w[: count + 1]))
        named = {0: 3, min(1, count - 1): 3, count - 1: 2 if count > len(story.spelled) else 3}
        labels = {k: maths(number(float(lengths[k]), digits)) for k, digits in named.items()}
        heading = story.speech.say("picture.steps-so-far")
        closed = story.speech.say("picture.steps-first", steps=story.speech.count("step", count))
        low, high = story.curve.x_range
        unit = shapes.plot.box.width / (high - low)

        if zone is not None:
            return StepBars(zone, lengths, labels, heading, closed, unit, larger, _BELOW_PITCH)
        box = shapes.plot.box
        rows = shapes.explained[1:]  # the first bar comes with the first landing
        lines: list[FloatArray] = [*_strokes(shapes, rows), *(shapes.drop(row) for row in rows)]
        floor = 0.62  # of the arrow of a step above the axis
        side = 1.0 if _starts_right(story) else -1.0
        for width, pitch in _BARS:
            for corner in ((side, -1.0), (-side, 1.0), (-side, -1.0), (side, 1.0)):
                found = free_room(
                    (width * larger, StepBars.room(count, larger, pitch)),
                    within=box.trimmed(left=0.2, right=0.2, bottom=floor, top=0.2),
                    lines=lines,
                    boxes=[rule.box, *_names(shapes, rows, larger)],
                    corner=corner,
                )
                if found is not None:
                    return StepBars(found, lengths, labels, heading, closed, unit, larger, pitch)
        return None

    def _derivative(self, box: Box) -> DerivativePanel:
        story, slope = self.story, self.formulae.slope
        reach = float(np.nanmax(np.abs(story.slope))) * 1.25 or 1.0
        style = AxisStyle(
            None, slope, y_role=Role.SLOPE, x_numbers=False, y_spacing=0.6, type=self.frame.type
        )
        return DerivativePanel(story, Plot.over(box, story.curve.x_range, (-reach, reach)), style)


def _starts_right(story: TangentStory) -> bool:
    """Does the run come down from the right?"""
    return bool(story.slope[0] >= 0)


def _strokes(shapes: TangentShapes, rows: range) -> list[FloatArray]:
    """The curve, and the tangents with their triangles at some rows."""
    lines = list(shapes.curve)
    for row in rows:
        lines += shapes.tangent(row)
        corners = shapes.triangle(row)
        if corners is not None:
            lines.append(np.array(corners))
    return lines


def _names(shapes: TangentShapes, rows: range, larger: float) -> Sequence[Box]:
    """Room for the names and numbers about some points, where type is so many times larger than usual."""
    found = []
    for row in rows:
        x, y = shapes.point(row)
        found.append(Box(x - 0.7 * larger, y - 0.45 * larger, x + 0.7 * larger, y + 0.45 * larger))
        corners = shapes.triangle(row)
        if corners is not None:
            (far, low), (near, _), (_, top) = corners
            across = measure(maths(shapes.story.triangles[row].product), LABEL * larger)[0] + 0.3
            side = 1.0 if near > far else -1.0
            ends = sorted((near, near + side * across))
            found.append(Box(ends[0], low, ends[1], top))
            found.append(Box(min(far, near), low - TICK * larger * 1.6, max(far, near), low))
    return found

"""Where the parts of the scene `tangent` stand: curve, rule, bars of the steps, derivative."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
_TRIED = (
    (0, 1.0),
    (0, 0.8),
    (1, 1.0),
    (1, 0.8),
    (2, 1.0),
    (3, 0.8),
    (5, 0.8),
    (8, 0.7),
)  # lifts, sizes of the rule
_DERIVATIVE = 0.34  # of the stage's height
_BARS = ((2.3, 1.0), (2.3, 0.75), (1.8, 1.0), (1.8, 0.75), (1.5, 0.75))  # widths and pitches that are tried
_UPRIGHT_PITCH = 0.75
_GAP = 0.2


@dataclass(frozen=True, eq=False)
class Composition:
    """The parts of a picture. `bars` is None where they have no room, `slopes` where no derivative is asked for."""

    shapes: TangentShapes
    style: AxisStyle
    rule: RuleBlock
    bars: StepBars | None
    derivative: DerivativePanel | None


def composition_of(
    story: TangentStory, frame: Frame, stage: Box, formulae: Formulae, margin: float = 0.0
) -> Composition:
    """All parts in a stage: the rule in a free corner of the curve's plot, or above it where the frame is narrow.

    The plots keep a `margin` from the left of the stage.
    """
    others = [story.written[row] for row in sorted(story.written)][len(story.spelled) :]
    letters = rule_letters(story.speech, story.parameter)
    style = AxisStyle(formulae.parameter, type=frame.type, open=True)
    upper, lower = stage, stage
    above = not frame.broad
    if above:
        height = RuleBlock.height(RULE * frame.type * (1.0 if frame.wide else 0.9))
        rule = RuleBlock(
            stage.trimmed(bottom=stage.height - height),
            story.speech,
            letters,
            story.spelled,
            others,
            frame.type,
        )
        upper = stage.trimmed(top=RuleBlock.height(rule.size) + _GAP)
    count = min(len(story.w) - 1, SHOWN) if story.slope[0] != 0 else 0
    below = 0.0
    if story.derivative:
        below = _DERIVATIVE * upper.height
    elif not frame.wide and count:
        below = StepBars.room(count, frame.type, _UPRIGHT_PITCH) + _GAP
    lower, upper = upper.trimmed(top=upper.height - below), upper.trimmed(bottom=below)
    curve = story.curve
    for lift, scale in [(0, 1.0)] if above else _TRIED:
        low, high = curve.y_range
        lifted = replace(story, curve=replace(curve, y_range=(low, high + lift * _LIFTED * (high - low))))
        plot = fit_plot(upper.trimmed(left=margin), lifted.curve.x_range, lifted.curve.y_range, style)
        shapes = TangentShapes(lifted, plot)
        if above:
            break
        rule = RuleBlock(plot.box, story.speech, letters, story.spelled, others, scale=scale)
        box = free_room(
            (rule.box.width, rule.box.height),
            within=plot.box.trimmed(left=0.25, right=0.25, top=0.2),
            lines=[*_strokes(shapes, shapes.explained), *map(shapes.hop, range(len(story.spelled)))],
            corner=(-1 if _starts_right(story) else 1, 1),
        )
        if box is not None:
            rule = replace(rule, zone=Box(box.left, box.bottom, plot.box.right, box.top))
            break
    if story.derivative:
        panel = _derivative(
            story, formulae, Box(plot.box.left, lower.bottom, plot.box.right, lower.top - 0.55), frame
        )
        outside = stage.left - numbers_left(panel.plot, panel.style)
        if outside > 1e-9:  # its numbers may be longer than those of the curve
            return composition_of(story, frame, stage, formulae, margin + outside)
        return Composition(shapes, style, rule, None, panel)
    zone = lower.trimmed(top=_GAP, left=plot.box.left - lower.left) if below else None
    bars = _bars(story, frame, shapes, rule, count, zone)
    return Composition(shapes, style, rule, bars, None)


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


def _bars(
    story: TangentStory, frame: Frame, shapes: TangentShapes, rule: RuleBlock, count: int, zone: Box | None
) -> StepBars | None:
    """The bars of the steps: in a zone of their own, or in a free corner of the plot."""
    if not count:
        return None
    lengths = np.abs(np.diff(story.w[: count + 1]))
    named = {0: 3, min(1, count - 1): 3, count - 1: 2 if count > len(story.spelled) else 3}
    labels = {k: maths(number(float(lengths[k]), digits)) for k, digits in named.items()}
    heading = story.speech.say("picture.steps-so-far")
    closed = story.speech.say("picture.steps-first", steps=story.speech.count("step", count))
    low, high = story.curve.x_range
    unit = shapes.plot.box.width / (high - low)

    if zone is not None:
        return StepBars(zone, lengths, labels, heading, closed, unit, frame.type, _UPRIGHT_PITCH)
    box = shapes.plot.box
    rows = shapes.explained[1:]  # the first bar comes with the first landing
    lines: list[FloatArray] = [*_strokes(shapes, rows), *(shapes.drop(row) for row in rows)]
    floor = 0.62  # of the arrow of a step above the axis
    side = 1.0 if _starts_right(story) else -1.0
    for width, pitch in _BARS:
        for corner in ((side, -1.0), (-side, 1.0), (-side, -1.0), (side, 1.0)):
            found = free_room(
                (width, StepBars.room(count, pitch=pitch)),
                within=box.trimmed(left=0.2, right=0.2, bottom=floor, top=0.2),
                lines=lines,
                boxes=[rule.box, *_names(shapes, rows)],
                corner=corner,
            )
            if found is not None:
                return StepBars(found, lengths, labels, heading, closed, unit, frame.type, pitch)
    return None


def _names(shapes: TangentShapes, rows: range) -> Sequence[Box]:
    """Room for the names and numbers about some points."""
    found = []
    for row in rows:
        x, y = shapes.point(row)
        found.append(Box(x - 0.7, y - 0.45, x + 0.7, y + 0.45))
        corners = shapes.triangle(row)
        if corners is not None:
            (far, low), (near, _), (_, top) = corners
            across = measure(maths(shapes.story.triangles[row].product), LABEL)[0] + 0.3
            side = 1.0 if near > far else -1.0
            ends = sorted((near, near + side * across))
            found.append(Box(ends[0], low, ends[1], top))
            found.append(Box(min(far, near), low - TICK * 1.6, max(far, near), low))
    return found


def _derivative(story: TangentStory, formulae: Formulae, box: Box, frame: Frame) -> DerivativePanel:
    reach = float(np.nanmax(np.abs(story.slope))) * 1.25 or 1.0
    style = AxisStyle(
        None, formulae.slope, y_role=Role.SLOPE, x_numbers=False, y_spacing=0.6, type=frame.type
    )
    return DerivativePanel(story, Plot.over(box, story.curve.x_range, (-reach, reach)), style)

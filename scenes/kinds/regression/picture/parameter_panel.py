"""The parameters of a descent: a plane with level lines, or the curve of a single one, with path and point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import BOLD, LINE, Pen, Point, measure
from scenes.kinds.regression.story.regression import RegressionStory
from scenes.layout import Box, Plot, free_place
from scenes.layout.box import box_at
from scenes.layout.polylines import spaced
from scenes.storyboard.story import Moment
from scenes.storyboard.views.curve import Curve
from scenes.text import Rich, maths
from scenes.theme import TICK, Role
from scenes.widgets.marks import draw_minimum
from scenes.widgets.plane.axes import AxisStyle, draw_axes, fit_plot
from scenes.widgets.plane.contour_panel import ContourPanel
from scenes.widgets.plane.step_trace import FINE
from scenes.widgets.plane.track import Track

_X_SPACING, _Y_SPACING = 0.8, 0.6
_SHORT = 2.0  # a trail up to this many times as long as its panel is wide and high is drawn bold
_BACK = 0.85  # how much of the level lines a name hides
_NEAR = 0.6  # a name no farther than this from its point is seen to belong to it


@dataclass(frozen=True, eq=False)
class CurvePanel:
    """The loss of a single parameter as a curve; `minima` (m, 2) in frame units."""

    plot: Plot
    style: AxisStyle
    lines: tuple[FloatArray, ...]
    minima: FloatArray

    @classmethod
    def within(cls, zone: Box, curve: Curve, style: AxisStyle) -> CurvePanel:
        plot = fit_plot(zone, curve.x_range, curve.y_range, style)
        minima = plot.at(curve.minima[:, 0], curve.minima[:, 1])
        return cls(plot, style, tuple(plot.curve(curve.x, curve.y)), minima)

    def draw(self, pen: Pen, shown: float = 1.0) -> None:
        draw_axes(pen, self.plot, self.style, min(1.0, 1.6 * shown))
        for line in self.lines:
            for piece in self.plot.box.begun(shown).clip(line):
                pen.stroke(piece, Role.OBJECTIVE, BOLD)
        for x, y in self.minima.tolist():
            draw_minimum(pen, (x, y), max(0.0, 4 * shown - 3))


class ParameterPanel:
    """Ground, trail and point. The point goes from one shown row straight to the next; the trail holds every row."""

    def __init__(self, story: RegressionStory, zone: Box) -> None:
        self.story = story
        path, every = story.path, story.trajectory
        p = story.parameters
        self.ground: ContourPanel | CurvePanel
        if story.terrain is not None:
            style = AxisStyle(maths(p[0]), maths(p[1]), x_spacing=_X_SPACING, y_spacing=_Y_SPACING)
            self.ground = ContourPanel.within(zone, story.terrain, style)
            self.track = Track.on(self.ground.plot, path[:, 0], path[:, 1])
            self.trail = Track.on(self.ground.plot, every.parameters[:, 0], every.parameters[:, 1])
        else:
            assert story.curve is not None
            style = AxisStyle(
                maths(p[0]),
                maths(story.speech.formula("J({p})", p=p[0])),
                y_role=Role.OBJECTIVE,
                x_spacing=_X_SPACING,
                y_spacing=_Y_SPACING,
            )
            self.ground = CurvePanel.within(zone, story.curve, style)
            self.track = Track.on(self.ground.plot, path[:, 0], story.loss)
            self.trail = Track.on(self.ground.plot, every.parameters[:, 0], every.loss)
        say = story.speech.say
        self.minimum_name = say("picture.minimum")
        self.turn_name = (
            None if story.turn is None else say("picture.step-number", k=int(story.steps[story.turn]))
        )
        self.labels = self._labels()

    @property
    def plot(self) -> Plot:
        return self.ground.plot

    @cached_property
    def bold_trail(self) -> bool:
        """Is the trail short enough for a bold line? A run that goes to and fro would paint over the panel."""
        box = self.trail.box
        parts = box.clip(self.trail.points) if isinstance(self.ground, ContourPanel) else []
        length = sum(float(np.hypot(*np.diff(part, axis=0).T).sum()) for part in parts)
        return 0 < length < _SHORT * (box.width + box.height)

    def _labels(self) -> dict[Rich, Box]:
        """Places of the minimum's name and of the step at which a parameter turns round, clear of everything."""
        story, plot, minima = self.story, self.plot, self.ground.minima
        lines = [part for line in (self.trail.points, self.track.points) for part in plot.box.clip(line)]
        if isinstance(self.ground, CurvePanel):
            lines += self.ground.lines
        boxes = [box_at((x, y), (0.3, 0.3)) for x, y in minima.tolist()]
        turn = [story.turn] if story.turn is not None and isinstance(self.ground, ContourPanel) else []
        boxes += [box_at(self.track.place(row), (0.34, 0.34)) for row in turn]
        for x, y in spaced(self.track.points, 0.1).tolist():
            if plot.box.crossed_by(np.array([(x, y)])):
                boxes.append(box_at((x, y), (0.26, 0.26)))
        wanted = [(self.minimum_name, x, y) for x, y in minima[:1].tolist()]
        if self.turn_name:
            wanted += [(self.turn_name, *self.track.place(row)) for row in turn if self.track.inside(row)]
        found: dict[Rich, Box] = {}
        within = plot.box.trimmed(left=0.06, bottom=0.06)
        for name, x, y in wanted:
            size = measure(name, TICK)
            label = self._beside((x, y), size, within, boxes, lines)
            if label:
                found[name] = label
                boxes.append(label)
        return found

    def _beside(
        self, at: Point, size: Point, within: Box, boxes: Sequence[Box], lines: Sequence[FloatArray]
    ) -> Box | None:
        """A free place near a point, between the level lines where there is one."""
        if isinstance(self.ground, ContourPanel):
            level = [line for line, _ in self.ground.lines]
            label = free_place(at, size, within=within, boxes=boxes, lines=[*lines, *level], gap=0.17)
            near = box_at(at, (size[0] + 2 * _NEAR, size[1] + 2 * _NEAR))
            if label and near.holds(label):
                return label
        return free_place(at, size, within=within, boxes=boxes, lines=lines, gap=0.17)

    def draw_ground(self, pen: Pen, grown: float) -> None:
        """Level lines or curve, with axes; nothing for a panel that has not appeared."""
        if grown > 0:
            self.ground.draw(pen, grown)

    def draw(self, pen: Pen, at: Moment, grown: float) -> None:
        """The descent so far, on the ground."""
        if grown <= 0:
            return
        if at.since("step-1"):
            self._walk(pen, at)
        self.track.draw_point(pen, at.position, born=max(0.0, 2 * grown - 1))
        self._name(pen, self.minimum_name, Role.GOOD, max(0.0, 4 * grown - 3))
        turned = at.done("turn", 0.85, 1.0) * (1 - at.done("run", 0.0, 0.1))
        if self.turn_name and self.turn_name in self.labels and self.story.turn is not None:
            pen.disc(self.track.place(self.story.turn), 0.15, Role.POINT, turned, ring=LINE)
            self._name(pen, self.turn_name, Role.POINT, turned)

    def _name(self, pen: Pen, name: Rich, role: Role, opacity: float) -> None:
        if name in self.labels and opacity > 0:
            centre = self.labels[name].centre
            pen.text(name, centre, TICK, role=role, opacity=opacity, backed=_BACK)

    def _walk(self, pen: Pen, at: Moment) -> None:
        """The trail, and the arrow of a single step."""
        last = int(self.story.rows[int(at.position)])
        here, there = self.trail.points[: last + 1], np.array(self.track.place(at.position))
        if self.bold_trail:
            for part in self.trail.box.clip(spaced(np.vstack([here, there]), FINE)):
                pen.stroke(part, Role.POINT, LINE * 0.9, 0.9)
        self.trail.draw_path(pen, last)
        for part in self.trail.box.clip(np.array([here[-1], there])):
            pen.stroke(part, Role.POINT, LINE * 0.9)
        ends = (at.past_row, at.past_row + 1)
        if at.stepping and at.arrow > 0 and all(self.track.inside(end) for end in ends):
            start, end = (np.array(self.track.place(row)) for row in ends)
            tip = start + (end - start) * at.arrow
            pen.arrow((start[0], start[1]), (tip[0], tip[1]), Role.STEP, LINE * 1.3)

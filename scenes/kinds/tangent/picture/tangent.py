"""The scene `tangent`: a curve in fog, its tangent, the rule, and a point that jumps down."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import BOLD, THIN, Pen, measure
from scenes.kinds.tangent.story.tangent import TangentStory
from scenes.layout import Box, Frame
from scenes.storyboard.parts import Part
from scenes.storyboard.story import Moment, smooth
from scenes.theme import CAPTION, Role
from scenes.widgets.formulae import Formulae
from scenes.widgets.marks import (
    GHOST,
    POINT,
    draw_cased,
    draw_ghost,
    draw_glowing,
    draw_landing,
    draw_minimum,
    draw_point,
    hop_between,
    recency,
)
from scenes.widgets.picture import CAPTION_AIR, Picture
from scenes.widgets.plane.axes import draw_axes
from scenes.widgets.plane.fog import clear_between, draw_fog, in_sight
from scenes.widgets.rule import TakeOff

from .arrangement import labelled
from .label import Label, draw_label
from .slope_mark import SlopeMark
from .step_mark import StepMark

_AREA = (0.30, 0.03)  # opacity under the curve, at the top and at the bottom of the plot
_DASH = (0.05, 0.07)
_THICK = 1.2  # from what is clear to where the fog has a name
_MOST_GHOSTS = 60


class TangentPicture(Picture[TangentStory]):
    """One large plot with the rule in it; bars of the steps, or the derivative, where there is room."""

    has_readout = False
    counts = True

    def __init__(self, story: TangentStory, frame: Frame) -> None:
        super().__init__(story, frame)
        if not frame.broad:  # the drawing takes what the captions leave: in a broad frame they have one line
            wide, size = self.zones.caption.width, CAPTION * frame.type
            self.zones = self.zones.captioned(
                max(CAPTION_AIR + measure(beat.caption, size, wrap=wide)[1] for beat in story.beats)
            )
        self.formulae = Formulae.of(story.speech, story.parameter)
        self.labels = labelled(story, frame, self.zones.stage, self.formulae)
        self.parts = self.labels.parts
        self.shapes = self.parts.shapes
        self.plot = self.shapes.plot
        self.last = len(story.w) - 1
        self.slope = SlopeMark(self.shapes, self.labels)
        self.step = StepMark(self.shapes, self.labels, frame.type)
        self.areas = self._areas()

    def _areas(self) -> list[FloatArray]:
        """What lies below the curve within the plot, one for each stretch without a gap."""
        box, curve = self.plot.box, self.story.curve
        points = self.plot.at(curve.x, curve.y)
        points[:, 1] = np.clip(points[:, 1], box.bottom, box.top)
        finite = np.isfinite(points).all(axis=1)
        found = []
        for part in np.split(points, np.flatnonzero(~finite)):
            part = part[np.isfinite(part).all(axis=1)]
            if len(part) > 1:
                found.append(np.vstack([part, [(part[-1][0], box.bottom), (part[0][0], box.bottom)]]))
        return found

    # The ground: what stands still while the point rests

    def ground_key(self, at: Moment) -> Hashable:
        return self._seen(at), self._lifted(at)

    def ground(self, pen: Pen, at: Moment) -> None:
        box = self.plot.box
        for area in self.areas:
            pen.shade(area, Role.OBJECTIVE, (0.0, box.top), (0.0, box.bottom), _AREA)
        draw_axes(pen, self.plot, self.parts.style)
        low, high = self._seen(at)
        fog = 1.0 - self._lifted(at)
        seen = box if fog < 1 else in_sight(box, low, high)
        draw_glowing(pen, [piece for part in self.shapes.curve for piece in seen.clip(part)], Role.OBJECTIVE)
        draw_fog(pen, box, low, high, fog)
        if self.parts.derivative is not None:
            self.parts.derivative.draw_ground(pen)

    def _lifted(self, at: Moment) -> float:
        """How far the fog has lifted: at the end of the run."""
        return at.done("end")

    def _seen(self, at: Moment) -> tuple[float, float]:
        """Between which places on the axis the descent has been; it grows when the point has landed."""
        row, w = at.landed, self.story.w
        before = w[: max(1, row)]
        now = w[: row + 1]
        part = at.part(Part.RESULT, row) if row else 1.0
        low = float(before.min() + part * (now.min() - before.min()))
        high = float(before.max() + part * (now.max() - before.max()))
        opening = 1.0 - at.done("start", 0.0, 0.8) if at.number == 0 else 0.0
        a, b = float(self.plot.x(low)), float(self.plot.x(high))
        return a + 0.35 * opening, b - 0.35 * opening

    # What moves

    def draw(self, pen: Pen, at: Moment) -> None:
        told = at.landed + 1
        self._not_explored(pen, at)
        self._ghosts(pen, at)
        self.step.draw(pen, at, told)
        self.slope.draw(pen, at, told)
        self._minima(pen, at)
        self._point(pen, at)
        self._names(pen, at)
        self._rule(pen, at, told)
        if at.landed:
            step = self.story.speech.say("picture.step-number", k=int(self.story.steps[at.landed]))
            self.draw_counter(pen, step)
        if self.parts.bars is not None:
            row = at.landed
            part = at.part(Part.RESULT, row) if row else 0.0
            shown = min(1.0, 4 * at.part(Part.RESULT, 1)) if self.last else 0.0
            self.parts.bars.draw(pen, row - (part < 1), part % 1.0, shown, self._step_bar(row))
        if self.parts.derivative is not None:
            (low, high), lifted, box = self._seen(at), self._lifted(at), self.plot.box
            low, high = low + (box.left - low) * lifted, high + (box.right - high) * lifted
            self.parts.derivative.draw(pen, at, low, high)

    def _not_explored(self, pen: Pen, at: Moment) -> None:
        """The name of the fog, where it is thick and nothing comes."""
        left, right = clear_between(self.plot.box, *self._seen(at))
        fog, row = 1.0 - self._lifted(at), at.landed
        free = self.labels.stands_free
        for side, label in zip((-1, 1), self.labels.unexplored, strict=True):
            if label is None or not (
                label.box.right + _THICK < left if side < 0 else label.box.left - _THICK > right
            ):
                continue
            stays = row == self.last or free(label, row + 1)
            shown = float(free(label, row)) * (1.0 if stays else 1.0 - min(1.0, 4 * at.hop))
            pen.text(label.text, label.box.centre, label.size, role=label.role, opacity=0.85 * fog * shown)
            return

    def _step_bar(self, row: int) -> Box | None:
        """The step to a row where it was made: above the axis."""
        if row == 0:
            return None
        (start, y), (end, _) = self.shapes.step(row - 1)
        return Box(min(start, end), y - 0.5 * BOLD, max(start, end), y + 0.5 * BOLD)

    def _inside(self, place: tuple[float, float]) -> bool:
        return self.plot.box.grown(1e-6).crossed_by(np.array([place]))

    def _ghosts(self, pen: Pen, at: Moment) -> None:
        """The places that the point has left, on the curve and on the axis."""
        landed = at.landed + (1 if at.hop > 0 else 0)
        for row in range(max(0, landed - _MOST_GHOSTS), landed):
            faint = recency(row, landed)
            for place, radius in ((self.shapes.point(row), GHOST), (self.shapes.foot(row), 0.75 * GHOST)):
                if self._inside(place):
                    draw_ghost(pen, place, faint, radius)

    def _point(self, pen: Pen, at: Moment) -> None:
        """The point on the curve and its place on the axis, on their way during a jump."""
        row, hop = at.landed, at.hop
        place, foot = self._place(at), self.shapes.foot(row)
        if hop > 0 and row < self.last:
            foot = hop_between(foot, self.shapes.foot(row + 1), hop, 0.0)
        if not self._inside(foot):
            return
        born = 1.0
        seen = self._inside(place)
        if hop == 0 and seen:
            top = (place[0], place[1] + (self._corner(at) - place[1]) * at.part(Part.SLOPE, row + 1))
            draw_cased(pen, np.array([top, foot]), Role.POINT, THIN * 1.3, 0.8, _DASH)
        draw_point(pen, foot, born, 0.62 * POINT)
        if not seen:
            return
        draw_point(pen, place, born)
        landing = at.part(Part.RESULT, row) if row and self.story.span(Part.RESULT, row) else 1.0
        draw_landing(pen, place, landing)

    def _corner(self, at: Moment) -> float:
        """Where the line down to the axis begins: at the point, or below its slope triangle."""
        corners = self.shapes.triangle(at.landed)
        singly = self.story.span(Part.SLOPE, at.landed + 1) is not None
        return corners[1][1] if corners is not None and singly else self.shapes.point(at.landed)[1]

    def _place(self, at: Moment) -> tuple[float, float]:
        """Where the point is."""
        place = self.shapes.point(at.landed)
        if at.hop > 0 and at.landed < self.last:
            place = hop_between(place, self.shapes.point(at.landed + 1), at.hop)
        return place

    def _room(self, at: Moment, label: Label) -> float:
        """A name is there only while nothing else is drawn where it stands."""
        row = at.landed
        now, before = (float(self.labels.stands_free(label, each)) for each in (row, max(0, row - 1)))
        return before + (now - before) * min(1.0, 6 * at.part(Part.RESULT, row)) if row else now

    def _way(self, at: Moment, label: Label) -> float:
        """A label gives way to the point that passes."""
        if at.hop == 0:
            return 1.0
        x, y = self._place(at)
        box = label.box
        away = max(box.left - x, x - box.right, box.bottom - y, y - box.top) - POINT
        return 0.45 + 0.55 * smooth(away / 0.25)

    def _names(self, pen: Pen, at: Moment) -> None:
        objective = self.labels.objective
        if objective is not None:
            draw_label(pen, objective, self._room(at, objective) * self._way(at, objective))
        for row, label in self.labels.names.items():
            if row > at.landed:
                continue
            age = at.landed - row
            crowd = 1.0 - at.done("end", 0.0, 0.3)
            shown = at.part(Part.RESULT, row) if row else 1.0
            shown *= self._room(at, label) * (0.7 * crowd if age else 1.0)
            draw_label(pen, label, shown * self._way(at, label))

    def _minima(self, pen: Pen, at: Moment) -> None:
        """What the fog hid."""
        shown = at.done("place", 0.45, 1.0) if self.story.has("place") else at.done("end", 0.5, 1.0)
        if shown <= 0:
            return
        for place, label in self.labels.minima:
            draw_minimum(pen, place, shown, 1.55 * POINT)
            if label is not None:
                draw_label(pen, label, shown)

    def _rule(self, pen: Pen, at: Moment, told: int) -> None:
        rule, story = self.parts.rule, self.story
        first = at.done("rule", 0.0, 0.35) if story.has("rule") else at.part(Part.NUMBERS, 1)
        rule.draw_letters(pen, first)
        flown = at.part(Part.NUMBERS, told) if told <= self.last else 0.0
        row, leaving = told, 1.0
        if flown <= 0 or story.span(Part.NUMBERS, told) is None:
            row = at.landed
            flown = 1.0
            if told <= self.last and story.span(Part.SLOPE, told) is not None:
                leaving = 1 - min(1.0, 1.6 * at.part(Part.SLOPE, told))
        step = story.written.get(row)
        if row == 0 or step is None:
            return
        legs = self.labels.legs.get(row - 1)
        x, y = self.shapes.foot(row - 1)
        name = self.labels.names.get(row - 1)
        place = (name.box.left, name.box.bottom) if name is not None else (x, y + 0.3)
        rise = (legs[1].box.left, legs[1].box.bottom) if legs is not None else self.shapes.point(row - 1)
        solved = at.part(Part.RESULT, row) if row <= at.landed else 0.0
        rule.draw(
            pen,
            step,
            old=TakeOff(place, self.labels.label),
            slope=TakeOff(rise, self.labels.label),
            flown=flown,
            asked=at.part(Part.GHOST, row) if row > at.landed else 1.0,
            solved=solved,
            shown=leaving,
        )


picture = TangentPicture

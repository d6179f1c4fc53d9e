"""The scene `overshoot`: jumps across the minimum, how far away each lands, a view that zooms out, and the losses."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np

from scenes.draw.pen import LINE, Pen, measure
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.layout import Frame
from scenes.storyboard.parts import Part
from scenes.storyboard.story import Moment, smooth
from scenes.storyboard.views.zoom import ZoomView
from scenes.theme import LABEL, Role
from scenes.widgets.formulae import Formulae
from scenes.widgets.marks import HALO, draw_glowing, draw_minimum
from scenes.widgets.picture import Picture
from scenes.widgets.plane.zooming import ZoomingPlot

from .counter import draw_counter
from .excursion import Excursion
from .jumps import draw_ghosts, draw_jumps
from .labels import OvershootLabels
from .loss_panel import LossPanel
from .measures import Measures
from .moving_point import draw_moving_point
from .rate_line import RateLine
from .reasons import draw_distances, draw_retraced
from .rule_line import RuleLine
from .scenery import Scenery
from .step import StepMarks
from .zones import OvershootZones
from .zoomed import BOX_DASH, ZoomMarks

_QUICK = ("more-steps", "sweep")  # beats in which jump follows jump
_AREA = (0.30, 0.03)  # opacity under the curve, at the top and at the bottom of the plot


class OvershootPicture(Picture[OvershootStory]):
    """One big panel with the rule in it while steps are explained; beside or below it the losses."""

    has_readout = False

    def __init__(self, story: OvershootStory, frame: Frame) -> None:
        self.counts = not frame.broad
        super().__init__(story, frame)
        self.formulae = Formulae.of(story.speech, story.parameter)
        self.last = len(story.w) - 1
        self.places = OvershootZones.of(frame, self.zones.stage)
        name = measure(self.formulae.parameter, LABEL * frame.type)[0] + 0.15
        self.view = ZoomingPlot(self.places.panel, story.zoom, story.rests, frame.type, name)
        self.around = Scenery(story, self.view, frame.type)
        self.measures = Measures(self.around)
        self.rule = RuleLine(self.around, self.measures, self.places.rule)
        self.labels = OvershootLabels(self.around, self.measures, self.rule.boxes)
        self.step = StepMarks(story, self.view, self.labels)
        self.zoomed = ZoomMarks(story, self.view, self.labels)
        self.rates = RateLine.within(story, self.view.box, frame.type)
        self.excursion = Excursion(story, self.view, self.rates.box, frame.type)
        self.loss = LossPanel(story, self.places.chart(self.rule.inside), frame.type, frame)
        after = (beat.id for beat in story.beats if beat.row >= len(story.spelled) and not beat.parts)
        self.after = next(after, story.beats[-1].id)  # the first beat after the steps that are explained

    # Where the moment stands

    def standing(self, at: Moment) -> tuple[int, float, float]:
        """The row that the point has reached, how far it has come on the jump to the next, and the row of the view.

        The view follows a jump: on the way only as far as the point would else land out of sight, the rest after it;
        where jump follows jump, all the way.
        While another run is shown, it is the first one.
        """
        story = self.story
        if at.beat.id == "sweep" and not at.beat.parts:
            return int(at.steady_position + 1e-9), 0.0, at.position
        row, hop = at.landed, at.hop
        if hop > 0:
            quick = story.span(Part.GHOST, row + 1) is None
            followed = story.zoom.followed(row, hop)
            return row, hop, max(row + hop, followed) if quick else followed
        if story.span(Part.GHOST, row) is not None and at.part(Part.RESULT, row) < 1:
            share = story.zoom.landing(row)
            return row, 0.0, row - 1 + share + (1 - share) * at.part(Part.RESULT, row)
        return row, 0.0, row * (1 - self.excursion.amount(at))

    # What stands still while the view does

    def ground_key(self, at: Moment) -> Hashable:
        return self.standing(at)[2], self._opening(at)

    def _opening(self, at: Moment) -> float:
        return at.done("curve", 0.0, 0.6)

    def ground(self, pen: Pen, at: Moment) -> None:
        position = self.standing(at)[2]
        view = self.story.zoom.view(position)
        curve = self.around.curve(view)
        box, opening = self.view.box, self._opening(at)
        for part in self.around.whole_curve(view):
            under = np.clip(part, (box.left, box.bottom), (box.right, box.top))
            corners = [(under[-1][0], box.bottom), (under[0][0], box.bottom)]
            pen.shade(np.vstack([under, corners]), Role.OBJECTIVE, (0.0, box.top), (0.0, box.bottom), _AREA)
        self.view.draw(pen, position)
        self.view.draw_names(pen, position, self.formulae.parameter, self.formulae.loss)
        draw_glowing(pen, curve, Role.OBJECTIVE, shown=0.7 + 0.3 * opening)
        for edge in self.story.edges:
            x = box.centre[0] + float(view.across(edge)) * box.width / 2
            if box.left < x < box.right:
                line = np.array([(x, box.bottom), (x, box.top)])
                pen.stroke(line, Role.TROUBLE, LINE, 0.8, BOX_DASH)

    # What moves

    def draw(self, pen: Pen, at: Moment) -> None:
        row, hop, position = self.standing(at)
        view, story = self.story.zoom.view(position), self.story
        told, here = row + 1, self.excursion.here(at)
        self._minimum(pen, view)
        still = self._still(at, row, position)
        self.zoomed.draw_first_view(pen, view, row, position, still)
        self.zoomed.draw_badge(pen, position)
        self._measures(pen, at, view, row, hop, here)
        self.step.draw_slope(pen, at, view, told)
        self.step.draw_step(pen, at, view, told)
        counted = at.done("distances", 0.0, 0.15) - at.done("limit", 0.0, 0.05)
        draw_jumps(pen, story, self.view, view, row, hop, here, 1 - counted)
        draw_ghosts(pen, story, self.view, view, row, hop, here)
        draw_distances(pen, self.measures, view, row, at.raw("distances"), counted)
        draw_retraced(pen, story, self.view, view, row, max(0.0, 2 * at.raw("verdict") - 1))
        draw_moving_point(pen, story, self.view, view, at, row, hop, here)
        self.excursion.draw(pen, at)
        self._name(pen, at, view, row, hop)
        judged = at.since("factor") or at.since("verdict")
        draw_counter(pen, self, self.places.side, row, judged=judged, shown=here)
        self._rule(pen, at, view, row)
        drawn = at.done("limit", 0.0, 0.3 if self.excursion.known else 0.9)
        self.rates.draw(pen, drawn, self.excursion.tamed(at))
        reached = self._charted(at, row, position)
        after = at.done(self.after, 0.0, 0.45)
        self.loss.draw(
            pen,
            reached,
            int(reached + 1e-9),
            shown=1.0 if self.frame.broad or self.rule.inside else max(0.0, 2 * after - 1),
            told=at.done("seen", 0.0, 0.3) if story.has("seen") else after,
            squared=at.done("factor", 0.3, 0.6),
            ended=at.done("end"),
        )

    def _charted(self, at: Moment, row: int, position: float) -> float:
        """How far the chart has come: it goes on when the point has landed."""
        if self._sweeping(at):
            return position
        if at.hop > 0 or not row or self.story.span(Part.RESULT, row) is None:
            return float(row)
        return row - 1 + at.part(Part.RESULT, row)

    @staticmethod
    def hopping(at: Moment, row: int) -> bool:
        """Does the point pass a row so quickly that no name can be read?"""
        return at.beat.id in _QUICK and row != at.beat.row

    @staticmethod
    def _sweeping(at: Moment) -> bool:
        return at.beat.id == "sweep" and not at.beat.parts

    def _still(self, at: Moment, row: int, position: float) -> float:
        """How much is seen of words that stand only where the view rests."""
        flying = at.part(Part.NUMBERS, row + 1) if row < self.last else 1.0
        resting = 0.0 if self.hopping(at, row) else 1 - min(1.0, 8 * abs(position - row))
        return resting * (1 - at.done("factor", 0.0, 0.1)) * (1 - min(1.0, 8 * min(flying, 1 - flying)))

    def _settled_part(self, at: Moment, row: int) -> float:
        """How much of the time after a landing has passed, in which its numbers come."""
        if not row:
            return 1.0
        if self.story.span(Part.RESULT, row) is not None:
            return at.part(Part.RESULT, row)
        return at.done("end", 0.0, 0.5) if self.story.has("end") and row == self.last else 1.0

    def _measures(self, pen: Pen, at: Moment, view: ZoomView, row: int, hop: float, here: float) -> None:
        """The middle, and how far from it the last two places are."""
        story, measures = self.story, self.measures
        before, now = (
            float(self.view.places(view, story.w[k], story.loss[k])[1]) for k in (max(0, row - 1), row)
        )
        if hop > 0:  # it leaves one and rises to the other
            ahead = float(self.view.places(view, story.w[row + 1], story.loss[row + 1])[1])
            before, now = now, now + hop * (ahead - now)
        measures.draw_middle(pen, view, max(before, now), here)
        if self.excursion.known and here < 1:
            measures.draw_middle(pen, view, self.excursion.top, 1 - here)
        if self.hopping(at, row) or (self._sweeping(at) and at.raw("sweep") < 1) or row not in story.rests:
            return
        part, leaving = self._settled_part(at, row), self.labels.leaving(row, hop)
        covered = 1 - at.done("limit", 0.0, 0.1)
        numbers = covered if any(box.meets(self.rates.box) for box in measures.boxes(row)) else 1.0
        stays = 0.45 if story.span(Part.RESULT, row + 1) is not None and row < len(story.spelled) else 1.0
        told = min(leaving, max(0.0, (part - 0.7) / 0.3)) * numbers
        seen = here * (1 - stays * min(1.0, 3 * hop))
        again = at.since("factor") and self.story.has("factor")  # once more, one after the other
        grown = at.done("factor", 0.35, 0.8) if again else max(0.0, (part - 0.1) / 0.5)
        measures.draw(pen, view, row, row, grown, seen, min(1.0, told))
        if row:
            earlier, counted = (
                at.done("factor", 0.0, 0.4) if again else 1.0,
                1 - at.done("distances", 0.0, 0.1),
            )
            seen = here * counted * (1 - min(1.0, 4 * hop))
            measures.draw(
                pen, view, row - 1, row, earlier, seen, min(leaving, max(0.0, (part - 0.7) / 0.3)) * numbers
            )

    def _minimum(self, pen: Pen, view: ZoomView) -> None:
        if self.story.minimum is not None:
            place = self.view.point(view, *self.story.minimum)
            if self.view.box.grown(1e-6).crossed_by(np.array([place])):
                draw_minimum(pen, place, 1.0, 0.09)

    def _name(self, pen: Pen, at: Moment, view: ZoomView, row: int, hop: float) -> None:
        """The last place, by name and number."""
        if self._sweeping(at) or self.hopping(at, row) or row not in self.story.rests:
            return
        offset = self.labels.offset(row)
        shown = smooth((self._settled_part(at, row) - 0.75) / 0.25) * self.labels.leaving(row, hop)
        shown *= 1 - min(1.0, 2 * at.done("factor", 0.0, 0.3))
        if offset is not None and shown > 0:
            x, y = self.view.point(view, float(self.story.w[row]), float(self.story.loss[row]))
            place = (x + offset[0], y + offset[1])
            pen.text(
                self.labels.name(row), place, self.labels.size, role=Role.POINT, opacity=shown, halo=HALO
            )

    def _rule(self, pen: Pen, at: Moment, view: ZoomView, row: int) -> None:
        """The step that is told in numbers, which fly there from the names of the place and of the slope."""
        if self._sweeping(at):
            return
        from_row = min(row, len(self.story.spelled) - 1)
        x, y = self.view.point(view, float(self.story.w[row]), float(self.story.loss[row]))
        offset, label = self.labels.offset(row) or (0.0, 0.2), self.step.slope_label(from_row)
        end = self.around.tangent(view, from_row)[1]
        slope = (label.left, label.bottom) if label is not None else (float(end[0]), float(end[1]))
        shown = 1 - at.done("factor", 0.0, 0.2)
        if not self.rule.inside and not self.frame.broad:  # the chart comes in its place
            shown = 1 - at.done(self.after, 0.0, 0.25)
        name = (x + offset[0], y + offset[1] - 0.1)
        self.rule.draw(pen, at, name=name, slope=slope, size=self.labels.size, shown=shown)


picture = OvershootPicture

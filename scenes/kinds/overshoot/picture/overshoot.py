"""The scene `overshoot`: jumps across the minimum, a view that zooms out after each, and the losses."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np

from scenes.draw.pen import LINE, Pen, Point, measure
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.layout import Box, Frame
from scenes.storyboard.parts import Part
from scenes.storyboard.story import Moment, smooth
from scenes.storyboard.views.zoom import ZoomView
from scenes.text import number, whole
from scenes.theme import LABEL, RATE, TICK, Role
from scenes.widgets.formulae import Formulae
from scenes.widgets.marks import (
    POINT,
    draw_glowing,
    draw_minimum,
    draw_point,
)
from scenes.widgets.picture import Picture
from scenes.widgets.plane.zooming import ZoomingPlot
from scenes.widgets.rule import RuleBlock, TakeOff, rule_letters

from .jumps import draw_ghosts, draw_jumps
from .labels import OvershootLabels
from .loss_panel import LossPanel
from .reasons import draw_distances, draw_reasons, draw_retraced
from .step import HALO, StepMarks
from .zoomed import BOX_DASH, ZoomMarks

# The first of them follows the steps that are explained.
_AFTER = ("back", "more-steps", "seen", "end", "factor", "verdict")
_BREATHING = ("curve", "back", "seen", "end", "limit")  # beats in which little else moves
_QUICK = ("more-steps", "sweep")  # beats in which jump follows jump
_BREATH = 1.2  # seconds
_RULE = 1.45  # height of the rule beside the panel
_PANEL = 0.7  # of the stage's width
_LOW, _LOW_UPRIGHT = 0.64, 0.58  # of its height, where the rest stands below it
_GAP = 0.4
_AREA = (0.30, 0.03)  # opacity under the curve, at the top and at the bottom of the plot


class OvershootPicture(Picture[OvershootStory]):
    """One big panel; beside it the rule while steps are explained, then the losses."""

    has_readout = False

    def __init__(self, story: OvershootStory, frame: Frame) -> None:
        super().__init__(story, frame)
        self.formulae = Formulae.of(story.speech, story.parameter)
        self.last = len(story.w) - 1
        panel, side = self._zones()
        name = measure(self.formulae.parameter, LABEL * frame.type)[0] + 0.15
        self.view = ZoomingPlot(panel, story.zoom, story.rests, frame.type, name)
        self.labels = OvershootLabels(story, self.view, frame.type)
        self.step = StepMarks(story, self.view, self.labels)
        self.zoomed = ZoomMarks(story, self.view, self.labels, self.formulae.parameter)
        self.side = side
        self.big = RATE * frame.type
        zone = side.trimmed(top=1.35 * self.big)
        # Beside the panel there is room for the rule above the chart; below it one gives way to the other.
        self.together = frame.broad
        chart = zone
        if self.together:
            zone = zone.trimmed(bottom=zone.height - _RULE)
            chart = side.trimmed(top=side.top - zone.bottom + 0.1)
        elif frame.wide:
            chart = side
        self.loss = LossPanel(story, chart, frame.type, beside=frame.wide and not frame.broad)
        if frame.wide and not frame.broad:  # the counter stands above the words of the chart
            self.loss.words = self.loss.words.trimmed(top=1.35 * self.big)
        self.rule = RuleBlock(
            zone.trimmed(left=0.2, right=0.15),
            story.speech,
            rule_letters(story.speech, story.parameter),
            story.spelled[:1],
            [story.written[row] for row in sorted(story.written)][1:] if self.together else story.spelled[1:],
            type=min(1.0, (zone.height - 0.2) / RuleBlock.height()),
            drop=0.1,
        )
        self.after = next((beat.id for beat in story.beats if beat.id in _AFTER), _AFTER[-1])

    def _zones(self) -> tuple[Box, Box]:
        """Where the panel is, and what stands at its right or below."""
        stage = self.zones.stage
        if self.frame.broad:
            width = _PANEL * stage.width
            return stage.trimmed(right=stage.width - width), stage.trimmed(left=width + _GAP)
        height = (_LOW if self.frame.wide else _LOW_UPRIGHT) * stage.height
        return stage.trimmed(bottom=stage.height - height), stage.trimmed(top=height + 0.5 * _GAP)

    # Where the moment stands

    def standing(self, at: Moment) -> tuple[int, float, float]:
        """The row that the point has reached, how far it has come on the jump to the next, and the row of the view.

        The view follows a jump: on the way only as far as the point would else land out of sight, the rest after it.
        """
        story = self.story
        if at.beat.id == "sweep" and not at.beat.parts:
            return int(at.steady_position + 1e-9), 0.0, at.position
        row, hop = at.landed, at.hop
        if hop > 0:
            return row, hop, story.zoom.followed(row, hop)
        if row and story.span(Part.RESULT, row) is not None:
            share = story.zoom.landing(row)
            return row, 0.0, row - 1 + share + (1 - share) * at.part(Part.RESULT, row)
        return row, 0.0, float(row)

    # What stands still while the view does

    def ground_key(self, at: Moment) -> Hashable:
        return self.standing(at)[2], self._opening(at)

    def _opening(self, at: Moment) -> float:
        return at.done("curve", 0.0, 0.6)

    def ground(self, pen: Pen, at: Moment) -> None:
        position = self.standing(at)[2]
        view = self.story.zoom.view(position)
        curve = self.labels.curve(view)
        box, opening = self.view.box, self._opening(at)
        for part in self.labels.whole_curve(view):
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
        view = self.story.zoom.view(position)
        told = row + 1
        self._minimum(pen, view)
        flying = at.part(Part.NUMBERS, told) if told <= self.last else 1.0
        still = self._still(at, row, position) * (1 - min(1.0, 8 * min(flying, 1 - flying)))
        self.zoomed.draw_first_view(pen, view, row, position, still)
        self.zoomed.draw_growing(pen, at, view, row)
        self.zoomed.draw_badge(pen, position)
        self.step.draw_slope(pen, at, view, told)
        self.step.draw_step(pen, at, view, told)
        draw_jumps(pen, self.story, self.view, view, row, hop)
        draw_ghosts(pen, self.story, self.view, view, row, hop)
        draw_retraced(pen, self.story, self.view, view, row, at.raw("verdict"))
        self._point(pen, at, view, row, hop)
        self._names(pen, at, view, row, hop)
        after = at.done(self.after, 0.0, 0.45)
        self._counter(pen, row, judged=at.since("factor") or at.since("verdict"))
        self._rule(pen, at, told, 1 - (at.done("factor", 0.0, 0.25) if self.together else after))
        if self.together:
            draw_reasons(
                pen, self.story, self.rule.zone, at.done("factor", 0.0, 0.4), at.done("limit", 0.0, 0.9)
            )
        measured = at.done("factor", 0.1, 0.9)
        draw_distances(pen, self.story, self.view, view, row, measured, self._unmeasured(at))
        reached = self._charted(at, row, position)
        self.loss.draw(
            pen,
            reached,
            int(reached + 1e-9),
            shown=1.0 if self.together else max(0.0, 2 * after - 1),
            told=at.done("seen", 0.0, 0.3) if self.story.has("seen") else after,
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

    def _inside(self, place: Point) -> bool:
        return self.view.box.grown(1e-6).crossed_by(np.array([place]))

    def _still(self, at: Moment, row: int, position: float) -> float:
        """How much is seen of words that stand only where the view rests."""
        resting = 0.0 if self.hopping(at, row) else 1 - min(1.0, 8 * abs(position - row))
        return resting * (1 - at.done("factor", 0.0, 0.1))

    def _minimum(self, pen: Pen, view: ZoomView) -> None:
        if self.story.minimum is not None:
            place = self.view.point(view, *self.story.minimum)
            if self._inside(place):
                draw_minimum(pen, place, 1.0, 0.09)

    def _point(self, pen: Pen, at: Moment, view: ZoomView, row: int, hop: float) -> None:
        place = self.view.places(view, self.story.w[row], self.story.loss[row])
        if hop > 0:
            ahead = self.view.places(view, self.story.w[row + 1], self.story.loss[row + 1])
            place = place + hop * (ahead - place)
        x, y = place.tolist()
        if not self._inside((x, y)):
            return
        draw_point(pen, (x, y), 1.0, 1.1 * POINT)
        landing = at.part(Part.RESULT, row) if row and self.story.span(Part.RESULT, row) else 1.0
        self._breath(pen, at, (x, y))
        if 0 < landing < 1 and hop == 0:  # where it lands, the light runs out
            pen.disc((x, y), POINT * (1.1 + 2.4 * landing), Role.POINT, 0.7 * (1 - landing), ring=LINE)

    def _breath(self, pen: Pen, at: Moment, place: Point) -> None:
        """While words are read and nothing else moves, the point breathes."""
        part = at.raw(at.beat.id)
        if at.beat.id in _BREATHING and 0 < part < 1:
            breaths = max(1, round(at.beat.motion / _BREATH))
            swell = np.sin(np.pi * breaths * part) ** 2
            pen.glow(place, POINT * (4.0 + 6.0 * swell), Role.POINT, 0.45 * float(swell))
            pen.disc(place, POINT * (1.15 + 0.3 * swell), Role.POINT, 0.7 * float(swell), ring=LINE)

    def _names(self, pen: Pen, at: Moment, view: ZoomView, row: int, hop: float) -> None:
        """The last two places, by name and number."""
        if (self._sweeping(at) and at.raw("sweep") < 1) or self.hopping(at, row):
            return
        span = self.story.span(Part.RESULT, row)
        part = at.part(Part.RESULT, row) if row and span is not None else 1.0
        measuring = 1 - min(1.0, 2 * at.done("factor", 0.0, 0.3)) + at.done("limit", 0.3, 0.6)
        leaving = min(self.labels.leaving(row, hop), measuring)  # they come back when the lines have gone
        self._name(pen, view, row, row, smooth((part - 0.3) / 0.7) * leaving)
        if row and hop == 0:
            explained = self.story.span(Part.GHOST, row + 1) is not None
            leaving *= (
                1 - min(1.0, 12 * at.part(Part.GHOST, row + 1)) if explained else 1.0
            )  # to the arrow along the axis
            self._name(pen, view, row - 1, row, 0.85 * smooth((part - 0.5) / 0.5) * leaving)

    @staticmethod
    def _unmeasured(at: Moment) -> float:
        """While distances are measured the names of the points give way to the lines."""
        return 1 - min(1.0, 2 * at.done("factor", 0.0, 0.3)) + at.done("limit", 0.0, 0.3)

    def _name(self, pen: Pen, view: ZoomView, row: int, now: int, shown: float) -> None:
        if now not in self.story.rests or shown <= 0:
            return
        offset = self.labels.offset(row, now)
        if offset is None:
            return
        x, y = self.view.point(view, float(self.story.w[row]), float(self.story.loss[row]))
        at, size = (x + offset[0], y + offset[1]), self.labels.size(now - row)
        pen.text(self.labels.name(row, now), at, size, role=Role.POINT, opacity=shown, halo=HALO)

    def _counter(self, pen: Pen, row: int, *, judged: bool) -> None:
        text = self.story.speech.say("picture.step-number", k=whole(int(self.story.steps[row])))
        at = (self.side.left, self.side.top - 0.78 * self.big)
        pen.text(text, at, self.big, anchor=(-1, None), bold=True)
        rate = self.story.speech.say("overshoot.rate", rate=number(self.story.rate))
        if self.frame.broad or not self.frame.wide:
            role = Role.TROUBLE if judged else Role.INK
            pen.text(rate, (self.side.right, at[1]), self.big * 0.85, anchor=(1, None), role=role)

    def _rule(self, pen: Pen, at: Moment, told: int, shown: float) -> None:
        rule, story = self.rule, self.story
        if rule.size >= 1.2 * TICK:
            rule.draw_letters(pen, max(0.0, 2 * shown - 1))
        row = told if told <= self.last and at.part(Part.NUMBERS, told) > 0 else at.landed
        leaving = 1.0
        if row == at.landed and told <= self.last and story.span(Part.SLOPE, told) is not None:
            leaving = 1 - min(1.0, 1.6 * at.part(Part.SLOPE, told))
        if row == at.landed:  # what has been made leaves with the next jump
            leaving *= 1 - min(1.0, 5 * at.hop)
        step = story.written.get(row)
        if step is None or shown <= 0.5 or self._sweeping(at) or rule.size_of(step) < 0.999 * TICK:
            return
        now, size = story.zoom.view(row - 1), self.labels.size(0)
        place, end = self.labels.tangent(now, row - 1)
        label = self.step.slope_label(row - 1)
        offset = (self.labels.offset(row - 1, row - 1) if label is not None else None) or (0.0, 0.2)
        risen = (label.left, label.bottom) if label is not None else (float(end[0]), float(end[1]))
        rule.draw(
            pen,
            step,
            old=TakeOff((float(place[0]) + offset[0], float(place[1]) + offset[1] - 0.1), size),
            slope=TakeOff(risen, size),
            flown=at.part(Part.NUMBERS, row),
            asked=at.part(Part.GHOST, row) if row > at.landed else float(at.beat.id not in _QUICK),
            solved=at.part(Part.RESULT, row) if row <= at.landed else 0.0,
            shown=leaving * max(0.0, 2 * shown - 1),
        )


picture = OvershootPicture

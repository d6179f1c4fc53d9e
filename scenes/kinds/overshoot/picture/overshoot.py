"""The scene `overshoot`: jumps across the minimum, a view that zooms out after each, and what becomes of the loss."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import BOLD, LINE, THIN, Pen, Point, measure
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.kinds.overshoot.story.words import is_limit, times
from scenes.layout import Box, Frame
from scenes.storyboard.parts import Part
from scenes.storyboard.story import Moment, smooth
from scenes.storyboard.views.zoom import View
from scenes.text import Rich, maths, number, whole
from scenes.theme import LABEL, RATE, TICK, Role
from scenes.widgets.formulae import Formulae
from scenes.widgets.marks import (
    POINT,
    draw_arrow,
    draw_awaited,
    draw_cased,
    draw_glowing,
    draw_minimum,
    draw_point,
)
from scenes.widgets.picture import Picture
from scenes.widgets.plane.zooming import ZoomingPlot
from scenes.widgets.rule import Flight, RuleBlock, rule_letters

from .jumps import draw_ghosts, draw_jumps
from .labels import OvershootLabels
from .loss_panel import LossPanel

_AFTER = (
    "back",
    "more-steps",
    "seen",
    "end",
    "factor",
    "verdict",
)  # the first of them follows the explained steps
_BREATHING = ("curve", "back", "seen", "end", "limit")  # beats in which little else moves
_BREATH = 1.2  # seconds
_RETRACED = 7  # jumps
_RULE = 1.45  # height of the rule beside the panel
_PANEL = 0.66  # of the stage's width, or of its height
_LOW = 0.64
_GAP = 0.4
_AREA = (0.30, 0.03)  # opacity under the curve, at the top and at the bottom of the plot
_HALO = 3.5 / 135
_DASH = (0.05, 0.07)
_BOX_DASH = (0.11, 0.08)
_STEP_HEIGHT = 0.3  # of the step's arrow above the axis
_TANGENT = 1.5  # half its length
_ZOOMED = 1.02  # times as wide as the first view one is before that is told
_COMING, _SMALLER, _SPECK = (
    1.25,
    1.6,
    0.3,
)  # times, twice; frame units: when the box of the first view comes, and goes


class OvershootPicture(Picture[OvershootStory]):
    """One big panel; beside it the rule while steps are explained, then the losses."""

    has_readout = False

    def __init__(self, story: OvershootStory, frame: Frame) -> None:
        super().__init__(story, frame)
        self.formulae = Formulae.of(story.speech, story.parameter)
        self.last = len(story.w) - 1
        panel, side = self._zones()
        self.view = ZoomingPlot(panel, story.zoom, story.rests, frame.type)
        self.view.name_width = measure(self.formulae.parameter, LABEL * frame.type)[0] + 0.15
        self.labels = OvershootLabels(story, self.view, frame.type)
        self._slopes: dict[int, Box | None] = {}
        self.first_name = story.speech.say("picture.first-view")
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
            zone,
            story.speech,
            rule_letters(story.speech, story.parameter),
            story.spelled,
            type=min(1.0, (zone.height - 0.2) / RuleBlock.height()),
        )
        self.after = next(beat.id for beat in story.beats if beat.id in _AFTER)

    def _zones(self) -> tuple[Box, Box]:
        """Where the panel is, and what stands at its right or below."""
        stage = self.zones.stage
        if self.frame.broad:
            width = _PANEL * stage.width
            return stage.trimmed(right=stage.width - width), stage.trimmed(left=width + _GAP)
        height = _LOW * stage.height
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
            return row, hop, row + hop * float(story.zoom.landing[row + 1])
        if row and story.span(Part.RESULT, row) is not None:
            share = float(story.zoom.landing[row])
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
        draw_glowing(pen, curve, Role.OBJECTIVE, shown=0.55 + 0.45 * opening)
        for edge in self.story.edges:
            x = box.centre[0] + float(view.across(edge)) * box.width / 2
            if box.left < x < box.right:
                line = np.array([(x, box.bottom), (x, box.top)])
                pen.stroke(line, Role.TROUBLE, LINE, 0.8, _BOX_DASH)

    # What moves

    def draw(self, pen: Pen, at: Moment) -> None:
        row, hop, position = self.standing(at)
        view = self.story.zoom.view(position)
        told = row + 1
        self._minimum(pen, view)
        self._first_view(pen, view, row, position)
        self._grows_alike(pen, at, view, row)
        self._badge(pen, position)
        self._slope(pen, at, view, told)
        self._step(pen, at, view, told)
        draw_jumps(pen, self.story, self.view, view, row, hop)
        draw_ghosts(pen, self.story, self.view, view, row, hop)
        self._retraced(pen, at, view, row)
        self._point(pen, at, view, row, hop)
        self._names(pen, at, view, row, hop)
        after = at.done(self.after, 0.0, 0.45)
        self._counter(pen, row)
        self._rule(pen, at, told, 1 - after)
        if self.together:
            self._reasons(pen, at)
        self._distances(pen, at, view, row)
        factored = at.done("more-steps", 0.0, 0.15) if self.story.has("more-steps") else after
        self.loss.draw(
            pen,
            max(position, row + hop) if self._sweeping(at) else row + hop,
            row,
            shown=1.0 if self.together else max(0.0, 2 * after - 1),
            told=factored,
            ended=at.done("end"),
        )

    @staticmethod
    def _sweeping(at: Moment) -> bool:
        return at.beat.id == "sweep" and not at.beat.parts

    def _inside(self, place: Point) -> bool:
        return self.view.box.grown(1e-6).crossed_by(np.array([place]))

    def _minimum(self, pen: Pen, view: View) -> None:
        if self.story.minimum is not None:
            place = self.view.point(view, *self.story.minimum)
            if self._inside(place):
                draw_minimum(pen, place, 1.0, 0.09)

    def _first_view(self, pen: Pen, view: View, row: int, position: float) -> None:
        """What was seen at first, as a box in what is seen now."""
        zoom = self.story.zoom
        factor, box = zoom.factors(position)[0], self.view.box_of(zoom.view(0), view)
        shown = smooth((factor - _COMING) / (_SMALLER - _COMING)) * smooth((box.width - _SPECK) / _SPECK)
        if factor <= _COMING:
            return
        self._frame(pen, box, shown)
        still = 1 - min(1.0, 8 * abs(position - row))
        if row in self.story.rests and still > 0:
            label = self.labels.first_view(row, self.first_name)
            if label is not None:
                self._text(pen, self.first_name, label.centre, TICK, Role.SECONDARY, shown * still)

    def _frame(self, pen: Pen, box: Box, shown: float) -> None:
        """A dashed box within the panel."""
        if shown <= 0:
            return
        across, up = (box.left, box.right), (box.bottom, box.top)
        corners = np.array([(across[i], up[j]) for i, j in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))])
        for piece in self.view.box.clip(corners):
            pen.stroke(piece, Role.SECONDARY, LINE, shown, _BOX_DASH)

    def _grows_alike(self, pen: Pen, at: Moment, view: View, row: int) -> None:
        """From the first view to this one, a frame that grows: the picture in it stays the same."""
        part = at.raw("seen")
        if self.story.factor is None or at.beat.id != "seen" or not 0 < part < 1:
            return
        if self.story.zoom.factors(row)[0] > _COMING:
            grown = self.story.zoom.view(row * smooth(part))
            self._frame(pen, self.view.box_of(grown, view), min(1.0, 8 * part, 8 * (1 - part)))

    def badge(self, position: float) -> tuple[Rich, Rich, Rich, Rich, Rich]:
        """What the badge says in the view of a row: both axes, and how many times more than at first they hold."""
        say = self.story.speech.say
        wide, high = (say("overshoot.times", times=times(each)) for each in self.story.zoom.factors(position))
        loss = maths(self.story.speech.formula("J"))
        return say("overshoot.zoomed-out"), self.formulae.parameter, wide, loss, high

    def _badge(self, pen: Pen, position: float) -> None:
        factor = max(self.story.zoom.factors(position))
        shown = smooth((factor - _ZOOMED) / 0.2)
        if factor <= _ZOOMED or shown <= 0:
            return
        pieces = self.badge(position)
        roles = (Role.INK, Role.SECONDARY, Role.TROUBLE, Role.SECONDARY, Role.TROUBLE)
        size, box = LABEL * self.frame.type, self.view.box
        y, gap = box.top + 0.12 + 0.22 * size, 0.35 * size
        widths = [measure(piece, size)[0] for piece in pieces]
        x = box.right - sum(widths) - 2 * gap - 3.2 * gap
        for piece, role, width, after in zip(pieces, roles, widths, (2.2, 1, 2.2, 1, 0), strict=True):
            pen.text(piece, (x, y - 0.22 * size), size, anchor=(-1, None), role=role, opacity=shown)
            x += width + after * gap

    def _slope(self, pen: Pen, at: Moment, view: View, told: int) -> None:
        """The tangent where the point rests, while a step from there is explained."""
        if told > self.last or self.story.span(Part.SLOPE, told) is None:
            return
        grown, leaving = at.part(Part.SLOPE, told), 1 - min(1.0, 2.5 * at.hop)
        if grown <= 0 or leaving <= 0:
            return
        place, end = self._tangent(view, told - 1)
        half = (end - place) * grown
        for piece in self.view.box.clip(np.array([place - half, place + half])):
            draw_cased(pen, piece, Role.SLOPE, LINE * 1.5, leaving)
        label = self._slope_label(told - 1)
        if label is not None:
            seen = max(0.0, 2 * grown - 1) * leaving * (1 - 0.35 * at.part(Part.NUMBERS, told))
            text, size = maths(self.story.spelled[told - 1].slope), self.labels.size(0) / self.frame.type
            self._text(pen, text, label.centre, size, Role.SLOPE, seen)

    def _slope_label(self, row: int) -> Box | None:
        """Where the slope stands while the step from a row is explained."""
        if row not in self._slopes:
            view = self.story.zoom.view(row)
            self._slopes[row] = self.labels.slope(view, *self._tangent(view, row), row)
        return self._slopes[row]

    def _tangent(self, view: View, row: int) -> tuple[FloatArray, FloatArray]:
        """The point of a row, and the end of its tangent on the side of the minimum."""
        story, box = self.story, self.view.box
        place = self.view.places(view, story.w[row], story.loss[row])
        with np.errstate(all="ignore"):
            rise = (
                float(story.slope[row])
                * np.exp(view.log_half - view.log_height)
                * box.height
                / (box.width / 2)
            )
        rise = float(np.clip(np.nan_to_num(rise), -1e6, 1e6))
        along = np.array([1.0, rise]) / np.hypot(1.0, rise)
        return place, place - np.sign(story.slope[row] or 1.0) * along * _TANGENT * self.frame.type

    def _step(self, pen: Pen, at: Moment, view: View, told: int) -> None:
        """The step along the axis, and the place to come."""
        if told > self.last or self.story.span(Part.GHOST, told) is None:
            return
        grown, gone = at.part(Part.GHOST, told), 1 - at.hop
        if grown <= 0 or gone <= 0:
            return
        box, y = self.view.box, self.view.box.bottom + _STEP_HEIGHT
        x, end = (
            float(self.view.places(view, self.story.w[k], self.story.loss[k])[0]) for k in (told - 1, told)
        )
        foot = np.array(
            [(x, box.bottom), self.view.places(view, self.story.w[told - 1], self.story.loss[told - 1])]
        )
        pen.stroke(foot, Role.POINT, THIN * 1.3, 0.8 * gone * min(1.0, 2 * grown), _DASH)
        sign = self.story.speech.say("picture.question")
        radius = (1.5 if told == 1 else 0.8) * POINT
        reached = min(1.0, 2 * grown)
        if self._inside((end, y)):
            draw_awaited(pen, (end, y), sign, max(0.0, 2 * grown - 1) * gone, radius, told == 1)
            end += np.copysign(min(radius, 0.5 * abs(end - x)), x - end)
        for piece in box.clip(np.array([(x, y), (x + (end - x) * reached, y)])):
            a, b = piece[[0, -1]].tolist()
            draw_arrow(pen, (a[0], a[1]), (b[0], b[1]), Role.STEP, BOLD, gone)

    def _point(self, pen: Pen, at: Moment, view: View, row: int, hop: float) -> None:
        place = self.view.places(view, self.story.w[row], self.story.loss[row])
        if hop > 0:
            ahead = self.view.places(view, self.story.w[row + 1], self.story.loss[row + 1])
            place = place + hop * (ahead - place)
        x, y = place.tolist()
        if not self._inside((x, y)):
            return
        draw_point(pen, (x, y), 0.75 + 0.25 * self._opening(at), 1.1 * POINT)
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
            pen.disc(place, POINT * (1.5 + 1.3 * swell), Role.POINT, 0.7 * float(swell), ring=LINE)

    def _retraced(self, pen: Pen, at: Moment, view: View, row: int) -> None:
        """At the end a light runs once more along the last jumps."""
        part = at.raw("verdict")
        if not 0 < part < 1:
            return
        first = max(0, row - _RETRACED)
        points = self.view.places(view, self.story.w[first : row + 1], self.story.loss[first : row + 1])
        travelled = part * (len(points) - 1)
        i = min(int(travelled), len(points) - 2)
        x, y = (points[i] + smooth(travelled - i) * (points[i + 1] - points[i])).tolist()
        if self._inside((x, y)):
            pen.glow((x, y), 5 * POINT, Role.INK, 0.5)
            pen.disc((x, y), 0.5 * POINT, Role.INK)

    def _names(self, pen: Pen, at: Moment, view: View, row: int, hop: float) -> None:
        """The last two places, by name and number."""
        if self._sweeping(at) and at.raw("sweep") < 1:
            return
        span = self.story.span(Part.RESULT, row)
        part = at.part(Part.RESULT, row) if row and span is not None else 1.0
        opening = 0.4 + 0.6 * self._opening(at)
        leaving = 1 - min(1.0, 3 * hop)
        self._name(pen, view, row, row, opening * smooth((part - 0.3) / 0.7) * (1 - 0.0 * hop) * leaving)
        if row and hop == 0:
            self._name(pen, view, row - 1, row, 0.85 * smooth((part - 0.5) / 0.5))

    def _name(self, pen: Pen, view: View, row: int, now: int, shown: float) -> None:
        if now not in self.story.rests or shown <= 0:
            return
        offset = self.labels.offset(row, now)
        if offset is None:
            return
        x, y = self.view.point(view, float(self.story.w[row]), float(self.story.loss[row]))
        self._text(
            pen,
            self.labels.name(row),
            (x + offset[0], y + offset[1]),
            self.labels.size(now - row) / self.frame.type,
            Role.POINT,
            shown,
        )

    def _text(self, pen: Pen, text: Rich, at: Point, size: float, role: Role, shown: float) -> None:
        pen.text(text, at, size * self.frame.type, role=role, opacity=shown, halo=_HALO)

    def _counter(self, pen: Pen, row: int) -> None:
        text = self.story.speech.say("picture.step-number", k=whole(int(self.story.steps[row])))
        at = (self.side.left, self.side.top - 0.78 * self.big)
        pen.text(text, at, self.big, anchor=(-1, None), bold=True)
        rate = self.story.speech.say("overshoot.rate", rate=number(self.story.rate))
        if self.frame.broad or not self.frame.wide:
            pen.text(rate, (self.side.right, at[1]), self.big * 0.85, anchor=(1, None), role=Role.TROUBLE)

    def _rule(self, pen: Pen, at: Moment, told: int, shown: float) -> None:
        rule, story = self.rule, self.story
        rule.draw_letters(pen, max(0.0, 2 * shown - 1))
        row = told if told <= self.last and at.part(Part.NUMBERS, told) > 0 else at.landed
        leaving = 1.0
        if row == at.landed and told <= self.last and story.span(Part.SLOPE, told) is not None:
            leaving = 1 - min(1.0, 1.6 * at.part(Part.SLOPE, told))
        if not 0 < row <= len(story.spelled) or shown <= 0.5:
            return
        now, size = story.zoom.view(row - 1), self.labels.size(0)
        place, end = self._tangent(now, row - 1)
        label, offset = self._slope_label(row - 1), self.labels.offset(row - 1, row - 1) or (0.0, 0.2)
        risen = (label.left, label.bottom) if label is not None else (float(end[0]), float(end[1]))
        rule.draw(
            pen,
            story.spelled[row - 1],
            old=Flight((float(place[0]) + offset[0], float(place[1]) + offset[1] - 0.1), size),
            slope=Flight(risen, size),
            flown=at.part(Part.NUMBERS, row),
            asked=at.part(Part.GHOST, row) if row > at.landed else 1.0,
            solved=at.part(Part.RESULT, row) if row <= at.landed else 0.0,
            shown=leaving * max(0.0, 2 * shown - 1),
        )

    # Why it went so

    def _distances(self, pen: Pen, at: Moment, view: View, row: int) -> None:
        """How far the last two points are from the minimum."""
        grown = at.done("factor", 0.1, 0.9)
        if grown <= 0 or self.story.minimum is None or row == 0:
            return
        x, foot = self.view.point(view, *self.story.minimum)
        points = [
            self.view.point(view, float(self.story.w[k]), float(self.story.loss[k])) for k in (row - 1, row)
        ]
        if not all(self._inside(point) for point in points):
            return
        top = max(y for _, y in points)
        axis = np.array([(x, foot), (x, foot + (top - foot) * min(1.0, 3 * grown))])
        pen.stroke(axis, Role.GOOD, LINE, 0.9, _DASH)
        for (end, y), part in zip(points, (3 * grown - 1, 3 * grown - 2), strict=True):
            part = min(1.0, part)
            if part > 0 and abs(end - x) > 0.3:
                near = end - np.copysign(1.6 * POINT, end - x)
                draw_cased(pen, np.array([(x, y), (x + (near - x) * part, y)]), Role.POINT, LINE * 1.6)

    def _reasons(self, pen: Pen, at: Moment) -> None:
        """In the place of the rule: by what every jump multiplies the distance, and on which side of the limit the rate is."""
        story, zone, say = self.story, self.rule.zone, self.story.speech.say
        if story.factor is None or story.limit is None:
            return
        role = Role.GOOD if story.factor < 1 and not is_limit(story.factor) else Role.TROUBLE
        shown = at.done("factor", 0.0, 0.4)
        factor = say("overshoot.times", times=times(story.factor))
        pen.text(factor, (zone.left, zone.top), self.big, anchor=(-1, 1), role=role, opacity=shown)
        at_words = (zone.left + measure(factor, self.big)[0] + 0.2, zone.top - 0.75 * self.big)
        pen.text(
            say("overshoot.distance-times"), at_words, TICK * 1.1, anchor=(-1, None), role=role, opacity=shown
        )
        self._strip(pen, at.done("limit", 0.0, 0.9), zone.top - 0.82)

    def _strip(self, pen: Pen, grown: float, y: float) -> None:
        """All rates on a line, those that come to rest up to the limit, and this one."""
        story, zone = self.story, self.rule.zone
        if grown <= 0 or story.limit is None:
            return
        left, right = zone.left + 0.1, zone.right - 0.1
        most = max(1.6 * story.limit, 1.25 * story.rate)
        limit = left + (right - left) * story.limit / most
        rate = left + (right - left) * story.rate / most
        drawn = min(1.0, 2 * grown)
        for a, b, role in ((left, limit, Role.GOOD), (limit, right, Role.TROUBLE)):
            pen.stroke(np.array([(a, y), (a + (b - a) * drawn, y)]), role, BOLD * 1.6)
        pen.stroke(np.array([(limit, y - 0.13), (limit, y + 0.13)]), Role.INK, LINE, drawn)
        say, size = story.speech.say, TICK * self.frame.type
        for text, role, ends in (
            (say("overshoot.strip-below"), Role.GOOD, (left, limit)),
            (say("overshoot.strip-above"), Role.TROUBLE, (limit, right)),
        ):
            if measure(text, size)[0] <= ends[1] - ends[0] - 0.1:
                middle = sum(ends) / 2
                pen.text(text, (middle, y - 0.2), size, anchor=(0, 1), role=role, opacity=drawn)
        at = left + (rate - left) * smooth(max(0.0, 2 * grown - 1))
        draw_point(pen, (at, y), min(1.0, 3 * grown), 0.75 * POINT)


picture = OvershootPicture

"""One valley for every rate: a light moves along the axis of rates, and one jump shows where each of them leads."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.notation import Node, Sign, row
from scenes.draw.faint_pen import FaintPen
from scenes.draw.pen import BOLD, LINE, Pen, Point, measure
from scenes.layout import Box, Plot, place_label
from scenes.layout.box import box_at
from scenes.storyboard.story import Moment, smooth
from scenes.text import Format, Rich, format_of, maths, multiplied, number, value_of
from scenes.theme import LABEL, RULE, Role
from scenes.widgets.marks import (
    HALO,
    POINT,
    draw_arrow,
    draw_cased,
    draw_ghost,
    draw_glowing,
    draw_landing,
    draw_minimum,
    draw_point,
)
from scenes.widgets.plane.axes import AxisStyle

from .jump_time import JumpTime
from .tall_axis import draw_numbers

_AREA = (0.34, 0.04)  # opacity under the curve, at the top and at the bottom
_DASH = (0.05, 0.07)
_SAMPLES = 361
_ASIDE, _ABOVE, _BELOW = 1.1, 0.22, 0.2  # of the farthest landing; of its height, above and below
_ARROW = 0.21  # of the jump above the axis
_LEADING = 0.35  # of the opening: from here on the valley is there
_LENGTH, _BESIDE = 0.6, 0.6  # of the way home: how wide the length of a jump is at most, and where it stands
_BETWEEN, _BROADEST = 0.45, 0.68  # between the rate and what it leaves; of the box, both together at most
_NAMED = 0.4  # seconds in which a name comes
_SIZE = 0.8 * RULE
_PULSES = 2


@dataclass(eq=False)
class JumpStage(JumpTime):
    """The valley in its box; it grows out of the plot `origin` of a panel."""

    box: Box
    origin: Plot
    style: AxisStyle
    _x: FloatArray = field(init=False)
    _y: FloatArray = field(init=False)

    def __post_init__(self) -> None:
        jumps = self.jumps
        far, top = jumps.landing(jumps.farthest)
        half = _ASIDE * max(abs(far - jumps.goal), abs(jumps.start - jumps.goal))
        rise = max(top, jumps.value(jumps.start)) - jumps.floor
        self.across = (jumps.goal - half, jumps.goal + half)
        self.up = (jumps.floor - _BELOW * rise, jumps.floor + (1 + _ABOVE) * rise)
        low = min(self.across[0], self.origin.x.low)
        high = max(self.across[1], self.origin.x.high)
        self._x = np.linspace(low, high, _SAMPLES)
        self._y = np.asarray(jumps.problem.value(self._x[:, None]), dtype=np.float64)

    def plot(self, at: Moment) -> Plot:
        """The plot on its way from a panel to its box."""
        part = at.done("strip", 0.15, 0.75)
        a, b, o = self.origin.box, self.box, self.origin

        def between(before: float, after: float) -> float:
            return before + part * (after - before)

        box = Box(*(between(p, q) for p, q in zip(_ends(a), _ends(b), strict=True)))
        across = between(o.x.low, self.across[0]), between(o.x.high, self.across[1])
        return Plot.over(box, across, (between(o.y.low, self.up[0]), between(o.y.high, self.up[1])))

    # What stands still

    def key(self, at: Moment) -> Hashable:
        return at.raw("strip")

    def draw_ground(self, pen: Pen, at: Moment) -> None:
        """The curve with what lies below it, and its axis."""
        shown = at.done("strip", 0.05, _LEADING)
        if shown <= 0:
            return
        faint, plot = FaintPen(pen, shown), self.plot(at)
        box = plot.box
        curve = box.clip(plot.at(self._x, self._y))
        for part in curve:
            under = np.vstack([part, [(part[-1][0], box.bottom), (part[0][0], box.bottom)]])
            faint.shade(under, Role.OBJECTIVE, (0.0, box.top), (0.0, box.bottom), _AREA)
        faint.stroke(np.array([(box.left, box.bottom), (box.right, box.bottom)]), Role.AXIS, LINE * 0.85)
        draw_glowing(faint, curve, Role.OBJECTIVE)
        named = at.done("strip", 0.75, 1.0)
        if named > 0:
            draw_numbers(FaintPen(pen, named), plot, self.style, plot, plot, 0.0)

    # What moves

    def draw(self, pen: Pen, at: Moment) -> None:
        """The jump with the rate of the moment, and where it lands."""
        shown = at.done("strip", 0.2, 0.4)
        if shown <= 0:
            return
        faint, plot, jumps = FaintPen(pen, shown), self.plot(at), self.jumps
        rate, written = self.rate(at)
        place, value = jumps.landing(rate)
        start = plot.point(jumps.start, jumps.value(jumps.start))
        end, goal = plot.point(place, value), plot.point(jumps.goal, jumps.floor)
        self._level(pen, at, plot, start)
        self._length(pen, at, plot, start, goal)
        floor = plot.box.bottom
        for x, y in (start, end):
            draw_cased(faint, np.array([(x, floor), (x, y)]), Role.POINT, LINE, 0.8, _DASH)
        higher = value > jumps.value(jumps.start) * (1 + 1e-12)
        if rate > 0:
            draw_cased(faint, np.array([start, end]), Role.TROUBLE if higher else Role.POINT, LINE * 1.3, 0.7)
            draw_arrow(faint, (start[0], floor + _ARROW), (end[0], floor + _ARROW), Role.STEP, BOLD)
        draw_ghost(faint, start, 0.9, 0.8 * POINT)
        home = rate == jumps.best
        draw_minimum(faint, goal, 1.0, (1.35 if home else 0.95) * POINT)
        draw_point(faint, end)
        self._pulses(pen, at, end, Role.GOOD if home else Role.TROUBLE)
        faint = FaintPen(pen, at.done("strip", 0.7, 1.0))
        self._named(faint, at, plot, goal, written, home)
        light = self.strip.band.left + self.share(at) * self.strip.band.width
        draw_point(faint, (light, self.strip.band.centre[1]), 1.0, 0.85 * POINT, Role.INK)
        if self.slid(at, "best") > 0:
            self._factor_left(faint, at, plot, value_of(written))

    def _factor_left(self, pen: Pen, at: Moment, plot: Plot, rate: float) -> None:
        """What a jump with a rate leaves of the way home, beside the rate or below it."""
        factor = self.jumps.factor(rate)
        resting = any(told for told, _ in self._rests(at))
        text = self._left(number(factor, 3) if resting else self._share_format(factor))
        role = Role.GOOD if factor == 0 else Role.TROUBLE if factor > 1 else Role.SECONDARY
        size, widest = self._left_size, self._left_width
        x, y = self._rate_left(plot) + self._rate_width() + _BETWEEN, plot.box.top - 0.85 * self._rate_size()
        if not self._together:
            x, y = float(plot.x(self.jumps.goal)) - 0.5 * widest, y - 1.5 * size
        pen.text(text, (x, y), size, anchor=(-1, None), role=role, halo=HALO)

    def _left(self, factor: Node) -> Rich:
        return self.story.speech.say("learning-rates.way-home", factor=factor)

    @property
    def _left_size(self) -> float:
        return LABEL * 1.1 * self.style.type

    @cached_property
    def _left_width(self) -> float:
        """How wide it is at most what a jump leaves."""
        return measure(self._left(self._share_format(0.25)), self._left_size)[0]

    @property
    def _together(self) -> bool:
        """Does it stand beside the rate? In a high box there is room below that."""
        return self.box.width > 1.2 * self.box.height

    def _rate_left(self, plot: Plot) -> float:
        """Where the rate begins: in the middle, or with what it leaves beside it."""
        beside = _BETWEEN + self._left_width if self._together else 0.0
        return float(plot.x(self.jumps.goal)) - 0.5 * (self._rate_width() + beside)

    def _rate_size(self) -> float:
        """The size of the rate above the valley."""
        room = _BROADEST * self.box.width - (_BETWEEN + self._left_width if self._together else 0.0)
        return min(_SIZE * self.style.type, room / self._rate_width(1.0))

    def _rate_width(self, size: float | None = None) -> float:
        """How wide the rate is at most."""
        text = self.story.speech.formula("alpha = {rate}", rate=self._format(self.jumps.limit))
        return measure(maths(text), self._rate_size() if size is None else size)[0]

    @cached_property
    def _share_format(self) -> Format:
        return format_of([k / 100 for k in range(130)])

    def _level(self, pen: Pen, at: Moment, plot: Plot, start: Point) -> None:
        """The height of the start, once it is asked whether a jump leads higher."""
        grown = at.done("limit", 0.0, 0.4) if at.since("limit") else 0.0
        if grown <= 0:
            return
        far, y = float(plot.x(self.jumps.landing(self.jumps.limit)[0])), start[1]
        line = np.array([(start[0], y), (start[0] + (far - start[0]) * grown, y)])
        pen.stroke(line, Role.SECONDARY, LINE, 0.9, (0.11, 0.08))
        beat = at.story.beat("limit")
        told = smooth((at.seconds - beat.start - beat.spoken) / _NAMED) * (1 - at.done("end", 0.0, 0.1))
        text, size = self.story.speech.say("learning-rates.as-high"), LABEL * self.style.type
        at_text = ((start[0] + far) / 2, y - 0.75 * size)  # it comes when the jump has landed there
        pen.text(text, at_text, size, role=Role.SECONDARY, opacity=told, halo=HALO)

    def _length(self, pen: Pen, at: Moment, plot: Plot, start: Point, goal: Point) -> None:
        """How long the jump is, above its arrow, where the light rests: rate times slope."""
        jumps = self.jumps
        for identifier, after, rate in (
            ("best", "limit", jumps.best),
            ("limit", "above", jumps.limit),
            ("above", "end", jumps.farthest),
            ("end", None, jumps.best),
        ):
            if not at.since(identifier):
                continue
            beat = at.story.beat(identifier)
            told = smooth((at.seconds - beat.start - (beat.spoken or 0.7 * beat.motion)) / _NAMED)
            gone = (
                smooth((at.seconds - at.story.beat(after).start) / _NAMED)
                if after and at.since(after)
                else 0.0
            )
            if told - gone <= 0:
                continue
            product = multiplied(rate, abs(jumps.slope))
            text = maths(row([product.left, Sign("dot"), product.right, Sign("equals"), product.product]))
            size = 1.2 * LABEL * self.style.type
            size *= min(1.0, _LENGTH * abs(start[0] - goal[0]) / measure(text, size)[0])
            place = (goal[0] + (start[0] - goal[0]) * _BESIDE, plot.box.bottom + _ARROW + 0.13 + 0.5 * size)
            pen.text(text, place, size, role=Role.STEP, opacity=told - gone, halo=HALO)

    def _pulses(self, pen: Pen, at: Moment, place: Point, role: Role) -> None:
        """Light that runs out from a landing that is told."""
        for identifier in ("best", "limit", "above", "end"):
            if at.beat.id != identifier:
                continue
            beat, told = at.beat, at.beat.spoken if identifier != "end" else 0.6 * at.beat.motion
            room = beat.motion - told
            if room > 0 and at.seconds - beat.start > told:
                part = (at.seconds - beat.start - told) / room * _PULSES
                if part < _PULSES:
                    draw_landing(pen, place, part % 1.0, 1.2 * POINT, role)

    def _named(self, pen: Pen, at: Moment, plot: Plot, goal: Point, written: Node, home: bool) -> None:
        """The rate, above the valley as above the panels, and the word for its bottom when a jump lands there."""
        speech, size = self.story.speech, self._rate_size()
        text = maths(speech.formula("alpha = {rate}", rate=written))
        at_text = (self._rate_left(plot), plot.box.top - 0.85 * size)
        if self.slid(at, "best") > 0:
            pen.text(text, at_text, size, anchor=(-1, None))
        else:  # no rate has been tried yet
            asked = maths(row([speech.formula("alpha"), Sign("equals")]))
            pen.text(asked, at_text, size, anchor=(-1, None))
            at_text = (at_text[0] + measure(asked, size)[0] + 0.3 * size, at_text[1])
            sign = speech.say("picture.question")
            pen.text(sign, at_text, size, anchor=(-1, None), role=Role.GOOD, bold=True)
        if home:
            place, size = self._home
            word = speech.say("learning-rates.home")
            pen.text(word, place, size, role=Role.GOOD, bold=True, halo=HALO)

    @cached_property
    def _home(self) -> tuple[Point, float]:
        """Where the word for the bottom stands, and its size: clear of the jump that leads there."""
        jumps, plot = self.jumps, Plot.over(self.box, self.across, self.up)
        start, goal = plot.point(jumps.start, jumps.value(jumps.start)), plot.point(jumps.goal, jumps.floor)
        size = LABEL * 1.15 * self.style.type
        room = measure(self.story.speech.say("learning-rates.home"), size, bold=True)
        lines = [*self.box.clip(plot.at(self._x, self._y)), np.array([start, goal])]
        floor = self.box.bottom
        taken = [
            Box(min(start[0], goal[0]), floor, max(start[0], goal[0]), floor + 1.7 * _ARROW),
            box_at(goal, (3.6 * POINT, 3.6 * POINT)),
        ]
        away = float(np.copysign(1.0, goal[0] - start[0]))
        prefer = ((0.0, 1.0), (0.4 * away, 1.0), (away, 1.0), (away, 0.6))
        return place_label(
            goal, room, within=self.box, boxes=taken, lines=lines, gap=2 * POINT, prefer=prefer
        ), size


def _ends(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.bottom, box.right, box.top

"""The axis of learning rates: where the rates stand, and what the curvature says about each place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scenes.draw.pen import BOLD, THIN, Pen, measure
from scenes.layout import Box, Scale
from scenes.layout.spread import spread
from scenes.storyboard.views.regimes import ROLES, Band, Strip, band_word
from scenes.storyboard.views.verdicts import RateVerdict
from scenes.text import Rich, Speech, maths, number, tick_numbers
from scenes.theme import TICK, Role
from scenes.widgets.marks import CASING
from scenes.widgets.signs import WIDTH, draw_sign

_BAND = 0.24  # height of the bands
_LEADER = 0.2  # from the numbers of the rates to the bands
_LIMIT = 0.06  # so far a limit reaches beyond the bands
_TINT: dict[Band, float] = {"crawl": 0.4, "depends": 0.3}
_TINTED = 0.55  # opacity of the other bands
_GAP = 0.18  # between words
_APART = 0.02  # between bands
_MARK = 0.15  # height of the triangles at the rates
_COMING = 0.4  # a word comes while so much beyond its place is coloured
_DISPLACED = 1.3  # farther from its band than so many widths of its own a word says nothing


@dataclass(frozen=True)
class _Word:
    """A text below the bands, in the middle of `x`; with what it comes."""

    text: Rich
    x: float
    role: Role
    limit: bool = False


class RegimeStrip:
    """A strip laid out once at the bottom of a zone: rates above the bands, their names and the limit below."""

    def __init__(
        self,
        zone: Box,
        speech: Speech,
        strip: Strip,
        rates: Sequence[float],
        verdicts: Sequence[RateVerdict],
        type_scale: float = 1.0,
        *,
        reasoned: bool = True,
    ) -> None:
        self.reasoned = reasoned  # is it said where a limit comes from?
        self.speech, self.strip, self.rates, self.verdicts = speech, strip, rates, verdicts
        self.type, self.size = type_scale, TICK * type_scale
        name = speech.say("picture.rates-log") if strip.log else maths(speech.formula("alpha"))
        self.name = name
        self.lower_line = zone.bottom + 0.55 * self.size
        low = zone.bottom + 1.1 * self.size + 0.1
        self.band = Box(zone.left, low, zone.right, low + _BAND * type_scale)
        self.rate_line = self.band.top + _LEADER * type_scale + 0.5 * self.size
        self.scale = Scale(strip.low, strip.high, self.band.left, self.band.right, log=strip.log)
        self.labels = [maths(number(rate)) for rate in rates]
        self.marks = [
            min(max(float(self.scale(max(rate, 1e-300))), self.band.left), self.band.right) for rate in rates
        ]
        sizes = [measure(label, self.size) for label in self.labels]
        self.tallest = max(height for _, height in sizes)
        named = measure(name, self.size)[0]
        self.places = spread(
            self.marks, [width for width, _ in sizes], zone.left, zone.right - named - 0.2, _GAP
        )
        self.signs: list[tuple[Band, float]] = []
        self.lower = self._lower(zone)

    @staticmethod
    def height(type_scale: float = 1.0) -> float:
        """What a strip needs, from the numbers of the rates to the names of the bands."""
        return (2.2 * TICK + _BAND + _LEADER) * type_scale + 0.12

    def _lower(self, zone: Box) -> list[_Word]:
        """What stands below the bands: the limits, the names of the bands, and where they end, as far as there is room."""
        strip, say = self.strip, self.speech.say
        items: list[_Word] = []
        for limit in strip.limits:
            value = number(limit)
            text = say("picture.limit" if self.reasoned else "picture.limit-alone", limit=value)
            if len(strip.limits) > 1:
                first = limit == strip.limits[0]
                text = say("picture.limit-steepest" if first else "picture.limit-bottom", limit=value)
            items.append(_Word(text, float(self.scale(limit)), Role.TROUBLE, limit=True))
        for band, low, high in strip.bands:
            a, b = float(self.scale(low)), float(self.scale(high))
            word = _Word(band_word(self.speech, band), (a + b) / 2, ROLES[band])
            if self._fits([*items, word], zone):
                items.append(word)
            elif b - a >= WIDTH + 0.12:
                self.signs.append((band, (a + b) / 2))
        placed = [
            _Word(item.text, x, item.role, item.limit)
            for item, x in zip(items, self._spread(items, zone), strict=True)
        ]
        ends = [high for _, _, high in strip.bands[:-1] if high not in strip.limits]
        ticks = ends or self.scale.ticks(1.6).tolist()
        numbers = [number(value) for value in ticks]
        if not ends:
            numbers = list(tick_numbers(ticks, log=strip.log).labels)
        for value, label in zip(ticks, numbers, strict=True):
            tick = _Word(maths(label), float(self.scale(value)), Role.SECONDARY)
            if all(self._apart(tick, other) for other in placed) and self._within(tick, zone):
                placed.append(tick)
        return placed

    def _wide(self, word: _Word) -> float:
        return measure(word.text, self.size)[0]

    def _spread(self, items: Sequence[_Word], zone: Box) -> list[float]:
        return spread([i.x for i in items], [self._wide(i) for i in items], zone.left, zone.right, _GAP)

    def _fits(self, items: Sequence[_Word], zone: Box) -> bool:
        """Do words stand beside one another, each near its place?"""
        widths = [self._wide(item) for item in items]
        if sum(widths) + _GAP * (len(widths) - 1) > zone.width:
            return False
        places = self._spread(items, zone)
        return all(
            item.limit or abs(x - item.x) <= _DISPLACED * wide
            for item, x, wide in zip(items, places, widths, strict=True)
        )

    def _apart(self, word: _Word, other: _Word) -> bool:
        return abs(word.x - other.x) >= (self._wide(word) + self._wide(other)) / 2 + _GAP

    def _within(self, word: _Word, zone: Box) -> bool:
        half = self._wide(word) / 2
        return zone.left <= word.x - half and word.x + half <= zone.right

    def share(self, rate: float) -> float:
        """Where on the axis a rate stands, 0 to 1."""
        return float((self.scale(rate) - self.band.left) / self.band.width)

    def rate_at(self, share: float) -> float:
        """The rate that stands so far along the axis."""
        low, high = self.strip.low, self.strip.high
        return float(low * (high / low) ** share) if self.strip.log else low + share * (high - low)

    def draw(
        self,
        pen: Pen,
        *,
        shown: float,
        coloured: float,
        limit: float,
        judged: float | None = None,
        pulse: float = 0.0,
    ) -> None:
        """`shown` the axis with its rates, `coloured` how much of it has its colours, from the left, `limit` the limit.

        The rates have the colours of their verdicts as far as they are `judged` (None: as far as the axis is coloured);
        the marks swell with a `pulse`.
        """
        if shown <= 0:
            return
        self._bands(pen, shown, coloured)
        self._rates(pen, shown, coloured if judged is None else judged, pulse)
        reach = self.band.left + self.band.width * coloured
        for word in self.lower:
            told = 1.0 if coloured >= 1 else min(1.0, max(0.0, (reach - word.x) / _COMING))
            seen = limit if word.limit else told if self.strip.bands else shown
            pen.text(word.text, (word.x, self.lower_line), self.size, role=word.role, opacity=seen)
        for value in self.strip.limits:
            x = float(self.scale(value))
            top, bottom = self.band.top + _LIMIT, self.band.bottom - 0.5 * _LIMIT  # clear of its number
            line = np.array([(x, top), (x, top + (bottom - top) * limit)])
            pen.stroke(line, Role.CASING, BOLD + 2 * CASING, limit, quiet=True)
            pen.stroke(line, Role.INK, BOLD, limit)
        pen.text(
            self.name, (self.band.right, self.rate_line), self.size, anchor=(1, 0), role=Role.SECONDARY, opacity=shown
        )  # fmt: skip

    def _bands(self, pen: Pen, shown: float, coloured: float) -> None:
        band = self.band
        pen.wash(band.begun(shown), Role.AXIS, 0.22 * (1 - coloured if self.strip.bands else 1.0))
        reach = band.left + band.width * coloured
        for regime, low, high in self.strip.bands:
            a, b = float(self.scale(low)), float(self.scale(high))
            a, b = a + (_APART if a > band.left else 0.0), min(b - (_APART if b < band.right else 0.0), reach)
            if b > a:
                pen.wash(Box(a, band.bottom, b, band.top), ROLES[regime], _TINT.get(regime, _TINTED))
        for regime, x in self.signs:
            told = min(1.0, max(0.0, (reach - x) / _COMING)) if coloured < 1 else 1.0
            draw_sign(pen, (x - WIDTH / 2 + 0.03, band.centre[1]), regime, Role.INK, told)

    def _rates(self, pen: Pen, shown: float, judged: float, pulse: float) -> None:
        size = _MARK * self.type * (1 + 0.35 * pulse)
        tip = self.band.top - 0.35 * self.band.height
        foot = self.rate_line - self.tallest / 2 - 0.06
        for label, mark, place, verdict in zip(
            self.labels, self.marks, self.places, self.verdicts, strict=True
        ):
            if abs(place - mark) > 0.02:
                pen.stroke(np.array([(place, foot), (mark, tip + size)]), Role.SECONDARY, THIN, 0.7 * shown)
            triangle = np.array(
                [(mark, tip), (mark - 0.55 * size, tip + 1.4 * size), (mark + 0.55 * size, tip + 1.4 * size)]
            )
            edge = np.vstack([triangle, triangle[:1]])
            pen.stroke(edge, Role.CASING, 2 * CASING, shown, quiet=True)
            for role, seen in ((Role.INK, 1 - judged), (verdict.role, judged)):  # a verdict has its time
                pen.area(triangle, role, shown * seen)
                pen.text(label, (place, self.rate_line), self.size, role=role, opacity=shown * seen)

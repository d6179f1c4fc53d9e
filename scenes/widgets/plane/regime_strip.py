"""The axis of learning rates: where the rates stand, and what the curvature says about each place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scenes.draw.pen import BOLD, LINE, THIN, Pen, measure
from scenes.layout import Box, Scale
from scenes.layout.spread import spread
from scenes.storyboard.views.regimes import ROLES, Band, RateVerdict, Strip, band_word
from scenes.text import Rich, Speech, maths, number, tick_numbers
from scenes.theme import LABEL, TICK, Role
from scenes.widgets.signs import WIDTH, draw_sign

STRIP_HEIGHT = 1.28  # of the whole strip with its labels
_BAND = 0.34
_LEADER = 0.24
_SLICES = 28  # of the zig-zag band, which runs from good to trouble
_TINT = 0.42
_GAP = 0.2
_MARK = 0.11  # of the triangles at the rates


class RegimeStrip:
    """A strip laid out once in a zone: rates above the band, limit and round numbers below it."""

    def __init__(
        self,
        zone: Box,
        speech: Speech,
        strip: Strip,
        rates: Sequence[float],
        verdicts: Sequence[RateVerdict],
    ) -> None:
        self.speech, self.strip, self.rates, self.verdicts = speech, strip, rates, verdicts
        self.name = speech.say("picture.rates-log") if strip.log else maths(speech.formula("alpha"))
        name = measure(self.name, LABEL)[0] + 0.2
        top = zone.top - TICK - _LEADER - 0.06
        self.band = Box(zone.left, top - _BAND, zone.right - name, top)
        self.scale = Scale(strip.low, strip.high, self.band.left, self.band.right, log=strip.log)
        self.labels = [maths(number(rate)) for rate in rates]
        self.marks = [
            min(max(float(self.scale(max(rate, 1e-300))), self.band.left), self.band.right) for rate in rates
        ]
        sizes = [measure(label, TICK) for label in self.labels]
        widths, self.tallest = [width for width, _ in sizes], max(height for _, height in sizes)
        self.places = spread(self.marks, widths, zone.left, zone.right, _GAP)
        self.rate_line = zone.top - TICK / 2
        self.lower_line = self.band.bottom - 0.12 - TICK / 2
        self.inside, outside = self._names()
        self.lower = self._lower(zone, outside)

    def _names(self) -> tuple[list[tuple[Band, float, bool]], list[tuple[Band, float]]]:
        """Regimes with the middle of their band: those shown inside, by name or by sign, and those without room."""
        inside: list[tuple[Band, float, bool]] = []
        outside: list[tuple[Band, float]] = []
        for regime, low, high in self.strip.bands:
            a, b = float(self.scale(low)), float(self.scale(high))
            named = measure(band_word(self.speech, regime), TICK)[0] + 0.16 <= b - a
            if named or b - a >= WIDTH + 0.12:
                inside.append((regime, (a + b) / 2, named))
            else:
                outside.append((regime, (a + b) / 2))
        return inside, outside

    def _lower(self, zone: Box, outside: Sequence[tuple[Band, float]]) -> list[tuple[Rich, float, Role, str]]:
        """What stands below the band: the limit, names without room above, and round numbers that are free."""
        strip, say = self.strip, self.speech.say
        items: list[tuple[Rich, float, Role, str]] = []
        for limit in self.strip.limits:
            value = number(limit)
            text = say("picture.limit", limit=value)
            if len(strip.limits) > 1:
                first = limit == strip.limits[0]
                text = say("picture.limit-steepest" if first else "picture.limit-bottom", limit=value)
            items.append((text, float(self.scale(limit)), Role.TROUBLE, "limit"))
        items += [(band_word(self.speech, name), x, ROLES[name], "word") for name, x in outside]
        widths = [measure(text, TICK)[0] for text, _, _, _ in items]
        centres = spread([x for _, x, _, _ in items], widths, zone.left, zone.right, _GAP)
        placed = [(t, c, role, kind) for (t, _, role, kind), c in zip(items, centres, strict=True)]
        taken = [(c - w / 2 - _GAP, c + w / 2 + _GAP) for c, w in zip(centres, widths, strict=True)]
        ticks = self.scale.ticks(1.6)
        numbers = tick_numbers(ticks.tolist(), log=strip.log).labels
        for value, label in zip(ticks.tolist(), numbers, strict=True):
            text = maths(label)
            x, half = float(self.scale(value)), measure(text, TICK)[0] / 2
            if (
                all(x + half < a or x - half > b for a, b in taken)
                and zone.left <= x - half
                and x + half <= zone.right
            ):
                placed.append((text, x, Role.AXIS, "tick"))
                taken.append((x - half - _GAP, x + half + _GAP))
        return placed

    def draw(self, pen: Pen, *, shown: float, coloured: float, limit: float) -> None:
        """`shown` the axis with its rates, `coloured` the regimes and the rates' colours, `limit` the limit."""
        if shown <= 0:
            return
        self._bands(pen, shown, coloured)
        self._rates(pen, shown, coloured)
        for text, x, role, kind in self.lower:
            seen = {"limit": limit, "word": coloured, "tick": shown}[kind]
            pen.text(text, (x, self.lower_line), TICK, role=role, opacity=seen)
            if kind == "tick":
                self._line(pen, float(x), self.band.bottom, self.band.bottom - 0.07, Role.AXIS, THIN, shown)
        for value in self.strip.limits:
            x = float(self.scale(value))
            self._line(pen, x, self.band.top, self.band.bottom - 0.05, Role.TROUBLE, BOLD, limit)
        end = (self.band.right + 0.14, self.band.centre[1])
        pen.text(self.name, end, LABEL, anchor=(-1, 0), opacity=shown)

    def _bands(self, pen: Pen, shown: float, coloured: float) -> None:
        band = self.band
        pen.wash(band.begun(shown), Role.AXIS, 0.16)
        reach = band.left + band.width * coloured
        for regime, low, high in self.strip.bands:
            a, b = float(self.scale(low)), min(float(self.scale(high)), reach)
            if b <= a:
                continue
            if regime == "zig-zag":
                self._fading(pen, a, float(self.scale(high)), b)
            else:
                pen.wash(Box(a, band.bottom, b, band.top), ROLES[regime], _TINT)
            if a > band.left:
                self._line(pen, a, band.top, band.bottom, Role.BACKGROUND, LINE, 1.0)
        for regime, x, named in self.inside:
            if named:
                pen.text(band_word(self.speech, regime), (x, band.centre[1]), TICK, opacity=coloured)
            else:
                draw_sign(pen, (x - WIDTH / 2 + 0.03, band.centre[1]), regime, Role.INK, coloured)

    def _fading(self, pen: Pen, left: float, right: float, reach: float) -> None:
        """From good to trouble: the nearer to the limit, the slower a zig-zag comes to rest."""
        edges = np.linspace(left, right, _SLICES + 1)
        for i, (a, b) in enumerate(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)):
            if a >= reach:
                return
            part = (i + 0.5) / _SLICES
            box = Box(a, self.band.bottom, min(b, reach), self.band.top)
            pen.wash(box, Role.GOOD, _TINT * (1 - part))
            pen.wash(box, Role.TROUBLE, _TINT * part)

    def _rates(self, pen: Pen, shown: float, judged: float) -> None:
        foot, tip = self.rate_line - self.tallest / 2 - 0.05, self.band.top + 0.02
        for label, mark, place, verdict in zip(
            self.labels, self.marks, self.places, self.verdicts, strict=True
        ):
            pen.stroke(np.array([(place, foot), (mark, tip + _MARK)]), Role.INK, THIN, 0.7 * shown)
            triangle = np.array(
                [(mark, tip), (mark - _MARK / 2, tip + _MARK), (mark + _MARK / 2, tip + _MARK)]
            )
            same = verdict.role is Role.INK
            for role, opacity in (
                (Role.INK, 1.0 if same else 1 - judged),
                (verdict.role, 0.0 if same else judged),
            ):
                pen.area(triangle, role, shown * opacity)
                pen.text(label, (place, self.rate_line), TICK, role=role, opacity=shown * opacity)

    @staticmethod
    def _line(
        pen: Pen, x: float, top: float, bottom: float, role: Role, width: float, opacity: float
    ) -> None:
        pen.stroke(np.array([(x, top), (x, bottom)]), role, width, opacity)

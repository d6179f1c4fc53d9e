"""The rule of gradient descent as a displayed formula whose parts are named below it."""

from __future__ import annotations

from dataclasses import dataclass

from gdcore.notation import Node, Sign
from gdcore.problems import Problem
from scenes.text import Rich, Speech, maths
from scenes.theme import Role

from .block import Whole
from .inline import inline_reach, inline_width
from .lettering import width_of
from .sheet import Sheet
from .style import HAIR, SMALL

_SIZE = 14.0
_SPACE = 5.0  # between the parts, in points
_APART = 12.0  # between two names


@dataclass(frozen=True)
class _Part:
    formula: Rich
    name: str
    role: Role | None


@dataclass(frozen=True, kw_only=True)
class UpdateRule(Whole):
    """w ← w − α · J′(w) on a tinted ground; one line for each parameter, names below the last.

    `apart`: has each parameter a rate of its own?
    """

    problem: Problem
    speech: Speech
    apart: bool = False
    gap: float = 8.0
    _pad: float = 8.0

    def _lines(self) -> list[list[_Part]]:
        count = min(len(self.problem.parameters), 3)
        return [self._line(index) for index in range(count)]

    def _line(self, index: int) -> list[_Part]:
        speech, formula = self.speech, self.speech.formula
        p = speech.name(self.problem.parameters[index])
        if len(self.problem.parameters) == 1:
            slope, name = formula("J'({p})", p=p), speech.word("report.rule.slope")
        else:
            slope, name = (
                formula("frac(partial J, partial {p})", p=p),
                speech.word("report.rule.slope-partial"),
            )
        rate = formula("alpha_({p})", p=p) if self.apart else formula("alpha")
        return [
            _part(p, speech.word("report.rule.new"), Role.POINT),
            _part(Sign("becomes"), "", None),
            _part(p, speech.word("report.rule.old"), Role.POINT),
            _part(Sign("minus"), "", None),
            _part(rate, speech.word("report.rule.rate"), Role.STEP),
            _part(Sign("dot"), "", None),
            _part(slope, name, Role.SLOPE),
        ]

    def _widths(self, lines: list[list[_Part]]) -> list[float]:
        """A column for each part, so wide that neither the formulae nor the names below meet."""
        widths = []
        for column in zip(*lines, strict=True):
            formula = max(inline_width(part.formula, _SIZE, display=True) for part in column)
            name = max(width_of(part.name, SMALL) for part in column)
            widths.append(max(formula + 2 * _SPACE, name + _APART if name else 0.0))
        return widths

    def _pitch(self, lines: list[list[_Part]]) -> float:
        reach = [inline_reach(part.formula, _SIZE, display=True) for line in lines for part in line]
        return max(high for _, high in reach) - min(low for low, _ in reach) + 5.0

    def height(self, width: float) -> float:
        lines = self._lines()
        return 2 * self._pad + self._pitch(lines) * len(lines) + 5.0 + 1.6 * SMALL

    def draw(self, sheet: Sheet, left: float, top: float, width: float) -> None:
        lines = self._lines()
        widths = self._widths(lines)
        tall = self.height(width)
        sheet.box(left, top - tall, width, tall, Role.AXIS, 0.09)
        start = left + (width - sum(widths)) / 2
        pitch = self._pitch(lines)
        low = min(inline_reach(part.formula, _SIZE, display=True)[0] for line in lines for part in line)
        y = top - self._pad
        for line in lines:
            y -= pitch
            x = start
            for part, wide in zip(line, widths, strict=True):
                base = y - low + 2.5
                sheet.rich(x + wide / 2, base, part.formula, _SIZE, display=True, role=part.role, align=0.5)
                x += wide
        x = start
        for part, wide in zip(lines[-1], widths, strict=True):
            if part.name:
                middle = x + wide / 2
                sheet.line(middle, y + 1.0, middle, y - 4.0, width=HAIR)
                sheet.text(middle, y - 5.0 - SMALL, part.name, SMALL, role=part.role, align=0.5)
            x += wide


def _part(formula: Node, name: str, role: Role | None) -> _Part:
    return _Part(maths(formula, role), name, role)

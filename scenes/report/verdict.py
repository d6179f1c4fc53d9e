"""How a run ended: a sign, the outcome, and the reason from the core."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gdcore.outcome import Outcome
from gdcore.trajectory import Trajectory

from ..richtext import Rich, Words, say
from ..storyboard.numbers import math_number
from ..theme import Role
from .block import Whole
from .sheet import Sheet
from .style import BODY, LEADING
from .text import Paragraph

# Shape and colour of the sign: told apart without colour.
SIGNS: dict[Outcome, tuple[str, Role, bool]] = {
    Outcome.CONVERGED: ("o", Role.GOOD, True),
    Outcome.STOPPED_EARLY: ("s", Role.OBJECTIVE, True),
    Outcome.STEP_LIMIT: ("o", Role.OBJECTIVE, False),
    Outcome.DIVERGED: ("^", Role.TROUBLE, True),
}


@dataclass(frozen=True, kw_only=True)
class Verdict(Whole):
    """One paragraph behind a sign."""

    run: str
    trajectory: Trajectory
    gap: float = 6.0
    _indent: float = 16.0

    def _paragraph(self) -> Paragraph:
        outcome = self.trajectory.outcome
        _, role, _ = SIGNS[outcome]
        lead = Rich((Words(f"“{self.run}”"),)) + say(f", $alpha = {math_number(self.trajectory.rate)}$: ")
        text = Rich(
            (Words(outcome.value.capitalize() + ".", role), Words(" " + true_minus(self.trajectory.reason)))
        )
        return Paragraph(content=lead + text, indent=self._indent)

    def height(self, width: float) -> float:
        return self._paragraph().height(width)

    def draw(self, sheet: Sheet, left: float, top: float, width: float) -> None:
        self._paragraph().draw(sheet, left, top, width)
        shape, role, filled = SIGNS[self.trajectory.outcome]
        sheet.marker(left + 5.0, top - LEADING * BODY / 2 + 0.4, shape, role, 6.5, filled=filled)


def true_minus(sentence: str) -> str:
    """The core writes ASCII; on paper a minus sign is not a hyphen, and 6.3e7 is 6.3 × 10⁷."""
    sentence = re.sub(r"(?<![\w.])-(?=[\d.])", "−", sentence)

    def power(match: re.Match[str]) -> str:
        raised = str(int(match[2])).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
        return f"{match[1]} × 10{raised}"

    return re.sub(r"(\d+(?:\.\d+)?)e([+-]?\d+)", power, sentence)

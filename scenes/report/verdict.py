"""How a run ended: a sign, the outcome, and the reason from the core."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gdcore.problems import Problem
from gdcore.run.outcome import Outcome
from gdcore.run.trajectory import Trajectory
from scenes.storyboard.facts import reason_of
from scenes.text import Rich, Speech, rate_node
from scenes.theme import Role

from .block import Whole
from .sheet import Sheet
from .style import BODY, LEADING
from .text import Paragraph

# Shape and colour of the sign: told apart without colour.
SIGNS: Mapping[Outcome, tuple[str, Role, bool]] = MappingProxyType(
    {
        Outcome.CONVERGED: ("o", Role.GOOD, True),
        Outcome.STOPPED_EARLY: ("s", Role.OBJECTIVE, True),
        Outcome.STEP_LIMIT: ("o", Role.OBJECTIVE, False),
        Outcome.DIVERGED: ("^", Role.TROUBLE, True),
    }
)
_VERDICTS: dict[Outcome, str] = {
    Outcome.CONVERGED: "report.verdict.converged",
    Outcome.STOPPED_EARLY: "report.verdict.stopped-early",
    Outcome.STEP_LIMIT: "report.verdict.step-limit",
    Outcome.DIVERGED: "report.verdict.diverged",
}


def verdict_on(run: str, problem: Problem, trajectory: Trajectory, speech: Speech) -> VerdictLine:
    """The paragraph about a run."""
    text = speech.say(
        _VERDICTS[trajectory.outcome],
        run=run,
        rate=rate_node(trajectory.rate),
        reason=reason_of(speech, problem, trajectory),
    )
    return VerdictLine(outcome=trajectory.outcome, text=text)


@dataclass(frozen=True, kw_only=True)
class VerdictLine(Whole):
    """One paragraph behind the sign of an outcome."""

    outcome: Outcome
    text: Rich
    gap: float = 6.0
    _indent: float = 16.0

    def _paragraph(self) -> Paragraph:
        return Paragraph(content=self.text, indent=self._indent)

    def height(self, width: float) -> float:
        return self._paragraph().height(width)

    def draw(self, sheet: Sheet, left: float, top: float, width: float) -> None:
        self._paragraph().draw(sheet, left, top, width)
        shape, role, filled = SIGNS[self.outcome]
        sheet.marker(left + 5.0, top - LEADING * BODY / 2 + 0.4, shape, role, 6.5, filled=filled)

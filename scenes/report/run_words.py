"""What the outcomes of a run are called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gdcore.run.outcome import Outcome
from scenes.text import Rich, Speech

_OUTCOMES: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.CONVERGED: "outcome.converged",
        Outcome.STOPPED_EARLY: "outcome.stopped-early",
        Outcome.STEP_LIMIT: "outcome.step-limit",
        Outcome.DIVERGED: "outcome.diverged",
    }
)


def outcome_word(speech: Speech, outcome: Outcome) -> Rich:
    """converged, step limit …"""
    return speech.say(_OUTCOMES[outcome])

"""What the regimes of a rate and the outcomes of a run are called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gdcore.analysis import Regime
from gdcore.outcome import Outcome

from ..text import Rich, Speech

_REGIMES: Mapping[Regime, str] = MappingProxyType(
    {
        "crawl": "regime.crawl",
        "smooth": "regime.smooth",
        "zig-zag": "regime.zig-zag",
        "edge": "regime.edge",
        "diverge": "regime.diverge",
        "depends": "regime.depends",
    }
)
_OUTCOMES: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.CONVERGED: "outcome.converged",
        Outcome.STOPPED_EARLY: "outcome.stopped-early",
        Outcome.STEP_LIMIT: "outcome.step-limit",
        Outcome.DIVERGED: "outcome.diverged",
    }
)


def regime_word(speech: Speech, regime: Regime) -> Rich:
    """crawl, smooth, zig-zag …"""
    return speech.say(_REGIMES[regime])


def outcome_word(speech: Speech, outcome: Outcome) -> Rich:
    """converged, step limit …"""
    return speech.say(_OUTCOMES[outcome])

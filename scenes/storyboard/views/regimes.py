"""What a learning rate does: the axis of rates with its regimes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from gdcore.analysis.stability import Analysis
from gdcore.base.errors import GdError
from gdcore.problems import Problem
from gdcore.problems.curvature import Regime, curvature
from gdcore.rest.verdict import RestKind
from gdcore.run.outcome import Outcome
from gdcore.run.trajectory import Trajectory
from gdcore.sentences.reason_words import CANNOT_SETTLE
from scenes.text import Rich, Speech
from scenes.theme import Role

# Upper ends of the regimes as multiples of 1/λ_max; diverge has none.
BOUNDS: tuple[tuple[Regime, float], ...] = (("crawl", 0.1), ("smooth", 1.0), ("zig-zag", 2.0))
Band: TypeAlias = Regime | Literal["safe"]
"""What a stretch of rates is called; safe: below the limit where the curvature is another at every place."""

ROLES: dict[Band, Role] = {
    "crawl": Role.SECONDARY,
    "smooth": Role.GOOD,
    "zig-zag": Role.POINT,
    "safe": Role.GOOD,
    "edge": Role.TROUBLE,
    "depends": Role.SECONDARY,
    "diverge": Role.TROUBLE,
}
_WORDS: dict[Band, str] = {
    "crawl": "regime.crawl",
    "smooth": "regime.smooth",
    "zig-zag": "regime.zig-zag",
    "safe": "regime.safe",
    "edge": "regime.edge",
    "depends": "regime.depends",
    "diverge": "regime.diverge",
}
_FAR = 1e3  # times the rates: a limit farther away is not brought onto their axis
_SPAN = 100.0  # times the least: rates and limits that span more stand on a logarithmic axis
_SAME = 1 + 1e-9  # limits that differ by less are the same
_NEAR = 0.95  # of the limit: from here on a rate is said to be close to it


@dataclass(frozen=True)
class Strip:
    """An axis of rates from `low` to `high`, logarithmic with `log`.

    `bands` (regime, from, to) and `limit` = 2/λ_max come from the curvature λ_max = `curvature` at the steepest place
    of the ways of runs, the known minimum before them among them, or are empty and None where it is unknown or not positive, and where no run is plain gradient
    descent. `rest_limit` is 2/λ_max where the best run rests: the same on a quadratic; above it else (`local`), and in
    between it depends on the place. It is None where that run has come near no minimum: above `limit` it depends then.
    `steepest`: across other directions the curvature is smaller.
    """

    low: float
    high: float
    log: bool
    bands: tuple[tuple[Band, float, float], ...]
    curvature: float | None
    limit: float | None
    rest_limit: float | None
    local: bool
    steepest: bool

    @property
    def limits(self) -> tuple[float, ...]:
        """2/λ where it is steepest, and behind it where the best run rests if that is another one on the axis."""
        if self.limit is None:
            return ()
        rest = self.rest_limit
        apart = rest is not None and self.limit * _SAME < rest < self.high
        return (self.limit, rest) if rest is not None and apart else (self.limit,)


def band_word(speech: Speech, band: Band) -> Rich:
    """crawl, smooth, zig-zag …"""
    return speech.say(_WORDS[band])


def strip_of(
    problem: Problem,
    rates: Sequence[float],
    trajectories: Sequence[Trajectory],
    analyses: Sequence[Analysis],
) -> Strip:
    """The axis that holds the rates of runs and the limits; logarithmic when these span more than a hundredfold."""
    best = _best(trajectories, analyses)
    peak = None if best is None else _steepest(problem, trajectories, analyses)
    end = None if best is None else analyses[best].rest_limit
    if best is None or peak is None or end is None:
        return Strip(*_ends(rates), (), None, None, None, local=False, steepest=False)
    limit = 2.0 / peak if analyses[best].local else end
    rest = max(end, limit) if _has_settled(trajectories[best], analyses[best]) else None
    if rest is not None and rest <= limit * _SAME:
        rest = limit
    near = rest is not None and rest < _FAR * max(*rates, limit)
    low, high, log = _ends([*rates, limit, *([rest] if rest is not None and near else [])])
    # Of a curvature that is another at every place only the largest is known: no more than the limit follows from it.
    below: list[tuple[Band, float]] = [(name, factor / peak) for name, factor in BOUNDS]
    if analyses[best].local:
        below = [("safe", limit)]
    edges = [low, *(end for _, end in below), high if rest is None else rest, high]
    edges[len(below)] = limit
    names: list[Band] = [*(name for name, _ in below), "depends", "diverge"]
    cut = np.clip(edges, low, high).tolist()
    bands = tuple((n, a, b) for n, a, b in zip(names, cut[:-1], cut[1:], strict=True) if b > a)
    eigenvalues = analyses[best].eigenvalues
    largest = analyses[best].largest_curvature or 0.0
    steepest = eigenvalues is not None and bool(eigenvalues.min() < largest * (1 - 1e-9))
    return Strip(low, high, log, bands, peak, limit, rest, analyses[best].local, steepest)


def _has_settled(trajectory: Trajectory, analysis: Analysis) -> bool:
    """Is the curvature at the end of a run that of the place that it nears, and is that a minimum?"""
    rest = trajectory.rest
    nears = rest.kind is RestKind.MINIMUM and rest.left is not None and not cannot_settle(trajectory)
    return not analysis.local or nears


def cannot_settle(trajectory: Trajectory) -> bool:
    """Does no known minimum hold the point at this rate?"""
    return any(clause.key in CANNOT_SETTLE for clause in trajectory.reasons)


def _ends(marks: Sequence[float]) -> tuple[float, float, bool]:
    """The ends of an axis that holds some rates, and whether it is logarithmic."""
    positive = [mark for mark in marks if mark > 0] or [1.0]
    low, high = min(positive), max(positive)
    if high <= _SPAN * low:
        return 0.0, high * 1.15, False
    air = (high / low) ** 0.12
    return low / air, high * air, True


def _best(trajectories: Sequence[Trajectory], analyses: Sequence[Analysis]) -> int | None:
    """The run whose curvature counts: of plain descent the lowest that stayed and ends in a valley.

    On a quadratic the curvature is the same everywhere, so that any plain run will do.
    """
    usable = [
        i
        for i, (run, found) in enumerate(zip(trajectories, analyses, strict=True))
        if run.plain
        and found.rate_limit is not None
        and (not found.local or run.outcome is not Outcome.DIVERGED)
    ]
    return min(usable, key=lambda i: trajectories[i].final_loss, default=None)


def _steepest(
    problem: Problem, trajectories: Sequence[Trajectory], analyses: Sequence[Analysis]
) -> float | None:
    """The largest curvature on the ways of plain runs; of those that left, where they started."""
    found: list[float] = []
    for run, analysis in zip(trajectories, analyses, strict=True):
        if not run.plain:
            continue
        if run.outcome is not Outcome.DIVERGED and analysis.path_limit is not None:
            found.append(2.0 / analysis.path_limit)
        elif run.outcome is Outcome.DIVERGED and analysis.local:
            with suppress(GdError):
                found.append(float(curvature(problem, run.start)[-1]))
        elif analysis.largest_curvature is not None:
            found.append(analysis.largest_curvature)
    largest = max(found, default=0.0)
    return largest if largest > 0 and np.isfinite(largest) else None


def near_limit(trajectory: Trajectory, rate: float, limit: float | None) -> bool:
    """Is the rate at most 5 % below the limit, and does the loss yet fall at every single step?"""
    if limit is None or not _NEAR * limit <= rate < limit or len(trajectory.loss) < 2:
        return False
    rises = any(event.kind == "loss increase" for event in trajectory.events)
    return not rises and bool(np.all(np.diff(trajectory.loss) < 0))

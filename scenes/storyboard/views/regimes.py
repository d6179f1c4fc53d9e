"""What a learning rate does, in words: the verdict on a run, and the axis of rates with its regimes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from gdcore.analysis.stability import Analysis
from gdcore.base.arrays import lengths
from gdcore.base.errors import GdError
from gdcore.problems import Problem
from gdcore.problems.curvature import Regime, curvature
from gdcore.rest.verdict import RestKind
from gdcore.run.outcome import Outcome
from gdcore.run.trajectory import Trajectory
from gdcore.sentences.reason_words import CANNOT_SETTLE
from scenes.storyboard.facts import losses_shown
from scenes.text import Rich, Speech, join, number, number_beside
from scenes.theme import Role

from .curve import minima_of

# Upper ends of the regimes as multiples of 1/λ_max; diverge has none.
BOUNDS: tuple[tuple[Regime, float], ...] = (("crawl", 0.1), ("smooth", 1.0), ("zig-zag", 2.0))
Band: TypeAlias = Regime | Literal["safe"]
"""What a stretch of rates is called; safe: below the limit where the curvature is another at every place."""

ROLES: dict[Band, Role] = {
    "crawl": Role.AXIS,
    "smooth": Role.GOOD,
    "zig-zag": Role.GOOD,
    "safe": Role.GOOD,
    "edge": Role.TROUBLE,
    "depends": Role.AXIS,
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
_RESTING: dict[Regime | None, str] = {
    "crawl": "verdict.crawl-rest",
    "smooth": "verdict.smooth-rest",
    "zig-zag": "verdict.zig-zag-rest",
    "edge": "verdict.edge-rest",
}
_ON_THE_WAY: dict[Regime | None, str] = {
    "crawl": "verdict.crawl",
    "smooth": "verdict.smooth",
    "zig-zag": "verdict.zig-zag",
    "edge": "verdict.edge",
    "diverge": "verdict.diverge",
    "depends": "verdict.none",
    None: "verdict.none",
}
_ARRIVED = 1e-3  # of the first gap to the minimum: a run that is nearer has arrived
_FAR = 1e3  # times the rates: a limit farther away is not brought onto their axis
_SAME = 1 + 1e-9  # limits that differ by less are the same
_NEAR = 0.95  # of the limit: from here on a rate is said to be close to it


@dataclass(frozen=True)
class RateVerdict:
    """How a run ended: `word`, then `detail` with the number.

    `gap` says instead how far a run that has not arrived is above the minimum; it takes more room. `sign` is drawn before it (None: no regime is known), both in the colour of `role`.
    """

    word: Rich
    detail: Rich
    sign: Regime | None
    role: Role
    gap: Rich | None = None

    @property
    def text(self) -> Rich:
        return self.gap or join([self.word, self.detail])


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


def verdict(
    speech: Speech,
    trajectory: Trajectory,
    analysis: Analysis,
    problem: Problem,
    *,
    beside: Sequence[float] = (),
) -> RateVerdict:
    """The verdict on a run, from its outcome, its regime and how far it ended above the minimum.

    Its loss is told from the losses `beside` it.
    """
    say = speech.say
    if trajectory.outcome is Outcome.DIVERGED:
        return _left(speech, trajectory)
    regime = analysis.regime
    rest = trajectory.rest.at_rest
    word = _resting(speech, trajectory, regime) if rest else _on_the_way(speech, trajectory, regime)
    gap, first = _gaps(trajectory, problem)
    arrived = gap <= _ARRIVED * first or (rest and trajectory.rest.kind is RestKind.MINIMUM)
    if regime in ("edge", "diverge") or (rest and trajectory.rest.kind is not RestKind.MINIMUM):
        role = Role.TROUBLE
    else:  # a run that crawls is slow even where it has come near
        role = Role.GOOD if arrived and (rest or regime != "crawl") else Role.INK
    still = None
    if role is Role.INK and np.isfinite(gap) and gap > 0 and len(minima_of(problem)) == 1:
        still = say("verdict.gap", word=word, gap=number(gap, 4))
    losses = losses_shown(problem, trajectory)
    loss = say("verdict.loss", loss=number_beside(float(losses[-1]), float(losses[0]), *beside, digits=6))
    return RateVerdict(say("verdict.colon", word=word), loss, regime, role, still)


def _resting(speech: Speech, trajectory: Trajectory, regime: Regime | None) -> Rich:
    match trajectory.rest.kind:
        case RestKind.HILLTOP:
            return speech.say("verdict.hilltop")
        case RestKind.SADDLE:
            return speech.say("verdict.saddle")
        case RestKind.PLATEAU | RestKind.INFLECTION:
            return speech.say("verdict.flat")
    return speech.say(_RESTING[regime]) if regime in _RESTING else speech.say("verdict.at-rest")


def _on_the_way(speech: Speech, trajectory: Trajectory, regime: Regime | None) -> Rich:
    if trajectory.rest.kind is RestKind.NO_BOTTOM:
        return speech.say("verdict.falls")
    if _cannot_settle(trajectory) and any(event.kind == "overshoot" for event in trajectory.events):
        return speech.say("verdict.diverge")
    return speech.say(_ON_THE_WAY[regime])


def _gaps(trajectory: Trajectory, problem: Problem) -> tuple[float, float]:
    """How far the loss is above the minimum at the end and at the start; of several minima the one nearest to the end.

    Without a known minimum the first is infinite.
    """
    minima = minima_of(problem)
    if not len(minima):
        return np.inf, 0.0
    nearest = minima[np.argmin(lengths(minima - trajectory.final))]
    floor = float(problem.value(nearest))
    return trajectory.final_loss - floor, float(trajectory.loss[0]) - floor


def _left(speech: Speech, trajectory: Trajectory) -> RateVerdict:
    say, word = speech.say, speech.say("verdict.leaves")
    if trajectory.nonfinite_step is not None:
        step = trajectory.nonfinite_step
        where = say("verdict.domain" if trajectory.exit is not None else "verdict.numbers", step=step)
        return RateVerdict(word, where, "diverge", Role.TROUBLE)
    first, last = float(trajectory.loss[0]), trajectory.final_loss
    steps = speech.count("step", trajectory.steps)
    detail = (
        say("verdict.times", times=number(last / first, 3), steps=steps)
        if first > 0 and np.isfinite(last / first)
        else say("verdict.loss-after", loss=number(last, 4), steps=steps)
    )
    return RateVerdict(say("verdict.colon", word=word), detail, "diverge", Role.TROUBLE)


def strip_of(
    problem: Problem,
    rates: Sequence[float],
    trajectories: Sequence[Trajectory],
    analyses: Sequence[Analysis],
) -> Strip:
    """The axis that holds the rates of runs and the limits; logarithmic when these span more than a decade."""
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
    nears = rest.kind is RestKind.MINIMUM and rest.left is not None and not _cannot_settle(trajectory)
    return not analysis.local or nears


def _cannot_settle(trajectory: Trajectory) -> bool:
    """Does no known minimum hold the point at this rate?"""
    return any(clause.key in CANNOT_SETTLE for clause in trajectory.reasons)


def _ends(marks: Sequence[float]) -> tuple[float, float, bool]:
    """The ends of an axis that holds some rates, and whether it is logarithmic."""
    positive = [mark for mark in marks if mark > 0] or [1.0]
    low, high = min(positive), max(positive)
    if high <= 10 * low:
        return 0.0, high * 1.18, False
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

"""The verdict on a run, in words: how its rate made it end, and the one number that matters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gdcore.analysis.stability import Analysis
from gdcore.base.arrays import FloatArray, lengths
from gdcore.notation import Node
from gdcore.problems import Problem
from gdcore.problems.curvature import Regime
from gdcore.rest.verdict import RestKind
from gdcore.run.outcome import Outcome
from gdcore.run.trajectory import Trajectory
from scenes.storyboard.facts import losses_shown
from scenes.text import Rich, Speech, join, number, number_beside, words
from scenes.theme import Role

from .curve import minima_of
from .regimes import ROLES, cannot_settle

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


@dataclass(frozen=True)
class RateVerdict:
    """How a run ended: `word`, `detail` with the one number that matters, and `text`, both in one line.

    `sign` is drawn before it (None: no regime is known), both in the colour of `role`.
    """

    word: Rich
    detail: Rich
    text: Rich
    sign: Regime | None
    role: Role


def verdict(
    speech: Speech,
    trajectory: Trajectory,
    analysis: Analysis,
    problem: Problem,
    *,
    beside: Sequence[float] = (),
) -> RateVerdict:
    """The verdict on a run, from its outcome, its regime and how far it ended from the minimum.

    Of one parameter with one known minimum it says how far away that is, of others the loss, told from those `beside` it.
    """
    say = speech.say
    way = distances(problem, trajectory)
    if trajectory.outcome is Outcome.DIVERGED:
        return _left(speech, trajectory, problem, way)
    regime = analysis.regime
    rest = trajectory.rest.at_rest
    gap, first = _gaps(trajectory, problem)
    arrived = gap <= _ARRIVED * first or (rest and trajectory.rest.kind is RestKind.MINIMUM)
    word = (
        _resting(speech, trajectory, regime)
        if rest
        else _on_the_way(speech, trajectory, analysis, arrived=arrived)
    )
    if regime in ("edge", "diverge") or (rest and trajectory.rest.kind is not RestKind.MINIMUM):
        role = Role.TROUBLE
    elif regime == "zig-zag":
        role = ROLES[regime]
    elif regime == "crawl":  # slow even where it has come near
        role = Role.GOOD if arrived and rest else ROLES[regime]
    else:
        role = Role.GOOD if arrived else Role.INK
    if way is not None:
        last = float(way[-1])
        to_go = say("verdict.to-go", distance=_rounded(last, float(way[0])))
        if last <= 4 * np.finfo(float).eps * abs(float(trajectory.final[0])):  # but for rounding
            to_go = say("verdict.there")
        elif role is Role.TROUBLE:
            to_go = say("verdict.away", distance=_rounded(last, float(way[0])))
        return RateVerdict(word, to_go, join([word + words(","), to_go]), regime, role)
    losses = losses_shown(problem, trajectory)
    loss = say("verdict.loss", loss=number_beside(float(losses[-1]), float(losses[0]), *beside, digits=6))
    text = join([say("verdict.colon", word=word), loss])
    if (
        not arrived
        and role is not Role.TROUBLE
        and np.isfinite(gap)
        and gap > 0
        and len(minima_of(problem)) == 1
    ):
        text = say("verdict.gap", word=word, gap=number(gap, 4))
        loss = say("verdict.above", gap=number(gap, 4))
    return RateVerdict(word, loss, text, regime, role)


def distances(problem: Problem, trajectory: Trajectory) -> FloatArray | None:
    """How far each row of a run is from the minimum, (n,), where there is one parameter and one known minimum."""
    minima = minima_of(problem)
    if len(problem.parameters) != 1 or len(minima) != 1:
        return None
    return np.asarray(np.abs(trajectory.parameters[:, 0] - minima[0, 0]), dtype=np.float64)


def _rounded(distance: float, first: float) -> Node:
    """A distance with the digits that one would say: two decimals beside one of about 1, more where it is small."""
    if not distance < 1e6 * max(first, 1e-300):
        return number(distance, 2)
    return number(distance, 3 if distance > 0.3 * first else 2 if distance > 0.01 * first else 1)


def _resting(speech: Speech, trajectory: Trajectory, regime: Regime | None) -> Rich:
    match trajectory.rest.kind:
        case RestKind.HILLTOP:
            return speech.say("verdict.hilltop")
        case RestKind.SADDLE:
            return speech.say("verdict.saddle")
        case RestKind.PLATEAU | RestKind.INFLECTION:
            return speech.say("verdict.flat")
    return speech.say(_RESTING[regime]) if regime in _RESTING else speech.say("verdict.at-rest")


def _on_the_way(speech: Speech, trajectory: Trajectory, analysis: Analysis, *, arrived: bool) -> Rich:
    regime = analysis.regime
    if trajectory.rest.kind is RestKind.NO_BOTTOM:
        return speech.say("verdict.falls")
    if cannot_settle(trajectory) and any(event.kind == "overshoot" for event in trajectory.events):
        return speech.say("verdict.diverge")
    if regime == "smooth" and arrived:
        return speech.say("verdict.smooth-arrived")
    if regime == "zig-zag" and not analysis.local:  # below the limit of a parabola it must come to rest
        return speech.say("verdict.zig-zag-in")
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


def _left(speech: Speech, trajectory: Trajectory, problem: Problem, way: FloatArray | None) -> RateVerdict:
    say, word = speech.say, speech.say("verdict.leaves")
    if trajectory.nonfinite_step is not None:
        step = trajectory.nonfinite_step
        where = say("verdict.domain" if trajectory.exit is not None else "verdict.numbers", step=step)
        return RateVerdict(word, where, join([word, where]), "diverge", Role.TROUBLE)
    if way is not None:
        side = trajectory.parameters[-2:, 0] - minima_of(problem)[0, 0]
        if trajectory.plain and len(side) == 2 and side[0] * side[1] < 0 and way[-1] > way[0]:
            word = say("verdict.jumps-out")
        away = say("verdict.away", distance=_rounded(float(way[-1]), float(way[0])))
        return RateVerdict(word, away, join([word + words(","), away]), "diverge", Role.TROUBLE)
    first, last = float(trajectory.loss[0]), trajectory.final_loss
    steps = speech.count("step", trajectory.steps)
    detail = (
        say("verdict.times", times=number(last / first, 3), steps=steps)
        if first > 0 and np.isfinite(last / first)
        else say("verdict.loss-after", loss=number(last, 4), steps=steps)
    )
    text = join([say("verdict.colon", word=word), detail])
    return RateVerdict(word, detail, text, "diverge", Role.TROUBLE)

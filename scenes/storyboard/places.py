"""Over what kind of place a run has come to rest, or is on its way to, in words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gdcore.base.arrays import lengths
from gdcore.notation import Node
from gdcore.rest.verdict import RestKind
from gdcore.run.outcome import Outcome
from gdcore.run.trajectory import Trajectory
from gdcore.sentences.reason_words import CANNOT_SETTLE
from scenes.lecture.study import Study
from scenes.storyboard.views.curve import minima_of
from scenes.text import Rich, number, point, value_of

_NEAR = 0.02  # of the first distance: a run that is nearer to a minimum has nearly arrived


def place_reached(study: Study, run: str, *, flat: bool, shown: Sequence[Node]) -> Rich:
    """What a run has found at its end; `flat` says whether a tangent there looks flat, `shown` are the numbers shown of it."""
    trajectory = study.trajectories[run]
    if trajectory.outcome is Outcome.DIVERGED:
        return _left(study, trajectory)
    if trajectory.rest.at_rest:
        return _at_rest(study, trajectory)
    say = study.speech.say
    match trajectory.rest.kind:
        case RestKind.NO_BOTTOM:
            return say("found.no-bottom")
        case RestKind.INFLECTION:
            return say("found.to-inflection")
        case RestKind.SADDLE | RestKind.HILLTOP:
            return say("found.to-saddle")
    return _unsettled(study, run, trajectory) or _on_the_way(study, trajectory, flat, shown)


def _unsettled(study: Study, run: str, trajectory: Trajectory) -> Rich:
    """Of a rate too large for the point to come to rest anywhere; else nothing."""
    say, apart = study.speech.say, isinstance(trajectory.rate, tuple)
    cannot = say("found.cannot-settle-rates" if apart else "found.cannot-settle")
    if any(clause.key in CANNOT_SETTLE for clause in trajectory.reasons):
        return cannot
    if study.problem.is_quadratic:
        match study.analyses[run].regime:
            case "edge":
                return say("found.to-and-fro-rates" if apart else "found.to-and-fro")
            case "diverge":
                return _away(study, trajectory) if trajectory.loss[-1] > trajectory.loss[0] else cannot
    return Rich()


def _left(study: Study, trajectory: Trajectory) -> Rich:
    say = study.speech.say
    if trajectory.exit is not None:
        return say("found.left-domain", step=trajectory.exit.step)
    if trajectory.rest.kind is RestKind.NO_BOTTOM:
        return say("found.no-bottom")
    return _away(study, trajectory) if trajectory.plain else say("found.away-rule")


def _away(study: Study, trajectory: Trajectory) -> Rich:
    """Of a plain run that leaves."""
    return study.speech.say("found.away-rates" if isinstance(trajectory.rate, tuple) else "found.away")


def _at_rest(study: Study, trajectory: Trajectory) -> Rich:
    say, rest = study.speech.say, trajectory.rest
    match rest.kind:
        case RestKind.SADDLE:
            return say("found.saddle")
        case RestKind.HILLTOP:
            return say("found.hilltop")
        case RestKind.PLATEAU:
            return say("found.plateau")
        case RestKind.INFLECTION:
            return say("found.inflection")
        case RestKind.NO_BOTTOM:
            return say("found.no-bottom")
        case None:
            return Rich()
    if rest.flat:
        return say("found.valley")
    deeper = _deeper(study, trajectory)
    if deeper is not None:
        where, least = deeper
        return say("found.deeper", least=least, where=where)
    if rest.deepest is False:
        return say("found.not-deepest")
    return say("found.the-minimum" if rest.alone else "found.a-minimum")


def _on_the_way(study: Study, trajectory: Trajectory, flat: bool, shown: Sequence[Node]) -> Rich:
    say, known = study.speech.say, minima_of(study.problem)
    if not len(known):
        return Rich()
    nearest = known[np.argmin(lengths(known - trajectory.final))]
    if list(map(value_of, shown)) == [value_of(number(float(x))) for x in nearest]:
        return say("found.shown-the" if study.problem.is_quadratic else "found.shown-a")
    where = _where(study, nearest)
    first = float(lengths(trajectory.start - nearest)) or 1.0
    near = flat and float(lengths(trajectory.final - nearest)) < _NEAR * first
    if study.problem.is_quadratic:
        return say("found.almost-the" if near else "found.not-yet-the", where=where)
    return say("found.almost-a" if near else "found.not-yet-a", where=where)


def _deeper(study: Study, trajectory: Trajectory) -> tuple[Node, Node] | None:
    """Place and depth of the deepest known minimum, where it is clearly deeper than the run's end."""
    known = minima_of(study.problem)
    if len(known) < 2:
        return None
    values = np.asarray(study.problem.value(known))
    deepest = int(np.argmin(values))
    fall = abs(float(trajectory.loss[0]) - trajectory.final_loss)
    if not trajectory.final_loss - float(values[deepest]) > 1e-6 * max(fall, abs(float(values[deepest]))):
        return None
    return _where(study, known[deepest]), number(float(values[deepest]))


def _where(study: Study, place: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Node:
    return point(map(study.speech.name, study.problem.parameters), [number(float(x)) for x in place])

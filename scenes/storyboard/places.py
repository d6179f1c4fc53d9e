"""Over what kind of place a run has come to rest, or is on its way to, in words."""

from __future__ import annotations

import numpy as np

from gdcore.notation import name_node
from gdcore.outcome import Outcome

from ..lecture.study import Study
from ..text import Rich, number, point
from .facts import left_domain
from .line import minima_of

_NEAR = 0.02  # of the first distance: a run that is nearer to a minimum has nearly arrived


def place_reached(study: Study, run: str, *, flat: bool) -> Rich:
    """What a run has found at its end; `flat` says whether a tangent there looks flat."""
    say, trajectory, problem = study.speech.say, study.trajectories[run], study.problem
    if trajectory.outcome is Outcome.DIVERGED:
        if left_domain(trajectory):
            return say("place.left-domain", step=trajectory.nonfinite_step or 0)
        return say("place.away")
    known = minima_of(problem)
    if not len(known):
        return Rich()
    nearest = known[np.argmin(np.linalg.norm(known - trajectory.final, axis=1))]
    where = point(map(name_node, problem.parameters), [number(float(x)) for x in nearest])
    first = float(np.linalg.norm(trajectory.start - nearest)) or 1.0
    if trajectory.outcome is Outcome.CONVERGED:
        return say("place.the-minimum") if len(known) == 1 else say("place.a-minimum")
    near = flat and float(np.linalg.norm(trajectory.final - nearest)) < _NEAR * first
    if len(known) == 1:
        return say("place.almost-the", where=where) if near else say("place.not-yet-the", where=where)
    return say("place.almost-a", where=where) if near else say("place.not-yet-a", where=where)

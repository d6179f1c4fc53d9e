"""One run of a lecture, done by the core."""

from __future__ import annotations

from gdcore.descent import descend
from gdcore.optimizers import OPTIMIZERS
from gdcore.stopping import StopRules
from gdcore.trajectory import Trajectory

from gdcore.problems import Problem
from scenes.lecture.model import RunSpec


def run_descent(problem: Problem, run: RunSpec) -> Trajectory:
    """Descend as the run says. Every row is kept; a run that diverges keeps its finite prefix."""
    settings = dict(run.settings)
    optimizer = OPTIMIZERS[run.optimizer](
        **settings, **({"order": run.order} if run.optimizer == "gd" else {})
    )
    return descend(
        problem,
        optimizer,
        run.start,
        run.steps,
        rate=run.rate,
        stop=(StopRules(**run.stop),) if run.stop else (),
    )

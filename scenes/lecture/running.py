"""One run of a lecture, done by the core."""

from __future__ import annotations

import inspect
from typing import Any

from gdcore.optimizers import OPTIMIZERS, Optimizer, make_optimizer
from gdcore.problems import Problem
from gdcore.run.descent import descend
from gdcore.run.trajectory import Trajectory

from .model import RunSpec


def settings_of(slug: str) -> tuple[str, ...]:
    """The names of an optimizer's settings, the order among them where it has one."""
    return tuple(inspect.signature(OPTIMIZERS[slug]).parameters)


def optimizer_of(run: RunSpec) -> Optimizer:
    """The update rule of a run. Raises GdError for settings that it does not take."""
    settings: dict[str, Any] = dict(run.settings)
    if "order" in settings_of(run.optimizer):
        settings["order"] = run.order
    return make_optimizer(run.optimizer, settings)


def run_descent(problem: Problem, run: RunSpec) -> Trajectory:
    """Descend as the run says. Every row is kept; a run that diverges keeps its finite prefix."""
    return descend(problem, optimizer_of(run), run.start, run.steps, rate=run.rate, stop=dict(run.stop))

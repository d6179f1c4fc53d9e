"""One run of a lecture, done by the core."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin, get_type_hints

from gdcore.optimizers import OPTIMIZERS, Optimizer, make_optimizer
from gdcore.problems import Problem
from gdcore.run.descent import descend
from gdcore.run.trajectory import Trajectory

from .model import RunSpec


def settings_of(slug: str) -> tuple[str, ...]:
    """The names of an optimizer's settings, the order among them where it has one."""
    return tuple(inspect.signature(OPTIMIZERS[slug]).parameters)


def settings_in_words() -> dict[str, str]:
    """What each optimizer's settings are when they are not set, and the other words that they take."""
    return {slug: ", ".join(_settings_of_one(slug)) or "no settings" for slug in OPTIMIZERS}


def _settings_of_one(slug: str) -> Iterator[str]:
    types = get_type_hints(OPTIMIZERS[slug])
    for name, setting in inspect.signature(OPTIMIZERS[slug]).parameters.items():
        if name == "order":  # which is a key of its own
            continue
        chosen = setting.default
        shown = f"{chosen:g}" if isinstance(chosen, float) else str(chosen)
        others = [word for word in get_args(types[name]) if word != chosen]
        if get_origin(types[name]) is Literal:
            shown += f" (or {', '.join(map(str, others))})"
        yield f"{name}: {shown.lower() if isinstance(chosen, bool) else shown}"


def optimizer_of(run: RunSpec) -> Optimizer:
    """The update rule of a run. Raises GdError for settings that it does not take."""
    settings: dict[str, Any] = dict(run.settings)
    if "order" in settings_of(run.optimizer):
        settings["order"] = run.order
    return make_optimizer(run.optimizer, settings)


def run_descent(problem: Problem, run: RunSpec) -> Trajectory:
    """Descend as the run says. Every row is kept; a run that diverges keeps its finite prefix."""
    return descend(problem, optimizer_of(run), run.start, run.steps, rate=run.rate, stop=dict(run.stop))

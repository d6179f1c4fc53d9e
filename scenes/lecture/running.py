"""One run of a lecture, done by the core."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Literal, get_args, get_origin, get_type_hints

from gdcore.base.errors import GdError
from gdcore.optimizers import OPTIMIZERS, Optimizer, make_optimizer
from gdcore.optimizers.gradient_descent import is_gradient_step
from gdcore.problems import Problem
from gdcore.run.descent import descend
from gdcore.run.trajectory import Trajectory

from .model import RunSpec, Setting


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
    return _made(run.optimizer, run.settings, run.order)


def _made(optimizer: str, settings: Mapping[str, Setting], order: str) -> Optimizer:
    ordered = {"order": order} if optimizer in OPTIMIZERS and "order" in settings_of(optimizer) else {}
    return make_optimizer(optimizer, {**settings, **ordered})


def is_plain(optimizer: str, settings: Mapping[str, Setting], order: str) -> bool:
    """Is every step of such a run the rate times the slope? Of one that cannot be made it need not be known: True."""
    try:
        return is_gradient_step(_made(optimizer, settings, order))
    except GdError:
        return True


def run_descent(problem: Problem, run: RunSpec) -> Trajectory:
    """Descend as the run says. Every row is kept; a run that diverges keeps its finite prefix."""
    return descend(problem, optimizer_of(run), run.start, run.steps, rate=run.rate, stop=dict(run.stop))

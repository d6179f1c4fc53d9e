"""Learning-rate schedules by name. A new one is a file beside these and a line in ``SCHEDULES``."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from gdcore.base.checks import check_settings, one_of, unknown
from gdcore.base.errors import GdError
from gdcore.schedules.barzilai_borwein import BarzilaiBorwein
from gdcore.schedules.constant import Constant
from gdcore.schedules.cosine import Cosine
from gdcore.schedules.exponential import Exponential
from gdcore.schedules.inverse_time import InverseTime
from gdcore.schedules.linear import Linear
from gdcore.schedules.milestones import Milestones
from gdcore.schedules.per_epoch import PerEpoch
from gdcore.schedules.polynomial import Polynomial
from gdcore.schedules.product import Product, product_of
from gdcore.schedules.protocol import AdaptiveSchedule, AnySchedule, Schedule
from gdcore.schedules.step_decay import StepDecay
from gdcore.schedules.warm_up import WarmUp

__all__ = [
    "SCHEDULES",
    "AdaptiveSchedule",
    "AnySchedule",
    "BarzilaiBorwein",
    "Constant",
    "Cosine",
    "Exponential",
    "InverseTime",
    "Linear",
    "Milestones",
    "PerEpoch",
    "Polynomial",
    "Product",
    "Schedule",
    "StepDecay",
    "WarmUp",
    "make_schedule",
]

SCHEDULES: Mapping[str, Callable[..., AnySchedule]] = MappingProxyType(
    {
        "constant": Constant,
        "step": StepDecay,
        "milestones": Milestones,
        "exponential": Exponential,
        "inverse-time": InverseTime,
        "linear": Linear,
        "polynomial": Polynomial,
        "cosine": Cosine,
        "warm-up": WarmUp,
        "barzilai-borwein": BarzilaiBorwein,
    }
)


def make_schedule(given: Mapping[str, Any] | Iterable[Mapping[str, Any]]) -> AnySchedule:
    """A schedule from its spec, such as ``{"kind": "step", "factor": 0.5, "every": 50}``; several multiply.

    Each may count epochs instead of updates, with ``"per": "epoch"`` (see :class:`gdcore.PerEpoch`). Raises GdError for an unknown kind or setting, one that is missing, and one that cannot be.
    """
    if not isinstance(given, Mapping):
        parts = tuple(make_schedule(part) for part in given)
        return parts[0] if len(parts) == 1 else product_of(parts)
    kind = str(given.get("kind", ""))
    if kind == Product.kind:
        return product_of(tuple(make_schedule(part) for part in given.get("parts", ())))
    if kind not in SCHEDULES:
        raise unknown("schedule", kind, SCHEDULES)
    make = SCHEDULES[kind]
    known = inspect.signature(make).parameters
    settings = {name: value for name, value in given.items() if name not in ("kind", "per")}
    check_settings(f"the schedule {kind}", settings, (*known, "per"))
    per = given.get("per", "update")
    one_of(per, ("update", PerEpoch.per), f"per of the schedule {kind}")
    for name, parameter in known.items():
        if name not in settings and parameter.default is inspect.Parameter.empty:
            raise GdError(
                f"the schedule {kind} needs {name}", mend=f"give it, such as {name}={_EXAMPLES[name]}"
            )
    schedule: Any = make(**settings)
    return PerEpoch(schedule) if per == PerEpoch.per else schedule


_EXAMPLES: Mapping[str, str] = MappingProxyType(
    {"at": "30", "every": "50", "factor": "0.99", "decay": "0.01", "steps": "100"}
)

"""Stop rules: when a run ends before its last step."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import NamedTuple, TypeAlias

from gdcore.base.checks import real_number, unknown, whole_number
from gdcore.base.errors import GdError
from gdcore.run.monitor import Monitor
from gdcore.sentences.sentence import Sentence, said


class Fired(NamedTuple):
    """The rule that ended a run, and its numbers in a clause."""

    rule: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class StopRules:
    """Rules that may be combined; the run ends with the first step at which any of them holds.

    ``gradient``: |∇J| is at most this: the run has converged.
    ``step``: the last step was at most this long. ``loss``: the loss changed by at most this.
    ``patience``: no new best loss for this many steps; with ``improvement``, in the units of the loss, none that is
    better than the last best by more than this (Prechelt, Early Stopping, 1998; the ``min_delta`` of Keras).
    ``target``: the loss is at most this. All but ``gradient`` mean that the run stopped early. A rule that is None is
    off.

    Raises GdError for a limit that is negative or not finite, a patience below 1, and an improvement without patience.
    """

    gradient: float | None = None
    step: float | None = None
    loss: float | None = None
    patience: int | None = None
    target: float | None = None
    improvement: float | None = None

    def __post_init__(self) -> None:
        for name in ("gradient", "step", "loss", "target", "improvement"):
            limit = getattr(self, name)
            if limit is None:
                continue
            if not math.isfinite(real_number(limit, f"the stop rule {name}")):
                raise GdError(f"the stop rule {name} is {limit!r}", "it must be a finite number", "try 1e-6")
            if limit < 0 and name != "target":
                raise GdError(f"the stop rule {name} is {limit!r}", "it must be 0 or more", "try 1e-6")
        if self.patience is not None:
            object.__setattr__(self, "patience", whole_number(self.patience, "patience", 1))
        if self.improvement is not None and self.patience is None:
            raise GdError(
                "the stop rule improvement belongs to patience", mend="give both, such as patience=10"
            )

    def fired(self, monitor: Monitor) -> Fired | None:
        """The rule that ends the run here, or None when it goes on."""
        if self.gradient is not None and monitor.slope <= self.gradient:
            return Fired("gradient", said("stop.gradient", slope=monitor.slope, limit=self.gradient))
        if self.step is not None and monitor.moved is not None and monitor.moved <= self.step:
            return Fired("step", said("stop.step", moved=monitor.moved, limit=self.step))
        if self.loss is not None and monitor.changed is not None and monitor.changed <= self.loss:
            return Fired("loss", said("stop.loss", changed=monitor.changed, limit=self.loss))
        if self.patience is not None and monitor.since_best >= self.patience:
            old: dict[str, float] = {"best": monitor.best_loss, "steps": monitor.since_best}
            if self.improvement:
                return Fired(
                    "patience", said("stop.patience.improvement", **old, improvement=self.improvement)
                )
            return Fired("patience", said("stop.patience", **old))
        if self.target is not None and monitor.loss <= self.target:
            return Fired("target", said("stop.target", loss=monitor.loss, limit=self.target))
        return None

    def spec(self) -> dict[str, float]:
        """The rules that are on, as JSON-able data."""
        return {name: limit for name, limit in asdict(self).items() if limit is not None}


Stop: TypeAlias = StopRules | Mapping[str, float] | Iterable["StopRules | Mapping[str, float]"]


def stop_rules(given: Stop) -> StopRules:
    """One set of rules out of rules, a mapping such as ``{"gradient": 1e-6}``, or several of these.

    Raises GdError for an unknown rule and for one that is given twice.
    """
    if isinstance(given, StopRules):
        return given
    known = tuple(field.name for field in fields(StopRules))
    parts = [given] if isinstance(given, Mapping) else list(given)
    limits: dict[str, float] = {}
    for part in parts:
        for name, limit in (part.spec() if isinstance(part, StopRules) else part).items():
            if name not in known:
                raise unknown("stop rule", name, known)
            if name in limits:
                raise GdError(f"the stop rule {name} is given twice", mend="give it once")
            if limit is not None:
                limits[name] = limit
    return StopRules(**limits)  # type: ignore[arg-type]

"""The run that would come home: from the same start, with a rate below the limit."""

from __future__ import annotations

from dataclasses import dataclass

from gdcore.base.arrays import FloatArray
from gdcore.run.descent import descend
from scenes.lecture.running import optimizer_of
from scenes.lecture.study import Study
from scenes.text import number, value_of

from .findings import is_limit

_BELOW = 0.9  # of the limit
_STEPS = 9


@dataclass(frozen=True, eq=False)
class Tamer:
    """Rate, places and losses (n,) of a run that no story tells, but for the limit's sake."""

    rate: float
    w: FloatArray
    loss: FloatArray


def tamer_of(study: Study, name: str, factor: float | None, limit: float | None) -> Tamer | None:
    """The run of this name at a tenth below the limit; None where it stays within it, or where there is none."""
    if factor is None or limit is None or factor <= 1 or is_limit(factor):
        return None
    run = study.lecture.runs[name]
    rate = value_of(number(_BELOW * limit, 2))
    found = descend(study.problem, optimizer_of(run), run.start, _STEPS, rate=rate)
    return Tamer(rate, found.parameters[:, 0], found.loss) if found.steps == _STEPS else None

"""Everything about the last moment of a run."""

from __future__ import annotations

from dataclasses import dataclass

from gdcore.base.arrays import FloatArray
from gdcore.run.leaving import Break
from gdcore.run.monitor import Monitor
from gdcore.run.plan import Plan
from gdcore.run.rows import Place
from gdcore.run.stopping import Fired


@dataclass(frozen=True, slots=True)
class End:
    """How a run from ``start`` (d,) ended. ``place`` is the last finite one, ``planned`` the steps asked for."""

    plan: Plan
    start: FloatArray
    place: Place
    planned: int
    monitor: Monitor
    broken: Break | None
    fired: Fired | None

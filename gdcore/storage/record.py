"""A run as plain data: what every file format holds, and the way back, checked."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdcore.events import Event
from gdcore.outcome import Outcome
from gdcore.progress import Progress
from gdcore.serialise import SCHEMA
from gdcore.trajectory import Trajectory


@dataclass(frozen=True)
class Record:
    """``facts`` is JSON-able; ``rows`` holds step, parameters, loss and gradient; ``state`` the optimizer's."""

    facts: Mapping[str, Any]
    rows: Mapping[str, NDArray[Any]]
    state: Mapping[str, NDArray[Any]]


def record_of(trajectory: Trajectory) -> Record:
    """The run as plain data."""
    facts = {
        "schema": SCHEMA,
        "rows": len(trajectory),
        "parameters": list(trajectory.parameters_names),
        "rate": trajectory.rate,
        "outcome": str(trajectory.outcome),
        "reason": trajectory.reason,
        "nonfinite_step": trajectory.nonfinite_step,
        "events": [event.as_dict() for event in trajectory.events],
        "specs": trajectory.specs,
        "progress": encoded(trajectory.progress),
    }
    rows = {
        "step": trajectory.step,
        "parameters": trajectory.parameters,
        "loss": trajectory.loss,
        "gradient": trajectory.gradient,
    }
    return Record(facts, rows, trajectory.state)


def trajectory_of(record: Record) -> Trajectory:
    """The run again. Raises ValueError (or what Python raises for missing and misshapen data) if it is none."""
    facts = record.facts
    if facts["schema"] != SCHEMA:
        raise ValueError(f"its schema is {facts['schema']!r}, this version reads {SCHEMA}")
    names = facts["parameters"]
    trajectory = Trajectory(
        parameters_names=tuple(str(name) for name in names),
        step=np.asarray(record.rows["step"]),
        parameters=np.asarray(record.rows["parameters"], dtype=np.float64).reshape(-1, len(names)),
        loss=np.asarray(record.rows["loss"], dtype=np.float64),
        gradient=np.asarray(record.rows["gradient"], dtype=np.float64).reshape(-1, len(names)),
        rate=float(facts["rate"]),
        outcome=Outcome(facts["outcome"]),
        reason=str(facts["reason"]),
        nonfinite_step=None if facts["nonfinite_step"] is None else int(facts["nonfinite_step"]),
        events=tuple(Event(**event) for event in facts["events"]),
        specs=dict(facts["specs"]),
        state={name: np.asarray(array, dtype=np.float64) for name, array in record.state.items()},
        progress=decoded(facts["progress"]),
    )
    if len(trajectory) != facts["rows"]:
        raise ValueError(f"it has {len(trajectory)} rows and should have {facts['rows']}")
    _check(trajectory)
    return trajectory


def _check(trajectory: Trajectory) -> None:
    rows = len(trajectory)
    step = trajectory.step
    if rows == 0 or step.ndim != 1 or step[0] != 0 or (np.diff(step) <= 0).any():
        raise ValueError("the steps do not rise from 0")
    if not len(trajectory.parameters) == len(trajectory.loss) == len(trajectory.gradient) == rows:
        raise ValueError("the columns have different lengths")
    for values in (trajectory.parameters, trajectory.loss, trajectory.gradient):
        if not np.isfinite(values).all():
            raise ValueError("a row is not finite")
    # Everything a continuation will need is there if this can be built.
    Progress.restored(
        trajectory.parameters_names,
        trajectory.progress,
        trajectory.steps,
        trajectory.final.tolist(),
        trajectory.final_loss,
        trajectory.gradient[-1].tolist(),
    )


def encoded(value: Any) -> Any:
    """Plain data with every number that is not finite as {"number": "inf"}, which strict JSON can hold."""
    if isinstance(value, float) and not math.isfinite(value):
        return {"number": str(value)}
    if isinstance(value, Mapping):
        return {name: encoded(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [encoded(inner) for inner in value]
    return value


def decoded(value: Any) -> Any:
    """What ``encoded`` was given."""
    if isinstance(value, dict):
        if value.keys() == {"number"}:
            return float(value["number"])
        return {name: decoded(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [decoded(inner) for inner in value]
    return value

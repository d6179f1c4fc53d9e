"""A run as plain data: what every file format holds, and the way back, checked."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdcore.base.rates import Rate
from gdcore.rest.verdict import Rest
from gdcore.run.events import Event
from gdcore.run.leaving import Exit
from gdcore.run.monitor import Monitor
from gdcore.run.outcome import Outcome
from gdcore.run.trajectory import Trajectory
from gdcore.sentences.sentence import TEMPLATES, At, Name, Sentence, Value
from gdcore.storage.run_document import RUN_SCHEMA


@dataclass(frozen=True)
class Record:
    """``facts`` is JSON-able; ``rows`` holds step, parameters, loss and gradient; ``state`` the optimizer's."""

    facts: Mapping[str, Any]
    rows: Mapping[str, NDArray[Any]]
    state: Mapping[str, NDArray[Any]]


def record_of(trajectory: Trajectory) -> Record:
    """The run as plain data."""
    facts = {
        "schema": RUN_SCHEMA,
        "rows": len(trajectory),
        "parameters": list(trajectory.parameters_names),
        "rate": list(trajectory.rate) if isinstance(trajectory.rate, tuple) else trajectory.rate,
        "outcome": str(trajectory.outcome),
        "reason": trajectory.reason,
        "reasons": [sentence_data(sentence) for sentence in trajectory.reasons],
        "rest": trajectory.rest.as_dict(),
        "plain": trajectory.plain,
        "planned": trajectory.planned,
        "exit": None if trajectory.exit is None else encoded(trajectory.exit.as_dict()),
        "steps_needed": trajectory.steps_needed,
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


def check_schema(facts: Mapping[str, Any]) -> None:
    """Raises ValueError for facts that another version wrote, before anything is missed in them."""
    if facts["schema"] != RUN_SCHEMA:
        raise ValueError(f"its schema is {facts['schema']!r}, this version reads {RUN_SCHEMA}")


def trajectory_of(record: Record) -> Trajectory:
    """The run again. Raises ValueError (or what Python raises for missing and misshapen data) if it is none."""
    facts = record.facts
    check_schema(facts)
    names = facts["parameters"]
    trajectory = Trajectory(
        parameters_names=tuple(str(name) for name in names),
        step=np.asarray(record.rows["step"]),
        parameters=np.asarray(record.rows["parameters"], dtype=np.float64).reshape(-1, len(names)),
        loss=np.asarray(record.rows["loss"], dtype=np.float64),
        gradient=np.asarray(record.rows["gradient"], dtype=np.float64).reshape(-1, len(names)),
        rate=_rate_of(facts["rate"], len(names)),
        outcome=Outcome(facts["outcome"]),
        reasons=tuple(sentence_of(data) for data in facts["reasons"]),
        rest=Rest.of_dict(facts["rest"]),
        plain=bool(facts["plain"]),
        planned=int(facts["planned"]),
        exit=None if facts["exit"] is None else Exit.of_dict(decoded(facts["exit"])),
        steps_needed=None if facts["steps_needed"] is None else float(facts["steps_needed"]),
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


def _rate_of(value: Any, count: int) -> Rate:
    if not isinstance(value, list):
        return float(value)
    if len(value) != count:
        raise ValueError(f"it has {len(value)} rates and should have 1 or {count}")
    return tuple(float(rate) for rate in value)


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
    Monitor.restored(
        trajectory.parameters_names,
        trajectory.progress,
        trajectory.steps,
        trajectory.final.tolist(),
        trajectory.final_loss,
        trajectory.gradient[-1].tolist(),
    )


def sentence_data(sentence: Sentence) -> dict[str, Any]:
    """A sentence as JSON-able data: what kind each value is stands beside it."""
    return {
        "key": sentence.key,
        "values": [[name, *_told(value)] for name, value in sentence.values],
    }


def sentence_of(data: Mapping[str, Any]) -> Sentence:
    """What ``sentence_data`` was given. Raises what Python raises for anything else."""
    if data["key"] not in TEMPLATES:
        raise ValueError(f"its reason has the unknown key {data['key']!r}")
    values = tuple((str(name), _value(kind, decoded(value))) for name, kind, value in data["values"])
    sentence = Sentence(str(data["key"]), values)
    str(sentence)  # every place of the words has its value
    return sentence


def _told(value: Value) -> tuple[str, Any]:
    match value:
        case Name(text):
            return "name", text
        case At(names, values):
            return "at", encoded([list(names), list(values)])
        case tuple():
            return "numbers", encoded(list(value))
        case int():
            return "count", value
        case str():
            return "text", value
    return "number", encoded(float(value))


def _value(kind: str, value: Any) -> Value:
    match kind:
        case "name":
            return Name(str(value))
        case "at":
            return At(tuple(str(name) for name in value[0]), tuple(float(x) for x in value[1]))
        case "numbers":
            return tuple(float(x) for x in value)
        case "count":
            return int(value)
        case "text":
            return str(value)
        case "number":
            return float(value)
    raise ValueError(f"its reason has a value of the unknown kind {kind!r}")


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

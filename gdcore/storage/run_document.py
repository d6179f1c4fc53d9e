"""One run as a JSON document: the one that the command ``descend`` prints."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from gdcore.analysis.convergence import Convergence
from gdcore.analysis.stability import Analysis
from gdcore.notation import plain_number
from gdcore.problems.linear.linear_model import LinearModel
from gdcore.problems.protocol import Problem
from gdcore.run.trajectory import Trajectory

RUN_SCHEMA = 3

_FACTS = ("parameters", "optimizer", "outcome", "reason", "rest", "steps_needed", "steps")


def run_document(
    trajectory: Trajectory,
    problem: Problem,
    analysis: Analysis,
    predictions: Mapping[float | str, float] | None = None,
    *,
    convergence: Convergence | None = None,
) -> dict[str, Any]:
    """The whole run. A quantity without a finite value is None, so JSON never holds NaN or Infinity.

    ``standardized`` has mean and deviation of every feature, the number of rows by which the squares are divided, and
    slopes and constant in the units of the data; None where nothing was scaled. ``problem`` also counts the rows that were
    left out, where that was asked for. ``predictions``: y by x; a number as key is written as a reader would (6.0 as "6").
    """
    run = path_document(trajectory)
    return {
        "schema": RUN_SCHEMA,
        "problem": {**problem.spec(), **_left_out(problem)},
        **{name: run[name] for name in _FACTS},
        "path": run["path"],
        "final": run["final"],
        "analysis": {
            "largest_curvature": finite(analysis.largest_curvature),
            "rate_limit": finite(analysis.rate_limit),
            "path_limit": finite(analysis.path_limit),
            "rest_limit": finite(analysis.rest_limit),
            "regime": analysis.regime,
            "local": analysis.local,
        },
        "convergence": None if convergence is None else _convergence(convergence),
        "nonfinite_step": run["nonfinite_step"],
        "events": run["events"],
        "standardized": _standardized(trajectory, problem),
        "prediction": {
            x if isinstance(x, str) else plain_number(x): finite(y) for x, y in (predictions or {}).items()
        },
    }


def _left_out(problem: Problem) -> dict[str, Any]:
    if not isinstance(problem, LinearModel) or problem.left_out is None:
        return {}
    return {"left_out": {"rows": problem.left_out.rows, "of": problem.left_out.of}}


def _convergence(found: Convergence) -> dict[str, Any]:
    return {
        "minimum": found.minimum.tolist(),
        "factor": finite(found.factor),
        "theory": finite(found.theory),
        "order": finite(found.order),
    }


def _standardized(trajectory: Trajectory, problem: Problem) -> dict[str, Any] | None:
    """How features were scaled, and what the last parameters say of the raw ones; None where nothing was."""
    if not isinstance(problem, LinearModel) or not problem.features.standardize:
        return None
    raw = problem.raw_model(trajectory.final)
    return {
        "features": list(problem.feature_names),
        "mean": problem.features.shift.tolist(),
        "deviation": problem.features.scale.tolist(),
        "divisor": problem.size,
        "slopes": [finite(slope) for slope in raw.slopes.tolist()],
        "constant": finite(float(raw.constant)),
    }


def path_document(trajectory: Trajectory) -> dict[str, Any]:
    """The part of the document that the run alone can tell."""
    return {
        "parameters": list(trajectory.parameters_names),
        "optimizer": {
            "name": trajectory.specs["optimizer"]["name"],
            "rate": trajectory.rate,
            **trajectory.specs["optimizer"],
        },
        "outcome": str(trajectory.outcome),
        "reason": trajectory.reason,
        "rest": trajectory.rest.as_dict(),
        "steps_needed": trajectory.steps_needed,
        "steps": trajectory.steps,
        "path": {
            "step": trajectory.step.tolist(),
            "parameters": trajectory.parameters.tolist(),
            "loss": trajectory.loss.tolist(),
            "gradient": trajectory.gradient.tolist(),
        },
        "final": {"parameters": trajectory.final.tolist(), "loss": trajectory.final_loss},
        "nonfinite_step": trajectory.nonfinite_step,
        "events": [event.as_dict() for event in trajectory.events],
    }


def finite(value: float | None) -> float | None:
    """``value``, or None when it is not finite."""
    return None if value is None or not math.isfinite(value) else float(value)

"""What the core knows of a run, as films tell it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gdcore.problems import Problem
from gdcore.trajectory import Trajectory

FloatArray = NDArray[np.float64]


def losses_shown(problem: Problem, trajectory: Trajectory) -> FloatArray:
    """The losses (n,) of a run; one that is 0 but for rounding is 0."""
    return trajectory.loss


def is_plain(trajectory: Trajectory) -> bool:
    """Is every step the same rate times the slope, and nothing else?"""
    specs = trajectory.specs
    optimizer = specs.get("optimizer", {"name": "gd"})
    plain = optimizer.get("name") == "gd" and len(optimizer) == 1
    return plain and specs.get("schedule") is None and "sampling" not in specs


def left_domain(trajectory: Trajectory) -> bool:
    """Did the run end where J is not defined, or not declared to be, and not at the edge of the machine's numbers?"""
    return trajectory.nonfinite_step is not None and "left the domain" in trajectory.reason

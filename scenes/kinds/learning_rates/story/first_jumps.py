"""Where one jump leads from the common start, for every rate: of a parabola, whose landings a picture can show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gdcore.analysis.stability import Analysis
from gdcore.problems import Problem
from gdcore.run.trajectory import Trajectory
from scenes.storyboard.views.curve import minima_of

# Times the limit: a rate that lands visibly higher, how far the jumps are shown where there is none, and at most:
# beyond it they lead out of a view in which the start is still seen.
_APART, _BEYOND, _FARTHEST = 1.02, 1.08, 1.25


@dataclass(frozen=True)
class FirstJumps:
    """The first jumps from `start`, where the parabola has its `slope`, about the minimum `goal` at the value `floor`.

    With the rate `best` = 1/λ a jump lands on the minimum, with `limit` = 2/λ as high as it began: from
    w₁ − w* = (1 − αλ)(w₀ − w*). `farthest` is the largest rate that is shown, `leaves` a run whose rate that is.
    """

    problem: Problem
    start: float
    slope: float
    goal: float
    floor: float
    best: float
    limit: float
    farthest: float
    leaves: int | None

    def landing(self, rate: float) -> tuple[float, float]:
        """Where a jump with a rate lands: the parameter, and the objective there."""
        place = self.start - rate * self.slope
        return place, self.value(place)

    def factor(self, rate: float) -> float:
        """By what every jump with a rate multiplies the distance from the minimum: |1 − αλ|."""
        return abs(1.0 - rate / self.best)

    def value(self, place: float) -> float:
        """The objective at a place."""
        return float(self.problem.value(np.array([place])))


def first_jumps(
    problem: Problem, trajectories: Sequence[Trajectory], rates: Sequence[float], analyses: Sequence[Analysis]
) -> FirstJumps | None:
    """The first jumps that runs of plain descent share; None where there is no one start, or no parabola to land on."""
    first, found = trajectories[0], analyses[0]
    minima = minima_of(problem)
    alike = all(t.plain and np.array_equal(t.start, first.start) for t in trajectories)
    if len(problem.parameters) != 1 or len(minima) != 1 or not alike or found.local:
        return None
    limit, start, slope = found.rate_limit, float(first.start[0]), float(first.gradient[0, 0])
    if limit is None or not np.isfinite(limit) or slope == 0:
        return None
    above = [i for i, rate in enumerate(rates) if _APART * limit <= rate <= _FARTHEST * limit]
    leaves = max(above, key=lambda i: rates[i], default=None)
    farthest = _BEYOND * limit if leaves is None else rates[leaves]
    goal, floor = float(minima[0, 0]), float(problem.value(minima[0]))
    jumps = FirstJumps(problem, start, slope, goal, floor, limit / 2, limit, farthest, leaves)
    place, value = jumps.landing(farthest)
    seen = np.isfinite(value) and value > jumps.value(start) > floor and place != start
    return jumps if seen else None

"""What panels side by side show of an objective of one parameter: one view for all, wider where a run leaves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray
from gdcore.problems import Problem
from gdcore.run.outcome import Outcome
from gdcore.run.trajectory import Trajectory
from scenes.lecture.model import Range

from .curve import Curve, curve_of, minima_of
from .terrain import may_fall_for_ever, rows_in_view

_NEAR = 1.25  # times the first distance from the minimum: a run that stays nearer belongs to the common view
_HIGH = 1.5  # times the first height above it: likewise
_WANTED = 1.08  # half a view over the distance that it is made for, where a lecture asks for the view
_AT_ONCE = 4.0  # times as wide as it must be a view becomes, for the sake of the rows to come
_PER_DECADE = 90  # samples of the objective on each side
_MOST = 1500  # samples on each side
_WIDEST, _HIGHEST = 1e154, 1.5e308  # times as wide, and a height: what is beyond the machine cannot describe
_AIR = 0.1  # of the height, below a run that falls deeper than all others


@dataclass(frozen=True, eq=False)
class PanelView:
    """What a panel shows of the objective when its run stands at a row.

    `ends` (n, 4): both ends of the axis of the parameter, then of J, by row; `x`, `y` (m,) sample the objective as far
    as the widest of them. The view never becomes narrower again.
    """

    ends: FloatArray
    x: FloatArray
    y: FloatArray

    def at(self, row: int, part: float = 0.0) -> tuple[Range, Range]:
        """The view at a row, or `part` of the way to the next: its width and its height grow evenly in times."""
        after = min(row + 1, len(self.ends) - 1)
        (a, b), (c, d) = (self._between(self.ends[[row, after], i : i + 2], part) for i in (0, 2))
        return (a, b), (c, d)

    def times(self, row: int, part: float = 0.0) -> tuple[float, float]:
        """How many times as wide, and as high, the view is as it was at the start."""
        first, now = self.at(0), self.at(row, part)
        across, up = ((b - a) / (d - c) for (a, b), (c, d) in zip(now, first, strict=True))
        return across, up

    @property
    def zooms(self) -> bool:
        """Does the run leave the view that it begins with?"""
        return not np.array_equal(self.ends[0], self.ends[-1])

    @staticmethod
    def _between(ends: FloatArray, part: float) -> Range:
        (low, high), (lower, higher) = ends.tolist()
        before, after = high - low, higher - lower
        if part <= 0 or after <= before:
            return low, high
        if part >= 1:
            return lower, higher
        grown = before * (after / before) ** part
        share = (grown - before) / (after - before)
        return low + share * (lower - low), high + share * (higher - high)


def shared_views(
    problem: Problem,
    trajectories: Sequence[Trajectory],
    *,
    x_range: Range | None = None,
    y_range: Range | None = None,
) -> tuple[Curve, tuple[PanelView, ...]]:
    """The view that all panels begin with, and that of each run by its rows.

    It is even about the minimum that the best run nears and holds the starts and all runs that stay within reach of
    them. On a parabola a panel that is s times as wide becomes s² times as high; elsewhere both are measured.
    """
    # The best run comes last: its end says which minimum the view is about.
    ordered = sorted(trajectories, key=lambda t: (t.outcome is not Outcome.DIVERGED, -t.final_loss))
    path = np.concatenate(_common(problem, ordered))
    curve = curve_of(problem, path, x_range=x_range, y_range=y_range)
    half = (curve.x_range[1] - curve.x_range[0]) / 2
    centre = curve.x_range[0] + half
    reach = float(np.abs(path - centre).max(initial=0.0))
    reach = half / _WANTED if x_range is not None or not 0 < reach < half else reach
    heights = problem.value(path[:, None])
    floor = float(min(curve.y[np.isfinite(curve.y)].min(initial=np.inf), heights.min()))
    rise = float(heights.max()) - floor
    if y_range is not None or not rise > 0:
        rise = (curve.y_range[1] - floor) / 1.13
    views = [_view(problem, t, curve, centre, reach, floor, rise) for t in trajectories]
    return curve, tuple(views)


def _common(problem: Problem, trajectories: Sequence[Trajectory]) -> list[FloatArray]:
    """The places (n,) of each run that the common view is made for."""
    minima = minima_of(problem)[:, 0]
    paths = [t.parameters[:, 0] for t in trajectories]
    if not len(minima):
        return [
            path[: rows_in_view(t.loss, may_fall_for_ever(t))]
            for path, t in zip(paths, trajectories, strict=True)
        ]
    goal = minima[np.argmin(np.abs(minima - paths[-1][-1]))]
    floor = float(problem.value(np.array([goal])))
    reach = max(abs(float(path[0]) - goal) for path in paths)
    height = max(float(t.loss[0]) for t in trajectories) - floor
    found = []
    for path, t in zip(paths, trajectories, strict=True):
        away = np.abs(path - goal)
        stays = (away.max() <= _NEAR * reach and t.loss.max() - floor <= _HIGH * height) or reach == 0
        if stays and t.outcome is not Outcome.DIVERGED:
            found.append(path)
        else:
            landed = (np.arange(len(path)) < 2) & (away <= _NEAR * reach) & (t.loss - floor <= _HIGH * height)
            found.append(path[landed | ((away <= reach) & (t.loss - floor <= height))])
    return found


def _covered(needed: FloatArray) -> NDArray[np.intp]:
    """By row, the last row whose view is taken: a run that leaves is given room for all that it still needs, or as much of
    it as is _AT_ONCE times what it needs now, so that the view widens seldom and then visibly.

    `needed` (n,) is how many times as wide as at the start a view must be; it never falls.
    """
    rows = np.arange(len(needed))
    covered, row = rows.copy(), int(np.argmax(needed > 1.0)) if (needed > 1.0).any() else len(needed)
    covered[:row] = max(0, row - 1)
    while row < len(needed):
        last = int(np.searchsorted(needed, _AT_ONCE * needed[row], side="right")) - 1
        covered[row : last + 1] = last
        row = last + 1
    return covered


def _view(
    problem: Problem,
    trajectory: Trajectory,
    curve: Curve,
    centre: float,
    reach: float,
    floor: float,
    rise: float,
) -> PanelView:
    """The view of a run that begins with that of a curve, about a centre and made for a reach and a rise."""
    (left, right), (bottom, top) = curve.x_range, curve.y_range
    half = (right - left) / 2
    with np.errstate(over="ignore", invalid="ignore"):
        away = np.maximum.accumulate(np.abs(trajectory.parameters[:, 0] - centre)) / reach
        wide = np.clip(np.where(away <= 1 + 1e-9, 1.0, away), 1.0, _WIDEST)
        higher = (np.maximum.accumulate(trajectory.loss) - floor) / rise
        high = np.clip(np.where(higher <= 1 + 1e-9, 1.0, higher), 1.0, _HIGHEST / max(top - bottom, 1.0))
        covered = _covered(np.maximum(wide, np.sqrt(high)))
        wide, high = wide[covered], high[covered]
        low_ends = floor - (floor - bottom) * high
        tops = floor + (top - floor) * high
        deepest = np.minimum.accumulate(trajectory.loss)
        low_ends = np.where(deepest < low_ends, deepest - _AIR * (tops - deepest), low_ends)
    ends = np.column_stack([centre - half * wide, centre + half * wide, low_ends, tops])
    widest = float(wide[-1])
    if widest <= 1.0:
        ends[:, :2] = left, right
        return PanelView(ends, curve.x, curve.y)
    count = int(np.clip(_PER_DECADE * np.log10(widest), 24, _MOST))
    beyond = half * np.geomspace(1.0, 1.02 * widest, count + 1)[1:]
    x = np.concatenate([centre - beyond[::-1], curve.x, centre + beyond])
    with np.errstate(all="ignore"):
        y = np.concatenate(
            [
                problem.value((centre - beyond[::-1])[:, None]),
                curve.y,
                problem.value((centre + beyond)[:, None]),
            ]
        )
    return PanelView(ends, x, y)

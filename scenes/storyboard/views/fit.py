"""What the scenes of a regression share: the data, and what the model says about it at every row of a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.problems import LeastSquares
from scenes.layout.span import span_of
from scenes.lecture.model import Range

MOST_DOTS = 300  # dots and residuals drawn; more of them would be a cloud without residuals
MOST_ASKED = 4  # predictions that are told and drawn one by one
_CURVE = 121  # samples of a curve; a line has its two ends


@dataclass(frozen=True, eq=False)
class Predicted:
    """A `row` of x whose y is asked for, one number a column, with what the model says at n rows of a run and the best one.

    `ours` (n,), `best` that of least squares.
    """

    row: tuple[float, ...]
    ours: FloatArray
    best: float

    @property
    def is_answered(self) -> bool:
        """Has the run come to an answer, a finite number?"""
        return bool(np.isfinite(self.ours[-1]))


@dataclass(frozen=True, eq=False)
class Fit:
    """The data and the model's values for n rows of a run.

    With one column: dots (x, y) of shape (N,), the model over `line_x` (G,) as `line` (n, G), the best one
    as `best_line` (G,). With several columns (`against`) there is no line: x holds the true values, and the
    dots stand at (x, fitted). `fitted` (n, N) are the model's values at the dots, `best` (N,) those of least
    squares. `asked` are the first few rows whose y is asked for.
    """

    x: FloatArray
    y: FloatArray
    fitted: FloatArray
    best: FloatArray
    line_x: FloatArray
    line: FloatArray
    best_line: FloatArray
    against: bool
    x_range: Range
    y_range: Range
    asked: tuple[Predicted, ...]


def fit_of(problem: LeastSquares, parameters: FloatArray, rows: Sequence[tuple[float, ...]] = ()) -> Fit:
    """The fit of a problem along the parameters (n, d) of a run; of the `rows` of x asked for, MOST_ASKED are taken."""
    raw, targets = problem.rows()
    dots = np.unique(np.linspace(0, len(targets) - 1, MOST_DOTS).round().astype(int))
    raw, y = raw[dots], np.asarray(targets[dots])
    best = problem.solution()
    fitted = problem.predict(parameters[:, None, :], raw)
    best_fitted = problem.predict(best, raw)
    asked = tuple(
        Predicted(row, problem.predict(parameters, row), float(problem.predict(best, row)))
        for row in rows[:MOST_ASKED]
    )
    against = raw.shape[1] > 1
    if against:
        seen = [y, best_fitted, *(_near(row, y) for row in (fitted[0], fitted[-1]))]
        both = _padded(np.concatenate(seen), 0.07)
        return Fit(
            x=y,
            y=y,
            fitted=fitted,
            best=best_fitted,
            line_x=np.empty(0),
            line=np.empty((len(parameters), 0)),
            best_line=np.empty(0),
            against=True,
            x_range=both,
            y_range=both,
            asked=asked,
        )
    x = raw[:, 0]
    x_range = _padded(np.append(x, [each.row[0] for each in asked]), 0.06)
    line_x = np.linspace(*x_range, 2 if problem.features.degree == 1 else _CURVE)
    line = problem.predict(parameters[:, None, :], line_x[:, None])
    seen = [y, best_fitted, _near(fitted[0], y)]
    for each in asked:
        seen += [np.array([each.best]), _near(each.ours[-1:], y)]
    return Fit(
        x=x,
        y=y,
        fitted=fitted,
        best=best_fitted,
        line_x=line_x,
        line=line,
        best_line=problem.predict(best, line_x[:, None]),
        against=False,
        x_range=x_range,
        y_range=_padded(np.concatenate(seen), 0.09),
        asked=asked,
    )


def _near(values: FloatArray, y: FloatArray) -> FloatArray:
    """Those of the values that are at most one span of the data away from it."""
    span = span_of(float(y.min()), float(y.max()))
    kept = np.isfinite(values) & (values >= y.min() - span) & (values <= y.max() + span)
    return np.asarray(values[kept])


def _padded(values: FloatArray, margin: float) -> Range:
    low, high = float(values.min()), float(values.max())
    air = margin * span_of(low, high)
    return low - air, high + air

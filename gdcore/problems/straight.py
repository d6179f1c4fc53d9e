"""Problems as straight programs, from which fast evaluations are built; for those that have one."""

from __future__ import annotations

from dataclasses import dataclass

from gdcore.formula.tape.straight import Builder, Operand, Straight
from gdcore.problems.formula_problem import FormulaProblem
from gdcore.problems.linear.least_squares import LeastSquares
from gdcore.problems.protocol import Problem

# A regression of d parameters costs 2 d² operations, which arrays do better when d is large.
_MOST_PARAMETERS = 8


@dataclass(frozen=True, slots=True)
class Programs:
    """``gradient``: ∇J, one output for each parameter. ``everything``: J, then ∇J."""

    gradient: Straight
    everything: Straight


def programs_of(problem: Problem) -> Programs | None:
    """The programs with the bits of ``value_and_gradient``; None for a problem that has none."""
    if type(problem) is FormulaProblem:
        return Programs(problem.formula.straight_gradient, problem.formula.straight_all)
    if type(problem) is LeastSquares and len(problem.parameters) <= _MOST_PARAMETERS:
        return _least_squares(problem)
    return None


def _least_squares(problem: LeastSquares) -> Programs:
    """J = scale (floor + |A x - a|²): the sums of SquaredError, from left to right."""
    error = problem.condensed
    matrix = error.matrix.tolist()
    d = len(problem.parameters)
    builder = Builder(d)

    def sum_of(weights: list[float], terms: list[Operand]) -> Operand:
        return builder.sum([builder.multiply(w, t) for w, t in zip(weights, terms, strict=True)])

    lengths = [
        builder.subtract(sum_of(row, list(range(d))), offset)
        for row, offset in zip(matrix, error.offset.tolist(), strict=True)
    ]
    slopes = [
        builder.multiply(2.0 * error.scale, sum_of([row[j] for row in matrix], lengths)) for j in range(d)
    ]
    squares = builder.sum([builder.multiply(length, length) for length in lengths])
    value = builder.multiply(error.scale, builder.add(error.floor, squares))
    return Programs(builder.program(slopes), builder.program([value, *slopes]))

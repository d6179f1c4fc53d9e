"""Problems as tapes, from which fast evaluations are built; for those that have one."""

from __future__ import annotations

from functools import reduce

import numpy as np

from gdcore.formula.tape.operations import Operand, Tape, TapeWriter
from gdcore.problems.formula_problem import FormulaProblem
from gdcore.problems.linear.least_squares import LeastSquares
from gdcore.problems.linear.residual_norm import ResidualNorm
from gdcore.problems.protocol import Problem

# A regression of d parameters costs 2 d² operations, which arrays do better when d is large.
_MOST_PARAMETERS = 8


def tape_of(problem: Problem) -> Tape | None:
    """J and then ∇J, with the bits of ``value_and_gradient``; None for a problem that has no tape."""
    if type(problem) is FormulaProblem:
        return problem.formula.tape
    if type(problem) is LeastSquares and len(problem.parameters) <= _MOST_PARAMETERS:
        return _least_squares(problem)
    return None


def gradient_tape_of(problem: Problem) -> Tape | None:
    """∇J alone; None for a problem that has no tape."""
    if type(problem) is FormulaProblem:
        return problem.formula.gradient_tape
    tape = tape_of(problem)
    return None if tape is None else tape.only(tape.outputs[1:])


def _least_squares(problem: LeastSquares) -> Tape:
    """J = scale (floor + |A x - a|²), or its root: the sums of SquaredError, from left to right."""
    condensed = problem.condensed
    error = condensed.square if isinstance(condensed, ResidualNorm) else condensed
    matrix = error.matrix.tolist()
    d = len(problem.parameters)
    writer = TapeWriter(d)

    def sum_of(weights: list[float], terms: list[Operand]) -> Operand:
        return reduce(writer.add, map(writer.multiply, weights, terms))

    lengths = [
        writer.subtract(sum_of(row, list(range(d))), offset)
        for row, offset in zip(matrix, error.offset.tolist(), strict=True)
    ]
    slopes = [
        writer.multiply(2.0 * error.scale, sum_of([row[j] for row in matrix], lengths)) for j in range(d)
    ]
    squares = reduce(writer.add, map(writer.multiply, lengths, lengths))
    value = writer.multiply(error.scale, writer.add(error.floor, squares))
    if error is condensed:
        return writer.tape([value, *slopes])
    root = writer.apply(np.sqrt, value)
    twice = writer.multiply(2.0, root)
    parts = [writer.apply(np.divide, slope, twice) for slope in slopes]
    return writer.tape([root, *(writer.choose(twice, 0.0, 0.0, part) for part in parts)])

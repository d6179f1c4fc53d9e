"""The gdcore problem that a ProblemSpec stands for."""

from __future__ import annotations

from typing import cast

from gdcore.base.errors import GdError
from gdcore.problems import LeastSquares, Problem, landscape, problem_from_formula, read_table
from gdcore.problems.linear.costs import Cost

from .model import ProblemSpec


def build_problem(spec: ProblemSpec) -> Problem:
    """Build the problem, reading its data where it has any.

    Raises GdError where that fails, which after `read_lecture` means that the data changed in between.
    """
    if spec.formula is not None:
        return problem_from_formula(
            spec.formula, spec.parameters, domain=dict(spec.domain) or None, minima=spec.minima
        )
    if spec.name is not None:
        return landscape(spec.name, spec.parameters)
    if spec.data is None or spec.y is None:
        raise GdError("the problem has neither formula, data nor name", "one of them is needed", "give one")
    table = read_table(spec.data, (*spec.x, spec.y), spec.missing)
    return LeastSquares(
        {name: table.columns[name] for name in spec.x},
        table.columns[spec.y],
        y_name=spec.y,
        cost=cast(Cost, spec.cost),
        degree=spec.degree,
        intercept=spec.intercept,
        parameters=spec.parameters,
        standardize=spec.standardize,
        ridge=spec.ridge,
        source=spec.data.name,
        left_out=table.left_out if spec.missing == "drop" else None,
    )

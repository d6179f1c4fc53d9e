"""What is minimised: formulae, least squares on data, named landscapes."""

from gdcore.problems.domain import inside
from gdcore.problems.formula_problem import FormulaProblem, problem_from_formula
from gdcore.problems.landscapes import LANDSCAPES, Landscape, landscape
from gdcore.problems.linear.least_squares import LeastSquares
from gdcore.problems.linear.logistic import LogisticRegression
from gdcore.problems.protocol import Box, Problem, Sampled, Spectral
from gdcore.problems.tables import DataTable, LeftOut, column_names, read_columns, read_table

__all__ = [
    "LANDSCAPES",
    "Box",
    "DataTable",
    "FormulaProblem",
    "Landscape",
    "LeastSquares",
    "LeftOut",
    "LogisticRegression",
    "Problem",
    "Sampled",
    "Spectral",
    "column_names",
    "inside",
    "landscape",
    "problem_from_formula",
    "read_columns",
    "read_table",
]

"""What is minimised: formulae, least squares on data, named landscapes."""

from gdcore.problems.domain import inside
from gdcore.problems.formula_problem import FormulaProblem, problem_from_formula
from gdcore.problems.landscapes import LANDSCAPES, Landscape, landscape
from gdcore.problems.linear.least_squares import LeastSquares
from gdcore.problems.linear.logistic import LogisticRegression
from gdcore.problems.protocol import Box, Problem, Sampled, Spectral
from gdcore.problems.tables import read_columns

__all__ = [
    "LANDSCAPES",
    "Box",
    "FormulaProblem",
    "Landscape",
    "LeastSquares",
    "LogisticRegression",
    "Problem",
    "Sampled",
    "Spectral",
    "inside",
    "landscape",
    "problem_from_formula",
    "read_columns",
]

"""Formula text -> expression tree -> value, exact gradient and Hessian, typeset form. No eval anywhere."""

from gdcore.formula.formula import Formula, parse
from gdcore.formula.functions import CONSTANTS, FUNCTIONS, ROOT

__all__ = ["CONSTANTS", "FUNCTIONS", "ROOT", "Formula", "parse"]

"""The functions and constants a formula may use. This table is closed: nothing else can ever be called."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from gdcore.formula.tape.roots import root_of_array


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the grammar.

    ``ufunc`` evaluates it, for arrays and for single numbers alike, so both give the same bits. ``about`` says what it is.
    """

    name: str
    arity: int
    ufunc: Callable[..., Any]
    about: str = ""


FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {
        function.name: function
        for function in (
            Function("sin", 1, np.sin, "sine of an angle in radians"),
            Function("cos", 1, np.cos, "cosine"),
            Function("tan", 1, np.tan, "tangent"),
            Function("exp", 1, np.exp, "e to the power x, as e^x"),
            Function("log", 1, np.log, "natural logarithm, as ln(x); x > 0"),
            Function("sqrt", 1, np.sqrt, "square root, as √x; x ≥ 0"),
            Function("cbrt", 1, np.cbrt, "real cube root, as ∛x, also of negative x"),
            Function("abs", 1, np.abs, "absolute value, as |x|"),
            Function("tanh", 1, np.tanh, "hyperbolic tangent"),
            Function("sinh", 1, np.sinh, "hyperbolic sine"),
            Function("cosh", 1, np.cosh, "hyperbolic cosine"),
            Function("atan", 1, np.arctan, "inverse tangent, as arctan(x)"),
            Function("min", 2, np.minimum, "the lesser of two"),
            Function("max", 2, np.maximum, "the greater of two"),
            Function("sign", 1, np.sign, "-1, 0 or 1"),
        )
    }
)

#: root(x, n), whose degree n is no argument that could move: a number from 2 on, written out.
ROOT = Function("root", 2, root_of_array, "real root of degree n, a whole number; x ≥ 0 where n is even")

CONSTANTS: Mapping[str, float] = MappingProxyType({"pi": math.pi, "e": math.e})

#: Functions whose name in print is another; nobody reads ln as a logarithm to base 10.
PRINTED: Mapping[str, str] = MappingProxyType({"log": "ln", "atan": "arctan"})

#: The same names read.
READ_AS: Mapping[str, str] = MappingProxyType({printed: name for name, printed in PRINTED.items()})

#: All names that call a function.
FUNCTION_NAMES = (*FUNCTIONS, ROOT.name, *READ_AS)


def function_called(name: str) -> Function | None:
    """The function that is called by ``name``, also by that in print; None for another name."""
    return ROOT if name == ROOT.name else FUNCTIONS.get(READ_AS.get(name, name))


#: Letters that stand for functions: f(x - 1) is hardly a product.
FUNCTION_LETTERS = frozenset("fghFGHJL")

"""The functions and constants a formula may use. This table is closed: nothing else can ever be called."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the grammar.

    ``ufunc`` evaluates it, for arrays and for single numbers alike, so both give the same bits.
    ``typst`` is its name in Typst math; ``exp``, ``sqrt`` and ``abs`` have a notation of their own.
    """

    name: str
    arity: int
    ufunc: Callable[..., Any]
    typst: str


FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {
        function.name: function
        for function in (
            Function("sin", 1, np.sin, "sin"),
            Function("cos", 1, np.cos, "cos"),
            Function("tan", 1, np.tan, "tan"),
            Function("exp", 1, np.exp, "exp"),
            # The natural logarithm. Typeset as ln, so that nobody reads it as base 10.
            Function("log", 1, np.log, "ln"),
            Function("sqrt", 1, np.sqrt, "sqrt"),
            Function("abs", 1, np.abs, "abs"),
            Function("tanh", 1, np.tanh, "tanh"),
            Function("sinh", 1, np.sinh, "sinh"),
            Function("cosh", 1, np.cosh, "cosh"),
            Function("atan", 1, np.arctan, "arctan"),
            Function("min", 2, np.minimum, "min"),
            Function("max", 2, np.maximum, "max"),
            Function("sign", 1, np.sign, 'op("sign")'),
        )
    }
)

CONSTANTS: Mapping[str, float] = MappingProxyType({"pi": math.pi, "e": math.e})

# Names from other languages and programs, for the hint of an error.
ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "ln": "log",
        "arctan": "atan",
        "sgn": "sign",
        "fabs": "abs",
        "root": "sqrt",
        "sqr": "sqrt",
        "minimum": "min",
        "maximum": "max",
        "tg": "tan",
    }
)

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
    """

    name: str
    arity: int
    ufunc: Callable[..., Any]


FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {
        function.name: function
        for function in (
            Function("sin", 1, np.sin),
            Function("cos", 1, np.cos),
            Function("tan", 1, np.tan),
            Function("exp", 1, np.exp),
            Function("log", 1, np.log),
            Function("sqrt", 1, np.sqrt),
            Function("abs", 1, np.abs),
            Function("tanh", 1, np.tanh),
            Function("sinh", 1, np.sinh),
            Function("cosh", 1, np.cosh),
            Function("atan", 1, np.arctan),
            Function("min", 2, np.minimum),
            Function("max", 2, np.maximum),
            Function("sign", 1, np.sign),
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

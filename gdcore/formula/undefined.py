"""Where a formula has no value: log, sqrt, a power or a fraction outside its domain."""

from __future__ import annotations

import math
from collections.abc import Sequence

from gdcore.base.arrays import FloatArray
from gdcore.formula.expressions import Call, Expression, Power, Quotient, in_order
from gdcore.formula.printing.text import PlainPrinter
from gdcore.formula.tape.evaluator import Evaluator
from gdcore.formula.tape.lowering import lowered


def first_undefined(roots: Sequence[Expression], parameters: Sequence[str], x: FloatArray) -> str | None:
    """The innermost part of ``roots`` that has no value at the point x (d,), such as "log(x)"; None when all have one.

    A part whose own numbers are not finite is not blamed: it is too large, not outside.
    """
    for node in in_order(roots):
        match node:
            case Call(function, arguments) if function.name in ("log", "sqrt", "root"):
                numbers = arguments
            case Power(base, exponent):
                numbers = (base, exponent)
            case Quotient(_, denominator):
                numbers = (denominator,)
            case _:
                continue
        values = Evaluator(lowered(numbers, parameters))(x)
        if all(map(math.isfinite, values)) and _is_undefined(node, values):
            return PlainPrinter().show(node).text
    return None


def _is_undefined(node: Expression, values: Sequence[float]) -> bool:
    match node:
        case Call(function, _):
            if function.name == "log":
                return values[0] <= 0
            return values[0] < 0 and (function.name == "sqrt" or values[1] % 2 == 0)
        case Power():
            base, exponent = values
            return exponent < 0 if base == 0 else base < 0 and not exponent.is_integer()
        case _:
            return values[0] == 0

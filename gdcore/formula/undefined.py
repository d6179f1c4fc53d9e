"""Where a formula has no value: log, sqrt, a power or a fraction outside its domain."""

from __future__ import annotations

import math
from collections.abc import Sequence

from gdcore.base.arrays import FloatArray
from gdcore.formula.expressions import Call, Expression, Negation, Number, Power, Quotient, in_order
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


def real_root_instead(root: Expression, parameters: Sequence[str], x: FloatArray) -> tuple[str, str] | None:
    """A power below ``root`` that has no value at the point x (d,), where its real root has; and how that is written.

    ("x^(2/3)", "cbrt(x)^2") where x < 0; None where there is no such power.
    """
    for node in in_order((root,)):
        match node:
            case Power(base, Quotient(Number(above), Number(below))):
                sign = ""
            case Power(base, Negation(Quotient(Number(above), Number(below)))):
                sign = "-"
            case _:
                continue
        n = (above / below).denominator if below else 0
        if n % 2 == 0 or n == 1 or not Evaluator(lowered((base,), parameters))(x)[0] < 0:
            continue
        m, inside = (above / below).numerator, PlainPrinter().show(base).text
        written = f"cbrt({inside})" if n == 3 else f"root({inside}, {n})"
        power = f"^{sign}{m}" if sign or m != 1 else ""
        return PlainPrinter().show(node).text, written + power
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

"""Straight programs at one point: nested functions of Python, built once.

A result that is needed once is a function inside the function that needs it; one that is needed more often is
worked out once and kept in a register. The functions read registers (a list of floats: first the variables), so
a call costs what its few operations cost, several times less than NumPy on arrays of one element, with the same
bits: + - * / and roots are those of IEEE 754 in both, every other function calls the same ufunc.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np

from gdcore.formula.program import divide, number_power, square_root
from gdcore.formula.straight import Function, Operand, Operation, Straight

Registers: TypeAlias = list[float]
Reader: TypeAlias = Callable[[Registers], float]
# What a function is built from: a number, a register, or a function of the registers.
_Part: TypeAlias = "float | int | Reader"

# Functions are nested at most so deep; beyond, a register takes over. Far below Python's limit of recursion.
_DEEPEST = 40


class Closures:
    """``shared``: registers to fill, in this order; then ``outputs`` read them.

    The registers are a list of ``size`` floats whose first entries are the variables.
    """

    def __init__(self, program: Straight) -> None:
        self.size = program.width
        self.shared: list[tuple[int, Reader]] = []
        uses = [0] * (program.width + len(program.operations))
        for operation in program.operations:
            for operand in operation.operands:
                if not isinstance(operand, float):
                    uses[operand] += 1
        for output in program.outputs:
            if not isinstance(output, float):
                uses[output] += 1
        parts: list[_Part] = list(range(program.width))
        depths = [0] * program.width
        for place, operation in enumerate(program.operations, start=program.width):
            depth = 1 + max((depths[op] for op in operation.operands if not isinstance(op, float)), default=0)
            part: _Part = _function(
                operation, [op if isinstance(op, float) else parts[op] for op in operation.operands]
            )
            if uses[place] > 1 or depth == _DEEPEST:
                part, depth = self._keep(part), 0
            parts.append(part)
            depths.append(depth)
        self.outputs = tuple(_reader(_part(output, parts)) for output in program.outputs)

    def _keep(self, part: _Part) -> int:
        self.shared.append((self.size, _reader(part)))
        self.size += 1
        return self.size - 1


def _part(operand: Operand, parts: Sequence[_Part]) -> _Part:
    return operand if isinstance(operand, float) else parts[operand]


def _reader(part: _Part) -> Reader:
    if isinstance(part, float):
        return lambda r: part
    if isinstance(part, int):
        return lambda r: r[part]
    return part


def _function(operation: Operation, parts: Sequence[_Part]) -> Reader:
    special = _SPECIAL.get(operation.function)
    if special is not None:
        return special(*parts)
    return _called(operation.function, parts)


def _called(function: Function, parts: Sequence[_Part]) -> Reader:
    """A function of NumPy, or one of Python, of one or two arguments."""
    readers = [_reader(part) for part in parts]
    if len(readers) == 1:
        (a,) = readers
        return lambda r: float(function(a(r)))
    a, b = readers
    return lambda r: float(function(a(r), b(r)))


def _negative(a: _Part) -> Reader:
    f = _reader(a)
    return lambda r: -f(r)


def _absolute(a: _Part) -> Reader:
    f = _reader(a)
    return lambda r: abs(f(r))


def _root(a: _Part) -> Reader:
    f = _reader(a)
    return lambda r: square_root(f(r))


def _choice(left: _Part, right: _Part, first: _Part, second: _Part) -> Reader:
    a, b, f, g = map(_reader, (left, right, first, second))
    return lambda r: f(r) if a(r) <= b(r) else g(r)


def _quotient(a: _Part, b: _Part) -> Reader:
    f, g = _reader(a), _reader(b)
    return lambda r: divide(f(r), g(r))


# A register or a number read in place saves a call, the greatest cost there is. + and * give the same bits in
# either order: the part with the most to do goes to the left, which halves the cases.


def _sum(a: _Part, b: _Part) -> Reader:
    a, b = _ordered(a, b)
    if callable(a):
        if callable(b):
            return lambda r: a(r) + b(r)
        if isinstance(b, float):
            return lambda r: a(r) + b
        return lambda r: a(r) + r[b]
    if isinstance(b, float):
        return lambda r: r[a] + b  # type: ignore[index]
    return lambda r: r[a] + r[b]  # type: ignore[index]


def _product(a: _Part, b: _Part) -> Reader:
    a, b = _ordered(a, b)
    if callable(a):
        if callable(b):
            return lambda r: a(r) * b(r)
        if isinstance(b, float):
            return lambda r: a(r) * b
        return lambda r: a(r) * r[b]
    if isinstance(b, float):
        return lambda r: r[a] * b  # type: ignore[index]
    return lambda r: r[a] * r[b]  # type: ignore[index]


def _difference(a: _Part, b: _Part) -> Reader:
    if callable(a):
        if callable(b):
            return lambda r: a(r) - b(r)
        if isinstance(b, float):
            return lambda r: a(r) - b
        return lambda r: a(r) - r[b]
    if isinstance(a, float):
        if callable(b):
            return lambda r: a - b(r)
        return lambda r: a - r[b]  # type: ignore[index]
    if callable(b):
        return lambda r: r[a] - b(r)
    if isinstance(b, float):
        return lambda r: r[a] - b
    return lambda r: r[a] - r[b]


def _ordered(a: _Part, b: _Part) -> tuple[_Part, _Part]:
    return (a, b) if _work(a) >= _work(b) else (b, a)


def _work(part: _Part) -> int:
    return 2 if callable(part) else 1 if isinstance(part, int) else 0


_Maker: TypeAlias = Callable[..., Reader]
_SPECIAL: dict[Any, _Maker] = {
    np.add: _sum,
    np.subtract: _difference,
    np.multiply: _product,
    np.divide: _quotient,
    np.negative: _negative,
    np.absolute: _absolute,
    np.sqrt: _root,
    np.where: _choice,
    np.power: lambda *parts: _called(number_power, parts),
}

"""Tapes at one point: nested functions of Python, built once.

A result that is needed once is a function inside the function that needs it; one that is needed more often is
worked out once and kept in a register. The functions read registers (a list of floats: first the variables, then
numbers and what is shared), so a call costs what its few operations cost, several times less than NumPy on arrays
of one element, with the same bits: + - * / and roots are those of IEEE 754 in both, every other function calls the
same ufunc.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from gdcore.formula.tape.arithmetic import divide, power_of_number, square_root
from gdcore.formula.tape.operations import Operand, Operation, Tape, Ufunc
from gdcore.formula.tape.waves import OF_NUMBERS

Registers: TypeAlias = list[float]
Reader: TypeAlias = Callable[[Registers], float]
_Maker: TypeAlias = Callable[..., Reader]


class _Pair(NamedTuple):
    """A sum, difference or product of two registers, which may become a part of what needs it."""

    function: Ufunc
    i: int
    j: int


# What a function is built from: a register, an operation on two of them, or a function of all.
_Part: TypeAlias = "int | _Pair | Reader"

# Ufuncs are nested at most so deep; beyond, a register takes over. Far below Python's limit of recursion.
_DEEPEST = 40


class FloatTape:
    """``shared``: registers to fill, in this order; then ``outputs`` read them.

    ``registers`` is the list to begin with, a copy for each walk; its first entries are the variables.
    """

    def __init__(self, tape: Tape) -> None:
        self.registers: Registers = [0.0] * tape.width
        self.shared: list[tuple[int, Reader]] = []
        self._numbers: dict[str, int] = {}
        uses = _uses(tape)
        parts: list[_Part] = list(range(tape.width))
        depths = [0] * tape.width

        def part(operand: Operand) -> _Part:
            return self._number(operand) if isinstance(operand, float) else parts[operand]

        for place, operation in enumerate(tape.operations, start=tape.width):
            made = _part(operation, [part(operand) for operand in operation.operands])
            depth = 1 + max((depths[op] for op in operation.operands if not isinstance(op, float)), default=0)
            if uses[place] > 1 or depth == _DEEPEST:
                made, depth = self._keep(_reader(made)), 0
            parts.append(made)
            depths.append(depth)
        self.outputs = tuple(_reader(part(output)) for output in tape.outputs)
        self._is_silent = all(operation.function in _SILENT for operation in tape.operations)

    def __call__(self, x: Sequence[float]) -> list[float]:
        """The outputs at one point (d,)."""
        if self._is_silent:
            return self._at(x)
        with np.errstate(all="ignore"):
            return self._at(x)

    def _at(self, x: Sequence[float]) -> list[float]:
        registers = [*x, *self.registers[len(x) :]]
        for place, part in self.shared:
            registers[place] = part(registers)
        return [output(registers) for output in self.outputs]

    def _number(self, number: float) -> int:
        """The register of a number, told by its digits because 0.0 == -0.0."""
        if number.hex() not in self._numbers:
            self._numbers[number.hex()] = len(self.registers)
            self.registers.append(number)
        return self._numbers[number.hex()]

    def _keep(self, reader: Reader) -> int:
        self.registers.append(0.0)
        self.shared.append((len(self.registers) - 1, reader))
        return len(self.registers) - 1


def _uses(tape: Tape) -> list[int]:
    """How often each place is read."""
    uses = [0] * (tape.width + len(tape.operations))
    for operands in (*(operation.operands for operation in tape.operations), tape.outputs):
        for operand in operands:
            if not isinstance(operand, float):
                uses[operand] += 1
    return uses


def _reader(part: _Part) -> Reader:
    if isinstance(part, int):
        return lambda r: r[part]
    if isinstance(part, _Pair):
        return _PAIRS[part.function](part.i, part.j)
    return part


def _part(operation: Operation, parts: list[_Part]) -> _Part:
    """The fewest calls for an operation: a call costs far more than a register read or a product."""
    function = operation.function
    if function not in _PAIRS:
        maker = _OTHERS.get(function)
        readers = [_reader(part) for part in parts]
        return _called(OF_NUMBERS.get(function, function), *readers) if maker is None else maker(*readers)
    a, b = parts
    if isinstance(a, int) and isinstance(b, int):
        return _Pair(function, a, b)
    if isinstance(a, _Pair) and isinstance(b, int):
        return _PAIR_FIRST[a.function, function](*a[1:], b)
    if isinstance(b, _Pair) and isinstance(a, int):
        if function is np.subtract:
            return _FROM_REGISTER[b.function](*b[1:], a)
        return _PAIR_FIRST[b.function, function](*b[1:], a)  # + and * give the same bits in either order
    if isinstance(b, int):
        return _REGISTER_LAST[function](_reader(a), b)
    if isinstance(a, int):
        if function is np.subtract:
            f = _reader(b)
            return lambda r: r[a] - f(r)
        return _REGISTER_LAST[function](_reader(b), a)
    if isinstance(a, _Pair):
        return _PAIR_AND[a.function, function](*a[1:], _reader(b))
    if isinstance(b, _Pair):
        if function is np.subtract:
            return _LESS_PAIR[b.function](_reader(a), *b[1:])
        return _PAIR_AND[b.function, function](*b[1:], _reader(a))
    return _BOTH[function](a, b)


def _called(function: Ufunc, *readers: Reader) -> Reader:
    """A function of NumPy, or one of Python, of one or two arguments."""
    if len(readers) == 1:
        (f,) = readers
        return lambda r: float(function(f(r)))
    f, g = readers
    return lambda r: float(function(f(r), g(r)))


_OTHERS: Mapping[Any, _Maker] = {
    np.divide: lambda f, g: lambda r: divide(f(r), g(r)),
    np.negative: lambda f: lambda r: -f(r),
    np.absolute: lambda f: lambda r: abs(f(r)),
    np.sqrt: lambda f: lambda r: square_root(f(r)),
    np.where: lambda a, b, f, g: lambda r: f(r) if a(r) <= b(r) else g(r),
    np.power: lambda f, g: _called(power_of_number, f, g),
}
_PAIRS: Mapping[Any, _Maker] = {
    np.add: lambda i, j: lambda r: r[i] + r[j],
    np.subtract: lambda i, j: lambda r: r[i] - r[j],
    np.multiply: lambda i, j: lambda r: r[i] * r[j],
}
_BOTH: Mapping[Any, _Maker] = {
    np.add: lambda f, g: lambda r: f(r) + g(r),
    np.subtract: lambda f, g: lambda r: f(r) - g(r),
    np.multiply: lambda f, g: lambda r: f(r) * g(r),
}
_REGISTER_LAST: Mapping[Any, _Maker] = {
    np.add: lambda f, i: lambda r: f(r) + r[i],
    np.subtract: lambda f, i: lambda r: f(r) - r[i],
    np.multiply: lambda f, i: lambda r: f(r) * r[i],
}
# What warns of nothing, as NumPy does.
_SILENT = {*OF_NUMBERS, *_PAIRS, *_OTHERS} - {np.power}
_PAIR_FIRST: Mapping[Any, _Maker] = {
    (np.add, np.add): lambda i, j, k: lambda r: r[i] + r[j] + r[k],
    (np.add, np.subtract): lambda i, j, k: lambda r: r[i] + r[j] - r[k],
    (np.add, np.multiply): lambda i, j, k: lambda r: (r[i] + r[j]) * r[k],
    (np.subtract, np.add): lambda i, j, k: lambda r: r[i] - r[j] + r[k],
    (np.subtract, np.subtract): lambda i, j, k: lambda r: r[i] - r[j] - r[k],
    (np.subtract, np.multiply): lambda i, j, k: lambda r: (r[i] - r[j]) * r[k],
    (np.multiply, np.add): lambda i, j, k: lambda r: r[i] * r[j] + r[k],
    (np.multiply, np.subtract): lambda i, j, k: lambda r: r[i] * r[j] - r[k],
    (np.multiply, np.multiply): lambda i, j, k: lambda r: r[i] * r[j] * r[k],
}
_FROM_REGISTER: Mapping[Any, _Maker] = {
    np.add: lambda i, j, k: lambda r: r[k] - (r[i] + r[j]),
    np.subtract: lambda i, j, k: lambda r: r[k] - (r[i] - r[j]),
    np.multiply: lambda i, j, k: lambda r: r[k] - r[i] * r[j],
}
_PAIR_AND: Mapping[Any, _Maker] = {
    (np.add, np.add): lambda i, j, f: lambda r: r[i] + r[j] + f(r),
    (np.add, np.subtract): lambda i, j, f: lambda r: r[i] + r[j] - f(r),
    (np.add, np.multiply): lambda i, j, f: lambda r: (r[i] + r[j]) * f(r),
    (np.subtract, np.add): lambda i, j, f: lambda r: r[i] - r[j] + f(r),
    (np.subtract, np.subtract): lambda i, j, f: lambda r: r[i] - r[j] - f(r),
    (np.subtract, np.multiply): lambda i, j, f: lambda r: (r[i] - r[j]) * f(r),
    (np.multiply, np.add): lambda i, j, f: lambda r: r[i] * r[j] + f(r),
    (np.multiply, np.subtract): lambda i, j, f: lambda r: r[i] * r[j] - f(r),
    (np.multiply, np.multiply): lambda i, j, f: lambda r: r[i] * r[j] * f(r),
}
_LESS_PAIR: Mapping[Any, _Maker] = {
    np.add: lambda f, i, j: lambda r: f(r) - (r[i] + r[j]),
    np.subtract: lambda f, i, j: lambda r: f(r) - (r[i] - r[j]),
    np.multiply: lambda f, i, j: lambda r: f(r) - r[i] * r[j],
}

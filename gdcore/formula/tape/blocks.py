"""Tapes over blocks of points: ufuncs that write into buffers which stay in the cache.

Buffers are used again as soon as what they hold is no longer needed, best by the operation that reads it last (in
place: less memory to touch). A block has one row for each variable, and rows of n points each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.formula.tape.operations import Operand, Tape

# Rows begin at multiples of a cache line: reading across lines would cost a tenth more.
_LINE = 64


def rows(count: int, n: int) -> list[FloatArray]:
    """``count`` uninitialised rows of n numbers, each aligned to a cache line."""
    stride = (n * 8 // _LINE + 1) * _LINE
    memory = np.empty(count * stride + _LINE, dtype=np.uint8)
    first = -memory.ctypes.data % _LINE
    starts = range(first, first + count * stride, stride)
    return [memory[start : start + n * 8].view(np.float64) for start in starts]


class BlockPlan:
    """Which buffer each result on a tape goes to.

    ``targets``: for each output the variable whose row it replaces, or None for a buffer of its own. An output
    with a target must be the result of an operation after which nothing reads that variable.
    """

    def __init__(self, tape: Tape, targets: Sequence[int | None]) -> None:
        self.tape = tape
        width = tape.width
        last: dict[int, int] = {}
        for number, operation in enumerate(tape.operations):
            for operand in operation.operands:
                if not isinstance(operand, float):
                    last[operand] = number
        forced = {
            output: target
            for output, target in zip(tape.outputs, targets, strict=True)
            if target is not None and not isinstance(output, float)
        }
        kept = {output for output in tape.outputs if not isinstance(output, float)}
        free: list[int] = []
        self.buffers = 0
        self._place: list[int] = list(range(width))  # of every place its row; those of the variables first
        for number, operation in enumerate(tape.operations):
            place = width + number
            # A choice writes its result before it has read all it needs, so it takes nobody's place.
            dying = {
                self._place[operand]
                for operand in operation.operands
                if not isinstance(operand, float)
                and operand >= width
                and operand not in kept
                and last[operand] == number
            }
            if place in forced:
                row = forced[place]
            elif dying and operation.function is not np.where:
                row = min(dying)
                dying.discard(row)
            elif free:
                row = free.pop()
            else:
                row = width + self.buffers
                self.buffers += 1
            free += sorted(dying)
            self._place.append(row)

    def bound(self, variables: Sequence[FloatArray], buffers: Sequence[FloatArray]) -> BlockTape:
        """The tape on these rows (all of one length), of which it needs ``self.buffers``."""
        return BlockTape(self, [*variables, *buffers])

    def row(self, operand: Operand, memory: Sequence[FloatArray]) -> FloatArray:
        """Where an operand lies; a number as an array without axes, which ufuncs take quicker than a float."""
        return np.array(operand) if isinstance(operand, float) else memory[self._place[operand]]

    def steps(self, memory: Sequence[FloatArray]) -> list[Callable[[], object]]:
        """Every operation, ready to be called.

        With its arguments bound once a call takes half the time, and for that time no other thread can begin its own.
        """
        steps: list[Callable[[], object]] = []
        for number, operation in enumerate(self.tape.operations):
            arguments = [self.row(operand, memory) for operand in operation.operands]
            out = memory[self._place[self.tape.width + number]]
            if operation.function is np.where:
                left, right, first, second = arguments
                mask = np.empty(out.shape, dtype=np.bool_)
                steps.append(partial(_choose, left, right, first, second, mask, out))
            elif operation.function is np.power:
                # One exponent for a whole array would take short cuts with other bits, see power_of_array.
                base, exponent = (np.broadcast_to(argument, out.shape) for argument in arguments)
                if out.size == 1:
                    steps.append(partial(_power_of_one, base, exponent, out))
                else:
                    bases, exponents = np.ascontiguousarray(base), np.ascontiguousarray(exponent)
                    steps.append(partial(np.power, bases, exponents, out))
            elif operation.function in (np.minimum, np.maximum):
                steps.append(partial(operation.function, *arguments, out=out))  # NumPy wants it by name
            else:
                steps.append(partial(operation.function, *arguments, out))
        return steps


class BlockTape:
    """A plan on rows of its own. Whoever runs it ignores the floating-point errors (np.errstate)."""

    def __init__(self, plan: BlockPlan, memory: Sequence[FloatArray]) -> None:
        self._steps = plan.steps(memory)
        self.outputs = tuple(plan.row(output, memory) for output in plan.tape.outputs)

    def run(self) -> None:
        """Work out the outputs from what the rows of the variables hold now."""
        for step in self._steps:
            step()


def _power_of_one(base: FloatArray, exponent: FloatArray, out: FloatArray) -> None:
    out[0] = np.power(np.repeat(base, 2), np.repeat(exponent, 2))[0]


def _choose(left: Any, right: Any, first: Any, second: Any, mask: Any, out: FloatArray) -> None:
    np.less_equal(left, right, out=mask)
    np.copyto(out, second)
    np.copyto(out, first, where=mask)

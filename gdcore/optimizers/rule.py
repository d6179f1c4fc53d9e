"""What the files of this folder share: settings that are checked, and that can be written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, ClassVar

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.base.checks import amount, one_of, real_number, truth
from gdcore.base.errors import GdError
from gdcore.problems.protocol import Problem


class Rule:
    """Base of the frozen dataclasses that are update rules. Their fields are the hyperparameters."""

    __slots__ = ()
    name: ClassVar[str] = ""
    default_rate: ClassVar[float | None] = None  # one must be given
    # Arrays like x, zeros at first; a rule that begins otherwise has an ``init`` of its own.
    memory: ClassVar[tuple[str, ...]] = ()

    def init(self, x: FloatArray) -> Mapping[str, FloatArray]:
        """The state before the first update from x (..., d): named arrays, or none for a rule without memory.

        The docstring of the rule says which, and their shapes, such as (..., d).
        """
        return {name: np.zeros_like(x) for name in self.memory}

    def update(
        self,
        problem: Problem,
        x: FloatArray,
        gradient: FloatArray,
        state: Mapping[str, FloatArray],
        rate: float,
        k: int,
    ) -> tuple[FloatArray, Mapping[str, FloatArray]]:
        """The point (..., d) after update k, counted from 0, from x (..., d) with ``gradient`` = ∇J(x); and the state.

        Nothing that is given is changed in place. ``rate`` is that of this update, in units of x over units of ∇J for
        plain gradient descent. Raises GdError where the rule cannot be used with the problem.
        """
        raise NotImplementedError

    def settings(self) -> dict[str, Any]:
        """The numbers; a choice (text, or yes and no) only where it is not the usual one."""
        rule: Any = self
        given = {field.name: (getattr(self, field.name), field.default) for field in fields(rule)}
        return {
            name: value
            for name, (value, usual) in given.items()
            if not isinstance(usual, str | bool) or value != usual
        }

    def _fractions(self, *names: str) -> None:
        """Check that each is at least 0 and below 1. Raises GdError."""
        for name in names:
            number = real_number(getattr(self, name), name)
            if not 0 <= number < 1:
                raise GdError(
                    f"{name} is {number:g}", "it must be at least 0 and below 1", "choose one such as 0.9"
                )
            object.__setattr__(self, name, number)

    def _shares(self, *names: str) -> None:
        """Check that each is from 0 to 1. Raises GdError."""
        for name in names:
            number = real_number(getattr(self, name), name)
            if not 0 <= number <= 1:
                raise GdError(f"{name} is {number:g}", "it must be from 0 to 1", "choose one such as 0.9")
            object.__setattr__(self, name, number)

    def _parts(self, *names: str) -> None:
        """Check that each is above 0 and below 1. Raises GdError."""
        for name in names:
            number = real_number(getattr(self, name), name)
            if not 0 < number < 1:
                raise GdError(
                    f"{name} is {number:g}", "it must lie between 0 and 1", "choose one such as 0.5"
                )
            object.__setattr__(self, name, number)

    def _amounts(self, *names: str) -> None:
        """Check that each is finite and 0 or more. Raises GdError."""
        for name in names:
            object.__setattr__(self, name, amount(getattr(self, name), name))

    def _choice(self, name: str, known: Sequence[str]) -> None:
        """Check that it is one of ``known``. Raises GdError."""
        one_of(getattr(self, name), known, name)

    def _truth(self, name: str) -> None:
        """Check that it is yes or no, or a word for it. Raises GdError."""
        object.__setattr__(self, name, truth(getattr(self, name), name))


def decayed(gradient: FloatArray, x: FloatArray, weight_decay: float) -> FloatArray:
    """∇J + weight_decay · x: the slope of J + weight_decay/2 · |x|²; the same array when that is 0."""
    return gradient + weight_decay * x if weight_decay else gradient


def dot(a: FloatArray, b: FloatArray) -> FloatArray:
    """a · b along the last axis, kept with length 1: (..., d) and (..., d) to (..., 1).

    A sum of products, not a matrix product, so that one point and many give the same bits.
    """
    total: FloatArray = (a * b).sum(-1, keepdims=True)
    return total

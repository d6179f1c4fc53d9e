"""A formula: its text, its values, its exact derivatives and its typeset form."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from gdcore.base.arrays import FloatArray
from gdcore.base.checks import real_number
from gdcore.base.errors import GdError
from gdcore.base.inputs import place_of, points_of
from gdcore.formula.algebra import Algebra
from gdcore.formula.derivative import derivative, tidied
from gdcore.formula.expressions import Expression, depends_on, has_kinks
from gdcore.formula.functions import CONSTANTS, FUNCTION_NAMES
from gdcore.formula.order import dictionary_order
from gdcore.formula.printing.mathematics import laid_out
from gdcore.formula.printing.text import PlainPrinter
from gdcore.formula.reading import read_formula
from gdcore.formula.tape.evaluator import Evaluator
from gdcore.formula.tape.lowering import lowered
from gdcore.formula.tape.operations import Tape
from gdcore.formula.tape.twos import without_twos
from gdcore.formula.undefined import first_undefined, real_root_instead
from gdcore.notation import Node, plain, tex, typst

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")


class Formula:
    """A function of one or more real parameters, made by :func:`parse`; it never changes.

    ``parameters`` names the d entries of a point x. Every method that takes points raises GdError for a shape other than
    (..., d). Values
    outside the domain of the function are nan, values beyond the range of a double inf; no warning is given.
    """

    def __init__(
        self,
        tree: Expression,
        algebra: Algebra,
        parameters: tuple[str, ...],
        constants: Mapping[str, float],
        text: str | None = None,
        origin: tuple[str, tuple[str, ...]] | None = None,
    ) -> None:
        self._tree = tree
        self._algebra = algebra
        self.parameters = parameters
        self.constants = MappingProxyType(dict(constants))
        self.text = PlainPrinter().show(tree).text if text is None else text
        # What it is a derivative of: the text that was parsed, and the names in order.
        self._origin = (self.text, ()) if origin is None else origin

    # Values ----------------------------------------------------------------------------------------------

    def value(self, x: ArrayLike) -> FloatArray:
        """f at the points x (..., d), shape (...); a NumPy scalar for one point."""
        points = points_of(x, self.parameters)
        (value,) = self._value(points)
        return np.array(value) if points.ndim > 1 else np.float64(value)  # type: ignore[return-value]

    def gradient(self, x: ArrayLike) -> FloatArray:
        """All partial derivatives at x (..., d), shape (..., d)."""
        return self.value_and_gradient(x)[1]

    def value_and_gradient(self, x: ArrayLike) -> tuple[FloatArray, FloatArray]:
        """f and its gradient at x (..., d), shapes (...) and (..., d); common parts are worked out once."""
        points = points_of(x, self.parameters)
        value, *slopes = self._value_and_gradient(points)
        if points.ndim == 1:
            return np.float64(value), np.array(slopes)  # type: ignore[return-value]
        return np.array(value), np.stack(slopes, axis=-1)

    def hessian(self, x: ArrayLike) -> FloatArray:
        """All second partial derivatives at x (..., d), shape (..., d, d)."""
        points = points_of(x, self.parameters)
        d = len(self.parameters)
        matrix = np.empty((*points.shape[:-1], d, d))
        for entry, (i, j) in zip(self._hessian(points), _upper(d), strict=True):
            matrix[..., i, j] = matrix[..., j, i] = entry
        return matrix

    @cached_property
    def is_quadratic(self) -> bool:
        """Is the Hessian the same everywhere? Decided on the expressions, never by sampling.

        False may also be said of a quadratic in disguise, such as (x^2+1)^2 - x^4.
        """
        return not has_kinks(self._tree) and not depends_on(self._second, self.parameters)

    def undefined_part(self, x: ArrayLike) -> str | None:
        """The part of f or its slopes that has no value at the point x (d,), such as "log(x)" at -1; None if all have.

        Raises GdError for another shape.
        """
        points = points_of(x, self.parameters)
        return first_undefined((self._tree, *self._first), self.parameters, points.ravel())

    def real_root_instead(self, x: ArrayLike) -> tuple[str, str] | None:
        """A power without a value at the point x (d,) whose real root has one: ("x^(1/3)", "cbrt(x)") below 0, or None.

        Raises GdError for another shape.
        """
        return real_root_instead(self._tree, self.parameters, points_of(x, self.parameters).ravel())

    # Forms -----------------------------------------------------------------------------------------------

    def derivative(self, name: str) -> Formula:
        """The exact partial derivative by the parameter ``name``, over the same parameters.

        Raises GdError for a name that is not a parameter.
        """
        text, names = self._origin
        return Formula(
            self._first[place_of(name, self.parameters)],
            self._algebra,
            self.parameters,
            self.constants,
            origin=(text, (*names, name)),
        )

    @cached_property
    def notation(self) -> Node:
        """The formula as mathematics to be set."""
        return laid_out(self._tree)

    def typst(self) -> str:
        """The formula in Typst math markup."""
        return typst(self.notation)

    def mathtext(self) -> str:
        r"""The formula in the TeX that Matplotlib sets, without the dollars: 2 \left(x - 3\right)."""
        return tex(self.notation)

    def __str__(self) -> str:
        return plain(self.notation)

    def __repr__(self) -> str:
        return f"Formula({self.text!r}, parameters={self.parameters!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Formula):
            return NotImplemented
        return self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __reduce__(self) -> tuple[Any, ...]:
        text, names = self._origin
        return _again, (text, self.parameters, dict(self.constants), names)

    def _key(self) -> tuple[Any, ...]:
        return (*self._origin, self.parameters, tuple(sorted(self.constants.items())))

    # Behind the scenes -----------------------------------------------------------------------------------

    @cached_property
    def _first(self) -> tuple[Expression, ...]:
        neat = tidied(self._algebra, self._tree)
        return tuple(derivative(self._algebra, neat, name) for name in self.parameters)

    @cached_property
    def _second(self) -> tuple[Expression, ...]:
        names = self.parameters
        return tuple(derivative(self._algebra, self._first[i], names[j]) for i, j in _upper(len(names)))

    @cached_property
    def tape(self) -> Tape:
        """The value and then the gradient, lowered: one output, and one for each parameter."""
        return lowered((self._tree, *map(without_twos, self._first)), self.parameters)

    @cached_property
    def gradient_tape(self) -> Tape:
        """The gradient alone, lowered."""
        return self.tape.only(self.tape.outputs[1:])

    @cached_property
    def _value(self) -> Evaluator:
        return Evaluator(lowered((self._tree,), self.parameters))

    @cached_property
    def _value_and_gradient(self) -> Evaluator:
        return Evaluator(self.tape)

    @cached_property
    def _hessian(self) -> Evaluator:
        return Evaluator(lowered(self._second, self.parameters))


def parse(
    text: str, parameters: Sequence[str] | None = None, constants: Mapping[str, float] | None = None
) -> Formula:
    """Read a formula such as ``(x-3)^2 + 2``.

    ``parameters`` fixes their order; without it they are the names in the order of :func:`dictionary_order`.
    ``constants`` gives further names a fixed value, beside pi and e.

    The grammar: + - * / and ^ (or **), round brackets, numbers, names, and the functions sin cos tan exp log (or ln)
    sqrt cbrt abs tanh sinh cosh atan (or arctan) min max sign, and root(x, n) with a whole number n. A power binds
    tighter than a sign and groups to the right. What is printed of a formula is read as well: 2(x − 3)², |x|, √x, ∛x, α,
    w₁, 10⁻⁷, and cases such as (-x if x < 0, else x); a product needs no sign where it can be nothing else.

    Raises FormulaError with the column of the mistake; UnclearNameError for a name that may be a product, such as xy
    beside x and y, where ``parameters`` do not settle it; GdError for parameters or constants that cannot be names.
    """
    constants = {} if constants is None else dict(constants)
    for name, value in constants.items():
        _check_name(name, "constant")
        constants[name] = real_number(value, f"the constant {name}")
        if not math.isfinite(constants[name]):
            raise GdError(f"the constant {name} is {value}", "it must be a finite number", "correct it")
    if parameters is not None:
        parameters = _check_parameters(parameters, constants)
    algebra = Algebra()
    tree, variables = read_formula(algebra, text, parameters, constants)
    names = dictionary_order(variables) if parameters is None else tuple(parameters)
    if not names:
        raise GdError(
            f"the formula '{text}' has no parameter, so there is nothing to move",
            mend="use a name such as x",
        )
    return Formula(tree, algebra, names, constants, text=text)


def _again(
    text: str, parameters: tuple[str, ...], constants: Mapping[str, float], names: tuple[str, ...]
) -> Formula:
    """A pickled formula: parsed again, then derived again."""
    formula = parse(text, parameters, constants)
    for name in names:
        formula = formula.derivative(name)
    return formula


def _check_parameters(parameters: Sequence[str], constants: Mapping[str, float]) -> tuple[str, ...]:
    names = tuple(parameters)
    if isinstance(parameters, str) or not names:
        raise GdError(
            f"parameters is {parameters!r}",
            "it must be a list of one or more names",
            "write for example ['x', 'y']",
        )
    for name in names:
        _check_name(name, "parameter")
        if name in constants:
            raise GdError(f"'{name}' is given both as a parameter and as a constant", mend="keep one of them")
        if names.count(name) > 1:
            raise GdError(f"the parameter '{name}' is given {names.count(name)} times", mend="give it once")
    return names


def _check_name(name: str, role: str) -> None:
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise GdError(
            f"'{name}' cannot name a {role}",
            "a name is a letter, then letters, digits or _ (at most 64)",
            "choose one such as w, w1 or theta",
        )
    if name in FUNCTION_NAMES or name in CONSTANTS:
        kind = "a function" if name in FUNCTION_NAMES else "a constant"
        raise GdError(f"'{name}' cannot name a {role}: it is {kind} of formulae", mend="choose another name")


def _upper(d: int) -> list[tuple[int, int]]:
    """The places of the upper triangle of a d x d matrix, row by row."""
    return [(i, j) for i in range(d) for j in range(i, d)]

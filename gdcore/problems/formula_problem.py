"""A formula as a problem."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from gdcore.base.arrays import FloatArray
from gdcore.base.errors import GdError
from gdcore.base.inputs import box_of, point_of
from gdcore.formula import Formula, parse
from gdcore.notation import Node, typst
from gdcore.problems.domain import inside
from gdcore.problems.minima import minima_on_a_line, minimum_of_quadratic
from gdcore.problems.protocol import Box

# Where minima of a function of one parameter are looked for when nothing says where.
_WIDE = (-100.0, 100.0)


@dataclass(frozen=True, eq=False)
class FormulaProblem:
    """The function of a formula.

    ``domain``: one (low, high) for each parameter (a pair when there is one parameter, or a mapping by name);
    None or inf leaves a side open. ``known_minima``: points (d,). ``region``: the part worth looking at.
    ``landscape``: the name under which it is registered, if it is.

    Every method that takes points (..., d) raises GdError for another shape; values outside the domain of the formula
    itself, such as log(-1), are nan. Raises GdError for a domain or a minimum of the wrong shape, and for a minimum
    outside the domain.
    """

    formula: Formula
    domain: Box | None = None
    known_minima: tuple[FloatArray, ...] = ()
    region: Box | None = None
    landscape: str | None = None

    def __init__(
        self,
        formula: Formula,
        domain: object = None,
        minima: Iterable[ArrayLike | Mapping[str, float]] = (),
        region: object = None,
        landscape: str | None = None,
    ) -> None:
        names = formula.parameters
        box = None if domain is None else box_of(domain, names, "domain")
        points = tuple(point_of(point, names, "a minimum") for point in minima)
        for point in points:
            if box is not None and not inside(box, point.tolist()):
                raise GdError(
                    f"the minimum {point.tolist()} lies outside the domain {box}", mend="correct one of them"
                )
        object.__setattr__(self, "formula", formula)
        object.__setattr__(self, "domain", box)
        object.__setattr__(self, "known_minima", points)
        object.__setattr__(self, "region", box if region is None else box_of(region, names, "region"))
        object.__setattr__(self, "landscape", landscape)

    @property
    def name(self) -> str:
        """The name of the landscape, or "formula"."""
        return self.landscape or "formula"

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the d entries of a point."""
        return self.formula.parameters

    @property
    def is_quadratic(self) -> bool:
        """Is the Hessian the same everywhere? See :class:`gdcore.Formula`."""
        return self.formula.is_quadratic

    def value(self, x: ArrayLike) -> FloatArray:
        """J at x (..., d), shape (...)."""
        return self.formula.value(x)

    def gradient(self, x: ArrayLike) -> FloatArray:
        """∇J at x (..., d), shape (..., d), from the exact derivatives."""
        return self.formula.gradient(x)

    def value_and_gradient(self, x: ArrayLike) -> tuple[FloatArray, FloatArray]:
        """J and ∇J at x (..., d), shapes (...) and (..., d)."""
        return self.formula.value_and_gradient(x)

    def hessian(self, x: ArrayLike) -> FloatArray:
        """The second derivatives at x (..., d), shape (..., d, d)."""
        return self.formula.hessian(x)

    def undefined_part(self, x: ArrayLike) -> str | None:
        """The part of the formula or its slopes that has no value at the point x (d,), such as "log(x)"; else None."""
        return self.formula.undefined_part(x)

    def real_root_instead(self, x: ArrayLike) -> tuple[str, str] | None:
        """A power without a value at the point x (d,) whose real root has one, and how that is written; else None."""
        return self.formula.real_root_instead(x)

    def minima(self) -> tuple[FloatArray, ...]:
        """Points (d,): those given; else that of a quadratic; else, of one parameter, those in the domain or region.

        Without either, one parameter is searched from -100 to 100.
        """
        return self.known_minima or self._found

    @cached_property
    def _found(self) -> tuple[FloatArray, ...]:
        if self.is_quadratic:
            found = minimum_of_quadratic(self)
        elif len(self.parameters) == 1:
            low, high = (self.region or (_WIDE,))[0]
            # An open side is searched 100 far beyond 0, or beyond the other end.
            first = low if np.isfinite(low) else min(0.0, high) + _WIDE[0]
            last = high if np.isfinite(high) else max(0.0, low) + _WIDE[1]
            found = minima_on_a_line(self, first, last)
        else:
            found = ()
        box = self.domain
        return found if box is None else tuple(point for point in found if inside(box, point.tolist()))

    @property
    def notation(self) -> Node:
        """J as mathematics to be set."""
        return self.formula.notation

    def derivative_notation(self, name: str) -> Node:
        """∂J/∂name as mathematics to be set. Raises GdError for another name."""
        return self.formula.derivative(name).notation

    def typst(self) -> str:
        """J as Typst math markup."""
        return typst(self.notation)

    def typst_derivative(self, name: str) -> str:
        """∂J/∂name as Typst math markup. Raises GdError for another name."""
        return typst(self.derivative_notation(name))

    def spec(self) -> dict[str, Any]:
        """``{"formula": …}`` with parameters, domain and minima; of a landscape ``{"name": …}`` and parameters."""
        if self.landscape is not None:
            return {"name": self.landscape, "parameters": list(self.parameters)}
        spec: dict[str, Any] = {
            "formula": self.formula.text,
            "parameters": list(self.parameters),
            "domain": None,
            "minima": [point.tolist() for point in self.known_minima],
        }
        if self.domain is not None:
            spec["domain"] = {
                name: [low if np.isfinite(low) else None, high if np.isfinite(high) else None]
                for name, (low, high) in zip(self.parameters, self.domain, strict=True)
            }
        if self.formula.constants:
            spec["constants"] = dict(self.formula.constants)
        return spec


def problem_from_formula(
    text: str,
    parameters: Sequence[str] | None = None,
    constants: Mapping[str, float] | None = None,
    domain: object = None,
    minima: Iterable[ArrayLike | Mapping[str, float]] = (),
    region: object = None,
) -> FormulaProblem:
    """Read a formula and make it a problem; ``minima`` are its known ones, each of shape (d,) or a map by name.

    Raises FormulaError and GdError as ``parse`` and FormulaProblem do.
    """
    return FormulaProblem(parse(text, parameters, constants), domain, minima, region)

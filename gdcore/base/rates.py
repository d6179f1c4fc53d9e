"""The learning rate: one number, or one for each parameter.

Descent by x_i ← x_i - r_i ∂J/∂x_i is descent at the rate 1 in the scale u_i = x_i/√r_i, in which the Hessian is
R^½ H R^½ with the rates on the diagonal of R (Nocedal and Wright, Numerical Optimization, 2nd ed., section 2.2 on scaling
and section 3.3 for the limits). What holds of one rate and the eigenvalues of H holds of 1 and the eigenvalues of that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from gdcore.base.arrays import FloatArray
from gdcore.base.checks import checked_rate
from gdcore.base.errors import GdError
from gdcore.base.inputs import point_of

Rate: TypeAlias = float | tuple[float, ...]
"""One rate for all parameters; or, where they are not all the same, one for each in the order of the parameters."""

GivenRate: TypeAlias = float | ArrayLike | Mapping[str, float]
"""A number, numbers (d,) in the order of the parameters, or a map by name."""


def rate_of(given: Any, parameters: Sequence[str]) -> Rate:
    """The rate that is meant, every number of it finite and above 0.

    Raises GdError for another number, for too many or too few of them, and for an unknown or missing name.
    """
    if isinstance(given, str) or not isinstance(given, Mapping | Sequence | np.ndarray):
        return checked_rate(given)
    rates = point_of(given, parameters, "rate")
    for name, rate in zip(parameters, rates.tolist(), strict=True):
        if not rate > 0:
            raise GdError(f"the rate of {name} is {rate:g}", "it must be a finite number above 0", "try 0.1")
    return float(rates[0]) if (rates == rates[0]).all() else tuple(rates.tolist())


def each_rate(rate: Rate, count: int) -> tuple[float, ...]:
    """The rates of so many parameters."""
    return rate if isinstance(rate, tuple) else (rate,) * count


def common_rate(rate: Rate) -> tuple[float, FloatArray | None]:
    """A rate as the one number that holds in some scale, and the sizes √r (d,) of its units; None for x itself."""
    return (1.0, np.sqrt(np.array(rate))) if isinstance(rate, tuple) else (rate, None)

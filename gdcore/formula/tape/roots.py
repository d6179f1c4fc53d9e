"""Real roots of any degree: root(-8, 3) is -2, where (-8)^(1/3) has no value.

A root of degree n = 2^a 3^b m is worked out as square roots, cube roots and one root of the odd degree m: that of |x|,
with the sign of x. The power |x|^(1/m) rounds 1/m, which costs a root its last digit only where x is beyond 10^±30.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

LARGEST_DEGREE = 1000


def real_root(x: Any, n: int, apply: Callable[..., Any]) -> Any:
    """The root of degree ``n`` >= 2, in operations that ``apply(ufunc, *operands)`` does; nan below 0 for an even n."""
    odd = n
    while odd % 2 == 0:
        x, odd = apply(np.sqrt, x), odd // 2
    while odd % 3 == 0:
        x, odd = apply(np.cbrt, x), odd // 3
    if odd == 1:
        return x
    if n % 2 == 0:
        return apply(np.power, x, 1 / odd)
    return apply(np.multiply, apply(np.sign, x), apply(np.power, apply(np.absolute, x), 1 / odd))


def root_of_array(x: Any, n: Any) -> Any:
    """The root of degree ``n`` of every entry."""
    return real_root(x, int(n), lambda function, *operands: function(*operands))

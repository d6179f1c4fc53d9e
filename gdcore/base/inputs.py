"""Points and boxes as people give them: a number, a list, or a mapping by parameter name."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from gdcore.base.arrays import FloatArray, frozen
from gdcore.base.errors import GdError
from gdcore.base.nearest import did_you_mean


def point_of(given: Any, parameters: Sequence[str], what: str) -> FloatArray:
    """One point (d,) from a number (d = 1), a sequence, or a mapping by name; ``what`` names it in errors.

    Raises GdError for a wrong number of entries, an unknown or missing name, and an entry that is not finite.
    """
    names = ", ".join(parameters)
    if isinstance(given, Mapping):
        _check_names(given, parameters, what)
        missing = [name for name in parameters if name not in given]
        if missing:
            raise GdError(
                f"{what} has no entry for {', '.join(missing)}", mend=f"give one for each of {names}"
            )
        given = [given[name] for name in parameters]
    try:
        point = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise GdError(
            f"{what} is {given!r}", f"it must be numbers, one for each of {names}", _example(parameters)
        ) from None
    if point.ndim == 0:
        point = point.reshape(1)
    if point.shape != (len(parameters),):
        raise GdError(
            f"{what} has {_counted(point)}",
            f"it must have {len(parameters)}, one for each of {names}"
            if len(parameters) > 1
            else "it must have 1",
            _example(parameters),
        )
    if not np.isfinite(point).all():
        raise GdError(f"{what} is {point.tolist()}", "it must be finite numbers", _example(parameters))
    return frozen(point)


def box_of(given: Any, parameters: Sequence[str], what: str) -> tuple[tuple[float, float], ...]:
    """One (low, high) for each parameter, from a pair (d = 1), a sequence of pairs, or a mapping by name.

    None, inf or a missing name leaves a side open. Raises GdError when a pair is not low < high.
    """
    names = ", ".join(parameters)
    if isinstance(given, Mapping):
        _check_names(given, parameters, what)
        pairs: list[Any] = [given.get(name, (None, None)) for name in parameters]
    else:
        pairs = list(given)
        if len(parameters) == 1 and len(pairs) == 2 and not any(isinstance(end, Sequence) for end in pairs):
            pairs = [pairs]
    if len(pairs) != len(parameters):
        raise GdError(
            f"{what} is {given!r}",
            f"it must be one pair [low, high] for each of {names}",
            f"write for example {[[-1, 1]] * len(parameters) if len(parameters) > 1 else [-1, 1]}",
        )
    return tuple(_pair(pair, name, what) for pair, name in zip(pairs, parameters, strict=True))


def place_of(name: str, parameters: Sequence[str]) -> int:
    """The place of a parameter. Raises GdError for a name that is none."""
    if name not in parameters:
        raise GdError(
            f"'{name}' is not a parameter",
            f"the parameters are {', '.join(parameters)}",
            did_you_mean(name, parameters, "choose one of them"),
        )
    return parameters.index(name)


def points_of(
    x: ArrayLike, parameters: Sequence[str], what: str = "x has", must: str = "it must have"
) -> FloatArray:
    """``x`` as an array (..., d); ``what`` and ``must`` begin the parts of the error. Raises GdError for another shape."""
    points = np.asarray(x, dtype=np.float64)
    if points.ndim == 0 or points.shape[-1] != len(parameters):
        raise GdError(
            f"{what} shape {points.shape}",
            f"{must} shape (..., {len(parameters)}), one entry for each of {', '.join(parameters)}",
            "give a point, or points along the first axes",
        )
    return points


def _check_names(given: Iterable[str], parameters: Sequence[str], what: str) -> None:
    for name in given:
        if name not in parameters:
            raise GdError(
                f"{what} names '{name}'",
                f"the parameters are {', '.join(parameters)}",
                did_you_mean(name, parameters, "name one of them"),
            )


def _counted(point: FloatArray) -> str:
    if point.ndim > 1:
        return f"the shape {point.shape}"
    return "1 number" if point.size == 1 else f"{point.size} numbers"


def _example(parameters: Sequence[str]) -> str:
    """The mend for what is no point."""
    return "write for example " + ("0" if len(parameters) == 1 else str([0] * len(parameters)))


def _pair(pair: Any, name: str, what: str) -> tuple[float, float]:
    try:
        low, high = pair
        low = -math.inf if low is None else float(low)
        high = math.inf if high is None else float(high)
    except (TypeError, ValueError, OverflowError):
        raise GdError(
            f"{what} of {name} is {pair!r}", "it must be a pair [low, high]", "write for example [-1, 1]"
        ) from None
    if not low < high:
        raise GdError(
            f"{what} of {name} is [{low:g}, {high:g}]",
            "it must be [low, high] with low < high",
            f"write [{high:g}, {low:g}]"
            if -math.inf < high < low < math.inf
            else "write for example [-1, 1]",
        )
    return low, high

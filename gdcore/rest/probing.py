"""Looking at J around points where the slope and the curvature do not say what kind of place they are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray
from gdcore.base.scaled import EPS
from gdcore.problems.domain import within
from gdcore.problems.protocol import Problem

# Shares of a parameter's span at which J is looked at, the smallest first: the first that tells decides.
_SHARES = 10.0 ** np.arange(-6.0, 1.0)
# How far J must fall without a rise to be said to fall for ever: 4^10, a million times the first look.
_FARTHER = 4.0 ** np.arange(11.0)
# By how many units of its last places a point is moved to see how J is rounded there.
_NEXT = np.array([-4.0, -3.0, -2.0, 2.0, 3.0, 4.0])


def position_rounding(curvatures: FloatArray, x: FloatArray) -> FloatArray:
    """½ Σ |H_ii| (2 eps x_i)² (...): what J changes by when x (..., d) moves by two units of its last places.

    ``curvatures``: the diagonal H_ii (..., d).
    """
    with np.errstate(all="ignore"):
        # In this order, so that a curvature near the end of the range of numbers does not leave it.
        moved = np.sqrt(np.abs(curvatures)) * (2 * EPS * np.abs(x))
        return np.asarray(0.5 * (moved * moved).sum(-1))


def sides(
    problem: Problem, x: FloatArray, loss: FloatArray, move: FloatArray, curvatures: FloatArray
) -> FloatArray:
    """Is J higher (1), lower (-1) or the same but for rounding (0) on both sides of n points? (n, 2)

    ``move`` (n, d): the longest look to either side of x (n, d), where J is ``loss`` (n,). The closest look that tells
    decides. Places where J has no value do not tell. ``curvatures`` (n, d): H_ii, for the rounding.
    """
    signs = np.array([-1.0, 1.0])
    reach = signs[:, None] * _SHARES  # (2, T)
    places = x[:, None, None, :] + reach[..., None] * move[:, None, None, :]
    found = change(problem, places, x[:, None, None, :], loss[:, None, None], curvatures[:, None, None, :])
    told = found != 0
    first = told.argmax(-1)
    return np.asarray(np.take_along_axis(found, first[..., None], -1)[..., 0])


def falls_for_ever(
    problem: Problem, x: FloatArray, loss: FloatArray, move: FloatArray, curvatures: FloatArray
) -> NDArray[np.bool_]:
    """Does J, from x (n, d), fall along ``move`` (n, d), and never rise again on a way a million times as long? (n,)

    By the slope as well, which tells where J = 1 + exp(-x) has no digits left to fall by.
    """
    with np.errstate(all="ignore"):
        places = x[:, None, :] + _FARTHER[:, None] * move[:, None, :]
        ahead = np.concatenate([x[:, None, :], places], axis=1)
        slopes = (np.asarray(problem.gradient(ahead)) * move[:, None, :]).sum(-1)
        values = np.concatenate([loss[:, None], _values(problem, places)], axis=-1)
        endless = np.isneginf(values)
        noise = _noise(problem, values[:, 1:], loss[:, None], curvatures[:, None, :], places, x[:, None, :])
        noise = np.where(np.isfinite(noise), noise, np.inf)
        fall = values[:, :-1] - values[:, 1:]
        fell = (fall >= -noise) | endless[:, 1:]
        # Far out a slope may be inf/inf where J is a number, as of 1/(1 + exp(-x)): there the values decide.
        untold = np.isnan(slopes)
        downhill = (slopes <= 0) | endless | untold
        begins = (slopes[:, 0] < 0) & ((slopes[:, 1] < 0) | (untold[:, 1] & (fall[:, 0] > noise[:, 0])))
    known = ~np.isnan(values).any(-1) & ~np.isposinf(values).any(-1)
    return np.asarray(known & fell.all(-1) & downhill.all(-1) & begins)


def _values(problem: Problem, places: FloatArray) -> FloatArray:
    """J (...), nan outside the domain and where there is no number."""
    with np.errstate(all="ignore"):
        values = np.array(problem.value(places), dtype=np.float64)
        if problem.domain is not None:
            values[~within(problem.domain, places)] = np.nan
    return values


def _noise(
    problem: Problem,
    values: FloatArray,
    loss: FloatArray,
    curvatures: FloatArray,
    places: FloatArray,
    x: FloatArray,
) -> FloatArray:
    """What J at the places may differ by from ``loss``, that at x, from rounding alone at either end."""
    size = np.abs(values) + np.abs(loss)
    moved = position_rounding(curvatures, np.maximum(np.abs(places), np.abs(x)))
    terms = _spread(problem, places, values) + _spread(problem, x, loss)
    return np.asarray(16 * (EPS * size + moved + np.sqrt(size) * np.sqrt(moved) + terms))


def _spread(problem: Problem, x: FloatArray, values: FloatArray) -> FloatArray:
    """How far J at the next points to x (..., d) lies from ``values`` (...), J at x; 0 where it has none.

    Terms that cancel leave more rounding than J and its curvature show: x^2 - 2 x y + y^2 more than (x - y)^2.
    """
    beside = _values(problem, x[..., None, :] * (1 + EPS * _NEXT[:, None]))
    apart = np.abs(beside - values[..., None])
    return np.asarray(np.where(np.isfinite(apart), apart, 0.0).max(-1))


def change(
    problem: Problem, places: FloatArray, x: FloatArray, loss: FloatArray, curvatures: FloatArray
) -> FloatArray:
    """1 where J at ``places`` (..., d) is above ``loss`` (...), that at x (..., d), -1 where below, 0 for the same.

    0 as well where J has no value. What may be rounding is the same.
    """
    values = _values(problem, places)
    with np.errstate(all="ignore"):
        noise = _noise(problem, values, loss, curvatures, places, x)
        sign = np.where(values - loss > noise, 1.0, np.where(loss - values > noise, -1.0, 0.0))
    sign[np.isneginf(values)] = -1.0
    return np.asarray(sign)

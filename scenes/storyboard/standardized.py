"""What standardizing did to the columns of a table, and what parameters found with it say of the data as given."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from gdcore.notation import Node, Numeral, Sign, row
from gdcore.problems import LeastSquares, Problem
from scenes.text import Rich, Speech, join, maths, number, whole, words

_SHOWN = 2  # features whose numbers have room in a caption
_IN_A_MODEL = 3  # terms of a model with numbers that have room in one


def is_standardized(problem: Problem) -> bool:
    """Does the problem descend on columns that were standardized?"""
    return isinstance(problem, LeastSquares) and problem.features.standardize


def made_of(problem: LeastSquares, place: int, labels: Mapping[str, str]) -> Rich:
    """What the feature at ``place`` is made of: the column by its label, or a power of it."""
    name = problem.feature_names[place]
    if name in problem.x_names:
        return words(labels.get(name, name))
    return maths(problem.feature_notation(place, raw=True))


def scaling(speech: Speech, problem: LeastSquares, place: int) -> Node:
    """z = (x − 3.2)/1.6, of the feature at ``place``."""
    features = problem.features
    mean = float(features.shift[place])
    return speech.formula(
        "{z} = ({x} {sign} {mean})/{deviation}",
        z=problem.feature_notation(place),
        x=problem.feature_notation(place, raw=True),
        sign=Sign("plus" if mean < 0 else "minus"),
        mean=number(abs(mean)),
        deviation=number(float(features.scale[place])),
    )


def explained(speech: Speech, problem: LeastSquares, labels: Mapping[str, str]) -> Rich:
    """What the letter of a standardized column means, with its numbers, and by what its deviation divides."""
    rows, count = whole(problem.size), problem.features.count
    if count == 1:
        return speech.say(
            "standardized.one",
            scaling=scaling(speech, problem, 0),
            column=made_of(problem, 0, labels),
            rows=rows,
        )
    shown = [scaling(speech, problem, place) for place in range(min(count, _SHOWN))]
    listed = speech.listed([maths(each) for each in shown])
    return speech.say(
        "standardized.many" if count == _SHOWN else "standardized.more", scalings=listed, rows=rows
    )


def raw_model(problem: LeastSquares, parameters: ArrayLike) -> Node:
    """The right side of the model in the units of the data, with its numbers: 3.2 x − 45."""
    raw = problem.raw_model(parameters)
    parts: list[Node] = []
    for place, slope in enumerate(raw.slopes.tolist()):
        parts += _term(slope, bool(parts))
        parts.append(problem.feature_notation(place, raw=True))
    return row([*parts, *_term(float(raw.constant), True)])


def in_units_of_the_data(
    speech: Speech,
    problem: LeastSquares,
    parameters: ArrayLike,
    best: ArrayLike | None,
    labels: Mapping[str, str],
) -> Rich:
    """The model of ``parameters`` (d,), and the ``best`` one where there is one, without standardizing.

    Of many features there is no room for the numbers: nothing is said.
    """
    found = problem.raw_model(parameters)
    if problem.features.count > _IN_A_MODEL or not np.isfinite([*found.slopes, found.constant]).all():
        return Rich()
    y = speech.letters.target
    ours = raw_model(problem, parameters)
    named = [
        maths(speech.formula("{x} =", x=problem.feature_notation(place, raw=True)))
        + words(" ")
        + made_of(problem, place, labels)
        for place, name in enumerate(problem.feature_names)
        if name in problem.x_names
    ]
    told = speech.say("standardized.raw", y=y, model=ours, letters=speech.listed(named))
    if best is None:
        return told
    model = raw_model(problem, best)
    if model == ours:
        return join([told, speech.say("standardized.raw-is-best")])
    return join([told, speech.say("standardized.raw-best", y=y, model=model)])


def _term(value: float, later: bool) -> list[Node]:
    """A number as a term, with the sign before it where it is a ``later`` one."""
    shown = number(abs(value) if later else value)
    if not later:
        return [shown]
    negative = value < 0 and not (isinstance(shown, Numeral) and not shown.digits.strip("0."))
    return [Sign("minus" if negative else "plus"), shown]

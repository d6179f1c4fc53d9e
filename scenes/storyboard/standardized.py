"""What standardizing did to the columns of a table, and what parameters found with it say of the data as given."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from gdcore.base.arrays import FloatArray
from gdcore.notation import Node, Numeral, Sign, row
from gdcore.problems import LeastSquares, Problem
from scenes.lecture.study import Study
from scenes.text import Rich, Speech, join, maths, number, whole, words

_SHOWN = 2  # features whose numbers have room in a caption
_IN_A_MODEL = 3  # terms of a model with numbers that have room in one


def is_standardized(problem: Problem) -> bool:
    """Does the problem descend on columns that were standardized?"""
    return isinstance(problem, LeastSquares) and problem.features.standardize


def made_of(problem: LeastSquares, place: int, labels: Mapping[str, str]) -> Rich:
    """What the feature at ``place`` is made of: the column by its label, or a power or product."""
    if place < len(problem.x_names):
        name = problem.x_names[place]
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


def scaling_explained(study: Study) -> Rich:
    """What the letter of a standardized column means, with its numbers, and by what its deviation divides.

    Nothing where no column was standardized.
    """
    speech, problem = study.speech, study.problem
    if not isinstance(problem, LeastSquares) or not is_standardized(problem):
        return Rich()
    rows, count = whole(problem.size), problem.features.count
    if count == 1:
        column = made_of(problem, 0, study.lecture.problem.labels)
        return speech.say("standardized.one", scaling=scaling(speech, problem, 0), column=column, rows=rows)
    shown = [maths(scaling(speech, problem, place)) for place in range(min(count, _SHOWN))]
    listed = speech.listed(shown)
    if count == _SHOWN:
        return speech.say("standardized.many", scalings=listed, rows=rows)
    return speech.say("standardized.more", scalings=listed, rows=rows)


def raw_model(problem: LeastSquares, parameters: ArrayLike) -> Node:
    """The right side of the model in the units of the data, with its numbers: 3.2 x − 45."""
    raw = problem.raw_model(parameters)
    parts: list[Node] = []
    for place, slope in enumerate(raw.slopes.tolist()):
        parts += _term(slope, bool(parts))
        parts.append(problem.feature_notation(place, raw=True))
    return row([*parts, *_term(float(raw.constant), True)])


def in_units_of_the_data(study: Study, parameters: FloatArray) -> Rich:
    """The model of ``parameters`` (d,), and the best one where there is one, without standardizing.

    Nothing where no column was standardized, and of many features, whose numbers have no room.
    """
    speech, problem = study.speech, study.problem
    if not isinstance(problem, LeastSquares) or not is_standardized(problem):
        return Rich()
    found = problem.raw_model(parameters)
    if problem.features.count > _IN_A_MODEL or not np.isfinite([*found.slopes, found.constant]).all():
        return Rich()
    y, ours = speech.letters.target, raw_model(problem, parameters)
    told = speech.say("standardized.raw", y=y, model=ours, letters=columns_named(study, problem))
    if not problem.is_determined:
        return told
    best = raw_model(problem, problem.solution())
    if best == ours:
        return join([told, speech.say("standardized.raw-is-best")])
    return join([told, speech.say("standardized.raw-best", y=y, model=best)])


def columns_named(study: Study, problem: LeastSquares) -> Rich:
    """Which letter is which column: x_1 = size and x_2 = age."""
    speech = study.speech
    return speech.listed(
        [
            maths(speech.formula("{x} =", x=problem.feature_notation(place, raw=True)))
            + words(" ")
            + made_of(problem, place, study.lecture.problem.labels)
            for place in range(len(problem.x_names))
        ]
    )


def _term(value: float, later: bool) -> list[Node]:
    """A number as a term, with the sign before it where it is a ``later`` one."""
    shown = number(abs(value) if later else value)
    if not later:
        return [shown]
    negative = value < 0 and not (isinstance(shown, Numeral) and not shown.digits.strip("0."))
    return [Sign("minus" if negative else "plus"), shown]

"""What the sentences about a regression are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from gdcore.notation import Node
from gdcore.problems import LeastSquares
from scenes.lecture.study import Study
from scenes.storyboard.facts import in_a_sentence
from scenes.storyboard.views.fit import Predicted
from scenes.text import Rich, Speech, maths, number, point

if TYPE_CHECKING:
    from .regression import RegressionStory

ModelShape = Literal["line", "curve", "model"]

_LISTED = 3  # parameters that a caption names with their values


def answer_beat(count: int) -> str:
    """The beat that tells the answer of this count, from 1."""
    return "predict" if count == 1 else f"predict-{count}"


@dataclass(frozen=True)
class Phrases:
    """A story whose drawing is known, and its numbers as sentences have them."""

    story: RegressionStory
    study: Study
    problem: LeastSquares

    @property
    def speech(self) -> Speech:
        return self.story.speech

    @property
    def shape(self) -> ModelShape:
        """What is fitted: a line or a curve through the dots, or with several columns a model."""
        if self.story.fit.against:
            return "model"
        return "line" if self.problem.features.degree == 1 else "curve"

    def where(self, *asked: Predicted) -> Rich:
        """A row of x, size = 1650 and bedrooms = 3; of several rows of one column size = 1650 and 2000."""
        names = self.problem.x_names
        values = [
            self.speech.listed([maths(number(value)) for value in column])
            for column in zip(*(a.row for a in asked), strict=True)
        ]
        each = [
            self.speech.say("regression.where", x=name, values=value)
            for name, value in zip(names, values, strict=True)
        ]
        return self.speech.listed(each)

    def loss(self, row: int) -> Node:
        """The loss at a row."""
        return in_a_sentence(self.story.loss_format(float(self.story.loss[row])))

    def listed(self, values: Sequence[float] | np.ndarray) -> Node | None:
        """Parameters with their values; nothing where they are too many for a caption."""
        if len(values) > _LISTED:
            return None
        return point(self.story.parameters, [number(float(value)) for value in values])

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
from scenes.text import Speech, number, point

if TYPE_CHECKING:
    from .regression import RegressionStory

ModelShape = Literal["line", "curve", "model"]

_LISTED = 3  # parameters that a caption names with their values


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

    def loss(self, row: int) -> Node:
        """The loss at a row."""
        return in_a_sentence(self.story.loss_format(float(self.story.loss[row])))

    def listed(self, values: Sequence[float] | np.ndarray) -> Node | None:
        """Parameters with their values; nothing where they are too many for a caption."""
        if len(values) > _LISTED:
            return None
        return point(self.story.parameters, [number(float(value)) for value in values])

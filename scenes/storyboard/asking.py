"""The questions that stories ask, with the answers that people give."""

from __future__ import annotations

from gdcore.run.mistakes import Mistake, usual_mistakes
from scenes.text import Rich, Speech, arithmetic, maths, number_beside

from .question import Choice, Question

_REASONS: dict[Mistake, str] = {}

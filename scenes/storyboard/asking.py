"""The questions that stories ask, with the answers that people give."""

from __future__ import annotations

from gdcore.exercises.mistakes import StepMistake, usual_mistakes
from scenes.text import Arithmetic, Rich, Speech, maths, told_apart

from .question import OfferedAnswer, Question

_WRONG = 3  # answers beside the right one
_APART = 0.02  # of the step: wrong answers that lie nearer to the right one look like rounding

_WHY: dict[StepMistake, str] = {
    StepMistake.SIGN: "question.sign",
    StepMistake.RATE_FORGOTTEN: "question.rate-forgotten",
    StepMistake.SLOPE_FORGOTTEN: "question.slope-forgotten",
    StepMistake.PLACE_FORGOTTEN: "question.place-forgotten",
    StepMistake.RATE_DIVIDES: "question.rate-divides",
    StepMistake.RATE_ADDED: "question.rate-added",
}


def landing_question(
    speech: Speech, prompt: Rich, place: float, rate: float, slope: float, step: Arithmetic
) -> Question:
    """Where will a step land? The answers stand in the order of their size; `step` is the right one, written out."""
    found = usual_mistakes(place, rate, slope, apart=_APART * abs(rate * slope))[:_WRONG]
    numbers = told_apart([wrong.place for wrong in found], 4)
    choices = [
        (wrong.place, OfferedAnswer(maths(shown), speech.say(_WHY[wrong.mistake])))
        for wrong, shown in zip(found, numbers, strict=True)
    ]
    right = OfferedAnswer(maths(step.new), speech.say("question.right", sum=step.sum), right=True)
    choices.append((place - rate * slope, right))
    return Question(prompt, tuple(choice for _, choice in sorted(choices, key=lambda each: each[0])))

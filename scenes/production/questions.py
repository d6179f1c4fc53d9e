"""What a beat asks, as data: for those who check a lecture, and for what is made from its films."""

from __future__ import annotations

from typing import Any

from scenes.storyboard.question import Question
from scenes.text import Speech


def question_as_data(question: Question | None, speech: Speech) -> dict[str, Any] | None:
    """Prompt and choices in the kinds JSON has, each choice with its reason and whether it is right."""
    if question is None:
        return None
    choices = [
        {"text": speech.text(choice.text), "right": choice.right, "reason": speech.text(choice.reason)}
        for choice in question.choices
    ]
    return {"prompt": speech.text(question.prompt), "choices": choices}

"""A question that a story asks before it shows the answer: film, page, slides and exercises read the same."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.text import Rich


@dataclass(frozen=True)
class OfferedAnswer:
    """An answer that somebody might give, and why it is right or how one comes to it."""

    text: Rich
    reason: Rich
    right: bool = False


@dataclass(frozen=True)
class Question:
    """What is asked, and the answers to choose from, of which exactly one is right. Raises ValueError otherwise."""

    prompt: Rich
    choices: tuple[OfferedAnswer, ...]

    def __post_init__(self) -> None:
        if sum(choice.right for choice in self.choices) != 1:
            raise ValueError("exactly one choice of a question is right")

    @property
    def answer(self) -> OfferedAnswer:
        """The right one."""
        return next(choice for choice in self.choices if choice.right)

"""What the scene says of one jump with every rate: short of the minimum, on it, across it, and higher than it began."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scenes.storyboard.question import OfferedAnswer, Question
from scenes.storyboard.telling import Telling
from scenes.text import Rich, Speech, maths, number

from .first_jumps import FirstJumps

if TYPE_CHECKING:
    from .learning_rates import LearningRatesStory

_OPENING = 3.2  # seconds in which the panels give way to one valley
_TO_BEST, _TO_LIMIT, _BEYOND = 3.2, 2.4, 1.8  # seconds in which the rate grows so far
_LOOKED_AT = 1.6  # and seconds after it
_EDGE = 1e-12  # of the limit: a rate that is nearer to it is the limit itself
_SAME = 1e-6  # of the best rate: a run with such a rate has it


@dataclass(frozen=True)
class JumpWords:
    """Writes the beats in which one rate after the other is tried for one jump."""

    story: LearningRatesStory
    jumps: FirstJumps
    telling: Telling

    @property
    def speech(self) -> Speech:
        return self.story.speech

    def tell(self) -> None:
        """The question, and the three places where the answer changes."""
        say, telling, jumps = self.speech.say, self.telling, self.jumps
        question = self._question() if telling.questions else None
        lead = say("learning-rates.one-valley")
        telling.beat(
            "strip",
            question.prompt if question is not None else lead,
            motion=_OPENING,
            chapter=say("chapter.reason"),
            question=question,
        )
        self._slide("best", say("learning-rates.jump-best", rate=number(jumps.best)), _TO_BEST)
        self._slide("limit", self._limit(), _TO_LIMIT)
        self._slide("above", self._above(), _BEYOND)

    def _slide(self, identifier: str, caption: Rich, seconds: float) -> None:
        self.telling.beat(identifier, caption, motion=seconds + _LOOKED_AT, answers=True, after=seconds)

    def _limit(self) -> Rich:
        say, limit = self.speech.say, self.jumps.limit
        itself = [each.label for each in self.story.contenders if abs(each.rate - limit) <= _EDGE * limit]
        if itself:
            return say("learning-rates.jump-edge", who=itself[0])
        return say("learning-rates.jump-limit", rate=number(limit))

    def _above(self) -> Rich:
        say, leaves = self.speech.say, self.jumps.leaves
        if leaves is None:
            return say("learning-rates.jump-above")
        return say("learning-rates.jump-leaves", who=self.story.contenders[leaves].label)

    def _question(self) -> Question:
        """Which rate lands on the minimum at once? Those that were tried, the limit, and the right one."""
        say, jumps = self.speech.say, self.jumps
        rates = {contender.rate for contender in self.story.contenders}
        wrong = {rate for rate in (*rates, jumps.limit) if abs(rate - jumps.best) > _SAME * jumps.best}
        choices = [
            (
                rate,
                OfferedAnswer(
                    maths(number(rate)),
                    say("learning-rates.falls-short" if rate < jumps.best else "learning-rates.lands-across"),
                ),
            )
            for rate in sorted(wrong)[-3:]
        ]
        right = OfferedAnswer(maths(number(jumps.best)), say("learning-rates.lands-home"), right=True)
        offered = sorted([*choices, (jumps.best, right)], key=lambda each: each[0])
        return Question(say("learning-rates.ask-best"), tuple(choice for _, choice in offered))

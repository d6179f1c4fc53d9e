"""What the scene `learning-rates` says: the runs in lockstep, how each ended, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from gdcore.analysis.stability import Analysis
from gdcore.rest.verdict import RestKind
from gdcore.run.trajectory import Trajectory
from scenes.storyboard.parts import Part, TimedPart, hops
from scenes.storyboard.telling import SHOWN, Telling
from scenes.text import Rich, Speech, number

from .outcomes import Outcomes
from .reason import RatesReason, leaving_of, who

if TYPE_CHECKING:
    from .learning_rates import LearningRatesStory

_HOPS = (
    40  # steps after those that are shown one by one that are still jumps; what is more passes in one sweep
)
_SLOPE = 1.4  # seconds in which the slope is shown
_GHOST, _JUMP, _RESULT = 2.0, 0.8, 2.8  # seconds of the first step
_FACTORS = 3.6  # seconds in which it is told by what each run multiplies its way home
_WIDENING = 1.2  # seconds in which a view widens
_EACH = 0.75  # seconds of each of the next
_JUDGED = 0.5  # seconds until the next panel is judged


@dataclass(frozen=True)
class RatesWords:
    """Writes the beats: the runs in lockstep, how each ended, and why."""

    story: LearningRatesStory
    outcomes: Outcomes
    trajectories: Sequence[Trajectory]
    analyses: Sequence[Analysis]
    telling: Telling

    @property
    def speech(self) -> Speech:
        return self.story.speech

    @property
    def _rates(self) -> list[float]:
        return [contender.rate for contender in self.story.contenders]

    def tell(self) -> None:
        self._question()
        self._first_step()
        self._others()
        self._verdicts()
        RatesReason(self.story, self.trajectories, self.analyses, self.telling).tell()

    # The race

    def _question(self) -> None:
        say, telling = self.speech.say, self.telling
        lead, asked, question = self.outcomes.question()
        telling.beat(
            "panels",
            asked if telling.questions else lead,
            motion=2.4,
            chapter=say("chapter.rates"),
            question=question if telling.questions else None,
            brief=True,
        )

    def _first_step(self) -> None:
        say, telling = self.speech.say, self.telling
        if not self._moved:
            telling.beat(
                "step-1",
                say("learning-rates.first-flat"),
                parts=_pieces(1, {Part.JUMP: _JUMP, Part.RESULT: _RESULT}),
                row=1,
                chapter=say("chapter.steps"),
                brief=True,
            )
            return
        telling.beat(
            "first",
            self._first(),
            parts=_pieces(
                1,
                {Part.SLOPE: _SLOPE, Part.GHOST: _GHOST}
                if self.story.slope is not None
                else {Part.GHOST: _GHOST},
            ),
            chapter=say("chapter.steps"),
        )
        telling.beat(
            "step-1",
            self._landed(),
            parts=_pieces(1, {Part.JUMP: _JUMP, Part.RESULT: _RESULT}),
            row=1,
            answers=True,
            brief=True,
        )

    @property
    def _moved(self) -> bool:
        """Does any run take a step from its start that is not 0?"""
        plain = all(t.plain for t in self.trajectories)
        return not plain or any(t.gradient[0].any() for t in self.trajectories)

    def _first(self) -> Rich:
        say, slope = self.speech.say, self.story.slope
        if slope is not None:
            return say("learning-rates.first-slope", slope=number(abs(slope)))
        plain = all(t.plain for t in self.trajectories)
        proportional = plain and self.story.one_start and self.story.compares_rates
        return say("learning-rates.first-ratio" if proportional else "learning-rates.first")

    def _landed(self) -> Rich:
        """What the first step came to."""
        say, runs = self.speech.say, [i for i, t in enumerate(self.trajectories) if len(t) > 1]
        first = {i: self.story.contenders[i].row_at(int(self.story.steps[1])) for i in runs}
        higher = [i for i in runs if self.trajectories[i].loss[first[i]] > self.trajectories[i].loss[0]]
        across = [i for i in runs if self.outcomes.crossed(i, first[i])]
        if higher:
            return say(
                "learning-rates.one-higher" if len(higher) == 1 else "learning-rates.several-higher",
                who=self._who(higher),
            )
        if across:
            return say(
                "learning-rates.one-across" if len(across) == 1 else "learning-rates.several-across",
                who=self._who(across),
            )
        lower = [i for i in runs if self.trajectories[i].loss[first[i]] < self.trajectories[i].loss[0]]
        everyone = len(lower) == len(self.trajectories)
        return say("learning-rates.all-lower" if everyone else "learning-rates.one-step")

    def _others(self) -> None:
        """The steps after the first: one by one, then ever quicker, or all at once."""
        say, telling, steps = self.speech.say, self.telling, self.story.steps
        last = len(steps) - 1
        slow = min(SHOWN, last)
        if slow > 1:
            parts = self._widened(hops(1, slow, _EACH * (slow - 1)))
            text = say("learning-rates.together")
            telling.beat("steps", text, parts=parts, row=slow, pause=last == slow, brief=last == slow)
        if last == slow:
            return
        single = last - slow <= _HOPS
        sweep = say("learning-rates.quicker" if single else "learning-rates.sweep", step=int(steps[last]))
        if single:
            parts = self._widened(hops(slow, last, min(4.0, 0.25 * (last - slow))))
            telling.beat("sweep", sweep, parts=parts, row=last, pause=False, brief=True)
        else:
            telling.beat("sweep", sweep, motion=5.0, row=last, pause=False, brief=True)

    def _widened(self, parts: Sequence[TimedPart]) -> list[TimedPart]:
        """Jumps, with more time after those out of a view: it widens then."""
        steps, rows = self.story.steps, set[int]()
        for contender in self.story.contenders:
            if contender.view is not None:
                ends = contender.view.ends
                wider = np.flatnonzero((ends[1:] != ends[:-1]).any(axis=1)) + 1
                rows |= {int(row) for row in np.searchsorted(steps, contender.steps[wider])}
        return [
            replace(each, seconds=max(each.seconds, _WIDENING))
            if each.part is Part.RESULT and each.row in rows
            else each
            for each in parts
        ]

    def _verdicts(self) -> None:
        say, telling, last = self.speech.say, self.telling, len(self.story.steps) - 1
        motion = _JUDGED * len(self.trajectories)
        steps = self.speech.count("step", int(self.story.steps[last]))
        judged = say("learning-rates.judged", steps=steps)
        telling.beat("judged", judged, motion=motion, row=last, chapter=say("chapter.verdicts"))
        telling.beat("verdicts", self._standing(), motion=1.4, row=last, brief=True)
        if self.story.jumps is not None:
            telling.beat("factors", say("learning-rates.factors"), motion=_FACTORS, row=last)

    def _standing(self) -> Rich:
        """The answer to the question, where there is one; else who is lowest and who has left."""
        say, found = self.speech.say, self.outcomes
        if all(t.rest.kind is RestKind.NO_BOTTOM for t in self.trajectories):
            return say("found.no-bottom")
        farther = [i for i in found.farther if i != found.first_home]
        one, left = len(farther) == 1, self._who(farther) if farther else Rich()
        if found.first_home is not None:
            who = self._who([found.first_home])
            if farther:
                return say(
                    "learning-rates.home-farther" if one else "learning-rates.home-farther-several",
                    who=who,
                    left=left,
                )
            steps = self.speech.count("step", found.homes[found.first_home])
            return say("learning-rates.home-first", who=who, steps=steps)
        if found.nearest is not None and found.nearest not in farther:
            who = self._who([found.nearest])
            if farther:
                return say(
                    "learning-rates.nearest-farther" if one else "learning-rates.nearest-farther-several",
                    who=who,
                    left=left,
                )
            return say("learning-rates.nearest", who=who)
        return self._lowest()

    def _lowest(self) -> Rich:
        say, found = self.speech.say, self.outcomes
        lowest = found.lowest()
        if lowest is None:
            return say("learning-rates.all-leave")
        ahead, alone = self._who(lowest.runs), len(lowest.runs) == 1
        leaving = leaving_of(self.story, found.left) if found.left else Rich()
        if lowest.step != int(self.story.steps[-1]):
            return say(
                "learning-rates.lowest-after" if alone else "learning-rates.lowest-after-several",
                steps=self.speech.count("step", lowest.step),
                who=ahead,
                left=leaving,
            )
        if found.left:
            return say(
                "learning-rates.lowest-leaves" if alone else "learning-rates.lowest-several-leaves",
                who=ahead,
                left=leaving,
            )
        return say(
            "learning-rates.lowest" if alone else "learning-rates.lowest-several", who=ahead, loss=lowest.loss
        )

    def _who(self, runs: Sequence[int]) -> Rich:
        """Runs by their labels: α = 0.9, α = 1.1 and α = 1.5."""
        return who(self.story, runs)


def _pieces(row: int, seconds: dict[Part, float]) -> list[TimedPart]:
    return [TimedPart(part, row, length) for part, length in seconds.items()]

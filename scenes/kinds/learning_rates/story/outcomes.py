"""What several runs from one start came to: who is home first, who is lowest, who leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.notation import Node
from gdcore.run.outcome import Outcome
from gdcore.run.trajectory import Trajectory
from scenes.storyboard.question import OfferedAnswer, Question
from scenes.storyboard.views.verdicts import distances
from scenes.text import Rich, number_beside

if TYPE_CHECKING:
    from gdcore.problems import Problem

    from .learning_rates import LearningRatesStory

HOME = 0.02  # of the first distance: a run that stays within it is seen on the minimum
_CLEARLY = 0.8  # of the next distance: so near is clearly the nearest
_TIE = 1e-9  # losses that differ by less, relative to their size, are equally low


@dataclass(frozen=True)
class Lowest:
    """The runs that are lowest after a number of steps, and how low."""

    runs: list[int]
    step: int
    loss: Node


@dataclass(frozen=True)
class Outcomes:
    """The runs of a story, compared. Runs are counted from 0, in the story's order."""

    story: LearningRatesStory
    problem: Problem
    trajectories: Sequence[Trajectory]

    @cached_property
    def ways(self) -> list[FloatArray] | None:
        """How far the rows of each run are from the one minimum, where there is one start, one parameter and one minimum."""
        if not self.story.one_start:
            return None
        found = [distances(self.problem, t) for t in self.trajectories]
        ways = [way for way in found if way is not None]
        return ways if len(ways) == len(found) and ways[0][0] > 0 else None

    @cached_property
    def homes(self) -> dict[int, int]:
        """By run, the step from which on it stays on the minimum, as far as one can see; of those that do."""
        found: dict[int, int] = {}
        for i, (way, t) in enumerate(zip(self.ways or [], self.trajectories, strict=False)):
            away = np.flatnonzero(way > HOME * way[0])
            if not len(away) or away[-1] + 1 < len(way):
                found[i] = int(t.step[away[-1] + 1]) if len(away) else 0
        return found

    @property
    def first_home(self) -> int | None:
        """The one run that is home before all others."""
        steps = sorted(self.homes.values())
        if not steps or (len(steps) > 1 and steps[0] == steps[1]):
            return None
        return min(self.homes, key=lambda run: self.homes[run])

    @property
    def nearest(self) -> int | None:
        """The one run that is clearly nearer at its end than all others, where none is home."""
        if self.ways is None or self.homes:
            return None
        ends = [float(way[-1]) for way in self.ways]
        best, next_best = sorted(ends)[:2]
        return ends.index(best) if best <= _CLEARLY * next_best else None

    @property
    def farther(self) -> list[int]:
        """Runs that end farther away than they began."""
        return [i for i, way in enumerate(self.ways or []) if way[-1] > way[0]]

    def crossed(self, run: int, row: int) -> bool:
        """Does a row of a run lie on the other side of the minimum than its start?"""
        if self.ways is None:
            return False
        path, goal = self.trajectories[run].parameters[:, 0], float(self.problem.minima()[0][0])
        return bool((path[0] - goal) * (path[row] - goal) < 0)

    @property
    def left(self) -> list[int]:
        return [i for i in range(len(self.trajectories)) if not self._stays(i)]

    def lowest(self) -> Lowest | None:
        """The lowest of the runs that have not left, at the end or after as many steps as each of them knows of."""
        among = [i for i in range(len(self.trajectories)) if self._stays(i)]
        if not among:
            return None
        # A run at rest would stay where it is; of one that was stopped on its way no more is known.
        runs = [self.trajectories[i] for i in among]
        known = [t.steps for t in runs if not t.rest.at_rest] or [max(t.steps for t in runs)]
        step = min([int(self.story.steps[-1]), *known])
        losses = [self._loss(i, step) for i in among]
        lowest = min(losses)
        whose = [
            i for i, loss in zip(among, losses, strict=True) if np.isclose(loss, lowest, rtol=_TIE, atol=0.0)
        ]
        beside = [*losses, float(self.story.contenders[0].loss[0]), *self.story.least]
        return Lowest(whose, step, number_beside(lowest, *beside, digits=6))

    def _loss(self, run: int, step: int) -> float:
        contender = self.story.contenders[run]
        return float(contender.loss[contender.row_at(step)])

    def _stays(self, run: int) -> bool:
        return self.trajectories[run].outcome is not Outcome.DIVERGED

    # The question that the scene asks

    def question(self) -> tuple[Rich, Rich, Question | None]:
        """What is compared, what is asked of it, and the runs to choose from where one of them is the clear answer."""
        story = self.story
        say, same = story.speech.say, story.one_start
        lead = say(
            ("learning-rates.lead-rates" if story.compares_rates else "learning-rates.lead-runs")
            if same
            else "learning-rates.lead-starts",
            count=self.count,
        )
        lowest = self.lowest()
        right: int | None = None
        asked = say("learning-rates.ask-each", lead=lead)
        if self.first_home is not None:
            right, asked = self.first_home, say("learning-rates.ask-home", lead=lead)
        elif self.nearest is not None:
            right, asked = self.nearest, say("learning-rates.ask-nearest", lead=lead)
        elif self.ways is None and same and lowest is not None and self._ends(lowest):
            right, asked = lowest.runs[0], say("learning-rates.ask-lowest", lead=lead)
        if right is None:
            return lead, asked, None
        choices = [
            OfferedAnswer(contender.label, contender.verdict.text, right=i == right)
            for i, contender in enumerate(story.contenders)
        ]
        return lead, asked, Question(asked, tuple(choices))

    def _ends(self, lowest: Lowest) -> bool:
        """Is one run lowest at the end of all, and not because nothing moves?"""
        moved = any(t.gradient[0].any() for t in self.trajectories)
        return len(lowest.runs) == 1 and lowest.step == int(self.story.steps[-1]) and moved

    @property
    def count(self) -> Rich:
        say = self.story.speech.say
        match len(self.trajectories):
            case 2:
                return say("learning-rates.two")
            case 3:
                return say("learning-rates.three")
        return say("learning-rates.four")

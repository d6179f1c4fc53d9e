"""What the scene `learning-rates` says: the runs in lockstep, how each ended, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gdcore.analysis.stability import Analysis
from gdcore.notation import Node, Sign, row
from gdcore.rest.verdict import RestKind
from gdcore.run.outcome import Outcome
from gdcore.run.trajectory import Trajectory
from scenes.storyboard.telling import Telling
from scenes.storyboard.views.regimes import near_limit
from scenes.text import Rich, Speech, join, number, number_beside, told_apart

if TYPE_CHECKING:
    from .learning_rates import LearningRatesStory

TOGETHER = 10  # steps taken slowly; what follows passes in one sweep
_CLOSE = 0.97  # a best rate nearer to the limit than this is no advice: it wins after very many steps only
_EDGE = 1e-12  # of the limit: a rate that is nearer to it is the limit itself
_TIE = 1e-9  # losses that differ by less, relative to their size, are equally low
_COUNTS = {2: "learning-rates.two", 3: "learning-rates.three", 4: "learning-rates.four"}


@dataclass(frozen=True)
class RatesWords:
    """Writes the beats: the runs in lockstep, how each ended, and why."""

    story: LearningRatesStory
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
        self._race()
        if self.story.strip.limit is not None:
            self._reason()

    def _race(self) -> None:
        say, telling, steps = self.speech.say, self.telling, self.story.steps
        last = len(steps) - 1
        telling.beat("panels", self._panels(), motion=1.8, chapter=say("chapter.rates"))
        telling.beat("step-1", self._first(), motion=2.4, row=1, chapter=say("chapter.steps"))
        slow = min(TOGETHER, last)
        if slow > 1:
            telling.beat("steps", self._so_far(int(steps[slow])), motion=0.5 * slow, row=slow)
        if last > slow:
            sweep, motion = say("learning-rates.sweep", step=int(steps[last])), 6.0 if last > 40 else 3.5
            telling.beat("sweep", sweep, motion=motion, row=last, pause=False)
        telling.beat("verdicts", self._standing(), motion=0.8, row=last, chapter=say("chapter.verdicts"))

    def _panels(self) -> Rich:
        say = self.speech.say
        count = say(_COUNTS[len(self.trajectories)])
        if not self.story.one_start:
            return say("learning-rates.panels-starts", count=count)
        if self.story.compares_rates:
            return say("learning-rates.panels-rates", count=count)
        return say("learning-rates.panels-same", count=count)

    def _first(self) -> Rich:
        say, rates = self.speech.say, self._rates
        plain = all(t.plain for t in self.trajectories)
        if plain and not any(t.gradient[0].any() for t in self.trajectories):
            return say("learning-rates.first-flat")
        if not (self.story.one_start and plain and self.story.compares_rates):
            return say("learning-rates.first")
        parts: list[Node] = []
        for part in told_apart([rate / min(rates) for rate in rates], 3):
            parts += [*([Sign("ratio")] if parts else []), part]
        return say("learning-rates.first-ratio", ratio=row(parts))

    def _so_far(self, step: int) -> Rich:
        say = self.speech.say
        lowest = self._lowest(
            step, [i for i, t in enumerate(self.trajectories) if t.steps >= step or _stays(t)]
        )
        if lowest is None:
            return say("learning-rates.together")
        who = self._who(lowest.runs)
        return say(
            "learning-rates.together-lowest"
            if len(lowest.runs) == 1
            else "learning-rates.together-lowest-several",
            step=lowest.step,
            who=who,
            loss=lowest.loss,
        )

    def _standing(self) -> Rich:
        say, runs = self.speech.say, list(enumerate(self.trajectories))
        left = [i for i, t in runs if not _stays(t)]
        if all(t.rest.kind is RestKind.NO_BOTTOM for t in self.trajectories):
            return say("found.no-bottom")
        lowest = self._lowest(int(self.story.steps[-1]), [i for i, t in runs if _stays(t)])
        if lowest is None:
            return say("learning-rates.all-leave")
        steps, who = self.speech.count("step", lowest.step), self._who(lowest.runs)
        text = say(
            "learning-rates.lowest" if len(lowest.runs) == 1 else "learning-rates.lowest-several",
            steps=steps,
            who=who,
            loss=lowest.loss,
        )
        return join([text, self._leaving(left)]) if left else text

    def _lowest(self, step: int, among: Sequence[int]) -> _Lowest | None:
        """The lowest of some runs, which have not left: after so many steps, or after as many as each of them knows of."""
        if not among:
            return None
        # A run at rest would stay where it is; of one that was stopped on its way no more is known.
        runs = [self.trajectories[i] for i in among]
        known = [t.steps for t in runs if not t.rest.at_rest] or [max(t.steps for t in runs)]
        step = min([step, *known])
        losses = [self._loss(i, step) for i in among]
        lowest = min(losses)
        whose = [
            i for i, loss in zip(among, losses, strict=True) if np.isclose(loss, lowest, rtol=_TIE, atol=0.0)
        ]
        beside = [*losses, float(self.story.contenders[0].loss[0]), *self.story.least]
        return _Lowest(whose, step, number_beside(lowest, *beside, digits=6))

    def _loss(self, run: int, step: int) -> float:
        """The loss of a run at a step, or where it rested before."""
        contender = self.story.contenders[run]
        row = min(int(np.searchsorted(contender.steps, step)), len(contender.loss) - 1)
        return float(contender.loss[row])

    def _who(self, runs: Sequence[int]) -> Rich:
        """Runs by their labels: α = 0.9, α = 1.1 and α = 1.5."""
        return self.speech.listed([self.story.contenders[i].label for i in runs])

    def _reason(self) -> None:
        """The regimes of the rate, the limit, and what it says about these runs."""
        strip, say, telling = self.story.strip, self.speech.say, self.telling
        assert strip.limit is not None
        assert strip.curvature is not None
        curvature, limit = number(strip.curvature), number(strip.limit)
        if strip.local:
            text = say("learning-rates.strip-path", curvature=curvature)
        elif strip.steepest:
            text = say("learning-rates.strip-steepest", curvature=curvature)
        else:
            text = say("learning-rates.strip", curvature=curvature)
        telling.beat("strip", text, motion=2.0, chapter=say("chapter.reason"))
        telling.beat("limit", self._limit(strip.limit, strip.rest_limit), motion=1.0)
        runs = list(zip(self.trajectories, self._rates, strict=True))
        close = [i for i, (t, rate) in enumerate(runs) if t.plain and near_limit(t, rate, strip.limit)]
        if close:
            steps = self.trajectories[close[-1]].steps
            near = say("learning-rates.near-limit", who=self._who(close[-1:]), steps=steps)
            telling.beat("near-limit", near, motion=0.8, chapter=say("chapter.near-limit"))
        telling.beat("end", self._useful(limit), motion=0.6, chapter=say("chapter.end"))

    def _limit(self, limit: float, rest_limit: float | None) -> Rich:
        say, shown = self.speech.say, number(limit)
        if rest_limit is None:
            return say("learning-rates.limit-steepest", limit=shown)
        if rest_limit > limit * (1 + _TIE):
            return say("learning-rates.limits", steepest=shown, rest=number(rest_limit))
        rates = self._rates
        plain = [(i, t) for i, t in enumerate(self.trajectories) if t.plain]
        edge = [i for i, _ in plain if abs(rates[i] / limit - 1) <= _EDGE]
        above = [(i, t) for i, t in plain if rates[i] > limit and i not in edge]
        left = [i for i, t in above if t.outcome is Outcome.DIVERGED]
        unsettled = [i for i, t in above if not t.rest.at_rest]
        if self.story.strip.local:
            return self._near_minimum(shown, left, unsettled, bool(above or edge))
        if left:
            who = self._who(left)
            return say(
                "learning-rates.limit-leaves" if len(left) == 1 else "learning-rates.limit-leave",
                limit=shown,
                who=who,
            )
        if unsettled:
            return say("learning-rates.limit-settle", limit=shown, who=self._who(unsettled))
        if edge:
            return say("learning-rates.limit-edge", limit=shown, who=self._who(edge))
        if above or len(plain) < len(self.trajectories):
            return say("learning-rates.limit-plain", limit=shown)
        return say("learning-rates.limit-below", limit=shown)

    def _near_minimum(self, limit: Node, left: list[int], unsettled: list[int], reached: bool) -> Rich:
        """The limit where it holds near the minimum only, and the runs above it."""
        say = self.speech.say
        lead = say("learning-rates.limit-near", limit=limit)
        if left:
            return join([lead, self._leaving(left)])
        if unsettled:
            return join([lead, say("learning-rates.cannot-settle", who=self._who(unsettled))])
        if reached or not all(t.plain for t in self.trajectories):
            return lead
        return join([lead, say("learning-rates.all-below")])

    def _leaving(self, runs: list[int]) -> Rich:
        say, who = self.speech.say, self._who(runs)
        return say("learning-rates.leaves" if len(runs) == 1 else "learning-rates.leave", who=who)

    def _useful(self, limit: Node) -> Rich:
        strip, say = self.story.strip, self.speech.say
        usual = strip.limit is not None and 0.5 <= strip.limit <= 2.0
        if not all(t.plain for t in self.trajectories):
            text = say("learning-rates.useful-plain", limit=limit)
        elif strip.local:
            text = say(
                "learning-rates.useful-near" if usual else "learning-rates.useful-near-no-rule", limit=limit
            )
        else:
            text = say("learning-rates.useful" if usual else "learning-rates.useful-no-rule", limit=limit)
        if strip.local:
            return text
        best = next((a.best_rate for a in self.analyses if a.best_rate is not None), None)
        if best is None or strip.limit is None or best >= _CLOSE * strip.limit:
            return text
        # With several curvatures another rate may be ahead for a while.
        rate = number(best)
        after = say("learning-rates.best-long-run" if strip.steepest else "learning-rates.best", rate=rate)
        return join([text, after])


@dataclass(frozen=True)
class _Lowest:
    """The runs that are lowest after a number of steps, and how low."""

    runs: list[int]
    step: int
    loss: Node


def _stays(trajectory: Trajectory) -> bool:
    return trajectory.outcome is not Outcome.DIVERGED

"""Why runs with different rates end differently: the curvature, its limits, and what they say about these runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gdcore.analysis.stability import Analysis
from gdcore.notation import Node
from gdcore.run.outcome import Outcome
from gdcore.run.trajectory import Trajectory
from scenes.storyboard.telling import Telling
from scenes.storyboard.views.regimes import near_limit
from scenes.text import Rich, Speech, join, number

from .jump_words import JumpWords

if TYPE_CHECKING:
    from .learning_rates import LearningRatesStory

_CLOSE = 0.97  # a best rate nearer to the limit than this is no advice: it wins after very many steps only
_EDGE = 1e-12  # of the limit: a rate that is nearer to it is the limit itself
_BACK = 2.4  # seconds in which the light goes back to the best rate
_TIE = 1e-9  # limits that differ by less are the same


@dataclass(frozen=True)
class RatesReason:
    """Writes the beats about the strip, where a limit is known."""

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
        """The regimes of the rate, the limit, and what it says about these runs."""
        strip, say, telling = self.story.strip, self.speech.say, self.telling
        if strip.limit is None or strip.curvature is None:
            return
        curvature, limit = number(strip.curvature), number(strip.limit)
        if self.story.jumps is not None:
            JumpWords(self.story, self.story.jumps, telling).tell()
            self._defended(strip.limit)
            best = number(self.story.jumps.best)
            end = say("learning-rates.jump-end", limit=limit, rate=best)
            telling.beat("end", end, motion=_BACK, chapter=say("chapter.end"))
            return
        if strip.local:
            text = say("learning-rates.strip-path", curvature=curvature)
        elif strip.steepest:
            text = say("learning-rates.strip-steepest", curvature=curvature)
        else:
            text = say("learning-rates.strip", curvature=curvature)
        telling.beat("strip", text, motion=2.4, chapter=say("chapter.reason"))
        telling.beat("limit", self._limit(strip.limit, strip.rest_limit), motion=1.4)
        self._defended(strip.limit)
        telling.beat("end", self._useful(limit), motion=1.4, chapter=say("chapter.end"))

    def _defended(self, limit: float) -> None:
        """A rate that is close to the limit, and yet below it."""
        say = self.speech.say
        runs = list(zip(self.trajectories, self._rates, strict=True))
        close = [i for i, (t, rate) in enumerate(runs) if t.plain and near_limit(t, rate, limit)]
        if close:
            steps = self.trajectories[close[-1]].steps
            near = say("learning-rates.near-limit", who=who(self.story, close[-1:]), steps=steps)
            self.telling.beat("near-limit", near, motion=1.4, chapter=say("chapter.near-limit"))

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
            leaving = who(self.story, left)
            return say(
                "learning-rates.limit-leaves" if len(left) == 1 else "learning-rates.limit-leave",
                limit=shown,
                who=leaving,
            )
        if unsettled:
            return say("learning-rates.limit-settle", limit=shown, who=who(self.story, unsettled))
        if edge:
            return say("learning-rates.limit-edge", limit=shown, who=who(self.story, edge))
        if above or len(plain) < len(self.trajectories):
            return say("learning-rates.limit-plain", limit=shown)
        return say("learning-rates.limit-below", limit=shown)

    def _near_minimum(self, limit: Node, left: list[int], unsettled: list[int], reached: bool) -> Rich:
        """The limit where it holds near the minimum only, and the runs above it."""
        say = self.speech.say
        lead = say("learning-rates.limit-near", limit=limit)
        if left:
            return join([lead, leaving_of(self.story, left)])
        if unsettled:
            return join([lead, say("learning-rates.cannot-settle", who=who(self.story, unsettled))])
        if reached or not all(t.plain for t in self.trajectories):
            return lead
        return join([lead, say("learning-rates.all-below")])

    def _useful(self, limit: Node) -> Rich:
        strip, say = self.story.strip, self.speech.say
        usual = strip.limit is not None and 0.5 <= strip.limit <= 2.0
        if not all(t.plain for t in self.trajectories):
            plain = say("learning-rates.useful-plain", limit=limit)
            text = plain
        elif strip.local:
            plain = say("learning-rates.useful-near", limit=limit)
            text = plain if usual else say("learning-rates.useful-near-no-rule", limit=limit)
        else:
            plain = say("learning-rates.useful", limit=limit)
            text = plain if usual else say("learning-rates.useful-no-rule", limit=limit)
        best = next((a.best_rate for a in self.analyses if a.best_rate is not None), None)
        if strip.local or best is None or strip.limit is None or best >= _CLOSE * strip.limit:
            return text
        # With several curvatures another rate may be ahead for a while.
        rate = number(best)
        after = say("learning-rates.best-long-run" if strip.steepest else "learning-rates.best", rate=rate)
        return join([plain, after])


def who(story: LearningRatesStory, runs: Sequence[int]) -> Rich:
    """Runs by their labels: α = 0.9, α = 1.1 and α = 1.5."""
    return story.speech.listed([story.contenders[i].label for i in runs])


def leaving_of(story: LearningRatesStory, runs: Sequence[int]) -> Rich:
    """That some runs leave."""
    say = story.speech.say
    return say("learning-rates.leaves" if len(runs) == 1 else "learning-rates.leave", who=who(story, runs))

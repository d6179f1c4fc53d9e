"""What the scene `overshoot` says: the first jumps one by one, where they lead, and why."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gdcore.analysis.stability import Analysis
from gdcore.run.outcome import Outcome
from gdcore.run.trajectory import Trajectory
from scenes.storyboard.telling import EXPLAINED, SHOWN, Telling
from scenes.text import Rich, Speech, arithmetic, join, number

if TYPE_CHECKING:
    from .overshoot import OvershootStory

_LONGEST = 120  # characters of a caption


@dataclass(frozen=True)
class OvershootWords:
    """Writes the beats of a story whose drawing is known."""

    story: OvershootStory
    trajectory: Trajectory
    analysis: Analysis
    telling: Telling

    @property
    def speech(self) -> Speech:
        return self.story.speech

    def tell(self) -> None:
        story, say, telling = self.story, self.speech.say, self.telling
        p, w, last = story.parameter, story.w, len(story.w) - 1
        rate = number(story.rate)
        telling.beat(
            "curve",
            say("overshoot.curve-minimum", p=p, rate=rate, minimum=number(story.minimum[0]))
            if story.minimum
            else say("overshoot.curve", p=p, rate=rate),
            motion=1.4,
            chapter=say("chapter.objective"),
        )
        start = say("overshoot.start", p=p, w=number(w[0]), loss=number(story.loss[0]))
        telling.beat("start", start, chapter=say("chapter.start"))
        for k in range(min(EXPLAINED, last)):
            chapter = say("chapter.jumps") if k == 0 else None
            text = self._seen(self._step(k), k, k + 1)
            telling.beat(f"step-{k + 1}", text, motion=2.0 if k else 2.4, row=k + 1, chapter=chapter)
        shown = min(SHOWN, last)
        if shown > EXPLAINED:
            text = self._seen(self._jumps(shown), min(EXPLAINED, last), shown)
            telling.beat("more-steps", text, motion=0.7 * (shown - EXPLAINED), row=shown)
        if last > shown:
            levels = story.zoom.levels
            motion = float(min(10.0, 3.0 + 1.2 * (levels[-1] - levels[shown])))
            telling.beat("sweep", self._sweep(shown, last), motion=motion, row=last)
        telling.beat("end", self._end(), motion=0.8, row=last, chapter=say("chapter.end"))
        if story.factor is not None:
            telling.beat("factor", self._why(story.factor), motion=0.8, row=last, chapter=say("chapter.why"))

    def _step(self, k: int) -> Rich:
        story, say, w = self.story, self.speech.say, self.story.w
        total = arithmetic(w[k], story.rate, story.slope[k], w[k + 1]).sum
        lead = say("overshoot.first-step" if k == 0 else "overshoot.step", sum=total)
        if story.minimum is None or (w[k] - story.minimum[0]) * (w[k + 1] - story.minimum[0]) >= 0:
            to_right = w[k + 1] > w[k]
            return join([lead, say("overshoot.to-right" if to_right else "overshoot.to-left")])
        before, after = abs(w[k] - story.minimum[0]), abs(w[k + 1] - story.minimum[0])
        if np.isclose(before, after, rtol=1e-9):
            return join([lead, say("overshoot.as-far")])
        return join([lead, say("overshoot.farther" if after > before else "overshoot.nearer")])

    def _jumps(self, shown: int) -> Rich:
        story, say = self.story, self.speech.say
        count, steps = int(story.crossings[shown]), int(story.steps[shown])
        text = (
            say("overshoot.all-jump", count=count)
            if count == steps
            else say("overshoot.some-jump", count=count, steps=steps)
        )
        if story.factor is None:
            return text
        if np.isclose(story.factor, 1.0, rtol=1e-9):
            return join([text, say("overshoot.equally-long")])
        return join([text, say("overshoot.factor", factor=number(story.factor, 4))])

    def _seen(self, text: Rich, before: int, after: int) -> Rich:
        """A caption, with a word on the zoom where it is used for the first time."""
        levels = self.story.zoom.levels
        if not levels[before] == 0 < levels[after]:
            return text
        clauses = (self.speech.say("overshoot.view-point"), self.speech.say("overshoot.view"))
        longer = (join([text, clause]) for clause in clauses)
        return next((each for each in longer if self._fits(each)), text)

    def _fits(self, text: Rich) -> bool:
        """Is a caption short enough for two lines?"""
        return len(self.speech.text(text)) <= _LONGEST

    def _sweep(self, shown: int, last: int) -> Rich:
        say, levels, step = self.speech.say, self.story.zoom.levels, int(self.story.steps[last])
        if levels[last] > levels[shown] > 0:
            return say("overshoot.sweep-on", step=step)
        if levels[last] > levels[shown]:
            return say("overshoot.sweep-out", step=step)
        return say("sweep.remaining", step=step)

    def _end(self) -> Rich:
        story, say, lost = self.story, self.speech.say, self.trajectory.nonfinite_step
        if lost is not None:
            if self.trajectory.exit is not None:
                return say("overshoot.end-domain", step=lost)
            return say("overshoot.end-numbers", step=lost, largest=number(sys.float_info.max, 3))
        steps, jumps = self.trajectory.steps, int(story.crossings[-1])
        p, w, loss = story.parameter, number(story.w[-1]), number(story.loss[-1])
        if self.trajectory.outcome is Outcome.DIVERGED and story.loss[0] > 0:
            times = number(story.loss[-1] / story.loss[0], 4)
            return say("overshoot.end-times", steps=steps, jumps=jumps, p=p, w=w, loss=loss, times=times)
        return say("overshoot.end", steps=steps, jumps=jumps, p=p, w=w, loss=loss)

    def _why(self, factor: float) -> Rich:
        """What every step does to the distance, from the curvature and the rate."""
        assert self.analysis.largest_curvature is not None
        say, curvature, size = self.speech.say, number(self.analysis.largest_curvature), number(factor)
        if np.isclose(factor, 1.0, rtol=1e-9):
            return say("overshoot.why-limit", curvature=curvature, factor=size)
        if factor < 1:
            return say("overshoot.why-rests", curvature=curvature, factor=size)
        text = say("overshoot.why-leaves", curvature=curvature, factor=size)
        if self.analysis.rate_limit is None:
            return text
        longer = join([text, say("overshoot.below", limit=number(self.analysis.rate_limit))])
        return longer if self._fits(longer) else text

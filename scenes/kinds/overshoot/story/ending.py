"""How the scene `overshoot` ends: how far the run has come, why, and the rate below which it would come home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gdcore.notation import Node
from scenes.lecture.study import Study
from scenes.storyboard.places import place_reached
from scenes.storyboard.telling import FLAT, Telling
from scenes.text import Rich, Speech, number

from .findings import is_limit

if TYPE_CHECKING:
    from .overshoot import OvershootStory


@dataclass(frozen=True)
class OvershootEnding:
    """Writes the last beats of a story whose drawing is known."""

    story: OvershootStory
    study: Study
    telling: Telling

    @property
    def speech(self) -> Speech:
        return self.story.speech

    @property
    def last(self) -> int:
        return len(self.story.w) - 1

    def tell(self) -> None:
        story, say, telling = self.story, self.speech.say, self.telling
        run = self.study.trajectories[story.run]
        if run.nonfinite_step is not None or self.last > story.shown or story.shown <= len(story.spelled):
            telling.beat("end", self._end(), motion=1.6, row=self.last, chapter=say("chapter.end"))
        if story.factor is not None and story.limit is not None:
            self._why(story.factor, story.limit)
            return
        slope = abs(float(story.slope[-1]))
        flat = slope <= FLAT * float(np.abs(story.slope).max())
        place = place_reached(self.study, story.run, flat=flat, shown=[number(float(story.w[-1]))])
        if place and run.exit is None:
            telling.beat("verdict", place, motion=2.0, row=self.last, chapter=say("chapter.why"), brief=True)

    def _end(self) -> Rich:
        run, say = self.study.trajectories[self.story.run], self.speech.say
        lost = run.nonfinite_step
        if lost is None:
            return end_at(self.story, self.last)
        if run.exit is not None:
            return say("overshoot.end-domain", step=lost)
        return say("overshoot.end-numbers", step=lost)

    def _why(self, factor: float, limit: float) -> None:
        """What every step does to the distance, how many distances it is long, and where the limit is."""
        say, telling, last, tamer = self.speech.say, self.telling, self.last, self.story.tamer
        size, rate = factor_shown(factor), number(self.story.rate)
        if is_limit(factor):
            texts = (
                say("overshoot.factor-limit"),
                say("overshoot.limit-exact", limit=number(limit)),
                say("overshoot.verdict-limit"),
            )
        elif factor < 1 or tamer is None:
            texts = (
                say("overshoot.factor-rests", factor=size),
                say("overshoot.limit-rests", limit=number(limit), rate=rate),
                say("overshoot.verdict-rests"),
            )
        else:
            texts = (
                say("overshoot.factor-leaves", factor=size, square=factor_shown(factor**2)),
                say("overshoot.limit-leaves", limit=number(limit), rate=number(tamer.rate)),
                say("overshoot.verdict-leaves", rate=rate),
            )
        telling.beat("factor", texts[0], motion=1.6, row=last, chapter=say("chapter.why"))
        if factor > 1 and not is_limit(factor):
            text = say("overshoot.distances", distances=factor_shown(1 + factor), beyond=size)
            telling.beat("distances", text, motion=2.6, row=last)
        telling.beat("limit", texts[1], motion=1.6 if tamer is None else 4.4, row=last)
        telling.beat("verdict", texts[2], motion=2.4, row=last, brief=True)


def seen_at(story: OvershootStory, row: int) -> Rich:
    """What is to be seen at a row that jumps have led to: how far away it is."""
    say, step = story.speech.say, int(story.steps[row])
    away, compared = story.away(row), story.farther(0, row)
    if away is None:
        return say("overshoot.seen", step=step, p=story.parameter, w=number(float(story.w[row]), 4))
    if compared == 0:
        return say("overshoot.seen-as-far", step=step)
    return say("overshoot.seen-away" if compared == 1 else "overshoot.seen-near", step=step, distance=away)


def end_at(story: OvershootStory, row: int) -> Rich:
    """Where a run has come to in the end, beside where it began."""
    say, away, first = story.speech.say, story.away(row), story.away(0)
    if away is None or first is None or story.farther(0, row) == 0:
        return seen_at(story, row)
    if story.distance(row) == 0:
        return say("overshoot.seen-there", step=int(story.steps[row]))
    return say(
        "overshoot.end-away" if story.farther(0, row) == 1 else "overshoot.end-near",
        distance=away,
        first=first,
    )


def factor_shown(factor: float) -> Node:
    """How many times as large something is, in three digits."""
    return number(float(f"{factor:.2e}"), 3)

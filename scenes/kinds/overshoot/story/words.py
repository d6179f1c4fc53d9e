"""What the scene `overshoot` says: a question, a jump, the next ones ever faster, and why it went so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gdcore.notation import Node
from scenes.lecture.study import Study
from scenes.storyboard.asking import landing_question
from scenes.storyboard.parts import Part, TimedPart, hops
from scenes.storyboard.places import place_reached
from scenes.storyboard.question import OfferedAnswer, Question
from scenes.storyboard.telling import EXPLAINED, FLAT, SHOWN, Telling
from scenes.text import Rich, Speech, number

if TYPE_CHECKING:
    from .overshoot import OvershootStory

_FIRST = {Part.SLOPE: 1.4, Part.NUMBERS: 1.4, Part.GHOST: 1.0, Part.JUMP: 0.7, Part.RESULT: 1.3}
_SECOND = {Part.SLOPE: 0.7, Part.NUMBERS: 0.7, Part.GHOST: 0.4, Part.JUMP: 0.5, Part.RESULT: 0.8}
_LATER = {Part.SLOPE: 0.4, Part.NUMBERS: 0.4, Part.GHOST: 0.2, Part.JUMP: 0.5, Part.RESULT: 0.8}
_HOP = 0.65  # seconds of a hop, on average
_LATE = 0.3  # of those at the end
_FEW = 14  # so many steps or fewer are shown as hops at the end too
_SPARE = 2  # steps beyond the usual number that do not pass by themselves
_SAME = 1e-9


@dataclass(frozen=True)
class OvershootWords:
    """Writes the beats of a story whose drawing is known."""

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
        say, rate = self.speech.say, number(self.story.rate)
        opening = (
            say("overshoot.curve", rate=rate)
            if self.story.minimum
            else say("overshoot.curve-open", rate=rate)
        )
        self.telling.beat("curve", opening, motion=1.6, chapter=say("chapter.question"))
        self._first_step()
        if self.last > 1:
            self._second_step()
        if self.last > EXPLAINED - 1:
            self._third_step()
        self._remaining()
        self._ending()

    # The first steps

    def _first_step(self) -> None:
        story, say, telling = self.story, self.speech.say, self.telling
        rate, slope = number(story.rate), story.spelled[0].slope
        telling.beat(
            "slope",
            say(
                "overshoot.slope-left" if story.slope[0] > 0 else "overshoot.slope-right",
                slope=slope,
            ),
            parts=_pieces(_FIRST, 1, [Part.SLOPE, Part.NUMBERS]),
            chapter=say("chapter.slope"),
        )
        landing = [Part.GHOST, Part.JUMP, Part.RESULT]
        if telling.questions:
            asked = say("overshoot.ask", rate=rate, slope=slope)
            question = landing_question(
                self.speech,
                asked,
                float(story.w[0]),
                story.rate,
                float(story.slope[0]),
                story.spelled[0],
            )
            telling.beat(
                "ask",
                asked,
                parts=_pieces(_FIRST, 1, landing[:1]),
                chapter=say("chapter.guess"),
                question=question,
                brief=True,
            )
            landing = landing[1:]
        telling.beat(
            "step-1",
            self._landed(),
            parts=_pieces(_FIRST, 1, landing),
            row=1,
            chapter=say("chapter.jumps"),
            answers=True,
            brief=True,
        )

    def _landed(self) -> Rich:
        """What the first landing is like."""
        story, say, w = self.story, self.speech.say, self.story.spelled[0].new
        match self._farther(0, 1):
            case None:
                higher = story.loss[1] > story.loss[0]
                return say("overshoot.lands-higher" if higher else "overshoot.lands-lower", w=w)
            case 0:
                return say("overshoot.lands-as-far", w=w)
            case sign:
                return say("overshoot.lands-farther" if sign > 0 else "overshoot.lands-nearer", w=w)

    def _farther(self, before: int, after: int) -> int | None:
        """Is the point farther from the minimum (1), as far (0) or nearer (−1)? None where it did not cross a known one."""
        story = self.story
        if story.minimum is None:
            return None
        one, two = float(story.w[before]) - story.minimum[0], float(story.w[after]) - story.minimum[0]
        if one * two >= 0:
            return None
        return _compared(abs(one), abs(two))

    def _second_step(self) -> None:
        story, say = self.story, self.speech.say
        match _compared(abs(float(story.slope[0])), abs(float(story.slope[1]))):
            case 0:
                text = say("overshoot.as-steep")
            case sign:
                text = say("overshoot.steeper" if sign > 0 else "overshoot.flatter")
        self.telling.beat("step-2", text, parts=_pieces(_SECOND, 2, list(Part)), row=2, answers=True)

    def _third_step(self) -> None:
        say = self.speech.say
        match self._farther(1, 2), self._farther(2, 3):
            case 1, 1:
                text = say("overshoot.farther")
            case 0, 0:
                text = say("overshoot.as-far")
            case -1, -1:
                text = say("overshoot.nearer")
            case _:
                text = say("overshoot.another")
        self.telling.beat("step-3", text, parts=_pieces(_LATER, 3, list(Part)), row=3, answers=True)

    # The others

    def _remaining(self) -> None:
        story, say, telling = self.story, self.speech.say, self.telling
        told = len(story.spelled)
        shown = self.story.shown
        if shown > told:
            if telling.questions and story.trend is not None:
                question = self._comes_back(story.trend.value)
                telling.beat("back", question.prompt, motion=2.4, row=told, question=question)
            zooms = story.zoom.widths[shown] > story.zoom.widths[told]
            text = say("overshoot.hops-zoom" if zooms else "overshoot.hops")
            parts = hops(told, shown, _HOP * (shown - told))
            telling.beat("more-steps", text, parts=parts, row=shown)
            telling.beat("seen", self._seen(shown), motion=1.8, row=shown)
        if self.last > shown:
            text = say("sweep.remaining", step=int(story.steps[-1]))
            if self.last - shown <= _FEW and not telling.brief:
                parts = hops(shown, self.last, _LATE * (self.last - shown))
                telling.beat("sweep", text, parts=parts, row=self.last, pause=False, brief=True)
            else:
                telling.beat("sweep", text, motion=4.5, row=self.last, pause=False, brief=True)

    def _comes_back(self, trend: str) -> Question:
        """Does the point come back? What is right, the run says."""
        say = self.speech.say
        answers = (
            ("shrinks", say("overshoot.back-yes"), say("overshoot.back-yes-reason")),
            ("grows", say("overshoot.back-no"), say("overshoot.back-no-reason")),
            ("stays", say("overshoot.back-neither"), say("overshoot.back-neither-reason")),
        )
        choices = tuple(OfferedAnswer(text, reason, answer == trend) for answer, text, reason in answers)
        return Question(say("overshoot.back"), choices)

    def _seen(self, row: int) -> Rich:
        """What is to be seen at a row: how far away it is, of the first distance."""
        story, say, step = self.story, self.speech.say, int(self.story.steps[row])
        if story.factor is not None and story.factor > 1 and not self._as_far(row):
            wide = factor_shown(story.zoom.factors(row)[0])
            return say("overshoot.same-picture", step=step, times=wide)
        return self._distance(row)

    def _distance(self, row: int) -> Rich:
        story, say, step = self.story, self.speech.say, int(self.story.steps[row])
        if story.minimum is None or story.w[0] == story.minimum[0]:
            p, w = story.parameter, number(float(story.w[row]), 4)
            return say("overshoot.seen", step=step, p=p, w=w)
        if self._as_far(row):
            return say("overshoot.seen-as-far", step=step)
        with np.errstate(over="ignore"):
            share = abs(float(story.w[row]) - story.minimum[0]) / abs(float(story.w[0]) - story.minimum[0])
        if share > 1:
            return say("overshoot.seen-farther", step=step, times=factor_shown(share))
        if share == 0:
            return say("overshoot.seen-there", step=step)
        return say("overshoot.seen-nearer", step=step, percent=number(100 * share, 2))

    def _as_far(self, row: int) -> bool:
        """Is a row exactly as far from the minimum as the start, but for rounding?"""
        story = self.story
        if story.minimum is None:
            return False
        away = np.abs(story.w[[0, row]] - story.minimum[0])
        return _compared(float(away[0]), float(away[1])) == 0

    # The end

    def _ending(self) -> None:
        story, say, telling = self.story, self.speech.say, self.telling
        run = self.study.trajectories[story.run]
        told_by = run.nonfinite_step is not None
        shown = self.story.shown
        if told_by or self.last > shown or shown <= len(story.spelled):
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
            return self._distance(self.last)
        if run.exit is not None:
            return say("overshoot.end-domain", step=lost)
        return say("overshoot.end-numbers", step=lost)

    def _why(self, factor: float, limit: float) -> None:
        """What every step does to the distance, and the rate below which it would shrink."""
        say, telling, last = self.speech.say, self.telling, self.last
        size, rate = number(factor), number(self.story.rate)
        if is_limit(factor):
            texts = (
                say("overshoot.factor-limit"),
                say("overshoot.limit-exact", limit=number(limit)),
                say("overshoot.verdict-limit"),
            )
        elif factor < 1:
            texts = (
                say("overshoot.factor-rests", factor=size),
                say("overshoot.limit-rests", limit=number(limit), rate=rate),
                say("overshoot.verdict-rests"),
            )
        else:
            texts = (
                say("overshoot.factor-leaves", factor=size),
                say("overshoot.limit-leaves", limit=number(limit), rate=rate),
                say("overshoot.verdict-leaves"),
            )
        telling.beat("factor", texts[0], motion=1.6, row=last, chapter=say("chapter.why"))
        telling.beat("limit", texts[1], motion=1.6, row=last)
        telling.beat("verdict", texts[2], motion=2.4, row=last, brief=True)


def shown_singly(last: int) -> int:
    """The last row that is told by itself: all of a run that has hardly more than the usual number."""
    return last if last <= SHOWN + _SPARE else SHOWN


def is_limit(factor: float | None) -> bool:
    """Does a step keep the distance, but for rounding?"""
    return factor is not None and bool(np.isclose(factor, 1.0, rtol=1e-9))


def factor_shown(factor: float) -> Node:
    """How many times as large something is, in three digits."""
    return number(float(f"{factor:.2e}"), 3)


def _compared(before: float, after: float) -> int:
    """The sign of the change from one size to another; 0 where it is only rounding."""
    if abs(after - before) <= _SAME * max(before, after):
        return 0
    return 1 if after > before else -1


def _pieces(seconds: dict[Part, float], row: int, parts: Sequence[Part]) -> list[TimedPart]:
    return [TimedPart(part, row, seconds[part]) for part in parts]

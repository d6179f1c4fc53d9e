"""What the scene `overshoot` says: a question, a jump, the next ones ever faster, and why it went so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gdcore.notation import Node
from scenes.lecture.study import Study
from scenes.storyboard.asking import landing_question
from scenes.storyboard.parts import Part, TimedPart, hops
from scenes.storyboard.question import OfferedAnswer, Question
from scenes.storyboard.telling import EXPLAINED, SHOWN, Telling
from scenes.text import Rich, Speech, number

from .ending import OvershootEnding, factor_shown, seen_at
from .findings import compared

if TYPE_CHECKING:
    from .overshoot import OvershootStory

_FIRST = {Part.SLOPE: 1.4, Part.NUMBERS: 1.4, Part.GHOST: 1.0, Part.JUMP: 0.7, Part.RESULT: 1.3}
_SECOND = {Part.SLOPE: 0.7, Part.NUMBERS: 0.7, Part.GHOST: 0.4, Part.JUMP: 0.5, Part.RESULT: 0.8}
_LATER = {Part.SLOPE: 0.4, Part.NUMBERS: 0.4, Part.GHOST: 0.2, Part.JUMP: 0.5, Part.RESULT: 0.8}
_HOP = 0.55  # seconds of a hop, on average
_LATE = 0.27  # of those at the end
_FEW = 14  # so many steps or fewer are shown as hops at the end too
_SPARE = 2  # steps beyond the usual number that do not pass by themselves


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
        say, away, rate = self.speech.say, self.story.away(0), number(self.story.rate)
        if away is None:
            opening = say("overshoot.curve-open", rate=rate)
        else:
            opening = say("overshoot.curve", rate=rate, distance=away)
        self.telling.beat("curve", opening, motion=1.6, chapter=say("chapter.question"))
        self._first_step()
        if self.last > 1:
            self._second_step()
        if self.last > EXPLAINED - 1:
            self._third_step()
        self._remaining()
        OvershootEnding(self.story, self.study, self.telling).tell()

    # The first steps

    def _slope(self, slope: Node) -> Rich:
        """The slope at the start: on a parabola so many times the distance, everywhere."""
        say, story = self.speech.say, self.story
        left, distance = story.slope[0] > 0, story.distance(0)
        if story.factor is None or not distance:
            return say("overshoot.slope-left" if left else "overshoot.slope-right", slope=slope)
        times = number(abs(float(story.slope[0])) / distance, 3)
        return (
            say("overshoot.slope-times-left", slope=slope, times=times)
            if left
            else say("overshoot.slope-times-right", slope=slope, times=times)
        )

    def _first_step(self) -> None:
        story, say, telling = self.story, self.speech.say, self.telling
        rate, slope = number(story.rate), story.spelled[0].slope
        telling.beat(
            "slope",
            self._slope(slope),
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
        """What the first landing is like: how far it was from the bottom, and is."""
        story, say, w = self.story, self.speech.say, self.story.spelled[0].new
        before, after = story.away(0), story.away(1)
        if before is None or after is None or not story.across(0, 1):
            higher = story.loss[1] > story.loss[0]
            return say("overshoot.lands-higher" if higher else "overshoot.lands-lower", w=w)
        match story.farther(0, 1):
            case 0:
                return say("overshoot.lands-as-far", distance=after)
            case sign:
                return say(
                    "overshoot.lands-farther" if sign == 1 else "overshoot.lands-nearer",
                    before=before,
                    after=after,
                )

    def _second_step(self) -> None:
        """The slope over there, and how far the step that it made has led."""
        story, say = self.story, self.speech.say
        slopes = [float(each) for each in story.slope[:2]]
        steeper = compared(*map(abs, slopes))
        slope, away = number(abs(slopes[1]), 3), story.away(2)
        if away is None or not story.across(1, 2) or slopes[0] * slopes[1] >= 0:
            if steeper:
                text = say("overshoot.steeper" if steeper > 0 else "overshoot.flatter")
            else:
                text = say("overshoot.as-steep")
        elif steeper:
            text = say(
                "overshoot.again-steeper" if steeper > 0 else "overshoot.again-flatter",
                slope=slope,
                distance=away,
            )
        else:
            text = say("overshoot.again-as-steep", slope=slope, distance=away)
        self.telling.beat("step-2", text, parts=_pieces(_SECOND, 2, list(Part)), row=2, answers=True)

    def _third_step(self) -> None:
        story, say, away = self.story, self.speech.say, self.story.away(3)
        signs = {story.farther(k, k + 1) for k in (1, 2) if story.across(k, k + 1)}
        if away is None or not story.across(2, 3):
            text = say("overshoot.another")
        elif signs == {1} and story.factor is not None:
            text = say("overshoot.farther-by", distance=away, factor=factor_shown(story.factor))
        elif signs == {1}:
            text = say("overshoot.farther", distance=away)
        elif signs == {0}:
            text = say("overshoot.as-far")
        elif signs == {-1}:
            text = say("overshoot.nearer", distance=away)
        else:
            text = say("overshoot.across", distance=away)
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
            telling.beat("seen", seen_at(story, shown), motion=1.8, row=shown)
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


def shown_singly(last: int) -> int:
    """The last row that is told by itself: all of a run that has hardly more than the usual number."""
    return last if last <= SHOWN + _SPARE else SHOWN


def _pieces(seconds: dict[Part, float], row: int, parts: Sequence[Part]) -> list[TimedPart]:
    return [TimedPart(part, row, seconds[part]) for part in parts]

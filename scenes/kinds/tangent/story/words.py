"""What the scene `tangent` says: the slope, the rule, a guess, and the steps, ever faster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from scenes.lecture.study import Study
from scenes.storyboard.asking import landing_question
from scenes.storyboard.facts import in_a_sentence
from scenes.storyboard.parts import Part, TimedPart, hops
from scenes.storyboard.places import place_reached
from scenes.storyboard.telling import FLAT, SHOWN, Telling
from scenes.text import Rich, multiplied, number

if TYPE_CHECKING:
    from .tangent import TangentStory

_FIRST = {Part.SLOPE: 2.4, Part.NUMBERS: 2.0, Part.GHOST: 1.0, Part.JUMP: 0.8, Part.RESULT: 0.9}
_SECOND = {Part.SLOPE: 1.0, Part.NUMBERS: 0.9, Part.GHOST: 0.4, Part.JUMP: 0.6, Part.RESULT: 0.6}
_LATER = {Part.SLOPE: 0.6, Part.NUMBERS: 0.6, Part.GHOST: 0.2, Part.JUMP: 0.5, Part.RESULT: 0.4}


@dataclass(frozen=True)
class TangentWords:
    """Writes the beats of a story whose drawing is known."""

    story: TangentStory
    study: Study
    telling: Telling

    def tell(self) -> None:
        story, say, telling = self.story, self.story.speech.say, self.telling
        p, w = story.parameter, number(story.w[0])
        telling.beat("start", say("tangent.start", p=p, w=w), motion=1.6, chapter=say("chapter.start"))
        if story.slope[0] == 0:
            self._at_rest()
        else:
            self._first_step()
            for k in range(1, len(story.spelled)):
                self._step(k)
            self._remaining()
        self._ending()

    def _at_rest(self) -> None:
        story, say = self.story, self.story.speech.say
        flat = say("tangent.flat", p=story.parameter, w=number(story.w[0]))
        self.telling.beat("slope", flat, parts=_pieces(_FIRST, 1, [Part.SLOPE]), chapter=say("chapter.slope"))
        rule = say("tangent.flat-rule")
        parts = _pieces(_FIRST, 1, [Part.NUMBERS, Part.GHOST])
        self.telling.beat("rule", rule, parts=parts, chapter=say("chapter.rule"), brief=True)

    def _first_step(self) -> None:
        story, say, telling = self.story, self.story.speech.say, self.telling
        slope, rate = number(story.slope[0]), number(story.rate)
        telling.beat(
            "slope",
            self._first_slope(),
            parts=_pieces(_FIRST, 1, [Part.SLOPE]),
            chapter=say("chapter.slope"),
        )
        rule = say("tangent.rule", rate=rate)
        telling.beat("rule", rule, parts=_pieces(_FIRST, 1, [Part.NUMBERS]), chapter=say("chapter.rule"))
        landing = [Part.GHOST, Part.JUMP, Part.RESULT]
        if telling.questions:
            asked = say("tangent.ask", rate=rate, slope=slope)
            question = landing_question(
                story.speech, asked, story.w[0], story.rate, story.slope[0], story.spelled[0]
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
            chapter=say("chapter.steps"),
            answers=True,
            brief=True,
        )

    def _first_slope(self) -> Rich:
        story, say = self.story, self.story.speech.say
        slope, run = float(story.slope[0]), float(story.spans[0])
        if run == 1.0:
            rise = multiplied(abs(slope), run).product
            return say("tangent.rises" if slope > 0 else "tangent.falls", rise=rise)
        return say(
            "tangent.slope-right" if slope > 0 else "tangent.slope-left", slope=story.triangles[0].left
        )

    def _landed(self) -> Rich:
        """What the first landing is like."""
        story, say = self.story, self.story.speech.say
        w = story.spelled[0].new
        lower, steeper = story.loss[1] < story.loss[0], abs(story.slope[1]) > abs(story.slope[0])
        if np.sign(story.slope[0]) * np.sign(story.slope[1]) < 0:
            return say("tangent.lands-across" if lower else "tangent.lands-across-higher", w=w)
        if not lower:
            return say("tangent.lands-higher", w=w)
        return say("tangent.lands-steeper" if steeper else "tangent.lands-flatter", w=w)

    def _step(self, k: int) -> None:
        """The step from row k, told by itself."""
        story, say = self.story, self.story.speech.say
        slope = story.spelled[k].slope
        before, now = float(story.slope[k - 1]), float(story.slope[k])
        shorter = abs(now) < abs(before)
        if np.isclose(now, before, rtol=1e-6):
            text = say("tangent.equal", slope=slope)
        elif before * now < 0:
            text = say("tangent.turned", slope=slope)
        elif k == 1:
            text = say("tangent.shorter" if shorter else "tangent.longer", slope=slope)
        else:
            text = say("tangent.again", slope=slope, size=story.spelled[k].size)
        seconds = _SECOND if k == 1 else _LATER
        pieces = _pieces(seconds, k + 1, list(Part))
        self.telling.beat(f"step-{k + 1}", text, parts=pieces, row=k + 1, answers=True)

    def _remaining(self) -> None:
        story, say = self.story, self.story.speech.say
        last, told = len(story.w) - 1, len(story.spelled)
        shown = min(SHOWN, last)
        if shown > told:
            sizes = np.abs(story.rate * story.slope[: shown + 1])
            shrinking = bool(np.all(np.diff(sizes) < 0))
            text = say("tangent.shrinking" if shrinking else "tangent.more")
            parts = hops(told, shown, 0.75 * (shown - told))
            self.telling.beat("more-steps", text, parts=parts, row=shown)
        if last > shown:
            text = say("sweep.remaining", step=int(story.steps[last]))
            self.telling.beat("sweep", text, motion=2.6, row=last, pause=False, brief=True)

    def _ending(self) -> None:
        """Where the run is at its end, and over what kind of place."""
        story, say = self.story, self.story.speech.say
        last, slope = len(story.w) - 1, abs(float(story.slope[-1]))
        w = in_a_sentence(story.w_format(float(story.w[-1])))
        steps = story.speech.count("step", int(story.steps[-1]))
        where = say(
            "tangent.stays" if story.slope[0] == 0 else "tangent.where", steps=steps, p=story.parameter, w=w
        )
        flat = slope <= FLAT * float(np.abs(story.slope).max()) and last > 0
        place = place_reached(self.study, story.run, flat=flat, shown=[w])
        rests = story.slope[0] == 0 or not place  # else the place is told in the same breath
        self.telling.beat("end", where, motion=1.4, row=last, pause=rests, chapter=say("chapter.end"))
        if place:
            self.telling.beat("place", place, motion=2.4, row=last, brief=True)


def _pieces(seconds: dict[Part, float], row: int, parts: Sequence[Part]) -> list[TimedPart]:
    return [TimedPart(part, row, seconds[part]) for part in parts]

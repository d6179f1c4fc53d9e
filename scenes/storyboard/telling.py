"""Writing a story: beats one after the other, each long enough to be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from gdcore.base.nearest import did_you_mean
from gdcore.notation import Node
from gdcore.run.trajectory import Trajectory
from scenes.lecture.model import SceneSpec
from scenes.lecture.study import Study
from scenes.text import Rich, Speech, format_of, rate_node, whole
from scenes.text.captions import RATE, Asked, Caption

from .brief import briefly
from .facts import in_a_sentence
from .parts import Part, TimedPart, laid, lasting
from .question import Question
from .requirements import StoryError
from .story import Beat, Missing

CHARACTERS_PER_SECOND = 15.0
REST = 1.05  # seconds in which nothing moves at the end of a beat
ASKING = 2.4  # and at a question
BESIDE_READING = 0.5  # seconds that a caption stands longer than it takes to read
LEAST = 1.5  # seconds of the shortest beat
MOST_STRETCHED = 3.0  # times as long as at its shortest a movement may take while words are read
EXPLAINED = 3  # steps of a run that are explained, one by one
FLAT = 0.02  # of the steepest slope on the way: below it the place looks flat
SHOWN = 10  # steps shown singly; what follows passes in one sweep


@dataclass
class Telling:
    """Collects the beats of a story in order and gives each its time; at a pace of 2 all goes twice as fast.

    `trajectory` is the run whose numbers a lecturer's captions may name; beats count its steps, or those of `steps` (n,).
    `questions`: are questions asked? `brief`: is the scene told in a quarter of a minute?
    """

    trajectory: Trajectory
    speech: Speech
    steps: NDArray[np.int64] | None = None
    pace: float = 1.0
    captions: Mapping[str, Caption | None] = field(default_factory=dict)
    scene: str = ""
    questions: bool = True
    brief: bool = False
    _beats: list[Beat] = field(default_factory=list, init=False)
    _row: int = field(default=0, init=False)

    @classmethod
    def of(
        cls,
        study: Study,
        scene: SceneSpec,
        trajectory: Trajectory,
        steps: NDArray[np.int64] | None = None,
    ) -> Telling:
        """The telling of a scene, at the lecture's pace and with its captions."""
        lecture = study.lecture
        return cls(
            trajectory,
            study.speech,
            steps,
            lecture.pace,
            scene.captions,
            scene.name,
            questions=lecture.questions,
            brief=lecture.brief or scene.brief,
        )

    def beat(
        self,
        identifier: str,
        caption: Rich,
        *,
        motion: float = 0.9,
        parts: Sequence[TimedPart] = (),
        row: int | None = None,
        pause: bool = True,
        chapter: Rich | None = None,
        answers: bool = False,
        after: float = 0.0,
        question: Question | None = None,
        brief: bool = False,
    ) -> None:
        """Add a beat; its caption may be replaced by the lecture's own words for this beat, or left out.

        It moves while the words are read: for `motion` seconds, or for those of its `parts`, longer where there is
        more to read. The caption of a beat that `answers` comes when the point has landed, or `after` so many seconds.
        """
        text, missing = self._caption(identifier, caption)
        if row is not None:
            self._row = row
        pace, rest = self.pace, ASKING if question is not None else REST
        start = self._beats[-1].end if self._beats else 0.0
        shortest = lasting(parts) if parts else motion
        spoken = (_landing(parts) if parts else after) if answers else 0.0
        reading = len(self.speech.text(text)) / CHARACTERS_PER_SECOND
        seconds = max(shortest + rest, spoken + reading + BESIDE_READING, LEAST)
        if answers:  # what comes before an answer keeps its time, or the answer would come later
            parts = _settling(parts, seconds - rest - shortest)
            shortest = lasting(parts) if parts else max(motion, seconds - rest)
        else:
            shortest = _stretched(parts, shortest, seconds - rest)
        # Whole twelfths of a second fall on frames at 12, 24, 60 frames a second, and nearly at others.
        seconds = max(1, round(seconds / pace * 12)) / 12
        motion = min(shortest / pace, seconds - 1 / 24)
        stretch = 1.0 if answers else _stretch_of(parts, motion * pace)
        spans = tuple(span.scaled(1 / pace, start) for span in laid(parts, 0.0, stretch))
        steps = self.trajectory.step if self.steps is None else self.steps
        self._beats.append(
            Beat(
                identifier,
                start,
                motion,
                seconds,
                self._row,
                int(steps[self._row]),
                text,
                pause,
                chapter,
                missing,
                spans,
                spoken / pace,
                question,
                brief,
            )
        )

    def _caption(self, identifier: str, caption: Rich) -> tuple[Rich, tuple[Missing, ...]]:
        """The words of a beat, and what the lecture's own ask for in vain."""
        if identifier not in self.captions:
            return caption, ()
        own = self.captions[identifier]
        if own is None:
            return Rich(), ()
        missing = [
            Missing(str(each), self.trajectory.steps) for each in own.asked if self._of_run(each) is None
        ]
        return own.filled(self._of_run).lettered(self.speech.face), tuple(missing)

    def _of_run(self, asked: Asked) -> Node | None:
        """A number that a caption asks for, in the digits in which its neighbours differ; None where there is none."""
        run = self.trajectory
        if asked.step is None:
            return rate_node(run.rate) if asked.name == RATE else whole(run.steps)
        step = run.steps + 1 + asked.step if asked.step < 0 else asked.step
        rows = np.flatnonzero(run.step == step)
        if not len(rows):
            return None
        names = run.parameters_names
        column = run.parameters[:, names.index(asked.name)] if asked.name in names else run.loss
        row = int(rows[0])
        beside = column[max(0, row - 1) : row + 2]
        return in_a_sentence(format_of(beside)(float(column[row])))

    def told(self) -> tuple[Beat, ...]:
        """The beats; raises `StoryError` where the lecture captions a beat that the story does not have."""
        known = [beat.id for beat in self._beats]
        for identifier in self.captions:
            if identifier not in known:
                raise StoryError(
                    self.scene,
                    f"captions: the scene has no beat '{identifier}'",
                    f"its beats are {', '.join(known)}",
                    did_you_mean(
                        identifier, known, "choose one of them (`steepest check LECTURE --beats` lists them)"
                    ),
                    ("captions", identifier),
                )
        return briefly(self._beats) if self.brief else tuple(self._beats)


def _landing(parts: Sequence[TimedPart]) -> float:
    """Seconds until the first jump has ended."""
    last = next((i for i, piece in enumerate(parts) if piece.part is Part.JUMP), len(parts) - 1)
    return lasting(parts[: last + 1])


def _settling(parts: Sequence[TimedPart], room: float) -> list[TimedPart]:
    """Parts whose numbers take up to `room` seconds more to change, but no more than they may be stretched."""
    taken = sum(piece.seconds for piece in parts if piece.part is Part.RESULT)
    factor = min(MOST_STRETCHED, 1.0 + max(0.0, room) / taken) if taken else 1.0
    return [
        replace(piece, seconds=piece.seconds * factor) if piece.part is Part.RESULT else piece
        for piece in parts
    ]


def _stretched(parts: Sequence[TimedPart], shortest: float, room: float) -> float:
    """How long a movement of at least `shortest` seconds takes where there is room for more."""
    rigid = lasting(parts, 0.0) if parts else 0.0
    return min(max(shortest, room), rigid + MOST_STRETCHED * (shortest - rigid))


def _stretch_of(parts: Sequence[TimedPart], seconds: float) -> float:
    """How much longer than at their shortest the parts are that may be, where all take so many seconds."""
    rigid = lasting(parts, 0.0)
    loose = lasting(parts) - rigid
    return max(0.0, seconds - rigid) / loose if loose > 0 else 1.0

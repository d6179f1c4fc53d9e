"""Writing a story: beats one after the other, each long enough to be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gdcore.base.nearest import did_you_mean
from gdcore.notation import Node
from gdcore.run.trajectory import Trajectory
from scenes.lecture.model import SceneSpec
from scenes.lecture.study import Study
from scenes.text import Rich, Speech, format_of, rate_node, whole
from scenes.text.captions import RATE, Asked, Caption

from .facts import in_a_sentence
from .requirements import StoryError
from .story import Beat, Missing

CHARACTERS_PER_SECOND = 15.0
LEAST_REST = 1.0
EXPLAINED = 3  # steps of a run that are explained, one by one
FLAT = 0.02  # of the steepest slope on the way: below it the place looks flat
SHOWN = 10  # steps shown singly; what follows passes in one sweep


@dataclass
class Telling:
    """Collects the beats of a story in order and gives each its time; at a pace of 2 all goes twice as fast.

    `trajectory` is the run whose numbers a lecturer's captions may name; beats count its steps, or those of `steps` (n,).
    """

    trajectory: Trajectory
    speech: Speech
    steps: NDArray[np.int64] | None = None
    pace: float = 1.0
    captions: Mapping[str, Caption | None] = field(default_factory=dict)
    scene: str = ""
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
        return cls(trajectory, study.speech, steps, study.lecture.pace, scene.captions, scene.name)

    def beat(
        self,
        identifier: str,
        caption: Rich,
        *,
        motion: float = 0.9,
        row: int | None = None,
        pause: bool = True,
        chapter: Rich | None = None,
    ) -> None:
        """Add a beat; its caption may be replaced by the lecture's own words for this beat, or left out."""
        text, missing = caption, tuple[Missing, ...]()
        steps = self.trajectory.step if self.steps is None else self.steps
        if identifier in self.captions:
            own = self.captions[identifier]
            text = Rich() if own is None else own.filled(self._of_run).lettered(self.speech.face)
            asked = () if own is None else own.asked
            missing = tuple(
                Missing(str(each), self.trajectory.steps) for each in asked if self._of_run(each) is None
            )
        if row is not None:
            self._row = row
        reading = len(self.speech.text(text)) / CHARACTERS_PER_SECOND
        start = self._beats[-1].end if self._beats else 0.0
        motion /= self.pace
        seconds = motion + max(LEAST_REST, reading) / self.pace
        # Whole twelfths of a second fall on frames at 12, 24, 60 frames a second, and nearly at others.
        seconds = round(seconds * 12) / 12
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
            )
        )

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
        return tuple(self._beats)

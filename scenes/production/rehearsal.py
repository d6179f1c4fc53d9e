"""Go through a lecture without drawing: read it, do its runs, tell its scenes. `trial` draws as well."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from gdcore.base.errors import GdError
from gdcore.problems.linear.linear_model import LinearModel
from scenes.lecture.model import Lecture
from scenes.lecture.source.faults import Fault, faults_of
from scenes.lecture.study import Study, study
from scenes.storyboard import Story

from .errors import place_in_scene
from .questions import question_as_data
from .telling import tell_scenes

if TYPE_CHECKING:
    from scenes.audience.judging import Judgement


@dataclass(frozen=True)
class Rehearsal:
    """A lecture, worked out, with the stories of its scenes, in its order."""

    study: Study
    stories: tuple[Story, ...]

    @property
    def lecture(self) -> Lecture:
        return self.study.lecture

    def __reduce__(self) -> tuple[Callable[..., Rehearsal], tuple[Lecture, tuple[str, ...]]]:
        """Forks share it; where it has to be sent to another process, the lecture is rehearsed there."""
        return rehearse, (self.lecture, tuple(story.name for story in self.stories))

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """What is used, but perhaps not as it was meant: in the file, and beside what its runs have come to."""
        return *self.lecture.warnings, *(
            Fault(
                *place_in_scene(self.lecture, self.lecture.scene(story.name), ("captions", beat.id)),
                f"{missing.text}, which is shown as typed: the run has no such step",
                f"steps 0 to {missing.steps}, or −1, −2, … from the end",
                "ask for one of them",
            )
            for story in self.stories
            for beat in story.beats
            for missing in beat.missing
        )


@dataclass(frozen=True)
class Attempt:
    """What came of the lecture a user named by `text`: a rehearsal, or the reason why there is none.

    `judgements` are of its scenes, in their order, where somebody asked for them.
    """

    text: str
    rehearsal: Rehearsal | None = None
    reason: str = ""
    faults: tuple[Fault, ...] = ()
    detail: str = ""
    judgements: tuple[Judgement, ...] | None = None

    def as_data(self) -> dict[str, Any]:
        """The attempt in the kinds JSON has."""
        if self.rehearsal is None:
            faults = [fault.as_dict() for fault in self.faults]
            return {"lecture": self.text, "status": "failed", "reason": self.reason, "faults": faults}
        lecture = self.rehearsal.lecture
        problem = self.rehearsal.study.problem
        left_out = problem.left_out if isinstance(problem, LinearModel) else None
        return {
            "lecture": self.text,
            "status": "ok",
            "title": lecture.title,
            "digest": lecture.digest,
            "runs": list(lecture.runs),
            "left_out": None if left_out is None else {"rows": left_out.rows, "of": left_out.of},
            "scenes": [_scene(story) for story in self.rehearsal.stories],
            "warnings": [warning.as_dict() for warning in self.rehearsal.warnings],
            **({} if self.judgements is None else self._audience(lecture, self.judgements)),
        }

    def _audience(self, lecture: Lecture, judgements: Sequence[Judgement]) -> dict[str, Any]:
        """What was found for those who watch, each with its place in the file, and what was measured of each scene."""
        from .audience import fault_of

        found = [
            {**finding.as_data(), **{key: place[key] for key in ("file", "line", "column", "key")}}
            for judgement in judgements
            for finding in judgement.findings
            for place in [fault_of(lecture, finding).as_dict()]
        ]
        return {"audience": found, "measured": [judgement.as_data() for judgement in judgements]}


def rehearse(lecture: Lecture, scenes: Sequence[str] = ()) -> Rehearsal:
    """Tell the named scenes, or all. Raises `RehearsalError` with every scene that cannot be told and its mend."""
    studied = study(lecture)
    chosen = [scene for scene in lecture.scenes if not scenes or scene.name in scenes]
    return Rehearsal(studied, tell_scenes(studied, chosen))


def try_to_rehearse(text: str, *, brief: bool = False) -> Attempt:
    """Rehearse the lecture that a user means by a bare name or a path; `brief`: all of its scenes told briefly.

    A mistake of the program costs one lecture, as in a worker one scene.
    """
    from scenes.lecture.read import read_lecture
    from scenes.lecture.shipped import find_lecture

    try:
        lecture = read_lecture(find_lecture(text))
        return Attempt(text, rehearse(replace(lecture, brief=True) if brief else lecture))
    except GdError as error:
        return Attempt(text, reason=str(error), faults=faults_of(error))
    except Exception as error:
        reason = f"{text}: {type(error).__name__}: {error}"
        return Attempt(text, reason=reason, detail=traceback.format_exc())


def rehearse_all(texts: Sequence[str], *, brief: bool = False) -> tuple[list[Rehearsal], list[Attempt]]:
    """The rehearsals of lectures that can be made, and the attempts at those that cannot."""
    attempts = [try_to_rehearse(text, brief=brief) for text in texts]
    good = [attempt.rehearsal for attempt in attempts if attempt.rehearsal is not None]
    return good, [attempt for attempt in attempts if attempt.rehearsal is None]


def _scene(story: Story) -> dict[str, Any]:
    text = story.speech.text
    beats = [
        {
            "id": beat.id,
            "start": round(beat.start, 6),
            "seconds": round(beat.seconds, 6),
            "step": beat.step,
            "pause": beat.pause,
            "chapter": None if beat.chapter is None else text(beat.chapter),
            "caption": text(beat.caption),
            "spoken": round(beat.spoken, 6),
            "question": question_as_data(beat.question, story.speech),
        }
        for beat in story.beats
    ]
    return {
        "name": story.name,
        "kind": story.kind,
        "runs": list(story.runs),
        "title": text(story.title),
        "seconds": round(story.seconds, 6),
        "beats": beats,
    }

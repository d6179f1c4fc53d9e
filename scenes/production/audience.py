"""Hold the films of lectures against the rules for those who watch them, each scene in a process of its own."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from gdcore.base.errors import GdError
from scenes.audience.advice import Advice
from scenes.audience.judging import Judgement, judge_scene
from scenes.lecture.model import Lecture
from scenes.lecture.source.faults import Fault

from .errors import place_in_scene
from .executors.local import LocalExecutor
from .executors.task import Advance, Ending, Executor, Listener, Result, Task
from .rehearsal import Attempt, Rehearsal
from .trial import Failure, failed_attempt


def judge_attempts(
    attempts: Sequence[Attempt], shape: str, executor: Executor | None = None
) -> list[Attempt]:
    """The attempts, with what was found in their scenes; one whose picture cannot be painted at some moment has failed."""
    executor = executor or LocalExecutor()
    told = {i: attempt.rehearsal for i, attempt in enumerate(attempts) if attempt.rehearsal is not None}
    found: dict[int, list[Ending]] = {i: [] for i in told}
    with tempfile.TemporaryDirectory(prefix="steepest-") as folder:
        tasks = [
            Task(
                f"{i} {number}",
                partial(_judged, rehearsal, number, shape),
                Path(folder) / f"{i}-{number}",
                ("scenes.audience.judging",),
            )
            for i, rehearsal in told.items()
            for number in range(len(rehearsal.stories))
        ]
        for ending in executor.run(tasks, Listener()) if tasks else ():
            found[int(ending.task.id.split()[0])].append(ending)
    return [
        attempt if i not in found else _with_judgements(attempt, found[i])
        for i, attempt in enumerate(attempts)
    ]


def fault_of(lecture: Lecture, finding: Advice) -> Fault:
    """A finding at its place in the lecture's file: the caption of the beat, where the lecture has one, else the scene."""
    place = place_in_scene(lecture, lecture.scene(finding.scene), ("captions", finding.beat))
    return Fault(*place, finding.found, finding.allowed, finding.mend)


def _with_judgements(attempt: Attempt, endings: Sequence[Ending]) -> Attempt:
    failures: list[Failure] = []
    judgements: list[Judgement] = []
    for ending in endings:
        if not ending.done:
            mend = "this is a mistake of the program: please report it"
            failures.append(
                Failure(GdError(f"a scene cannot be judged: {ending.reason}", mend=mend), ending.detail)
            )
        elif "failure" in ending.result:
            failures.append(ending.result["failure"])
        else:
            judgements.append(ending.result["judgement"])
    return failed_attempt(attempt, failures) if failures else replace(attempt, judgements=tuple(judgements))


def _judged(
    rehearsal: Rehearsal, number: int, shape: str, scratch: Path, advance: Advance, before: Sequence[Result]
) -> Result:
    gc.disable()  # the process ends before there is much garbage
    try:
        judgement = judge_scene(rehearsal.stories[number], shape=shape, theme=rehearsal.lecture.theme)
    except Exception as error:
        return {"failure": Failure.of(error)}
    return {"judgement": judgement}

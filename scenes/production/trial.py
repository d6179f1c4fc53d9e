"""Draw all of a lecture and keep nothing: its films where they pause, its report page by page."""

from __future__ import annotations

import tempfile
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from gdcore.base.errors import GdError
from scenes.garbage import unsearched
from scenes.lecture.source.faults import Fault
from scenes.storyboard.drawing_error import DrawingError, as_told

from .errors import drawing_fault
from .executors.local import LocalExecutor
from .executors.task import Advance, Ending, Executor, Listener, Result, Task
from .rehearsal import Attempt, Rehearsal, try_to_rehearse

_SIZE = 1920, 1080
Failures = list["Failure"]


@dataclass(frozen=True)
class Failure:
    """Something that cannot be drawn, and what whoever mends the program wants to know of it."""

    error: GdError
    detail: str = ""

    @classmethod
    def of(cls, cause: Exception) -> Failure:
        """What a cause that was caught just now becomes."""
        return cls(as_told(cause), traceback.format_exc())


def check_all(texts: Sequence[str]) -> list[Attempt]:
    """Rehearse the lectures that a user means by names or paths, and draw all of those that can be told."""
    attempts = [try_to_rehearse(text) for text in texts]
    told = [attempt.rehearsal for attempt in attempts if attempt.rehearsal is not None]
    failed = iter(try_drawing(told) if told else ())
    return [
        attempt
        if attempt.rehearsal is None or not (failures := next(failed))
        else failed_attempt(attempt, failures)
        for attempt in attempts
    ]


def failed_attempt(attempt: Attempt, failures: Sequence[Failure]) -> Attempt:
    """The attempt at a lecture that can be told, of which something cannot be drawn."""
    assert attempt.rehearsal is not None
    lecture = attempt.rehearsal.lecture
    faults: list[Fault] = []
    reasons = []
    for error in (failure.error for failure in failures):
        if isinstance(error, DrawingError):
            faults.append(drawing_fault(lecture, error))
            reasons.append(str(faults[-1]))
        else:
            faults.append(Fault(str(lecture.path), None, None, "", error.found, error.allowed, error.mend))
            reasons.append(f"{lecture.path}: {error}")
    detail = "\n".join(failure.detail for failure in failures)
    return Attempt(attempt.text, reason="\n".join(reasons), faults=tuple(faults), detail=detail)


def try_drawing(
    rehearsals: Sequence[Rehearsal], executor: Executor | None = None
) -> tuple[tuple[Failure, ...], ...]:
    """What of each lecture cannot be drawn.

    Pictures and report are tried side by side, each in a process of its own: a crash costs nothing else.
    """
    executor = executor or LocalExecutor()
    with tempfile.TemporaryDirectory(prefix="steepest-") as folder:
        tasks = [
            Task(f"{number} {part}", partial(_tried, told, attempt), Path(folder) / f"{number}-{part}", need)
            for number, told in enumerate(rehearsals)
            for part, (attempt, need) in _PARTS.items()
        ]
        found = [_failures(ending) for ending in executor.run(tasks, Listener())]
    every = len(_PARTS)
    return tuple(tuple(chain(*found[i : i + every])) for i in range(0, len(found), every))


def pictures_that_fail(rehearsal: Rehearsal) -> Failures:
    """The scenes whose pictures cannot be painted at their pauses."""
    from scenes.film.trial import try_pauses

    failures: Failures = []
    for story in rehearsal.stories:
        _note(failures, partial(try_pauses, story, *_SIZE))
    return failures


def pages_that_fail(rehearsal: Rehearsal) -> Failures:
    """What keeps the report from being printed: nothing, or the first of it."""
    from scenes.report.trial import try_report

    failures: Failures = []
    _note(failures, partial(try_report, rehearsal.study, rehearsal.stories))
    return failures


_PARTS: dict[str, tuple[Callable[[Rehearsal], Failures], tuple[str, ...]]] = {
    "pictures": (pictures_that_fail, ("scenes.film.trial",)),
    "report": (pages_that_fail, ("scenes.report.trial",)),
}


def _note(failures: Failures, attempt: Callable[[], None]) -> None:
    try:
        attempt()
    except Exception as error:
        failures.append(Failure.of(error))


@unsearched()  # the process ends before there is much garbage: a tenth of its time
def _tried(
    rehearsal: Rehearsal,
    attempt: Callable[[Rehearsal], Failures],
    scratch: Path,
    advance: Advance,
    before: Sequence[Result],
) -> Result:
    return {"failures": attempt(rehearsal)}


def _failures(ending: Ending) -> Failures:
    if ending.done:
        found: Failures = ending.result["failures"]
        return found
    part = ending.task.id.split()[1]
    mend = "this is a mistake of the program: please report it"
    return [Failure(GdError(f"the {part} cannot be drawn: {ending.reason}", mend=mend), ending.detail)]

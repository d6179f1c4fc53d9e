"""Jobs to tasks: a film is cut into parts, so that several cores share one scene, and joined again."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from pathlib import Path

from scenes.production.executors.task import Task

from .kinds import FILM
from .plan import Job
from .work import PART

#: Pieces of work for each worker. With fewer, one worker may end long before the others.
_PIECES = 6
#: Parts of a film for each worker, at most: every part tells the whole story before it paints.
_MOST = 2


def parts_of_a_film(films: int, workers: int) -> int:
    """Into how many parts to cut each of so many films; 1 when there are enough films to keep all busy."""
    if workers == 1 or not films:
        return 1
    return min(_MOST * workers, ceil(_PIECES * workers / films))


def tasks_of(job: Job, scratch: Path, parts: int, work: Mapping[str, str]) -> list[Task]:
    """What has to be done for a job, in order. The last task has the job's id and leaves its file in `scratch`."""
    data = {"job": job.as_data(), "scratch": str(scratch)}
    if job.kind != FILM:
        return [Task(job.id, work[job.kind], data)]
    pieces = [
        Task(
            f"{job.id}, part {number + 1} of {parts}",
            work[PART],
            {**data, "scratch": str(scratch / f"part-{number}"), "part": number, "parts": parts},
        )
        for number in range(parts)
    ]
    return [*pieces, Task(job.id, work[FILM], data, tuple(piece.id for piece in pieces))]

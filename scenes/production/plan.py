"""From lectures to the jobs of a batch: pure, nothing is read or written."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.lecture.model import Lecture

from .errors import ProductionError
from .job import Job
from .options import Options
from .outputs import formats


def plan_batch(lectures: Sequence[Lecture], options: Options) -> tuple[Job, ...]:
    """What a batch makes of every lecture: its films, then its report.

    Two lectures of one name would share a folder, so they are a `ProductionError`.
    """
    first: dict[str, Lecture] = {}
    for lecture in lectures:
        # Some file systems do not tell Park from park.
        other = first.setdefault(lecture.name.casefold(), lecture)
        if other is not lecture:
            raise ProductionError(
                f"{lecture.path} and {other.path} are both called {lecture.name!r} and would both write to "
                f"{options.output / lecture.name}",
                mend="rename one of the files, or run them one after the other with different -o",
            )
    made = [job for job in formats().values() if job.in_batch]
    return tuple(job for lecture in lectures for kind in made for job in kind.plan(lecture, options))

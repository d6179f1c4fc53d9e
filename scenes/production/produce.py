"""Run jobs and publish what they make: the one way from a plan to files."""

from __future__ import annotations

import contextlib
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gdcore.base.errors import GdError
from scenes.production.executors.local import LocalExecutor
from scenes.production.executors.signals import watch_signals
from scenes.production.executors.task import Ending, Executor, Listener, Task
from scenes.production.place.manifest import done_entry, failed_entry, record
from scenes.production.place.publish import publish
from scenes.production.place.scratch import locked, scratch_in

from .errors import ProductionError
from .job import Job


@dataclass(frozen=True)
class Delivery:
    """What became of a job. `facts` go into the manifest; `detail` helps whoever mends the program."""

    job: Job
    facts: Mapping[str, Any] = field(default_factory=dict)
    reason: str | None = None
    detail: str = ""

    @property
    def done(self) -> bool:
        return self.reason is None

    def as_data(self) -> dict[str, Any]:
        """The output in the kinds JSON has, under the names of the manifest."""
        status = {"status": "done"} if self.done else {"status": "failed", "reason": self.reason}
        job = self.job
        return {
            "id": job.id,
            "file": str(job.output),
            "kind": job.kind,
            "scene": job.scene,
            **status,
            **self.facts,
        }


class Watcher:
    """Is told how a production goes. Every method may be overridden; each does nothing by itself."""

    def began(self, job: Job) -> None:
        """A worker has the job."""

    def progress(self, job: Job, done: int, total: int) -> None:
        """`done` of `total` frames are drawn."""

    def ended(self, product: Delivery) -> None:
        """The output is in its place, or will not come."""


def produce(
    jobs: Sequence[Job], executor: Executor | None = None, *, watcher: Watcher | None = None
) -> tuple[Delivery, ...]:
    """Make the outputs of all jobs, by default in processes of this machine.

    An output appears in its place when it is proven good, and the manifest of its folder with it. A job that
    fails leaves the file of an earlier run as it was.

    Raises `ProductionError` before anything is rendered where an output folder cannot be written,
    `Interrupted` after a signal. Either way nothing but finished files is left.
    """
    publisher = _Publisher(watcher or Watcher())
    executor = executor or LocalExecutor()
    alike = Counter(job.kind for job in jobs)
    with watch_signals(), contextlib.ExitStack() as stack:
        for folder in dict.fromkeys(job.output.parent for job in jobs):
            publisher.scratch[folder] = stack.enter_context(scratch_in(folder)).absolute()
        tasks: list[Task] = []
        for number, job in enumerate(jobs):
            own = publisher.scratch[job.output.parent] / str(number)
            own.mkdir()
            of_this = job.tasks(own, executor.workers, alike[job.kind])
            publisher.expect(job, own, of_this)
            tasks += of_this
        executor.run(tasks, publisher)
    return tuple(publisher.products[job.id] for job in jobs)


class _Publisher(Listener):
    """Moves what a worker has finished into place, keeps the manifests, and passes the news on."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher
        self._jobs: dict[str, Job] = {}  # by the id of each of its tasks
        self._own: dict[str, Path] = {}  # the scratch folders, by job
        self._begun: set[str] = set()
        self._done: dict[str, dict[str, int]] = {}  # frames by task, by job
        self.scratch: dict[Path, Path] = {}
        self.products: dict[str, Delivery] = {}

    def expect(self, job: Job, own: Path, tasks: Sequence[Task]) -> None:
        """These tasks make the job, the last of them its file, which it leaves in the folder `own`."""
        self._own[job.id] = own
        self._jobs |= dict.fromkeys((task.id for task in tasks), job)

    def began(self, task: Task) -> None:
        job = self._jobs[task.id]
        if job.id not in self._begun:
            self._begun.add(job.id)
            self._watcher.began(job)

    def progress(self, task: Task, done: int, total: int) -> None:
        job = self._jobs[task.id]
        frames = self._done.setdefault(job.id, {})
        frames[task.id] = done
        self._watcher.progress(job, sum(frames.values()), total)

    def ended(self, ending: Ending) -> None:
        job = self._jobs[ending.task.id]
        if ending.task.id != job.id:
            return  # a part: its film tells
        output = Delivery(job, ending.result, ending.reason, ending.detail)
        if ending.started:
            try:
                with locked(job.output.parent):  # the file and its entry belong together, also for two runs
                    output = self._keep(output)
            except GdError as error:  # the disk is full
                output = Delivery(job, reason=str(error))
            except OSError as error:  # the folder is gone
                output = Delivery(job, reason=f"{job.output.parent}: {error.strerror or error}")
        shutil.rmtree(self._own[job.id], ignore_errors=True)
        self.products[job.id] = output
        self._watcher.ended(output)

    def _keep(self, output: Delivery) -> Delivery:
        """Put the file and what the manifest says of it into place; the output that came of it."""
        job, folder = output.job, output.job.output.parent
        try:
            if output.done:
                publish(job.finished(self._own[job.id]), job.output)
        except ProductionError as error:
            output = Delivery(job, reason=str(error))
        if job.in_manifest:
            reason = output.reason
            entry = done_entry(job, output.facts) if reason is None else failed_entry(folder, job, reason)
            record(folder, job, entry, self.scratch[folder])
        return output

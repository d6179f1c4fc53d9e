"""What an executor is, what it is given, what it gives back, and who is told meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

#: What a task comes to; it can be pickled.
Result = Mapping[str, Any]
#: Tells how far a task is: parts done and parts in all (of a film: frames). A sign of life, too.
Advance = Callable[[int, int], None]
#: What a task does: its folder, `Advance` and the results of the tasks before it come in, its own comes out.
Work = Callable[[Path, Advance, Sequence[Result]], Result]


@dataclass(frozen=True)
class Task:
    """One piece of work, which can be pickled.

    `scratch` is the folder for its files, temporary ones too. `preload` are modules that it imports: tasks may share
    them. It starts when the tasks that `after` names are done, and gets their results in that order. If one of them
    fails, so does this one, for the same reason.
    """

    id: str
    work: Work
    scratch: Path
    preload: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ending:
    """How a task ended. `reason` is None when it is done, else a sentence; `detail` is a traceback or log."""

    task: Task
    result: Result = field(default_factory=dict)
    reason: str | None = None
    detail: str = ""
    started: bool = True

    @property
    def done(self) -> bool:
        return self.reason is None


class Listener:
    """Is told what happens, in the process of the command. Each method does nothing until it is overridden."""

    def began(self, task: Task) -> None:
        """A worker has the task."""

    def progress(self, task: Task, done: int, total: int) -> None:
        """`done` of `total` parts are ready."""

    def ended(self, ending: Ending) -> None:
        """The worker is dead and will not touch a file again."""


class Executor(Protocol):
    """Does tasks, on this machine or on others that see the same files. `order.Order` says which may start."""

    @property
    def workers(self) -> int:
        """How many tasks it does at once, for whoever cuts the work into tasks."""

    def run(self, tasks: Sequence[Task], listener: Listener) -> tuple[Ending, ...]:
        """Do the tasks and return their endings, in the order of the tasks. Of those that may start, the first does.

        Whatever happens to a worker costs its task only. Raises `Interrupted` after SIGINT, SIGTERM or SIGHUP; all
        workers are dead by then. Raises `ValueError` for two tasks of one id, and for one that waits for a task that
        does not come before it.
        """

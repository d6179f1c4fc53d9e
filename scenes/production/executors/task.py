"""What the executor is given, what it gives back, and who is told meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Task:
    """One piece of work: the function ``"module:function"`` (a `worker.Work`) and the data it gets.

    It starts when the tasks that `after` names are done, and finds their results, in that order, under "after" in
    its data. If one of them fails, so does this one, for the same reason.
    """

    id: str
    work: str
    data: Mapping[str, Any]
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ending:
    """How a task ended. `reason` is None when it is done, else a sentence; `detail` is a traceback or log."""

    task: Task
    result: Mapping[str, Any] = field(default_factory=dict)
    reason: str | None = None
    detail: str = ""
    started: bool = True

    @property
    def done(self) -> bool:
        return self.reason is None


class Listener:
    """Is told what happens, in the parent's process. Each method does nothing until it is overridden."""

    def began(self, task: Task) -> None:
        """A worker has the task."""

    def progress(self, task: Task, done: int, total: int) -> None:
        """`done` of `total` parts are ready."""

    def ended(self, ending: Ending) -> None:
        """The worker is dead and will not touch a file again."""

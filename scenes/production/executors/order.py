"""Which task may start next, and which need not or cannot come any more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .task import Ending, Task


class Order:
    """The tasks that wait, and how the others ended, by id. Prerequisites stand before what needs them."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        known: set[str] = set()
        for task in tasks:
            if task.id in known:
                raise ValueError(f"two tasks have the id {task.id!r}")
            if unknown := set(task.after) - known:
                raise ValueError(f"{task.id!r} waits for {sorted(unknown)}, which do not come before it")
            known.add(task.id)
        self.waiting = list(tasks)
        self.endings: dict[str, Ending] = {}
        self._begun: set[str] = set()

    def next(self) -> Task | None:
        """Take out the first task whose prerequisites are done."""
        for place, task in enumerate(self.waiting):
            if all(name in self.endings and self.endings[name].done for name in task.after):
                self._begun.add(task.id)
                return self.waiting.pop(place)
        return None

    def sort_out(self, fail_fast: bool) -> Iterator[Ending]:
        """After a failure: end what cannot come any more. `fail_fast`: only what is under way need come."""
        spared = {name for task in self.waiting if self._under_way(task) for name in (task.id, *task.after)}
        for task in tuple(self.waiting):
            if failed := self._failed(task):
                if any(name not in self.endings for name in task.after):
                    continue  # until the last of them has ended
                first = min(failed, key=lambda ending: not ending.started)
                ending = Ending(task, {}, first.reason, first.detail, first.started)
            elif fail_fast and task.id not in spared:
                ending = Ending(task, reason="not started: another job failed before it", started=False)
            elif self._is_vain(task):
                ending = Ending(task, reason="not started: what needs it cannot come any more", started=False)
            else:
                continue
            self.waiting.remove(task)
            self.endings[task.id] = ending
            yield ending

    def _failed(self, task: Task) -> list[Ending]:
        """The prerequisites that have failed."""
        endings = (self.endings.get(name) for name in task.after)
        return [ending for ending in endings if ending and not ending.done]

    def _under_way(self, task: Task) -> bool:
        """Has a prerequisite begun, and none failed?"""
        return not self._begun.isdisjoint(task.after) and not self._failed(task)

    def _is_vain(self, task: Task) -> bool:
        users = [other for other in self.waiting if task.id in other.after]
        return bool(users) and all(self._failed(user) for user in users)

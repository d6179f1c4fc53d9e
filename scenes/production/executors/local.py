"""Run tasks side by side, each in a process of its own: a crash, a kill or a hang costs one task.

`concurrent.futures.ProcessPoolExecutor` gives up every pending task when one worker dies, so this is our
own: at most `workers` processes at once, forked by the `nursery`, watched through pipes by one loop.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from scenes.production.errors import Interrupted

from .link import Link, tail
from .signals import Watch, watch_signals
from .task import Ending, Listener, Task

_CHUNK = 1 << 16


def run(
    tasks: Sequence[Task],
    *,
    workers: int | None = None,
    preload: Sequence[str] = (),
    link: Link | None = None,
    patience: float | None = None,
    fail_fast: bool = False,
    listener: Listener | None = None,
    watch: Watch | None = None,
) -> tuple[Ending, ...]:
    """Run the tasks and return their endings, in the order of the tasks. Of those that may start, the first does.

    workers    how many at once; by default one per core
    preload    modules that every worker finds imported already
    link       a nursery that runs already; it is closed at the end
    patience   a worker that gives no sign of life for so many seconds is killed; None waits for ever
    fail_fast  after the first failure, end what is under way and start nothing else
    watch      the signals to heed, where the caller watches them already

    Raises `Interrupted` after SIGINT, SIGTERM or SIGHUP; all workers are dead by then. Raises `ValueError` for two
    tasks of one id, and for a task that waits for one that does not come before it.
    """
    known: set[str] = set()
    for task in tasks:
        if task.id in known:
            raise ValueError(f"two tasks have the id {task.id!r}")
        if unknown := set(task.after) - known:
            raise ValueError(f"{task.id!r} waits for {sorted(unknown)}, which do not come before it")
        known.add(task.id)
    if not tasks:
        return ()
    count = min(len(tasks), workers or available_cores())
    with (
        contextlib.nullcontext(watch) if watch else watch_signals() as signals,
        _Run(count, tuple(preload), link, patience, listener or Listener(), signals) as running,
    ):
        endings = running.all(tasks, fail_fast)
    return tuple(endings[task.id] for task in tasks)


def available_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass
class _Worker:
    """The parent's view of one worker process; `events` is the descriptor of its reports."""

    task: Task
    events: int | None
    log: IO[bytes]
    deadline: float
    pid: int | None = None
    text: bytes = b""
    result: Mapping[str, Any] | None = None
    reason: str | None = None
    detail: str = ""
    stopped: bool = False


class _Run:
    """The loop around one nursery. Leaving the context kills what still runs and waits until it is gone."""

    def __init__(
        self,
        count: int,
        preload: tuple[str, ...],
        link: Link | None,
        patience: float | None,
        listener: Listener,
        watch: Watch,
    ) -> None:
        self._count = count
        self._preload = preload
        self._patience = patience
        self._listener = listener
        self._watch = watch
        self._selector = selectors.DefaultSelector()
        self._waiting: list[Task] = []
        self._workers: dict[str, _Worker] = {}
        self._endings: dict[str, Ending] = {}
        self._ready_made = link
        self._link: Link | None = None

    def __enter__(self) -> _Run:
        self._selector.register(self._watch.descriptor, selectors.EVENT_READ, self._watch.drain)
        return self

    def __exit__(self, *_: object) -> None:
        if self._link is not None:
            self._close(self._link)
        for worker in self._workers.values():
            self._forget(worker)
        self._selector.close()

    def all(self, tasks: Sequence[Task], fail_fast: bool) -> dict[str, Ending]:
        """Run all tasks, as many at once as are allowed; the endings by task id."""
        self._waiting = list(tasks)
        while self._waiting or self._workers:
            while len(self._workers) < self._count and (task := self._next()) is not None:
                self._start(task)
            for key, _ in self._selector.select(self._time_left()):
                key.data()
            if self._watch.signal is not None:  # select returned at once: the watch has made it readable
                raise Interrupted(self._watch.signal)
            self._stop_the_silent()
            if not all(ending.done for ending in self._endings.values()):
                self._sort_out(fail_fast)
        return self._endings

    def _next(self) -> Task | None:
        """Take out the first task whose prerequisites are done."""
        for place, task in enumerate(self._waiting):
            if all(name in self._endings and self._endings[name].done for name in task.after):
                return self._waiting.pop(place)
        return None

    def _sort_out(self, fail_fast: bool) -> None:
        """After a failure: end what cannot come any more, or need not. Prerequisites stand before what needs them."""
        spared = {name for task in self._waiting if self._under_way(task) for name in (task.id, *task.after)}
        for task in tuple(self._waiting):
            if failed := self._failed(task):
                if any(name not in self._endings for name in task.after):
                    continue  # until the last of them has ended
                first = min(failed, key=lambda ending: not ending.started)
                ending = Ending(task, {}, first.reason, first.detail, first.started)
            elif fail_fast and task.id not in spared:
                ending = Ending(task, reason="not started: another job failed before it", started=False)
            elif self._is_vain(task):
                ending = Ending(task, reason="not started: what needs it cannot come any more", started=False)
            else:
                continue
            self._waiting.remove(task)
            self._end(ending)

    def _failed(self, task: Task) -> list[Ending]:
        """The prerequisites that have failed."""
        endings = (self._endings.get(name) for name in task.after)
        return [ending for ending in endings if ending and not ending.done]

    def _under_way(self, task: Task) -> bool:
        """Has a prerequisite begun, and none failed?"""
        begun = any(name in self._endings or name in self._workers for name in task.after)
        return begun and not self._failed(task)

    def _is_vain(self, task: Task) -> bool:
        users = [other for other in self._waiting if task.id in other.after]
        return bool(users) and all(self._failed(user) for user in users)

    # The nursery

    def _open(self) -> Link:
        if self._link is None:
            if self._ready_made is not None:
                link, self._ready_made = self._ready_made, None
                link.bring_in(self._preload)
            else:
                link = Link(self._preload)
            self._link = link
            self._selector.register(link.socket, selectors.EVENT_READ, lambda: self._hear(link))
        return self._link

    def _close(self, link: Link) -> str:
        self._selector.unregister(link.socket)
        self._link = None
        return link.close(worker.pid for worker in self._workers.values() if worker.pid is not None)

    def _hear(self, link: Link) -> None:
        messages, alive = link.hear()
        for message in messages:
            worker = self._workers[message.get("began") or message["ended"]]
            if "began" in message:
                worker.pid = message["pid"]
                self._listener.began(worker.task)
            else:
                self._finish(worker, _why(message["status"]))
        if not alive:  # and neither are the workers; the next task gets a new nursery
            last_words = self._close(link)
            for worker in list(self._workers.values()):
                worker.detail += last_words
                self._finish(worker, "the process that starts the workers died; is memory short?")

    # The workers

    def _start(self, task: Task) -> None:
        link = self._open()
        events, theirs = os.pipe()
        os.set_blocking(events, False)
        worker = _Worker(task, events, tempfile.TemporaryFile(), self._deadline())  # noqa: SIM115 - `_forget`
        self._workers[task.id] = worker
        self._selector.register(events, selectors.EVENT_READ, lambda: self._read(worker))
        try:
            results = [dict(self._endings[name].result) for name in task.after]
            data = {**task.data, "after": results} if results else task.data
            link.start(task.id, task.work, data, theirs, worker.log.fileno())
        finally:
            os.close(theirs)

    def _read(self, worker: _Worker) -> bool:
        """Take in what the worker has reported; False when there is no more to come."""
        if worker.events is None:  # forgotten since select returned
            return False
        try:
            data = os.read(worker.events, _CHUNK)
        except BlockingIOError:
            return False
        if not data:
            with contextlib.suppress(KeyError):
                self._selector.unregister(worker.events)
            return False
        worker.deadline = self._deadline()
        *lines, worker.text = (worker.text + data).split(b"\n")
        for line in lines:
            message = json.loads(line)
            if "done" in message:
                self._listener.progress(worker.task, message["done"], message["total"])
            elif "failed" in message:
                worker.reason, worker.detail = message["failed"], message["detail"]
            else:
                worker.result = message["result"]
        return True

    def _finish(self, worker: _Worker, died: str | None) -> None:
        """Take the last words of a dead worker. `died` says how, unless it ended by itself as it should."""
        while self._read(worker):
            pass
        reason = None
        if worker.result is None:  # a result is sent when all is done: no later death can spoil it
            silent = (
                f"no sign of life for {self._patience:g} s, so it was stopped" if worker.stopped else None
            )
            reason = worker.reason or silent or died or "the worker ended without a result"
        detail = worker.detail + tail(worker.log) if reason else ""
        self._forget(self._workers.pop(worker.task.id))
        self._end(Ending(worker.task, worker.result or {}, reason, detail))

    def _end(self, ending: Ending) -> None:
        self._endings[ending.task.id] = ending
        self._listener.ended(ending)

    def _forget(self, worker: _Worker) -> None:
        if worker.events is None:
            return
        with contextlib.suppress(KeyError):
            self._selector.unregister(worker.events)
        os.close(worker.events)
        worker.events = None
        worker.log.close()

    # Patience

    def _deadline(self) -> float:
        return float("inf") if self._patience is None else time.monotonic() + self._patience

    def _time_left(self) -> float | None:
        deadlines = [worker.deadline for worker in self._workers.values() if not worker.stopped]
        first = min(deadlines, default=float("inf"))
        return None if first == float("inf") else max(0.0, first - time.monotonic())

    def _stop_the_silent(self) -> None:
        now = time.monotonic()
        for worker in self._workers.values():
            if worker.deadline <= now and not worker.stopped and self._link is not None:
                worker.stopped = True
                self._link.stop(worker.task.id)


def _why(status: int) -> str | None:
    """A sentence for the wait status of a worker, or None when it ended by itself with 0."""
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        return f"the worker ended with status {code}" if code else None
    name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
    hint = "; is memory short? Fewer --jobs need less" if -code == signal.SIGKILL else ""
    return f"the worker was killed by {name}{hint}"

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
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from scenes.production.errors import Interrupted
from scenes.production.link import Link, tail
from scenes.production.signals import Watch, watch_signals

_CHUNK = 1 << 16


@dataclass(frozen=True)
class Task:
    """One piece of work: the function ``"module:function"`` (a `worker.Work`) and the data it gets."""

    id: str
    work: str
    data: Mapping[str, Any]


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


def run(
    tasks: Sequence[Task],
    *,
    workers: int | None = None,
    preload: Sequence[str] = (),
    patience: float | None = None,
    fail_fast: bool = False,
    listener: Listener | None = None,
    watch: Watch | None = None,
) -> tuple[Ending, ...]:
    """Run the tasks and return their endings, in the order of the tasks.

    workers    how many at once; by default one per core
    preload    modules that every worker finds imported already
    patience   a worker that gives no sign of life for so many seconds is killed; None waits for ever
    fail_fast  start no other task after the first failure
    watch      the signals to heed, where the caller watches them already

    Raises `Interrupted` after SIGINT, SIGTERM or SIGHUP; all workers are dead by then.
    """
    if len({task.id for task in tasks}) != len(tasks):
        raise ValueError("two tasks have the same id")
    if not tasks:
        return ()
    count = min(len(tasks), workers or available_cores())
    with (
        contextlib.nullcontext(watch) if watch else watch_signals() as signals,
        _Run(count, tuple(preload), patience, listener or Listener(), signals) as running,
    ):
        endings = running.all(deque(tasks), fail_fast)
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
        self, count: int, preload: tuple[str, ...], patience: float | None, listener: Listener, watch: Watch
    ) -> None:
        self._count = count
        self._preload = preload
        self._patience = patience
        self._listener = listener
        self._watch = watch
        self._selector = selectors.DefaultSelector()
        self._workers: dict[str, _Worker] = {}
        self._endings: dict[str, Ending] = {}
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

    def all(self, waiting: deque[Task], fail_fast: bool) -> dict[str, Ending]:
        """Run everything that waits, as many at once as are allowed; the endings by task id."""
        while waiting or self._workers:
            while waiting and len(self._workers) < self._count:
                self._start(waiting.popleft())
            for key, _ in self._selector.select(self._time_left()):
                key.data()
            if self._watch.signal is not None:  # select returned at once: the watch has made it readable
                raise Interrupted(self._watch.signal)
            self._stop_the_silent()
            if fail_fast and not all(ending.done for ending in self._endings.values()):
                while waiting:
                    reason = "not started: another job failed before it"
                    self._end(Ending(waiting.popleft(), reason=reason, started=False))
        return self._endings

    # The nursery

    def _open(self) -> Link:
        if self._link is None:
            link = self._link = Link(self._preload)
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
            link.start(task.id, task.work, task.data, theirs, worker.log.fileno())
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

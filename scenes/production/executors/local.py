"""Do tasks side by side on this machine, each in a process of its own: a crash, a kill or a hang costs one task.

`concurrent.futures.ProcessPoolExecutor` gives up every pending task when one worker dies, so this is our own: at most
`workers` processes at once, watched through pipes by one loop. They are forks of the command, which imports first what
several tasks need; a fork takes 5 ms, so that a single still gets one as well.

A server in between, which imports while the command reads the lecture, would begin a film at most 0.18 s sooner (the
first frame comes after 1.37 times the import of Manim, with a server of our own after 1.26), for one more process and
280 lines. The workers of the standard library's forkserver outlive a command that is killed, too, and it imports from
the user's working directory.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import sys
import threading
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import inf
from multiprocessing import get_context
from multiprocessing.connection import Connection, Pipe, wait
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.process import BaseProcess

from scenes.garbage import kept_for_children
from scenes.production.errors import Interrupted

from .order import Order
from .signals import watch_signals
from .task import Ending, Listener, Result, Task
from .worker import kill_group, work_and_exit

_LOG_TAIL = 4000
_CHUNK = 1 << 16


def available_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class LocalExecutor:
    """An `Executor` of processes. Elsewhere than on Linux they begin by importing the script that runs, as all of
    multiprocessing do: it needs its `if __name__ == "__main__"`.

    workers    how many at once; by default one per core
    patience   a worker that gives no sign of life for so many seconds is killed; None waits for ever
    fail_fast  after the first failure, end what is under way and start nothing else
    """

    def __init__(
        self, workers: int | None = None, *, patience: float | None = None, fail_fast: bool = False
    ) -> None:
        self.workers = workers or available_cores()
        self._patience = inf if patience is None else patience
        self._fail_fast = fail_fast

    def run(self, tasks: Sequence[Task], listener: Listener) -> tuple[Ending, ...]:
        order = Order(tasks)

        def end(ending: Ending) -> None:
            order.endings[ending.task.id] = ending
            listener.ended(ending)

        with watch_signals() as watch, _Crew(self._patience) as crew, _brought_in(tasks):
            while order.waiting or crew.workers:
                while len(crew.workers) < self.workers and (task := order.next()) is not None:
                    try:
                        crew.start(task, [order.endings[name].result for name in task.after])
                    except OSError as error:
                        end(Ending(task, reason=f"no worker could be started ({error}); is memory short?"))
                    else:
                        listener.began(task)
                if crew.workers:
                    crew.listen(watch.descriptor, listener, end)
                watch.drain()
                if watch.signal is not None:
                    raise Interrupted(watch.signal)
                if not all(ending.done for ending in order.endings.values()):
                    for ending in order.sort_out(self._fail_fast):
                        listener.ended(ending)
        return tuple(order.endings[task.id] for task in tasks)


@contextlib.contextmanager
def _brought_in(tasks: Sequence[Task]) -> Iterator[None]:
    """Import what several tasks need, once for all. What fails to import, the worker that needs it tells."""
    needed = Counter(name for task in tasks for name in task.preload)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in (name for name, count in needed.items() if count > 1):
            with contextlib.suppress(Exception):
                importlib.import_module(name)
    with kept_for_children():  # of a 720p film in two jobs, 238 MB instead of 258
        yield


def _context() -> ForkContext | SpawnContext:
    """A fork where that is safe: not with other threads of Python, whose locks nobody would release, and not where the
    system's libraries do not expect it. (OpenBLAS, which NumPy brings, does.)
    """
    if sys.platform == "linux" and threading.active_count() == 1:
        return get_context("fork")
    return get_context("spawn")


@dataclass(eq=False)
class _Worker:
    """What the command knows of a worker. `words` are what it has printed, `silent`: it was stopped for that.

    `gone` is a descriptor that can be read once it has ended.
    """

    task: Task
    process: BaseProcess
    pid: int
    gone: int
    events: Connection
    log: Connection
    deadline: float
    result: Result | None = None
    reason: str | None = None
    detail: str = ""
    words: bytes = b""
    silent: bool = False


class _Crew:
    """The workers that live. When its context ends, none does."""

    def __init__(self, patience: float) -> None:
        self.workers: list[_Worker] = []
        self._patience = patience
        self._context = _context()
        self._alive, self._ours = Pipe(duplex=False)  # see `work_and_exit`

    def __enter__(self) -> _Crew:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in tuple(self.workers):
            self._bury(worker)
        self._alive.close()
        self._ours.close()

    def start(self, task: Task, before: Sequence[Result]) -> None:
        """Give a task to a new worker. Raises OSError where there can be none."""
        events, their_events = Pipe(duplex=False)
        log, their_log = Pipe(duplex=False)
        os.set_blocking(log.fileno(), False)
        with their_events, their_log:
            process = self._context.Process(
                target=work_and_exit,
                args=(task, before, their_events, their_log, self._alive, self._ours),
            )
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of threads: see `_context`
                process.start()
        assert process.pid is not None
        with contextlib.suppress(OSError):
            os.setpgid(process.pid, process.pid)
        self.workers.append(
            _Worker(
                task, process, process.pid, _gone(process), events, log, time.monotonic() + self._patience
            )
        )

    def listen(self, also: int, listener: Listener, end: Callable[[Ending], None]) -> None:
        """Wait until a worker or the descriptor `also` has something to say; pass on what the workers have."""
        first = min((worker.deadline for worker in self.workers), default=inf)
        left = None if first == inf else max(0.0, first - time.monotonic())
        ends = [end for w in self.workers for end in (w.gone, w.events, w.log)]
        ready = wait([also, *ends], left)
        for worker in tuple(self.workers):
            died = worker.gone in ready
            if died:
                kill_group(worker.pid)  # what a dead worker started dies with it
            for done, total in self._take_in(worker):
                listener.progress(worker.task, done, total)
            if died:
                end(self._bury(worker))
            elif worker.deadline <= time.monotonic():
                worker.silent, worker.deadline = True, inf
                kill_group(worker.pid)

    def _take_in(self, worker: _Worker) -> Iterator[tuple[int, int]]:
        """Note what a worker has sent and printed since; how far it is."""
        with contextlib.suppress(BlockingIOError):
            while data := os.read(worker.log.fileno(), _CHUNK):
                worker.words = (worker.words + data)[-_LOG_TAIL:]
        with contextlib.suppress(EOFError, OSError):
            while worker.events.poll():
                if not worker.silent:
                    worker.deadline = time.monotonic() + self._patience
                match worker.events.recv():
                    case (int(done), int(total)):
                        yield done, total
                    case (str(reason), str(detail)):
                        worker.reason, worker.detail = reason, detail
                    case result:
                        worker.result = result

    def _bury(self, worker: _Worker) -> Ending:
        """Make sure that a worker is dead, and tell how it ended."""
        kill_group(worker.pid)
        worker.process.join()
        self.workers.remove(worker)
        for end in (worker.events, worker.log):
            end.close()
        if worker.gone != worker.process.sentinel:
            os.close(worker.gone)
        silent = f"no sign of life for {self._patience:g} s, so it was stopped" if worker.silent else None
        reason = None
        if worker.result is None:  # a result is sent when all is done: no later death can spoil it
            reason = worker.reason or silent or _why(worker.process.exitcode)
        detail = worker.detail + worker.words.decode("utf-8", "replace") if reason else ""
        return Ending(worker.task, worker.result or {}, reason, detail)


def _gone(process: BaseProcess) -> int:
    """`_Worker.gone`: the sentinel of multiprocessing is a pipe, which forks of the worker hold open as well."""
    assert process.pid is not None
    with contextlib.suppress(AttributeError, OSError):  # where the system has no such descriptors
        return os.pidfd_open(process.pid)
    return process.sentinel


def _why(status: int | None) -> str:
    """A sentence for the exit status of a worker that came to no result; None where the system does not tell it."""
    if not status:
        return "the worker ended without a result"
    if status > 0:
        return f"the worker ended with status {status}"
    name = signal.Signals(-status).name if -status in set(signal.Signals) else f"signal {-status}"
    hint = "; is memory short? Fewer --jobs need less" if -status == signal.SIGKILL else ""
    return f"the worker was killed by {name}{hint}"

"""One task in one process: do its work, report what happens through a pipe, end."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import NoReturn

from gdcore.base.errors import GdError
from scenes.malloc import one_heap

from .task import Result, Task


def work_and_exit(
    task: Task,
    before: Sequence[Result],
    events: Connection,
    log: Connection,
    alive: Connection,
    parents: Connection,
) -> NoReturn:
    """Do a task in this process, which is a fresh one, and end it.

    To `events` goes (done, total) while it works, and last its result, or its reason to fail and a traceback. All
    that is printed goes to `log`: standard output belongs to the command, which may have promised one JSON document.
    `alive` closes when the command dies, which alone holds `parents`, its other end: then this process goes as well.
    """
    status = 1
    try:
        parents.close()
        _settle(log)
        threading.Thread(target=_die_with_the_command, args=(alive,), daemon=True).start()
        try:
            task.scratch.mkdir(exist_ok=True)
            os.environ["TMPDIR"] = tempfile.tempdir = str(task.scratch)
            events.send(dict(task.work(task.scratch, lambda done, total: events.send((done, total)), before)))
            status = 0
        except BaseException as error:
            events.send((_reason(error), traceback.format_exc()))
        sys.stdout.flush()
    finally:
        os._exit(status)  # not exit(): the command's duties at its end are not this process's


def kill_group(pid: int) -> None:
    """Kill a worker and all that it started, if anything of it is still there."""
    for kill in (os.killpg, os.kill):  # a worker that has only begun to start is no group yet
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)


def _reason(error: BaseException) -> str:
    if isinstance(error, GdError):
        return str(error)
    if isinstance(error, MemoryError):
        return f"out of memory: {error}; try a lower quality or fewer --jobs"
    return f"{type(error).__name__}: {error}"


def _settle(log: Connection) -> None:
    """Make a process of its own of this one: its own group, plain signals, its prints in the log."""
    with contextlib.suppress(
        PermissionError
    ):  # the command does the same: whoever is first, the group exists
        os.setpgid(0, 0)
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (log.fileno(), 1), (log.fileno(), 2)):
        os.dup2(source, target)
    os.close(nothing)
    # Whatever stood in their place belongs to the command.
    sys.stdin = open(0, closefd=False)  # noqa: SIM115
    sys.stdout = sys.stderr = open(1, "w", buffering=1, errors="backslashreplace", closefd=False)  # noqa: SIM115
    faulthandler.enable()
    one_heap()


def _die_with_the_command(alive: Connection) -> None:
    alive.poll(None)
    kill_group(os.getpid())

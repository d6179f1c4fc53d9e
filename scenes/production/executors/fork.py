"""A fork of this process, to be waited for and killed like a program that was started."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import subprocess
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Iterable
from typing import NoReturn

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PAUSE = 0.005  # seconds between two looks at whether it has ended


def may_fork() -> bool:
    """Is a fork of this process safe?

    Not with other threads of Python in it, whose locks nobody would release; and not where the system's libraries do
    not expect it. (OpenBLAS, which NumPy brings, does.)
    """
    return sys.platform == "linux" and threading.active_count() == 1


class Fork:
    """Runs a function in a fork of this process, in a session of its own, with its prints and faults in a log.

    Its ``kill``, ``wait`` and ``returncode`` are those of `subprocess.Popen`.
    """

    def __init__(self, run: Callable[[], object], log: int) -> None:
        self.returncode: int | None = None
        gc.freeze()  # so that the two go on sharing the memory of what is imported
        # A signal between here and there would have the fork unwind the command.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of threads: see `may_fork`
                self._pid = os.fork()
            if self._pid == 0:
                _become(run, log, before)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def kill(self) -> None:
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        """Raises `subprocess.TimeoutExpired`."""
        end = None if timeout is None else time.monotonic() + timeout
        while self.returncode is None:
            try:
                pid, status = os.waitpid(self._pid, 0 if end is None else os.WNOHANG)
            except ChildProcessError:  # whoever started this process has it ignore the ends of children
                pid, status = self._pid, 0
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
            elif end is not None:
                if time.monotonic() > end:
                    raise subprocess.TimeoutExpired("fork", timeout or 0.0)
                time.sleep(_PAUSE)
        return self.returncode


def _become(run: Callable[[], object], log: int, mask: Iterable[int]) -> NoReturn:
    status = 1
    try:
        os.setsid()
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        nothing = os.open(os.devnull, os.O_RDWR)
        for source, target in ((nothing, 0), (nothing, 1), (log, 2)):
            os.dup2(source, target)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        # Whatever stood in their place belongs to the process above. Line by line, as its forks inherit what waits.
        sys.stdin = open(0, closefd=False)  # noqa: SIM115
        sys.stdout, sys.stderr = (
            open(number, "w", buffering=1, errors="backslashreplace", closefd=False)  # noqa: SIM115
            for number in (1, 2)
        )
        if not sys.flags.safe_path:
            del sys.path[:1]  # a numpy.py in the user's working directory is not ours to import
        run()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stderr.flush()
        os._exit(status)

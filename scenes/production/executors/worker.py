"""One task in one process: call the function, report what happens through a pipe, end."""

from __future__ import annotations

import faulthandler
import importlib
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from gdcore.base.errors import GdError

#: Tells the parent how far a task is: parts done and parts in all (of a film: frames).
Progress = Callable[[int, int], None]
#: What a task does: data in, data out, both of the kinds JSON has.
Work = Callable[[Mapping[str, Any], Progress], Mapping[str, Any]]


def work_and_exit(work: str, data: Mapping[str, Any], events: int, log: int) -> NoReturn:
    """Run ``"module:function"`` on `data` in this freshly forked process and end it.

    Lines of JSON go to the descriptor `events`: ``{"done": n, "total": m}`` while it works, and last
    ``{"result": {...}}`` or ``{"failed": reason, "detail": traceback}``. All that is printed goes to `log`:
    standard output belongs to the command, which may have promised one JSON document.
    """
    status = 1
    try:
        _settle(log)
        with os.fdopen(events, "w", encoding="utf-8") as stream:

            def tell(**message: object) -> None:
                stream.write(json.dumps(message) + "\n")
                stream.flush()

            def progress(done: int, total: int) -> None:
                tell(done=done, total=total)

            try:
                tell(result=dict(load(work)(data, progress)))
                status = 0
            except GdError as error:
                tell(failed=str(error), detail=traceback.format_exc())
            except MemoryError as error:
                tell(
                    failed=f"out of memory: {error}; try a lower quality or fewer --jobs",
                    detail=traceback.format_exc(),
                )
            except BaseException as error:
                tell(failed=f"{type(error).__name__}: {error}", detail=traceback.format_exc())
            sys.stdout.flush()
            sys.stderr.flush()
    finally:
        os._exit(status)  # not exit(): the atexit duties of the nursery are not this process's


def load(work: str) -> Work:
    """The function that ``"module:function"`` names."""
    module, _, name = work.partition(":")
    function: Work = getattr(importlib.import_module(module), name)
    return function


def _settle(log: int) -> None:
    """Make a process of its own of a fork: its own group, plain signals, its prints in the log."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if os.getpgrp() != os.getpid():
        os.setpgid(0, 0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(source, target)
    os.close(nothing)
    os.close(log)
    faulthandler.enable()

"""The nursery: one process that has imported what the jobs need, and forks a worker for each task it is sent.

Importing Manim costs most of a second, a fork of a process that has it about five milliseconds. The nursery
only imports: it compiles no Typst and opens no encoder, because threads do not survive a fork.

The parent talks to it over a socket, in lines of JSON:

    -> {"import": ["module", ...]}
       for the workers to come
    -> {"start": id, "work": "module:function", "data": {...}}
       with two descriptors: one for the worker's reports, one for its log
    -> {"stop": id}
       kill that worker and all it started
    <- {"began": id, "pid": pid}
    <- {"ended": id, "status": wait status}

When the socket closes, whatever the reason, every worker is killed and the nursery ends. So a parent that
dies, even by SIGKILL, leaves no process behind. The nursery leads its own session, so Ctrl-C in a terminal
reaches the parent alone and the parent decides.

It is a fork of the parent (`link`), or is run as ``python -m scenes.production.executors.nursery FD [MODULE ...]``.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
from collections import deque
from collections.abc import Sequence
from typing import Any

from scenes.malloc import one_heap
from scenes.production.kinds import RARE
from scenes.production.lazy_import import imported_later

from .groups import kill_group
from .worker import work_and_exit

_CHUNK = 1 << 16
_DESCRIPTORS = 64


class Nursery:
    """The workers of one parent. `serve` returns when the parent is gone, with no worker alive."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._workers: dict[int, str] = {}  # process id -> task id, for every worker not yet reaped
        self._text = b""
        self._descriptors: deque[int] = deque()

    def serve(self) -> None:
        awake, wake = socket.socketpair()
        for end in (awake, wake):
            end.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
        with selectors.DefaultSelector() as selector:
            selector.register(self._control, selectors.EVENT_READ)
            selector.register(awake, selectors.EVENT_READ)
            parent_lives = True
            while parent_lives:
                for key, _ in selector.select():
                    if key.fileobj is awake:
                        awake.recv(_CHUNK)
                    else:
                        parent_lives = self._listen()
                self._reap(os.WNOHANG)
        for pid in self._workers:
            kill_group(pid)
        self._reap(0)

    def _listen(self) -> bool:
        """Obey what the parent has sent; False when it is gone."""
        try:
            data, descriptors, _, _ = socket.recv_fds(self._control, _CHUNK, _DESCRIPTORS)
        except ConnectionError:
            return False
        self._descriptors.extend(descriptors)
        *lines, self._text = (self._text + data).split(b"\n")
        for line in lines:
            message = json.loads(line)
            if "import" in message:
                bring_in(message["import"])
            elif "start" in message:
                self._start(message, self._descriptors.popleft(), self._descriptors.popleft())
            else:
                for pid, task in self._workers.items():
                    if task == message["stop"]:
                        kill_group(pid)
        return bool(data)

    def _start(self, message: dict[str, Any], events: int, log: int) -> None:
        pid = os.fork()
        if pid == 0:
            self._control.close()
            for other in self._descriptors:  # of tasks that are still to start
                os.close(other)
            work_and_exit(message["work"], message["data"], events, log)
        with contextlib.suppress(OSError):  # the worker does the same: whoever is first, the group exists
            os.setpgid(pid, pid)
        os.close(events)
        os.close(log)
        self._workers[pid] = message["start"]
        self._tell({"began": message["start"], "pid": pid})

    def _reap(self, flags: int) -> None:
        while self._workers:
            pid, status = os.waitpid(-1, flags)
            if pid == 0:
                return
            task = self._workers.pop(pid, None)
            kill_group(pid)  # what a dead worker started dies with it
            if task is not None:
                self._tell({"ended": task, "status": status})

    def _tell(self, message: dict[str, object]) -> None:
        with contextlib.suppress(OSError):  # the parent is gone; `serve` finds out by itself
            self._control.sendall(json.dumps(message).encode() + b"\n")


def bring_in(modules: Sequence[str]) -> None:
    """Import modules, for good: the garbage collector neither slows it nor looks at the result ever again."""
    gc.disable()
    with imported_later(RARE):
        missing = [name for name in modules if not _is_there(name)]
    for name in missing:  # if it is what stands in for the rare ones that is in the way
        _is_there(name)
    gc.freeze()  # so the workers go on sharing these pages
    gc.enable()


def _is_there(name: str) -> bool:
    """Import a module. If it cannot be, the worker that needs it says what is wrong with it."""
    try:
        importlib.import_module(name)
    except Exception:
        return False
    return True


def serve(control: socket.socket, modules: Sequence[str]) -> None:
    """Import the modules, and be the nursery at the other end of a socket until that closes."""
    control.set_inheritable(False)
    one_heap()
    os.chdir("/")  # Manim reads a manim.cfg from the working directory while it is imported
    bring_in(modules)
    Nursery(control).serve()


def main(arguments: list[str]) -> None:
    """The first argument is the descriptor of the socket, the others name the modules."""
    serve(socket.socket(fileno=int(arguments[0])), arguments[1:])


if __name__ == "__main__":
    main(sys.argv[1:])

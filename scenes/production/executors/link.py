"""The parent's end of a nursery: start the process, send it tasks, hear what becomes of them."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any

from .fork import Fork, may_fork
from .groups import kill_group
from .nursery import serve

_CHUNK = 1 << 16
_LOG_TAIL = 4000
#: How long the nursery may take to kill its workers and end before it is killed itself, in seconds.
_GRACE = 10.0


class Link:
    """A running nursery. `socket` is readable when it has something to say (see `nursery`).

    A context: it is closed at the end, unless it has been before.
    """

    def __init__(self, preload: Sequence[str], *, fork: bool = False) -> None:
        """`fork`: make it a fork of this process, where that is safe, and share what this one has imported."""
        self.socket, theirs = socket.socketpair()
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - `close` closes it
        self._text = b""
        self._used = False
        with theirs:
            begin = self._fork if fork and may_fork() else self._start_anew
            self._process = begin(theirs, preload)

    def _fork(self, theirs: socket.socket, preload: Sequence[str]) -> Fork:
        def run() -> None:
            self.socket.close()  # else nobody would notice the end of the process above
            serve(theirs, preload)

        return Fork(run, self._log.fileno())

    def _start_anew(self, theirs: socket.socket, preload: Sequence[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            # -P: a numpy.py in the user's working directory is not ours to import.
            [
                sys.executable,
                "-P",
                "-m",
                "scenes.production.executors.nursery",
                str(theirs.fileno()),
                *preload,
            ],
            pass_fds=(theirs.fileno(),),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._log,
            start_new_session=True,
        )

    def __enter__(self) -> Link:
        return self

    def __exit__(self, *_: object) -> None:
        if not self.closed:
            self.close(())

    @property
    def closed(self) -> bool:
        return self.socket.fileno() < 0

    def bring_in(self, modules: Sequence[str]) -> None:
        """Have modules imported for the workers to come."""
        self._send({"import": list(modules)})

    def start(self, task: str, work: str, data: Mapping[str, Any], events: int, log: int) -> None:
        """Have a worker do ``"module:function"`` with its reports to `events` and its prints to `log`."""
        self._used = True
        self._send({"start": task, "work": work, "data": dict(data)}, (events, log))

    def stop(self, task: str) -> None:
        """Have the worker of a task killed. Its end is announced like any other."""
        self._send({"stop": task})

    def hear(self) -> tuple[list[dict[str, Any]], bool]:
        """What the nursery has said since, and whether it still lives."""
        try:
            data = self.socket.recv(_CHUNK)
        except ConnectionError:
            data = b""
        *lines, self._text = (self._text + data).split(b"\n")
        return [json.loads(line) for line in lines], bool(data)

    def close(self, workers: Iterable[int]) -> str:
        """Let the nursery kill its workers, wait until it has ended, and return what it printed.

        `workers` are the process ids known to be alive: a nursery that died could not kill them itself.
        """
        self.socket.close()
        if not self._used:
            self._process.kill()  # it may still import, and has nothing to tidy up
        try:
            self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._used and self._process.returncode:
            for pid in workers:
                kill_group(pid)
        with self._log as log:
            return tail(log)

    def _send(self, message: dict[str, Any], descriptors: Sequence[int] = ()) -> None:
        # A nursery that is gone is found out by `hear`, with all its workers at once.
        with contextlib.suppress(ConnectionError):
            socket.send_fds(self.socket, [json.dumps(message).encode() + b"\n"], descriptors)


def tail(log: IO[bytes]) -> str:
    """The end of a log, which is where it says what went wrong."""
    size = log.seek(0, os.SEEK_END)
    log.seek(max(0, size - _LOG_TAIL))
    return log.read().decode("utf-8", "replace")

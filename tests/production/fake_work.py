"""What the workers of these tests do. Processes import this by name, so it is no test module."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gdcore.base.errors import GdError
from scenes.production.outputs.film import FilmJob

Advance = Callable[[int, int], None]
Result = Mapping[str, Any]
Before = Sequence[Result]


def double(scratch: Path, advance: Advance, before: Before, *, value: int) -> Result:
    advance(1, 2)
    advance(2, 2)
    return {"value": 2 * value, "pid": os.getpid(), "group": os.getpgrp()}


def loaded(scratch: Path, advance: Advance, before: Before, *, module: str) -> Result:
    return {"loaded": module in sys.modules}


def prints(scratch: Path, advance: Advance, before: Before) -> Result:
    sys.stdout.write("to standard output")
    sys.stderr.write("to standard error")
    os.write(1, b"past Python\n")
    return {"input": sys.stdin.read()}


def raises(scratch: Path, advance: Advance, before: Before) -> Result:
    raise KeyError("a fault of the program")


def mistake(scratch: Path, advance: Advance, before: Before) -> Result:
    raise GdError("the user can mend this")


def no_memory(scratch: Path, advance: Advance, before: Before) -> Result:
    raise MemoryError


def cannot_be_told(scratch: Path, advance: Advance, before: Before) -> Result:
    return {"lock": threading.Lock()}


def leaves(scratch: Path, advance: Advance, before: Before) -> Result:
    os.write(2, b"about to leave")
    os._exit(3)


def killed(scratch: Path, advance: Advance, before: Before) -> Result:
    sys.stderr.write("\u00e4 reason\n")
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def aborts(scratch: Path, advance: Advance, before: Before) -> Result:
    os.abort()


def floods(scratch: Path, advance: Advance, before: Before) -> Result:
    """Print more than any pipe holds, then die."""
    for _ in range(2000):
        os.write(2, b"x" * 100)
    os.write(2, b"last words")
    os._exit(3)


def handles(scratch: Path, advance: Advance, before: Before) -> Result:
    """Which signals this process does not take in the plain way."""
    watched = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    return {"odd": [number.name for number in watched if signal.getsignal(number) != signal.SIG_DFL]}


def hangs_deaf(scratch: Path, advance: Advance, before: Before, *, alive: str) -> Result:
    """Hold the pipe `alive` open for writing, with a child that does the same, both deaf to every signal that can be
    ignored, say so and never end.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    leaves_child(scratch, advance, before, alive=alive)
    advance(1, 2)
    while True:
        signal.pause()


def leaves_child(scratch: Path, advance: Advance, before: Before, *, alive: str) -> Result:
    """End well, but leave a child that holds the pipe `alive`."""
    descriptor = os.open(alive, os.O_WRONLY)
    os.set_inheritable(descriptor, True)
    subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"], close_fds=False)
    os.write(descriptor, b"+")
    return {}


def dies_beside_a_fork(scratch: Path, advance: Advance, before: Before) -> Result:
    """Be killed, while a fork of this process lives on and has open all that it had."""
    if os.fork() == 0:
        while True:
            signal.pause()
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("dead")


def waits(scratch: Path, advance: Advance, before: Before) -> Result:
    while True:
        signal.pause()


def meets(scratch: Path, advance: Advance, before: Before, *, first: bool, pipes: list[str]) -> Result:
    """Open two named pipes that another worker opens from the other side: ends only when both run at once."""
    ways = (os.O_WRONLY, os.O_RDONLY) if first else (os.O_RDONLY, os.O_WRONLY)
    for pipe, way in zip(pipes, ways, strict=True):
        os.close(os.open(pipe, way))
    return {}


def result(scratch: Path, advance: Advance, before: Before, *, own: int = 0) -> Result:
    return {"own": own, "before": [found["own"] for found in before]}


@dataclass(frozen=True, kw_only=True)
class FakeFilm(FilmJob):
    """A few bytes stand for a film of twelve frames. The scene's name says what shall happen to it."""

    modules = ()

    def render(self, part: int, parts: int, scratch: Path, advance: Advance, before: Before) -> Result:
        advance(1, 12)
        advance(2, 12)
        if self.scene == "broken":
            raise GdError("this scene cannot be told")
        if self.scene == "hang":
            return hangs_deaf(scratch, advance, before, alive=str(self.lecture.folder.parent / "alive"))
        return {"segments": [f"{self.scene} {part}"]}

    def make(self, scratch: Path, advance: Advance, before: Before) -> Result:
        self.finished(scratch).write_bytes(b"new " + self.scene.encode())
        (scratch / "something else").mkdir()
        if self.scene == "crash":
            os._exit(7)
        segments = [name for part in before for name in part["segments"]]
        return {"seconds": 2.5, "sha256": "of " + self.scene, "segments": segments}

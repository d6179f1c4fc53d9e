"""Notice Ctrl-C and SIGTERM without being torn out of the middle of a step."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from types import FrameType

from scenes.production.errors import Interrupted

_WATCHED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Watch:
    """The first watched signal that came, or None, and a descriptor that is readable when one came."""

    def __init__(self, descriptor: int) -> None:
        self.signal: int | None = None
        self.descriptor = descriptor

    def drain(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.read(self.descriptor, 4096)

    def notice(self, number: int, frame: FrameType | None) -> None:
        self.signal = self.signal or number


_watching: Watch | None = None


@contextlib.contextmanager
def watch_signals() -> Iterator[Watch]:
    """Note SIGINT, SIGTERM and SIGHUP instead of acting on them, until the block ends.

    A signal that the caller ignores (``nohup``) stays ignored. Outside the main thread, where Python does
    not allow handlers, nothing is watched. A block within another shares its watch. Raises `Interrupted` at the
    end of a block that did not do so itself.
    """
    global _watching
    if _watching is not None:
        yield _watching
        return
    readable, writable = os.pipe()
    os.set_blocking(readable, False)
    os.set_blocking(writable, False)
    watch = _watching = Watch(readable)
    before = {}
    wakeup = None
    try:
        if threading.current_thread() is threading.main_thread():
            wakeup = signal.set_wakeup_fd(writable, warn_on_full_buffer=False)
            for number in _WATCHED:
                if signal.getsignal(number) not in (signal.SIG_IGN, None):
                    before[number] = signal.signal(number, watch.notice)
        yield watch
    finally:
        _watching = None
        for number, handler in before.items():
            signal.signal(number, handler)
        if wakeup is not None:
            signal.set_wakeup_fd(wakeup)
        os.close(readable)
        os.close(writable)
    if watch.signal is not None:  # it came too late for the block to see it
        raise Interrupted(watch.signal)

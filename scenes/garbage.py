"""Python's search for garbage, left out for a while. Whoever leaves it out brings it back: in a process that goes on, a
notebook or a server, what nobody finds would fill the memory.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unsearched() -> Iterator[None]:
    """No garbage is searched for meanwhile."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def kept_for_children() -> Iterator[None]:
    """What there is now is left alone, so that processes that are forked meanwhile go on sharing its pages."""
    if gc.get_freeze_count():
        yield
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()

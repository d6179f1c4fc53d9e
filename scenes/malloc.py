"""What the C library keeps of freed memory: pictures take megabytes, so in films it counts. Elsewhere than with glibc
nothing happens.
"""

from __future__ import annotations

import ctypes
from typing import Any

_ARENA_MAX = -8  # M_ARENA_MAX of malloc.h


def one_heap() -> None:
    """Have all threads of this process share one heap.

    By default each takes a heap of its own, and holes in one are no use to the other: of 1080p films a third more.
    To be called before there are threads.
    """
    tune: Any = _function("mallopt")
    if tune is not None:
        tune(_ARENA_MAX, 1)


def give_back() -> None:
    """Return to the system what has been freed."""
    trim: Any = _function("malloc_trim")
    if trim is not None:
        trim(0)


def _function(name: str) -> Any:
    try:
        return getattr(ctypes.CDLL(None), name, None)
    except (OSError, TypeError):  # Windows has no such handle
        return None

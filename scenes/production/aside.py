"""Something worked out by a fork of this process: what it imports and what memory it takes is gone with it.

The command waits for its workers for minutes or hours, and of what reads a lecture file it needs the result alone.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import warnings
from collections.abc import Callable
from typing import TypeVar

from scenes.production.executors.fork import may_fork

_T = TypeVar("_T")


def aside(function: Callable[[], _T]) -> _T:
    """``function()``, whose result can be pickled.

    Where this process may not be forked, or the fork comes to no result, it is called here: so what it raises is
    raised here.
    """
    if may_fork():
        with contextlib.suppress(EOFError, pickle.UnpicklingError):
            result: _T = pickle.loads(_bytes_of_a_fork(function))
            return result
    return function()


def _bytes_of_a_fork(function: Callable[[], object]) -> bytes:
    """The pickled result; less where there is none."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of threads: see `may_fork`
        pid = os.fork()
    if pid == 0:
        try:
            os.close(reading)
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(pickle.dumps(function()))
        except BaseException:
            os._exit(1)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        data = pipe.read()
    with contextlib.suppress(ChildProcessError):  # where this process ignores the ends of its children
        os.waitpid(pid, 0)
    return data

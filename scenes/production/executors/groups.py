"""Groups of processes: a worker and all that it started."""

from __future__ import annotations

import contextlib
import os
import signal


def kill_group(pid: int) -> None:
    """Kill the process group that worker `pid` leads, if it is still there."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)

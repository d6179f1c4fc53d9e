"""Where the benchmarks ran: processor, cores, versions, and how free the cores were."""

from __future__ import annotations

import os
import platform
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path


def load() -> float | None:
    """The machine's load, to be asked for before the benchmarks make their own."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else None


def machine(packages: Sequence[str], before: float | None) -> str:
    """One sentence for the head of a section; `before` is the load at the start."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    busy = "" if before is None else f" Load at the start: {before:.1f}."
    busy += f" Two threads at a time did {_two_threads():.2f} times the work of one."
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {_processor()}, {cores} cores, {platform.system()}, "
        f"Python {platform.python_version()}, {versions}.{busy}"
    )


def version(name: str) -> str:
    try:
        return installed(name)
    except PackageNotFoundError:
        return "not installed"


def _two_threads() -> float:
    """How much more two threads get done than one here and now: 2 on free cores, 1 where others keep them busy."""
    import numpy as np

    def work() -> None:
        numbers = np.ones(2**17)
        for _ in range(4000):
            np.multiply(numbers, 1.0, out=numbers)

    def seconds(count: int) -> float:
        threads = [threading.Thread(target=work) for _ in range(count)]
        begin = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.perf_counter() - begin

    work()
    return 2 * min(seconds(1) for _ in range(3)) / min(seconds(2) for _ in range(3))


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()

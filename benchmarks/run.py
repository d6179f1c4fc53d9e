"""Run the benchmarks: print the tables and write them to benchmarks/RESULTS.md.

    make bench                       everything
    make bench ARGS="--rounds 2"     sooner, with less certainty

What is compared needs `pip install -e '.[bench]'`; what is not installed is left out, and the result says so. Nothing
here uses the network.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "RESULTS.md"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Measure the core beside other ways to do the same.")
    parser.add_argument("--rounds", type=int, default=5, help="how often each way takes its turn (5)")
    parser.add_argument("--output", type=Path, default=RESULTS, help="where to write (benchmarks/RESULTS.md)")
    options = parser.parse_args(arguments)
    if options.rounds < 1:
        parser.error("--rounds must be 1 or more")
    sys.path.insert(0, str(ROOT))
    text = report(options.rounds)
    options.output.write_text(text, encoding="utf-8")
    print(text)
    print(f"Written to {options.output}")
    return 0


def report(rounds: int) -> str:
    """Measure everything; the text of RESULTS.md."""
    from benchmarks.core import grid, growth, single
    from benchmarks.core.measure import HEADER, table

    skipped: set[str] = set()
    before = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    lines = [*single.lines(rounds), *grid.lines(rounds, skipped)]
    parts = [
        "# Results of the benchmarks",
        "Written by `make bench`. The ways to do one thing took turns in one process; ratios are those of single "
        f"rounds, the median of {rounds} and the spread. A ratio above 1 says that ours is faster.",
        _machine(before),
        table(HEADER, [line.cells() for line in lines]),
        "JAX is shown three ways. `jax.jit(vmap(grad(f)))` gives the gradient, and the update follows in Python; the "
        "step may be compiled as a whole; and all 100 steps may be compiled into one program, which is the most that "
        "a compiler can do and is not reached by calls of NumPy.",
        "## Growth",
        table(growth.HEADER, growth.rows(rounds)),
    ]
    if skipped:
        names = ", ".join(sorted(skipped))
        parts.append(f"Skipped, because not installed: {names}. `pip install -e '.[bench]'` installs them.")
    return "\n\n".join(parts) + "\n"


def _machine(load: float | None) -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    versions = ", ".join(f"{name} {_version(name)}" for name in ("numpy", "jax", "jaxlib", "torch"))
    busy = "" if load is None else f" Load at the start: {load:.1f}."
    busy += f" Two threads at a time did {_two_threads():.2f} times the work of one."
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {_processor()}, {cores} cores, {platform.system()}, "
        f"Python {platform.python_version()}, {versions}.{busy}"
    )


def _two_threads() -> float:
    """How much more two threads get done than one here and now: 2 on free cores, 1 where others keep them busy."""
    import threading
    import time

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


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


if __name__ == "__main__":
    sys.exit(main())

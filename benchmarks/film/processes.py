"""Run a command to its end and say what it took: wall time, CPU time and memory of the whole process tree."""

from __future__ import annotations

import compileall
import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys.executable
_PATIENCE = 0.05  # seconds between two looks at a tree of processes
_KIB = 1024 if sys.platform != "darwin" else 1  # the unit of ru_maxrss


class CommandError(Exception):
    """A command that did not end with 0; the message holds the end of what it printed."""


@dataclass(frozen=True)
class Usage:
    """Seconds and bytes. `cpu` holds user and system time of every process of the tree.

    `largest` is the most memory that one process of the tree held. `tree` is the most that all held at a time, what
    they share counted once; None where nobody watched.
    """

    wall: float
    cpu: float
    largest: float = 0.0
    tree: float | None = None


def compile_sources() -> None:
    """Compile what is measured, as pip does with what it installs and Python at a first import."""
    for package in ("benchmarks", "gdcore", "scenes"):
        compileall.compile_dir(ROOT / package, quiet=1)


def environment(more: Mapping[str, str] | None = None, path: Sequence[Path] = ()) -> dict[str, str]:
    """This process's variables, with the benchmarks (and `path` before them) open to import.

    Stock scenes, which nobody compiles in advance, may keep what Python compiles at their first import.
    """
    places = os.pathsep.join(str(place) for place in (*path, ROOT))
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**own, "PYTHONPATH": places, **(more or {})}


def start(command: Sequence[str], folder: Path, env: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a command in `folder`; what it prints goes to log.txt there."""
    with (folder / "log.txt").open("wb") as log:
        return subprocess.Popen(
            command, cwd=folder, env=dict(env), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )


def measure(
    command: Sequence[str], folder: Path, env: Mapping[str, str] | None = None, *, watch: bool = False
) -> Usage:
    """Run a command in `folder`. `watch` looks at the memory of the tree all the time (Linux only).

    The CPU time is the kernel's: that of the process and of all descendants that their parents waited for, which
    every process of ours and of Python's does.
    """
    begin = time.perf_counter()
    process = start(command, folder, env or environment())
    peak = _Peak(process.pid) if watch else None
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        log = (folder / "log.txt").read_text(encoding="utf-8", errors="replace")
        raise CommandError(f"{' '.join(command)} ended with {process.returncode}:\n{log[-2000:]}")
    tree = peak.end() if peak else None
    return Usage(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * _KIB, tree)


class _Peak:
    """Watches the memory of a process and all its descendants from a thread."""

    def __init__(self, pid: int) -> None:
        self._pid, self._bytes, self._over = pid, 0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def end(self) -> float | None:
        self._over.set()
        self._thread.join()
        return self._bytes or None

    def _watch(self) -> None:
        while not self._over.wait(_PATIENCE):
            self._bytes = max(self._bytes, sum(_memory(pid) for pid in tree(self._pid)))


def tree(root: int) -> list[int]:
    """A process and all its living descendants; on systems without /proc, the process alone."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            fields = entry.read_text(errors="replace").rpartition(")")[2].split()
            children.setdefault(int(fields[1]), []).append(int(entry.parent.name))
    found = [root]
    for pid in found:
        found.extend(children.get(pid, ()))
    return found


def cpu_so_far(root: int) -> float:
    """CPU seconds of a living process and its descendants, those they have waited for included (Linux)."""
    ticks = 0
    for pid in tree(root):
        with contextlib.suppress(OSError, ValueError):
            fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
            ticks += sum(int(field) for field in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> int:
    """Bytes a process holds; of pages that several share, its part of them."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0

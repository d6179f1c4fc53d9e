"""From the command typed to the first frame encoded, beside `python -c "import manim"`."""

from __future__ import annotations

import signal
import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.film.lecture import STEEPEST
from benchmarks.film.processes import (
    PYTHON,
    CommandError,
    Usage,
    cpu_so_far,
    environment,
    measure,
    start,
)
from benchmarks.film.rows import Goal, Row, Task, alternate, ratios

HOOK = Path(__file__).resolve().parent / "hook"
WHAT = "start of a film"
MANIM = "python -c 'import manim'"
OURS = "ours: command to first frame encoded"
_LONGEST = 120.0


def starting(folder: Path, rounds: int, quality: str) -> list[Row]:
    """Our command, and the import."""
    tasks: dict[str, Task] = {MANIM: partial(measure, [PYTHON, "-c", "import manim"], folder, environment())}
    tasks[OURS] = partial(first_frame, folder, quality)
    tasks[MANIM]()  # files into the cache of the system
    usages, failed = alternate(tasks, rounds)
    goal = Goal(1.5, False, "at most 1.5 of the import")
    return [
        Row(WHAT, MANIM, usages[MANIM]),
        Row(WHAT, OURS, usages[OURS], ratios(usages[OURS], usages[MANIM]), goal, failed.get(OURS, "")),
    ]


def first_frame(folder: Path, quality: str) -> Usage:
    """Type the true command, wait for the first frame, stop the command. CPU time is that of the tree until then."""
    with TemporaryDirectory(dir=folder) as made:
        noted = Path(made) / "first-frame"
        env = environment({"FIRST_FRAME": str(noted)}, path=[HOOK])
        command = [STEEPEST, "render", "intuition", "--scene", "from-the-right", "-q", quality, "-o", made]
        begin = time.monotonic()
        process = start(command, folder, env)
        try:
            at = None
            while at is None and time.monotonic() - begin < _LONGEST:
                time.sleep(0.005)
                at = _moment(noted)
                if process.poll() is not None and at is None:
                    at = _moment(noted)
                    break
            cpu = cpu_so_far(process.pid) if process.poll() is None else 0.0
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            process.wait()
    if at is None:
        log = (folder / "log.txt").read_text(encoding="utf-8", errors="replace")[-2000:]
        raise CommandError(
            f"{log}\nno first frame was seen: is the encoder opened in another way than av.open?"
        )
    return Usage(at - begin, cpu)


def _moment(noted: Path) -> float | None:
    lines = noted.read_text().splitlines(keepends=True) if noted.exists() else []
    return float(lines[0]) if lines and lines[0].endswith("\n") else None

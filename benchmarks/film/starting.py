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
#: When x264 has the first frame, and when it gives the first one back: it looks some frames ahead before.
TAKEN, GIVEN = "taken", "given"
_WAYS = {TAKEN: "ours: command to first frame in x264", GIVEN: "ours: command to first frame out of x264"}
_LONGEST = 120.0


def starting(folder: Path, rounds: int, quality: str) -> list[Row]:
    """Both moments of our command, and the import."""
    tasks: dict[str, Task] = {MANIM: partial(measure, [PYTHON, "-c", "import manim"], folder, environment())}
    tasks |= {way: partial(first_frame, folder, quality, moment) for moment, way in _WAYS.items()}
    tasks[MANIM]()  # files into the cache of the system
    usages, failed = alternate(tasks, rounds)
    goal = Goal(1.5, False, "at most 1.5 of the import")
    return [
        Row(WHAT, MANIM, usages[MANIM]),
        *(
            Row(WHAT, way, usages[way], ratios(usages[way], usages[MANIM]), goal, failed.get(way, ""))
            for way in _WAYS.values()
        ),
    ]


def first_frame(folder: Path, quality: str, moment: str) -> Usage:
    """Type the true command, wait for the moment, stop the command. CPU time is that of the tree until then."""
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
                at = _moment(noted, moment)
                if process.poll() is not None and at is None:
                    at = _moment(noted, moment)
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


def _moment(noted: Path, moment: str) -> float | None:
    if not noted.exists():
        return None
    for line in noted.read_text().splitlines(keepends=True):
        name, _, value = line.partition(" ")
        if name == moment and line.endswith("\n"):
            return float(value)
    return None

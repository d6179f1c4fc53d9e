"""All scenes of a lecture in two jobs, beside encoding the very same raw frames in two processes."""

from __future__ import annotations

import json
import statistics
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.film.processes import PYTHON, Usage, measure
from benchmarks.film.rows import Goal, Row, Task, alternate, ratios
from scenes.film.manim.session import ENCODER

LECTURE, JOBS = "houses", 2
GOAL, NEXT = 1.8, 1.3
STEEPEST = str(Path(PYTHON).with_name("steepest"))


def lecture(folder: Path, rounds: int, quality: str) -> tuple[list[Row], str]:
    """The rows at both presets, and a sentence about what the next goal would need."""
    with TemporaryDirectory(dir=folder) as made:
        store = Path(made)
        measure([*_floor(), "dump", LECTURE, str(store), "--quality", quality], folder)
        frames = json.loads((store / "about.json").read_text())["frames"]
        tasks: dict[str, Task] = {}
        for preset in (None, "medium"):
            tasks[_name("encoding alone", preset)] = partial(floor, folder, store, preset)
            tasks[_name("ours", preset)] = partial(ours, folder, quality, preset)
        usages, failed = alternate(tasks, rounds)
    what = f"{LECTURE}, {frames} frames, {JOBS} jobs"
    goal = Goal(GOAL, False, f"at most {GOAL:g} of encoding")
    rows, words = [], []
    for preset in (None, "medium"):
        alone, film = _name("encoding alone", preset), _name("ours", preset)
        rows.append(Row(what, alone, usages[alone], instead=failed.get(alone, "")))
        measured = not failed.keys() & {alone, film}
        shares = ratios(usages[film], usages[alone]) if measured else []
        rows.append(Row(what, film, usages[film] if measured else (), shares, goal, failed.get(film, "")))
        if measured:
            words.append(_needed(preset or ENCODER["preset"], usages[film], usages[alone]))
    return rows, " ".join(words)


def _needed(preset: str, ours: list[Usage], alone: list[Usage]) -> str:
    """What 1.3 times the time of encoding would take, from the CPU time that is not encoding."""
    wall, floor_wall = (statistics.median(usage.wall for usage in used) for used in (ours, alone))
    cpu, encoding = (statistics.median(usage.cpu for usage in used) for used in (ours, alone))
    rest, busy = cpu - encoding, cpu / wall
    if wall <= NEXT * floor_wall:
        return (
            f"At `{preset}` ours takes {wall / floor_wall:.2f} times the wall time and {cpu / encoding:.2f} times the CPU "
            f"time of encoding every frame, so it is within {NEXT:g}: what rests is not encoded again."
        )
    allowed = NEXT * floor_wall * busy - encoding
    said = (
        f"At `{preset}`, encoding takes {encoding:.0f} s of CPU time, everything else (painting, handing over, starting, "
        f"proving the files) {rest:.0f} s, {rest / encoding:.2f} times as much, and {busy:.2f} cores are busy. "
    )
    best = NEXT * floor_wall * JOBS - encoding
    return said + (
        f"{NEXT:g} times the time of encoding would leave {max(0.0, allowed):.0f} s for all that as busy as the cores are "
        f"now, {max(0.0, best):.0f} s with {JOBS} busy all the time: it would have to get "
        f"{'faster than nothing' if best <= 0 else f'{rest / best:.1f} times faster'}."
    )


def ours(folder: Path, quality: str, preset: str | None) -> Usage:
    """The true command; with a preset of its own, the same production without the command line."""
    with TemporaryDirectory(dir=folder) as output:
        if preset is None:
            command = [STEEPEST, "render", LECTURE, "-q", quality, "--jobs", str(JOBS), "-o", output]
        else:
            command = [PYTHON, "-m", "benchmarks.film.production", LECTURE, output]
            command += ["--quality", quality, "--jobs", str(JOBS), "--preset", preset]
        return measure(command, folder)


def floor(folder: Path, store: Path, preset: str | None) -> Usage:
    """Encoding alone: no start, no reading."""
    measure([*_floor(), "encode", str(store), *(["--preset", preset] if preset else [])], folder)
    told = json.loads((folder / "log.txt").read_text().strip().splitlines()[-1])
    return Usage(told["wall"], told["cpu"])


def _floor() -> list[str]:
    return [PYTHON, "-m", "benchmarks.film.floor", "--jobs", str(JOBS)]


def _name(way: str, preset: str | None) -> str:
    return f"{way}, preset {preset or ENCODER['preset'] + ' as shipped'}"

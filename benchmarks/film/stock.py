"""The surface and the tangent scene beside stock tools."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from benchmarks.film.display import screen
from benchmarks.film.ours import CASES
from benchmarks.film.processes import PYTHON, ROOT, Usage, environment, measure
from benchmarks.film.rows import Goal, Row, Task, beside_ours

STOCK = ROOT / "benchmarks" / "stock"
OPENGL = "stock Manim, OpenGL by software"
CAIRO = "stock Manim, Cairo"


def surface(folder: Path, rounds: int, seconds: float | None) -> list[Row]:
    """Ours at both presets, stock Manim in both renderers, Matplotlib."""
    frames = _frames("surface", seconds)
    with screen() as (variables, drawn_by):
        tasks: dict[str, Task] = {
            "ours, as shipped": partial(ours, "surface", folder, seconds),
            "ours, one job": partial(ours, "surface", folder, seconds, "--jobs", "1"),
            "ours, preset medium": partial(ours, "surface", folder, seconds, "--preset", "medium"),
            CAIRO: partial(manim, "surface", "StockSurface", folder, seconds),
            "Matplotlib plot_surface, PyAV": partial(matplotlib, folder, seconds),
        }
        if variables is not None:
            tasks[OPENGL] = partial(
                manim, "surface", "StockSurface", folder, seconds, ("--renderer=opengl",), variables
            )
        goals = {
            CAIRO: Goal(10, True, "10 times"),
            "Matplotlib plot_surface, PyAV": Goal(2, True, "2 times"),
            OPENGL: Goal(1.5, True, "1.5 times"),
        }
        rows = beside_ours(f"surface, {frames} frames", tasks, rounds, goals)
    if variables is None:
        rows.append(Row(f"surface, {frames} frames", OPENGL, instead=drawn_by))
    return rows


def tangent(folder: Path, rounds: int, seconds: float | None) -> list[Row]:
    """Ours, and stock Manim with numbers in its quick way and in its usual one."""
    quick, usual = f"{CAIRO}, DecimalNumber", f"{CAIRO}, Text every frame"
    tasks: dict[str, Task] = {
        "ours, as shipped": partial(ours, "tangent", folder, seconds),
        "ours, one job": partial(ours, "tangent", folder, seconds, "--jobs", "1"),
        quick: partial(manim, "tangent", "StockTangent", folder, seconds),
        usual: partial(manim, "tangent", "StockTangentText", folder, seconds),
    }
    goal = Goal(2, True, "2 times")
    return beside_ours(
        f"tangent, {_frames('tangent', seconds)} frames", tasks, rounds, {quick: goal, usual: goal}
    )


def _frames(case: str, seconds: float | None) -> int:
    return round(60 * (seconds or CASES[case][3]))


def ours(case: str, folder: Path, seconds: float | None, *more: str) -> Usage:
    """In two jobs unless `more` says otherwise, as the command does it on two cores."""
    command = [PYTHON, "-m", "benchmarks.film.ours", case, str(folder / "ours.mp4"), *more]
    command += ["--seconds", str(seconds)] if seconds else []
    return measure(command, folder)


def manim(
    module: str,
    scene: str,
    folder: Path,
    seconds: float | None,
    options: tuple[str, ...] = (),
    variables: Mapping[str, str] | None = None,
    *,
    watch: bool = False,
) -> Usage:
    """Stock Manim as it ships, except that it asks no server for a newer version of itself (`--silent`)."""
    command = [PYTHON, "-m", "manim", "render", "--silent", "-qh", "--format", "mp4", "--disable_caching"]
    command += ["--progress_bar", "none", "--media_dir", str(folder / "media"), *options]
    command += [str(STOCK / f"{module}.py"), scene]
    return measure(command, folder, environment({**_shortened(seconds), **(variables or {})}), watch=watch)


def matplotlib(folder: Path, seconds: float | None) -> Usage:
    command = [PYTHON, str(STOCK / "plot_surface.py"), str(folder / "plot.mp4")]
    return measure(command, folder, environment(_shortened(seconds)))


def _shortened(seconds: float | None) -> dict[str, str]:
    return {"STOCK_SECONDS": str(seconds)} if seconds else {}

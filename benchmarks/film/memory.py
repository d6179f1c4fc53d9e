"""The memory of one 1080p60 scene: the true command beside stock Manim."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.core.measure import table
from benchmarks.film.lecture import STEEPEST
from benchmarks.film.processes import CommandError, Usage, measure
from benchmarks.film.stock import CAIRO, manim

HEADER = ["scene", "way", "largest process MB", "whole tree MB", "of stock (largest, tree)", "goal"]
_GOAL = 0.5
_MEGA = 1e6


def memory(folder: Path, seconds: float | None, quality: str) -> str:
    """A table of its own: what is compared are bytes. One round: memory hardly differs from one to the next."""
    rows = []
    for case, scene, lecture, name in (
        ("surface", "StockSurface", "houses", "surface"),
        ("tangent", "StockTangent", "intuition", "from-the-right"),
    ):
        try:
            stock = partial(manim, case, scene, folder, seconds, watch=True)()
            ours = _ours(folder, lecture, name, quality)
        except CommandError as error:
            rows.append([case, "failed", "", "", "", str(error).splitlines()[-1][:80]])
            continue
        rows.append([case, CAIRO, *_megabytes(stock), "", ""])
        largest = ours.largest / stock.largest
        tree = ours.tree / stock.tree if ours.tree and stock.tree else None
        worst = max(largest, tree or 0.0)
        verdict = "met" if worst <= _GOAL else "missed"
        both = f"{largest:.2f}, {tree:.2f}" if tree else f"{largest:.2f}"
        rows.append([case, "ours, whole scene, one job", *_megabytes(ours), both, f"at most half: {verdict}"])
    return table(HEADER, rows)


def _ours(folder: Path, lecture: str, scene: str, quality: str) -> Usage:
    with TemporaryDirectory(dir=folder) as made:
        command = [STEEPEST, "render", lecture, "--scene", scene, "-q", quality, "--jobs", "1", "-o", made]
        return measure(command, folder, watch=True)


def _megabytes(used: Usage) -> list[str]:
    return [f"{used.largest / _MEGA:.0f}", f"{used.tree / _MEGA:.0f}" if used.tree else "not seen"]

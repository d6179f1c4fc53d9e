"""The table 'Where the time goes'."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.core.measure import table
from benchmarks.film.parts import KINDS, PAINTING, PARTS
from benchmarks.film.processes import PYTHON, CommandError, measure

HEADER = ["scene kind", "frames", "painting", *PARTS, "all ms", "painting / encoding"]


def where_the_time_goes(folder: Path, quality: str, frames: int | None) -> str:
    """Milliseconds a frame for every scene kind, moving and resting, with a line of explanation."""
    rows = []
    for kind in KINDS:
        command = [PYTHON, "-m", "benchmarks.film.parts", kind, "--quality", quality]
        command += ["--frames", str(frames)] if frames else []
        try:
            measure(command, folder)
        except CommandError as error:
            rows.append([kind, "failed", str(error).splitlines()[-1][:80], *[""] * (len(HEADER) - 3)])
            continue
        told = json.loads((folder / "log.txt").read_text().strip().splitlines()[-1])
        for state in ("moving", "resting"):
            ms = told[state]["ms"]
            painting = sum(ms[part] for part in PAINTING)
            ratio = painting / ms["encoding"] if ms["encoding"] else 0.0
            rows.append(
                [
                    f"{kind}, {state}",
                    f"{told[state]['frames']:,}",
                    *(f"{value:.2f}" for value in (painting, *(ms[part] for part in PARTS))),
                    f"{sum(ms.values()):.1f}",
                    f"{ratio:.2f}",
                ]
            )
    words = (
        "Milliseconds a frame at the shipped preset, one thread, one part after the other, the first scene of each kind "
        "in the shipped lectures. 'Computing' is what a picture works out between its marks; 'mesh' is the handing over "
        "and shading of the surface. A resting picture is painted and converted once for all its frames, and encoded for "
        "the first of them only."
    )
    return words + "\n\n" + table(HEADER, rows)

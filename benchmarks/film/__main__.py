"""Measure films beside other ways to make them; print the tables and write them to benchmarks/RESULTS.md.

    make bench-film                                  everything (about an hour)
    make bench-film ARGS="--only surface,start"      some rows; the table then says what is left out
    make bench-film ARGS="--rounds 1 --quick"        half a second of each stock scene, 480p: tries the driver only

Nothing here uses the network.
"""

from __future__ import annotations

import argparse
import platform
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.core.measure import table
from benchmarks.film import stock
from benchmarks.film.display import screen
from benchmarks.film.lecture import lecture
from benchmarks.film.memory import memory
from benchmarks.film.processes import compile_sources
from benchmarks.film.rows import HEADER, Row
from benchmarks.film.starting import starting
from benchmarks.film.whereabouts import where_the_time_goes
from benchmarks.machine import load, machine
from benchmarks.results import RESULTS, write_section
from scenes.film.manim.session import encoder

SECTION = "Films"
GROUPS = ("surface", "tangent", "houses", "start", "memory", "parts")
_QUICK_SECONDS, _QUICK_FRAMES = 0.5, 200


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="how often each way takes its turn (3)")
    parser.add_argument("--only", default=",".join(GROUPS), help=f"some of {','.join(GROUPS)}")
    parser.add_argument("--quick", action="store_true", help="short and small, to try the driver")
    parser.add_argument("--output", type=Path, help="where to write (benchmarks/RESULTS.md)")
    parser.add_argument("--scratch", type=Path, help="a folder with 30 GB to spare (the system's own)")
    options = parser.parse_args(arguments)
    chosen = options.only.split(",")
    if options.rounds < 1:
        parser.error("--rounds must be 1 or more")
    if unknown := set(chosen) - set(GROUPS):
        parser.error(f"--only: there is no {', '.join(sorted(unknown))}; allowed are {', '.join(GROUPS)}")
    output = options.output or (None if options.quick else RESULTS)
    with TemporaryDirectory(prefix="steepest-bench-", dir=options.scratch) as folder:
        text = report(Path(folder), chosen, options.rounds, options.quick)
    print(text)
    if output is None:
        print("Not written: a quick run means nothing. --output FILE writes it there.")
    else:
        write_section(output, SECTION, text)
        print(f"Written to {output}")
    return 0


def report(folder: Path, chosen: list[str], rounds: int, quick: bool) -> str:
    """Measure the chosen groups; the text of the section."""
    before = load()
    compile_sources()
    seconds, quality, frames = (_QUICK_SECONDS, "l", _QUICK_FRAMES) if quick else (None, "h", None)
    rows: list[Row] = []
    needed = ""
    if "surface" in chosen:
        rows += stock.surface(folder, rounds, seconds)
    if "tangent" in chosen:
        rows += stock.tangent(folder, rounds, seconds)
    if "houses" in chosen:
        made, needed = lecture(folder, rounds, quality)
        rows += made
    if "start" in chosen:
        rows += starting(folder, rounds, quality)
    parts = [
        "Written by `make bench-film`." + _shortened(chosen, quick),
        f"Films of 1080p at 60 frames a second. Wall time and CPU time are those of whole commands with all their "
        f"processes, from start to end, the median of {rounds} rounds in which the ways took turns. The ratio of a stock "
        "tool says how many times longer it takes than ours as shipped; the ratio of ours to encoding or to an import "
        "is ours divided by that. 'Encoding alone' hands the very same raw frames, painted beforehand, to the same "
        "encoder in two processes, every frame of a resting picture, too; reading them back and starting is not counted "
        "there, all of ours is here. Ours encodes the first 16 frames of a rest, and from then on says 'as before'. "
        f"Ours as shipped: x264, {', '.join(f'{key} {value}' for key, value in encoder().items())}; stock tools as they "
        "ship (preset medium, crf 23). Of the surface, 60 × 60 cells on every side but stock Manim's 30 × 30, ours paints two "
        "by two cells as one where the picture stays the same to a quarter of a pixel and two shades "
        "(scenes/widgets/space/facets.py). Its workers leave SciPy and NetworkX, which Manim imports, until something uses them "
        "(scenes/film/lazy_import.py); the import beside it has both.",
        machine(("steepest", "manim", "av", "pycairo", "matplotlib", "numpy"), before) + " " + _libraries(),
    ]
    if rows:
        parts.append(table(HEADER, [row.cells() for row in rows]))
    if needed:
        parts += [f"### What {1.3:g} times the time of encoding would need", needed]
    if "memory" in chosen:
        parts += ["### Memory of one scene", _MEMORY, memory(folder, seconds, quality)]
    if "parts" in chosen:
        parts += ["### Where the time goes", where_the_time_goes(folder, quality, frames)]
    return "\n\n".join(parts) + "\n"


_MEMORY = (
    "The most that was held at a time, by the largest process and by the whole tree of the command. Of pages that "
    "several processes share, the tree's sum counts each once."
)


def _shortened(chosen: list[str], quick: bool) -> str:
    said = ""
    if quick:
        said = f" A QUICK RUN: {_QUICK_SECONDS:g} s of each stock scene, the others at 480p; the figures mean nothing."
    missing = [group for group in GROUPS if group not in chosen]
    return said + (f" Not measured this time: {', '.join(missing)}." if missing else "")


def _libraries() -> str:
    """Versions of what is not a Python package."""
    import av
    import cairo

    said = ", ".join(f"{name} {'.'.join(map(str, v))}" for name, v in sorted(av.library_versions.items()))
    with screen() as (_, drawn_by):
        mesa = drawn_by
    return f"cairo {cairo.cairo_version_string()}; FFmpeg's {said}; OpenGL: {mesa}; {platform.libc_ver()[0]} {platform.libc_ver()[1]}."


if __name__ == "__main__":
    sys.exit(main())

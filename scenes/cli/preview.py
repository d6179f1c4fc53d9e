"""steepest preview: one still of a scene."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import click

from . import shared


@click.command()
@shared.lecture_argument
@click.option("--scene", metavar="NAME", help="Which scene.  [default: the only one]")
@click.option("--at", type=float, metavar="SECONDS", help="Which moment.  [default: the last pause]")
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to write the PNG: a file, or a folder as for `render`.  [default: output/<lecture>/NN-<scene>.png]",
)
@shared.folder_option
@shared.picture_options
@shared.timeout_option
@shared.json_option
@shared.debug
def preview(
    lecture: str,
    scene: str | None,
    at: float | None,
    file: Path | None,
    folder: Path,
    timeout: float,
    as_json: bool,
    **wanted: Any,
) -> None:
    """Draw one still of a scene, quickly.

    LECTURE is the name of a shipped lecture (see `steepest list lectures`) or the path of a lecture file.
    `steepest check LECTURE --beats` lists the scenes and their moments.

    \b
    steepest preview houses --scene surface --at 12.5
    steepest preview mine.yaml --scene tangent -q l -o tangent.png
    """
    gc.disable()  # a still is done before there is much garbage: 0.05 s of 0.6
    from scenes.production.options import options_for
    from scenes.production.outputs.still import StillJob
    from scenes.production.rehearsal import Rehearsal

    from .run_jobs import make, read, say_warnings

    file, folder = shared.place(file, folder, ".png")
    options = options_for(output=folder, **wanted)
    read_lecture = read(lecture)
    planned = StillJob.plan(read_lecture, options, scene=scene, at=at, file=file)
    # What cannot be told is refused before a worker starts, as `check` does.
    say_warnings(Rehearsal(read_lecture, (planned[0].story(),)))
    make(planned, timeout=timeout, as_json=as_json)

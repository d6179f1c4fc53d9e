"""steepest preview: one still of a scene."""

from __future__ import annotations

from typing import Any

import click

from scenes.garbage import unsearched

from . import numerals, shared, values
from .targets import Target


@click.command()
@shared.lecture_argument
@click.option("--scene", metavar="NAME", help="Which scene.  [default: the only one]")
@click.option(
    "--at",
    type=numerals.SecondsType(),
    callback=values.no_nan,
    metavar="SECONDS",
    help="Which moment.  [default: the last pause]",
)
@shared.output_option(
    ".png",
    about="Where to write: a file ending in .png, or a folder as for `render`.  "
    "[default: output/<lecture>/NN-<scene>.png]",
)
@shared.folder_option
@shared.picture_options
@shared.timeout_option
@shared.json_option
@shared.debug
@unsearched()  # a still is done before there is much garbage: 0.05 s of 0.6
def preview(
    lecture: str,
    scene: str | None,
    at: float | None,
    target: Target | None,
    folder: Target,
    timeout: float,
    as_json: bool,
    **wanted: Any,
) -> None:
    """Draw one still of a scene, quickly.

    LECTURE is the name of a shipped lecture (see `steepest list lectures`) or the path of a lecture file.
    `steepest check LECTURE --beats` lists the scenes and their moments.

    \b
    steepest preview houses --scene surface --at 12.5
    steepest preview intuition --scene overshoot -q l -o overshoot.png
    """
    from scenes.production.options import options_for
    from scenes.production.outputs.still import StillJob

    from .run_jobs import make, read, say_warnings

    target = target or folder
    options = options_for(output=target.folder, **wanted)
    read_lecture = read(lecture)
    planned = (still,) = StillJob.plan(read_lecture, options, scene=scene, at=at, file=target.file)
    # What cannot be told is refused before a worker starts, as `check` does.
    say_warnings(still.rehearsal)
    still.moment(still.story())
    make(planned, timeout=timeout, as_json=as_json)

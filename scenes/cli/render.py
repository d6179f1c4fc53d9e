"""steepest render: films of a lecture."""

from __future__ import annotations

from typing import Any

import click

from . import shared
from .targets import Target


@click.command()
@shared.lecture_argument
@click.option("--scene", "scenes", multiple=True, metavar="NAME", help="Only this scene; may be repeated.")
@shared.picture_options
@shared.rate_option
@shared.brief_option
@shared.output_option(
    ".mp4",
    default="output",
    about="A folder, in which each lecture gets one of its own; for one scene also a file ending in .mp4.",
)
@shared.job_options
@click.option("-p", "--open", "then_open", is_flag=True, help="Open the result when it is done.")
@shared.json_option
@shared.debug
def render(
    lecture: str,
    scenes: tuple[str, ...],
    brief: bool,
    jobs: int | None,
    timeout: float,
    target: Target,
    then_open: bool,
    as_json: bool,
    **wanted: Any,
) -> None:
    """Render the films of a lecture, one for each scene.

    LECTURE is the name of a shipped lecture (see `steepest list lectures`) or the path of a lecture file.
    The films go to PATH/<lecture>/NN-<scene>.mp4, with a manifest.json beside them.

    \b
    steepest render houses -q l
    steepest render houses --scene surface -o surface.mp4 -p
    steepest render houses --brief -o short/
    """
    from scenes.production.options import options_for
    from scenes.production.outputs.film import FilmJob
    from scenes.production.rehearsal import rehearse

    from .run_jobs import make, read, say_warnings, show_to_user

    options = options_for(output=target.folder, **wanted)
    read_lecture = read(lecture, brief=brief)
    planned = FilmJob.plan(read_lecture, options, scenes=scenes, file=target.file)
    say_warnings(rehearse(read_lecture, scenes))
    made = make(planned, workers=jobs, timeout=timeout, as_json=as_json)
    if then_open:
        show_to_user(made)

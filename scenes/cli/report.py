"""steepest report: the PDF of a lecture."""

from __future__ import annotations

from typing import Any

import click

from . import shared
from .targets import Target


@click.command()
@shared.lecture_argument
@shared.output_option(
    ".pdf",
    about="Where to write: a file ending in .pdf, or a folder as for `render`.  "
    "[default: output/<lecture>/<lecture>.pdf]",
)
@shared.folder_option
@shared.paper_options
@shared.timeout_option
@shared.json_option
@shared.debug
def report(
    lecture: str, target: Target | None, folder: Target, timeout: float, as_json: bool, **wanted: Any
) -> None:
    """Write the PDF report of a lecture.

    It holds the key frames, the worked-example tables and a verdict on every run. LECTURE is the name of a shipped lecture (see `steepest list lectures`) or the path of a lecture file.

    \b
    steepest report houses
    steepest report park --paper letter --print -o handout.pdf
    """
    from scenes.production.options import options_for
    from scenes.production.outputs.report import ReportJob
    from scenes.production.rehearsal import rehearse

    from .run_jobs import make, read, say_warnings

    target = target or folder
    options = options_for(output=target.folder, **wanted)
    read_lecture = read(lecture)
    planned = ReportJob.plan(read_lecture, options, file=target.file)
    say_warnings(rehearse(read_lecture))
    make(planned, timeout=timeout, as_json=as_json)

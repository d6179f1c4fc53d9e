"""steepest report: the PDF of a lecture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from . import shared


@click.command()
@shared.lecture_argument
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to write it: a file, or a folder as for `render`.  [default: output/<lecture>/<lecture>.pdf]",
)
@shared.folder_option
@shared.paper_options
@shared.timeout_option
@shared.json_option
@shared.debug
def report(
    lecture: str, file: Path | None, folder: Path, timeout: float, as_json: bool, **wanted: Any
) -> None:
    """Write the PDF report of a lecture.

    It holds the key frames, the worked-example tables and a verdict on every run. LECTURE is the name of a shipped lecture (see `steepest list lectures`) or the path of a lecture file.

    \b
    steepest report houses
    steepest report mine.yaml --paper letter --print -o handout.pdf
    """
    from scenes.production.options import options_for
    from scenes.production.outputs.report import ReportJob
    from scenes.production.rehearsal import rehearse

    from .run_jobs import make, read, say_warnings

    file, folder = shared.place(file, folder, ".pdf")
    options = options_for(output=folder, **wanted)
    read_lecture = read(lecture)
    planned = ReportJob.plan(read_lecture, options, file=file)
    say_warnings(rehearse(read_lecture))
    make(planned, timeout=timeout, as_json=as_json)

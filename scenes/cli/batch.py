"""steepest batch: films and reports of many lectures."""

from __future__ import annotations

from typing import Any

import click

from . import shared
from .group import debugging
from .targets import Target


@click.command()
@shared.lectures_argument
@shared.picture_options
@shared.rate_option
@shared.brief_option
@shared.paper_options
@shared.output_option(default="output", about="Where results go: each lecture gets a folder in it.")
@shared.job_options
@click.option(
    "--keep-going/--fail-fast",
    default=True,
    show_default=True,
    help="After a failure, make the rest or start nothing more.",
)
@click.option("--dry-run", is_flag=True, help="Only say which files would be made.")
@shared.json_option
@shared.debug
def batch(
    lectures: tuple[str, ...],
    brief: bool,
    jobs: int | None,
    timeout: float,
    target: Target,
    keep_going: bool,
    dry_run: bool,
    as_json: bool,
    **wanted: Any,
) -> None:
    """Make the films and reports of many lectures.

    A file that cannot be made does not keep the others from being made; the status is 1 then.

    \b
    steepest batch houses park -q m --jobs 4
    steepest batch houses park -o course/ --dry-run
    """
    from scenes.production.options import options_for
    from scenes.production.plan import plan_batch
    from scenes.production.rehearsal import rehearse_all

    from .document import say_document
    from .run_jobs import make, say_warnings, show_plan

    options = options_for(output=target.folder, **wanted)
    good, bad = rehearse_all(lectures, brief=brief)
    for failure in bad:
        click.echo(failure.reason, err=True)
        if failure.detail and debugging(click.get_current_context()):
            click.echo(failure.detail, err=True)
    failures = [failure.as_data() for failure in bad]
    if bad and (not keep_going or not good):
        if as_json:
            say_document({"schema": 1, "outputs": failures})
        click.get_current_context().exit(2)
    for rehearsal in good:
        say_warnings(rehearsal)
    planned = plan_batch([rehearsal.lecture for rehearsal in good], options)
    if dry_run:
        show_plan(planned, as_json, failures)
        click.get_current_context().exit(1 if bad else 0)
    make(
        planned,
        workers=jobs,
        timeout=timeout,
        fail_fast=not keep_going,
        as_json=as_json,
        failures=failures,
    )

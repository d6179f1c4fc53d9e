"""steepest doctor: is this machine able?"""

from __future__ import annotations

import click

from . import shared
from .targets import Target


@click.command()
@shared.output_option(default="output", about="The folder that results go to.", checked=False)
@shared.json_option
@shared.debug
def doctor(target: Target, as_json: bool) -> None:
    """Look whether this machine can render.

    Looked at are libraries, encoder, fonts, cores, disk and output folder. Every line that fails says the
    mend; the status is 1 then.

    \b
    steepest doctor
    """
    from scenes.production.machine import examine

    from .document import say_document

    findings = examine(target.folder)
    if as_json:
        say_document({"schema": 1, "checks": [finding.as_data() for finding in findings]})
    else:
        for finding in findings:
            mend = "" if finding.ok else f"; {finding.mend}"
            click.echo(f"{'ok  ' if finding.ok else 'FAIL'}  {finding.name}: {finding.found}{mend}")
    if not all(finding.ok for finding in findings):
        click.get_current_context().exit(1)

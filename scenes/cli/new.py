"""steepest new: a lecture to start from."""

from __future__ import annotations

import shlex

import click

from . import shared
from .group import Mistake
from .targets import Target, TargetType


@click.command()
@click.argument("target", type=TargetType(".yaml", folders=False), metavar="FILE")
@shared.debug
def new(target: Target) -> None:
    """Write a commented starter lecture that renders as it stands.

    FILE must end in .yaml and must not exist yet; in a folder it is called lecture.yaml.

    \b
    steepest new mine.yaml
    """
    from gdcore.base.files import write_atomically
    from scenes.lecture.starter import starter

    file = target.called("lecture.yaml")
    if file.exists() or file.is_symlink():
        raise Mistake(f"FILE: {file} exists and is left as it is; choose another name")
    write_atomically(target.made(file.name), starter(file.stem).encode())
    click.echo(file)
    click.echo(f"next: steepest render {shlex.quote(str(file))} -q l", err=True)

"""steepest new: a lecture to start from."""

from __future__ import annotations

from pathlib import Path

import click

from . import shared
from .group import Mistake


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@shared.debug
def new(file: Path) -> None:
    """Write a commented starter lecture that renders as it stands.

    FILE must end in .yaml and must not exist yet.

    \b
    steepest new mine.yaml
    """
    from gdcore.base.files import write_atomically
    from scenes.lecture.starter import starter

    if file.suffix != ".yaml":
        raise Mistake(
            f"FILE: {str(file)!r} does not end in .yaml, and no ending is added for you; "
            f"try `steepest new {file.with_suffix('.yaml')}`"
        )
    if file.exists() or file.is_symlink():
        raise Mistake(f"FILE: {file} exists and is left as it is; choose another name")
    write_atomically(file, starter(file.stem).encode())
    click.echo(file)
    click.echo(f"next: steepest render {_as_path(file)} -q l", err=True)


def _as_path(file: Path) -> str:
    """How to type the file so that it is not taken for a shipped lecture: its suffix does that."""
    return f'"{file}"' if " " in str(file) else str(file)

"""What render, report, batch and preview do after they have planned: make the files and say what came of it."""

from __future__ import annotations

import importlib
import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .group import debugging

if TYPE_CHECKING:
    from scenes.lecture.model import Lecture
    from scenes.production.executors.link import Link
    from scenes.production.plan import Job
    from scenes.production.produce import Output


def read(text: str) -> Lecture:
    """The lecture that a user means by a bare name or a path."""
    from scenes.production.aside import aside

    return aside(partial(_read, text))


def _read(text: str) -> Lecture:
    from scenes.lecture.read import read_lecture
    from scenes.lecture.shipped import find_lecture

    return read_lecture(find_lecture(text))


def processes(*kinds: str) -> Link:
    """Start the process that the workers are forked from: it imports what they need while the lecture is read.

    It ends with the command.
    """
    from scenes.production.executors.link import Link
    from scenes.production.kinds import PRELOAD, SHARED

    for name in SHARED:  # for both: once
        importlib.import_module(name)
    modules = dict.fromkeys(name for kind in kinds for name in PRELOAD[kind])
    return click.get_current_context().with_resource(Link(tuple(modules), fork=True))


def make(
    jobs: Sequence[Job],
    link: Link,
    *,
    workers: int | None,
    timeout: float,
    fail_fast: bool = False,
    as_json: bool = False,
    failures: Sequence[dict[str, object]] = (),
) -> tuple[Output, ...]:
    """Make the files of all jobs, print their paths, and end the command with 1 where one failed.

    `failures` are of lectures that could not even be planned: they count, and stand in the JSON document.
    """
    from scenes.production.produce import produce

    from .progress import Progress

    with Progress(jobs, debug=debugging(click.get_current_context())) as progress:
        outputs = produce(
            jobs, workers=workers, patience=timeout, fail_fast=fail_fast, watcher=progress, link=link
        )
    if as_json:
        say_json({"schema": 1, "outputs": [*failures, *(output.as_data() for output in outputs)]})
    else:
        for output in outputs:
            if output.done:
                click.echo(output.job.output)
    if failures or not all(output.done for output in outputs):
        click.get_current_context().exit(1)
    return outputs


def show_plan(jobs: Sequence[Job], as_json: bool, failures: Sequence[dict[str, object]] = ()) -> None:
    """Print what would be made, and where; `failures` are of lectures that cannot be."""
    if as_json:
        say_json({"schema": 1, "jobs": [*failures, *(job.as_told() for job in jobs)]})
    else:
        for job in jobs:
            click.echo(job.output)


def say_json(document: object) -> None:
    """Print the one JSON document of a command."""
    click.echo(json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2))


def show_to_user(outputs: Sequence[Output]) -> None:
    """Open the file, or of several their folder, with the program the desktop has for it."""
    places = [output.job.output for output in outputs]
    place = places[0] if len(places) == 1 else Path(places[0]).parent
    click.launch(str(place.absolute()))

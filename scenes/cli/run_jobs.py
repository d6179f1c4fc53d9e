"""What render, report, batch and preview do after they have planned: make the files and say what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .document import say_document
from .group import debugging
from .lines import line

if TYPE_CHECKING:
    from scenes.lecture.model import Lecture
    from scenes.production.job import Job
    from scenes.production.produce import Delivery
    from scenes.production.rehearsal import Rehearsal


def read(text: str, *, brief: bool = False) -> Lecture:
    """The lecture that a user means by a bare name or a path; `brief`: all of its scenes told briefly."""
    from scenes.lecture.read import read_lecture
    from scenes.lecture.shipped import find_lecture

    lecture = read_lecture(find_lecture(text))
    return replace(lecture, brief=True) if brief else lecture


def say_warnings(rehearsal: Rehearsal) -> None:
    """Tell on standard error what is used, but perhaps not as it was meant."""
    from scenes.text import speech

    ours = speech(rehearsal.lecture.language)
    for warning in rehearsal.warnings:
        click.echo(line(ours.say("command.warning", fault=str(warning)), ours.decimal), err=True)


def make(
    jobs: Sequence[Job],
    *,
    workers: int | None = None,
    timeout: float,
    fail_fast: bool = False,
    as_json: bool = False,
    failures: Sequence[dict[str, object]] = (),
) -> tuple[Delivery, ...]:
    """Make the files of all jobs, print their paths, and end the command with 1 where one failed.

    `failures` are of lectures that could not even be planned: they count, and stand in the JSON document.
    """
    from scenes.production.executors.local import LocalExecutor
    from scenes.production.produce import produce

    from .progress import Bar

    executor = LocalExecutor(workers, patience=timeout, fail_fast=fail_fast)
    with Bar(jobs, debug=debugging(click.get_current_context())) as bar:
        made = produce(jobs, executor, watcher=bar)
    if as_json:
        say_document({"schema": 1, "outputs": [*failures, *(product.as_data() for product in made)]})
    else:
        for product in made:
            if product.done:
                click.echo(product.job.output)
    if failures or not all(product.done for product in made):
        click.get_current_context().exit(1)
    return made


def show_plan(jobs: Sequence[Job], as_json: bool, failures: Sequence[dict[str, object]] = ()) -> None:
    """Print what would be made, and where; `failures` are of lectures that cannot be."""
    if as_json:
        say_document({"schema": 1, "jobs": [*failures, *(job.as_told() for job in jobs)]})
    else:
        for job in jobs:
            click.echo(job.output)


def show_to_user(made: Sequence[Delivery]) -> None:
    """Open the file, or of several their folder, with the program the desktop has for it."""
    places = [product.job.output for product in made]
    place = places[0] if len(places) == 1 else Path(places[0]).parent
    click.launch(str(place.absolute()))

"""All commands there are, and how each is called rightly: tests that hold for every command ask here."""

from __future__ import annotations

from collections.abc import Sequence

import click

from scenes.cli import main
from scenes.cli.group import COMMANDS
from scenes.production.produce import Delivery

PARABOLA = ("--formula", "x^2", "--start", "1")
#: What a command needs to do its work; one that needs nothing has no line.
RIGHT = {
    "descend": (*PARABOLA, "--rate", "0.1", "--steps", "3"),
    "sweep": (*PARABOLA, "--rates", "0.1,0.2", "--steps", "3"),
    "basins": ("--problem", "bowl", "--rate", "0.1", "--grid", "3", "--steps", "3"),
    "render": ("houses", "--scene", "surface"),
    "report": ("intuition",),
    "batch": ("intuition",),
    "preview": ("houses", "--scene", "surface"),
    "check": ("intuition",),
    "new": ("mine.yaml",),
    "list": ("stops",),
}


def command_of(name: str) -> click.Command:
    found = main.get_command(click.Context(main), name)
    assert found is not None
    return found


def right(name: str) -> tuple[str, ...]:
    """Arguments with which the command does its work."""
    needed = [parameter for parameter in command_of(name).params if parameter.required]
    assert name in RIGHT or not needed, f"RIGHT needs a line for {name}"
    return RIGHT.get(name, ())


def with_option(option: str) -> list[str]:
    """The commands that take it."""
    return [name for name in COMMANDS if any(option in each.opts for each in command_of(name).params)]


def taking(argument: str) -> list[str]:
    """The commands with an argument of this name."""
    return [
        name
        for name in COMMANDS
        if any(
            isinstance(each, click.Argument) and each.name is not None and each.name.startswith(argument)
            for each in command_of(name).params
        )
    ]


class NoWork:
    """In the place of `produce`: jobs are noted and told to be done, or to have failed for a `reason`."""

    def __init__(self, reason: str | None = None) -> None:
        self.reason = reason
        self.jobs: list[object] = []

    def __call__(self, jobs: Sequence[object], *_: object, **__: object) -> tuple[Delivery, ...]:
        self.jobs += jobs
        return tuple(Delivery(job, reason=self.reason) for job in jobs)  # type: ignore[arg-type]

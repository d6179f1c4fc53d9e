"""Options that several commands share, each written once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import click

from . import choices, numerals, values
from .document import one_document, say_document
from .group import debug_option
from .targets import TargetType


def several(*decorators: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """One decorator for several, the first one outermost."""

    def decorate(function: Any) -> Any:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


start_option = click.option(
    "--start",
    callback=values.start,
    metavar="NUMBER,...",
    help="Where to start: in the order of the parameters, or by name as x=-1.2,y=1.  [default: zeros]",
)

learning_rate_option = click.option(
    "--rate",
    callback=values.rate,
    metavar="NUMBER",
    help="The learning rate: step = rate × slope; or one for each parameter, as m=0.01,b=0.1.",
)

optimizer_options = several(
    click.option(
        "--optimizer", default="gd", show_default=True, metavar="NAME", help="See `steepest list optimizers`."
    ),
    click.option(
        "--set",
        "settings",
        callback=values.settings,
        multiple=True,
        metavar="NAME=VALUE",
        help="A setting of the optimizer, such as beta=0.9 or order=sequential.",
    ),
)


def show(as_json: bool, document: Callable[[], object], table: Callable[[], Iterable[str]]) -> None:
    """Print what a run of the core came to: one JSON document in one line, or the lines of a table."""
    if as_json:
        say_document(document(), in_one_line=True)
    else:
        for line in table():
            click.echo(line)


lecture_argument = click.argument("lecture", metavar="LECTURE")
lectures_argument = click.argument("lectures", metavar="LECTURE...", nargs=-1, required=True)

# Commands that name a file by -o find the folder for the others here: it still comes from the environment.
folder_option = click.option(
    "--folder", type=TargetType(checked=False), default="output", envvar="STEEPEST_OUTPUT", hidden=True
)


def output_option(
    *endings: str, about: str, default: str | None = None, name: str = "-o", checked: bool = True
) -> Callable[[Any], Any]:
    """The option that says where to write; `endings` are those of the files that the command writes, if one may be named."""
    names = ("-o", "--output") if name == "-o" else (name,)
    return click.option(
        *names,
        "target",
        type=TargetType(*endings, checked=checked),
        default=default,
        show_default=default is not None,
        envvar=None if default is None else "STEEPEST_OUTPUT",
        metavar="PATH" if endings else "DIR",
        help=about,
    )


debug = debug_option

json_option = one_document

picture_options = several(
    click.option(
        "-q",
        "--quality",
        type=choices.ChoiceType(["l", "m", "h", "p", "k"]),
        default="h",
        show_default=True,
        envvar="STEEPEST_QUALITY",
        help="Size and frame rate: 480p15, 720p30, 1080p60, 1440p60 or 2160p60.",
    ),
    click.option(
        "-r", "--resolution", metavar="W,H", help="Width and height in pixels, such as 1080,1920 for a phone."
    ),
    click.option(
        "--theme",
        type=choices.ChoiceType(["dark", "light"]),
        envvar="STEEPEST_THEME",
        help="What the lecture says, unless given here.",
    ),
)

rate_option = click.option("--fps", type=numerals.WholeType(), metavar="N", help="Frames per second.")

brief_option = click.option(
    "--brief",
    is_flag=True,
    help="Tell each scene in at most 15 seconds, for those who speak over it. The files have the same names: "
    "choose another -o to keep both.",
)

timeout_option = click.option(
    "--timeout",
    type=numerals.SecondsRange(min=0, min_open=True),
    callback=values.no_nan,
    default=600.0,
    show_default=True,
    envvar="STEEPEST_TIMEOUT",
    metavar="SECONDS",
    help="Give up on a job that shows no new frame for so long.",
)

job_options = several(
    click.option(
        "-j",
        "--jobs",
        type=numerals.WholeRange(min=1),
        envvar="STEEPEST_JOBS",
        metavar="N",
        help="How many to make at once.  [default: one per core]",
    ),
    timeout_option,
)

paper_options = several(
    click.option(
        "--paper",
        type=choices.ChoiceType(["a4", "letter"]),
        envvar="STEEPEST_PAPER",
        help="What the lecture says, unless given here.",
    ),
    click.option("--print", "greyscale", is_flag=True, help="For a printer without colours."),
)

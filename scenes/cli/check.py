"""steepest check: is a lecture right, without rendering it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from . import shared
from .group import debugging

if TYPE_CHECKING:
    from scenes.production.rehearsal import Rehearsal


@click.command()
@shared.lectures_argument
@click.option("--beats", is_flag=True, help="List the beats of every scene with their times and captions.")
@shared.json_option
@shared.debug
def check(lectures: tuple[str, ...], beats: bool, as_json: bool) -> None:
    """Check lectures without rendering: what passes, renders.

    They are read, their runs done, their scenes told, and each pause and each page is drawn with nothing kept. Every mistake is shown with its place and its mend; the status is 2 then. What is used, but perhaps not as it was
    meant, gets a warning. With --beats, the ids are those that `captions` in a lecture may name.

    \b
    steepest check houses park
    steepest check houses --beats
    """
    from scenes.production.trial import check_all

    from .document import say_document

    tried = check_all(lectures)
    if as_json:
        say_document({"schema": 1, "lectures": [outcome.as_data() for outcome in tried]})
    for outcome in tried:
        if outcome.rehearsal is None:
            click.echo(outcome.reason, err=True)
            if outcome.detail and debugging(click.get_current_context()):
                click.echo(outcome.detail, err=True)
        elif not as_json:
            _show(outcome.rehearsal, beats)
    if any(outcome.rehearsal is None for outcome in tried):
        click.get_current_context().exit(2)


def _show(rehearsal: Rehearsal, beats: bool) -> None:
    from scenes.text import Format, maths, speech

    from .lines import line
    from .run_jobs import say_warnings

    lecture, stories = rehearsal.lecture, rehearsal.stories
    ours = speech(lecture.language)
    checked = ours.say(
        "command.checked",
        path=str(lecture.path),
        runs=ours.count("run", len(lecture.runs) + sum(len(aside.runs) for aside in lecture.asides)),
        scenes=ours.count("scene", len(stories)),
        seconds=Format(0)(sum(story.seconds for story in stories)),
    )
    say_warnings(rehearsal)
    click.echo(line(checked, ours.decimal))
    pause = line(ours.say("command.pause"), ours.decimal)
    for story in stories if beats else ():
        seconds = Format(1)(story.seconds)
        told = ours.say("command.scene", scene=story.name, title=story.title, seconds=seconds)
        click.echo(f"\n{line(told, ours.decimal)}")
        width = max(len(beat.id) for beat in story.beats)
        for beat in story.beats:
            mark = pause if beat.pause else ""
            caption = story.speech.text(beat.caption)
            start = line(maths(Format(2)(beat.start)), ours.decimal)
            click.echo(f"  {start:>7}  {beat.id:{width}}  {mark:{len(pause)}}  {caption}".rstrip())

"""steepest check: is a lecture right, without rendering it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scenes.cli import shared

if TYPE_CHECKING:
    from scenes.production.rehearsal import Rehearsal


@click.command()
@shared.lectures_argument
@click.option("--beats", is_flag=True, help="List the beats of every scene with their times and captions.")
@shared.json_option
@shared.debug
def check(lectures: tuple[str, ...], beats: bool, as_json: bool) -> None:
    """Validate lectures: read them, do their runs, tell their scenes. Nothing is drawn.

    Every mistake is shown with its place and its mend; the status is 2 then. With --beats, the ids are those
    that `captions` in a lecture may name.

    \b
    steepest check mine.yaml
    steepest check houses --beats
    """
    from scenes.cli.making import say_json
    from scenes.production.rehearsal import try_to_rehearse

    tried = [try_to_rehearse(text) for text in lectures]
    if as_json:
        say_json({"schema": 1, "lectures": [outcome.as_data() for outcome in tried]})
    for outcome in tried:
        if outcome.rehearsal is None:
            click.echo(outcome.reason, err=True)
        elif not as_json:
            _show(outcome.rehearsal, beats)
    if any(outcome.rehearsal is None for outcome in tried):
        click.get_current_context().exit(2)


def _show(rehearsal: Rehearsal, beats: bool) -> None:
    lecture, stories = rehearsal.lecture, rehearsal.stories
    seconds = sum(story.seconds for story in stories)
    size = f"{_counted(len(lecture.runs), 'run')}, {_counted(len(stories), 'scene')}"
    click.echo(f"{lecture.path}: ok, {size}, {seconds:.0f} s of film")
    for story in stories if beats else ():
        click.echo(f"\n{story.name}: {story.title} ({story.seconds:.1f} s)")
        width = max(len(beat.id) for beat in story.beats)
        for beat in story.beats:
            mark = "pause" if beat.pause else ""
            click.echo(f"  {beat.start:7.2f}  {beat.id:{width}}  {mark:5}  {beat.caption.plain()}".rstrip())


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"

"""steepest check: is a lecture right, without rendering it?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from . import choices, shared
from .group import debugging

if TYPE_CHECKING:
    from scenes.audience.judging import Judgement
    from scenes.production.rehearsal import Rehearsal
    from scenes.storyboard.question import Question
    from scenes.text import Speech


@click.command()
@shared.lectures_argument
@click.option("--beats", is_flag=True, help="List the beats of every scene with their times and captions.")
@click.option(
    "--audience",
    is_flag=True,
    help="Say what in the films is hard on those who watch them, and what to do about it.",
)
@click.option(
    "--shape",
    type=choices.ChoiceType(["16:9", "9:16", "1:1"]),
    help="With --audience: the frame that is looked at.  [default: 16:9]",
)
@shared.json_option
@shared.debug
def check(lectures: tuple[str, ...], beats: bool, audience: bool, shape: str | None, as_json: bool) -> None:
    """Check lectures without rendering: what passes, renders.

    They are read, their runs done, their scenes told, and each pause and each page is drawn with nothing kept. Every mistake is shown with its place and its mend; the status is 2 then. What is used, but perhaps not as it was
    meant, gets a warning. With --beats, the ids are those that `captions` in a lecture may name, and what a beat asks
    stands below it.

    With --audience every scene is played as well, without a film being made (a minute of film takes about 15 s), and
    held against rules: captions can be read (15 characters a second), say one thing (14 words, two numbers) and meet
    nothing; text stands out 4.5 : 1 and marks 3 : 1; colours differ for everybody (10 ΔE00); nothing flashes; at most
    40 % of the time, and 3.5 s at once, nothing moves; the drawing is large; the first frame is a picture. What it
    finds is advice: the status is 0.

    \b
    steepest check houses park
    steepest check houses --beats
    steepest check houses --audience
    """
    from scenes.production.trial import check_all

    from .document import say_document

    if shape is not None and not audience:
        raise click.UsageError("--shape goes with --audience")
    tried = check_all(lectures)
    if audience:
        from scenes.production.audience import judge_attempts

        tried = judge_attempts(tried, shape or "16:9")
    if as_json:
        say_document({"schema": 1, "lectures": [outcome.as_data() for outcome in tried]})
    for outcome in tried:
        if outcome.rehearsal is None:
            click.echo(outcome.reason, err=True)
            if outcome.detail and debugging(click.get_current_context()):
                click.echo(outcome.detail, err=True)
        elif not as_json:
            _show(outcome.rehearsal, beats)
            _show_advice(outcome.rehearsal, outcome.judgements or ())
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
            if beat.question is not None:
                _show_question(beat.question, story.speech, " " * (width + len(pause) + 13))


def _show_question(question: Question, told: Speech, indent: str) -> None:
    """What a beat asks, and below it the answers, of which the right one has a mark."""
    from .lines import line

    click.echo(f"{indent}{told.text(question.prompt)}")
    for choice in question.choices:
        answer = told.say("command.choice", answer=choice.text, reason=choice.reason)
        click.echo(f"{indent}{'✓' if choice.right else '·'} {line(answer, told.decimal)}")


def _show_advice(rehearsal: Rehearsal, judgements: Sequence[Judgement]) -> None:
    """A line a scene, and below it what was found there: second, beat, rule, and the line where a caption of one's own stands."""
    from scenes.production.audience import fault_of
    from scenes.production.errors import place_in_scene
    from scenes.text import Format, maths, speech

    from .lines import line

    lecture = rehearsal.lecture
    ours = speech(lecture.language)
    for judgement in judgements:
        told = ours.say(
            "command.audience",
            scene=judgement.scene,
            findings=ours.count("finding", len(judgement.findings)),
            seconds=Format(0)(judgement.seconds),
            frozen=Format(0)(100 * judgement.frozen),
            hold=Format(1)(judgement.hold),
            drawing=Format(0)(100 * judgement.drawing),
        )
        whole = place_in_scene(lecture, lecture.scene(judgement.scene))
        click.echo(
            f"\n{':'.join(str(part) for part in whole[:3] if part is not None)}: {line(told, ours.decimal)}"
        )
        width = max((len(finding.beat) for finding in judgement.findings), default=0)
        for finding in judgement.findings:
            fault = fault_of(lecture, finding)
            start = line(maths(Format(1)(finding.seconds)), ours.decimal)
            where = "" if fault.line in (None, whole[1]) else f"line {fault.line}: "
            said = f"{where}found {fault.found}; allowed: {fault.allowed}; mend: {fault.mend}"
            click.echo(f"  {start:>6}  {finding.beat:{width}}  {finding.rule.value:8}  {said}")

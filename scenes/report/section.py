"""One section for each scene: key frames, what the film says, the numbers, the verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from scenes.kinds import kind_of
from scenes.lecture.study import Study
from scenes.storyboard import Story
from scenes.storyboard.drawing_error import DrawingError, Spot
from scenes.text import Rich, rate_node
from scenes.theme import Role

from .block import Beside, Block
from .displayed import Displayed
from .drawing import Figure
from .keyframe import KeyFrame, time_code
from .minimised import minimised, slopes
from .run_tables import compared_table, worked_table
from .style import BODY, CAPTION, SMALL, Style
from .text import Paragraph, SectionHeading, Timed, heading
from .verdict import verdict_on
from .worked import SPELLED, spelled_steps


@dataclass
class Counter:
    """Numbers of figures and tables, and the table in which a run's numbers stand, by aside and run."""

    figures: int = 0
    tables: int = 0
    worked: dict[tuple[str, str], int] = field(default_factory=dict)


def section(place: int, study: Study, story: Story, style: Style, counter: Counter) -> Iterator[Block]:
    """The blocks of one scene of the lecture that was studied; an aside begins with its own problem."""
    own = study.asides.get(story.name)
    yield from _section(place, study if own is None else own, story, style, counter, own is not None)


def _section(
    place: int, study: Study, story: Story, style: Style, counter: Counter, own: bool
) -> Iterator[Block]:
    say, runs = study.speech.say, story.runs
    yield SectionHeading(number=str(place), title=story.title)
    yield Paragraph(content=_about(study, story, runs), size=SMALL, role=Role.AXIS, gap=5.0, keeps=True)
    if own:
        yield from minimised(study, style, pictured=False)
        yield from slopes(study)
    for frame in _key_frames(study, story, style, counter):
        counter.figures += 1
        caption = say("report.figure", figure=counter.figures, caption=frame.caption)
        yield Figure(drawing=frame.drawing, caption=caption, story=story, number=counter.figures)
    yield from _transcript(study, story)
    yield heading(say("report.heading.numbers"))
    if len(runs) == 1:
        yield from _numbers(study, runs[0], counter, story.name if own else "")
    else:
        yield from _compared(study, runs, counter)
    yield heading(say("report.heading.verdict" if len(runs) == 1 else "report.heading.verdicts"))
    for name in runs:
        yield verdict_on(name, study.problem, study.trajectories[name], study.speech)


def _key_frames(study: Study, story: Story, style: Style, counter: Counter) -> tuple[KeyFrame, ...]:
    try:
        return tuple(kind_of(story.kind).part("figures")(study, story, style))
    except Exception as error:
        raise DrawingError.of(error, story, Spot(figure=counter.figures + 1)) from error


def _about(study: Study, story: Story, runs: tuple[str, ...]) -> Rich:
    say, count, time = study.speech.say, study.speech.count, time_code(story.seconds)
    if len(runs) != 1:
        return say("report.about-several", runs=count("run", len(runs)), time=time, scene=story.name)
    run = study.lecture.runs[runs[0]]
    return say(
        "report.about",
        run=run.name,
        rate=rate_node(study.trajectories[run.name].rate),
        steps=count("step", run.steps),
        time=time,
        scene=story.name,
    )


def _transcript(study: Study, story: Story) -> Iterator[Block]:
    said = [beat for beat in story.beats if beat.caption]  # a lecturer may leave captions out
    if not said:
        return
    yield heading(study.speech.say("report.heading.film"))
    last = len(said) - 1
    for index, beat in enumerate(said):
        # The first lines stay with the heading, and the last is not left alone.
        keeps = index < min(2, last) or index == last - 1
        yield Timed(time=time_code(beat.start), content=beat.caption, keeps=keeps)


def _numbers(study: Study, name: str, counter: Counter, aside: str) -> Iterator[Block]:
    """The first steps of a run spelled out and the table of its numbers, or where that stands.

    `aside` is the scene that alone has the run, or empty for a run of the lecture.
    """
    say, trajectory = study.speech.say, study.trajectories[name]
    if (aside, name) in counter.worked:
        where = say("report.numbers.elsewhere", run=name, table=counter.worked[aside, name])
        yield Paragraph(content=where, gap=4.0)
        return
    counter.tables += 1
    counter.worked[aside, name] = counter.tables
    count = len(study.problem.parameters)
    steps = (
        spelled_steps(study.problem, trajectory, study.speech, SPELLED if count == 1 else 2)
        if count <= 2
        else ()
    )
    if steps:
        rate = rate_node(trajectory.rate, 10)  # as it is calculated with
        lead = say("report.numbers.lead" if count == 1 else "report.numbers.lead-rounded", rate=rate)
        yield Paragraph(content=lead, gap=3.0, keeps=True)
        yield from map(_spelled, steps)
    caption, table = worked_table(study, name)
    yield _captioned(study, counter.tables, caption)
    yield table


def _spelled(lines: tuple[Rich, ...]) -> Block:
    """One step; two parameters stand side by side."""
    shown = [Displayed(content=line, size=BODY + 0.6, align=0.5, gap=1.0) for line in lines]
    return shown[0] if len(shown) == 1 else Beside(blocks=tuple(shown), shares=(1.0,) * len(shown), gap=1.0)


def _compared(study: Study, names: tuple[str, ...], counter: Counter) -> Iterator[Block]:
    counter.tables += 1
    caption, table = compared_table(study, names)
    yield _captioned(study, counter.tables, caption)
    yield table


def _captioned(study: Study, table: int, caption: Rich) -> Paragraph:
    content = study.speech.say("report.table", table=table, caption=caption)
    return Paragraph(content=content, size=CAPTION, leading=1.36, gap=9.0, keeps=True)

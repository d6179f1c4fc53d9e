"""A figure of the report with its caption, and what captions have in common."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.lecture.study import Study
from scenes.storyboard import Story
from scenes.text import Rich

from .drawing import Drawing
from .formulae import objective_text, rule_text


@dataclass(frozen=True)
class KeyFrame:
    """A figure and the words below it."""

    drawing: Drawing
    caption: Rich


def time_code(seconds: float) -> str:
    """Minutes and seconds of a film: 0:42."""
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def film_at(story: Story, *beats: str) -> Rich:
    """Where the film rests on what is shown: at the end of the first of these beats that there is."""
    for identifier in beats:
        if story.has(identifier):
            return story.speech.say("report.film-at", time=time_code(story.beat(identifier).end))
    return Rich()


def the_formula(study: Study) -> Rich:
    """What is minimised, at the end of a caption."""
    return study.speech.say("report.sentence", text=objective_text(study.speech, study.problem))


def the_rule(study: Study, apart: bool = False) -> Rich:
    """The update of every parameter, `apart` with a rate of its own, at the end of a caption."""
    return study.speech.say("report.sentence", text=rule_text(study.speech, study.problem, apart))

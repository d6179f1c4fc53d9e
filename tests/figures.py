"""Figures of the report drawn on bare axes, as in a notebook, and the film that they cite."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from scenes.draw.recording_pen import RecordingPen
from scenes.kinds import kind_of
from scenes.layout import Frame
from scenes.lecture.study import Study
from scenes.report.keyframe import time_code
from scenes.report.style import page_style
from scenes.storyboard import Story
from scenes.storyboard.story import Beat
from scenes.widgets.picture import picture_of
from tests.painted import painted


def drawn(draw: Callable[..., list[Artist]], what: Any) -> list[Artist]:
    figure = Figure()
    artists = draw(figure.add_subplot(), what)
    FigureCanvasAgg(figure).print_png(io.BytesIO())
    return artists


def lines(artists: list[Artist]) -> list[np.ndarray]:
    """The points of every line, (n, 2)."""
    return [np.column_stack(a.get_data()).astype(float) for a in artists if isinstance(a, Line2D)]


def cited(study: Study, story: Story) -> list[Beat]:
    """For each figure of a story the beat at whose end the film rests as its caption says: it must be a pause."""
    found = []
    for frame in kind_of(story.kind).part("figures")(study, story, page_style()):
        (time,) = re.findall(r"In the film at (\d+:\d\d)\.", study.speech.text(frame.caption))
        (beat,) = (beat for beat in story.beats if time_code(beat.end) == time)
        assert beat.pause, f"the film does not rest at {time}"
        found.append(beat)
    return found


def at_every_pause(story: Story) -> list[tuple[Beat, RecordingPen]]:
    """What the film shows at its pauses, in order."""
    picture = picture_of(story, Frame.of_pixels(1920, 1080))
    return [(beat, painted(picture, beat.end - 1e-3)) for beat in story.beats if beat.pause]


def fullest(pauses: list[tuple[Beat, RecordingPen]], count: Callable[[RecordingPen], int], most: int) -> Beat:
    """The pause at which the film shows most of what a figure shows and nothing that it does not; the first of equals."""
    counts = [count(pen) for _, pen in pauses]
    wanted = max(number for number in counts if number <= most)
    return pauses[counts.index(wanted)][0]

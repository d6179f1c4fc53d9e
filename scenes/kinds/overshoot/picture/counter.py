"""The number of the step, and the rate."""

from __future__ import annotations

from scenes.draw.pen import Pen, measure
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.layout import Box
from scenes.text import number, whole
from scenes.theme import RATE, Role
from scenes.widgets.picture import Picture

_BETWEEN = 0.35


def draw_counter(
    pen: Pen, picture: Picture[OvershootStory], side: Box, row: int, *, judged: bool, shown: float
) -> None:
    """At the top of the side of a broad frame; else in the title's line, the rate where the title leaves room."""
    story, broad = picture.story, picture.frame.broad
    text = story.speech.say("picture.step-number", k=whole(int(story.steps[row])))
    rate = story.speech.say("overshoot.rate", rate=number(story.rate))
    role = Role.TROUBLE if judged else Role.INK
    if broad:
        y = side.top - 0.78 * RATE
        pen.text(text, (side.left, y), RATE, anchor=(-1, None), bold=True, opacity=shown)
        pen.text(rate, (side.right, y), 0.85 * RATE, anchor=(1, None), role=role, opacity=shown)
        return
    zone, size = picture.zones.title, picture.title_size
    widest = story.speech.say("picture.step-number", k=whole(int(story.steps[-1])))
    x, y = zone.right - measure(widest, size, bold=True)[0], zone.top - 0.74 * size
    pen.text(text, (x, y), size, anchor=(-1, None), bold=True, opacity=shown)
    x -= _BETWEEN + measure(rate, size)[0]
    if x > zone.left + measure(story.title, size, bold=True)[0] + _BETWEEN:
        pen.text(rate, (x, y), size, anchor=(-1, None), role=role, opacity=shown)

"""Go through a report without writing it: every page is set and handed to a renderer that draws nothing."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.backends.backend_template import FigureCanvasTemplate, RendererTemplate

from scenes.lecture.study import Study
from scenes.storyboard import Story

from .document import compose, own_settings


def try_report(study: Study, stories: Sequence[Story]) -> None:
    """Raises DrawingError for a figure that cannot be drawn, GdError for what else cannot be printed."""
    with own_settings():
        for page in compose(study, stories):
            FigureCanvasTemplate(page)
            page.draw(RendererTemplate(page.dpi))  # type: ignore[no-untyped-call]

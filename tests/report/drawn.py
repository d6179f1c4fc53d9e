"""What is written on a page of the report, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from scenes.layout import Box
from scenes.report.inline import FORMULA, UNSEEN
from scenes.report.lettering import own_face, width_of


@dataclass(frozen=True)
class Drawn:
    """A word or formula on a page, in points, without the air that a line has above and below."""

    what: str
    box: Box


def everything_written(page: Figure) -> Iterator[Drawn]:
    """Every word and formula of a page of 72 dots an inch; words as wide as the font says."""
    renderer = FigureCanvasAgg(page).get_renderer()
    for artist in page.findobj():
        if isinstance(artist, Text):
            text = artist.get_text()
            if artist.get_gid() == UNSEEN or not text.strip():
                continue
            size, bold = (
                artist.get_fontsize(),
                artist.get_fontproperties().get_file() == own_face(True).get_file(),
            )
            x, y = artist.get_transform().transform(artist.get_position())
            end = x + width_of(text.rstrip(), size, bold)
            yield Drawn(text, Box(x + 0.2, y - 0.18 * size, end - 0.2, y + 0.66 * size))
        elif artist.get_gid() == FORMULA:
            box = artist.get_window_extent(renderer)
            yield Drawn("(formula)", Box(box.x0 + 0.4, box.y0 + 0.4, box.x1 - 0.4, box.y1 - 0.4))

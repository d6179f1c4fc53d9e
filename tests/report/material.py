"""Lectures, studies and stories for these tests, each worked out once a process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from scenes.layout import Box
from scenes.lecture.read import read_lecture
from scenes.lecture.shipped import shipped
from scenes.lecture.study import Study, study
from scenes.report.inline import FORMULA, UNSEEN
from scenes.report.lettering import face, width_of
from scenes.storyboard import Story, tell


@cache
def told(path: Path) -> tuple[Study, tuple[Story, ...]]:
    worked = study(read_lecture(path))
    return worked, tuple(tell(worked, scene) for scene in worked.lecture.scenes)


def shipped_lecture(name: str) -> tuple[Study, tuple[Story, ...]]:
    return told(shipped()[name])


def written(folder: Path, text: str, **files: str) -> tuple[Study, tuple[Story, ...]]:
    """A lecture of one's own; `files` are data files by stem."""
    for stem, content in files.items():
        (folder / f"{stem}.csv").write_text(content, encoding="utf-8")
    path = folder / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    worked = study(read_lecture(path))
    return worked, tuple(tell(worked, scene) for scene in worked.lecture.scenes)


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
                artist.get_fontproperties().get_file() == face(True).get_file(),
            )
            x, y = artist.get_transform().transform(artist.get_position())
            end = x + width_of(text.rstrip(), size, bold)
            yield Drawn(text, Box(x + 0.2, y - 0.18 * size, end - 0.2, y + 0.66 * size))
        elif artist.get_gid() == FORMULA:
            box = artist.get_window_extent(renderer)
            yield Drawn("(formula)", Box(box.x0 + 0.4, box.y0 + 0.4, box.x1 - 0.4, box.y1 - 0.4))

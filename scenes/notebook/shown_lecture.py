"""A lecture at hand: what it makes, on demand."""

from __future__ import annotations

import html
import io
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Literal

from gdcore import GdError, Trajectory
from gdcore.base.nearest import did_you_mean
from gdcore.run.showing import in_one_line
from scenes.lecture.model import Lecture
from scenes.lecture.read import read_lecture, read_lecture_text, read_lecture_values
from scenes.lecture.shipped import find_lecture
from scenes.lecture.study import Study, study
from scenes.production.options import LARGEST_RATE, LARGEST_SIDE, QUALITIES, SMALLEST_SIDE, THEMES
from scenes.storyboard import Story, tell
from scenes.text import Format

from .outputs import Film, Handout, Still


def lecture(source: str | Path | Mapping[str, Any], folder: str | Path = ".") -> ShownLecture:
    """The lecture that `source` is: the path of a file, the name of a shipped lecture, a text of YAML, or a dict.

    A text is told from a path by its lines: it has two or more, or is a map in braces. What it names as data is below
    `folder`. Raises LectureError, whose text is the list of all faults, each with its place and its mend.
    """
    if isinstance(source, Mapping):
        return ShownLecture(read_lecture_values(source, folder))
    if isinstance(source, str) and ("\n" in source.strip() or source.lstrip().startswith("{")):
        return ShownLecture(read_lecture_text(source, folder))
    return ShownLecture(read_lecture(find_lecture(source) if isinstance(source, str) else source))


class ShownLecture:
    """A lecture, and what comes of it: `lecture` as it was read, its `study`, and films, stills and report on demand.

    A scene is named as in the lecture; the only one need not be. Every method that takes one raises GdError where there
    is no such scene, and where the problem or the run does not fit its kind.
    """

    def __init__(self, read: Lecture) -> None:
        self.lecture = read

    @cached_property
    def study(self) -> Study:
        """The problem, every run, and what the core finds in each. Raises GdError where data have gone."""
        return study(self.lecture)

    @property
    def trajectories(self) -> Mapping[str, Trajectory]:
        """The runs by name, done once."""
        return self.study.trajectories

    @property
    def scenes(self) -> tuple[str, ...]:
        """The names of the scenes, in their order."""
        return tuple(scene.name for scene in self.lecture.scenes)

    def story(self, scene: str | None = None) -> Story:
        """A scene, told: for figures on axes of one's own, and for Manim."""
        name = self._named(scene)
        if name not in self._stories:
            self._stories[name] = tell(self.study, self.lecture.scene(name))
        return self._stories[name]

    def still(
        self,
        scene: str | None = None,
        at: float | None = None,
        *,
        size: tuple[int, int] = QUALITIES["l"][:2],
        theme: str | None = None,
    ) -> Still:
        """The picture of a scene `at` so many seconds, by default at its last pause."""
        from PIL import Image

        from scenes.film.still import render_still

        story, (width, height) = self.story(scene), _checked_size(size)
        at = (story.pauses or (story.seconds,))[-1] if at is None else at
        if not 0 <= at <= story.seconds:
            raise GdError(
                f"at is {at!r}, outside of the scene",
                f"it lasts {story.seconds:g} s",
                "choose a second of it",
            )
        pixels = render_still(story, at, width=width, height=height, theme=self._theme(theme))
        held = io.BytesIO()
        Image.fromarray(pixels).convert("RGB").save(held, "png")
        return Still(story.name, float(at), width, height, held.getvalue())

    def film(
        self,
        scene: str | None = None,
        quality: str = "l",
        *,
        size: tuple[int, int] | None = None,
        fps: int | None = None,
        theme: str | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Film:
        """The film of a scene, in Manim's quality l, m, h, p or k; `size` and `fps` replace those of the quality.

        It is rendered in this process, by Manim, which is imported for it. `progress` is told how many frames are done, of
        how many.
        """
        width, height, fps = _film_options(quality, size, fps)
        story, look = self.story(scene), self._theme(theme)

        from scenes.film.manim.render import render_film
        from scenes.production.outputs.film import probe

        with tempfile.TemporaryDirectory(prefix="steepest-") as folder:
            file = Path(folder) / "film.mp4"
            render_film(story, file, width=width, height=height, fps=fps, theme=look, progress=progress)
            facts = probe(file, width=width, height=height, frames=round(story.seconds * fps))
            mp4 = file.read_bytes()
        say, text = self.study.speech.say, self.study.speech.text
        too_large = text(say("notebook.too-large", size=Format(0)(len(mp4) / 1e6)))
        return Film(story.name, facts.seconds, width, height, fps, mp4, too_large)

    def report(self, *, paper: Literal["a4", "letter"] | None = None, greyscale: bool = False) -> Handout:
        """The report of all scenes, on the paper that the lecture asks for unless another is given."""
        from scenes.production.options import PAPERS
        from scenes.report.document import report_pdf, report_pictures

        sheet = _one_of("paper", paper or self.lecture.report.paper, PAPERS)
        stories = [self.story(name) for name in self.scenes]
        how: dict[str, Any] = {"paper": sheet, "greyscale": greyscale}
        pdf, pages = report_pdf(self.study, stories, **how)
        return Handout(pages, pdf, partial(report_pictures, self.study, stories, **how))

    def __repr__(self) -> str:
        return f"<lecture {self.lecture.title!r}: runs {', '.join(self.lecture.runs)}; scenes {', '.join(self.scenes)}>"

    def _repr_html_(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        read, shown = self.lecture, html.escape
        yield f"<h3>{shown(read.title)}</h3>"
        for more in (" · ".join(filter(None, (read.author, read.course, read.date))), read.question):
            if more:
                yield f"<p>{shown(more)}</p>"
        yield f"<p><code>{shown(self._problem())}</code></p>"
        yield "<ul>"
        for name, run in self.trajectories.items():
            yield f"<li><b>{shown(name)}</b> {shown(in_one_line(run))}</li>"
        yield "</ul>\n<ol>"
        for name in self.scenes:
            yield f"<li>{shown(self._scene_line(name))}</li>"
        yield "</ol>"
        for warning in read.warnings:
            yield f"<p>{shown(str(warning))}</p>"

    def _problem(self) -> str:
        problem = self.lecture.problem
        if problem.data is not None:
            return f"{problem.data.name}: {', '.join(problem.x)} → {problem.y}"
        return problem.formula or problem.name or ""

    def _scene_line(self, name: str) -> str:
        """What the command says of a scene, or why it cannot be told."""
        try:
            story = self.story(name)
        except GdError as error:
            return f"{name}: {error.message}"
        speech = story.speech
        seconds = Format(0)(story.seconds)
        return speech.text(speech.say("command.scene", scene=name, title=story.title, seconds=seconds))

    @cached_property
    def _stories(self) -> dict[str, Story]:
        return {}

    def _named(self, scene: str | None) -> str:
        if scene is None and len(self.scenes) == 1:
            return self.scenes[0]
        if scene in self.scenes:
            return scene
        found = "no scene is named" if scene is None else f"there is no scene {scene!r}"
        mend = did_you_mean(scene, self.scenes, "choose one of them")
        raise GdError(found, f"the lecture has {', '.join(self.scenes)}", mend)

    def _theme(self, theme: str | None) -> str:
        return _one_of("theme", theme or self.lecture.theme, THEMES)


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        mend = did_you_mean(value, allowed, "choose one of them")
        raise GdError(f"{name} is {value!r}", f"it may be {', '.join(allowed)}", mend)
    return value


def _film_options(quality: str, size: tuple[int, int] | None, fps: int | None) -> tuple[int, int, int]:
    width, height, rate = QUALITIES[_one_of("quality", quality, tuple(QUALITIES))]
    wide, high = _checked_size((width, height) if size is None else size)
    rate = rate if fps is None else fps
    if not 1 <= rate <= LARGEST_RATE:
        allowed = f"from 1 to {LARGEST_RATE} frames per second"
        raise GdError(f"fps is {fps!r}", allowed, "write for example fps=30")
    return wide, high, rate


def _checked_size(size: tuple[int, int]) -> tuple[int, int]:
    """Width and height in pixels. A film has one sample of colour for a block of 2 × 2."""
    if len(size) != 2 or not all(SMALLEST_SIDE <= side <= LARGEST_SIDE and side % 2 == 0 for side in size):
        allowed = f"an even width and height from {SMALLEST_SIDE} to {LARGEST_SIDE}"
        raise GdError(f"size is {size!r}", allowed, "write for example size=(1280, 720)")
    return size

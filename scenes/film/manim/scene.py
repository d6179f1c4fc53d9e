"""The Manim scene that plays a story."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from manim import Animation, Scene, linear

from scenes.film.timeline import Stretch, stretches
from scenes.layout import Frame
from scenes.storyboard.story import Story
from scenes.theme import DARK, Theme
from scenes.widgets.picture import picture_of

from .camera import Painting
from .writer import StageRenderer


class Tell(Animation):
    """Moves a painting along the time line of its story."""

    def __init__(self, painting: Painting, start: float, end: float, told: Callable[[float], None]) -> None:
        self.painting = painting
        self.start, self.end, self.told = start, end, told
        super().__init__(painting, run_time=end - start - 1e-6, rate_func=linear)

    def interpolate_mobject(self, alpha: float) -> None:
        self.painting.seconds = self.start + alpha * (self.end - self.start)
        self.told(self.painting.seconds)


class StoryScene(Scene):
    """Plays the beats of a story one after the other, each as a section of the film.

    Without a story given, a subclass that names its `kind` tells the first scene of it in the shipped lectures: so
    plain Manim can render it. `shown` are the stretches to play, by default all. Mobjects of one's own may be added
    to a subclass in Manim's usual way.
    """

    kind: ClassVar[str] = "tangent"

    def __init__(
        self,
        *args: Any,
        story: Story | None = None,
        theme: Theme = DARK,
        progress: Callable[[int, int], None] | None = None,
        shown: Sequence[Stretch] | None = None,
        **kwargs: Any,
    ) -> None:
        if not args and "renderer" not in kwargs:
            kwargs["renderer"] = StageRenderer(skip_animations=kwargs.get("skip_animations", False))
        super().__init__(*args, **kwargs)
        self.story = story
        self.theme = theme
        self.progress = progress
        self.shown = shown

    def construct(self) -> None:
        story = self.story or default_story(self.kind)
        camera: Any = self.renderer.camera
        frame = Frame.of_pixels(camera.pixel_width, camera.pixel_height)
        rate = float(camera.frame_rate)
        painting = Painting(picture_of(story, frame), self.theme)
        self.add(painting)
        shown = list(stretches(story, rate)) if self.shown is None else self.shown
        begun, done, total = shown[0].first, sum(s.last - s.first for s in shown), round(story.seconds * rate)

        def told(seconds: float) -> None:
            if self.progress:
                self.progress(min(done, round(seconds * rate) - begun), total)

        for beat, first, moving, last in shown:
            if first == round(beat.start * rate):
                self.next_section(beat.id)
            self.play(Tell(painting, first / rate, (first + moving) / rate, told))
            if last > first + moving:
                # Manim draws a resting picture once; the extra part of a frame keeps rounding from losing one.
                self.wait((last - first - moving + 0.1) / rate, frozen_frame=True)
        told(shown[-1].last / rate)


def default_story(kind: str) -> Story:
    """The first scene of a kind in the shipped lectures, told."""
    from scenes.lecture.read import read_lecture
    from scenes.lecture.shipped import shipped
    from scenes.lecture.study import study
    from scenes.storyboard import tell

    for path in shipped().values():
        lecture = read_lecture(path)
        for scene in lecture.scenes:
            if scene.kind == kind:
                return tell(study(lecture), scene)
    raise LookupError(f"no shipped lecture has a scene of the kind '{kind}'")

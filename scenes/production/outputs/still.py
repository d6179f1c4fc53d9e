"""One moment of a scene as a PNG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scenes.lecture.model import Lecture
from scenes.production.errors import ProbeError, ProductionError
from scenes.production.executors.task import Advance, Result
from scenes.production.job import SceneJob, chosen_scene
from scenes.production.options import Options
from scenes.production.place.publish import settle
from scenes.storyboard import Story


@dataclass(frozen=True, kw_only=True)
class StillJob(SceneJob):
    """A still `at` so many seconds into the scene; None is its last pause."""

    kind = "still"
    suffix = ".png"
    in_batch = False
    modules = ("scenes.film.still",)

    at: float | None = None

    @classmethod
    def plan(
        cls,
        lecture: Lecture,
        options: Options,
        *,
        scene: str | None = None,
        at: float | None = None,
        file: Path | None = None,
    ) -> tuple[StillJob, ...]:
        """The still of a scene; a lecture's only one need not be named."""
        if scene is None and len(lecture.scenes) > 1:
            names = ", ".join(spec.name for spec in lecture.scenes)
            raise ProductionError(f"--scene: {lecture.path} has several scenes", mend=f"name one of {names}")
        spec = lecture.scenes[0] if scene is None else chosen_scene(lecture, scene)
        place = {} if file is None else {"output": file}
        name = f"{lecture.name}/{spec.name}"
        return (cls.of(lecture, spec, options, id=name, at=at, in_manifest=False, **place),)

    def moment(self, story: Story) -> float:
        """The second of the still. Raises `ProductionError` where the scene has no such one."""
        at = self.at if self.at is not None else (story.pauses or (story.seconds,))[-1]
        if not 0 <= at <= story.seconds:
            raise ProductionError(
                f"--at: {at:g} is outside of the scene {self.scene!r}",
                f"allowed are 0 to {story.seconds:g} seconds",
                "choose a second between them",
            )
        return at

    def make(self, scratch: Path, advance: Advance, before: Sequence[Result]) -> Result:
        from PIL import Image

        from scenes.film.still import render_still

        file, story = self.finished(scratch), self.story()
        at = self.moment(story)
        pixels = render_still(story, at, width=self.width, height=self.height, theme=self.theme)
        Image.fromarray(pixels).convert("RGB").save(file)
        probe(file, width=self.width, height=self.height)
        return {
            "at": at,
            "size": f"{self.width}x{self.height}",
            "theme": self.theme,
            "brief": self.brief,
            "sha256": settle(file),
        }


FORMAT = StillJob


def probe(path: Path, *, width: int, height: int) -> None:
    """Check that a still decodes to `width` x `height` pixels. Raises `ProbeError`."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as picture:
            picture.load()
            found = picture.size
    except (UnidentifiedImageError, OSError) as error:
        raise ProbeError(f"the still cannot be decoded ({error})") from error
    if found != (width, height):
        raise ProbeError(f"the still has {found[0]} x {found[1]} pixels instead of {width} x {height}")

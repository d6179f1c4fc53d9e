"""What is wanted: a job is one output file with all that it depends on. Each format in `outputs` is a kind of job."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self

from gdcore.base.nearest import did_you_mean
from scenes.kinds import kind_of
from scenes.lecture.model import Lecture, SceneSpec
from scenes.production.executors.task import Advance, Result, Task

from .errors import ProductionError
from .options import Options

if TYPE_CHECKING:
    from scenes.lecture.study import Study
    from scenes.storyboard import Story

    from .rehearsal import Rehearsal

MANIFEST = "manifest.json"


@dataclass(frozen=True, kw_only=True)
class Job(ABC):
    """One output file. `kind` and `suffix` are its format's; `in_batch`: does a batch make it?

    `id` is unique in a run and says to a reader what it is. `lecture` is what was read when the job was planned, so
    that nobody has to read the file again. `scene` is the name of the one that it shows, or None.
    """

    kind: ClassVar[str]
    suffix: ClassVar[str]
    in_batch: ClassVar[bool] = True
    #: The modules that making one imports, for processes that are to share them.
    modules: ClassVar[tuple[str, ...]] = ()

    id: str
    lecture: Lecture
    output: Path
    scene: str | None = None
    in_manifest: bool = True

    @classmethod
    @abstractmethod
    def plan(cls, lecture: Lecture, options: Options) -> tuple[Self, ...]:
        """The jobs of a lecture. Pure: nothing is read or written. Raises `ProductionError`."""

    @abstractmethod
    def make(self, scratch: Path, advance: Advance, before: Sequence[Result]) -> Result:
        """The work of the last task: write the file `finished(scratch)` and prove it; what the manifest says of it."""

    def tasks(self, scratch: Path, workers: int, alike: int) -> list[Task]:
        """What has to be done, in order, where so many workers make so many jobs of this format.

        The last task has the job's id and leaves the file in `scratch`.
        """
        return [Task(self.id, self.make, scratch, self.preload)]

    @property
    def preload(self) -> tuple[str, ...]:
        return self.modules

    def finished(self, scratch: Path) -> Path:
        """Where the file grows, within the scratch folder of the job."""
        return scratch / f"{self.kind}{self.suffix}"

    def as_told(self) -> dict[str, Any]:
        """What a user wants to know of it, in the kinds JSON has."""
        own = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in ("lecture", "output")}
        lecture = {
            "lecture": str(self.lecture.path),
            "name": self.lecture.name,
            "digest": self.lecture.digest,
        }
        return {"kind": self.kind, **lecture, "output": str(self.output), **own}

    def study(self) -> Study:
        """The lecture, worked out. Raises `ProductionError` where one of its files is no longer the one planned."""
        from scenes.lecture.source.digest import digest_of
        from scenes.lecture.study import study

        lecture = self.lecture
        try:
            digest = digest_of(lecture.path.read_bytes(), lecture.files)
        except OSError:
            digest = ""
        if digest != lecture.digest:
            raise ProductionError(
                f"{lecture.path}: the lecture, its data or its font changed while it was being made",
                mend="run it again",
            )
        return study(lecture)


@dataclass(frozen=True, kw_only=True)
class SceneJob(Job):
    """A job that shows a scene, `width` × `height` pixels large. `brief`: the scene is told in a quarter of a minute."""

    scene: str
    width: int
    height: int
    theme: str
    brief: bool = False

    @classmethod
    def of(cls, lecture: Lecture, spec: SceneSpec, options: Options, **more: Any) -> Self:
        """The job of a scene. Its number is its place in the lecture, whichever scenes are asked for."""
        width, height = options.size
        stem = f"{lecture.scenes.index(spec) + 1:02d}-{spec.name}"
        common: dict[str, Any] = {
            "id": f"{lecture.name}/{stem}",
            "output": options.output / lecture.name / f"{stem}{cls.suffix}",
            "theme": options.theme or lecture.theme,
            "brief": lecture.brief or spec.brief,
        }
        return cls(lecture=lecture, scene=spec.name, width=width, height=height, **{**common, **more})

    @property
    def preload(self) -> tuple[str, ...]:
        return (*self.modules, *kind_of(self.lecture.scene(self.scene).kind).painting)

    @cached_property
    def rehearsal(self) -> Rehearsal:
        """The scene, told. Raises `RehearsalError` where it cannot be. Forks of the process share it."""
        from .rehearsal import Rehearsal
        from .telling import tell_scenes

        study = self.study()
        return Rehearsal(study, tell_scenes(study, [self.lecture.scene(self.scene)]))

    def story(self) -> Story:
        """The scene, told. Raises `RehearsalError` where it cannot be."""
        return self.rehearsal.stories[0]

    def __getstate__(self) -> dict[str, Any]:
        return {
            name: value for name, value in vars(self).items() if name != "rehearsal"
        }  # which is told anew


def chosen_scene(lecture: Lecture, name: str) -> SceneSpec:
    """The scene called `name`. Raises `ProductionError` with the names there are."""
    for scene in lecture.scenes:
        if scene.name == name:
            return scene
    names = [scene.name for scene in lecture.scenes]
    raise ProductionError(
        f"--scene: {lecture.path} has no scene {name!r}",
        f"it has {', '.join(names)}",
        did_you_mean(name, names, "choose one of them"),
    )

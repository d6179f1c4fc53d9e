"""From lectures and options to jobs: pure, nothing is read or written."""

from __future__ import annotations

import base64
import pickle
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from gdcore.base.nearest import did_you_mean
from scenes.lecture.model import Lecture, SceneSpec

from .errors import ProductionError
from .kinds import FILM, REPORT, STILL
from .options import Options

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Job:
    """One output file and all that it depends on, as plain data.

    `id` is unique in a run and says to a reader what it is. `digest` is that of the lecture when it was
    planned, `content` that lecture, so that nobody has to read the file again. `width`, `height` in pixels, `fps` frames per second, `at` seconds into a scene (a still; None
    is its last pause). `preset` is one of x264's in place of the one that ships.
    """

    id: str
    kind: str
    lecture: Path
    name: str
    digest: str
    output: Path
    width: int
    height: int
    fps: int
    theme: str
    scene: str | None = None
    scene_kind: str | None = None
    paper: str = "a4"
    greyscale: bool = False
    at: float | None = None
    preset: str | None = None
    content: str = ""
    in_manifest: bool = True

    def as_data(self) -> dict[str, Any]:
        """The job in the kinds JSON has: all that a worker needs."""
        return {key: str(value) if isinstance(value, Path) else value for key, value in asdict(self).items()}

    def as_told(self) -> dict[str, Any]:
        """What a user wants to know of it, as JSON."""
        return {key: value for key, value in self.as_data().items() if key != "content"}

    def unpacked(self) -> Lecture:
        """The lecture as it was planned."""
        lecture: Lecture = pickle.loads(base64.b64decode(self.content))
        return lecture

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Job:
        """The job that `as_data` wrote."""
        values = {field.name: data[field.name] for field in fields(cls)}
        return cls(**{**values, "lecture": Path(data["lecture"]), "output": Path(data["output"])})


def plan(
    lecture: Lecture,
    options: Options,
    *,
    films: bool = False,
    report: bool = False,
    scenes: Sequence[str] = (),
    report_file: Path | None = None,
) -> tuple[Job, ...]:
    """The jobs of one lecture: its films (only those of `scenes`, when names are given), then its report.

    A film's number is its place in the lecture, whichever scenes are asked for. Raises `ProductionError`.
    """
    folder = options.output / lecture.name
    jobs = []
    if films:
        chosen = {chosen_scene(lecture, name).name for name in scenes} or {
            scene.name for scene in lecture.scenes
        }
        for number, scene in enumerate(lecture.scenes, start=1):
            if scene.name in chosen:
                stem = f"{number:02d}-{scene.name}"
                jobs.append(
                    _job(
                        lecture,
                        options,
                        FILM,
                        stem,
                        folder / f"{stem}.mp4",
                        scene=scene.name,
                        scene_kind=scene.kind,
                    )
                )
    if report:
        file = report_file or folder / f"{lecture.name}.pdf"
        jobs.append(
            _job(
                lecture,
                options,
                REPORT,
                "report",
                file,
                paper=options.paper or lecture.report.paper,
                greyscale=options.greyscale,
                in_manifest=report_file is None,
            )
        )
    return tuple(jobs)


def plan_still(
    lecture: Lecture, options: Options, *, scene: str | None, at: float | None, file: Path | None
) -> Job:
    """The job of one still of `scene`, `at` seconds into it; a lecture's only scene need not be named.

    Raises `ProductionError`.
    """
    if scene is None:
        if len(lecture.scenes) > 1:
            names = ", ".join(spec.name for spec in lecture.scenes)
            raise ProductionError(f"--scene: {lecture.path} has several scenes", mend=f"name one of {names}")
        scene = lecture.scenes[0].name
    spec = chosen_scene(lecture, scene)
    number = lecture.scenes.index(spec) + 1
    output = file or options.output / lecture.name / f"{number:02d}-{spec.name}.png"
    return _job(
        lecture,
        options,
        STILL,
        spec.name,
        output,
        scene=spec.name,
        scene_kind=spec.kind,
        at=at,
        in_manifest=False,
    )


def plan_batch(lectures: Sequence[Lecture], options: Options) -> tuple[Job, ...]:
    """All films and the report of every lecture.

    Two lectures of one name would share a folder, so they are a `ProductionError`.
    """
    first: dict[str, Lecture] = {}
    for lecture in lectures:
        # Some file systems do not tell Park from park.
        other = first.setdefault(lecture.name.casefold(), lecture)
        if other is not lecture:
            raise ProductionError(
                f"{lecture.path} and {other.path} are both called {lecture.name!r} and would both write to "
                f"{options.output / lecture.name}",
                mend="rename one of the files, or run them one after the other with different -o",
            )
    return tuple(job for lecture in lectures for job in plan(lecture, options, films=True, report=True))


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


def _job(lecture: Lecture, options: Options, kind: str, stem: str, output: Path, **more: Any) -> Job:
    width, height = options.size
    return Job(
        id=f"{lecture.name}/{stem}",
        kind=kind,
        lecture=lecture.path,
        name=lecture.name,
        digest=lecture.digest,
        content=base64.b64encode(pickle.dumps(lecture)).decode(),
        output=output,
        width=width,
        height=height,
        fps=options.fps,
        theme=options.theme or lecture.theme,
        **more,
    )

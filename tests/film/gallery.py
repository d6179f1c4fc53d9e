"""Stories of the shipped lectures, told once a worker."""

from __future__ import annotations

from functools import cache

from scenes.lecture.read import read_lecture
from scenes.lecture.shipped import shipped
from scenes.lecture.study import Study, study
from scenes.storyboard import Story, tell


@cache
def studied(lecture: str) -> Study:
    return study(read_lecture(shipped()[lecture]))


@cache
def story(name: str) -> Story:
    """The story 'lecture/scene'."""
    lecture, scene = name.split("/")
    worked_out = studied(lecture)
    return tell(worked_out, next(spec for spec in worked_out.lecture.scenes if spec.name == scene))


@cache
def scene_names() -> tuple[str, ...]:
    return tuple(
        f"{name}/{scene.name}" for name, path in shipped().items() for scene in read_lecture(path).scenes
    )


def first_of(kind: str) -> Story:
    """The first scene of a kind in the gallery."""
    for name, path in shipped().items():
        for scene in read_lecture(path).scenes:
            if scene.kind == kind:
                return story(f"{name}/{scene.name}")
    raise LookupError(kind)

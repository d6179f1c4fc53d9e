"""The stories of scenes: all of them, or everything that keeps one from being told."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.lecture.model import SceneSpec
from scenes.lecture.study import Study
from scenes.storyboard import Story, tell
from scenes.storyboard.drawing_error import as_told

from .errors import RehearsalError, scene_fault


def tell_scenes(study: Study, scenes: Sequence[SceneSpec]) -> tuple[Story, ...]:
    """The stories, in order. Raises `RehearsalError` with every scene that cannot be told, its place and its mend."""
    stories, faults, causes = [], [], []
    for scene in scenes:
        try:
            stories.append(tell(study, scene))
        except Exception as error:
            faults.append(scene_fault(study.lecture, scene, as_told(error)))
            causes.append(error)
    if faults:
        raise RehearsalError(faults) from causes[0]
    return tuple(stories)

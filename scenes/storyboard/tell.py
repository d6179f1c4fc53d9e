"""The story of any scene."""

from __future__ import annotations

from scenes.kinds import kind_of
from scenes.lecture.model import SceneSpec
from scenes.lecture.study import Study

from .requirements import check_fit
from .story import Story


def tell(study: Study, scene: SceneSpec) -> Story:
    """The story of a scene of the lecture that was studied, told of what the scene is about.

    Raises `StoryError` with the mend when the kind does not fit the lecture's problem or run.
    """
    study = study.of(scene.name)
    check_fit(study, scene)
    story: Story = kind_of(scene.kind).part("story")(study, scene)
    return story

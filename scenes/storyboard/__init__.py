"""Trajectories told as stories: what happens when, which words go with it, where one may pause."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from .story import Beat, Moment, Story

if TYPE_CHECKING:
    from ..lecture.model import SceneSpec
    from ..lecture.study import Study

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "tangent": "one parameter: the slope of the tangent gives direction and length of each step",
        "overshoot": "one parameter, rate too large: every jump crosses the minimum, the loss explodes",
        "surface": "two parameters: the loss as a surface, the path falls into the valley",
        "regression": "data with line and residuals, loss contours, loss and gradient over the steps",
        "learning-rates": "two to four rates side by side from one start, with the regimes of the rate",
    }
)


def tell(study: Study, scene: SceneSpec) -> Story:
    """The story of a scene.

    Raises `StoryError` with the mend when the kind does not fit the lecture's problem or run.
    """
    module = import_module(f".{scene.kind.replace('-', '_')}", __name__)
    story: Story = module.tell(study, scene)
    return story


__all__ = ["KINDS", "Beat", "Moment", "Story", "tell"]

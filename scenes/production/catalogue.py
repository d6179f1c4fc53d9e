"""What there is to choose from, each with a line."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from types import MappingProxyType


def scenes() -> Mapping[str, str]:
    """The kinds of scenes."""
    from scenes.storyboard import KINDS

    return KINDS


def problems() -> Mapping[str, str]:
    """The named problems, each with its formula."""
    from gdcore.problems import LANDSCAPES

    return {name: f"{landscape.about}: {landscape.formula}" for name, landscape in LANDSCAPES.items()}


def optimizers() -> Mapping[str, str]:
    """The optimizers by slug, each with the first line of the file that its rule has to itself."""
    from gdcore.optimizers import OPTIMIZERS

    return {
        slug: (inspect.getdoc(inspect.getmodule(rule)) or "").partition("\n")[0]
        for slug, rule in OPTIMIZERS.items()
    }


def lectures() -> Mapping[str, str]:
    """The shipped lectures, each with its title."""
    from scenes.lecture.read import read_lecture
    from scenes.lecture.shipped import shipped

    return {name: read_lecture(path).title for name, path in shipped().items()}


CATALOGUES: Mapping[str, Callable[[], Mapping[str, str]]] = MappingProxyType(
    {"scenes": scenes, "problems": problems, "optimizers": optimizers, "lectures": lectures}
)

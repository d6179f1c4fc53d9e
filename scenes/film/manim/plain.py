"""A scene class of every kind, for plain Manim: `manim -ql scenes/film/manim/plain.py Tangent`.

Each tells the first scene of its kind in the shipped lectures. For a story of your own, call one with it:
`Tangent(story=...)`, or subclass it.
"""

from __future__ import annotations

from scenes.film.manim.scene import StoryScene
from scenes.kinds import Kind, kinds


def scene_class(kind: Kind) -> type[StoryScene]:
    """The class of a kind: `learning-rates` is `LearningRates`."""
    name = "".join(part.capitalize() for part in kind.name.split("-"))
    return type(name, (StoryScene,), {"kind": kind.name, "__module__": __name__, "__doc__": kind.about})


# Manim looks for classes among a module's names.
globals().update({scene.__name__: scene for scene in map(scene_class, kinds().values())})

"""Where the film scene of each kind lives. Nothing is imported before it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .scene import StoryScene

SCENES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "tangent": ("tangent", "Tangent"),
        "overshoot": ("overshoot", "Overshoot"),
        "surface": ("surface", "Surface"),
        "regression": ("regression", "Regression"),
        "learning-rates": ("learning_rates", "LearningRates"),
    }
)

_SHADED = ("surface",)


def modules_of(kind: str) -> tuple[str, ...]:
    """What is imported for a kind of scene before its first frame is painted."""
    more = ("scenes.film.shading",) if kind in _SHADED else ()
    return (f"scenes.film.{SCENES[kind][0]}", *more)


def scene_of(kind: str) -> type[StoryScene]:
    """The Manim scene class of a kind."""
    module, name = SCENES[kind]
    found: Any = getattr(import_module(f"scenes.film.{module}"), name)
    return found  # type: ignore[no-any-return]

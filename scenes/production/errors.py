"""What a user can get wrong between a lecture and its files, and the signal that ends a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gdcore.base.errors import GdError
from scenes.lecture.frozen import FrozenMap
from scenes.lecture.model import Lecture, Origin, SceneSpec
from scenes.lecture.source.document import key_of
from scenes.lecture.source.faults import Fault, LectureError
from scenes.storyboard.drawing_error import DrawingError
from scenes.storyboard.requirements import StoryError


class ProductionError(GdError):
    """An option, an output place or a plan that cannot be carried out; the message says what would do."""


@dataclass(frozen=True)
class SceneFault(Fault):
    """Why a scene of a lecture cannot be shown, at its place in the file; `scene` is its name.

    `found`, `allowed` and `mend` are sentences of their own, unlike those of other faults.
    """

    scene: str = ""
    by_default: bool = False

    def __str__(self) -> str:
        return self.of_scenes(f"scene '{self.scene}'{', which comes by default' * self.by_default}")

    def of_scenes(self, scenes: str) -> str:
        """The fault as one of so many scenes, in words."""
        return f"{self.place}: {scenes}: {GdError(self.found, self.allowed, self.mend).message}"

    def as_dict(self) -> dict[str, str | int | None]:
        return {**super().as_dict(), "scene": self.scene}


def scene_fault(lecture: Lecture, scene: SceneSpec, error: GdError) -> SceneFault:
    """What keeps a scene from being shown, at the place of the key that is to blame, else of the scene."""
    place = place_in_scene(lecture, scene, error.at if isinstance(error, StoryError) else ())
    by_default = scene.origin is not None and scene.origin.by_default
    return SceneFault(*place, error.found, error.allowed, error.mend, scene=scene.name, by_default=by_default)


def drawing_fault(lecture: Lecture, error: DrawingError) -> SceneFault:
    """What cannot be drawn of a scene, at its place in the file."""
    scene = lecture.scene(error.scene)
    place = place_in_scene(lecture, scene)
    return SceneFault(*place, f"{error.spot}: {error.found}", error.allowed, error.mend, scene=scene.name)


def place_in_scene(
    lecture: Lecture, scene: SceneSpec, way: tuple[str | int, ...] = ()
) -> tuple[str, int | None, int | None, str]:
    """File, line, column and key, as a fault has them, of the `way` from the scene as far as it stands in the file."""
    origin = scene.origin or Origin(str(lecture.path), f"scenes.{scene.name}", FrozenMap())
    while way and way not in origin.places:
        way = way[:-1]
    line, column = origin.places.get(way, (None, None))
    return origin.file, line, column, key_of((origin.key, *way))


class RehearsalError(LectureError):
    """Scenes of a lecture that cannot be told or drawn; `faults` has one for each. Scenes with one fault are told together."""

    def __str__(self) -> str:
        alike: dict[tuple[str, str, str], list[SceneFault]] = {}
        for fault in self.faults:
            assert isinstance(fault, SceneFault)
            alike.setdefault((fault.found, fault.allowed, fault.mend), []).append(fault)
        return "\n".join(_together(faults) for faults in alike.values())


def _together(faults: Sequence[SceneFault]) -> str:
    first, *others = faults
    if not others:
        return str(first)
    names = [f"'{first.scene}'"]
    for other in others:
        elsewhere = other.line is not None and other.line != first.line
        names.append(f"'{other.scene}' (line {other.line})" if elsewhere else f"'{other.scene}'")
    return first.of_scenes(f"scenes {', '.join(names[:-1])} and {names[-1]}")


class ProbeError(GdError):
    """A finished file that is not what was asked for. It is never moved into place."""

    def __init__(self, found: str, allowed: str = "", mend: str = "make it again") -> None:
        super().__init__(found, allowed, mend)


class Interrupted(KeyboardInterrupt):
    """The run was ended by a signal; all workers are dead and all temporary files are gone by now."""

    def __init__(self, signal_number: int) -> None:
        super().__init__(f"ended by signal {signal_number}")
        self.signal_number = signal_number

    @property
    def exit_status(self) -> int:
        """What a shell reports for a process ended by this signal: 130 for Ctrl-C, 143 for SIGTERM."""
        return 128 + self.signal_number

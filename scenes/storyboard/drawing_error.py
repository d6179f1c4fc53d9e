"""A scene that was told and cannot be drawn: a mistake of the program, or of somebody's kind of scene."""

from __future__ import annotations

from dataclasses import dataclass

from gdcore.base.errors import GdError

from .story import Beat, Story


@dataclass(frozen=True)
class Spot:
    """Where in a scene: a beat of its film with the step that it shows, or a figure of the report."""

    beat: str | None = None
    step: int | None = None
    figure: int | None = None

    @classmethod
    def at(cls, beat: Beat) -> Spot:
        return cls(beat.id, beat.step)

    def __str__(self) -> str:
        film = [] if self.beat is None else [f"beat '{self.beat}', step {self.step}"]
        return ", ".join(film + ([] if self.figure is None else [f"figure {self.figure} of the report"]))


def as_told(cause: Exception) -> GdError:
    """A cause as a user is told it: whatever is no `GdError` is a mistake of the program."""
    if isinstance(cause, GdError):
        return cause
    mend = "this is a mistake of the program: please report it, and leave the scene out meanwhile"
    return GdError(f"{type(cause).__name__}: {cause}", mend=mend)


class DrawingError(GdError):
    """A scene cannot be drawn: `scene` is its name, `spot` the place in it where that showed."""

    def __init__(self, scene: str, spot: Spot, found: str, allowed: str = "", mend: str = "") -> None:
        super().__init__(found, allowed, mend)
        self.scene = scene
        self.spot = spot

    @classmethod
    def of(cls, cause: Exception, story: Story, spot: Spot) -> DrawingError:
        """What a cause becomes, unless it already says where it happened."""
        if isinstance(cause, DrawingError):
            return cause
        told = as_told(cause)
        return cls(story.name, spot, told.found, told.allowed, told.mend)

    def __str__(self) -> str:
        return f"scene '{self.scene}', {self.spot}: {self.message}"

    def __reduce__(self) -> tuple[type[DrawingError], tuple[str, Spot, str, str, str]]:
        return type(self), (self.scene, self.spot, self.found, self.allowed, self.mend)

"""What a picture shows at a moment, for the tests, and what is wrong with it."""

from __future__ import annotations

from typing import Any

import numpy as np

from scenes.draw.recording_pen import RecordingPen
from scenes.theme import Role
from scenes.widgets.picture import Picture

FORMATS = {"16:9": (1920, 1080), "9:16": (1080, 1920), "1:1": (1080, 1080)}


def painted(picture: Picture[Any], seconds: float) -> RecordingPen:
    """The pen that has painted a moment."""
    pen = RecordingPen(picture.frame)
    picture.paint(pen, seconds)
    return pen


def trouble(picture: Picture[Any], seconds: float) -> list[str]:
    """Texts that meet something, or leave the frame."""
    pen = painted(picture, seconds)
    met = [f"«{text.text}» meets {other.kind} {other.text}" for text, other in pen.collisions()]
    return met + [f"«{mark.text}» leaves the frame" for mark in pen.outside()]


def discs(picture: Picture[Any], seconds: float, role: Role = Role.POINT) -> np.ndarray:
    """Centres of the discs in a colour, (n, 2): by default in that of the point."""
    marks = painted(picture, seconds).marks
    found = [mark.box.centre for mark in marks if mark.kind == "disc" and mark.role is role]
    return np.array(found, dtype=np.float64).reshape(-1, 2)

"""How big, how smooth and where: the options that every film and report of a run shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from gdcore.base.nearest import did_you_mean

from .errors import ProductionError

#: Manim's quality letters with Manim's meaning: width and height in pixels, frames per second.
QUALITIES: Mapping[str, tuple[int, int, int]] = MappingProxyType(
    {
        "l": (854, 480, 15),
        "m": (1280, 720, 30),
        "h": (1920, 1080, 60),
        "p": (2560, 1440, 60),
        "k": (3840, 2160, 60),
    }
)
DEFAULT_QUALITY = "h"
SMALLEST_SIDE, LARGEST_SIDE = 128, 7680
LARGEST_RATE = 240
THEMES = ("dark", "light")
PAPERS = ("a4", "letter")


@dataclass(frozen=True)
class Options:
    """What every job of a run shares. Raises `ProductionError` when a value cannot be met.

    `size` is (width, height) in pixels, `fps` frames per second. `theme` and `paper` are None where the
    lecture decides.
    """

    output: Path = Path("output")
    size: tuple[int, int] = QUALITIES[DEFAULT_QUALITY][:2]
    fps: int = QUALITIES[DEFAULT_QUALITY][2]
    theme: str | None = None
    paper: str | None = None
    greyscale: bool = False

    def __post_init__(self) -> None:
        for name, side in zip(("width", "height"), self.size, strict=True):
            if not SMALLEST_SIDE <= side <= LARGEST_SIDE:
                raise ProductionError(
                    f"-r: {name} {side} is out of range",
                    f"a side may have {SMALLEST_SIDE} to {LARGEST_SIDE} pixels",
                    "write for example -r 1920,1080",
                )
            if side % 2:
                # yuv420p keeps one colour sample for a block of 2 x 2 pixels.
                raise ProductionError(
                    f"-r: {name} {side} is odd", "a film needs even sides", f"try {side + 1}"
                )
        if not 1 <= self.fps <= LARGEST_RATE:
            raise ProductionError(
                f"--fps: {self.fps} is out of range",
                f"allowed are 1 to {LARGEST_RATE} frames per second",
                "try 30",
            )
        _one_of("--theme", self.theme, THEMES)
        _one_of("--paper", self.paper, PAPERS)


def options_for(
    quality: str = DEFAULT_QUALITY,
    *,
    output: Path = Path("output"),
    resolution: str | None = None,
    fps: int | None = None,
    theme: str | None = None,
    paper: str | None = None,
    greyscale: bool = False,
) -> Options:
    """The options of a quality letter; `resolution` and `fps` replace its size and frame rate."""
    if quality not in QUALITIES:
        raise ProductionError(
            f"-q: there is no quality {quality!r}",
            f"allowed are {', '.join(QUALITIES)}",
            "choose one of them",
        )
    width, height, rate = QUALITIES[quality]
    return Options(
        output=output,
        size=(width, height) if resolution is None else parse_resolution(resolution),
        fps=rate if fps is None else fps,
        theme=theme,
        paper=paper,
        greyscale=greyscale,
    )


def parse_resolution(text: str) -> tuple[int, int]:
    """The (width, height) of ``"1080,1920"``; ``x`` may stand for the comma."""
    parts = text.lower().replace("x", ",").split(",")
    if len(parts) != 2 or not all(part.strip().isascii() and part.strip().isdigit() for part in parts):
        raise ProductionError(
            f"-r: {text!r} is not a size", mend="write width and height in pixels, such as -r 1080,1920"
        )
    return int(parts[0]), int(parts[1])


def _one_of(option: str, value: str | None, allowed: tuple[str, ...]) -> None:
    if value is not None and value not in allowed:
        raise ProductionError(
            f"{option}: there is no {value!r}",
            f"allowed are {', '.join(allowed)}",
            did_you_mean(value, allowed, "choose one of them"),
        )

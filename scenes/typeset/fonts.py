"""The shipped fonts: where they lie and which characters they have."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FAMILY = "Steepest Serif"


def font_files() -> tuple[Path, ...]:
    """The static TrueType files of the one family that film and report use (regular, bold)."""
    folder = Path(__file__).parent / "fonts"
    return tuple(folder / f"SteepestSerif-{style}.ttf" for style in ("Regular", "Bold"))


@cache
def _characters() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(font_files()[0], lazy=True) as font:
        return frozenset(font.getBestCmap())


def missing_characters(text: str) -> tuple[str, ...]:
    """The characters of a text that the family cannot show, in order, each once."""
    have = _characters()
    return tuple(dict.fromkeys(c for c in text if ord(c) not in have and not c.isspace()))

"""Paper, margins, type scale and colours of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from scenes.theme import LIGHT, RGB, Role, Theme, sight

# Sizes of type in points.
TITLE, SECTION, HEADING, QUESTION = 25.0, 16.0, 11.5, 13.5
BODY, DISPLAY, SMALL, CAPTION, TABLE, TICK, LABEL, FOOTER = 10.4, 13.0, 9.2, 9.0, 8.6, 7.8, 8.6, 7.8
LEADING = 1.44  # line to line, in em

# Widths of strokes in points.
HAIR, THIN, LINE, BOLD = 0.45, 0.8, 1.3, 2.0


@dataclass(frozen=True)
class Paper:
    """A sheet in points, with its margins. Footers stand inside the bottom margin."""

    name: str
    width: float
    height: float
    side: float = 76.0
    top: float = 60.0
    bottom: float = 72.0

    @property
    def column(self) -> float:
        """Width of the one column of text."""
        return self.width - 2 * self.side

    @property
    def room(self) -> float:
        """Height of the column."""
        return self.height - self.top - self.bottom


PAPERS: Mapping[str, Paper] = MappingProxyType(
    {
        "a4": Paper("a4", 595.276, 841.89),
        "letter": Paper("letter", 612.0, 792.0, side=84.0, top=60.0, bottom=70.0),
    }
)


# Strokes in greyscale: as grey as their colours are light, path and map would be alike.
_GREY_STROKES: dict[Role, float] = {
    Role.POINT: 0.08,
    Role.TROUBLE: 0.08,
    Role.OBJECTIVE: 0.42,
    Role.SLOPE: 0.3,
    Role.STEP: 0.25,
    Role.GOOD: 0.3,
}


@dataclass(frozen=True)
class Style:
    """The colours of a page: those of the light theme, or greys that are as light as they are.

    `decimal` stands before the decimals of its numbers.
    """

    theme: Theme
    grey: bool = False
    decimal: str = "."

    def stroke(self, role: Role) -> RGB:
        """The colour of lines and areas."""
        if self.grey and role in _GREY_STROKES:
            level = _GREY_STROKES[role]
            return level, level, level
        return self._seen(self.theme.colours[role])

    def text(self, role: Role | None) -> RGB:
        """The colour of words and formulae, at least 4.5 : 1 on white."""
        return self._seen(self.theme.text[role or Role.INK])

    @property
    def surface(self) -> tuple[RGB, ...]:
        """Colours of heights, low to high."""
        return tuple(self._seen(colour) for colour in self.theme.surface)

    def tint(self, role: Role, strength: float) -> RGB:
        """A role's colour thinned with white: 0 is white, 1 the full colour."""
        red, green, blue = (1 - strength * (1 - channel) for channel in self.stroke(role))
        return red, green, blue

    def _seen(self, colour: RGB) -> RGB:
        return as_grey(colour) if self.grey else colour


def page_style(greyscale: bool = False, decimal: str = ".") -> Style:
    """The style of the report, in colour or in greys."""
    return Style(LIGHT, greyscale, decimal)


PAGE = page_style()


@lru_cache(maxsize=256)
def as_grey(colour: RGB) -> RGB:
    """The grey of the same luminance (WCAG 2.1), so that contrasts stay as they are."""
    grey = round(sight.to_srgb((sight.luminance(colour),) * 3)[0], 6)
    return grey, grey, grey

"""Fonts for the tests: small ones made on the spot, and one of Debian where it is installed."""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

EM = 1000
DEBIAN = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")
"""Chinese, Japanese and Korean letters; `make test` installs it where apt can."""


def made_font(
    path: Path, letters: str, *, side: int = 800, family: str = "Blocks", empty: str = "", coloured: str = ""
) -> Path:
    """A TrueType font in which each letter is a square with this side, in thousandths of an em, on the baseline.

    Those in `empty` have no outline; those in `coloured` have a coloured picture beside their outline.
    """
    names = {letter: f"u{ord(letter):05X}" for letter in dict.fromkeys(letters + empty + coloured)}
    order = [".notdef", *names.values(), "layer"]
    glyphs = {
        name: _square(0 if name == ".notdef" or name in {names[letter] for letter in empty} else side)
        for name in order
    }
    font = FontBuilder(EM, isTTF=True)
    font.setupGlyphOrder(order)
    font.setupCharacterMap({ord(letter): name for letter, name in names.items()})
    font.setupGlyf(glyphs)
    font.setupHorizontalMetrics(dict.fromkeys(order, (EM, 0)))
    font.setupHorizontalHeader(ascent=880, descent=-120)
    font.setupNameTable({"familyName": family, "styleName": "Regular", "psName": f"{family}-Regular"})
    font.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWeightClass=400)
    font.setupPost()
    if coloured:
        font.setupCOLR({names[letter]: [("layer", 0)] for letter in coloured})
        font.setupCPAL([[(1.0, 0.0, 0.0, 1.0)]])
    font.save(path)
    return path


def _square(side: int) -> object:
    pen = TTGlyphPen(None)
    if side:
        pen.moveTo((0, 0))
        for corner in ((0, side), (side, side), (side, 0)):
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()

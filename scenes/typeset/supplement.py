"""A font file of the user's, for letters that ours has not: what it must be."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

from gdcore.base.errors import GdError
from gdcore.notation import Face

from .engine import engine

LARGEST_FONT = 200_000_000
"""Bytes; the largest fonts of Chinese, with all weights in one file, have 150 million."""

_WANTED = "a font file (TTF, OTF or TTC)"
_WEB = (b"wOFF", b"wOF2")
_OUTLINES = {"glyf", "CFF ", "CFF2"}


def read_face(file: Path) -> Face:
    """The font in a file. Raises GdError, with what is allowed and the mend, where letters cannot be drawn with it."""
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST_FONT + 1)
    except OSError as error:
        raise GdError(
            f"a file that cannot be read ({error.strerror or error})", _WANTED, "make it readable"
        ) from None
    if len(data) > LARGEST_FONT:
        raise GdError(f"more than {LARGEST_FONT} bytes", _WANTED, "take a font of fewer letters")
    if data[:4] in _WEB:
        raise GdError("a font for web pages (WOFF)", _WANTED, "take its TTF or OTF file instead")
    if not _tables(data) & _OUTLINES:
        raise GdError(
            "a font of pictures, without outlines",
            _WANTED + " with outlines",
            "take one in one colour, such as Noto Emoji instead of Noto Color Emoji",
        )
    face = Face(file, hashlib.sha256(data).hexdigest())
    try:
        engine((face,))
    except GdError:
        raise _no_font() from None
    return face


def _tables(data: bytes) -> set[str]:
    """What is in a font file, of several fonts in the first."""
    from fontTools.ttLib import TTFont

    try:
        with TTFont(io.BytesIO(data), fontNumber=0, lazy=True) as font:
            return set(font.keys())
    except Exception:  # whatever stumbles over bytes that are no font
        raise _no_font() from None


def _no_font() -> GdError:
    return GdError("a file that is no font, or a broken one", _WANTED, "name another file")

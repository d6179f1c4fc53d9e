"""A font file of the user's, for letters that ours has not: what it must be."""

from __future__ import annotations

import hashlib
import io
import struct
import sys
from pathlib import Path

import numpy as np

from gdcore.base.errors import GdError
from gdcore.notation import Face

from .engine import engine

LARGEST_FONT = 200_000_000
"""Bytes; the largest fonts of Chinese, with all weights in one file, have 150 million."""

_WANTED = "a font file (TTF, OTF or TTC)"
_WEB = (b"wOFF", b"wOF2")
_OUTLINES = {"glyf", "CFF ", "CFF2"}
_MOST_FONTS = 256  # in one file
_IN_RANGES = (12, 13)  # the formats of a table of letters that name ranges of any length


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
    if not _found_in(data) & _OUTLINES:
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


def _found_in(data: bytes) -> set[str]:
    """The tables of a font file. Raises GdError for one that is broken, as far as reading it would do harm."""
    from fontTools.ttLib import TTFont

    tables: set[str] = set()
    try:
        several = data[:4] == b"ttcf"
        (count,) = struct.unpack_from(">I", data, 8) if several else (1,)
        if count > _MOST_FONTS:
            raise _no_font()
        for number in range(count):
            with TTFont(io.BytesIO(data), fontNumber=number, lazy=True) as font:
                tables |= set(font.keys())
                sound = _is_sound(font.reader["cmap"])
            if not sound:
                raise _no_font()
    except GdError:
        raise
    except Exception:  # whatever stumbles over bytes that are no font
        raise _no_font() from None
    if not tables:
        raise _no_font()
    return tables


def _is_sound(cmap: bytes) -> bool:
    """Does the table of letters stay within Unicode? Its readers go through the ranges that it names, however long."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    for record in range(count):
        (at,) = struct.unpack_from(">I", cmap, 4 + 8 * record + 4)
        (kind,) = struct.unpack_from(">H", cmap, at)
        if kind in _IN_RANGES:
            (groups,) = struct.unpack_from(">I", cmap, at + 12)
            ranges = np.frombuffer(cmap, dtype=">u4", count=3 * groups, offset=at + 16).reshape(-1, 3)
            first, last = ranges[:, 0].astype(np.int64), ranges[:, 1].astype(np.int64)
            if (
                (last < first).any()
                or (last > sys.maxunicode).any()
                or (last - first + 1).sum() > sys.maxunicode
            ):
                return False
    return True


def _no_font() -> GdError:
    return GdError("a file that is no font, or a broken one", _WANTED, "name another file")

"""Text and formulae as outlines, set by Typst with fonts of our own: the same glyphs in film and report."""

from __future__ import annotations

from .compiler import typeset
from .fonts import FAMILY, font_files, missing_characters
from .outline import Outline, Piece
from .supplement import read_face

__all__ = ["FAMILY", "Outline", "Piece", "font_files", "missing_characters", "read_face", "typeset"]

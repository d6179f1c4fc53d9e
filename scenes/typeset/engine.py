"""Typst, with fonts of ours and those that a text brings along: nothing is looked up on the machine."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from gdcore.base.errors import GdError
from gdcore.notation import Face

from .fonts import font_files
from .markup import called, document

_REGULAR = 400  # the weight of text


@dataclass(frozen=True)
class Engine:
    """A compiler, and the families of the faces that it knows beside our own."""

    compiler: Any
    families: tuple[str, ...] = ()

    def svg(self, source: str) -> str:
        """What a document looks like. Raises GdError where a broken font brings the typesetter down."""
        try:
            return str(self.compiler.compile(input=source.encode(), format="svg").decode())
        except BaseException as error:
            if (
                type(error).__name__ != "PanicException"
            ):  # which Rust's libraries raise, and which has no module
                raise
        raise GdError(
            "a text cannot be set in the font of the lecture, which is broken", mend="take another font"
        )


@lru_cache(maxsize=4)
def engine(faces: tuple[Face, ...] = ()) -> Engine:
    """Typst with these faces. Raises GdError where the file of one is no longer what it was."""
    from typst import Compiler

    # Typst reads whole folders, and fonts only when they are needed: so the file lies in a folder of its own until all
    # that is to be used of it has been.
    with TemporaryDirectory(prefix="steepest-font-") as place:
        families = tuple(_family_of(_laid(face, Path(place, str(i)))) for i, face in enumerate(faces))
        # Below the null device there is no file: nothing could be read, whatever stood in a document, and no package
        # lies there. (That no text becomes a document's commands is seen to by the types: words are quoted data.)
        compiler = Compiler(
            root=os.devnull,
            font_paths=[str(font_files()[0].parent), *([place] if faces else [])],
            ignore_system_fonts=True,
            package_path=os.devnull,
            package_cache_path=os.devnull,
        )
        for family in families:
            for bold in (False, True):
                Engine(compiler).svg(document(called(family), bold=bold))
    return Engine(compiler, families)


def _laid(face: Face, folder: Path) -> Path:
    try:
        data = face.file.read_bytes()
    except OSError as error:
        raise GdError(
            f"the font {face.file} can no longer be read ({error.strerror or error})",
            mend="put it back where it was",
        ) from None
    if hashlib.sha256(data).hexdigest() != face.digest:
        raise GdError(f"the font {face.file} is no longer the one that was checked", mend="start again")
    folder.mkdir()
    (folder / "font.ttc").write_bytes(data)  # what is in it, one font or several, Typst finds out by itself
    return folder


def _family_of(folder: Path) -> str:
    """The family of a font file; of several that of the one that is most like a text's."""
    found = variants(folder)
    if not found:
        raise GdError("the file holds no font", mend="name a TrueType or OpenType font")
    return str(
        min(found, key=lambda font: (font.style != "normal", abs(font.weight - _REGULAR), font.index)).family
    )


def variants(folder: Path) -> Sequence[Any]:
    """The fonts in a folder, as Typst tells them."""
    from typst import Fonts

    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]).fonts()

"""The font of a lecture, for letters that ours has not."""

from __future__ import annotations

from pathlib import Path

from gdcore.base.errors import GdError
from gdcore.notation import Face

from .document import Document
from .paths import FONT, file_below


def read_font(doc: Document, text: str, folder: Path) -> Face | None:
    """The font in the file that `text` names below the lecture's `folder`; None after a fault."""
    file = file_below(doc, ("font",), text, folder, FONT)
    if file is None:
        return None
    from scenes.typeset import read_face  # which opens fonts

    try:
        return read_face(file)
    except GdError as error:
        doc.report(("font",), f"{file.name}, {error.found}", error.allowed, error.mend)
    return None

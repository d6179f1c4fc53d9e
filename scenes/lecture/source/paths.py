"""Files that a lecture names: below its own folder, or refused."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from . import document
from .document import Document
from .faults import clipped, comma_list, in_quotes
from .nearby import LECTURES, TABLES, files_in, nearest_file


def data_file(doc: Document, at: document.Path, text: str, folder: Path) -> Path | None:
    """The table that `text` names: as `file_below`, or a shipped one by its bare name, with a warning."""
    from scenes.lecture.shipped import shipped_data

    shipped = shipped_data()
    if text not in shipped or os.path.lexists(folder / text):
        return file_below(doc, at, text, folder)
    found = f"the file {in_quotes(text)}, which is not beside the lecture, so the shipped one is taken"
    doc.warn(at, found, f"a file below {folder}, or a shipped one", "if another is meant, put it there")
    return shipped[text]


@dataclass(frozen=True)
class Sort:
    """A sort of file: what one is called, what those are that lie there, and how their names end."""

    one: str
    many: str
    endings: tuple[str, ...]


TABLE = Sort("a CSV file", "tables", TABLES)
FONT = Sort("a font file", "fonts", (".ttf", ".otf", ".ttc", ".otc"))


def file_below(doc: Document, at: document.Path, text: str, folder: Path, sort: Sort = TABLE) -> Path | None:
    """The existing regular file that `text` names, symbolic links resolved; None after a fault.

    `folder` is the lecture's, resolved. Refused are absolute paths, whatever leaves the folder by `..` or by a
    symbolic link, what does not exist, and what is no regular file (a device or a pipe could block for ever).
    """
    found = f'the file "{clipped(text)}"'
    below = f"a file below {folder}"
    windows = PureWindowsPath(text)
    if Path(text).is_absolute() or windows.drive or windows.root:
        doc.report(
            at, f'the absolute path "{clipped(text)}"', below, f"copy it there and write {windows.name}"
        )
        return None
    try:
        path = (folder / text).resolve()
        inside = path.is_relative_to(folder)
        exists, regular = (path.exists(), path.is_file()) if inside else (False, False)
    except (OSError, RuntimeError, ValueError) as error:  # over-long, a loop of links, a NUL
        doc.report(at, f"{found}, which cannot be looked up ({error})", below, "give the file a simpler name")
        return None
    if not inside:
        doc.report(at, f"{found}, which leads out of the lecture's folder", below, "copy it into the folder")
    elif not exists:
        doc.report(at, f"{found}, which does not exist", below, _nearest(text, path.parent, folder, sort))
    elif not regular:
        doc.report(at, f"{found}, which is no ordinary file", below, f"name {sort.one}")
    else:
        return path
    return None


def _nearest(text: str, parent: Path, folder: Path, sort: Sort) -> str:
    from scenes.lecture.shipped import shipped_data

    ending = Path(text).suffix.casefold()
    there = files_in(parent, sort.endings if ending in LECTURES else (*sort.endings, ending))
    ships = list(shipped_data()) if sort is TABLE and Path(text).name == text else []
    near = nearest_file(Path(text).name, [*there, *ships])
    if near in there:
        return f"did you mean {(parent / near).relative_to(folder).as_posix()}?"
    if near:
        return f"did you mean {near}?"
    mend = (
        f"the {sort.many} there are: {comma_list(there[:5])}" if there else "put the file beside the lecture"
    )
    return f"{mend}; those that ship are {comma_list(ships)}" if ships else mend

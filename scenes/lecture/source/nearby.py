"""Files that are there, and which of them a name that is not there probably means."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from gdcore.base.nearest import nearest

LECTURES = (".yaml", ".yml")
"""How lecture files end."""

TABLES = (".csv", ".tsv", ".txt")
"""How tables of data end."""


def nearest_file(name: str, there: Iterable[str]) -> str | None:
    """The file of those `there` that `name` probably means.

    The endings count for nothing, those of alike files being alike: of two with one stem the same ending is meant.
    """
    by_stem: dict[str, str] = {}
    same_ending = Path(name).suffix.casefold()
    for other in there:
        if Path(other).suffix.casefold() == same_ending:
            by_stem[Path(other).stem] = other
        by_stem.setdefault(Path(other).stem, other)
    meant = nearest(Path(name).stem, by_stem)
    return None if meant is None else by_stem[meant]


def files_in(folder: Path, endings: tuple[str, ...]) -> list[str]:
    """The names of the files with one of these endings, in alphabetical order; none where the folder cannot be read."""
    try:
        return sorted(
            entry.name for entry in folder.iterdir() if entry.suffix.casefold() in endings and entry.is_file()
        )
    except (OSError, ValueError):
        return []

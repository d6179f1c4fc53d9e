"""Can every letter of a lecture be shown? What no font has is refused where it stands."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from .document import Document, Path, key_of
from .faults import in_quotes

_COMMON = frozenset(map(chr, [*range(0x20, 0x7F), *range(0xA1, 0x180)]))  # the family has them all
_SPACES = frozenset("\n\r\t")  # of folded and literal texts: shown as the spaces between words
_SHOWN_TEXTS = frozenset(["title", "author", "course", "date", "question", "note"])

_SHOWN_MAPS = frozenset([("problem", "labels"), ("problem", "parameters")])  # what columns are called


def check_texts(doc: Document) -> None:
    """Report the characters of texts and names that no font of ours has, and those that are no letters at all."""
    known = {fault.key for fault in doc.faults}
    for path, text, at_key in _texts(doc.root, ()):
        for character in _unshown(text):
            if key_of(path) in known and unicodedata.category(character) in ("Cc", "Zl", "Zp"):
                continue  # what a backslash has become, reported where it was read
            found = f"the character {_named(character)} in {in_quotes(text)}"
            column = text.index(character) + 1
            place = None if at_key else doc.place_within(path, column)
            allowed = "Latin, Greek and Cyrillic letters, and the signs of mathematics"
            doc.report(path, found, allowed, "write it in another way", at_key=at_key, at=place)


def title_of(name: str) -> str:
    """A file's name without its ending as a title: spaces between its words, and no character that cannot be shown."""
    gone = set(_unshown(name))
    kept = "".join(" " if letter in gone else letter for letter in name)
    return " ".join(kept.replace("-", " ").replace("_", " ").split())


def _unshown(text: str) -> tuple[str, ...]:
    rare = "".join(character for character in text if character not in _COMMON | _SPACES)
    if not rare:
        return ()
    from scenes.typeset.coverage import unshown  # which opens fonts

    return unshown(rare)


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str, bool]]:
    """Every text that will be shown, with its place: values of some keys, names of runs and scenes, labels, captions."""
    if not isinstance(value, dict):
        return
    for key, inner in value.items():
        here: Path = (*path, key)
        # A scene may hold what a lecture holds: a problem, and runs.
        within = here[2:] if path[:1] == ("scenes",) and len(path) > 1 else here
        if key in _SHOWN_TEXTS and isinstance(inner, str):
            yield here, inner, False
        elif within == ("problem",):
            yield from _texts(inner, here)
        elif isinstance(inner, dict) and (within in _SHOWN_MAPS or key == "captions"):
            yield from (((*here, name), text, False) for name, text in inner.items() if isinstance(text, str))
        elif within == ("runs",) and isinstance(inner, dict):
            yield from (((*here, name), name, True) for name in inner)
        elif here == ("scenes",) and isinstance(inner, list):
            for i, scene in enumerate(inner):
                yield from _texts(scene, (*here, i))
        elif path[:1] == ("scenes",) and within == ("name",) and isinstance(inner, str):
            yield here, inner, False
        elif within in (("problem", "x"), ("problem", "y"), ("problem", "parameters")):
            names = inner if isinstance(inner, list) else [inner]
            yield from ((here, name, False) for name in names if isinstance(name, str))


def _named(character: str) -> str:
    code = f"U+{ord(character):04X}"
    return f"{character} ({code})" if unicodedata.category(character)[0] != "C" else code

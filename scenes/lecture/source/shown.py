"""Can every letter of a lecture be shown? What no font has is refused where it stands."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from gdcore.notation import Face

from .document import Document, Path, key_of
from .faults import in_quotes

_COMMON = frozenset(map(chr, [*range(0x20, 0x7F), *range(0xA1, 0x180)]))  # the family has them all
_SPACES = frozenset("\n\r\t")  # of folded and literal texts: shown as the spaces between words
_NAMED = 5  # characters of one text

# What is only read: files and words of the program. Of a run the name is shown, of a scene what it says.
_READ = frozenset(["font", "language", "theme", "report", "runs"])
_READ_OF_PROBLEM = frozenset(["data", "name", "cost"])
_READ_OF_SCENE = frozenset(["kind", "run", "runs"])


def check_texts(doc: Document, face: Face | None = None) -> None:
    """Report what of the texts and names no font of ours and not the lecture's `face` has, and what is no letter at all."""
    known = {fault.key for fault in doc.faults}
    for path, text, at_key in _texts(doc.root):
        if path == ("problem", "formula") and key_of(path) in known:
            continue  # it could not be read, for this letter or another
        strangers = [
            letter
            for letter in _unshown(text, face)
            # what a backslash has become was reported where it was read
            if not (key_of(path) in known and _is_control(letter))
        ]
        for letters in (
            [s for s in strangers if _is_control(s)],
            [s for s in strangers if not _is_control(s)],
        ):
            if letters:
                _report(doc, path, text, letters, at_key, face)


def title_of(name: str, face: Face | None = None) -> str:
    """A file's name without its ending as a title: spaces between its words, and no character that cannot be shown."""
    for letter in _unshown(name, face):
        name = name.replace(letter, " ")
    return " ".join(name.replace("-", " ").replace("_", " ").split())


def _unshown(text: str, face: Face | None) -> tuple[str, ...]:
    if all(character in _COMMON or character in _SPACES for character in text):
        return ()
    from scenes.typeset.coverage import unshown  # which opens fonts

    return tuple(letter for letter in unshown(text, face) if letter not in _SPACES)


def _report(
    doc: Document, path: Path, text: str, letters: Sequence[str], at_key: bool, face: Face | None
) -> None:
    named = ", ".join(_named(letter) for letter in letters[:_NAMED])
    more = f" and {len(letters) - _NAMED} more" if len(letters) > _NAMED else ""
    found = f"the character{'s' * (len(letters) > 1)} {named}{more} in {in_quotes(text)}"
    allowed = "Latin, Greek and Cyrillic letters, and the signs of mathematics"
    if face is not None:
        allowed += f", and the outlines that {face.file.name} has"
    first = text.find(letters[0])
    place = None if at_key or first < 0 else doc.place_within(path, first + 1)
    doc.report(path, found, allowed, _mend(letters, face), at_key=at_key, at=place)


def _mend(letters: Sequence[str], face: Face | None) -> str:
    one = len(letters) == 1
    if _is_control(letters[0]):
        return f"take {'it' if one else 'them'} away"
    pictures = any(unicodedata.category(letter[0]) in ("So", "Sk", "Cn") for letter in letters)
    kind = "TTF, OTF or TTC; in one colour" if pictures else "TTF, OTF or TTC"
    other = "another font" if face is not None else "a font"
    return f"copy {other} that has {'it' if one else 'them'} beside the lecture ({kind}) and name it: `font: FILE`"


def _texts(root: object) -> Iterator[tuple[Path, str, bool]]:
    """Every text that may be shown, with its place and whether it is a key: what is not known to be read only."""
    for path, text in _values(root, ()):
        of_scene = path[:1] == ("scenes",) and len(path) > 2
        match path[2:] if of_scene else path:
            case ("problem", part, *_) if part in _READ_OF_PROBLEM:
                continue
            case (part, *_) if part in (_READ_OF_SCENE if of_scene else _READ):
                continue
        yield path, text, False
    yield from _run_names(root, ())
    scenes = root.get("scenes") if isinstance(root, dict) else None
    for i, scene in enumerate(scenes if isinstance(scenes, list) else ()):
        yield from _run_names(scene, ("scenes", i))


def _run_names(block: object, path: Path) -> Iterator[tuple[Path, str, bool]]:
    runs = block.get("runs") if isinstance(block, dict) else None
    for name in runs if isinstance(runs, dict) else ():
        yield (*path, "runs", name), name, True


def _values(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _values(inner, (*path, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _values(inner, (*path, i))


def _is_control(letter: str) -> bool:
    """Is it no letter but what steers a program: a control character, a mark without a shape, an end of lines?"""
    return unicodedata.category(letter[0]) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _named(letter: str) -> str:
    from scenes.typeset.coverage import code_points

    return code_points(letter) if _is_control(letter) else f"{letter} ({code_points(letter)})"

"""What keyboards and word processors leave in a lecture: odd blanks, colons and quotes where YAML wants plain ones.

Each is told with its place, and the file is read as it was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .document import Shift
from .faults import clipped
from .yaml_mends import Broken

_ODD = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_INDENTED = re.compile(rf"[ ]*[{_ODD}][ {_ODD}]*(?=[^\s])")
_BEHIND = re.compile(rf"^[ ]*(?:- )?[^\s:#\"'][^:#\"']*:[ ]*[{_ODD}][ {_ODD}]*")
_TRAILING = re.compile(rf"[ {_ODD}]+$")
_LITERAL = re.compile(
    r"(?::|-|^)\s+[|>][+-]?[0-9]?[+-]?\s*(?:#.*)?$"
)  # what follows further in is a text as it stands
_QUOTED_KEY = re.compile(r"^(?P<lead>[ ]*(?:-[ ]+)?)[“”„«»‘’‚](?P<key>\w[\w -]*)[“”«»‘’](?=[ ]*:)")
_DASH = re.compile(r"^(?P<lead>[ ]*)(?P<dash>[-–—−])(?P<gap>[ ]*)(?=(?P<key>[a-z_]+)[ ]*:)")
_COLON = re.compile(r"^[ ]*(?:-[ ]+)?(?P<key>[a-z_]+)(?P<colon>[ ]*[：﹕:]|[ ]*=(?!=)[ ]*)(?=(?P<next>\S?))")


@dataclass
class Typed:
    """A text as it was meant, what of it was typed otherwise, and where its columns moved."""

    text: str
    broken: tuple[Broken, ...]
    shifts: tuple[Shift, ...]


def as_meant(text: str, keys: frozenset[str]) -> Typed:
    """The text with plain blanks, colons, dashes and quotes around its `keys`."""
    lines, shifts = text.splitlines(keepends=True), list[Shift]()
    blanks, others = list[Broken](), list[Broken]()
    literal: int | None = None  # the indentation of the key of a text that is taken as it stands
    for number, whole in enumerate(lines):
        line = whole.rstrip("\r\n")
        far = len(line) - len(line.lstrip(" "))
        if literal is not None and (not line.strip() or far > literal):
            continue
        literal = far if _LITERAL.search(line) else None
        for found in _odd_blanks(line, number + 1):
            blanks.append(found.broken)
            line = found.line
        for found in _odd_signs(line, number + 1, keys):
            others.append(found.broken)
            shifts += found.shifts
            line = found.line
        lines[number] = (
            _TRAILING.sub(lambda match: " " * len(match[0]), line) + whole[len(whole.rstrip("\r\n")) :]
        )
    if len(blanks) > 1:  # of a whole text they are told once
        blanks = [replace(blanks[0], found=f"{blanks[0].found}, in {len(blanks)} places")]
    return Typed("".join(lines), (*blanks, *others), tuple(shifts))


@dataclass(frozen=True)
class _Found:
    broken: Broken
    line: str
    shifts: tuple[Shift, ...] = ()


def _odd_blanks(line: str, number: int) -> Iterator[_Found]:
    for pattern in (_INDENTED, _BEHIND):
        match = pattern.match(line)
        if match is not None:
            at = next(i for i, letter in enumerate(match[0]) if letter != " " and letter.isspace())
            line = line[: match.start()] + re.sub(f"[{_ODD}]", " ", match[0]) + line[match.end() :]
            found = f"a blank that is no space (U+{ord(match[0][at]):04X})"
            allowed = "spaces before a key and behind its colon"
            yield _Found(Broken((number, at + 1), found, allowed, "write spaces instead"), line)


def _odd_signs(line: str, number: int, keys: frozenset[str]) -> Iterator[_Found]:
    match = _QUOTED_KEY.match(line)
    if match is not None:
        key = match["key"]
        line = f"{match['lead']}{key}{line[match.end() :]}"
        at = len(match["lead"]) + 1
        told = Broken((number, at), "quotation marks round a key", "keys without quotes", f"write {key}: …")
        yield _Found(told, line, (Shift(number, at, -1), Shift(number, at + len(key), -1)))
    match = _DASH.match(line)
    if match is not None and match["key"] in keys and (match["dash"], bool(match["gap"])) != ("-", True):
        at = len(match["lead"]) + 1
        found = (
            "a dash without a blank behind it" if match["dash"] == "-" else f"a long dash ({match['dash']})"
        )
        gap = match["gap"] or " "
        line = f"{match['lead']}-{gap}{line[match.end() :]}"
        told = Broken((number, at), found, "- before each part of a list", f"write - {match['key']}: …")
        yield _Found(told, line, (Shift(number, at + 1, len(gap) - len(match["gap"])),))
    match = _COLON.match(line)
    if match is not None and match["key"] in keys:
        sign, at = match["colon"].strip(), match.start("colon") + 1
        if sign != ":" or match["next"]:
            value = line[match.end() :].strip()
            line = line[: match.start("colon")] + ": " + line[match.end() :]
            found = "no blank behind the colon" if sign == ":" else f"{sign} behind a key"
            mend = f"write {match['key']}: {clipped(value)}".rstrip()
            told = Broken((number, at), found, "a colon and a blank behind a key", mend)
            yield _Found(told, line, (Shift(number, at + 1, 2 - len(match["colon"])),))

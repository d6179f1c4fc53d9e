"""Broken YAML: what was found, said so that a lecturer can mend the line, and the line as it should be.

A line that is proposed has been tried: with it, the file can be read beyond the place of the mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from .document import LineColumn, Shift
from .faults import clipped
from .yaml_lines import Entry, entries, in_yaml_quotes, meant, starts_with_apostrophe

_IN_QUOTES = 'put the value in quotes: "…"'
_SIGNS = frozenset("|>*&!%@`[]{},?#:")  # with which no text without quotes begins
_DASHES = re.compile(r" *(?:- +)+(?=[^\s#])")
_SHOWN = 160  # characters of a line that is shown whole
_TRIED = 24  # ways of writing a line; each is read from the beginning of the file

# Keys whose value is a map or a list: it is the parts of it that belong in quotes.
_HOLDERS = frozenset(
    ["captions", "domain", "labels", "minima", "problem", "range", "report", "runs", "scenes", "schedule"]
    + ["set", "stop"]
)

_MENDS: tuple[tuple[str, str, str, str], ...] = (
    # part of the parser's words, found, allowed, mend
    ("'\\t' that cannot start", "a tab", "spaces before a key", "replace the tab by spaces"),
    ("cannot start any token", "a character that no value can start with", "it in quotes", _IN_QUOTES),
    (
        "sequence entries are not allowed",
        "a dash where no list can stand",
        "lists on lines of their own",
        _IN_QUOTES,
    ),
    (
        "mapping values are not allowed",
        "a colon where no key can stand",
        "one key a line, indented like its neighbours",
        'indent the line like the line above it, or put a text with a colon in quotes: "…"',
    ),
    ("escape", "a backslash in double quotes", "single quotes round backslashes", "write '…'"),
    ("scanning a quoted scalar", "a quotation mark that is never closed", "quotes in pairs", "close it"),
    ("expected ',' or ']'", "a list that lacks a comma or its ]", "[a, b, c]", "add the comma or the ]"),
    ("expected ',' or '}'", "a map that lacks a comma or its }", "{a: 1, b: 2}", "add the comma or the }"),
    (
        "expected <block end>",
        "a line that is indented unlike its neighbours",
        "the same indentation for all keys of a block",
        "indent the line like the other keys of its block",
    ),
    (
        "could not find expected ':'",
        "a line without a colon",
        "key: value",
        "add a colon and a value, or indent the line",
    ),
    ("expected '<document start>'", "text after the end", "one map", "take it away or indent it"),
)


@dataclass(frozen=True)
class Broken:
    """A mistake in a file: where it is, what was found, what is allowed, the mend.

    `text` is the file as it was probably meant, None where nobody knows, and `shifts` tell where its columns moved.
    """

    at: LineColumn
    found: str
    allowed: str
    mend: str
    text: str | None = None
    shifts: tuple[Shift, ...] = ()


def explained(error: MarkedYAMLError, text: str) -> Broken:
    """What is wrong where the parser stumbled."""
    words = " ".join(str(part) for part in (error.context, error.problem) if part)
    mark = error.problem_mark or error.context_mark
    if mark is not None and "'\\t'" not in words:
        for way in islice(_ways(words, text, mark.line, mark.column), _TRIED):
            if way.text is not None and _reads_beyond(way.text, mark.line):
                return way
    if "end of stream" in words or "stream end" in words:
        mark = error.context_mark or mark  # the end of the file is no help: point at what was opened
    at = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    for part, found, allowed, mend in _MENDS:
        if part in words:
            return Broken(at, found, allowed, mend)
    return Broken(
        at, f"a line that cannot be read ({clipped(words)})", "key: value", "compare with `steepest new`"
    )


def quoted_line(key: str | int, text: str) -> str:
    """The mend for a text that belongs in quotes: the key with it, as it should be written."""
    line = f"{key}: {in_yaml_quotes(text)}" if isinstance(key, str) else f"- {in_yaml_quotes(text)}"
    return f"put it in quotes: {line}" if can_be_shown(line) else _IN_QUOTES


def can_be_shown(line: str) -> bool:
    """Is a line short and plain enough for a message?"""
    return len(line) <= _SHOWN and line.isprintable()


def _reads_beyond(text: str, line: int) -> bool:
    """Can the text be read as YAML from its beginning to behind a line (from 0)?"""
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            if event.start_mark.line > line:
                return True
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return mark is not None and mark.line > line
    except YAMLError:
        return False
    return True


def _ways(words: str, text: str, line: int, column: int) -> Iterator[Broken]:
    """Other ways of writing the line, or one before it, the likeliest first."""
    lines = text.splitlines()
    if line < len(lines):
        here = [each for each in entries(lines[line], line) if each.key.strip("\"'") not in _HOLDERS]
        here.sort(key=lambda entry: (not entry.start <= column <= entry.end, -entry.start))
        for entry in here[: _TRIED // 3]:
            yield _quoted(entry, text, (line + 1, column + 1))
    for before in range(min(line, len(lines)) - 1, -1, -1):
        for entry in entries(lines[before], before):
            opened = entry.value[:1] in ("'", '"') and entry.value.count(entry.value[0]) == 1
            if opened or (" #" in entry.value and entry.key not in _HOLDERS):
                yield _quoted(entry, text)
    yield from _indented(words, text, line, column)


def _quoted(entry: Entry, text: str, at: LineColumn | None = None) -> Broken:
    """The value in quotes."""
    value = meant(entry.value)
    quoted = in_yaml_quotes(value)
    found, allowed = _wrong_with(entry.value)
    mend = quoted_line(entry.key or 0, value)
    if found.endswith("never closed"):
        mend = mend.replace("put it in quotes", "close it")
    place = at if at is not None and found in (_COLON, _BACKSLASH) else (entry.line + 1, entry.start + 1)
    begin, more = entry.start + 1, len(quoted) - len(entry.value)
    shifts = (
        Shift(entry.line + 1, begin, int(value == entry.value)),
        Shift(entry.line + 1, begin + len(quoted), more - int(value == entry.value)),
    )
    return Broken(place, found, allowed, mend, _replaced(text, entry, quoted), shifts)


_COLON, _BACKSLASH = "a colon in a text", "a backslash in double quotes"


def _wrong_with(value: str) -> tuple[str, str]:
    """What was found, and what is allowed."""
    first = value[:1]
    if first in _SIGNS:
        return f"a value that starts with {first}", "such a value in quotes"
    if value.startswith("- "):
        return "a text that starts with a dash, as a list does", "such a text in quotes"
    if first == '"' and "\\" in value:
        return _BACKSLASH, "single quotes round backslashes"
    if starts_with_apostrophe(value):
        return "an apostrophe at the beginning of a text", "such a text in double quotes"
    if first in ("'", '"'):
        if first not in value[1:]:
            return "a quotation mark that is never closed", "quotes in pairs"
        return "a quotation mark within a text", "such a text in quotes of the other kind"
    if " #" in value and ": " not in value:
        return "a # behind a blank, where a comment begins", "a text with it in quotes"
    if ": " not in value and any(sign in value for sign in "[]{},"):
        return "a bracket or comma in a text, which ends it within { } and [ ]", "such a text in quotes"
    return _COLON, "such a text in quotes"


def _indented(words: str, text: str, line: int, column: int) -> Iterator[Broken]:
    """The line as far in as one above it."""
    lines = text.splitlines()
    if line >= len(lines) or not lines[line].strip():
        return
    own = _indentation(lines[line])
    tried = {own}
    for before in range(line - 1, -1, -1):
        if not lines[before].strip() or lines[before].lstrip().startswith("#"):
            continue
        # Keys behind a dash go on further in than the dash.
        behind, dash = _DASHES.match(lines[before]), _indentation(lines[before])
        for far in (behind.end(), dash) if behind is not None else (dash,):
            if far in tried:
                continue
            tried.add(far)
            colon = "mapping values" in words
            like = "line" if far == dash else "the key behind the dash of line"
            yield Broken(
                (line + 1, column + 1),
                "a colon where no key can stand"
                if colon
                else "a line that is indented unlike its neighbours",
                "the same indentation for all keys of a block",
                f"indent the line like {like} {before + 1}, by {far} space{'s' * (far != 1)}",
                _with_line(text, line, " " * far + lines[line].lstrip(" ")),
                (Shift(line + 1, 1, far - own),),
            )


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _replaced(text: str, entry: Entry, value: str) -> str:
    line = text.splitlines()[entry.line]
    return _with_line(text, entry.line, line[: entry.start] + value + line[entry.end :])


def _with_line(text: str, number: int, line: str) -> str:
    lines = text.splitlines(keepends=True)
    lines[number] = line + lines[number][len(lines[number].rstrip("\r\n")) :]
    return "".join(lines)

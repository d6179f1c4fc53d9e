"""A line of a lecture as a person reads it: keys with their values, and how a value is written in quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_KEY = r"""(?P<key>[^\s:#"'\[\]{},&*!|>%@`-][^:\[\]{},]*?|"[^"]*"|'[^']*')"""
_BLOCK = re.compile(rf"^[ ]*(?:-[ ]+)*{_KEY}[ ]*:[ ]+(?P<value>\S.*)$")
_ITEM = re.compile(r"^[ ]*(?:-[ ]+)+(?P<value>\S.*)$")
_IN_BRACES = re.compile(rf"\s*{_KEY}\s*:\s+(?P<value>\S.*)$")
_COMMENT = re.compile(
    r"\s(?:\s+#|#\s).*$"
)  # as one is usually written; what stands closer may belong to the text
_SHORTENED = re.compile(r"'(?:tis|twas|twere|twill|till?|cause|em|round|bout|n|s|t|\d0s)\b", re.IGNORECASE)
_QUOTES = "\"'"
_DEPTH = 8  # of brackets within brackets


@dataclass(frozen=True)
class Entry:
    """`key: value` within a line: its number and the columns of the value, all from 0. Without a key: `- value`."""

    line: int
    key: str
    start: int
    value: str

    @property
    def end(self) -> int:
        return self.start + len(self.value)

    def written(self, value: str) -> str:
        """The entry with a value."""
        return f"{self.key}: {value}" if self.key else f"- {value}"


def entries(line: str, number: int) -> list[Entry]:
    """All entries of a line, the `number`-th: that of the whole line first, those within its brackets behind."""
    match = _BLOCK.match(line) or _ITEM.match(line)
    if match is None:
        return list(_within(number, line, 0, len(line)))
    value = uncommented(match["value"])
    whole = Entry(number, match.groupdict().get("key") or "", match.start("value"), value)
    inner = list(_within(number, line, whole.start, whole.end))
    return inner if inner and not whole.key else [whole, *inner]  # what is in a list is seldom one text


def uncommented(value: str) -> str:
    """A value without the comment behind it."""
    return _COMMENT.sub("", value).rstrip()


def in_yaml_quotes(text: str) -> str:
    """A text in the quotes in which every character of it stands for itself."""
    if '"' in text or "\\" in text or not text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def meant(value: str) -> str:
    """The text that is meant by a value with quotes of which something is wrong, or with none."""
    mark = value[:1]
    if not mark or mark not in _QUOTES or starts_with_apostrophe(value):
        return value
    if mark not in value[1:]:
        return value[1:].rstrip("“”„»’‘")  # of a pair of which one is curly
    inner = value[1:-1]
    if not value.endswith(mark) or _closes_early(inner, mark):
        return value
    return inner.replace('\\"', '"').replace("\\\\", "\\") if mark == '"' else inner.replace("''", "'")


def starts_with_apostrophe(value: str) -> bool:
    """Is a single mark before a text, which no other closes, part of its first word, as in 'tis?"""
    return "'" not in value[1:] and _SHORTENED.match(value) is not None


def _closes_early(inner: str, mark: str) -> bool:
    """Does a mark within a text in quotes end its first part: "a" and "b", but not 'it's' or "say "a" again"?"""
    at = inner.replace("\\" + mark, "  ").replace(mark * 2, "  ").find(mark)
    return at > 0 and not inner[at - 1].isspace() and not inner[at + 1 : at + 2].isalnum()


def _within(number: int, line: str, start: int, end: int, depth: int = 0) -> Iterator[Entry]:
    """The entries of a value that is, or holds, a map or list in brackets."""
    at = next((i for i in range(start, end) if not line[i].isspace()), end)
    if depth > _DEPTH or line[at : at + 1] not in ("{", "["):
        return
    for first, last in _parts(line, at + 1, _closing(line, at, end)):
        match = _IN_BRACES.match(line[first:last])
        if match is not None:
            value = match["value"].rstrip()
            yield Entry(number, match["key"], first + match.start("value"), value)
            first += match.start("value")
        yield from _within(number, line, first, last, depth + 1)


def _parts(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the parts between commas begin and end."""
    depth, begin, mark, before = 0, start, "", ","
    for i in range(start, end):
        letter = line[i]
        if mark:
            mark = "" if letter == mark else mark
        elif letter in _QUOTES and before in ",:[{":
            mark = letter
        elif letter in "[{":
            depth += 1
        elif letter in "]}":
            depth -= 1
        elif letter == "," and depth == 0:
            yield begin, i
            begin = i + 1
        if not letter.isspace():
            before = letter
    yield begin, end


def _closing(line: str, opened: int, end: int) -> int:
    """Where the bracket at `opened` is closed, or the end."""
    depth = 0
    for i in range(opened, end):
        depth += (line[i] in "[{") - (line[i] in "]}")
        if depth == 0:
            return i
    return end

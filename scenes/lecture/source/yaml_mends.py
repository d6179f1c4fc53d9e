"""The parser's complaints about broken YAML, said so that a lecturer can mend the line."""

from __future__ import annotations

from ruamel.yaml.error import MarkedYAMLError

from .faults import clipped

_IN_QUOTES = 'put the value in quotes: "…"'

_MENDS: tuple[tuple[str, str, str, str], ...] = (
    # part of the parser's words, found, allowed, mend
    ("'\\t' that cannot start", "a tab", "spaces before a key", "replace the tab by spaces"),
    ("'@' that cannot start", "a value that starts with @", "such a value in quotes", _IN_QUOTES),
    ("'`' that cannot start", "a value that starts with `", "such a value in quotes", _IN_QUOTES),
    ("'%' that cannot start", "a value that starts with %", "such a value in quotes", _IN_QUOTES),
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
    ("unknown escape", "a backslash in double quotes", "single quotes round backslashes", "write '…'"),
    (
        "expected escape sequence",
        "a backslash in double quotes",
        "single quotes round backslashes",
        "write '…'",
    ),
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
    ("undefined alias", "an alias", "no aliases", "write the value itself here"),
)


def mend_for(error: MarkedYAMLError) -> tuple[int, int, str, str, str]:
    """Line and column (from 1) where the mend is due, what was found, what is allowed, and the mend."""
    words = " ".join(str(part) for part in (error.context, error.problem) if part)
    mark = error.problem_mark or error.context_mark
    if "end of stream" in words or "stream end" in words:
        mark = error.context_mark or mark  # the end of the file is no help: point at what was opened
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    for part, found, allowed, mend in _MENDS:
        if part in words:
            return line, column, found, allowed, mend
    return line, column, f"broken YAML ({clipped(words)})", "YAML 1.2", "compare with `steepest new`"

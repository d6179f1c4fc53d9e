"""Values that YAML reads otherwise than they look: backslashes in double quotes, a # within a text, curly quotes."""

from __future__ import annotations

import re
from typing import Any

from gdcore.base.errors import FormulaError, GdError
from gdcore.formula import parse

from .document import Document, LineColumn, Path
from .faults import in_quotes
from .yaml_lines import in_yaml_quotes
from .yaml_mends import can_be_shown, quoted_line

# Of escapes: those of letters that need none, and those of control characters and odd blanks, which nobody means.
_ESCAPE = re.compile(
    r"\\(?:(?P<plain>[\\\"/ \r\n])|(?P<code>x..|u.{4}|U.{8}|.)(?P<rest>[A-Za-z]*))", re.DOTALL
)
_LAYOUT = "nrt"  # a new line and a tab may be meant, unless a word goes on behind them
_SPELLED = "xuU"
_COMMENT = re.compile(
    r" (?P<text>#(?:\S|\s+[0-9]).*)"
)  # a number, a tag: comments begin with a word, behind a blank
_TEXTS = frozenset(["title", "author", "course", "date", "question", "note", "name", "x", "y"])
_OF_TEXTS = frozenset(["labels", "captions"])
_CURLY = re.compile("“[^“”„]*”|„[^“”„]*[“”]|«[^«»]*»|»[^«»]*«|‘[^‘’‚]*’|‚[^‘’‚]*[‘’]|‹[^‹›]*›")


def is_free_text(path: Path) -> bool:
    """Is the value at this place a text that is shown, whatever it says?"""
    named = [part for part in path if isinstance(part, str)]
    return bool(named) and (named[-1] in _TEXTS or (len(named) > 1 and named[-2] in _OF_TEXTS))


def check_escapes(doc: Document, event: Any, path: Path) -> None:
    """Name a backslash in double quotes that YAML takes for something else: "\\nabla", "\\frac", "\\x41".

    A line break or tab may be meant, and so may a letter by its number, so these are warnings; control characters never are,
    and in a formula nothing that eats the first letter of a word. Of a formula one fault is enough: its mend is the whole.
    """
    written = doc.text[event.start_mark.index : event.end_mark.index]
    is_formula = bool(path) and path[-1] == "formula"
    mend = _in_single_quotes(path, written)
    allowed = "single quotes round a text with backslashes"
    for match in _ESCAPE.finditer(written):
        code = match["code"]
        if code is None:
            continue
        line, column = place_in_text(event)
        at = None if "\n" in written else (line, column + match.start())
        shown = in_quotes(match[0])
        if code[0] in _SPELLED:
            letter = chr(int(code[1:], 16))
            if letter.isascii() and letter.isprintable():
                doc.warn(path, f"{shown} in double quotes, which is read as {letter}", allowed, mend, at=at)
            continue
        found = f"{shown} in double quotes, where YAML reads \\{code} as another character"
        if is_formula and (code not in _LAYOUT or match["rest"]):
            doc.report(path, found, allowed, _formula_meant(path, written) or mend, at=at)
            return
        if code not in _LAYOUT:
            doc.report(path, found, allowed, mend, at=at)
        elif match["rest"]:
            doc.warn(path, found, allowed, mend, at=at)


def check_comment(doc: Document, event: Any, path: Path) -> None:
    """Warn of a text that ends before a #, one blank behind it: that may belong to it.

    Two blanks before a comment say that it is one.
    """
    match = _COMMENT.match(_rest_of_line(doc, event))
    if match is None or not event.value or not is_free_text(path):
        return
    text = match["text"].rstrip()
    found = f"a text that ends before {in_quotes(text)}, which is read as a comment"
    allowed = "a text with a # in quotes; two blanks before a comment"
    line, column = _end_of(event)
    doc.warn(path, found, allowed, quoted_line(path[-1], f"{event.value} {text}"), at=(line, column + 1))


def commented_out(doc: Document, key: Any, path: Path) -> str | None:
    """The text behind a key that begins with a #, as in `title: #5`, and so is read as a comment; None without one."""
    match = re.match(r"\s*:[ ]+(?P<text>#\S.*)", _rest_of_line(doc, key))
    if match is None:
        return None
    text = match["text"].rstrip()
    line, column = _end_of(key)
    at = (line, column + match.start("text"))
    doc.report(
        path, "a value that starts with #", "such a value in quotes", quoted_line(path[-1], text), at=at
    )
    return text


def check_curly_quotes(doc: Document, event: Any, path: Path) -> str | None:
    """The text between curly quotes that were typed for plain ones; None for what has none, or shows them."""
    if _CURLY.fullmatch(event.value) is None:
        return None
    inner = str(event.value)[1:-1].strip()
    key = f"{path[-1]}: " if path and isinstance(path[-1], str) else "- "
    line, kept = key + _number_or_quoted(inner), key + in_yaml_quotes(event.value)
    if not can_be_shown(kept):
        line, kept = 'plain quotes: "…"', "put them in plain quotes"
    found, allowed = f"curly quotes round a value: {in_quotes(event.value)}", "plain quotes: \" or '"
    if is_free_text(path):
        doc.warn(path, f"{found}, which are shown", allowed, f"write {line}, or {kept} to show them")
        return None
    doc.report(path, found, allowed, f"write {line}")
    return inner


def place_in_text(event: Any) -> LineColumn:
    """Where an event begins, from 1."""
    return (event.start_mark.line + 1, event.start_mark.column + 1)


def _end_of(event: Any) -> LineColumn:
    return (event.end_mark.line + 1, event.end_mark.column + 1)


def _rest_of_line(doc: Document, event: Any) -> str:
    return doc.text[event.end_mark.index :].partition("\n")[0]


def _formula_meant(path: Path, written: str) -> str:
    """The mend of a formula with backslashes: as it can be read. Empty where that cannot be worked out."""
    try:
        parse(_typed(written))
    except FormulaError as error:
        line = f"{path[-1]}: {in_yaml_quotes(error.mended)}"
        return f"write {line}" if error.mended and can_be_shown(line) else ""
    except GdError:
        pass
    return ""


def _typed(written: str) -> str:
    """What was typed between double quotes, with its backslashes."""
    return written[1:-1].replace('\\"', '"').replace("\\\\", "\\")


def _in_single_quotes(path: Path, written: str) -> str:
    text = _typed(written).replace("'", "''")
    line = f"{path[-1]}: '{text}'" if path and isinstance(path[-1], str) else f"- '{text}'"
    return "put the text in single quotes: " + (line if can_be_shown(line) else "'…'")


def _number_or_quoted(text: str) -> str:
    try:
        float(text)
    except ValueError:
        return in_yaml_quotes(text)
    return text

"""How the bytes of a table become letters."""

from __future__ import annotations

import codecs
from pathlib import Path

from gdcore.base.errors import DataError

UTF_8 = "utf-8-sig"
WINDOWS = "cp1252"
"""For files that are not UTF-8: they come from Windows in Western Europe, and every other one has its digits too."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before that of UTF-16, with which it begins
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHERS = (
    (b"PK\x03\x04", "a workbook (xlsx or ods) or a zip file", "save its sheet as CSV"),
    (b"\xd0\xcf\x11\xe0", "a workbook (xls)", "save its sheet as CSV"),
    (b"%PDF", "a PDF", "give a CSV file"),
    (b"\x1f\x8b", "a compressed file", "unpack it"),
)


def encoding_of(path: Path) -> str:
    """The encoding that a file shows by its mark; without one it is taken for UTF-8 until it turns out not to be.

    Raises DataError where it is no text, and OSError.
    """
    with path.open("rb") as stream:
        start = stream.read(4096)
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    for mark, what, mend in _OTHERS:
        if start.startswith(mark):
            raise DataError(f"this is not a text file but {what}", path, mend=mend)
    if b"\0" in start:
        text = start.replace(b"\0", b"")
        if len(text) * 2 in (len(start) - 1, len(start), len(start) + 1):
            raise DataError("this is UTF-16 without its mark", path, mend="save the table as CSV in UTF-8")
        raise DataError("this is not a text file", path, mend="save the table as CSV")
    if start.lstrip().lower().startswith((b"<!doctype", b"<html", b"<table", b"<?xml")):
        raise DataError("this is a web page or XML", path, mend="save the table as CSV")
    return UTF_8

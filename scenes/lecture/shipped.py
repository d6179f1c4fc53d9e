"""The lectures that come with the package, and what a lecture is called on the command line."""

from __future__ import annotations

from pathlib import Path

from gdcore.base.nearest import did_you_mean
from scenes import lectures
from scenes.lecture.source.faults import Fault, LectureError, comma_list

from .source.faults import in_quotes


def shipped() -> dict[str, Path]:
    """The shipped lectures by their bare names, in alphabetical order."""
    return {path.stem: path for path in sorted(_folder().glob("*.yaml"))}


def shipped_data() -> dict[str, Path]:
    """The data files of the shipped lectures by file name, in alphabetical order."""
    return {path.name: path for path in sorted(_folder().glob("*.csv"))}


def find_lecture(text: str) -> Path:
    """The lecture that `text` means: a bare name is a shipped one, anything with a suffix or separator a path.

    A path is not looked at here. Raises LectureError for a bare name that no shipped lecture has.
    """
    if "/" in text or "\\" in text or Path(text).suffix:
        return Path(text)
    known = shipped()
    if text in known:
        return known[text]
    beside = next((name for name in (f"{text}.yaml", f"{text}.yml") if text and Path(name).is_file()), None)
    if beside is not None:
        mend = f"for the file in this folder write {beside}"
    else:
        mend = did_you_mean(text, known, "choose one of them, or give the path of a file, such as mine.yaml")
    found = f"no shipped lecture {in_quotes(text)}"
    raise LectureError([Fault(text or "(no name)", None, None, "", found, comma_list(known), mend)])


def _folder() -> Path:
    return Path(lectures.__path__[0])

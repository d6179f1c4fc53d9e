"""Lectures for the tests: a small text, written into a folder of its own, read, and its faults."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scenes.lecture.model import Lecture
from scenes.lecture.read import read_lecture
from scenes.lecture.source.faults import Fault, LectureError

HOUSES = "bedrooms,price\n1,80\n2,170\n3,100\n3,220\n4,200\n4,270\n5,500\n"

Read = Callable[..., Lecture]
Faults = Callable[..., list[Fault]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A lecture folder that holds houses.csv."""
    lectures = tmp_path / "lectures"
    lectures.mkdir()
    (lectures / "houses.csv").write_text(HOUSES)
    return lectures


@pytest.fixture
def read(folder: Path) -> Read:
    """Read a lecture from its text (or bytes)."""

    def read_text(text: str | bytes, name: str = "lesson.yaml") -> Lecture:
        path = folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_lecture(path)

    return read_text


@pytest.fixture
def faults(read: Read) -> Faults:
    """All faults of a lecture, which must have some."""

    def faults_of(text: str | bytes, name: str = "lesson.yaml") -> list[Fault]:
        with pytest.raises(LectureError) as caught:
            read(text, name)
        return list(caught.value.faults)

    return faults_of


@pytest.fixture
def the_fault(faults: Faults) -> Callable[..., Fault]:
    """The only fault of a lecture. A ¦ in the text marks the place where it must be reported."""

    def fault_of(text: str, name: str = "lesson.yaml") -> Fault:
        before, mark, after = text.partition("¦")
        found = faults(before + after, name)
        assert len(found) == 1, "\n".join(map(str, found))
        if mark:
            line = before.count("\n") + 1
            column = len(before.rpartition("\n")[2]) + 1
            assert (found[0].line, found[0].column) == (line, column), str(found[0])
        return found[0]

    return fault_of

"""Lectures for the tests: the shipped ones, each told once a process, and texts of one's own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from scenes.lecture.read import read_lecture
from scenes.lecture.shipped import shipped
from scenes.lecture.study import Study, study
from scenes.storyboard import Story, tell

Lesson = tuple[Study, tuple[Story, ...]]


def told(path: Path) -> Lesson:
    """The study of a lecture file and its stories, in order."""
    worked_out = study(read_lecture(path))
    return worked_out, tuple(tell(worked_out, scene) for scene in worked_out.lecture.scenes)


def written(folder: Path, text: str, **files: str) -> Lesson:
    """A lecture of one's own, in a folder; `files` are data files by stem."""
    for stem, content in files.items():
        (folder / f"{stem}.csv").write_text(content, encoding="utf-8")
    path = folder / "lecture.yaml"
    path.write_text(text, encoding="utf-8")
    return told(path)


@cache
def shipped_lecture(name: str) -> Lesson:
    return told(shipped()[name])


@cache
def scene_names() -> tuple[str, ...]:
    """'lecture/scene' of every shipped scene; known without telling them."""
    return tuple(
        f"{name}/{scene.name}" for name, path in shipped().items() for scene in read_lecture(path).scenes
    )


def story(name: str) -> Story:
    """The shipped story 'lecture/scene'."""
    lecture, scene = name.split("/")
    return next(told for told in shipped_lecture(lecture)[1] if told.name == scene)


def examples(kind: str) -> list[tuple[Study, Story]]:
    """Every shipped story of a kind, of which there must be one, with the study that it was told from."""
    found = [
        (study, story)
        for study, stories in map(shipped_lecture, shipped())
        for story in stories
        if story.kind == kind
    ]
    assert found, f"no shipped lecture shows the kind {kind}: its story is never told in a test"
    return found


def first_of(kind: str) -> Story:
    """The first shipped story of a kind."""
    return examples(kind)[0][1]

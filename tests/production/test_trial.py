"""What cannot be drawn is found before rendering, and told with its place."""

from __future__ import annotations

import pickle
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from gdcore.base.errors import GdError
from scenes.film.still import render_still
from scenes.kinds.tangent.picture.tangent import TangentPicture
from scenes.lecture.read import read_lecture
from scenes.lecture.shipped import shipped
from scenes.production.rehearsal import Rehearsal, rehearse
from scenes.production.trial import check_all, pages_that_fail, pictures_that_fail
from scenes.storyboard.drawing_error import DrawingError, Spot
from scenes.storyboard.story import Moment

LECTURE = """\
problem: {formula: "(w-3)^2 + 2"}
runs: {a: {rate: 0.1, start: 6, steps: 20}}
scenes: [{kind: tangent}, {kind: tangent, name: again}]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "mine.yaml"
    file.write_text(LECTURE, encoding="utf-8")
    return file


@pytest.fixture
def rehearsed(path: Path) -> Rehearsal:
    return rehearse(read_lecture(path))


@pytest.fixture
def torn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures of a tangent cannot be painted at the second step."""
    draw = TangentPicture.draw

    def torn_draw(self: TangentPicture, pen: Any, at: Moment) -> None:
        if at.beat.id == "step-2":
            raise ZeroDivisionError("division by zero")
        draw(self, pen, at)

    monkeypatch.setattr(TangentPicture, "draw", torn_draw)


def test_a_rehearsal_that_is_sent_to_another_process_is_told_there(rehearsed: Rehearsal) -> None:
    sent = pickle.loads(pickle.dumps(rehearsed))
    assert sent.lecture == rehearsed.lecture
    assert [story.beats for story in sent.stories] == [story.beats for story in rehearsed.stories]


def test_every_shipped_lecture_can_be_drawn() -> None:
    for attempt in check_all(list(shipped())):
        assert attempt.rehearsal is not None, attempt.reason


@pytest.mark.usefixtures("torn")
def test_a_picture_that_fails_is_told_with_scene_beat_and_step(rehearsed: Rehearsal) -> None:
    errors = [failure.error for failure in pictures_that_fail(rehearsed)]
    assert [error.scene for error in errors if isinstance(error, DrawingError)] == ["tangent", "again"]
    assert {error.spot for error in errors if isinstance(error, DrawingError)} == {Spot("step-2", 2)}
    assert str(errors[0]).startswith(
        "scene 'tangent', beat 'step-2', step 2: ZeroDivisionError: division by zero."
    )


@pytest.mark.usefixtures("torn")
def test_a_still_that_fails_is_told_the_same_way(rehearsed: Rehearsal) -> None:
    story = rehearsed.stories[0]
    with pytest.raises(DrawingError) as caught:
        render_still(story, story.beat("step-2").end - 0.01, width=160, height=90)
    assert caught.value.spot == Spot("step-2", 2)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


@pytest.mark.usefixtures("torn")
def test_check_refuses_what_cannot_be_drawn(path: Path) -> None:
    good = path.with_name("good.yaml")
    good.write_text(
        LECTURE.replace("rate: 0.1", "rate: 1.1").replace("tangent", "overshoot"), encoding="utf-8"
    )
    bad, fine = check_all([str(path), str(good)])
    assert fine.rehearsal is not None, fine.reason
    assert bad.rehearsal is None
    assert [(fault.key, fault.line, fault.column) for fault in bad.faults] == [
        ("scenes[0]", 3, 10),
        ("scenes[1]", 3, 27),
    ]
    assert "beat 'step-2', step 2" in bad.reason
    assert "ZeroDivisionError" in bad.detail


def test_a_figure_that_fails_is_told_with_its_scene(
    rehearsed: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(*_: object, **__: object) -> None:
        raise GdError("too many hills", "one hill", "take some away")

    module = import_module("scenes.kinds.tangent.figures.key_frames")
    monkeypatch.setattr(module, "figure_tangent", torn)
    (failure,) = pages_that_fail(rehearsed)
    assert isinstance(failure.error, DrawingError)
    assert (failure.error.scene, failure.error.spot) == ("tangent", Spot(figure=1))
    assert str(failure.error) == (
        "scene 'tangent', figure 1 of the report: too many hills; one hill. Take some away."
    )


def test_a_crash_of_the_process_costs_its_lecture_only(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(rehearsal: Rehearsal) -> list[Any]:
        if rehearsal.lecture.name == "mine":
            import os

            os.abort()
        return []

    monkeypatch.setattr("scenes.production.trial._PARTS", {"pictures": (killed, ())})
    bad, fine = check_all([str(path), "houses"])
    assert fine.rehearsal is not None
    assert "the pictures cannot be drawn: the worker was killed by SIGABRT" in bad.reason


def test_a_scene_that_cannot_be_told_for_a_mistake_of_ours_is_told_as_such(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(*_: object) -> None:
        raise IndexError("out of range")

    monkeypatch.setattr("scenes.kinds.tangent.story.tell", torn)
    (attempt,) = check_all([str(path)])
    assert "scenes 'tangent' and 'again': IndexError: out of range. This is a mistake" in attempt.reason

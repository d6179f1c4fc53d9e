"""Whatever lecture one thinks of: it is checked and drawn, or it is refused for a reason that is true."""

from __future__ import annotations

from pathlib import Path

import pytest

from gdcore.base.errors import GdError
from scenes.film.still import render_still
from scenes.kinds import kinds
from scenes.lecture.read import read_lecture
from scenes.lecture.source.faults import LectureError
from scenes.lecture.study import study
from scenes.production.errors import RehearsalError, SceneFault
from scenes.production.rehearsal import Rehearsal, rehearse
from scenes.production.trial import pages_that_fail, pictures_that_fail
from scenes.report.document import write_report
from tests.generated.lectures import generated
from tests.generated.reasons import FAULTS, is_true, story_refused_truly

SIZES = ((320, 180), (180, 320), (180, 180))
SAMPLE = range(0, 1500, 17)


def _rehearsed(seed: int, folder: Path) -> Rehearsal | None:
    """The lecture of a seed with the scenes that can be told; None for one that is refused."""
    made = generated(seed)
    try:
        lecture = read_lecture(made.write(folder))
    except LectureError as error:
        for fault in error.faults:
            assert is_true(FAULTS, fault.found, made, fault), f"{made.about}: {fault}"
        return None
    try:
        return rehearse(lecture)
    except RehearsalError as error:
        worked_out, refused = study(lecture), _refused(error)
        for name, why in refused.items():
            scene = lecture.scene(name)
            assert story_refused_truly(worked_out, scene, why.found), f"{made.about}: {name}: {why}"
        rest = [scene.name for scene in lecture.scenes if scene.name not in refused]
        return rehearse(lecture, rest) if rest else None


def _refused(error: RehearsalError) -> dict[str, SceneFault]:
    faults = [fault for fault in error.faults if isinstance(fault, SceneFault)]
    assert len(faults) == len(error.faults)
    return {fault.scene: fault for fault in faults}


def _holds(seed: int, folder: Path) -> None:
    """What passes `check` is drawn: stills in every format, and the report."""
    rehearsal = _rehearsed(seed, folder)
    if rehearsal is None:
        return
    about = generated(seed).about
    for failure in [*pictures_that_fail(rehearsal), *pages_that_fail(rehearsal)]:
        pytest.fail(f"{about}: {failure.error}\n{failure.detail}")
    for story in rehearsal.stories:
        for width, height in SIZES:
            for at in (story.beats[0].start + 0.3, story.seconds / 2, story.seconds):
                picture = render_still(story, at, width=width, height=height)
                assert picture.any(), f"{about}: nothing is drawn"
    write_report(rehearsal.study, rehearsal.stories, folder / "report.pdf")


@pytest.mark.parametrize("seed", SAMPLE)
def test_what_is_checked_is_drawn(seed: int, tmp_path: Path) -> None:
    _holds(seed, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("seed", [seed for seed in range(1500) if seed not in SAMPLE])
def test_what_is_checked_is_drawn_of_every_other(seed: int, tmp_path: Path) -> None:
    _holds(seed, tmp_path)


def test_the_sample_has_every_kind_and_is_hardly_ever_refused(tmp_path: Path) -> None:
    """A sample that is refused all over would pass and prove nothing."""
    shown: set[str] = set()
    refused = 0
    for seed in SAMPLE:
        made = generated(seed)
        try:
            read_lecture(made.write(tmp_path))
            shown.update(made.kinds)
        except GdError:
            refused += 1
    assert shown == set(kinds())
    assert refused < len(SAMPLE) / 6

"""What holds of every story of every kind, told without anything being drawn."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from scenes.kinds import kinds
from scenes.lecture.frozen import FrozenMap
from scenes.lecture.study import Study
from scenes.storyboard import Story, tell
from scenes.storyboard.telling import CHARACTERS_PER_SECOND, REST
from tests.lectures import examples

ROOT = Path(__file__).parents[2]
TWELFTH = 1 / 12


def told_again(study: Study, story: Story, pace: float = 1.0, **captions: None) -> Story:
    scene = replace(study.lecture.scene(story.name), captions=FrozenMap(captions))
    return tell(replace(study, lecture=replace(study.lecture, pace=pace)), scene)


@pytest.mark.parametrize("kind", kinds())
def test_beats_follow_one_another_on_whole_twelfths(kind: str) -> None:
    for study, told in examples(kind):
        for pace in (0.25, 1.0, 4.0):
            story = told_again(study, told, pace)
            assert story.beats[0].start == 0
            assert len({beat.id for beat in story.beats}) == len(story.beats)
            for before, after in pairwise(story.beats):
                assert after.start == pytest.approx(before.end, abs=1e-9), after.id
            for beat in story.beats:
                assert beat.seconds * 12 == pytest.approx(round(beat.seconds * 12), abs=1e-9), beat.id
                assert 0 < beat.motion < beat.seconds, beat.id


@pytest.mark.parametrize("kind", kinds())
def test_every_beat_says_something_and_leaves_time_to_read_it(kind: str) -> None:
    for study, told in examples(kind):
        for pace in (0.5, 1.0, 2.0):
            story = told_again(study, told, pace)
            assert story.speech.text(story.title)
            for beat in story.beats:
                caption = story.speech.text(beat.caption)
                assert caption.strip() == caption != "", beat.id
                assert len(caption) <= 130, f"{beat.id}: two lines hold no more"
                reading = len(caption) / CHARACTERS_PER_SECOND / pace
                assert beat.seconds - beat.spoken >= reading - TWELFTH / 2 - 1e-9, beat.id
                assert beat.seconds - beat.motion >= REST / pace - TWELFTH / 2 - 1e-9, beat.id


@pytest.mark.parametrize("kind", kinds())
def test_a_caption_that_the_lecture_leaves_out_is_empty_and_no_other(kind: str) -> None:
    study, told = examples(kind)[0]
    for left_out in told.beats:
        story = told_again(study, told, **{left_out.id: None})
        assert [beat.id for beat in story.beats if not beat.caption] == [left_out.id]
        assert [beat.id for beat in story.beats] == [beat.id for beat in told.beats]


@pytest.mark.parametrize("kind", kinds())
def test_the_film_may_be_stopped_where_it_rests(kind: str) -> None:
    for _, story in examples(kind):
        assert story.pauses == tuple(beat.end for beat in story.beats if beat.pause)
        assert story.beats[-1].pause, "all has been said at the end"
        assert story.pauses[-1] == story.seconds
        for beat in story.beats:
            if beat.pause:
                moment = story.end_of(beat.id)
                assert moment.beat is beat
                assert moment.position == beat.row, beat.id
                assert moment.raw(beat.id) == 1.0, beat.id


@pytest.mark.parametrize("kind", kinds())
def test_rows_are_those_of_the_run_and_never_go_back(kind: str) -> None:
    for study, story in examples(kind):
        names = story.runs
        assert names, "a story is of a run"
        assert set(names) <= set(study.trajectories)
        steps = max(study.trajectories[name].steps for name in names)
        rows = [beat.row for beat in story.beats]
        assert rows[0] == 0
        assert rows == sorted(rows)
        counted = np.asarray(story.steps)  # type: ignore[attr-defined]  # what a kind's rows are
        assert [beat.step for beat in story.beats] == counted[rows].tolist()
        assert story.beats[-1].step == steps, "the film ends with the run"


@pytest.mark.parametrize("kind", kinds())
def test_chapters_open_with_the_film_and_have_names_of_their_own(kind: str) -> None:
    for _, story in examples(kind):
        opened = [beat for beat in story.beats if beat.chapter is not None]
        assert opened[0] is story.beats[0]
        assert len(opened) > 1
        titles = [story.speech.text(beat.chapter) for beat in opened if beat.chapter]
        assert all(titles)
        assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("kind", kinds())
def test_a_story_is_the_same_whenever_it_is_told(kind: str) -> None:
    for study, story in examples(kind):
        again = tell(study, study.lecture.scene(story.name))
        assert again.beats == story.beats
        assert again.title == story.title
        assert (again.kind, again.name) == (kind, story.name)


_TELL_ALL = """
import sys
from scenes.kinds import kinds
from scenes.lecture.read import read_lecture
from scenes.lecture.shipped import shipped
from scenes.lecture.study import study
from scenes.storyboard import tell
told = set()
for path in shipped().values():
    worked_out = study(read_lecture(path))
    told |= {tell(worked_out, scene).kind for scene in worked_out.lecture.scenes}
assert told == set(kinds()), told
print(*sorted({"manim", "matplotlib", "cairo", "av", "PIL", "contourpy"} & set(sys.modules)))
"""


def test_stories_are_told_without_a_drawing_library() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _TELL_ALL], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.split() == []

"""The scene `regression`: everything stands where the core says, nothing overlaps, whatever the data."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from gdcore.notation import plain
from scenes.kinds.regression.picture.regression import RegressionPicture
from scenes.kinds.regression.story.regression import RegressionStory
from scenes.layout import Frame
from scenes.lecture.shipped import shipped
from scenes.text import number
from scenes.theme import Role
from tests.lectures import written
from tests.painted import FORMATS, painted, trouble

HOUSES = "data: houses.csv, x: bedrooms, y: price, parameters: [m, b]"
CASES = {
    "predict": (HOUSES + ", predict: 6, note: Seven houses.", "rate: 0.0075, steps: 200"),
    "zig-zag": (HOUSES + ", predict: 3", "rate: 0.08, steps: 200"),
    "diverged": (HOUSES + ", predict: 6", "rate: 0.082, steps: 200"),
    "out of range": (HOUSES, "rate: 0.5, steps: 2000"),
    "half-mse": (HOUSES + ", cost: half-mse", "rate: 0.01, steps: 3, start: [200, -300]"),
    "one parameter": (
        "data: park.csv, x: temperature, y: visitors, intercept: false, predict: 33",
        "rate: 0.0005, steps: 30",
    ),
    "degree 2": ("data: houses.csv, x: bedrooms, y: price, degree: 2", "rate: 0.001, steps: 100"),
    "degree 4": (
        "data: park.csv, x: temperature, y: visitors, degree: 4, standardize: true",
        "rate: 0.1, steps: 90",
    ),
    "columns": ("data: many.csv, x: [p, q, r], y: v, standardize: true", "rate: 0.1, steps: 60"),
    "two columns": ("data: many.csv, x: [p, q], y: v, intercept: false", "rate: 0.01, steps: 60"),
    "asked": (HOUSES + ", predict: [2.5, 3.5, 6, 7.2, 8]", "rate: 0.0075, steps: 200"),
    "asked of columns": (
        "data: many.csv, x: [p, q], y: v, standardize: true, predict: [{q: 3, p: 2.5}, [9, 8]]",
        "rate: 0.1, steps: 60",
    ),
    "standardised": (HOUSES + ", standardize: true, predict: [6, 7]", "rate: 0.1, steps: 60"),
    "no one answer": ("data: many.csv, x: [p, p2], y: v", "rate: 0.005, steps: 20"),
}


@cache
def told(case: str) -> RegressionStory:
    problem, run = CASES[case]
    with TemporaryDirectory() as name:
        folder = Path(name)
        for data in ("houses.csv", "park.csv"):
            copy(shipped()["houses"].parent / data, folder / data)
        rows = [(1, 2, 9), (2, 1, 7), (3, 5, 21), (4, 3, 17), (5, 8, 38), (6, 2, 19), (7, 4, 28)]
        lines = (f"{p},{p},{q},{p * q},{v}\n" for p, q, v in rows)
        (folder / "many.csv").write_text("p,p2,q,r,v\n" + "".join(lines))
        scenes = "scenes: [{kind: regression, run: r}]"
        _, (story,) = written(folder, f"title: T\nproblem: {{{problem}}}\nruns:\n  r: {{{run}}}\n{scenes}\n")
    assert isinstance(story, RegressionStory)
    return story


@cache
def picture_for(case: str, shape: str) -> RegressionPicture:
    return RegressionPicture(told(case), Frame.of_pixels(*FORMATS[shape]))


@pytest.mark.parametrize("shape", FORMATS)
@pytest.mark.parametrize("case", CASES)
def test_text_meets_nothing_and_stays_inside(case: str, shape: str) -> None:
    picture = picture_for(case, shape)
    for beat in picture.story.beats:
        # At rest, and twice on the way there.
        for seconds in (beat.start + 0.25 * beat.motion, beat.start + 0.7 * beat.motion, beat.end - 1e-3):
            assert not trouble(picture, seconds), f"in beat '{beat.id}' at {seconds:.2f}"


@pytest.mark.parametrize("shape", FORMATS)
@pytest.mark.parametrize("case", CASES)
def test_no_stroke_leaves_the_frame(case: str, shape: str) -> None:
    picture = picture_for(case, shape)
    for beat in picture.story.beats:
        for mark in painted(picture, beat.end - 1e-3).marks:
            assert picture.frame.box.holds(mark.box, slack=0.01), f"{mark.kind} at the end of '{beat.id}'"


@pytest.mark.parametrize("shape", FORMATS)
def test_point_and_line_are_where_the_core_says(shape: str) -> None:
    picture = picture_for("predict", shape)
    story, panel = picture.story, picture.parameters
    assert panel is not None
    for beat in story.beats:
        if beat.start < story.beat("step-1").start:
            continue
        pen = painted(picture, beat.end - 1e-3)
        point = panel.plot.at(*story.path[beat.row])
        discs = [m.box.centre for m in pen.marks if m.kind == "disc" and m.role is Role.POINT]
        assert min(np.hypot(*(np.array(disc) - point)) for disc in discs) < 1e-9
        m, b = story.path[beat.row]
        ends = picture.data.small.at(story.fit.line_x, m * story.fit.line_x + b)
        lines = [
            k.points for k in pen.marks if k.kind == "stroke" and k.role is Role.POINT and len(k.points) == 2
        ]
        assert min(np.abs(line - ends).max() for line in lines if line.shape == ends.shape) < 1e-9


def test_the_data_stand_where_they_are_and_their_bars_end_on_the_line() -> None:
    picture = picture_for("predict", "16:9")
    story, plot = picture.story, picture.data.small
    pen = painted(picture, story.seconds - 1e-3)
    dots = np.array([m.box.centre for m in pen.marks if m.kind == "disc" and m.role is Role.INK])
    assert np.sort(dots, axis=0) == pytest.approx(
        np.sort(plot.at(story.fit.x, story.fit.y), axis=0), abs=1e-9
    )
    bars = [
        m.points for m in pen.marks if m.kind == "stroke" and m.role is Role.OBJECTIVE and len(m.points) == 2
    ]
    wanted = np.stack([plot.at(story.fit.x, story.fit.y), plot.at(story.fit.x, story.fit.fitted[-1])], axis=1)
    for bar in wanted:
        assert min(np.abs(other - bar).max() for other in bars) < 1e-9


def test_squares_are_squares() -> None:
    picture = picture_for("predict", "16:9")
    seconds = picture.story.beat("loss").end - 1e-3
    areas = [m for m in painted(picture, seconds).marks if m.kind == "area" and m.role is Role.OBJECTIVE]
    assert len(areas) == len(picture.story.fit.y)
    for area in areas:
        assert area.box.width == pytest.approx(area.box.height, abs=1e-9)


def test_the_data_are_alone_at_first_and_large() -> None:
    picture = picture_for("predict", "16:9")
    large = picture.data.plot(0.0, 0.0).box
    assert large.area > 2 * picture.data.small.box.area
    asked = painted(picture, picture.story.beat("question").end - 1e-3)
    texts = [mark.text for mark in asked.texts()]
    assert "?" in texts
    assert "k" not in texts
    noted = painted(picture, picture.story.beat("data").end - 1e-3)
    assert "Seven houses." in [mark.text for mark in noted.texts()]


def test_the_counter_is_the_step_and_numbers_keep_their_place() -> None:
    picture = picture_for("predict", "16:9")
    story = picture.story
    names: dict[str, set[float]] = {}
    for row_beat in ("traces", "step-1", "first-steps", "turn", "run", "end"):
        beat = story.beat(row_beat)
        texts = painted(picture, beat.end - 1e-3).texts()
        assert str(beat.step) in [mark.text for mark in texts]
        zone = picture.numbers.line.zone
        for mark in texts:
            if zone.grown(0.1).holds(mark.box) and mark.text in "kmbJα":
                names.setdefault(mark.text, set()).add(round(mark.box.left, 6))
    assert set(names) == set("kmbJα")
    assert all(len(places) == 1 for places in names.values())


def test_what_is_recorded_holds_every_step_of_a_zig_zag() -> None:
    picture = picture_for("zig-zag", "16:9")
    story, slopes = picture.story, picture.recorded.slopes
    pen = painted(picture, story.seconds - 1e-3)
    drawn = [
        m.points for m in pen.marks if m.kind == "stroke" and m.role is Role.SLOPE and len(m.points) > 100
    ]
    assert len(drawn) == 2
    heights = slopes.y(story.trajectory.gradient[:, 0])
    signs = np.sign(np.diff(heights))
    assert np.all(signs[1:] == -signs[:-1]), "this run changes direction at every step"


@pytest.mark.parametrize(
    ("case", "shape"), [*(("predict", shape) for shape in FORMATS), ("zig-zag", "16:9"), ("zig-zag", "9:16")]
)
def test_predictions_stand_in_the_order_of_their_values(case: str, shape: str) -> None:
    answers = [answer for answer in picture_for(case, shape).data.answers[0] if answer.label]
    assert len(answers) == 2
    upper, lower = sorted(answers, key=lambda answer: -answer.point[1])
    assert upper.label is not None
    assert lower.label is not None
    assert upper.label.bottom > lower.label.top


@pytest.mark.parametrize("shape", FORMATS)
def test_the_slopes_say_that_their_axis_is_logarithmic_and_their_ends_differ(shape: str) -> None:
    picture = picture_for("predict", shape)
    pen = painted(picture, picture.story.beat("traces").end - 1e-3)
    assert {mark.text for mark in pen.texts()} & {"(log both ways)", "(± log)"}
    ends = [mark for mark in pen.marks if mark.kind == "disc" and mark.role is Role.SLOPE]
    assert len({tuple(end.box.centre) for end in ends}) == 4, "two in the panel, two in its legend"
    hollow = [mark for mark in pen.marks if mark.kind == "disc" and mark.role is Role.BACKGROUND]
    assert len(hollow) == 2


@pytest.mark.parametrize("case", ["predict", "zig-zag", "one parameter", "half-mse"])
def test_the_loss_has_the_same_digits_in_caption_and_number_line(case: str) -> None:
    picture = picture_for(case, "16:9")
    beat = picture.story.beat("loss")
    shown = [mark.text for mark in painted(picture, beat.end - 1e-3).texts()]
    loss = plain(picture.story.loss_format(float(picture.story.loss[0])))
    assert loss in shown
    assert f"J = {loss}" in beat.caption.plain()


def test_one_answer_after_the_other_is_drawn() -> None:
    picture = picture_for("asked", "16:9")
    story, plot = picture.story, picture.data.small
    asked = [2.5, 3.5, 6.0, 7.2]  # more have no place, but in the report
    assert [question for question, _ in picture.data.questions] == asked
    m, b = story.path[-1]
    for count, x in enumerate(asked, 1):
        pen = painted(picture, story.beat("predict" if count == 1 else f"predict-{count}").end - 1e-3)
        discs = np.array(
            [mark.box.centre for mark in pen.marks if mark.kind == "disc" and mark.role is Role.POINT]
        )
        places = [plot.at(at, m * at + b) for at in asked]
        drawn = [bool((np.abs(discs - place).max(axis=1) < 1e-9).any()) for place in places]
        assert drawn == [at <= x for at in asked]
        shown = {mark.text for mark in pen.texts()}
        numbers = [plain(number(float(m * at + b))) for at in asked]
        assert [text in shown for text in numbers] == [at == x for at in asked]

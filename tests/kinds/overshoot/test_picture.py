"""The scene `overshoot`: what is shown is true at every frame, the point stays in sight, nothing overlaps."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from gdcore.base.arrays import FloatArray
from scenes.draw.recording_pen import RecordingPen
from scenes.kinds.overshoot.picture.jumps import arrow_opacity
from scenes.kinds.overshoot.picture.overshoot import OvershootPicture
from scenes.kinds.overshoot.picture.zoomed import zoom_shown
from scenes.kinds.overshoot.story.ending import factor_shown
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.layout import Frame
from scenes.layout.box import around
from scenes.storyboard.parts import Part
from scenes.text import maths, number, value_of, whole
from scenes.theme import Role
from tests.kinds.overshoot.examples import QUADRATIC, RUNS, told
from tests.painted import FORMATS, discs, painted

PIXEL = 1 / 135
WIDE = Frame.of_pixels(1920, 1080)
SIGN = "?"


@lru_cache(maxsize=8)
def pictured(name: str, shape: str = "16:9") -> tuple[OvershootStory, OvershootPicture]:
    with TemporaryDirectory() as folder:
        story = told(name, Path(folder))
    return story, OvershootPicture(story, Frame.of_pixels(*FORMATS[shape]))


def sampled(story: OvershootStory, count: int = 36) -> list[float]:
    return [*np.linspace(0.0, story.seconds, count).tolist(), *(beat.end - 1e-3 for beat in story.beats)]


@pytest.mark.parametrize("shape", FORMATS)
@pytest.mark.parametrize("name", RUNS)
def test_text_meets_nothing_and_stays_inside_where_the_film_rests(name: str, shape: str) -> None:
    story, picture = pictured(name, shape)
    for beat in story.beats:
        pen = painted(picture, beat.end - 1e-3)
        # The sign of a question stands in its own ring.
        met = [(a.text, b.kind, b.text) for a, b in pen.collisions() if a.text != SIGN]
        assert not met, beat.id
        assert not [mark.text for mark in pen.outside()], beat.id


@pytest.mark.parametrize("name", RUNS)
def test_every_number_shown_is_one_of_a_row_at_which_the_point_has_landed(name: str) -> None:
    """The names of places and the counter of steps, at every moment."""
    story, picture = pictured(name)
    for seconds in sampled(story):
        at = story.moment(seconds)
        landed = picture.standing(at)[0]
        assert landed <= at.position + 1e-9
        pen = painted(picture, seconds)
        shown = [mark.text for mark in pen.texts() if mark.text.startswith("step ")]
        if picture.excursion.here(at) > 0.1:  # else it is another run that is seen
            assert shown[0] == f"step {story.steps[landed]}"
        allowed = {picture.labels.name(landed).plain()}
        parameter = maths(story.parameter).plain()
        names = {mark.text for mark in pen.texts() if re.match(rf"{parameter}[₀-₉]+ = ", mark.text)}
        assert names <= allowed, seconds


@pytest.mark.parametrize("name", ["diverges", "fourth power", "slowly", "comes to rest", "wavy"])
def test_the_rule_shows_the_result_of_a_step_only_when_it_has_landed(name: str) -> None:
    story, picture = pictured(name)
    for seconds in sampled(story, 90):
        landed = picture.standing(story.moment(seconds))[0]
        pen = painted(picture, seconds)
        for row, (step, block) in enumerate(zip(story.spelled, picture.rule.blocks, strict=True), 1):
            zone = block.boxes(step)[0].grown(0.05)
            inside = [mark.text for mark in pen.texts() if zone.holds(mark.box)]
            if maths(step.new).plain() in inside and maths(step.old).plain() in inside:
                assert row <= landed, seconds


@pytest.mark.parametrize("shape", FORMATS)
@pytest.mark.parametrize("name", RUNS)
def test_a_place_has_one_number_at_a_time(name: str, shape: str) -> None:
    """Beside its point and in the rule, wherever both are shown."""
    story, picture = pictured(name, shape)
    parameter = maths(story.parameter).plain()
    lines = [block.boxes(step)[0] for step, block in zip(story.spelled, picture.rule.blocks, strict=True)]
    zone = around(
        np.array([(x, y) for box in lines for x, y in ((box.left, box.bottom), (box.right, box.top))])
    )
    zone = zone.grown(0.05)
    compared = 0
    for seconds in sampled(story, 90):
        at = story.moment(seconds)
        if 0 < at.part(Part.RESULT, at.landed) < 1 or at.hop > 0:
            continue  # the number is just changing
        texts = [mark for mark in painted(picture, seconds).texts() if mark.opacity > 0.5]
        inside = sorted(
            (m for m in texts if m.role is Role.POINT and zone.holds(m.box)), key=lambda m: m.box.left
        )
        rule = [mark.text for mark in inside if mark.text[-1].isdigit()]
        rows = (at.landed - 1, at.landed) if len(rule) == 2 else (at.landed,)
        for row, digits in zip(rows, rule, strict=False):
            lead = maths(
                story.speech.formula("{p}_({k}) =", p=story.parameter, k=whole(story.steps[row]))
            ).plain()
            for mark in texts:
                if mark.text.startswith(f"{lead} ") and parameter in mark.text and not zone.holds(mark.box):
                    compared += 1
                    assert mark.text == f"{lead} {digits}", seconds
    assert compared or shape != "16:9"


@pytest.mark.parametrize("name", RUNS)
def test_the_badge_is_true_of_both_axes_at_every_moment(name: str) -> None:
    """It says how many times longer a length was in the first view than it is now, across and upright."""
    story, picture = pictured(name)
    first = story.zoom.view(0)
    for seconds in sampled(story):
        position = picture.standing(story.moment(seconds))[2]
        view = story.zoom.view(position)
        w, loss = story.w[0] + first.half, story.loss[0] + (first.y_range[1] - first.y_range[0])
        lengths = [
            picture.view.places(each, w, loss) - picture.view.places(each, story.w[0], story.loss[0])
            for each in (first, view)
        ]
        long, short = (picture.zoomed.badge(position, short=each).plain() for each in (False, True))
        wide, high = (maths(zoom_shown(each)).plain() for each in story.zoom.factors(position))
        assert long.endswith(short)
        assert short == f"{wide} times as wide, {high} times as high"
        for now, before, factor in zip(lengths[1], lengths[0], story.zoom.factors(position), strict=True):
            assert value_of(zoom_shown(factor)) == pytest.approx(factor, rel=0.05, abs=0.05)
            assert abs(value_of(zoom_shown(factor)) - factor) <= max(0.5, 6e-3 * factor)
            if abs(now) > 1e-3:  # farther out the rest of a length is rounding
                assert factor == pytest.approx(float(before / now), rel=1e-5)
        texts = {mark.text for mark in painted(picture, seconds).texts()}
        if max(story.zoom.factors(position)) > 1.1:
            assert texts & {long, short}


def heights(picture: OvershootPicture, row: float) -> FloatArray:
    """The curve that is drawn in the view of a row, at even places across the plot."""
    (part,) = picture.around.curve(picture.story.zoom.view(row))
    box = picture.view.box
    across = np.linspace(max(box.left, part[0, 0]), min(box.right, part[-1, 0]), 200)
    return np.column_stack([across, np.interp(across, part[:, 0], part[:, 1])])


@pytest.mark.parametrize("shape", FORMATS)
@pytest.mark.parametrize("name", ["diverges", "slowly", "at once", "steep", "far from zero", "tiny", "huge"])
def test_on_a_parabola_the_curve_is_the_same_in_every_view(name: str, shape: str) -> None:
    """Within a pixel, where the view rests and on the way there."""
    story, picture = pictured(name, shape)
    first = heights(picture, 0)
    between = [row + 0.5 for row in story.rests[:-1]]
    for row in (*story.rests, *between):
        now = heights(picture, row)
        assert np.abs(now - first).max() < PIXEL, row


@pytest.mark.parametrize("name", RUNS)
def test_the_point_stands_in_sight_where_the_core_says(name: str) -> None:
    story, picture = pictured(name)
    for beat in story.beats:
        if picture.excursion.amount(story.end_of(beat.id)) > 0:
            continue  # another run is seen
        plot, view = picture.view, story.zoom.view(beat.row)
        place = plot.places(view, story.w[beat.row], story.loss[beat.row])
        assert plot.box.left < place[0] < plot.box.right
        assert plot.box.bottom < place[1] < plot.box.top
        assert np.abs(discs(picture, beat.end - 1e-3) - place).max(axis=1).min() < 1e-6


@pytest.mark.parametrize("name", RUNS)
def test_the_point_never_leaves_the_plot_not_even_on_a_jump(name: str) -> None:
    story, picture = pictured(name)
    plot = picture.view
    for seconds in np.linspace(0.0, story.seconds, 240):
        at = story.moment(float(seconds))
        if picture.excursion.here(at) <= 0:
            continue
        row, hop, position = picture.standing(at)
        view = story.zoom.view(position)
        place = plot.places(view, story.w[row], story.loss[row])
        if hop > 0:
            place = place + hop * (plot.places(view, story.w[row + 1], story.loss[row + 1]) - place)
        assert plot.box.left < place[0] < plot.box.right, seconds
        assert plot.box.bottom < place[1] < plot.box.top, seconds


def test_the_view_follows_a_jump_without_a_leap() -> None:
    """Between two frames it widens by a little only, and never goes back."""
    story, picture = pictured("diverges")
    frames = np.arange(0.0, story.beat("limit").start, 1 / 60)
    wide = np.array(
        [np.log(story.zoom.factors(picture.standing(story.moment(float(t)))[2])[0]) for t in frames]
    )
    assert (np.diff(wide) >= -1e-12).all()
    assert np.diff(wide).max() < 0.06, "a whole step is 0.18"


def test_every_explained_jump_is_an_arrow_in_the_colour_of_trouble() -> None:
    story, picture = pictured("diverges")
    for k in (1, 2, 3):
        pen = painted(picture, story.beat(f"step-{k}").end - 1e-3)
        arrows = [mark for mark in pen.marks if mark.kind == "arrow"]
        wanted = [n for n in range(1, k + 1) if arrow_opacity(n, k) >= 0.05]
        assert len(arrows) == len(wanted)
        assert {mark.role for mark in arrows} == {Role.TROUBLE}
        assert [mark.opacity for mark in arrows] == pytest.approx([arrow_opacity(n, k) for n in wanted])


def test_arrows_grow_faint_with_their_age() -> None:
    assert [arrow_opacity(k, 5) for k in range(1, 6)] == pytest.approx([(k / 5) ** 2.2 for k in range(1, 6)])
    assert arrow_opacity(300, 300) == 1.0
    assert arrow_opacity(280, 300) == 0.0


def test_a_step_that_stays_on_its_side_is_no_trouble() -> None:
    story, picture = pictured("kink")
    assert not story.crossed[1]
    pen = painted(picture, story.beat("step-1").end - 1e-3)
    assert {mark.role for mark in pen.marks if mark.kind == "arrow"} == {Role.STEP}


@pytest.mark.parametrize("name", ["diverges", "leaves the numbers", "fourth power", "leaves the domain"])
def test_nothing_of_the_panel_is_drawn_outside_of_it(name: str) -> None:
    story, picture = pictured(name)
    box, side = picture.view.box.grown(0.12), picture.places.side.grown(0.1)
    for seconds in np.linspace(0.0, story.seconds, 60):
        for mark in painted(picture, float(seconds)).marks:
            if mark.role in (Role.OBJECTIVE, Role.TROUBLE) and mark.kind in ("stroke", "arrow"):
                assert box.holds(mark.box) or side.holds(mark.box), seconds


@pytest.mark.parametrize("name", ["diverges", "steep", "far from zero", "fourth power"])
def test_ticks_keep_their_numbers_while_the_view_zooms(name: str) -> None:
    """Between two resting views a number only moves: its text is one of theirs, and those of both never fade."""
    story, picture = pictured(name)
    for before, after in pairwise(story.rests):
        ends = []
        for row in (before, after):
            pen = RecordingPen(picture.frame)
            picture.view.draw(pen, row)
            ends.append({mark.text for mark in pen.texts()})
            assert len(ends[-1]) >= 3
        for row in np.linspace(before, after, 9):
            pen = RecordingPen(picture.frame)
            picture.view.draw(pen, float(row))
            assert {mark.text for mark in pen.texts()} <= ends[0] | ends[1]


def test_the_first_view_is_marked_once_the_view_is_clearly_wider() -> None:
    story, picture = pictured("diverges")
    name = story.speech.word("picture.first-view")

    def texts(identifier: str) -> list[str]:
        return [mark.text for mark in painted(picture, story.beat(identifier).end - 1e-3).texts()]

    assert name not in texts("ask")
    assert name in texts("step-3")
    inner = picture.view.box_of(story.zoom.view(0), story.zoom.view(3))
    assert picture.view.box.width / inner.width == pytest.approx(1.2**3)
    assert picture.view.box.height / inner.height == pytest.approx(1.2**6)


@pytest.mark.parametrize("name", ["diverges", "edge", "comes to rest", "wavy", "fourth power"])
def test_the_factor_of_the_loss_is_said_of_every_jump_only_where_that_is_so(name: str) -> None:
    story, picture = pictured(name)
    pen = painted(picture, story.seconds - 1e-3)
    texts = {mark.text for mark in pen.texts()}
    assert ("at every jump" in texts) == (name in QUADRATIC)
    last = len(story.w) - 1
    for row in range(1, last + 1):
        factor = picture.loss.note.at(row)
        if factor is not None and story.charted[row - 1] > 1e-6:
            assert factor == pytest.approx(story.charted[row] / story.charted[row - 1], rel=1e-6)
    if name in QUADRATIC:
        size, square = (
            maths(factor_shown(each)).plain() for each in (story.factor or 0, (story.factor or 0) ** 2)
        )
        assert {f"× {square}", f"{size} · {size} = {square}"} & texts


@pytest.mark.parametrize("name", RUNS)
def test_the_losses_stand_where_they_are_and_the_point_at_the_last(name: str) -> None:
    story, picture = pictured(name)
    for beat in story.beats[-3:]:
        plot, row = picture.loss.plot(beat.row), beat.row
        value = picture.loss.values[row]
        if np.isnan(value):
            continue
        place = plot.at(float(story.steps[row]), float(value))
        assert plot.box.grown(1e-6).crossed_by(place[None])
        assert np.abs(discs(picture, beat.end - 1e-3) - place).max(axis=1).min() < 1e-6


@pytest.mark.parametrize("name", ["slowly", "leaves the numbers", "rests slowly"])
def test_the_axes_of_the_losses_grow_with_a_run_that_passes_at_once(name: str) -> None:
    story, picture = pictured(name)
    sweep = story.beat("sweep")
    for seconds in np.linspace(sweep.start, sweep.end, 40):
        row, _, position = picture.standing(story.moment(float(seconds)))
        plot = picture.loss.plot(position)
        assert plot.box.grown(1e-6).crossed_by(
            plot.at(float(story.steps[row]), float(picture.loss.values[row]))[None]
        )


def test_each_line_of_the_losses_is_as_many_times_more_as_is_said() -> None:
    for name in ("diverges", "slowly", "leaves the numbers"):
        _, picture = pictured(name)
        for window in picture.loss.windows:
            assert window.stride is not None
            assert np.allclose(np.diff(window.values), window.stride)


@pytest.mark.parametrize("name", ["diverges", "slowly", "comes to rest", "fourth power", "few steps"])
def test_told_briefly_the_picture_is_as_true(name: str, tmp_path: Path) -> None:
    story = told(name, tmp_path, scene="    brief: true")
    picture = OvershootPicture(story, WIDE)
    for seconds in np.linspace(0.0, story.seconds, 60):
        landed, _, position = picture.standing(story.moment(float(seconds)))
        place = picture.view.places(story.zoom.view(position), story.w[landed], story.loss[landed])
        assert picture.view.box.crossed_by(place[None]), seconds
        shown = [mark.text for mark in painted(picture, float(seconds)).texts()]
        assert f"step {story.steps[landed]}" in shown
    assert landed == len(story.w) - 1


# The measure of the distance from the bottom


@pytest.mark.parametrize("shape", FORMATS)
@pytest.mark.parametrize("name", RUNS)
def test_a_measure_leads_from_the_middle_to_the_point_at_its_height(name: str, shape: str) -> None:
    story, picture = pictured(name, shape)
    for row in story.rests:
        view = story.zoom.view(row)
        line = picture.measures.line(view, row)
        if line is None:
            continue
        assert story.minimum is not None
        place = picture.view.places(view, story.w[row], story.loss[row])
        np.testing.assert_allclose(line[1], place)
        assert line[0, 1] == line[1, 1]
        assert line[0, 0] == pytest.approx(picture.view.point(view, *story.minimum)[0])


@pytest.mark.parametrize("name", ["diverges", "comes to rest", "fourth power", "wavy"])
def test_a_measure_is_told_when_its_point_has_landed_and_only_then(name: str) -> None:
    """No number of a distance but those of the row that is reached and of the one before; the factor where there is one."""
    story, picture = pictured(name)
    numbers = {row: maths(node).plain() for row in story.rests if (node := story.away(row)) is not None}
    for seconds in sampled(story, 120):
        at = story.moment(seconds)
        if picture.excursion.here(at) < 1:
            continue
        landed = picture.standing(at)[0]
        inside = [m for m in painted(picture, seconds).texts() if picture.view.box.holds(m.box)]
        shown = {mark.text for mark in inside if mark.role is Role.INK and not mark.text.startswith("w")}
        others = {text for row, text in numbers.items() if row > landed} - {
            text for row, text in numbers.items() if row <= landed
        }
        rule = {maths(node).plain() for step in story.spelled for node in (step.old, step.rate)}
        assert not shown & (others - rule), seconds
    first = {mark.text for mark in painted(picture, 0.0).texts()}
    assert numbers[0] in first, "it stands there from the first frame"
    for k in (1, 2, 3):
        texts = {mark.text for mark in painted(picture, story.beat(f"step-{k}").end - 1e-3).texts()}
        if picture.measures.box(k, k) is not None:
            assert numbers[k] in texts
            written = picture.measures.pieces(k, k)
            if story.factor is None or len(written) == 1:
                continue
            before, times, _, after = (text.plain() for text, _, _ in written)
            assert times.startswith("× ")
            assert float(before) * float(times[2:]) == pytest.approx(float(after), rel=5e-4), "it closes"


def test_the_rule_has_one_size_and_is_large() -> None:
    for shape in FORMATS:
        _, picture = pictured("diverges", shape)
        sizes = {round(block.size * 135) for block in picture.rule.blocks}
        assert len(sizes) == 1
        assert min(sizes) >= 64
        assert picture.rule.inside == (shape != "1:1")


@pytest.mark.parametrize("shape", FORMATS)
def test_the_rule_is_there_at_every_explained_step_and_never_while_one_flies(shape: str) -> None:
    story, picture = pictured("diverges", shape)
    for k, step in enumerate(story.spelled, 1):
        pen = painted(picture, story.beat(f"step-{k}").end - 1e-3)
        line = picture.rule.blocks[k - 1].boxes(step)[0].grown(0.02)
        inside = {mark.text for mark in pen.texts() if line.holds(mark.box)}
        assert {maths(node).plain() for node in (step.old, step.rate, step.new)} <= inside
    for seconds in np.linspace(0.0, story.seconds, 400):
        at = story.moment(float(seconds))
        if at.hop > 0.25 and picture.rule.inside:
            pen = painted(picture, float(seconds))
            bracket = [
                m for m in pen.marks if m.kind == "stroke" and m.role is Role.STEP and len(m.points) == 4
            ]
            assert not bracket, seconds


@pytest.mark.parametrize("shape", FORMATS)
def test_the_run_below_the_limit_is_seen_in_the_first_view_and_goes_home(shape: str) -> None:
    story, picture = pictured("diverges", shape)
    tamer, end = story.tamer, story.end_of("limit")
    assert tamer is not None
    assert picture.standing(end)[2] == pytest.approx(0.0)
    place = picture.view.places(story.zoom.view(0), tamer.w[-1], tamer.loss[-1])
    assert np.abs(discs(picture, end.seconds) - place).max(axis=1).min() < 1e-6
    texts = {mark.text for mark in painted(picture, end.seconds).texts()}
    assert {maths(number(tamer.rate)).plain(), "0", "1", "comes home", "runs away"} <= texts
    assert not [text for text in texts if text.startswith("step ")], "it is another run"
    last = story.seconds - 1e-3
    assert picture.standing(story.moment(last))[2] == len(story.w) - 1
    assert f"step {story.steps[-1]}" in {mark.text for mark in painted(picture, last).texts()}


def test_the_chart_is_no_higher_than_its_data_need() -> None:
    for name in ("diverges", "slowly", "huge", "tiny"):
        story, picture = pictured(name)
        for window, row in zip(picture.loss.windows, (story.shown, len(story.w) - 1), strict=True):
            highest = float(np.nanmax(picture.loss.values[: row + 1]))
            assert 0.02 < (window.high - highest) / (window.high - window.low) < 0.3
            assert window.low <= float(np.nanmin(picture.loss.values[: row + 1]))

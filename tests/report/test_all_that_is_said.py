"""What the command takes a lecture takes, and shows: settings, stop rules, ridge, every row asked for, names by column."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from scenes.layout import Frame
from scenes.production.rehearsal import try_to_rehearse
from scenes.report.document import compose
from scenes.widgets.picture import picture_of
from tests.lectures import written
from tests.painted import painted, trouble
from tests.report.drawn import everything_written

CARS = "km,price\n10,9\n30,8\n50,7\n90,6\n"
HOMES = "size,bedrooms,price\n1650,3,300\n2000,4,380\n1200,2,210\n1800,3,330\n1500,2,260\n"
RUNS = "runs:\n  a: {rate: 0.1, steps: 30}\n  b: {rate: 0.4, steps: 30}\n"
BOWL = 'problem: {formula: "x^2 + 4*y^2 + x*y"}\nscenes: [{kind: learning-rates}]\nruns:\n'
LECTURES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "words and truth values": (
        BOWL
        + "  a: {optimizer: cg, set: {formula: FR}, steps: 8, start: [3, 2]}\n"
        + "  b: {optimizer: adagrad, set: {eps_in_root: true}, rate: 0.5, steps: 8, start: [3, 2]}\n"
        + "  c: {order: sequential, rate: 0.1, steps: 8, start: [3, 2]}\n",
        ("cg, formula: FR", "adagrad, eps_in_root: true", "gd, order: sequential"),
    ),
    "every stop rule": (
        BOWL
        + "  a: {rate: 0.1, steps: 900, start: [3, 2], stop: {patience: 4, improvement: 0.01}}\n"
        + "  b: {rate: 0.1, steps: 900, start: [3, 2], stop: {gradient: 0.5, step: 1e-9, loss: 0.001, target: -1}}\n",
        ("patience: 4", "improvement: 0.01", "gradient: 0.5", "step: 10", "loss: 0.001", "target: −1"),
    ),
    "ridge, names and a list": (
        "problem: {data: cars.csv, x: km, y: price, standardize: true, ridge: 0.5, predict: [3.5, 7],"
        " parameters: {km: theta_1, intercept: theta_0}}\n" + RUNS,
        (
            "0.5θ₁²",
            "plus the ridge penalty",
            "ridge regression",
            "What was asked",
            "3.5?",
            "7?",
            "for km",
            "constant",
        ),
    ),
    "rows of two columns": (
        "problem: {data: homes.csv, x: [size, bedrooms], y: price, standardize: true,"
        " predict: [{bedrooms: 3, size: 1650}, [2000, 5]]}\n" + RUNS,
        ("What was asked", "1650", "2000", "for size", "for bedrooms"),
    ),
}


@pytest.mark.parametrize("name", LECTURES)
def test_it_is_checked_printed_and_drawn(name: str, tmp_path: Path) -> None:
    text, wanted = LECTURES[name]
    study, stories = written(tmp_path, f"title: {name}\n{text}", cars=CARS, homes=HOMES)
    assert try_to_rehearse(str(tmp_path / "lecture.yaml")).rehearsal is not None
    words = [drawn.what for page in compose(study, stories) for drawn in everything_written(page)]
    printed = " ".join(" ".join(words).split())
    for part in wanted:
        assert part in printed, part
    for story in stories:
        picture = picture_of(story, Frame.of_pixels(1920, 1080))
        for beat in story.beats:
            assert painted(picture, beat.end - 1e-3).marks
            assert not trouble(picture, beat.end - 1e-3), beat.id


def test_every_answer_is_told_and_printed(tmp_path: Path) -> None:
    text, _ = LECTURES["rows of two columns"]
    study, (story,) = written(tmp_path, text, homes=HOMES)
    spec = study.lecture.problem
    printed = " ".join(drawn.what for page in compose(study, [story]) for drawn in everything_written(page))
    for row, beat in zip(spec.predict, ("predict", "predict-2"), strict=True):
        for name, run in study.trajectories.items():
            answer = f"{study.problem.predict(run.final, row):.5g}"  # type: ignore[attr-defined]
            assert answer in printed
            if name == "a":
                caption = story.speech.text(story.beat(beat).caption)
                assert (
                    f"At size = {row[0]:g} and bedrooms = {row[1]:g}, our model predicts {answer}" in caption
                )


def test_one_column_and_one_value_need_no_table(tmp_path: Path) -> None:
    study, stories = written(
        tmp_path,
        f"problem: {{data: cars.csv, x: km, y: price, predict: 7}}\n{RUNS}".replace("0.", "0.000"),
        cars=CARS,
    )
    printed = " ".join(drawn.what for page in compose(study, stories) for drawn in everything_written(page))
    assert "at 7" in printed
    assert "What was asked" not in printed

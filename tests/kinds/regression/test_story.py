"""The story `regression` says the core's numbers, and fits every kind of line, curve and table."""

from __future__ import annotations

from pathlib import Path
from shutil import copy

import numpy as np
import pytest

from gdcore.analysis.path import thin
from scenes.kinds.regression.story.regression import RegressionStory
from scenes.lecture.read import read_lecture
from scenes.lecture.shipped import shipped
from scenes.lecture.study import Study, study
from scenes.storyboard import tell
from scenes.storyboard.requirements import StoryError
from tests.lectures import shipped_lecture


def told_from(worked_out: Study) -> RegressionStory:
    scene = next(scene for scene in worked_out.lecture.scenes if scene.kind == "regression")
    told = tell(worked_out, scene)
    assert isinstance(told, RegressionStory)
    return told


def study_of(folder: Path, problem: str, run: str, options: str = "") -> Study:
    """A lecture of one regression scene on the data of the shipped lectures."""
    for name in ("houses.csv", "park.csv"):
        copy(shipped()["houses"].parent / name, folder / name)
    rows = [(1, 2, 9), (2, 1, 7), (3, 5, 21), (4, 3, 17), (5, 8, 38), (6, 2, 19), (7, 4, 28)]
    (folder / "many.csv").write_text("p,q,r,v\n" + "".join(f"{p},{q},{p * q},{v}\n" for p, q, v in rows))
    path = folder / "lecture.yaml"
    path.write_text(
        f"title: T\nproblem: {{{problem}}}\nruns:\n  r: {{{run}}}\n"
        f"scenes:\n  - {{kind: regression, run: r{options}}}\n"
    )
    return study(read_lecture(path))


def caption(told: RegressionStory, beat: str) -> str:
    return told.speech.text(told.beat(beat).caption)


@pytest.fixture(scope="module")
def houses() -> RegressionStory:
    return told_from(shipped_lecture("houses")[0])


@pytest.fixture(scope="module")
def park() -> RegressionStory:
    return told_from(shipped_lecture("park")[0])


def test_houses_captions_hold_the_published_numbers(houses: RegressionStory) -> None:
    wanted = {
        "data": ["Each of the 7 dots is one row", "bedrooms along the bottom", "price in 1000 $ up the side"],
        "question": ["six bedrooms"],
        "line": ["y = m x + b", "m = 0, b = 0"],
        "loss": ["take the average", "J = 65228.57"],
        "traces": ["∂J/∂m = −1645.7", "∂J/∂b = −440"],
        "step-1": ["0 − 0.0075 · (−1645.7) = 12.343", "0 − 0.0075 · (−440) = 3.3", "45471.77"],
        "turn": ["step 17", "∂J/∂b changes its sign", "15.915", "−46.316"],
        "run": ["up to 15 steps", "200", "5959.73"],
        "best": ["m = 84.737, b = −46.316, J = 5691.73"],
        "predict": ["At bedrooms = 6", "432.41", "462.11"],
        "end": [
            "We stop after 200 steps. There m = 72.385, b = −1.8954",
            "the best point is still 46.11 away",
        ],
    }
    for beat, parts in wanted.items():
        for part in parts:
            assert part in caption(houses, beat), beat


def test_park_has_not_arrived_and_says_so(park: RegressionStory) -> None:
    assert "w = 23.522, b = −228.56" in caption(park, "best")
    assert "temperature = 33" in caption(park, "predict")
    assert "542.94" in caption(park, "predict")
    assert "547.67" in caption(park, "predict")
    assert "We stop after 20,000 steps. There w = 23.011, b = −216.42" in caption(park, "end")
    assert "In the plane of w and b the best point is still 12.16 away" in caption(park, "end")
    assert park.note.startswith("Reconstructed data.")
    assert [label.plain() for label in park.labels] == ["temperature in °C", "visitors"]
    assert not park.has("turn"), "a detour of 0.58 on a way of 229 is not seen"


def test_the_steps_shown_are_the_cores(houses: RegressionStory, park: RegressionStory) -> None:
    assert houses.steps.tolist() == sorted({*thin(200).tolist(), 17}), "and the turning point"
    assert park.steps.tolist() == thin(20000).tolist()
    for told in (houses, park):
        assert told.steps[told.first_row] == 10
        run = told.trajectory
        assert np.array_equal(told.path, run.parameters[told.rows])
        assert np.array_equal(told.loss, run.loss[told.rows])
        assert np.array_equal(told.gradient, run.gradient[told.rows])
        assert told.beat("end").step == told.steps[-1]


def test_the_fit_is_the_models(houses: RegressionStory) -> None:
    fit = houses.fit
    m, b = houses.path[:, :1], houses.path[:, 1:]
    assert fit.fitted == pytest.approx(m * fit.x + b, abs=1e-9)
    assert fit.line == pytest.approx(m * fit.line_x + b, abs=1e-9)
    assert fit.asked[0].ours == pytest.approx((m * 6 + b)[:, 0], abs=1e-9)
    assert np.mean((fit.fitted - fit.y) ** 2, axis=1) == pytest.approx(houses.loss, rel=1e-12)
    assert houses.distance[-1] == pytest.approx(
        np.hypot(84.73684210526 - 72.38497040094, -46.3157894737 + 1.8953794614)
    )


def test_long_and_short_captions_can_be_read(houses: RegressionStory, park: RegressionStory) -> None:
    for told in (houses, park):
        for beat in told.beats:
            assert len(caption(told, beat.id)) <= 130, beat.id


def test_half_mse_is_said(tmp_path: Path) -> None:
    told = told_from(
        study_of(tmp_path, "data: houses.csv, x: bedrooms, y: price, cost: half-mse", "rate: 0.01, steps: 30")
    )
    assert "Half the average of the squares" in caption(told, "loss")
    assert "J = 32614.29" in caption(told, "loss")
    assert caption(told, "question") == "Which line fits the dots best?"
    assert not told.has("predict")


def test_one_parameter_is_a_curve(tmp_path: Path) -> None:
    told = told_from(
        study_of(
            tmp_path,
            "data: park.csv, x: temperature, y: visitors, intercept: false",
            "rate: 0.0005, steps: 30",
        )
    )
    assert told.curve is not None
    assert told.terrain is None
    assert "J(w)" in caption(told, "room")
    assert "w = 13.897" in caption(told, "best")
    assert caption(told, "end").startswith("Converged after 30 steps. There w = 13.897")


def test_a_curve_of_degree_two(tmp_path: Path) -> None:
    told = told_from(
        study_of(
            tmp_path,
            "data: houses.csv, x: bedrooms, y: price, degree: 2, predict: 6, standardize: true",
            "rate: 0.1, steps: 50",
        )
    )
    assert told.terrain is None
    assert told.curve is None
    assert len(told.fit.line_x) > 50
    assert "curve" in caption(told, "line")
    assert "3 parameters" in caption(told, "room")
    assert told.distance[0] > told.distance[-1] > 0


def test_several_columns_show_predicted_against_true(tmp_path: Path) -> None:
    told = told_from(
        study_of(tmp_path, "data: many.csv, x: [p, q], y: v, standardize: true", "rate: 0.1, steps: 50")
    )
    assert told.fit.against
    assert [label.plain() for label in told.labels] == ["true v", "predicted v"]
    assert told.fit.x_range == told.fit.y_range
    assert not told.has("line")
    assert "diagonal" in caption(told, "question")
    assert np.array_equal(told.fit.x, told.fit.y)


def test_parameters_without_one_answer_have_no_distance(tmp_path: Path) -> None:
    (tmp_path / "twice.csv").write_text("p,q,v\n1,1,2\n2,2,3\n3,3,5\n")
    told = told_from(study_of(tmp_path, "data: twice.csv, x: [p, q], y: v", "rate: 0.01, steps: 20"))
    assert told.best is None
    assert not len(told.distance)
    assert not told.has("room")
    assert not told.has("best")
    assert "away" not in caption(told, "end")


def test_a_diverging_run_says_why(tmp_path: Path) -> None:
    problem = "data: houses.csv, x: bedrooms, y: price, parameters: [m, b]"
    told = told_from(study_of(tmp_path, problem, "rate: 0.082, steps: 200"))
    assert "grows" in caption(told, "step-1")
    end = caption(told, "end")
    assert "α = 0.082 is above the limit 0.081284" in end
    assert "6.355 × 10⁷" in end
    gone = told_from(study_of(tmp_path, problem, "rate: 0.5, steps: 2000"))
    assert f"At step {gone.trajectory.nonfinite_step} the numbers leave" in caption(gone, "end")


def test_every_is_the_lecturers_choice(tmp_path: Path) -> None:
    problem = "data: houses.csv, x: bedrooms, y: price"
    told = told_from(study_of(tmp_path, problem, "rate: 0.05, steps: 44", ", every: 10"))
    assert told.steps.tolist() == [*range(11), 20, 30, 40, 44]
    assert "up to 10 steps" in caption(told, "run")


def test_a_run_of_one_step(tmp_path: Path) -> None:
    told = told_from(study_of(tmp_path, "data: houses.csv, x: bedrooms, y: price", "rate: 0.05, steps: 1"))
    assert not told.has("first-steps")
    assert not told.has("run")
    assert told.steps.tolist() == [0, 1]


def test_what_does_not_fit_is_told_with_the_mend(tmp_path: Path) -> None:
    worked_out = study_of(
        tmp_path, "data: houses.csv, x: bedrooms, y: price", "rate: 0.01, steps: 5", ", view: surface"
    )
    with pytest.raises(StoryError, match=r"view 'surface'.*Write `view: contour`"):
        told_from(worked_out)
    formula = shipped_lecture("intuition")[0]
    scene = worked_out.lecture.scenes[0]
    with pytest.raises(StoryError, match=r"shows data.*Give the problem `data`"):
        tell(formula, scene)

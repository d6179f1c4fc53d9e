"""The shipped lectures, the starter and the JSON Schema."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from gdcore.run.outcome import Outcome
from scenes.lecture.read import read_lecture
from scenes.lecture.shipped import find_lecture, shipped, shipped_data
from scenes.lecture.source.faults import LectureError
from scenes.lecture.source.json_schema import SCHEMA_FILE, json_schema
from scenes.lecture.starter import starter
from scenes.lecture.study import study

NAMES = ["houses", "intuition", "park"]


def test_what_is_shipped():
    assert [name for name in NAMES if name in shipped()] == NAMES
    assert {"houses.csv", "park.csv"} <= set(shipped_data())


@pytest.mark.parametrize("name", sorted(shipped()))
def test_a_shipped_lecture_is_sound(name):
    lecture = read_lecture(shipped()[name])
    assert lecture.name == name
    for title in (lecture.title, *(scene.title for scene in lecture.scenes)):
        assert title
        assert len(title) <= 45
    assert lecture.problem.note
    assert lecture.question


def test_the_reconstruction_says_so():
    note = read_lecture(shipped()["park"]).problem.note
    assert note is not None
    assert note.startswith("Reconstructed data.")


def test_houses_has_the_published_numbers():
    found = study(read_lecture(shipped()["houses"]))
    assert found.problem.parameters == ("m", "b")
    np.testing.assert_allclose(
        found.trajectories["steady"].final, [72.38497040094477, -1.8953794613879003], rtol=1e-9
    )
    assert found.trajectories["edge"].outcome is Outcome.STEP_LIMIT
    assert found.trajectories["beyond"].outcome is Outcome.DIVERGED
    # The correction that the title of the third scene makes.
    assert (np.diff(found.trajectories["edge"].loss) < 0).all()
    limit = found.analyses["edge"].rate_limit
    assert limit == pytest.approx(0.08128430627578305, rel=1e-9)
    assert 0.08 < limit < 0.0813 < 0.082


def test_park_has_the_published_numbers():
    lecture = read_lecture(shipped()["park"])
    found = study(lecture)
    assert found.problem.parameters == ("w", "b")
    assert lecture.problem.predict == ((33,),)
    np.testing.assert_allclose(
        found.trajectories["patient"].final, [23.0107258449243, -216.41550235094851], rtol=1e-9
    )
    assert found.trajectories["patient"].outcome is Outcome.STEP_LIMIT
    assert found.trajectories["hasty"].outcome is Outcome.DIVERGED
    assert found.analyses["hasty"].rate_limit == pytest.approx(0.0019107483919, rel=1e-9)


def test_intuition_goes_left_and_right():
    found = study(read_lecture(shipped()["intuition"]))
    right, left = found.trajectories["good"], found.trajectories["left"]
    assert right.parameters[:2, 0] == pytest.approx([6, 5.4])
    assert (np.diff(left.parameters[:, 0]) > 0).all()
    outcomes = {name: run.outcome for name, run in found.trajectories.items()}
    assert outcomes["too large"] is Outcome.DIVERGED
    assert [name for name, outcome in outcomes.items() if outcome is Outcome.DIVERGED] == [
        "too large",
        "too far",
    ]


def test_a_study_runs_everything_once_in_order():
    lecture = read_lecture(shipped()["intuition"])
    found = study(lecture)
    assert list(found.trajectories) == list(found.analyses) == list(lecture.runs)
    for name, run in lecture.runs.items():
        assert found.trajectories[name].rate == run.rate
        assert found.trajectories[name].step[-1] == run.steps


def test_order_and_stop_reach_the_core(tmp_path):
    path = tmp_path / "l.yaml"
    path.write_text(
        'problem: {formula: "x^2 + x*y + y^2"}\n'
        "runs:\n"
        "  a: {rate: 0.1, steps: 50, start: [3, 1]}\n"
        "  b: {rate: 0.1, steps: 50, start: [3, 1], order: sequential}\n"
        "  c: {rate: 0.1, steps: 500, start: [3, 1], stop: {gradient: 0.01}}\n"
    )
    runs = study(read_lecture(path)).trajectories
    assert runs["a"].parameters[1].tolist() != runs["b"].parameters[1].tolist()
    assert runs["c"].step[-1] < 500


def test_a_bare_name_is_shipped_and_anything_else_a_path():
    assert find_lecture("houses") == shipped()["houses"]
    for text in ("houses.yaml", "./houses", "a/b", "C:\\x"):
        assert find_lecture(text) == Path(text)


@pytest.mark.parametrize(
    ("text", "mend"), [("house", "did you mean houses?"), ("zzz", "choose one of them"), ("", "choose one")]
)
def test_an_unknown_bare_name(text, mend):
    with pytest.raises(LectureError) as caught:
        find_lecture(text)
    (fault,) = caught.value.faults
    assert "houses" in fault.allowed
    assert mend in fault.mend


def test_a_bare_name_of_a_file_in_this_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text("")
    with pytest.raises(LectureError, match=r"write mine\.yaml"):
        find_lecture("mine")


@pytest.mark.parametrize("name", ["lesson", "my-first_lesson", 'a "quoted": # {name}', "", "größe 🎓"])
def test_the_starter_is_a_lecture_as_it_stands(tmp_path, name):
    path = tmp_path / "lesson.yaml"
    path.write_text(starter(name), encoding="utf-8")
    lecture = read_lecture(path)
    assert len(lecture.runs) == 2
    assert 2 <= len(lecture.scenes) <= 3
    assert lecture.problem.data is None
    assert lecture.title
    found = study(lecture)
    assert found.trajectories["careful"].outcome is not Outcome.DIVERGED
    assert found.trajectories["bold"].outcome is Outcome.DIVERGED
    lines = [line for line in starter(name).splitlines() if not line.startswith("#")]
    assert len(lines) <= 12


def test_the_starter_leaves_out_what_cannot_be_shown(tmp_path):
    path = tmp_path / "lesson.yaml"
    for name, title in (("größe 🎓", "Größe"), ("🎓", "My lecture"), ("梯度 descent", "Descent")):
        path.write_text(starter(name), encoding="utf-8")
        assert read_lecture(path).title == title


def test_the_shipped_schema_is_current():
    assert SCHEMA_FILE.read_text(encoding="utf-8") == json_schema(), (
        "python -m scenes.lecture.source.json_schema"
    )


def test_the_schema_lets_an_editor_complete_every_key():
    schema = json.loads(json_schema())
    assert schema["required"] == ["problem"]
    assert schema["additionalProperties"] is False
    assert {"title", "problem", "runs", "scenes", "report"} <= set(schema["properties"])
    definitions = schema["$defs"]
    assert {"fog", "view", "kind", "title"} <= set(definitions["SurfaceScene"]["properties"])
    number, by_name = definitions["RunBlock"]["properties"]["rate"]["oneOf"]
    assert number["exclusiveMinimum"] == by_name["additionalProperties"]["exclusiveMinimum"] == 0
    assert '"null"' not in json_schema()


DATA = "problem: {data: houses.csv, x: bedrooms, y: price}\nruns: {a: {rate: 0.001, steps: 5}}\n"


def test_a_shipped_table_is_taken_by_its_name_with_a_warning(tmp_path):
    path = tmp_path / "pasted.yaml"
    path.write_text(DATA)
    lecture = read_lecture(path)
    assert lecture.problem.data == shipped_data()["houses.csv"]
    (warning,) = lecture.warnings
    assert (warning.key, warning.line, warning.column) == ("problem.data", 1, 17)
    assert "the shipped one is taken" in warning.found


def test_a_table_of_that_name_beside_the_lecture_comes_first(tmp_path):
    path = tmp_path / "pasted.yaml"
    path.write_text(DATA)
    (tmp_path / "houses.csv").write_text("bedrooms,price\n1,2\n2,4\n3,7\n")
    lecture = read_lecture(path)
    assert lecture.problem.data == (tmp_path / "houses.csv").resolve()
    assert not lecture.warnings
    (tmp_path / "houses.csv").unlink()
    (tmp_path / "houses.csv").symlink_to("nowhere")  # what stands there is meant, though it will not do
    with pytest.raises(LectureError, match="does not exist"):
        read_lecture(path)


@pytest.mark.parametrize("name", ["./houses.csv", "sub/houses.csv", "Houses.csv"])
def test_only_the_bare_name_means_the_shipped_table(tmp_path, name):
    path = tmp_path / "pasted.yaml"
    path.write_text(DATA.replace("houses.csv", name))
    with pytest.raises(LectureError, match="does not exist"):
        read_lecture(path)

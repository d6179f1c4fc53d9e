"""What a sound lecture becomes."""

from __future__ import annotations

import dataclasses
import pickle
from pathlib import Path

import pytest

from scenes.lecture.read import read_lecture

FORMULA = """\
problem: {formula: "(w-3)^2 + 2"}
runs:
  a: {rate: 0.1, steps: 5, start: 6}
"""
DATA = """\
title: Houses
problem: {data: houses.csv, x: bedrooms, y: price}
runs:
  a: {rate: 0.001, steps: 5}
"""


def shown(caption):
    """A caption without any numbers of a run, as plain text; None where a beat is to have none."""
    return None if caption is None else caption.filled(lambda asked: None).plain()


def test_the_smallest_lecture_gets_every_default(read, folder):
    lecture = read(FORMULA, "my-first_lesson.yaml")
    assert lecture.name == "my-first_lesson"
    assert lecture.title == "my first lesson"
    assert lecture.path == folder / "my-first_lesson.yaml"
    assert lecture.folder == folder
    assert (lecture.language, lecture.pace, lecture.theme, lecture.report.paper) == ("en", 1.0, "dark", "a4")
    assert (lecture.author, lecture.course, lecture.date, lecture.question) == (None, None, None, None)
    assert lecture.problem.formula == "(w-3)^2 + 2"
    assert lecture.problem.parameters == ("w",)
    run = lecture.runs["a"]
    assert (run.rate, run.steps, run.start, run.optimizer, run.order) == (
        0.1,
        5,
        (6.0,),
        "gd",
        "simultaneous",
    )


def test_every_key_of_the_head(read):
    lecture = read(
        "title: T\nauthor: A\ncourse: C\ndate: 2026-05-01\nquestion: Which way?\nlanguage: en\npace: 2\n"
        "theme: light\nreport: {paper: letter}\n" + FORMULA
    )
    assert (lecture.title, lecture.author, lecture.course) == ("T", "A", "C")
    assert (lecture.date, lecture.question) == ("2026-05-01", "Which way?")
    assert (lecture.pace, lecture.theme, lecture.report.paper) == (2, "light", "letter")


def test_data(read, folder):
    problem = read(DATA).problem
    assert problem.data == folder / "houses.csv"
    assert (problem.x, problem.y, problem.cost, problem.degree) == (("bedrooms",), "price", "mse", 1)
    assert (problem.intercept, problem.standardize, problem.parameters) == (True, False, ("w", "b"))


@pytest.mark.parametrize(
    ("more", "parameters"),
    [
        ("", ("w", "b")),
        (", intercept: false", ("w",)),
        (", degree: 3", ("w1", "w2", "w3", "b")),
        (", parameters: [m, b]", ("m", "b")),
    ],
)
def test_parameters_of_data(read, more, parameters):
    text = DATA.replace("y: price", f"y: price{more}") + "scenes: [{kind: regression}]\n"
    lecture = read(text)
    assert lecture.problem.parameters == parameters
    assert lecture.runs["a"].start == (0.0,) * len(parameters)


def test_several_columns(read, folder):
    (folder / "two.csv").write_text("a,b,y\n1,2,3\n2,1,4\n3,5,9\n")
    lecture = read(
        "problem: {data: two.csv, x: [a, b], y: y}\nruns: {r: {rate: 0.01, steps: 3}}\nscenes: [{kind: regression}]\n"
    )
    assert lecture.problem.x == ("a", "b")
    assert lecture.problem.parameters == ("w1", "w2", "b")


def test_named_landscape(read):
    lecture = read("problem: {name: himmelblau}\nruns: {r: {rate: 0.01, steps: 3}}\n")
    assert (lecture.problem.name, lecture.problem.parameters) == ("himmelblau", ("x", "y"))
    assert [scene.kind for scene in lecture.scenes] == ["surface"]


def test_domain_minima_labels_and_note(read):
    problem = read(
        'problem: {formula: "(w-3)^2", domain: [0, 6], minima: [3], labels: {w: weight, J: cost}, note: Mine}\n'
        "runs: {r: {rate: 0.1, steps: 3, start: 1}}\n"
    ).problem
    assert dict(problem.domain) == {"w": (0.0, 6.0)}
    assert problem.minima == ((3.0,),)
    assert dict(problem.labels) == {"w": "weight", "J": "cost"}
    assert problem.note == "Mine"


def test_an_open_domain(read):
    problem = read(
        'problem: {formula: "w - log(w)", domain: {w: [0, .inf]}}\nruns: {r: {rate: 0.1, steps: 3, start: 2}}\n'
    ).problem
    assert dict(problem.domain) == {"w": (0.0, float("inf"))}


@pytest.mark.parametrize("start", ["[1, 2]", "{y: 2, x: 1}"])
def test_start_as_list_or_map(read, start):
    lecture = read(f'problem: {{formula: "x^2+y^2"}}\nruns: {{r: {{rate: 0.1, steps: 3, start: {start}}}}}\n')
    assert lecture.runs["r"].start == (1.0, 2.0)


def test_epochs_are_updates_of_all_rows(read):
    run = read(DATA.replace("steps: 5", "epochs: 7")).runs["a"]
    assert (run.steps, run.epochs) == (7, 7)


def test_numbers_are_those_of_yaml_1_2(read):
    run = read(FORMULA.replace("rate: 0.1", "rate: 1e-3").replace("start: 6", "start: -.5")).runs["a"]
    assert (run.rate, run.start) == (1e-3, (-0.5,))


def test_stop_rules_and_order(read):
    run = read(
        FORMULA.replace("start: 6", "start: 6, order: sequential, stop: {gradient: 1e-6, patience: 3}")
    ).runs["a"]
    assert dict(run.stop) == {"gradient": 1e-6, "patience": 3}
    assert run.order == "sequential"


def test_scenes_keep_order_options_and_captions(read):
    lecture = read(
        FORMULA
        + """\
  b: {rate: 0.2, steps: 5}
scenes:
  - {kind: learning-rates, runs: [b, a], title: Two}
  - {kind: tangent, run: b, derivative: true, range: {w: [0, 9], J: [0, 40]}}
  - kind: tangent
    captions:
      start: We begin here.
  - {kind: tangent, name: Näher dran, runs: a}
"""
    )
    assert [scene.name for scene in lecture.scenes] == [
        "learning-rates",
        "tangent",
        "tangent-2",
        "Näher dran",
    ]
    rates, first, second, third = lecture.scenes
    assert rates.runs == ("b", "a")
    assert rates.title == "Two"
    assert dict(first.options) == {"derivative": True}
    assert dict(first.ranges) == {"w": (0.0, 9.0), "J": (0.0, 40.0)}
    assert (first.runs, second.runs, third.runs) == (("b",), ("a",), ("a",))
    assert {beat: shown(caption) for beat, caption in second.captions.items()} == {"start": "We begin here."}
    assert lecture.scene("tangent-2") is second
    with pytest.raises(KeyError):
        lecture.scene("tangent-3")


def test_a_default_name_never_meets_a_given_one(read):
    lecture = read(FORMULA + "scenes: [{kind: tangent}, {kind: tangent}, {kind: tangent, name: tangent-2}]\n")
    assert [scene.name for scene in lecture.scenes] == ["tangent", "tangent-3", "tangent-2"]


def test_overshoot_shows_the_largest_rate_unless_told(read):
    lecture = read(
        FORMULA + "  b: {rate: 1.1, steps: 5}\n  c: {rate: 0.5, steps: 5}\nscenes: [{kind: overshoot}]\n"
    )
    assert lecture.scenes[0].runs == ("b",)


def test_view_of_a_surface(read):
    lecture = read(
        'problem: {formula: "x^2+y^2"}\nruns: {r: {rate: 0.1, steps: 3, start: [1, 2]}}\n'
        "scenes: [{kind: surface, view: -60, fog: true}]\n"
    )
    assert dict(lecture.scenes[0].options) == {"fog": True, "view": -60.0}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (FORMULA, ["tangent"]),
        (FORMULA + "  b: {rate: 1.1, steps: 12, start: 6}\n", ["tangent", "overshoot"]),
        ('problem: {formula: "x^2+y^2"}\nruns: {r: {rate: 0.1, steps: 3, start: [1, 2]}}\n', ["surface"]),
        (DATA, ["surface", "regression"]),
        (DATA.replace("y: price", "y: price, degree: 2"), ["regression"]),
        (DATA.replace("y: price", "y: price, intercept: false"), ["tangent", "regression"]),
    ],
)
def test_default_scenes_follow_from_the_problem(read, text, kinds):
    lecture = read(text)
    assert [scene.kind for scene in lecture.scenes] == kinds
    assert [scene.name for scene in lecture.scenes] == kinds
    assert lecture.scenes[0].runs == ("a",) or "x^2" in text


def test_default_overshoot_shows_the_run_that_diverges(read):
    lecture = read(FORMULA + "  b: {rate: 0.2, steps: 12}\n  c: {rate: 1.1, steps: 12, start: 6}\n")
    assert lecture.scene("overshoot").runs == ("c",)


ADAM = "  b: {rate: 0.5, steps: 5, start: 6, optimizer: adam}\n"
SEQUENTIAL = "  b: {rate: 0.5, steps: 5, start: 6, order: sequential}\n"


@pytest.mark.parametrize("other", [ADAM, SEQUENTIAL])
@pytest.mark.parametrize("scenes", ["", "scenes: [{kind: tangent}]\n", "scenes: [{kind: overshoot}]\n"])
def test_a_scene_that_names_no_run_shows_one_that_its_kind_can_show(read, other, scenes):
    problem, _, first = FORMULA.partition("runs:\n")
    lecture = read(f"{problem}runs:\n{other}{first}{scenes}")
    assert list(lecture.runs) == ["b", "a"]
    assert all(scene.runs == ("a",) for scene in lecture.scenes)
    assert lecture.scenes


def test_rates_side_by_side_are_of_runs_that_have_one(read):
    runs = "runs: {a: {rate: {x: 0.1, y: 0.2}, steps: 3}, b: {rate: 0.1, steps: 3}, c: {rate: {x: 0.2, y: 0.2}, steps: 3}}\n"
    text = f'problem: {{formula: "x^2+y^2"}}\n{runs}scenes: [{{kind: learning-rates}}, {{kind: surface}}]\n'
    assert [scene.runs for scene in read(text).scenes] == [("b", "c"), ("a",)]


def test_by_default_a_run_that_leaves_is_shown_only_if_it_can_be(read):
    text = FORMULA + "  c: {rate: 1.1, steps: 12, start: 6, optimizer: momentum, set: {beta: 0.9}}\n"
    assert [scene.kind for scene in read(text).scenes] == ["tangent"]


def test_the_digest_follows_lecture_and_data(read, folder):
    first = read(DATA).digest
    assert len(first) == 64
    assert read(DATA).digest == first
    assert read(DATA + "# more\n").digest != first
    with (folder / "houses.csv").open("a") as stream:
        stream.write("6,600\n")
    assert read(DATA).digest != first


def test_a_lecture_is_frozen_and_goes_to_a_child_process(read):
    lecture = read(DATA)
    with pytest.raises(dataclasses.FrozenInstanceError):
        lecture.title = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        lecture.runs["a"] = None  # type: ignore[index]
    assert pickle.loads(pickle.dumps(lecture)) == lecture
    assert hash(lecture) == hash(pickle.loads(pickle.dumps(lecture)))


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_and_byte_order_mark(read, newline):
    lecture = read(b"\xef\xbb\xbf" + DATA.replace("\n", newline).encode())
    assert lecture.title == "Houses"


@pytest.mark.parametrize("name", ["with spaces.yaml", "größe.yaml", "🎓.yaml", "a" * 195 + ".yaml"])
def test_file_names_that_are_fit(read, name):
    assert read(FORMULA, name).name == name.removesuffix(".yaml")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("größe.yaml", "größe"),
        ("🎓.yaml", "My lecture"),
        ("down_🎓-hill.yaml", "down hill"),
        ("下 w².yaml", "w²"),
    ],
)
def test_the_title_from_a_file_name_holds_only_what_can_be_shown(read, name, title):
    assert read(FORMULA, name).title == title


def test_a_relative_path(read, folder, monkeypatch):
    read(DATA)
    monkeypatch.chdir(folder)
    lecture = read_lecture("lesson.yaml")
    assert lecture.path == folder / "lesson.yaml"
    assert lecture.problem.data == folder / "houses.csv"


def test_data_in_a_folder_below(read, folder):
    (folder / "data").mkdir()
    (folder / "houses.csv").rename(folder / "data" / "houses.csv")
    assert read(DATA.replace("houses.csv", "data/houses.csv")).problem.data == folder / "data" / "houses.csv"


def test_a_link_that_stays_in_the_folder(read, folder):
    (folder / "link.csv").symlink_to(Path("houses.csv"))
    assert read(DATA.replace("houses.csv", "link.csv")).problem.data == folder / "houses.csv"

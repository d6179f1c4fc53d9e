"""A scene may bring a problem of its own, and runs that are written into it."""

from __future__ import annotations

import pytest

from scenes.lecture.study import study
from scenes.storyboard import tell

HEAD = 'problem: {formula: "(w-3)^2"}\nruns:\n  a: {rate: 0.1, steps: 5, start: 6}\nscenes:\n'


def scenes(*blocks: str) -> str:
    return HEAD + "".join(f"  - {{{block}}}\n" for block in blocks)


def test_a_scene_with_a_problem_of_its_own_is_an_aside(read):
    own = 'kind: tangent, name: parabola, problem: {formula: "x^2", note: Ours}, run: {rate: 0.25, start: -1, steps: 4}, captions: {end: "After {x[1]}"}, range: {x: [-2, 2]}'
    lecture = read("question: Which w?\n" + scenes("kind: tangent", own))
    first, second = lecture.scenes
    assert first.aside is None
    assert list(lecture.runs) == ["a"]
    assert second.aside is not None
    assert second.aside.problem.formula == "x^2"
    assert second.runs == ("parabola",) == tuple(second.aside.runs)
    whole = study(lecture)
    own = whole.of("parabola")
    assert own is not whole is whole.of("tangent")
    assert own.problem.parameters == ("x",)
    assert own.trajectories["parabola"].parameters[:, 0].tolist() == [-1, -0.5, -0.25, -0.125, -0.0625]
    assert own.lecture.question is None  # it is asked of the lecture's own problem
    assert whole.speech.text(tell(whole, second).beat("end").caption) == "After −0.5"
    assert not lecture.warnings


def test_runs_may_be_written_into_scenes(read):
    lecture = read(
        scenes(
            "kind: tangent, run: {rate: 0.2, steps: 3, start: 1}",
            "kind: tangent, run: {rate: 0.3, steps: 3, start: 1}",
            "kind: learning-rates, runs: {slow: {rate: 0.01, steps: 3}, fast: {rate: 0.9, steps: 3}}",
            "kind: tangent",
        )
    )
    assert [scene.runs for scene in lecture.scenes] == [
        ("tangent",),
        ("tangent-2",),
        ("slow", "fast"),
        ("a",),
    ]
    assert {name: run.rate for name, run in lecture.runs.items()} == {
        "a": 0.1,
        "tangent": 0.2,
        "tangent-2": 0.3,
        "slow": 0.01,
        "fast": 0.9,
    }
    assert list(study(lecture).trajectories) == list(lecture.runs)


def test_runs_in_scenes_and_asides_may_have_rates_of_their_own(read):
    own = 'problem: {formula: "y^2 + x^2"}, run: {rate: {y: 0.5, x: 0.25}, start: [1, 1], steps: 1}'
    within = "kind: surface, run: {rate: {q: 0.125, p: 0.5}, start: [1, 1], steps: 1}"
    text = scenes(within, f"kind: surface, name: own, {own}").replace("(w-3)^2", "p^2 + q^2")
    whole = study(read(text.replace("start: 6", "start: [6, 6]")))
    assert whole.trajectories["surface"].final.tolist() == [0, 0.75]
    assert whole.of("own").trajectories["own"].final.tolist() == [0.5, 0]


def test_a_lecture_whose_scenes_bring_their_runs_needs_no_others(read, the_fault):
    problem = 'problem: {formula: "(w-3)^2"}\n'
    lecture = read(problem + "scenes: [{kind: tangent, name: a, run: {rate: 0.1, steps: 5}}]\n")
    assert list(lecture.runs) == ["a"]
    bare = "  - {kind: tangent, run: {rate: 0.1, steps: 5}}\n  - ¦{kind: tangent, title: Two}\n"
    fault = the_fault(problem + "scenes:\n" + bare)
    assert "without `runs`" in fault.found
    assert "run: {rate: 0.1" in fault.mend
    aside = '  - {kind: tangent, problem: {formula: "x^2"}, run: {rate: 0.1, start: 1, steps: 5}}\n'
    assert the_fault(problem + "scenes:\n" + aside).key == "runs"


@pytest.mark.parametrize(
    "problem",
    [
        '{formula: "x^2", ¦x: km}',
        '{formula: "x^2", ¦formla: 1}',
        '{formula: "x^2 ¦)"}',
        '{formula: "x^2 + y^2", domain: {x: ¦[3, 1], y: [0, 1]}}',
        '{formula: "x^2 + y^2", parameters: ¦{x: u, y: v}}',
        '{formula: "x^2", minima: ¦[[1, 2]]}',
        '{formula: "x^2", labels: {¦z: depth}}',
        '{formula: "x^2", note: ¦5}',
        "{¦formula: }",
        "{name: ¦himelblau}",
        "{data: ¦homes.csv, x: bedrooms, y: price}",
        "{data: houses.csv, x: ¦bedroom, y: price}",
        "{data: houses.csv, x: [bedrooms, ¦rooms], y: price}",
        "{data: houses.csv, x: bedrooms, y: ¦prices}",
        "{data: houses.csv, x: bedrooms, y: price, predict: [3, {¦room: 4}]}",
        "{data: houses.csv, x: bedrooms, y: price, predict: [3, ¦yes]}",
        "{data: houses.csv, x: bedrooms, y: price, parameters: {bedrooms: m, ¦price: p}}",
        "{data: houses.csv, x: bedrooms, y: price, degree: ¦0}",
        "{data: houses.csv, x: bedrooms, y: price, cost: ¦msa}",
        "{data: houses.csv, x: bedrooms, y: price, ridge: ¦-1}",
    ],
)
def test_a_fault_in_an_own_problem_is_told_as_in_the_lectures(the_fault, problem):
    run = "{rate: 0.1, steps: 5}"
    above = the_fault(f"problem: {problem}\nruns: {{a: {run}}}\n")
    within = the_fault(
        HEAD + f"  - {{kind: learning-rates, problem: {problem}, runs: {{a: {run}, b: {run}}}}}\n"
    )
    assert within.key == f"scenes[0].{above.key}"
    assert (within.found, within.allowed, within.mend) == (above.found, above.allowed, above.mend)


@pytest.mark.parametrize(
    "run",
    [
        "{rate: ¦-1, steps: 5}",
        "{rate: {x: ¦-1}, steps: 5}",
        "{rate: {¦z: 1}, steps: 5}",
        "{rate: ¦{}, steps: 5}",
        '{rate: ¦"0.1", steps: 5}',
        "{rate: 0.1, steps: ¦2.5}",
        "{rate: 0.1, steps: 5, ¦stpes: 5}",
        "{rate: 0.1, steps: 5, ¦start: }",
        "{rate: 0.1, steps: 5, start: {¦z: 3}}",
        "{rate: 0.1, steps: 5, start: ¦[1, 2]}",
        "{rate: 0.1, steps: 5, optimizer: ¦adm}",
        "{rate: 0.1, steps: 5, optimizer: adam, set: {¦beta: 0.9}}",
        "{rate: 0.1, steps: 5, optimizer: adam, set: {beta1: ¦[0.9]}}",
        "{rate: 0.1, steps: 5, stop: {gradient: ¦-1}}",
        "{rate: 0.1, steps: 5, stop: {¦improvement: 0.1}}",
        "{rate: 0.1, steps: 5, ¦seed: 1}",
    ],
)
def test_a_fault_in_a_run_of_a_scene_is_told_as_in_the_lectures(the_fault, run):
    above = the_fault(f'problem: {{formula: "x^2"}}\nruns: {{a: {run}}}\n')
    single = the_fault(HEAD + f'  - {{kind: tangent, problem: {{formula: "x^2"}}, run: {run}}}\n')
    several = the_fault(
        HEAD + '  - {kind: learning-rates, problem: {formula: "x^2"}, '
        f"runs: {{b: {{rate: 0.1, steps: 5}}, a: {run}}}}}\n"
    )
    assert single.key == above.key.replace("runs.a", "scenes[0].run")
    assert several.key == f"scenes[0].{above.key}"
    for fault in (single, several):
        assert (fault.found, fault.allowed, fault.mend) == (above.found, above.allowed, above.mend)


@pytest.mark.parametrize(
    ("scene", "key", "found", "mend"),
    [
        ('problem: {formula: "x^2"}, run: ¦a', "run", "beside a problem of its own", "run: {rate: 0.1"),
        ('problem: {formula: "x^2"}, runs: ¦[a]', "runs", "beside a problem of its own", "runs: {a:"),
        ("problem: ¦x^2, run: {rate: 0.1, steps: 5}", "problem", 'the text "x^2"', "problem: {formula:"),
        ("run: ¦3", "run", "3", 'run: "3"'),
        ("run: a, ¦runs: {b: {rate: 0.1, steps: 5}}", "runs", "both run and runs", "keep runs only"),
        ("runs: ¦{b: {rate: 0.1, steps: 5}, c: {rate: 0.2, steps: 5}}", "runs", "2 runs", "name one run"),
        ("runs: [¦{rate: 0.1, steps: 5}]", "runs[0]", "a map", "give each a name, such as `runs: {slow:"),
        ("runs: {¦a: {rate: 0.2, steps: 5}}", "runs.a", 'the run "a" a second time', "`run: a` shows"),
        ("runs: ¦{}", "runs", "an empty map", "runs: [slow, fast]"),
        (
            'problem: {formula: "x*y"}, run: {rate: 0.1, steps: 5}',
            "kind",
            "tangent for 2 parameters",
            "surface",
        ),
        (
            'problem: {formula: "x^2"}, run: {rate: 0.1, steps: 5}, range: {¦w: [0, 1]}',
            *("range.w", 'the range of "w"', "take it away"),
        ),
    ],
)
def test_what_cannot_be_in_a_scene(the_fault, scene, key, found, mend):
    fault = the_fault(HEAD + f"  - {{kind: tangent, {scene}}}\n")
    assert fault.key == f"scenes[0].{key}"
    assert found in fault.found
    assert mend in fault.mend


def test_an_own_problem_needs_a_run(the_fault):
    fault = the_fault(HEAD + '  - {kind: tangent}\n  - ¦{kind: tangent, problem: {formula: "x^2"}}\n')
    assert fault.key == "scenes[1].run"
    assert "run: {rate: 0.1, start: 1, steps: 10}" in fault.mend


@pytest.mark.parametrize(
    ("scene", "key"),
    [
        ('problem: {formula: "x^2", note: "¦\u0e01"}, run: {rate: 0.1, steps: 5}', "problem.note"),
        (
            'problem: {formula: "x^2", labels: {x: "a¦\u0e01"}}, run: {rate: 0.1, steps: 5}',
            "problem.labels.x",
        ),
        ('runs: {¦"\u0e01": {rate: 0.1, steps: 5}}', "runs.\u0e01"),
    ],
)
def test_every_letter_of_an_aside_must_be_shown(the_fault, scene, key):
    fault = the_fault(HEAD + f"  - {{kind: tangent, {scene}}}\n")
    assert fault.key == f"scenes[0].{key}"
    assert "the character" in fault.found


def test_a_lecture_changes_with_the_data_of_its_asides(read, folder):
    own = "problem: {data: own.csv, x: bedrooms, y: price}, run: {rate: 0.01, steps: 5}"
    text = scenes("kind: tangent", f"kind: regression, {own}")
    (folder / "own.csv").write_text("bedrooms,price\n1,80\n2,170\n")
    before = read(text)
    assert before.files == (folder / "own.csv",)
    (folder / "own.csv").write_text("bedrooms,price\n1,80\n2,171\n")
    assert read(text).digest != before.digest
    (folder / "own.csv").write_text("bedrooms,price\n1,80\n2,170\n")
    assert read(text).digest == before.digest

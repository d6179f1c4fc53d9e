"""Every kind of mistake in a lecture, with its exact place (the ¦), what is allowed, and the mend."""

from __future__ import annotations

import pytest

FORMULA = 'problem: {formula: "(w-3)^2 + 2"}\n'
RUNS = "runs: {a: {rate: 0.1, steps: 5}, b: {rate: 0.2, steps: 5}}\n"


@pytest.mark.parametrize(
    ("text", "key", "found", "allowed", "mend"),
    [
        # unknown keys, at the key
        ("¦autor: A", "autor", 'the unknown key "autor"', "title, author", "did you mean author?"),
        ("¦zzz: A", "zzz", 'the unknown key "zzz"', "title, author", "take the key away"),
        # wrong types, at the value
        ("title: ¦2024", "title", "2024", "text", 'title: "2024"'),
        ("title: ¦[a]", "title", "a list of 1", "text", 'title: "[a]"'),
        ("title: ¦''", "title", "an empty text", "not empty", "write for example"),
        ("¦pace:", "pace", "nothing", "a number from 0.25 to 4", "write for example"),
        ("¦title:", "title", "nothing", "Title", "write for example"),
        ("pace: ¦fast", "pace", 'the text "fast"', "a number", "pace: 1.0"),
        ("pace: ¦9", "pace", "9", "a number up to 4", "pace: 1.0"),
        ("pace: ¦0", "pace", "0", "a number from 0.25 on", "pace: 1.0"),
        ("theme: ¦drak", "theme", "drak", "dark, light", "did you mean dark?"),
        ("language: ¦de", "language", "de", "en", "language: en"),
        ("report: ¦a4", "report", "a4", "a map", "paper: a4"),
        ("report: {paper: ¦a5}", "report.paper", "a5", "a4, letter", "paper: a4"),
        ("report: {¦papr: a4}", "report.papr", "papr", "paper", "did you mean paper?"),
        ("font: ¦my.ttf", "font", "does not exist", "a file below", "put the file beside the lecture"),
        ("font: ¦../my.ttf", "font", "leads out", "a file below", "copy it into the folder"),
        ("font: ¦/usr/share/my.ttf", "font", "absolute path", "a file below", "write my.ttf"),
        ("font: ¦houses.csv", "font", "no font", "TTF, OTF or TTC", "name another file"),
        ("scenes: ¦{}", "scenes", "an empty map", "a list", "kind: tangent"),
        ("scenes: ¦[]", "scenes", "an empty list", "at least 1", "kind: tangent"),
    ],
)
def test_head(the_fault, text, key, found, allowed, mend):
    fault = the_fault(FORMULA + RUNS + text + "\n")
    _check(fault, key, found, allowed, mend)


@pytest.mark.parametrize(
    ("run", "key", "found", "allowed", "mend"),
    [
        ("{rate: ¦0, steps: 5}", "rate", "0", "a number above 0", "rate: 0.1"),
        ("{rate: ¦-0.1, steps: 5}", "rate", "-0.1", "a number above 0", "rate: 0.1"),
        ("{rate: ¦.nan, steps: 5}", "rate", ".nan", "a finite number", "rate: 0.1"),
        ("{rate: ¦.inf, steps: 5}", "rate", ".inf", "a finite number", "rate: 0.1"),
        ("{rate: ¦1e999, steps: 5}", "rate", "1e999", "a finite number", "rate: 0.1"),
        ("{rate: ¦fast, steps: 5}", "rate", '"fast"', "a number", "rate: 0.1"),
        ('{rate: ¦"0.1", steps: 5}', "rate", '"0.1"', "a number", "without quotes"),
        ('{rate: ¦"0,1", steps: 5}', "rate", '"0,1"', "a number", "0.1 with a decimal point"),
        ("{rate: ¦true, steps: 5}", "rate", "true", "a number", "rate: 0.1"),
        ("{rate: ¦[0.1, 0.2], steps: 5}", "rate", "a list of 2", "a number", "rate: 0.1"),
        ("{rate: {w: ¦0}, steps: 5}", "rate.w", "0", "a number above 0", "rate: 0.1"),
        ("{rate: {w: ¦fast}, steps: 5}", "rate.w", '"fast"', "a number", "rate: 0.1"),
        ("{rate: {¦v: 0.1}, steps: 5}", "rate.v", 'a rate for "v"', "w", "take it away"),
        ("{rate: ¦{}, steps: 5}", "rate", "no entry for w", "one for each of w", "give one for each"),
        ("{rate: ¦０.１, steps: 5}", "rate", "０.１", "a number", "write 0.1"),
        ("{rate: ¦1/4, steps: 5}", "rate", "1/4", "a number", "write 0.25"),
        ("{rate: ¦10%, steps: 5}", "rate", "10%", "a number", "write 0.1"),
        ("{rate: ¦10^-2, steps: 5}", "rate", "10^-2", "a number", "write 0.01"),
        ("{rate: ¦10², steps: 5}", "rate", "10²", "a number", "rate: 0.1"),
        ("{rate: ¦1/0, steps: 5}", "rate", "1/0", "a number", "rate: 0.1"),
        ('{rate: 0.1, steps: ¦"2.5"}', "steps", "2.5", "a whole number", "steps: 50"),
        ("{rate: 0.1, steps: ¦10^2}", "steps", "10^2", "a whole number", "write 100"),
        ("{rate: 0.1, steps: 5, start: ¦−6}", "start", "−6", "a number, a list", "write -6"),
        ('{rate: 0.1, steps: 5, start: ¦"6"}', "start", '"6"', "a number, a list", "write 6 without quotes"),
        ("{rate: 0.1, steps: 5, start: ¦x=1}", "start", "x=1", "a number, a list", "start: {x: 1}"),
        ('{rate: 0.1, steps: 5, start: ¦"x=1, y=2"}', "start", "x=1", "a map", "start: {x: 1, y: 2}"),
        ('{rate: 0.1, steps: 5, start: ¦"1, 2"}', "start", "1, 2", "a number, a list", "start: [1, 2]"),
        ('{rate: 0.1, steps: 5, start: ¦"1,5"}', "start", "1,5", "a list", "start: [1, 5], or 1.5 with"),
        ("{¦lr: 0.1, steps: 5}", "lr", "unknown key", "rate", "did you mean rate?"),
        ("{¦learning_rate: 0.1, steps: 5}", "learning_rate", "unknown key", "rate", "did you mean rate?"),
        ("{rate: 0.1, ¦max_iter: 5}", "max_iter", "unknown key", "steps", "did you mean steps?"),
        ("{rate: 0.1, steps: 5, ¦x0: 5}", "x0", "unknown key", "start", "did you mean start?"),
        ("{rate: 1,¦5, steps: 5}", "5", "the unknown key", "rate, steps", "a decimal point"),
        ("{rate: 0.1, steps: ¦0}", "steps", "0", "a number from 1 on", "steps: 50"),
        ("{rate: 0.1, steps: ¦-3}", "steps", "-3", "a number from 1 on", "steps: 50"),
        ("{rate: 0.1, steps: ¦2.5}", "steps", "2.5", "a whole number", "steps: 50"),
        ("{rate: 0.1, steps: ¦1e3}", "steps", "1e3", "a whole number", "write 1000"),
        ("{rate: 0.1, steps: ¦1000000000}", "steps", "1000000000", "up to 1000000", "steps: 50"),
        ("{rate: 0.1, steps: ¦many}", "steps", "many", "a whole number", "steps: 50"),
        ("{rate: 0.1, ¦stpes: 5, steps: 5}", "stpes", "stpes", "rate, steps", "did you mean steps?"),
        ("{rate: 0.1, steps: 5, ¦epochs: 5}", "epochs", "both steps and epochs", "one of", "keep steps"),
        ("{rate: 0.1, ¦epochs: 5}", "epochs", "without data", "for data", "steps instead"),
        ("{rate: 0.1, steps: 5, start: ¦[1, 2]}", "start", "2 numbers", "one number for each of w", "w: 0"),
        ("{rate: 0.1, steps: 5, start: ¦here}", "start", "here", "a number, a list", "start: 6"),
        ("{rate: 0.1, steps: 5, start: [¦x]}", "start[0]", '"x"', "a number", "start: 6"),
        ("{rate: 0.1, steps: 5, start: {¦v: 1}}", "start.v", 'a start for "v"', "w", ""),
        ("{rate: 0.1, steps: 5, start: {w: ¦x}}", "start.w", '"x"', "a number", "start: 6"),
        ("{rate: 0.1, steps: 5, start: ¦1e200}", "start", "no finite value", "finite", "another start"),
        ("{rate: 0.1, steps: 5, optimizer: ¦warp}", "optimizer", "not available yet", "gd", "choose"),
        ("{rate: 0.1, steps: 5, set: {¦zeta: 1}}", "set.zeta", '"zeta" for the optimizer gd', "", ""),
        ("{rate: 0.1, steps: 5, order: ¦both}", "order", "both", "simultaneous, sequential", "order:"),
        ("{rate: 0.1, steps: 5, stop: {gradient: ¦-1}}", "stop.gradient", "-1", "from 0 on", "gradient:"),
        (
            "{rate: 0.1, steps: 5, stop: {¦gradiant: 1}}",
            "stop.gradiant",
            "gradiant",
            "gradient",
            "mean gradient",
        ),
        ("{rate: 0.1, steps: 5, ¦schedule: {kind: step}}", "schedule", "not available yet", "", "take it"),
        ("{rate: 0.1, steps: 5, ¦batch_size: 1}", "batch_size", "not available yet", "all rows", "take it"),
        ("{rate: 0.1, steps: 5, ¦shuffle: true}", "shuffle", "not available yet", "all rows", "take it"),
        ("{rate: 0.1, steps: 5, ¦seed: 42}", "seed", "not available yet", "chance", "take it"),
    ],
)
def test_run(the_fault, run, key, found, allowed, mend):
    fault = the_fault(f"{FORMULA}runs:\n  a: {{rate: 0.1, steps: 5}}\n  c: {run}\n")
    _check(fault, f"runs.c.{key}", found, allowed, mend)


@pytest.mark.parametrize(
    ("runs", "key", "found", "mend"),
    [
        ("runs:\n  ¦c: {steps: 5}\n", "runs.c.rate", "nothing", "rate: 0.1"),
        ("runs:\n  ¦c: {rate: 0.1}\n", "runs.c.steps", "nothing", "steps: 50"),
        ("runs:\n  ¦c:\n", "runs.c", "nothing", "rate: 0.1"),
        ("runs:\n  c: ¦0.1\n", "runs.c", "0.1", "c: {rate: 0.1, steps: 50}"),
        ("runs: ¦{}\n", "runs", "an empty map", "rate: 0.1"),
        ("¦runs:\n", "runs", "nothing", "rate: 0.1"),
        ("runs: ¦[a]\n", "runs", "a list of 1", "rate: 0.1"),
        ("runs:\n  ¦'': {rate: 0.1, steps: 5}\n", "runs.", "the name", "short name"),
        (f"runs:\n  ¦{'n' * 41}: {{rate: 0.1, steps: 5}}\n", f"runs.{'n' * 41}", "the name", "short"),
    ],
)
def test_runs(the_fault, runs, key, found, mend):
    _check(the_fault(FORMULA + runs), key, found, "", mend)


def test_neither_problem_nor_runs(faults):
    assert [(fault.key, fault.line, fault.column) for fault in faults("title: x\n")] == [
        ("problem", 1, 1),
        ("runs", 1, 1),
    ]


@pytest.mark.parametrize(
    ("scene", "key", "found", "allowed", "mend"),
    [
        ("{kind: ¦tangnt}", "kind", "tangnt", "tangent, overshoot", "did you mean tangent?"),
        ("{kind: ¦film}", "kind", "film", "tangent, overshoot", "choose one"),
        ("{kind: ¦minima}", "kind", "minima, which is not available yet", "tangent", "another kind"),
        ("¦{title: x}", "kind", "nothing", "tangent, overshoot", "kind: tangent"),
        ("¦tangent", "", "tangent", "a map", "kind: tangent"),
        ("{kind: tangent, ¦fog: true}", "fog", "fog", "derivative", "kind surface"),
        ("{kind: tangent, ¦colour: red}", "colour", "colour", "derivative", "take the key away"),
        ("{kind: tangent, ¦derivativ: true}", "derivativ", "derivativ", "derivative", "mean derivative?"),
        ("{kind: tangent, derivative: ¦yes}", "derivative", "yes", "true or false", "write true"),
        ("{kind: tangent, run: ¦aa}", "run", 'the run "aa", which does not exist', "a, b", ""),
        ("{kind: tangent, runs: [¦A]}", "runs[0]", '"A"', "a, b", "did you mean a?"),
        ("{kind: tangent, run: ¦[a]}", "run", "a list of 1", "text that names", "write run: a"),
        ("{kind: learning-rates, run: ¦[a, b]}", "run", "a list of 2", "text", "write runs: [a, b]"),
        ("{kind: learning-rates, runs: [¦1, a]}", "runs[0]", "1", "text", 'runs: ["1", "a"]'),
        ("{kind: tangent, run: ¦3}", "run", "3", "text", 'run: "3"'),
        ("{kind: tangent, runs: ¦[a, b]}", "runs", "2 runs", "one run", "name one run"),
        ("{kind: tangent, run: a, ¦runs: b}", "runs", "both run and runs", "one of the two", "keep runs"),
        ("{kind: learning-rates, run: ¦a}", "run", "1 run", "2 to 4 runs", "name 2 to 4"),
        ("{kind: learning-rates, runs: [a, ¦a]}", "runs[1]", "a second time", "each run once", "take"),
        ("{kind: tangent, range: {¦v: [0, 1]}}", "range.v", 'the range of "v"', "w, J", "take it away"),
        ("{kind: tangent, range: {w: ¦[1, 0]}}", "range.w", "a list of 2", "[lowest, highest]", "range:"),
        ("{kind: tangent, range: {w: ¦[1]}}", "range.w", "a list of 1", "at least 2", "range:"),
        ("{kind: tangent, range: {w: [0, ¦x]}}", "range.w[1]", '"x"', "a number", "range:"),
        ("{kind: tangent, captions: ¦[hello]}", "captions", "a list of 1", "a map", "captions:"),
        ("{kind: tangent, captions: {start: ¦1}}", "captions.start", "1", "text", "quotes"),
        ("{kind: ¦surface}", "kind", "surface for 1 parameter (w)", "2 parameters", "tangent, overshoot"),
        ("{kind: ¦regression}", "kind", "regression for a formula", "with data", "tangent, overshoot"),
        ("{kind: tangent, name: ¦a/b}", "name", "a/b", "names without", "another name"),
        ("{kind: tangent, name: ¦CON}", "name", "Windows", "any other", "another name"),
        ("{kind: tangent, name: ¦../x}", "name", "../x", "", "another name"),
        (f"{{kind: tangent, name: ¦{'é' * 60}}}", "name", "120 bytes", "at most 100", "another name"),
    ],
)
def test_scene(the_fault, scene, key, found, allowed, mend):
    fault = the_fault(f"{FORMULA}{RUNS}scenes:\n  - {{kind: tangent, name: first}}\n  - {scene}\n")
    _check(fault, f"scenes[1].{key}" if key else "scenes[1]", found, allowed, mend)


def test_options_of_other_kinds(the_fault):
    problem = 'problem: {formula: "x^2+y^2"}\nruns: {a: {rate: 0.1, steps: 5, start: [1, 2]}}\n'
    fault = the_fault(problem + "scenes: [{kind: surface, view: ¦400}]\n")
    assert fault.allowed == "a number up to 360"
    fault = the_fault(problem + "scenes: [{kind: ¦tangent}]\n")
    assert fault.found == "tangent for 2 parameters (x, y)"
    assert "surface" in fault.mend


def test_a_scene_name_twice(the_fault):
    scenes = "scenes:\n  - {kind: tangent, name: one}\n  - {kind: tangent, name: ¦One}\n"
    fault = the_fault(FORMULA + RUNS + scenes)
    assert fault.found == 'the name "One" a second time (first in line 4)'


def test_learning_rates_of_a_lecture_with_one_run(the_fault):
    fault = the_fault(FORMULA + "runs: {a: {rate: 0.1, steps: 5}}\nscenes: [{kind: ¦learning-rates}]\n")
    assert fault.found == "a lecture of 1 run"
    assert "add a run" in fault.mend


def test_no_scenes_for_many_parameters(the_fault):
    fault = the_fault('¦problem: {formula: "x^2+y^2+z^2"}\n' + RUNS)
    assert "3 parameters (x, y, z)" in fault.found


def test_all_faults_at_once_in_the_order_of_the_file(faults):
    found = faults(
        """\
title: 3
author: &a A
problem:
  formula: (w-3)^2 +* 2
  labels: [w]
runs:
  a: {rate: 0, steps: 5}
  b: {rate: 0.1, steps: x, ordr: 1}
  b: {rate: 0.1, steps: 5}
scenes:
  - {kind: tangnt}
  - {kind: tangent, run: c, fog: 1}
  - {kind: tangent, run: a}
repot: {}
"""
    )
    assert [fault.key for fault in found] == [
        "title",
        "author",
        "problem.formula",
        "problem.labels",
        "runs.a.rate",
        "runs.b.steps",
        "runs.b.ordr",
        "runs.b",
        "scenes[0].kind",
        "scenes[1].run",
        "scenes[1].fog",
        "repot",
    ]
    lines = [fault.line for fault in found]
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    "text",
    [
        'problem: {formula: "x+y", parameters: [¦3, y]}\nruns: {a: {rate: 1, steps: 5, start: {x: 1, y: 2}}}\n',
        'problem: {formula: "log(w)"}\nruns: {a: {rate: 0.1, steps: 5, start: ¦here}}\n',
        'problem: {formula: "w^2", domain: ¦[9]}\nruns: {a: {rate: 0.1, steps: 5}}\n',
        FORMULA + "runs: {a: {rate: ¦fast, steps: 5}}\nscenes: [{kind: tangent, run: a}]\n",
        FORMULA + "runs:\n  ¦a:\nscenes: [{kind: tangent, run: a}]\n",
        FORMULA + "runs: ¦3\nscenes: [{kind: tangent, run: a}]\n",
        FORMULA + RUNS + "scenes: [{kind: tangent, run: ¦3}]\n",
        FORMULA + "runs: {a: {rate: ¦" + "9" * 400 + ", steps: 5}}\nscenes: [{kind: overshoot}]\n",
    ],
)
def test_one_mistake_is_told_once(the_fault, text):
    the_fault(text)


def test_the_message_has_place_found_allowed_and_mend(the_fault, folder):
    fault = the_fault(FORMULA + "runs: {a: {rate: 0, steps: 5}}\n")
    assert str(fault) == (
        f"{folder}/lesson.yaml:2:18: runs.a.rate: found 0; allowed: a number above 0; "
        "mend: write for example `rate: 0.1`"
    )
    assert fault.as_dict()["line"] == 2


def test_long_and_odd_text_does_not_flood_the_message(the_fault):
    fault = the_fault(FORMULA + RUNS + "¦" + "k" * 900 + ": 1\n")
    assert len(str(fault)) < 500


def _check(fault, key, found, allowed, mend):
    assert fault.key == key
    assert found in fault.found
    assert allowed in fault.allowed
    assert mend in fault.mend
    assert fault.allowed
    assert fault.mend

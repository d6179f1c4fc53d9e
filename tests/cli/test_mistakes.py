"""A user's mistake: status 2, one message with place, finding and mend, no traceback."""

from __future__ import annotations

import json
import re

import pytest


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["rendr", "houses"], "There is no command 'rendr'. Did you mean 'render'? There are descend,"),
        (["render"], "Missing argument 'LECTURE'"),
        (["render", "hauses"], "did you mean houses?"),
        (["render", "houses.yml"], "no such file"),
        (["render", "nowhere/houses.yaml"], "no such file"),
        (["render", "houses", "-q", "x"], "'x' is not one of 'l', 'm', 'h', 'p', 'k'"),
        (["render", "houses", "-r", "1920"], "-r: '1920' is not a size. Write width and height in pixels"),
        (["render", "houses", "-r", "1921,1080"], "-r: width 1921 is odd; a film needs even sides"),
        (["render", "houses", "--fps", "0"], "--fps: 0 is out of range; allowed are 1 to 240"),
        (["render", "houses", "--fps", "fast"], "'fast' is not a valid integer"),
        (["render", "houses", "-j", "0"], "0 is not in the range x>=1"),
        (["render", "houses", "--scene", "surfce"], "no scene 'surfce'; it has"),
        (
            ["report", "houses", "-o", "out.txt"],
            "-o: 'out.txt' does not end in .pdf; name the file, such as out.pdf",
        ),
        (
            ["batch", "houses", "-o", "out.pdf"],
            "-o: 'out.pdf' is the name of a file; name a folder, such as -o out.pdf/",
        ),
        (
            ["render", "houses", "-o", "out.mp4"],
            "-o: out.mp4 is one file for 3 films (surface, regression, learning-rates).",
        ),
        (["preview", "houses", "-o", "out.jpg"], "-o: 'out.jpg' does not end in .png"),
        (["render", "houses", "--timeout", "nan"], "nan is not a number; write one in digits, such as 12.5."),
        (["preview", "houses", "--at", "nan"], "nan is not a number"),
        (
            ["preview", "houses", "--scene", "surface", "--at", "99999"],
            "Error: --at: 99999 is outside of the scene 'surface'; allowed are 0 to",
        ),
        (["batch"], "Missing argument 'LECTURE...'"),
        (["check", "hauses"], "did you mean houses?"),
        (
            ["list", "films"],
            "'films' is not one of 'scenes', 'problems', 'optimizers', 'schedules', 'stops', 'lectures', 'functions'",
        ),
        (["new", "mine"], "FILE: 'mine' does not end in .yaml; name the file, such as mine.yaml"),
        (["new", "mine.yml"], "FILE: 'mine.yml' does not end in .yaml; name the file, such as mine.yaml"),
    ],
)
def test_the_message_says_the_mend(invoke, tmp_path, arguments, message):
    result = invoke(*arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert "Traceback" not in result.output
    assert result.stdout == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["descend", "--rate", "0.1"],
        ["sweep", "--start", "1,1", "--between", "0.01,1"],
        ["basins", "--region", "-1,1,-1,1", "--rate", "0.1"],
    ],
)
def test_a_name_that_may_be_a_product_is_asked_about(invoke, arguments):
    result = invoke(*arguments, "--formula", "x^2 + xy + y^2")
    assert result.exit_code == 2
    told = " ".join(result.stderr.split())
    assert (
        "column 7: xy is one name, beside x and y. Write x*y for the product, or give --parameters x,xy,y"
        in told
    )
    settled = invoke(
        "descend", "--rate", "0.1", "--formula", "x^2 + xy + y^2", "--parameters", "x,xy,y", "--steps", "2"
    )
    assert settled.exit_code == 0


def test_debug_shows_the_traceback_in_either_place(invoke):
    for arguments in (["--debug", "render", "hauses"], ["render", "hauses", "--debug"]):
        result = invoke(*arguments)
        assert result.exit_code == 2
        assert "Traceback" in result.stderr
        assert "did you mean houses?" in result.stderr


def test_a_bad_lecture_is_refused_with_all_its_faults_and_nothing_is_made(invoke, tmp_path, lecture):
    lecture.write_text(lecture.read_text().replace("rate: 0.1", "rat: 0.1").replace("pace: 1", "pace: 99"))
    for name in ("render", "report", "check", "batch"):
        result = invoke(name, lecture)
        assert result.exit_code == 2
        assert f"{lecture}:2:7: pace" in result.stderr
        assert f"{lecture}:4:18: runs.careful.rat" in result.stderr
        assert [path.name for path in tmp_path.iterdir()] == ["quick.yaml"]


def test_a_scene_that_does_not_fit_its_problem_is_refused_before_rendering(invoke, tmp_path, lecture):
    lecture.write_text(lecture.read_text().replace("kind: tangent}", "kind: regression}"))
    result = invoke("render", lecture)
    assert result.exit_code == 2
    assert "regression" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["quick.yaml"]


def test_check_says_the_faults_as_json_too(invoke, lecture):
    lecture.write_text(lecture.read_text().replace("pace: 1", "pace: 99"))
    result = invoke("check", lecture, "houses", "--json")
    assert result.exit_code == 2
    bad, good = json.loads(result.stdout)["lectures"]
    assert (bad["status"], good["status"]) == ("failed", "ok")
    assert bad["faults"][0]["line"] == 2


def test_an_output_folder_that_cannot_be_written_is_said_before_rendering(invoke, tmp_path, lecture):
    (tmp_path / "taken").write_text("a file")
    result = invoke("render", lecture, "-o", tmp_path / "taken" / "deeper")
    assert result.exit_code == 2
    assert "cannot write here" in result.stderr
    assert "-o" in result.stderr


def test_check_says_as_json_which_scenes_cannot_be_told(invoke, lecture):
    text = lecture.read_text().replace("kind: tangent}", "kind: tangent, captions: {strat: Here}}")
    lecture.write_text(text)
    (told,) = json.loads(invoke("check", lecture, "--json").stdout)["lectures"]
    assert told["status"] == "failed"
    (fault,) = told["faults"]
    assert "no beat 'strat'" in fault["found"]
    assert fault["mend"] == "did you mean start?"
    assert fault["scene"] == "tangent"
    assert (fault["key"], fault["line"]) == ("scenes[0].captions.strat", 6)


@pytest.mark.parametrize("more", [[], ["--fail-fast"], ["--dry-run"]])
def test_a_batch_that_cannot_begin_says_so_as_json(invoke, more):
    result = invoke("batch", "nosuch.yaml", "--json", *more)
    assert result.exit_code == 2
    (told,) = json.loads(result.stdout)["outputs"]
    assert (told["lecture"], told["status"]) == ("nosuch.yaml", "failed")
    assert told["faults"][0]["found"] == "no such file"


def test_a_dry_run_says_as_json_what_cannot_be_made(invoke, lecture):
    result = invoke("batch", "nosuch.yaml", lecture, "--json", "--dry-run")
    assert result.exit_code == 1
    bad, *good = json.loads(result.stdout)["jobs"]
    assert bad["status"] == "failed"
    assert good


@pytest.mark.parametrize(
    ("arguments", "mend"),
    [
        (["descend", "--formula", "pow(x, 2)", "--rate", "0.1"], "write x^2"),
        (["sweep", "--formula", "x^2", "--rates", "-1"], "try 0.1"),
        (["basins", "--problem", "bowll", "--rate", "0.1"], "did you mean bowl?"),
        (["render", "hauses"], "did you mean houses?"),
        (["report", "nosuch.yaml"], "`steepest new FILE` writes a lecture to start from"),
        (["descend", "--formula", "x^2"], None),
        (["descend", "--formula", "x^2", "--steps", "many"], None),
    ],
)
def test_a_mistake_is_one_json_document_too(invoke, arguments, mend):
    result = invoke(*arguments, "--json")
    assert result.exit_code == 2
    told = json.loads(result.stdout)
    assert (told["schema"], told["status"]) == (1, "failed")
    assert told["reason"]
    assert told.get("mend") == mend
    assert result.stderr


FORMULA = ("descend", "--formula", "x^2", "--start", "1", "--rate", "0.1")
COLUMNS = ("descend", "--data", "houses.csv", "--rate", "0.1")
LECTURE = """\
title: Q
problem: {{formula: "(w-3)^2 + 2", {problem}}}
runs: {{careful: {{rate: 0.1, start: 6, steps: 20, {run}}}}}
scenes: [{{kind: tangent, name: first, {scene}}}]
"""


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["rendr", "houses"], "'render'"),
        (["nosuch", "houses"], None),
        (["descend", "--jason"], "--json"),
        (["descend", "--bogus"], None),
        *(
            ([command, other, "1"], meant)
            for command in ("descend", "basins")
            for meant, others in {
                "--rate": ("--lr", "--learning-rate", "--learning_rate", "--eta", "-rate", "-lr", "-rate=1"),
                "--steps": ("--iterations", "--max-iter", "-steps"),
                "--formula": ("--function", "--fn", "-formula"),
            }.items()
            for other in others
        ),
        (["descend", "--x0", "1"], "--start"),
        (["sweep", "--init", "1"], "--start"),
        (["sweep", "--lr", "1"], "--rates"),
        (["descend", "--loss", "mse"], "--cost"),
        (["sweep", "--epochs", "9"], "--steps"),
        (["basins", "--start", "9"], None),
        (["list", "scene"], "scenes"),
        (["list", "optimisers"], "optimizers"),
        (["list", "films"], None),
        (["reference", "learning-rate"], "rate"),
        (["reference", "iterations"], "steps"),
        ([*COLUMNS, "--x", "bedrooms", "--y", "price", "--cost", "sse"], "sum"),
        ([*COLUMNS, "--x", "bedrooms", "--y", "price", "--cost", "rmse"], None),
        ([*COLUMNS, "--x", "bedrooms", "--y", "price", "--cost", "mae"], None),
        (["--verison"], "--version"),
        (["--json"], None),
        (["descend", "--problem", "himelblau", "--rate", "1"], "himmelblau"),
        (["descend", "--problem", "park", "--rate", "1"], None),
        ([*FORMULA, "--optimizer", "nestrov"], "nesterov"),
        ([*FORMULA, "--optimizer", "warp"], None),
        ([*FORMULA, "--set", "ordr=sequential"], "order"),
        ([*FORMULA, "--set", "speed=9"], None),
        ([*FORMULA, "--schedule", "exponentail,factor=0.5"], "exponential"),
        ([*FORMULA, "--schedule", "slower,factor=0.5"], None),
        ([*FORMULA, "--stop", "gradiant=1"], "gradient"),
        ([*FORMULA, "--stop", "time=1"], None),
        ([*COLUMNS, "--x", "bedroom", "--y", "price"], "bedrooms"),
        ([*COLUMNS, "--x", "bathrooms", "--y", "price"], None),
        ([*COLUMNS, "--x", "garden", "--y", "price"], None),
        (["descend", "--data", "hauses.csv", "--x", "a", "--y", "b"], "houses.csv"),
        (["descend", "--data", "nosuch.csv", "--x", "a", "--y", "b"], None),
        (["descend", "--data", "tables/heihgts.csv", "--x", "a", "--y", "b"], "tables/heights.csv"),
        (["check", "hauses"], "houses"),
        (["check", "nosuch"], None),
        (["check", "nosuch.yaml"], None),
        (["check", "cg.yml"], "cg.yaml"),
        (["check", "week-2.yaml"], None),
        (["check", "houses.yaml"], "houses, the shipped lecture"),
        (["check", "tables/houses.yaml"], None),
        (["render", "houses", "--scene", "surfce"], "surface"),
        (["render", "houses", "--scene", "tangent"], None),
    ],
)
def test_only_what_is_near_is_suggested(invoke, tmp_path, arguments, meant):
    for name in ("cg.yaml", "week-1.yaml", "tables/heights.csv", "tables/notes.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("title: T\n")
    said = suggested(invoke(*arguments))
    assert said == ([] if meant is None else [meant])


@pytest.mark.parametrize(
    ("part", "meant"),
    [
        ({"problem": "parametrs: [w]"}, "parameters"),
        ({"problem": "sharpness: 3"}, None),
        ({"problem": "labels: {ww: x}"}, None),
        ({"run": "optimiser: adam"}, "optimizer"),
        ({"run": "learning_rate: 0.1"}, "rate"),
        ({"problem": "function: x^2"}, "formula"),
        ({"problem": "cost: sse"}, "sum"),
        ({"problem": "cost: mae"}, None),
        ({"run": "optimizer: adan"}, "adam"),
        ({"run": "optimizer: warp"}, None),
        ({"run": "optimizer: adam, set: {bta1: 0.9}"}, "beta1"),
        ({"run": "optimizer: adam, set: {beta7: 0.9}"}, None),
        ({"run": "stop: {gradiant: 1}"}, "gradient"),
        ({"scene": "run: carefull"}, "careful"),
        ({"scene": "run: bold"}, None),
        ({"scene": "captions: {strat: Here}"}, "start"),
        ({"scene": "captions: {nosuch: Here}"}, None),
        ({"scene": "range: {v: [0, 1]}"}, None),
    ],
)
def test_a_lecture_is_suggested_only_what_is_near(invoke, tmp_path, part, meant):
    filled = {"problem": "note: N", "run": "order: simultaneous", "scene": "title: T", **part}
    (tmp_path / "q.yaml").write_text(LECTURE.format(**filled))
    result = invoke("check", "q.yaml")
    assert result.exit_code == 2, result.output
    assert suggested(result) == ([] if meant is None else [meant])


def test_a_missing_table_is_not_taken_for_the_lecture_beside_it(invoke, tmp_path):
    (tmp_path / "ages.yaml").write_text(
        "problem: {data: ages.csv, x: a, y: b}\nruns: {a: {rate: 1, steps: 1}}\n"
    )
    assert suggested(invoke("check", "ages.yaml")) == []


@pytest.mark.parametrize("text", ["house.csv", "houses", "Houses.csv"])
@pytest.mark.parametrize("local", [(), ("cars.csv",)])
def test_a_missing_table_may_be_a_shipped_one(invoke, tmp_path, text, local):
    for name in local:
        (tmp_path / name).write_text("a,b\n1,2\n")
    (tmp_path / "mine.yaml").write_text(
        f"problem: {{data: {text}, x: bedrooms, y: price}}\nruns: {{a: {{rate: 1, steps: 1}}}}\n"
    )
    assert suggested(invoke("check", "mine.yaml")) == ["houses.csv"]


def suggested(result) -> list[str]:
    """What a mistake is asked to mean, each once."""
    assert result.exit_code == 2
    return list(dict.fromkeys(re.findall(r"(?i)did you mean (.+?)\?", " ".join(result.stderr.split()))))

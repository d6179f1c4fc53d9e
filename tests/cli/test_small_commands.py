"""new, list, check and doctor."""

from __future__ import annotations

import json
import shlex
from dataclasses import fields

import pytest

from gdcore.run.stopping import StopRules
from scenes.production import machine


def test_new_writes_a_lecture_that_checks(invoke, tmp_path):
    result = invoke("new", "mine.yaml")
    assert (result.exit_code, result.stdout) == (0, "mine.yaml\n")
    assert "steepest render mine.yaml" in result.stderr
    checked = invoke("check", "mine.yaml")
    assert checked.exit_code == 0, checked.output


def test_new_never_overwrites(invoke, tmp_path):
    (tmp_path / "mine.yaml").write_text("precious")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "nowhere")
    for name in ("mine.yaml", "link.yaml"):
        result = invoke("new", name)
        assert result.exit_code == 2
        assert "exists and is left as it is" in result.stderr
    assert (tmp_path / "mine.yaml").read_text() == "precious"


@pytest.mark.parametrize("name", ["mine.yaml", "a b/mine.yaml", "my$1.yaml"])
def test_what_new_says_to_type_next_works(invoke, name):
    result = invoke("new", name)
    (said,) = result.stderr.splitlines()
    words = shlex.split(said.removeprefix("next: steepest "))
    assert words[:2] == ["render", name]
    assert invoke("check", words[1]).exit_code == 0


@pytest.mark.parametrize(
    "what", ["scenes", "problems", "functions", "optimizers", "schedules", "stops", "lectures"]
)
def test_list_gives_a_line_each(invoke, what):
    entries = json.loads(invoke("list", what, "--json").stdout)[what]
    lines = invoke("list", what).stdout.splitlines()
    assert len(entries) == len(lines) > 0
    for entry, line in zip(entries, lines, strict=True):
        assert line.split(maxsplit=1) == [entry["name"], entry["about"]]


def test_list_stops_names_every_stop_rule(invoke):
    named = [entry["name"] for entry in json.loads(invoke("list", "stops", "--json").stdout)["stops"]]
    assert named == [field.name for field in fields(StopRules)]


def test_list_lectures_names_those_that_ship(invoke):
    assert "houses" in [line.split()[0] for line in invoke("list", "lectures").stdout.splitlines()]


def test_check_says_what_is_in_a_lecture(invoke, lecture):
    result = invoke("check", lecture)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{lecture}: ok, 1 run, 2 scenes, ")


def test_check_lists_the_beats_that_captions_may_name(invoke, lecture):
    document = json.loads(invoke("check", lecture, "--json").stdout)
    scenes = document["lectures"][0]["scenes"]
    shown = invoke("check", lecture, "--beats").stdout
    assert [scene["name"] for scene in scenes] == ["tangent", "again"]
    for beat in scenes[0]["beats"]:
        assert f" {beat['id']} " in shown
        assert beat["caption"] in shown


def test_doctor_finds_this_machine_able(invoke, tmp_path):
    result = invoke("doctor")
    assert result.exit_code == 0, result.output
    assert all(line.startswith("ok ") for line in result.stdout.splitlines())
    names = {check["name"] for check in json.loads(invoke("doctor", "--json").stdout)["checks"]}
    assert {"python", "manim", "av", "typst", "fonts", "encoder libx264", "cores", "disk"} <= names
    assert list(tmp_path.iterdir()) == []


def test_doctor_says_the_mend_of_what_is_missing(invoke, monkeypatch):
    monkeypatch.setattr(machine, "_LIBRARIES", ("numpy", "no-such-library"))
    result = invoke("doctor")
    assert result.exit_code == 1
    (line,) = [line for line in result.stdout.splitlines() if line.startswith("FAIL")]
    assert "no-such-library: is not installed; install steepest again" in line


def test_doctor_says_that_the_output_folder_cannot_be_written(invoke, tmp_path):
    (tmp_path / "taken").write_text("a file")
    result = invoke("doctor", "-o", "taken/out")
    assert result.exit_code == 1
    assert "FAIL  output folder: " in result.stdout


@pytest.mark.parametrize(
    ("wanted", "found", "answer"),
    [
        ("<0.23,>=0.22", "0.22.0", True),
        ("<0.23,>=0.22", "0.23.0", False),
        ("<0.23,>=0.22", "0.21.9", False),
        (">=2.0", "10.0.0rc1", True),
        (">=0.18", "0.9", False),
        ("", "1.0", True),
    ],
)
def test_doctor_compares_versions(wanted, found, answer):
    assert machine.admits(wanted, found) is answer


def test_options_may_come_from_the_environment(invoke, lecture):
    env = {"STEEPEST_OUTPUT": "elsewhere", "STEEPEST_QUALITY": "l", "STEEPEST_BATCH_FPS": "24"}
    jobs = json.loads(invoke("batch", lecture, "--dry-run", "--json", env=env).stdout)["jobs"]
    assert {(job["width"], job["fps"]) for job in jobs if job["kind"] == "film"} == {(854, 24)}
    assert all(job["output"].startswith("elsewhere/quick/") for job in jobs)


def test_check_warns_of_a_number_that_the_run_does_not_have(invoke, lecture):
    text = lecture.read_text().replace(
        "kind: tangent}", 'kind: tangent, captions: {end: "at last {J[9999]}"}}'
    )
    lecture.write_text(text)
    found = invoke("check", str(lecture), "--beats")
    assert found.exit_code == 0
    assert "captions.end" in found.stderr
    assert "{J[9999]}" in found.stderr
    assert "at last {J[9999]}" in found.stdout

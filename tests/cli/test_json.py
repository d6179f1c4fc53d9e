"""--json: standard output is one JSON document, whatever becomes of the command."""

from __future__ import annotations

import errno
import json

import click
import pytest

from gdcore.base.errors import DataError, FormulaError, GdError
from scenes.cli.document import say_document
from tests.commands import NoWork, command_of, right, taking, with_option

ALL = with_option("--json")


def document_of(result) -> dict[str, object]:
    """The one document on standard output. JSON knows no NaN."""

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is not JSON")

    found = json.loads(result.stdout, parse_constant=refuse)
    assert isinstance(found["schema"], int)
    return found


def failure_of(result, status: int = 2) -> dict[str, object]:
    """The document of a command that failed, which says so on standard error as well."""
    assert result.exit_code == status, result.output
    told = document_of(result)
    assert told["status"] == "failed"
    assert told["reason"]
    assert isinstance(told["faults"], list)
    assert result.stderr
    return told


@pytest.fixture(autouse=True)
def work(monkeypatch) -> NoWork:
    """Nothing is drawn."""
    work = NoWork()
    monkeypatch.setattr("scenes.production.produce.produce", work)
    return work


def test_the_commands_are_found():
    assert {
        "descend",
        "sweep",
        "basins",
        "render",
        "report",
        "batch",
        "preview",
        "check",
        "list",
        "doctor",
    } <= {*ALL}


@pytest.mark.parametrize("name", ALL)
def test_work_that_is_done(invoke, name):
    result = invoke(name, *right(name), "--json")
    assert result.exit_code == 0, result.output
    assert document_of(result).get("status") != "failed"


@pytest.mark.parametrize("name", ALL)
def test_an_option_that_does_not_exist(invoke, name):
    for words in (["--bogus", "--json"], ["--json", "--bogus"], [*right(name), "--json", "--bogus=1"]):
        assert "There is no option '--bogus'" in str(failure_of(invoke(name, *words))["reason"])


@pytest.mark.parametrize("name", ALL)
def test_a_value_that_is_none(invoke, name):
    for parameter in command_of(name).params:
        if isinstance(parameter.type, click.types.FloatParamType | click.types.IntParamType | click.Choice):
            words = [
                *right(name),
                *([parameter.opts[-1]] if isinstance(parameter, click.Option) else []),
                "many",
            ]
            failure_of(invoke(name, *words, "--json"))


@pytest.mark.parametrize("name", ALL)
def test_an_option_without_its_value_and_a_word_too_many(invoke, name):
    for parameter in command_of(name).params:
        if isinstance(parameter, click.Option) and not parameter.is_flag:
            failure_of(invoke(name, "--json", *right(name), parameter.opts[-1]))
            failure_of(invoke(name, *right(name), parameter.opts[-1], "--json", "--bogus"))
    if not taking("lectures").count(name):
        failure_of(invoke(name, *right(name), "one", "more", "--json"))


@pytest.mark.parametrize("name", ALL)
def test_nothing_said_to_a_command_that_needs_something(invoke, name):
    if right(name):
        failure_of(invoke(name, "--json"))


@pytest.mark.parametrize("words", [["nosuch", "--json"], ["--bogus", "descend", "--json"], ["--json"]])
def test_no_command(invoke, words):
    failure_of(invoke(*words))


FAULTY = "title: T\npace: 99\nproblem: {formula: x^2}\nruns: {a: {rat: 1}}\n"
REFUSED = (
    "problem: {formula: x^2}\nruns: {a: {rate: 0.1, start: 1, steps: 9}}\n"
    "scenes:\n  - {kind: tangent}\n  - {kind: overshoot}\n"
)


@pytest.mark.parametrize("name", taking("lecture"))
@pytest.mark.parametrize(
    ("text", "places"),
    [
        (None, [(None, None)]),
        ("", [(1, 1)]),
        (FAULTY, [(2, 7), (4, 8), (4, 12)]),
        (REFUSED, [(5, 5)]),
    ],
)
def test_a_lecture_that_will_not_do(invoke, tmp_path, name, text, places):
    if text is not None:
        (tmp_path / "bad.yaml").write_text(text)
    more = ["--scene", "overshoot"] if name == "preview" else []
    for words in (["bad.yaml"], *([["bad.yaml", "bad.yaml"]] if name in taking("lectures") else [])):
        result = invoke(name, *words, *more, "--json")
        assert result.exit_code == 2, result.output
        told = document_of(result)
        listed = told.get("lectures", told.get("outputs", [told]))
        assert len(listed) == len(words)
        for one in listed:
            assert one["status"] == "failed"
            assert one["reason"]
            assert {(fault["line"], fault["column"]) for fault in one["faults"]} == {*places}
            assert {fault["file"] for fault in one["faults"]} == {"bad.yaml"}


@pytest.mark.parametrize("name", taking("lecture"))
def test_a_lecture_that_does_not_ship(invoke, name):
    told = document_of(invoke(name, "hauses", "--json"))
    (one,) = told.get("lectures", told.get("outputs", [told]))
    assert one["faults"][0]["mend"] == "did you mean houses?"


@pytest.mark.parametrize("name", sorted({*with_option("--output"), *with_option("--save")} & {*ALL}))
def test_a_place_that_cannot_be_written(invoke, tmp_path, name):
    (tmp_path / "taken").write_text("a file")
    option = "--save" if name in with_option("--save") else "-o"
    result = invoke(name, *right(name), option, "taken/deeper/", "--json")
    if name == "doctor":  # that is what it looks for
        checks = document_of(result)["checks"]
        assert [check["name"] for check in checks if not check["ok"]] == ["output folder"]
    else:
        failure_of(result)


@pytest.mark.parametrize("name", sorted({"render", "report", "batch", "preview"}))
def test_jobs_that_fail(invoke, monkeypatch, name):
    work = NoWork("the disk is full")
    monkeypatch.setattr("scenes.production.produce.produce", work)
    result = invoke(name, *right(name), "--json")
    assert result.exit_code == 1
    outputs = document_of(result)["outputs"]
    assert len(outputs) == len(work.jobs) > 0
    assert {(output["status"], output["reason"]) for output in outputs} == {("failed", "the disk is full")}


def test_a_dry_run_of_lectures_that_will_not_do(invoke):
    result = invoke("batch", "nosuch.yaml", "alike.yaml", "--dry-run", "--json")
    assert result.exit_code == 2
    assert [one["lecture"] for one in document_of(result)["outputs"]] == ["nosuch.yaml", "alike.yaml"]


def test_a_run_that_diverges_is_a_result(invoke):
    words = ("descend", "--formula", "x^4", "--start", "10", "--rate", "1", "--json")
    assert document_of(invoke(*words))["outcome"] == "diverged"


RAISED = [
    (GdError("it is so", "it must be otherwise", "change it"), 2),
    (DataError("a row is torn", "t.csv", 3, "price"), 2),
    (FormulaError("x^^2", 3, "a number is missing"), 2),
    (click.ClickException("no"), 1),
    (click.UsageError("not so"), 2),
    (OSError(errno.ENOSPC, "No space left on device", "out.csv"), 1),
    (RuntimeError("a fault of the program"), 1),
    (ValueError("Out of range float values are not JSON compliant"), 1),
    (MemoryError(), 1),
]


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(("error", "status"), RAISED)
def test_whatever_goes_wrong_inside(invoke, monkeypatch, name, error, status):
    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(command_of(name), "callback", fail)
    result = invoke(name, *right(name), "--json")
    assert result.exit_code == status
    told = document_of(result)
    assert (told["status"], bool(told["reason"])) == ("failed", True)
    if isinstance(error, DataError):
        assert told["faults"][0] | {"file": "t.csv", "line": 3, "key": "column price"} == told["faults"][0]
    if isinstance(error, FormulaError):
        assert told["faults"][0]["column"] == 3


@pytest.mark.parametrize("name", ALL)
def test_an_interrupt(invoke, monkeypatch, name):
    def interrupted(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command_of(name), "callback", interrupted)
    result = invoke(name, *right(name), "--json")
    assert result.exit_code == 130
    assert document_of(result)["status"] == "interrupted"


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), GdError("late"), RuntimeError("late"), BrokenPipeError(32, "")]
)
def test_what_goes_wrong_behind_the_document_adds_none(invoke, monkeypatch, error):
    def late(**_: object) -> None:
        say_document({"schema": 1})
        raise error

    monkeypatch.setattr(command_of("sweep"), "callback", late)
    assert document_of(invoke("sweep", *right("sweep"), "--json")) == {"schema": 1}


def test_without_it_there_is_no_document(invoke):
    for words in (["descend", "--bogus"], ["check", "nosuch.yaml"]):
        assert invoke(*words).stdout == ""

"""reference: every key, one key, and the schema for editors."""

from __future__ import annotations

import json

import pytest

from scenes.lecture.reference import key_entries
from scenes.lecture.source.json_schema import json_schema


def test_all_keys_have_a_line(invoke):
    result = invoke("reference")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    for entry in key_entries():
        name = f"kind: {entry.path[-1]}" if entry.shows else entry.path[-1]
        assert any(line.strip().startswith(f"{name} ") for line in lines), entry.name
    assert max(map(len, lines)) <= 100


def test_a_key_is_told_in_full(invoke):
    text = invoke("reference", "problem.cost").stdout
    assert text.startswith("problem.cost\n")
    for part in (
        "the mean of their squares",
        "mse, half-mse, sum, norm",
        "default:",
        "only with:",
        "cost: half-mse",
    ):
        assert part in text


@pytest.mark.parametrize("key", ["scenes.tangent", "problem", "set", "schedule"])
def test_what_is_special_of_a_key_is_told(invoke, key):
    text = " ".join(invoke("reference", key).stdout.split())
    assert {
        "scenes.tangent": "one run of a problem of one parameter",
        "problem": "formula The objective",
        "set": "with momentum: beta: 0.9",
        "schedule": "refused until it is available",
    }[key] in text


def test_a_key_that_there_is_not_is_refused_with_the_mend(invoke):
    result = invoke("reference", "problem.dta")
    assert result.exit_code == 2
    assert "Did you mean problem.data?" in result.stderr
    assert result.stdout == ""


def test_the_reference_is_one_json_document(invoke):
    document = json.loads(invoke("reference", "--json").stdout)
    assert document["schema"] == 1
    assert [told["key"] for told in document["keys"]] == [entry.name for entry in key_entries()]
    (cost,) = json.loads(invoke("reference", "cost", "--json").stdout)["keys"]
    assert (cost["default"], cost["only_with"], cost["allowed"]) == (
        "mse",
        "data",
        "mse, half-mse, sum, norm",
    )
    assert json.loads(invoke("reference", "zzz", "--json").stdout)["mend"]


def test_the_schema_is_printed_for_editors(invoke):
    assert invoke("reference", "--schema").stdout == json_schema()

"""steepest sweep: steps to a tolerance against the rate."""

from __future__ import annotations

import json

import numpy as np
import pytest

BOWL = ("--formula", "(x-3)^2+2", "--start", "6")


def test_the_best_rate_of_a_parabola_needs_one_step(invoke):
    result = invoke("sweep", *BOWL, "--rates", "0.1,0.5,0.9,1,1.1", "--steps", "500", "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["best"] == 0.5
    assert found["rate_limit"] == pytest.approx(1)
    runs = {run["rate"]: run for run in found["runs"]}
    assert runs[0.5]["steps"] == 1
    assert runs[0.1]["steps"] == runs[0.9]["steps"]  # |1 - 2 rate| is the same
    assert runs[0.1]["steps"] == np.ceil(np.log(1e-6) / np.log(0.8))  # a millionth of the way is left
    assert runs[1]["steps"] is None  # it jumps to and fro
    assert (runs[1.1]["steps"], runs[1.1]["outcome"]) == (None, "diverged")


def test_a_run_that_rests_on_a_saddle_is_said_to(invoke):
    saddle = ("--formula", "x^2-y^2", "--start", "1,0", "--rates", "0.1,0.3")
    lines = invoke("sweep", *saddle).stdout.splitlines()
    assert lines[1].split(maxsplit=2) == ["0.1", "62", "on a saddle, no minimum"]
    assert lines[2].split(maxsplit=2) == ["0.3", "16", "fewest, on a saddle, no minimum"]


def test_units_do_not_change_the_steps(invoke):
    """As `descend` has it: 0.8^15 of the way is left after 15 steps, whatever the slope is."""
    tiny = ("--formula", "0.000001*(x-3)^2", "--start", "6", "--rates", "1e5", "--json")
    for steps, needed in (("15", None), ("100", 62)):
        (run,) = json.loads(invoke("sweep", *tiny, "--steps", steps).stdout)["runs"]
        assert run["steps"] == needed


def test_rates_between_two_grow_by_the_same_factor(invoke):
    result = invoke("sweep", *BOWL, "--between", "0.01,0.16", "--count", "5", "--json")
    rates = [run["rate"] for run in json.loads(result.stdout)["runs"]]
    assert rates == pytest.approx([0.01, 0.02, 0.04, 0.08, 0.16])


def test_the_table_marks_the_best_and_tells_the_limit(invoke):
    lines = invoke("sweep", *BOWL, "--rates", "0.25,0.5,1.5").stdout.splitlines()
    assert lines[0].split() == ["rate", "steps"]
    assert lines[2].split() == ["0.5", "1", "fewest"]
    assert lines[3].split() == ["1.5", "diverged"]
    assert lines[-2] == "fewest steps to rest: 1 at rate 0.5"
    assert lines[-1] == "the rate limit of plain descent is 1"


def test_data_and_other_optimizers(invoke):
    data = ("--data", "houses.csv", "--x", "bedrooms", "--y", "price", "--rates", "0.01,0.02")
    plain = json.loads(invoke("sweep", *data, "--tolerance", "0.01", "--json").stdout)
    heavy = json.loads(
        invoke(
            "sweep", *data, "--tolerance", "0.01", "--optimizer", "momentum", "--set", "beta=0.9", "--json"
        ).stdout
    )
    assert all(
        ours["steps"] < theirs["steps"] for ours, theirs in zip(heavy["runs"], plain["runs"], strict=True)
    )


def test_a_start_in_the_minimum_needs_no_step(invoke):
    result = invoke(
        "sweep", "--formula", "(x-3)^2", "--start", "3", "--rates", "0.1", "--steps", "0", "--json"
    )
    assert json.loads(result.stdout)["runs"] == [
        {"rate": 0.1, "steps": 0, "outcome": "converged", "rests_on": "minimum"}
    ]


def test_when_no_rate_gets_there_the_best_one_says_why(invoke, tmp_path):
    (tmp_path / "years.csv").write_text(
        "year,co2\n" + "".join(f"{y},{1.65 * y - 2917}\n" for y in range(1990, 2021))
    )
    data = ("--data", "years.csv", "--x", "year", "--y", "co2", "--rates", "2e-7,1", "--steps", "50")
    result = invoke("sweep", *data)
    assert "rate 2e-07: All 50 steps are done" in result.stdout
    assert "standardize the columns" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("--standardize does so")
    assert "more --steps" not in result.stdout
    assert json.loads(invoke("sweep", *data, "--json").stdout)["reason"].startswith("All 50 steps")
    followed = invoke("sweep", *data, "--standardize", "--rates", "0.1")
    assert "fewest steps to rest" not in followed.stdout
    assert (
        "fewest steps to rest"
        in invoke("sweep", *data, "--standardize", "--rates", "0.1", "--steps", "500").stdout
    )
    far = invoke("sweep", "--formula", "x^2", "--start", "1", "--rates", "2,3")
    assert "the rate 2 is above the limit 1; choose a smaller one." in far.stdout


def test_when_no_rate_gets_there(invoke):
    result = invoke("sweep", *BOWL, "--rates", "0.001", "--steps", "3")
    assert result.exit_code == 0
    assert "no rate came to rest" in result.stdout
    result = invoke("sweep", *BOWL, "--rates", "0.001", "--steps", "3", "--tolerance", "1e-6")
    assert "no rate reached a slope of 1e-06" in result.stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "Give --rates or --between; found none of them"),
        (("--rates", "0.1", "--between", "0.1,1"), "found both"),
        (("--between", "1,0.1"), "the lower one first"),
        (("--between", "0.1"), "the lower one first"),
        (("--rates", "0.1", "--tolerance", "-1"), "tolerance is -1; it must be a finite number above 0"),
        (("--rates", "-0.1"), "rate is -0.1"),
        (("--between", "0.1,1", "--count", "99999999999"), "is not in the range 2<=x<=100000"),
    ],
)
def test_mistakes_are_told_with_the_mend(invoke, options, message):
    result = invoke("sweep", *BOWL, *options)
    assert result.exit_code == 2
    assert message in result.stderr

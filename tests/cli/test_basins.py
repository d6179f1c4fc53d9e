"""steepest basins, and the options of steepest descend that change the rate and the rows."""

from __future__ import annotations

import json

import numpy as np
import pytest

HOUSES = ("--data", "houses.csv", "--x", "bedrooms", "--y", "price")


def test_a_table_of_minima(invoke):
    result = invoke("basins", "--problem", "himmelblau", "--rate", "0.005", "--grid", "20", "--steps", "2000")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["minimum", "x", "y", "J", "starts", "share"]
    assert [line.split()[0] for line in lines[1:5]] == ["1", "2", "3", "4"]
    assert "400 starts, 2000 steps at rate 0.005" in result.stdout


def test_a_map_as_json_and_as_a_file(invoke, tmp_path):
    file = tmp_path / "map.npz"
    result = invoke(
        "basins",
        "--formula",
        "0.05*(w-1)^2*(w-5)^2",
        "--region",
        "-1,7",
        "--rate",
        "0.1",
        "--grid",
        "20",
        "-o",
        file,
        "--json",
    )
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert [minimum["parameters"] for minimum in document["minima"]] == [[1], [5]]
    assert [minimum["starts"] for minimum in document["minima"]] == [10, 10]
    with np.load(file, allow_pickle=False) as archive:
        assert archive["labels"].shape == (20,)


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ((), "Give one of --formula and --problem; found none"),
        (("--formula", "x^2", "--problem", "bowl"), "found both"),
        (("--formula", "x^2", "--rate", "0.1"), "--region: give the ends of each of x"),
        (("--problem", "bowl", "--rate", "0.1", "--region", "0,1"), "found 2 numbers"),
        (("--problem", "bowl"), "--rate: gd needs a learning rate"),
        (
            ("--problem", "bowl", "--rate", "0.1", "-o", "map.jpg"),
            "-o: 'map.jpg' does not end in .npz or .png; name the file, such as map.npz",
        ),
        (("--problem", "bowl", "--rate", "0.1", "--grid", "1"), "grid is 1; it must be 2 or more"),
        (
            (*("--formula", "x^2+y^2+z^2", "--region", "-1,1,-1,1,-1,1"), "--rate", "0.1", "-o", "map.png"),
            "a picture has room for one or two parameters; found x, y, z",
        ),
    ],
)
def test_mistakes_are_told(invoke, arguments, part):
    result = invoke("basins", *arguments)
    assert result.exit_code == 2
    assert part in result.stderr
    assert "Traceback" not in result.output


def test_an_optimizer_with_settings(invoke):
    result = invoke(
        "descend",
        "--problem",
        "himmelblau",
        "--start",
        "0,0",
        "--optimizer",
        "adam",
        "--rate",
        "0.1",
        "--set",
        "beta1=0.8",
        "--steps",
        "100",
        "--json",
    )
    document = json.loads(result.stdout)
    assert document["optimizer"]["name"] == "adam"
    assert document["optimizer"]["beta1"] == 0.8
    assert document["analysis"]["regime"] is None


def test_schedules_multiply(invoke):
    result = invoke(
        "descend",
        "--formula",
        "0*x - x",
        "--start",
        "0",
        "--rate",
        "1",
        "--steps",
        "4",
        "--json",
        "--schedule",
        "step,every=2,factor=0.5",
        "--schedule",
        "warm-up,steps=2",
    )
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["path"]["parameters"] == [[0], [0.5], [1.5], [2], [2.5]]


def test_milestones_are_given_one_by_one(invoke):
    line = ("descend", "--formula", "0*x - x", "--start", "0", "--rate", "1", "--steps", "5", "--json")
    result = invoke(*line, "--schedule", "milestones,at=2,at=4,factor=0.5")
    assert json.loads(result.stdout)["path"]["parameters"] == [[0], [1], [2], [2.5], [3], [3.25]]
    twice = invoke(*line, "--schedule", "step,every=2,every=3")
    assert "every of the schedule step is [2, 3]; it must be a whole number" in twice.stderr
    fell = invoke(*line, "--schedule", "milestones,at=4,at=2")
    assert "at of the schedule milestones is 4, 2; it must be whole numbers that rise" in fell.stderr


def test_a_schedule_may_change_once_an_epoch(invoke):
    """Seven houses in batches of 2 are four updates an epoch."""
    batches = (*HOUSES, "--rate", "0.005", "--epochs", "3", "--batch-size", "2", "--json")
    by_epoch = invoke("descend", *batches, "--schedule", "exponential,factor=0.5,per=epoch")
    by_update = invoke("descend", *batches, "--schedule", "step,factor=0.5,every=4")
    ends = [json.loads(result.stdout)["final"] for result in (by_epoch, by_update)]
    assert ends[0] == ends[1]


def test_batches_and_epochs(invoke):
    result = invoke(
        "descend", *HOUSES, "--rate", "0.005", "--epochs", "3", "--batch-size", "2", "--seed", "5", "--json"
    )
    assert json.loads(result.stdout)["steps"] == 12
    again = invoke(
        "descend", *HOUSES, "--rate", "0.005", "--steps", "12", "--batch-size", "2", "--seed", "5", "--json"
    )
    assert again.stdout == result.stdout
    other = invoke(
        "descend",
        *HOUSES,
        "--rate",
        "0.005",
        "--steps",
        "12",
        "--batch-size",
        "2",
        "--rows",
        "given",
        "--json",
    )
    assert other.stdout != result.stdout


def test_standardised_features(invoke):
    result = invoke(
        "descend", *HOUSES, "--standardize", "--rate", "0.5", "--steps", "2", "--predict", "6", "--json"
    )
    document = json.loads(result.stdout)
    assert document["problem"]["standardize"] is True
    assert document["outcome"] == "converged"
    assert document["prediction"]["6"] == pytest.approx(84.73684210526315 * 6 - 46.31578947368421)


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("--schedule", "every=2"), "must begin with a kind"),
        (("--schedule", "stepp,every=2"), "Did you mean step"),
        (("--schedule", "step"), "needs every"),
        (("--schedule", "step,every=2,per=day"), "per of the schedule step is 'day'"),
        (("--batch-size", "2"), "--batch-size belongs to --data"),
        (("--seed", "2"), "--seed belongs to --batch-size"),
        (("--rows", "drawn"), "--rows belongs to --batch-size"),
        (("--standardize",), "--standardize belongs to --data"),
    ],
)
def test_options_that_do_not_fit_are_told(invoke, arguments, part):
    result = invoke("descend", "--formula", "x^2", "--start", "1", "--rate", "0.1", *arguments)
    assert result.exit_code == 2
    assert part in result.stderr

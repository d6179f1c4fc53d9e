"""Numbers as people type them: what is read, and what is proposed for what is not. What is proposed works."""

from __future__ import annotations

import json
import re

import pytest

BOWL = ("descend", "--formula", "theta1^2+theta2^2", "--steps", "3")
PARABOLA = ("descend", "--formula", "x^2", "--steps", "3")
HOUSES = (
    "descend",
    "--data",
    "houses.csv",
    "--x",
    "bedrooms",
    "--y",
    "price",
    "--rate",
    "0.01",
    "--steps",
    "3",
)
PARK = ("descend", "--data", "cars.csv", "--x", "km,age", "--y", "price", "--rate", "1e-3", "--steps", "3")


@pytest.fixture(autouse=True)
def cars(tmp_path):
    (tmp_path / "cars.csv").write_text("km,age,price\n1,2,9\n5,1,7\n9,4,6\n3,3,8\n2,8,5\n7,6,4\n6,2,6\n")


@pytest.mark.parametrize(
    ("as_people_do", "plain"),
    [
        ((*BOWL, "--rate", "0.1", "--start", "[1, -2]"), (*BOWL, "--rate", "0.1", "--start", "1,-2")),
        ((*BOWL, "--rate", "0.1", "--start", "(1, −2)"), (*BOWL, "--rate", "0.1", "--start", "1,-2")),
        ((*BOWL, "--rate", "[0.1,0.2]"), (*BOWL, "--rate", "0.1,0.2")),
        ((*PARABOLA, "--rate", "0.1", "--start", "−6"), (*PARABOLA, "--rate", "0.1", "--start=-6")),
        ((*PARABOLA, "--rate", "1e−1", "--start", "x=−6"), (*PARABOLA, "--rate", "0.1", "--start=-6")),
        (
            (*PARABOLA, "--rate", "0.1", "--stop", "gradient=1e−2"),
            (*PARABOLA, "--rate", "0.1", "--stop", "gradient=0.01"),
        ),
        ((*HOUSES, "--ridge", "1e−2"), (*HOUSES, "--ridge", "0.01")),
        ((*HOUSES, "--predict", "bedrooms=6"), (*HOUSES, "--predict", "6")),
        ((*PARK, "--predict", "age=2, km=−5"), (*PARK, "--predict", "-5,2")),
        (
            ("basins", "--formula", "x^2", "--region", "[−1,1]", "--rate", "0.1", "--grid", "5"),
            ("basins", "--formula", "x^2", "--region", "-1,1", "--rate", "0.1", "--grid", "5"),
        ),
    ],
)
def test_numbers_are_read_as_people_write_them(invoke, as_people_do, plain):
    told = invoke(*as_people_do, "--json")
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout) == json.loads(invoke(*plain, "--json").stdout)


@pytest.mark.parametrize(
    ("arguments", "option", "message", "mended"),
    [
        (BOWL, ("--start", "1"), "start has 1 number; it must have 2", "--start 0,0"),
        (PARABOLA, ("--start", "0,5"), "start has 2 numbers; it must have 1", "--start 0.5"),
        (PARABOLA, ("--rate", "0,05"), "rate has 2 numbers; it must have 1", "--rate 0.05"),
        (PARABOLA, ("--rate", "0.1,0.2"), "rate has 2 numbers; it must have 1", "--rate 0.1"),
        (BOWL, ("--rate", "0,1,0,2"), "rate has 4 numbers; it must have 2", "--rate 0.1,0.2"),
        (BOWL, ("--rate", "0.1,0.2,0.3"), "rate has 3 numbers; it must have 2", "--rate 0.1,0.1"),
        (PARABOLA, ("--set", "beta=0,9"), "'9' is not a setting", "beta=0.9"),
        (PARABOLA, ("--stop", "gradient=1,5e−3"), "is not a setting", "gradient=1.5e-3"),
        (PARABOLA, ("--start", "x=0,5"), "'5' has no name", "x=0.5"),
        (BOWL, ("--rate", "theta1=0,1,theta2=0,2"), "'1' has no name", "theta1=0.1"),
        (PARABOLA, ("--schedule", "step,factor=0,5,every=2"), "'5' is not a setting", "factor=0.5"),
        (PARABOLA, ("--steps", "1e2"), "'1e2' is not a valid integer", "100"),
        (PARABOLA, ("--steps", "10.0"), "'10.0' is not a valid integer", "10"),
        (PARABOLA, ("--steps", "1,000"), "'1,000' is not a valid integer", "1000"),
        (PARABOLA, ("--steps", "1.000"), "'1.000' is not a valid integer", "1 or 1000"),
        (
            PARABOLA,
            ("--steps", "many"),
            "'many' is not a valid integer",
            "a whole number in digits, such as 10",
        ),
        (("basins", "--formula", "x^2"), ("--grid", "1e2"), "'1e2' is not a valid integer", "100"),
        (("sweep", "--formula", "x^2"), ("--count", "2e1"), "'2e1' is not a valid integer", "20"),
        (("sweep", "--formula", "x^2"), ("--tolerance", "0,01"), "'0,01' is not a valid float", "0.01"),
        (("render", "houses"), ("--jobs", "2.0"), "'2.0' is not a valid integer", "2"),
        (("render", "houses"), ("--fps", "30.0"), "'30.0' is not a valid integer", "30"),
        (("render", "houses"), ("--timeout", "10:00"), "'10:00' is not a valid float", "600"),
        (("preview", "houses"), ("--at", "12:30"), "'12:30' is not a valid float", "750"),
        (("preview", "houses"), ("--at", "1:00:02.5"), "'1:00:02.5' is not a valid float", "3602.5"),
        (("preview", "houses"), ("--at", "12,5"), "'12,5' is not a valid float", "12.5"),
        (HOUSES, ("--ridge", "0,5"), "'0,5' is not a valid float", "0.5"),
        (HOUSES, ("--predict", "6,5"), "6,5 must have one number for each of bedrooms", "--predict 6.5"),
        (HOUSES, ("--predict", "bedroom=6"), "--predict names 'bedroom'", None),
        (PARK, ("--predict", "km=6"), "--predict has no entry for age", None),
        (PARK, ("--predict", "6"), "6 must have one number for each of km, age", "--predict 0,0"),
    ],
)
def test_what_is_no_number_is_told_as_it_is_to_be_typed(invoke, arguments, option, message, mended):
    result = invoke(
        *arguments,
        *(() if option[0] == "--rate" or arguments[0] != "descend" else ("--rate", "0.1")),
        *option,
    )
    assert result.exit_code == 2, result.output
    told = " ".join(result.stderr.split())
    assert message in told
    assert mended is None or re.search(rf"(?i)write {re.escape(mended)}(?![\d.]*\d)", told), told

"""Standardised columns are explained with their numbers, and the result is said in the units of the data, too."""

from __future__ import annotations

from statistics import mean, pstdev, stdev

import pytest

from scenes.report.minimised import minimised
from scenes.report.style import PAGE
from scenes.report.table import Table
from tests.told import Tell, told

__all__ = ["told"]

KM, PRICE = [20.0, 45.0, 60.0, 90.0, 140.0], [91.0, 80.0, 70.0, 66.0, 41.0]
CARS = "km,price\n" + "".join(f"{x:g},{y:g}\n" for x, y in zip(KM, PRICE, strict=True))
COLD = "t,y\n-12,3\n-8,5\n-1,6\n"
HOMES = "size,rooms,rent\n50,2,500\n70,3,640\n65,2,600\n90,4,800\n110,3,900\n"


def test_a_line(told: Tell) -> None:
    lecture = told(
        "data: cars.csv, x: km, y: price, standardize: true, labels: {km: distance}",
        {"a": "rate: 0.1, steps: 30", "b": "rate: 0.5, steps: 5"},
        *(
            f"kind: {kind}, name: {kind}-{run}, run: {run}"
            for kind in ("regression", "surface")
            for run in "ab"
        ),
        cars=CARS,
    )
    centre, deviation = mean(KM), pstdev(KM)
    assert f"{stdev(KM):.5g}" != f"{deviation:.5g}"
    slope = sum((x - centre) * (y - mean(PRICE)) for x, y in zip(KM, PRICE, strict=True)) / (5 * deviation**2)
    # At a rate of 1/2 the standardised problem is solved in one step.
    best = f"y = −{-slope:.5g}x + {mean(PRICE) - slope * centre:.5g}"
    w, b = lecture.study.trajectories["a"].final
    ours = f"y = −{-w / deviation:.5g}x + {b - w * centre / deviation:.5g}"
    for kind in ("regression", "surface"):
        explained = lecture.caption("standardized", f"{kind}-a")
        assert f"z = (x − {centre:g})/{deviation:.5g}: distance less its mean" in explained
        assert "divides by N = 5, not by N − 1" in explained
        assert f"{ours}, with x = distance. The best is {best}." in lecture.caption("raw", f"{kind}-a")
        assert f"{best}, with x = distance. To the digits shown that is the best." in lecture.caption(
            "raw", f"{kind}-b"
        )
    plain = told(
        "data: cars.csv, x: km, y: price",
        {"a": "rate: 1e-5, steps: 5"},
        "kind: regression",
        "kind: surface",
        cars=CARS,
    )
    for story in plain.stories.values():
        assert not story.has("standardized")
        assert not story.has("raw")


def test_a_mean_below_zero_and_no_intercept(told: Tell) -> None:
    lecture = told(
        "data: cold.csv, x: t, y: y, standardize: true, intercept: false",
        {"a": "rate: 0.1, steps: 40"},
        "kind: regression",
        cold=COLD,
    )
    assert f"z = (x + 7)/{pstdev([-12, -8, -1]):.5g}" in lecture.caption("standardized")
    w, deviation = float(lecture.study.trajectories["a"].final[0]), pstdev([-12, -8, -1])
    # Without b the model has a constant all the same, in the units of the data.
    assert f"y = {w / deviation:.5g}x + {w * 7 / deviation:.5g}, with x = t" in lecture.caption("raw")


def test_columns_and_powers(told: Tell) -> None:
    columns = told(
        "data: homes.csv, x: [size, rooms], y: rent, standardize: true",
        {"a": "rate: 0.1, steps: 40"},
        "kind: regression",
        homes=HOMES,
    )
    size, rooms = [50, 70, 65, 90, 110], [2, 3, 2, 4, 3]
    explained = columns.caption("standardized")
    assert (
        f"z₁ = (x₁ − {mean(size):g})/{pstdev(size):.5g} and z₂ = (x₂ − 2.8)/{pstdev(rooms):.5g}" in explained
    )
    assert "with x₁ = size and x₂ = rooms" in columns.caption("raw")
    curve = told(
        "data: homes.csv, x: size, y: rent, standardize: true, degree: 3",
        {"a": "rate: 0.1, steps: 40"},
        "kind: regression",
    )
    squares = [x**2 for x in size]
    assert f"z₂ = (x² − {mean(squares):g})" in curve.caption("standardized")
    assert "and so on" in curve.caption("standardized")
    assert "x³" in curve.caption("raw")


def test_products_are_told_from_columns_of_the_same_name(told: Tell) -> None:
    rows = [(1, 4, 2, 3), (2, 1, 5, 4), (3, 9, 1, 8), (5, 2, 2, 7), (4, 7, 8, 1)]
    lecture = told(
        "data: t.csv, x: [a, b, a b], y: y, standardize: true, degree: 2, labels: {a b: third}",
        {"a": "rate: 0.01, steps: 5"},
        "kind: regression",
        t="a,b,a b,y\n" + "".join(",".join(map(str, row)) + "\n" for row in rows),
    )
    *_, table = (block for block in minimised(lecture.study, PAGE) if isinstance(block, Table))
    assert [row.cells[1] for row in table.rows] == [
        *("a", "b", "third"),
        *("x₁²", "x₁ x₂", "x₁ x₃", "x₂²", "x₂ x₃", "x₃²"),
    ]
    assert float(table.rows[4].cells[2].replace("−", "-")) == pytest.approx(
        mean(a * b for a, b, *_ in rows), rel=1e-4
    )


@pytest.mark.parametrize("rate", ["1.2", "1e140"])
def test_a_run_that_leaves_says_nothing_wrong(told: Tell, rate: str) -> None:
    lecture = told(
        "data: cars.csv, x: km, y: price, standardize: true",
        {"a": f"rate: {rate}, steps: 2000"},
        "kind: regression",
        cars=CARS,
    )
    if lecture.story.has("raw"):
        assert "∞" not in lecture.caption("raw")
        assert "–" not in lecture.caption("raw")

"""Linear regression against sums over the rows, exact fractions and the normal equations."""

import tracemalloc
from decimal import Decimal, getcontext
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gdcore.problems.linear.squared_error as squared_error_module
from gdcore.base.errors import GdError
from gdcore.problems import LeastSquares, read_columns

DATA = Path(__file__).parent / "data"


def houses(**options: object) -> LeastSquares:
    columns = read_columns(DATA / "houses.csv")
    return LeastSquares({"bedrooms": columns["bedrooms"]}, columns["price"], "price", **options)  # type: ignore[arg-type]


def several(rows: int = 40, **options: object) -> LeastSquares:
    random = np.random.default_rng(3)
    x = random.normal(size=(rows, 3)) * [1, 10, 0.1] + [5, -2, 0]
    y = x @ [2, -1, 7] + 3 + random.normal(size=rows)
    return LeastSquares(dict(zip("abc", x.T, strict=True)), y, **options)  # type: ignore[arg-type]


VARIANTS = [
    houses(),
    houses(cost="half-mse"),
    houses(intercept=False),
    houses(standardize=True),
    houses(degree=3),
    houses(degree=3, standardize=True, cost="half-mse"),
    several(),
    several(intercept=False, standardize=True),
    several(rows=200, degree=2),
    several(rows=200, degree=3, standardize=True, cost="half-mse"),
]


@pytest.mark.parametrize("problem", VARIANTS, ids=repr)
def test_it_is_the_mean_of_the_squared_residuals(problem: LeastSquares) -> None:
    theta = np.random.default_rng(1).normal(size=(6, 2, len(problem.parameters)))
    residuals = problem.residuals(theta)
    assert residuals.shape == (6, 2, problem.size)
    scale = 1 if problem.cost == "mse" else 0.5
    value, slope = problem.value_and_gradient(theta)
    np.testing.assert_allclose(value, scale * (residuals**2).mean(-1), rtol=1e-12)
    expected = 2 * scale * (residuals[..., None] * problem.design).mean(-2)
    np.testing.assert_allclose(slope, expected, rtol=1e-11, atol=1e-9)
    matrix = 2 * scale * problem.design.T @ problem.design / problem.size
    np.testing.assert_allclose(
        problem.hessian(theta), np.broadcast_to(matrix, (6, 2, *matrix.shape)), rtol=1e-11, atol=1e-15
    )
    np.testing.assert_allclose(
        problem.eigenvalues(theta[0, 0]), np.linalg.eigvalsh(matrix), rtol=1e-8, atol=1e-12
    )


@pytest.mark.parametrize("problem", VARIANTS, ids=repr)
def test_one_point_and_many_give_the_same_bits(problem: LeastSquares) -> None:
    theta = np.random.default_rng(2).normal(size=(50, len(problem.parameters)))
    values, slopes = problem.value_and_gradient(theta)
    for point, value, slope in zip(theta, values, slopes, strict=True):
        one, gradient = problem.value_and_gradient(point)
        assert one == value
        assert gradient.tolist() == slope.tolist()


def test_many_columns_give_the_same_bits_too() -> None:
    random = np.random.default_rng(5)
    problem = LeastSquares({f"c{i}": random.normal(size=300) for i in range(50)}, random.normal(size=300))
    theta = random.normal(size=(20, 51))
    values, slopes = problem.value_and_gradient(theta)
    for point, value, slope in zip(theta, values, slopes, strict=True):
        one, gradient = problem.value_and_gradient(point)
        assert one == value
        assert gradient.tolist() == slope.tolist()


@pytest.mark.parametrize("problem", VARIANTS, ids=repr)
def test_the_solution_is_that_of_the_normal_equations(problem: LeastSquares) -> None:
    expected, *_ = np.linalg.lstsq(problem.design, problem.targets, rcond=None)
    np.testing.assert_allclose(problem.solution(), expected, rtol=1e-9)
    start = np.abs(problem.gradient(np.zeros(len(problem.parameters)))).max()
    assert np.abs(problem.gradient(problem.solution())).max() <= 1e-11 * start
    (minimum,) = problem.minima()
    assert minimum.tolist() == problem.solution().tolist()


def exact(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


@pytest.mark.parametrize("offset", [0, 1e4, 1e8])
def test_data_far_from_zero_lose_nothing(offset: float) -> None:
    """Against exact rational arithmetic on the very same floating-point data."""
    x = np.array([1, 2, 3, 3, 4, 4, 5.0]) + offset
    y = np.array([80, 170, 100, 220, 200, 270, 500.0])
    problem = LeastSquares({"x": x}, y)
    xs, ys = [Fraction(v) for v in x], [Fraction(v) for v in y]
    n = len(xs)
    mean_x, mean_y = sum(xs, Fraction(0)) / n, sum(ys, Fraction(0)) / n
    spread = sum(((v - mean_x) ** 2 for v in xs), Fraction(0)) / n
    slope = sum((v - mean_x) * (u - mean_y) for v, u in zip(xs, ys, strict=True)) / n / spread
    least = sum((slope * (v - mean_x) - (u - mean_y)) ** 2 for v, u in zip(xs, ys, strict=True)) / n
    assert problem.solution()[0] == pytest.approx(float(slope), rel=1e-12)
    assert problem.solution()[1] == pytest.approx(float(mean_y - slope * mean_x), rel=1e-12)
    assert problem.value(problem.solution()) == pytest.approx(float(least), rel=1e-12)
    # At a point near the line, where Σx², Σxy, Σy² would cancel.
    w, b = problem.solution() + [1e-3, 0]
    loss = sum((Fraction(w) * v + Fraction(b) - u) ** 2 for v, u in zip(xs, ys, strict=True)) / n
    assert problem.value([w, b]) == pytest.approx(float(loss), rel=1e-9)
    # The eigenvalues, from trace and determinant with 80 digits.
    getcontext().prec = 80
    trace, determinant = exact(2 * (spread + mean_x**2) + 2), exact(4 * spread)
    root = (trace**2 - 4 * determinant).sqrt()
    assert problem.eigenvalues([0, 0])[0] == pytest.approx(float((trace - root) / 2), rel=1e-9)
    assert problem.eigenvalues([0, 0])[1] == pytest.approx(float((trace + root) / 2), rel=1e-12)


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=2),
    st.lists(st.tuples(st.floats(-100, 100), st.floats(-100, 100)), min_size=1, max_size=8),
)
def test_against_the_definition_on_random_tables(
    theta: list[float], table: list[tuple[float, float]]
) -> None:
    x, y = np.array(table).T
    problem = LeastSquares({"x": x}, y)
    residuals = theta[0] * x + theta[1] - y
    value, slope = problem.value_and_gradient(theta)
    size = 1 + np.abs(residuals).max()
    np.testing.assert_allclose(value, (residuals**2).mean(), rtol=1e-10, atol=1e-10 * size)
    expected = [2 * (residuals * x).mean(), 2 * residuals.mean()]
    np.testing.assert_allclose(slope, expected, rtol=1e-9, atol=1e-9 * size)


# Degenerate data ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "y", "zeros"),
    [
        ({"x": [3.0]}, [2.0], 1),
        ({"x": [3.0, 3.0, 3.0]}, [1.0, 2.0, 6.0], 1),
        ({"x": [1.0, 2.0, 3.0], "same": [1.0, 2.0, 3.0]}, [1.0, 2.0, 4.0], 1),
        ({"x": [1.0, 2.0], "z": [5.0, 7.0], "v": [0.0, 1.0]}, [1.0, 2.0], 2),
        ({"x": [0.1, 0.1, 0.1]}, [1.0, 2.0, 6.0], 1),
        ({"x": [0.0, 0.0]}, [1.0, 3.0], 1),
    ],
)
def test_undetermined_parameters_are_exact_zeros(
    columns: dict[str, list[float]], y: list[float], zeros: int
) -> None:
    problem = LeastSquares(columns, y)
    d = len(problem.parameters)
    eigenvalues = problem.eigenvalues(np.zeros(d))
    assert not problem.is_determined
    assert problem.minima() == ()
    assert np.count_nonzero(eigenvalues == 0) == zeros
    assert (eigenvalues >= 0).all()
    assert np.abs(problem.gradient(problem.solution())).max() < 1e-12


def test_a_perfect_fit_has_no_loss() -> None:
    x = np.arange(10.0)
    problem = LeastSquares({"x": x}, 3 * x + 1)
    assert problem.solution() == pytest.approx([3, 1], rel=1e-14)
    assert 0 <= problem.value([3.0, 1.0]) < 1e-28


# Names, prediction, notation ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("problem", "names"),
    [
        (houses(), ("w", "b")),
        (houses(intercept=False), ("w",)),
        (houses(degree=3), ("w1", "w2", "w3", "b")),
        (several(), ("w1", "w2", "w3", "b")),
        (several(intercept=False), ("w1", "w2", "w3")),
        (houses(parameters=["m", "b"]), ("m", "b")),
    ],
)
def test_parameter_names(problem: LeastSquares, names: tuple[str, ...]) -> None:
    assert problem.parameters == names


def test_predict_broadcasts() -> None:
    problem = houses()
    assert problem.predict([2.0, 1.0], [6.0]) == 13.0
    assert problem.predict([2.0, 1.0], [[6.0], [0.0]]).tolist() == [13.0, 1.0]
    assert problem.predict(np.ones((5, 1, 2)), np.zeros((7, 1))).shape == (5, 7)
    assert houses(degree=2).predict([1.0, 10.0, 0.5], [3.0]) == 93.5


def test_predict_standardises_as_the_fit_did() -> None:
    plain, scaled = houses(degree=2), houses(degree=2, standardize=True)
    x = [[1.5], [6.0]]
    np.testing.assert_allclose(scaled.predict(scaled.solution(), x), plain.predict(plain.solution(), x))
    np.testing.assert_allclose(scaled.design[:, :2].mean(0), 0, atol=1e-15)
    np.testing.assert_allclose(scaled.design[:, :2].std(0), 1)


def test_the_data_as_given() -> None:
    problem = houses(degree=3, standardize=True)
    x, y = problem.rows()
    assert x.tolist() == [[1], [2], [3], [3], [4], [4], [5]]
    assert y.tolist() == [80, 170, 100, 220, 200, 270, 500]
    assert (problem.size, problem.x_names, problem.y_name) == (7, ("bedrooms",), "price")


def test_typst() -> None:
    m, b = "m", "b"
    problem = houses(parameters=[m, b])
    assert problem.typst() == "(1)/(N) sum_(i = 1)^N (m x_i + b - y_i)^2"
    assert problem.typst_derivative(m) == "(2)/(N) sum_(i = 1)^N (m x_i + b - y_i) x_i"
    assert problem.typst_derivative(b) == "(2)/(N) sum_(i = 1)^N (m x_i + b - y_i)"
    assert problem.typst_model() == "m x + b"
    half = several(cost="half-mse")
    assert half.typst() == "(1)/(2 N) sum_(i = 1)^N (w_1 x_(i 1) + w_2 x_(i 2) + w_3 x_(i 3) + b - y_i)^2"
    assert half.typst_derivative("w2").startswith("(1)/(N) sum")
    assert half.typst_derivative("w2").endswith(" x_(i 2)")
    assert houses(degree=2, intercept=False).typst_model() == "w_1 x + w_2 x^2"
    assert houses(degree=2, standardize=True).typst_model() == "w_1 z_1 + w_2 z_2 + b"
    with pytest.raises(GdError, match="parameters are m, b"):
        problem.typst_derivative("w")


def test_spec() -> None:
    assert houses(parameters=["m", "b"], source="houses.csv").spec() == {
        "data": "houses.csv",
        "x": ["bedrooms"],
        "y": "price",
        "cost": "mse",
        "degree": 1,
        "standardize": False,
        "intercept": True,
        "parameters": ["m", "b"],
    }


# Refused ------------------------------------------------------------------------------------------------

GOOD = {"x": [1.0, 2.0]}


@pytest.mark.parametrize(
    ("columns", "y", "options", "part"),
    [
        ({}, [1.0], {}, "no x column; at least one"),
        ({"x": []}, [], {}, "'x' is empty"),
        (GOOD, [1.0], {}, "has 1 rows and the x columns have 2"),
        (
            {"x": [1.0], "z": [1.0, 2.0]},
            [1.0],
            {},
            "different numbers of rows: x 1, z 2; every column needs the same",
        ),
        ({"x": [1.0, np.nan]}, [1.0, 2.0], {}, "'x' has nan in row 2"),
        (GOOD, [1.0, np.inf], {}, "'y' has inf in row 2"),
        ({"x": ["a", "b"]}, [1.0, 2.0], {}, "must hold numbers"),
        ({"x": [[1.0], [2.0]]}, [1.0, 2.0], {}, r"shape \(2, 1\)"),
        ({"y": [1.0, 2.0]}, [1.0, 2.0], {}, "both an x and the y"),
        (GOOD, [1.0, 2.0], {"cost": "hlaf-mse"}, "Did you mean half-mse"),
        (GOOD, [1.0, 2.0], {"degree": 0}, "whole number from 1 to 20"),
        (GOOD, [1.0, 2.0], {"degree": 2.0}, "whole number from 1 to 20"),
        (GOOD, [1.0, 2.0], {"degree": True}, "whole number from 1 to 20"),
        (
            {f"x{i}": [1.0] for i in range(23)},
            [1.0],
            {"degree": 3},
            "degree 3 makes 2599 features of 23 columns; at most 300 are allowed. Use degree 2, or fewer",
        ),
        (
            {"x": [1e60, 0.0], "z": [1e60, 1.0]},
            [1.0, 2.0],
            {"degree": 3},
            "products of 'x', 'z' up to 3 exceed",
        ),
        ({"x": [1e100, 0.0]}, [1.0, 2.0], {"degree": 2}, "powers of 'x' up to 2 exceed"),
        ({"x": [1e200, 0.0]}, [1.0, 2.0], {}, "'x' has numbers above"),
        ({"x": [10**400, 0.0]}, [1.0, 2.0], {}, "must hold numbers"),
        ({"x": [3.0, 3.0]}, [1.0, 2.0], {"standardize": True}, "'x' is constant"),
        (
            {"x": [1.0, -1.0]},
            [1.0, 2.0],
            {"standardize": True, "degree": 2},
            r"the feature 'x\^2' is constant",
        ),
        (
            {"x": [1.0, 2.0], "z": [2.0, 1.0]},
            [1.0, 2.0],
            {"standardize": True, "degree": 2},
            "the feature 'x z' is constant .* Use a lower degree or do not",
        ),
        ({"x": [0.1, 0.1, 0.1]}, [1.0, 2.0, 3.0], {"standardize": True}, "'x' is constant"),
        (GOOD, [1.0, 2.0], {"parameters": ["w"]}, "must be 2 names, in the place of w, b"),
        (GOOD, [1.0, 2.0], {"parameters": "wb"}, "must be 2 names"),
        (GOOD, [1.0, 2.0], {"parameters": ["w", "w"]}, "each used once"),
        (GOOD, [1.0, 2.0], {"parameters": ["w", "2b"]}, "cannot name a parameter"),
    ],
)
def test_refused(columns: dict[str, object], y: list[float], options: dict[str, object], part: str) -> None:
    with pytest.raises(GdError, match=part):
        LeastSquares(columns, y, **options)  # type: ignore[arg-type]


def test_wrong_shapes_are_told() -> None:
    with pytest.raises(
        GdError, match=r"have shape \(3,\); they must have shape \(\.\.\., 2\), one entry for each of w, b"
    ):
        houses().value([1, 2, 3])
    with pytest.raises(GdError, match=r"x has shape .*; it must have shape \(\.\.\., 1\)"):
        houses().predict([1, 2], 6.0)


# The shipped tables -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "x", "y"), [("houses", "bedrooms", "price"), ("park", "temperature", "visitors")]
)
def test_gradient_against_central_differences(file: str, x: str, y: str) -> None:
    columns = read_columns(DATA / f"{file}.csv")
    problem = LeastSquares({x: columns[x]}, columns[y], y)
    theta = np.random.default_rng(9).normal(scale=50, size=(100, 2))
    for place, step in enumerate(1e-4 * np.eye(2)):
        slopes = (problem.value(theta + step) - problem.value(theta - step)) / 2e-4
        np.testing.assert_allclose(problem.gradient(theta)[:, place], slopes, rtol=1e-6, atol=1e-2)


@pytest.mark.parametrize("size", [1e-150, 1e-8, 1e8, 1e74])
def test_units_do_not_matter(size: float) -> None:
    """No warning, no overflow: the slope scales against the unit, the curvature with its square."""
    x, y = np.array([1, 2, 3, 3, 4, 4, 5.0]), np.array([80, 170, 100, 220, 200, 270, 500.0])
    problem = LeastSquares({"x": x * size}, y, intercept=False)
    plain = LeastSquares({"x": x}, y, intercept=False)
    assert problem.solution()[0] * size == pytest.approx(plain.solution()[0], rel=1e-13)
    assert problem.value(problem.solution()) == pytest.approx(float(plain.value(plain.solution())), rel=1e-12)
    assert problem.eigenvalues([0.0])[0] == pytest.approx(
        plain.eigenvalues([0.0])[0] * size * size, rel=1e-12
    )


@pytest.mark.parametrize("ridge", [0.0, 0.2])
@pytest.mark.parametrize("intercept", [True, False])
def test_many_blocks_of_rows_say_what_one_says(
    monkeypatch: pytest.MonkeyPatch, ridge: float, intercept: bool
) -> None:
    """Also with data near 1e8, and with blocks of fewer rows than there are columns."""
    random = np.random.default_rng(12)
    x = random.normal(size=(500, 3)) * [1, 10, 0.1] + [1e8, -2, 0]
    y = x @ [2, -1, 7] + random.normal(size=500)
    columns = dict(zip("abc", x.T, strict=True))

    def made() -> LeastSquares:
        return LeastSquares(columns, y, ridge=ridge, intercept=intercept)

    whole = made()
    points = whole.solution() + random.normal(size=(5, len(whole.parameters))) * 1e-3
    for block in (2, 64, 499):
        monkeypatch.setattr(squared_error_module, "_BLOCK", block)
        parts = made()
        np.testing.assert_allclose(parts.solution(), whole.solution(), rtol=1e-7)
        np.testing.assert_allclose(parts.value(points), whole.value(points), rtol=1e-7)
        np.testing.assert_allclose(parts.eigenvalues(points[0]), whole.eigenvalues(points[0]), rtol=1e-7)


def test_the_rows_are_condensed_without_copies_of_the_table() -> None:
    rows = 400_000
    x = np.arange(rows) % 17 + 0.5
    tracemalloc.start()
    try:
        LeastSquares({"x": x}, 3 * x + 1)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    # What is kept, x and y, the column before it is a row of the table, and blocks.
    assert peak < 3.3 * 8 * rows + 8_000_000


def test_the_rows_of_a_table_are_not_copied(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("x,y\n1,2\n2,4\n4,7\n")
    columns = read_columns(file)
    x, y = LeastSquares({"x": columns["x"]}, columns["y"]).rows()
    assert np.shares_memory(x, columns["x"])
    assert np.shares_memory(y, columns["y"])


def test_rows_that_may_change_are_copied() -> None:
    x, y = np.array([1.0, 2.0, 4.0]), np.array([2.0, 4.0, 7.0])
    locked = y.view()
    locked.setflags(write=False)
    viewed = np.frombuffer(memoryview(x).toreadonly())
    for column in (x, viewed):
        kept = LeastSquares({"x": column}, locked).rows()
        x[0] = y[0] = 100.0
        assert kept[0][0, 0] == 1
        assert kept[1][0] == 2
        x[0], y[0] = 1.0, 2.0


@pytest.mark.parametrize("least", [5e-324, 1e-310, 1e-308, 1e-200, 1e-170])
def test_a_column_near_the_least_number_there_is_says_nothing(least: float) -> None:
    problem = LeastSquares({"x": [0.0, least]}, [0.0, 3.0])
    assert problem.solution().tolist() == [0.0, 1.5]
    assert not problem.is_determined

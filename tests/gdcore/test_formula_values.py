"""Values and derivatives: exact, silent, and the same on one point and on many."""

import math
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdcore.base.errors import GdError
from gdcore.formula import FUNCTIONS, Formula, parse
from gdcore.formula.tape.evaluator import Evaluator
from gdcore.formula.tape.lowering import lowered

SMOOTH = [
    "(x-3)^2+2",
    "0.05*(w-1)^2*(w-5)^2",
    "(1-x)^2+100*(y-x^2)^2",
    "3*(1-w)^2*exp(-w^2-(b+1)^2) - 10*(w/5-w^3-b^5)*exp(-w^2-b^2) - exp(-(w+1)^2-b^2)/3",
    "x*y",
    "x/y + y/(1+x^2)",
    "sin(x)*cos(y) + tan(x/3)",
    "sqrt(1+x^2) + log(2+y^2)",
    "tanh(x) - sinh(y/2)*cosh(x)",
    "atan(3*x) + 2^y + x^2^0.5",
    "exp(x*y)^2/(1+exp(x))",
    "(x^2+1)^y",
    "(1+x^2)^(-1/3) + y^3 - y^-2",
    "x - (y - (x - (y - x^5)))",
    "e^(-x^2) + pi*y",
]

# Away from the kinks of these.
KINKED = ["abs(x)*y", "max(x, y)^2", "min(x, 2*y) + sign(x)*y", "max(0, min(x, 3))"]


@pytest.mark.parametrize("text", SMOOTH + KINKED)
def test_gradient_and_hessian_match_central_differences(text: str) -> None:
    formula = parse(text)
    d = len(formula.parameters)
    x = np.array([0.83, 0.61])[:d]
    h = 1e-5
    steps = h * np.eye(d)
    slopes = [(formula.value(x + s) - formula.value(x - s)) / (2 * h) for s in steps]
    np.testing.assert_allclose(formula.gradient(x), slopes, rtol=1e-7, atol=1e-8)
    rows = [(formula.gradient(x + s) - formula.gradient(x - s)) / (2 * h) for s in steps]
    np.testing.assert_allclose(formula.hessian(x), rows, rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("text", SMOOTH + KINKED)
def test_one_point_and_many_give_the_same_bits(text: str) -> None:
    formula = parse(text)
    d = len(formula.parameters)
    points = np.random.default_rng(7).normal(scale=2, size=(5, 40, d))
    points[0, 0] = 0.0
    points[0, 1] = math.inf
    points[0, 2] = 1e200
    points[0, 3] = -0.0
    values, slopes = formula.value_and_gradient(points)
    matrices = formula.hessian(points)
    assert values.shape == (5, 40)
    assert slopes.shape == (5, 40, d)
    assert matrices.shape == (5, 40, d, d)
    for place in np.ndindex(5, 40):
        value, slope = formula.value_and_gradient(points[place])
        np.testing.assert_array_equal(value, values[place])
        np.testing.assert_array_equal(formula.value(points[place]), values[place])
        np.testing.assert_array_equal(slope, slopes[place])
        np.testing.assert_array_equal(formula.hessian(points[place]), matrices[place])
    np.testing.assert_array_equal(matrices, np.swapaxes(matrices, -1, -2))


@pytest.mark.parametrize(
    ("text", "x", "expected"),
    [
        ("1/x", 0.0, math.inf),
        ("1/x", -0.0, -math.inf),
        ("x/x", 0.0, math.nan),
        ("sqrt(x)", -1.0, math.nan),
        ("log(x)", 0.0, -math.inf),
        ("log(x)", -1.0, math.nan),
        ("exp(x)", 1000.0, math.inf),
        ("x^2", 1e200, math.inf),
        ("x^0.5", -1.0, math.nan),
        ("x^-2", 0.0, math.inf),
        ("x - x", math.inf, math.nan),
        ("max(x, 0)", math.nan, math.nan),
        ("1/9^400*x", 1.0, 0.0),
    ],
)
def test_outside_the_domain_no_warning_leaks(text: str, x: float, expected: float) -> None:
    # pytest turns any warning into an error
    formula = parse(text)
    np.testing.assert_array_equal(formula.value([x]), expected)
    np.testing.assert_array_equal(formula.value([[x], [x]]), [expected, expected])
    formula.gradient([x])
    formula.hessian([[x]])


@pytest.mark.parametrize("exponent", [2.0, 0.5, -1.0, 1.0, 0.0, -2.0, 1.5])
@pytest.mark.parametrize("text", ["x^y", "y^x", "x^(y+0*x)", "2.5^y + 0*x"])
def test_powers_have_no_short_cuts(text: str, exponent: float) -> None:
    """NumPy's own power would round otherwise for one exponent than for many."""
    formula = parse(text, parameters=("x", "y"))
    bases = np.random.default_rng(0).uniform(0.1, 50, 500)
    points = np.stack([bases, np.full(500, exponent)], axis=-1)
    together = formula.value(points)
    one_by_one = [float(formula.value(point)) for point in points]
    np.testing.assert_array_equal(together, one_by_one)
    np.testing.assert_array_equal([formula.value(point[None])[0] for point in points], one_by_one)
    np.testing.assert_array_equal(formula.value(np.repeat(points, 2, axis=0)[::2]), one_by_one)


def test_shapes() -> None:
    formula = parse("x + y")
    assert isinstance(formula.value([1.0, 2.0]), np.float64)
    assert formula.gradient([1.0, 2.0]).shape == (2,)
    assert formula.hessian([1.0, 2.0]).shape == (2, 2)
    assert formula.value(np.zeros((0, 2))).shape == (0,)
    assert formula.gradient(np.zeros((3, 0, 2))).shape == (3, 0, 2)


@pytest.mark.parametrize("x", [1.0, [1.0], [1.0, 2.0, 3.0], np.zeros((2, 3))])
def test_a_wrong_shape_is_told(x: object) -> None:
    with pytest.raises(
        GdError, match=r"x has shape \(.*; it must have shape \(\.\.\., 2\), one entry for each of x, y"
    ):
        parse("x + y").value(x)  # type: ignore[arg-type]


def test_common_parts_are_worked_out_once() -> None:
    formula = parse("exp(x*y)*exp(x*y) + exp(x*y)")
    assert [operation.function for operation in formula.tape.operations].count(np.exp) == 1


@pytest.mark.parametrize(
    ("text", "quadratic"),
    [
        ("(x-3)^2+2", True),
        ("x*y", True),
        ("x + 2*y", True),
        ("0.1*x^2 + 2*y^2", True),
        ("(x-1)*(x-2)/4", True),
        ("(x+2*y-7)^2 + (2*x+y-5)^2", True),
        ("x^3", False),
        ("abs(x)", False),
        ("max(x, 0)", False),
        ("min(x^2, 4*x^2)", False),
        ("sin(x)", False),
    ],
)
def test_quadratic_functions_are_recognised(text: str, quadratic: bool) -> None:
    assert parse(text).is_quadratic is quadratic


def test_slopes_at_kinks() -> None:
    assert parse("abs(x)").gradient([0.0]).tolist() == [0.0]
    assert parse("sign(x)").gradient([0.0]).tolist() == [0.0]


@pytest.mark.parametrize("name", ["min", "max"])
def test_where_two_are_the_same_the_slope_is_the_mean_of_theirs(name: str) -> None:
    ramp, pair = parse(f"{name}(0, x)"), parse(f"{name}(x^2, 4*y + 5)")
    assert ramp.gradient([0.0]).tolist() == [0.5]
    assert ramp.gradient([-0.0]).tolist() == [0.5]
    assert ramp.gradient([[-1e-300], [0.0], [1e-300]]).ravel().tolist() == (
        [1.0, 0.5, 0.0] if name == "min" else [0.0, 0.5, 1.0]
    )
    assert pair.gradient([3.0, 1.0]).tolist() == [3.0, 2.0]
    assert pair.gradient([[3.0, 1.0], [3.0, 1.5]])[0].tolist() == [3.0, 2.0]
    assert pair.hessian([3.0, 1.0]).tolist() == [[1.0, 0.0], [0.0, 0.0]]
    assert parse(f"{name}(x, 2*x)").gradient([0.0]).tolist() == [1.5]
    assert parse(f"{name}(x, x)").gradient([0.0]).tolist() == [1.0]
    # x - y twice in max and min: |x - y|, whose slope is 0 there as that of abs is
    assert parse("max(x, y) - min(x, y)").gradient([2.0, 2.0]).tolist() == [0.0, 0.0]


def test_equality_hash_and_pickle() -> None:
    formula = parse("x^2*y + k", constants={"k": 2.0})
    assert formula == parse("x^2*y + k", constants={"k": 2.0})
    assert formula != parse("x^2*y + k", constants={"k": 3.0})
    assert formula != parse("x^2*y + k", ["y", "x"], {"k": 2.0})
    slope = formula.derivative("x").derivative("y")
    copy = pickle.loads(pickle.dumps(slope))
    assert copy == slope
    assert hash(copy) == hash(slope)
    assert copy != formula
    assert copy.value([3.0, 1.0]) == 6.0
    assert (formula == "x^2*y + k") is False


def test_a_derivative_by_a_stranger_is_refused() -> None:
    with pytest.raises(GdError, match=r"the parameters are weight\. Did you mean weight\?"):
        parse("weight^2").derivative("wieght")


# Random formulae ----------------------------------------------------------------------------------------

_LEAVES = st.sampled_from(["x", "y", "2", "0.5", "3", "pi"])


def _grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    unary = [name for name, function in FUNCTIONS.items() if function.arity == 1]
    return st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner),
        st.builds("-{}".format, inner),
        st.builds("({})^{}".format, inner, st.sampled_from(["2", "3", "-1", "0.5", "(1/3)", "x"])),
        st.builds("{}({})".format, st.sampled_from(unary), inner),
        st.builds("{}({}, {})".format, st.sampled_from(["min", "max"]), inner, inner),
    )


FORMULAE = st.recursive(_LEAVES, _grow, max_leaves=12).map(lambda text: f"{text} + 0*x + 0*y")
POINTS = st.lists(st.floats(-3, 3), min_size=2, max_size=2)


def _parse(text: str) -> Formula:
    return parse(text, parameters=("x", "y"))


@given(FORMULAE, POINTS)
def test_one_and_many_agree_on_random_formulae(text: str, x: list[float]) -> None:
    formula = _parse(text)
    value, slope = formula.value_and_gradient(x)
    values, slopes = formula.value_and_gradient([x, x, x])
    np.testing.assert_array_equal(values, [value] * 3)
    np.testing.assert_array_equal(slopes, [slope] * 3)


@given(FORMULAE, POINTS)
def test_printed_text_reads_back_as_the_same_function(text: str, x: list[float]) -> None:
    from gdcore.formula.printing.text import PlainPrinter

    formula = _parse(text)
    again = _parse(PlainPrinter().show(formula._tree).text)
    np.testing.assert_array_equal(again.value(x), formula.value(x))


@given(FORMULAE, POINTS)
def test_the_tidied_tree_is_the_same_function(text: str, x: list[float]) -> None:
    from gdcore.formula.derivative import tidied

    formula = _parse(text)
    neat = Evaluator(lowered([tidied(formula._algebra, formula._tree)], ("x", "y")))
    expected, found = float(formula.value(x)), neat(np.array(x))[0]
    # Where the formula itself is undefined, cancelling may give a value; nothing else may differ.
    if math.isfinite(expected) and math.isfinite(found) and abs(expected) < 1e6:
        assert found == pytest.approx(expected, rel=1e-6, abs=1e-6)

"""What the program prints of a formula can be typed back, and means the same; what may mean two things is asked about."""

from __future__ import annotations

import math
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdcore.base.errors import FormulaError, GdError, UnclearNameError
from gdcore.formula import FUNCTIONS, Formula, parse
from gdcore.notation import GREEK
from gdcore.problems import LANDSCAPES

# Names of every kind: letters, also such as stand for functions, Greek ones, words, and indices of each.
NAMES = (
    "x",
    "y",
    "f",
    "w",
    "w1",
    "w2",
    "theta_0",
    "theta_1",
    "alpha",
    "w_max",
    "x_i",
    "weight",
    "x_beta",
    "a_b_c",
)
_LEAVES = st.sampled_from([*NAMES, "2", "0.5", "10", "1e-7", "2.5e20", "pi"])
_UNARY = [name for name, function in FUNCTIONS.items() if function.arity == 1]


def _grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("({}){}({})".format, inner, st.sampled_from("+-*/*"), inner),
        st.builds("{}*{}".format, _LEAVES, inner),
        st.builds("(-({}))".format, inner),
        st.builds(
            "({})^({})".format, inner, st.sampled_from(["2", "3", "-1", "0.5", "1/3", "x", "w1", "y^2"])
        ),
        st.builds("{}({})".format, st.sampled_from(_UNARY), inner),
        st.builds("root({}, {})".format, inner, st.integers(2, 9)),
        st.builds("{}({}, {})".format, st.sampled_from(["min", "max"]), inner, inner),
    )


FORMULAE = st.recursive(_LEAVES, _grow, max_leaves=14)
POINTS = np.random.default_rng(5).normal(0, 1.5, (40, len(NAMES)))


def same_values(text: str, formula: Formula) -> None:
    """``text`` is read as this function, to the last digit."""
    again = parse(text, formula.parameters)
    np.testing.assert_array_equal(again.value(POINTS), formula.value(POINTS))


@given(FORMULAE)
def test_what_is_printed_of_a_formula_is_read_back(text: str) -> None:
    formula = parse(text, NAMES)
    same_values(str(formula), formula)
    assert str(parse(str(formula), NAMES)) == str(formula)


@given(FORMULAE, st.sampled_from(NAMES[:4]))
def test_so_is_what_is_printed_of_its_slopes(text: str, name: str) -> None:
    again: Formula | None = None
    told = ""
    try:
        slope = parse(text, NAMES).derivative(name)
        again = parse(str(slope), NAMES)
    except GdError as error:
        told = error.message
    if again is None:
        assert any(limit in told for limit in ("500", "50 levels", "2000", "too long")), told
        return
    same_values(str(slope), slope)
    same_values(slope.text, slope)
    assert str(again) == str(slope)


@given(FORMULAE)
def test_nobody_needs_to_name_the_parameters_for_that(text: str) -> None:
    try:
        formula = parse(text)
    except GdError:  # it has none
        return
    printed = str(formula)
    again = parse(printed)
    assert again.parameters == formula.parameters
    points = POINTS[:, : len(formula.parameters)]
    np.testing.assert_array_equal(again.value(points), formula.value(points))


@pytest.mark.parametrize("name", LANDSCAPES)
def test_landscapes_and_their_slopes(name: str) -> None:
    formula = LANDSCAPES[name].problem().formula
    points = np.random.default_rng(1).normal(0, 2, (50, len(formula.parameters)))
    for shown in (formula, *map(formula.derivative, formula.parameters)):
        again = parse(str(shown), formula.parameters)
        np.testing.assert_array_equal(again.value(points), shown.value(points))


# text, the same in the letters of a keyboard
READ = [
    ("2(x − 3)", "2*(x-3)"),
    ("(w − 3)² + 2", "(w-3)^2 + 2"),
    ("−2(1 − x) − 400x(y − x²)", "-2*(1-x) - 400*x*(y-x^2)"),
    ("2x e^(−x²)", "2*x*e^(-x^2)"),
    ("x⁻² + x¹⁰", "x^-2 + x^10"),
    ("1/(2√x)", "1/(2*sqrt(x))"),
    ("√(x + 1)·∛y", "sqrt(x+1)*cbrt(y)"),
    ("∛(−8) + x", "-2 + x"),
    ("|x − 1| + 2|y|", "abs(x-1) + 2*abs(y)"),
    ("||x| − 1|", "abs(abs(x)-1)"),
    ("2 × 10⁻¹⁵ · x", "2e-15*x"),
    ("x/4.5 × 10²", "x/4.5*100"),
    ("θ₀ + θ₁x", "theta_0 + theta_1*x"),
    ("w₁² + w₁₂", "w1^2 + w12"),
    ("w₁² + w_1", "w_1^2 + w_1"),
    ("2πr² + Ω", "2*pi*r^2 + Omega"),
    ("ln(x) + arctan(y)", "log(x) + atan(y)"),
    ("8(2/3) x", "8*(2/3)*x"),
    ("(0 if x < 0, 1/2 if x = 0, else 1)", "max(0, sign(x))/2 + sign(1 + sign(x))/2"),
    ("(-x if x < 0 else x)", "abs(x)"),
    ("(x if x ≥ y, 2y if x < -1, else y)", "x + (y - x)*(1 - sign(1 + sign(x-y))) + y*(1-sign(1 + sign(x-y)))*(1-sign(1 + sign(x+1)))"),
    ("2x + 3(x)(x)x", "2*x + 3*x*x*x"),
    ("x y sin(x) cos(y)", "x*y*sin(x)*cos(y)"),
    ("3\u00a0x", "3*x"),
    ("e^(x)y", "e^x*y"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "typed"), READ, ids=[row[0] for row in READ])
def test_signs_of_print_and_products_without_a_sign(text: str, typed: str) -> None:
    formula, same = parse(text), parse(typed)
    assert formula.parameters == same.parameters
    d = len(same.parameters)
    points = np.abs(POINTS[:, :d]) if "√" in text or "ln" in text else POINTS[:, :d]
    np.testing.assert_allclose(formula.value(points), same.value(points), rtol=1e-13)


@pytest.mark.parametrize("name", sorted({*GREEK} - {"Pi"} | {"Π"}))  # Pi may be the number
def test_every_greek_letter_is_its_name(name: str) -> None:
    formula = parse(f"{name}^2 + x")
    assert parse(str(formula)).parameters == formula.parameters


# text, and both ways to read it
TWO_READINGS = [
    ("1/2x", "1/(2*x)", "1/2*x"),
    ("y - 1/2(x-3)^2", "1/(2*(x-3)^2)", "1/2*(x-3)^2"),
    ("x/2y", "x/(2*y)", "x/2*y"),
    ("e^2x", "e^(2*x)", "e^2*x"),
    ("x^2y", "x^(2*y)", "x^2*y"),
    ("2^-x y", "2^(-x*y)", "2^-x*y"),
    ("√2x", "√(2*x)", "√2*x"),
    ("1 + √x y", "√(x*y)", "√x*y"),
]


@pytest.mark.parametrize(("text", "one", "other"), TWO_READINGS, ids=[row[0] for row in TWO_READINGS])
def test_what_can_be_read_in_two_ways_is_asked_about(text: str, one: str, other: str) -> None:
    with pytest.raises(FormulaError, match="two ways") as caught:
        parse(text)
    assert caught.value.mend == f"write {one} or {other}"
    x = [0.7, 1.3][: len(parse(one, ["x", "y"]).parameters)]
    assert not math.isclose(float(parse(one, ["x", "y"]).value(x)), float(parse(other, ["x", "y"]).value(x)))


@pytest.mark.parametrize(
    "text", ["√x^2", "√x²", "∛(x)^3", "|x|y|z|", "x²^3", "2 3", "x 2", "(x)2", "x if y", "|x", "x|"]
)
def test_so_is_what_lacks_a_sign_otherwise(text: str) -> None:
    with pytest.raises(FormulaError):
        parse(text)


# text, the name asked about, what it may be, the whole with that, and the names that settle it
UNCLEAR = [
    ("x^2 + xy + y^2", "xy", "x*y", "x^2 + x*y + y^2", ("x", "xy", "y")),
    ("xyz + x + y + z", "xyz", "x*y*z", "x*y*z + x + y + z", ("x", "xyz", "y", "z")),
    ("1/ab + a + b", "ab", "a*b", "1/(a*b) + a + b", ("a", "ab", "b")),
    ("(wb - 3)^2 + w + b", "wb", "w*b", "(w*b - 3)^2 + w + b", ("w", "b", "wb")),
    ("x^2 + 2xy + y^2", "xy", "2*x*y", "x^2 + 2*x*y + y^2", ("x", "xy", "y")),
    ("xy^2 + x + yx + y", "xy", "x*y", "x*y^2 + x + y*x + y", ("x", "xy", "y", "yx")),
    ("2xy", "xy", "2*x*y", "2*x*y", ("xy",)),
    ("x + xe^x", "xe", "x*e", "x + x*e^x", ("x", "xe")),
    ("x + sin(pix)", "pix", "pi*x", "x + sin(pi*x)", ("pix", "x")),
    ("sinx + 1", "sinx", "sin(x)", "sin(x) + 1", ("sinx",)),
    ("2lnw + w", "lnw", "ln(w)", "2*ln(w) + w", ("lnw", "w")),
    ("PI*x", "PI", "pi", "pi*x", ("PI", "x")),
    ("2x3 + x", "x3", "x^3", "2*x^3 + x", ("x", "x3")),
    ("E^(-x^2)", "E", "e", "e^(-x^2)", ("E", "x")),
    ("E*x", "E", "e", "e*x", ("E", "x")),
    ("Pi*x^2", "Pi", "pi", "pi*x^2", ("Pi", "x")),
    ("ex", "ex", "e^x", "e^x", ("ex",)),
    ("1 - e2x", "e2x", "e^(2*x)", "1 - e^(2*x)", ("e2x",)),
    ("ex^2 + x", "ex", "e*x", "e*x^2 + x", ("ex", "x")),
    ("w1*w2 + w1w2", "w1w2", "w1*w2", "w1*w2 + w1*w2", ("w1", "w2", "w1w2")),
    ("1/w_1w_2 + w_1 + w_2", "w_1w_2", "w_1*w_2", "1/(w_1*w_2) + w_1 + w_2", ("w_1", "w_2", "w_1w_2")),
    ("ax1 + a + x1", "ax1", "a*x1", "a*x1 + a + x1", ("a", "ax1", "x1")),
    ("2w1w2", "w1w2", "2*w1*w2", "2*w1*w2", ("w1w2",)),
    ("xsinx + 1", "xsinx", "x*sin(x)", "x*sin(x) + 1", ("xsinx",)),
    ("sin2x + x", "sin2x", "sin(2*x)", "sin(2*x) + x", ("sin2x", "x")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name", "piece", "mended", "names"), UNCLEAR, ids=[row[0] for row in UNCLEAR]
)
def test_a_name_that_may_be_something_else_is_asked_about(
    text: str, name: str, piece: str, mended: str, names: tuple[str, ...]
) -> None:
    with pytest.raises(UnclearNameError) as caught:
        parse(text)
    error = caught.value
    assert (error.name, error.piece, error.mended) == (name, piece, mended)
    assert set(error.parameters) == set(names)
    assert text[error.column - 1 :].startswith(name)
    assert f"write {piece} for the" in error.mend
    parse(error.mended)
    assert parse(text, error.parameters).parameters == error.parameters  # what is proposed settles it
    again = pickle.loads(pickle.dumps(error.told_to("give --parameters x,xy,y")))
    assert again.mend == f"write {piece} for {error.meant}, or give --parameters x,xy,y if {name} is one name"
    assert (again.name, again.parameters, again.mended) == (name, error.parameters, mended)


@pytest.mark.parametrize(
    "text",
    [
        "x^2 + xy",
        "xy + yz + zx",
        "theta*t*h*e*a",
        "mu + m + u",
        "w1*w3 + w1w2",
        "w12 + w1 + w",
        "Π*x",
        "E_1*x",
        "x_y + x + y",
        "cost*x + c",
        "lr*x",
    ]
    + [
        "since + x",
        "xy",
        "2theta + 2w1 + 2w_max",
        "pi + p + i",
        "2 weight",
        "2x1 + 3x2",
        "x + x2",
        "sin2 + x",
    ],
)
def test_other_names_are_clearly_names(text: str) -> None:
    parse(text)


def test_given_parameters_say_that_a_product_lacks_its_sign() -> None:
    with pytest.raises(
        FormulaError, match=r"Write x\*y for the product, or add xy to the parameters"
    ) as caught:
        parse("2xy + x", ["x", "y"])
    assert caught.value.mended == "2*x*y + x"

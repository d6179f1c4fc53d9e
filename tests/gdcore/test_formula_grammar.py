"""What a formula may be, and what each mistake is told."""

import math
import re
from pathlib import Path

import numpy as np
import pytest

import gdcore.formula
from gdcore.base.errors import FormulaError, GdError
from gdcore.formula import FUNCTIONS, parse


def at(text: str, *x: float) -> float:
    return float(parse(text).value(list(x)))


@pytest.mark.parametrize(
    ("text", "x", "expected"),
    [
        ("-x^2", 3, -9),
        ("2^x^2", 3, 512),
        ("2**x**2", 3, 512),
        ("x^-2", 2, 0.25),
        ("x^-1^2", 2, 0.5),
        ("-x^-2", 2, -0.25),
        ("2*-x", 3, -6),
        ("2/-x", 4, -0.5),
        ("x--1", 3, 4),
        ("x - -1", 3, 4),
        ("+x", 3, 3),
        ("--x", 3, 3),
        ("8/x/2", 2, 2),
        ("8/x*2", 2, 8),
        ("8/(x*2)", 2, 2),
        ("1-x-1", 5, -5),
        ("1-(x-1)", 5, -3),
        ("2*x^2", 3, 18),
        ("(2*x)^2", 3, 36),
        (".5*x", 4, 2),
        ("5.*x", 4, 20),
        ("1e-3*x", 4, 0.004),
        ("2.5E+1*x", 2, 50),
        ("  x\t+\r\n 1 ", 1, 2),
        ("pi*x", 1, math.pi),
        ("e^x", 2, math.e**2),
        ("min(x, 3)", 5, 3),
        ("max(x, 3)", 5, 5),
        ("abs(x)", -5, 5),
        ("sign(x)", -5, -1),
        ("log(exp(x))", 2, 2),
        ("((((x))))", 7, 7),
        ("x^0", 0, 1),
        ("x^64", 1.5, 1.5**64),
        ("x^65", 1.5, 1.5**65),
        ("cbrt(x)", -8, -2),
        ("root(x, 3)", -0.125, -0.5),
        ("root(x, 5)", -32, -2),
        ("2x", 3, 6),
        ("3 + 2x", 3, 9),
        ("2e*x", 3, 6 * math.e),
        ("2(x-3)", 5, 4),
        ("(x)(x)x", 3, 27),
        ("x(x-1)", 3, 6),
        ("pi(x)", 2, 2 * math.pi),
        ("x(x-1)^2", 3, 12),
        ("-x(x-1)", 3, -6),
        ("x/2 + 1/(2x)", 2, 1.25),
        ("1/2*x", 4, 2),
        ("x² − 3·x", 5, 10),
        ("ln(x)", 2, math.log(2)),
        ("arctan(x)", 2, math.atan(2)),
    ],
)
def test_value(text: str, x: float, expected: float) -> None:
    assert at(text, x) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("name", [name for name, function in FUNCTIONS.items() if function.arity == 1])
def test_every_function_is_its_ufunc(name: str) -> None:
    assert at(f"{name}(x)", 0.5) == FUNCTIONS[name].ufunc(0.5)


def test_parameters_come_in_the_order_of_a_dictionary() -> None:
    assert parse("b*x + a - sin(c)*b").parameters == ("a", "b", "c", "x")


def test_given_parameters_fix_the_order() -> None:
    formula = parse("x - y", parameters=["y", "x"])
    assert formula.parameters == ("y", "x")
    assert formula.value([1.0, 5.0]) == 4.0


def test_a_given_parameter_need_not_occur() -> None:
    formula = parse("x^2", parameters=("x", "y"))
    assert formula.gradient([3.0, 1.0]).tolist() == [6.0, 0.0]


def test_constants_have_a_fixed_value() -> None:
    formula = parse("k*x^2", constants={"k": 0.5})
    assert formula.parameters == ("x",)
    assert formula.value([4.0]) == 8.0
    assert formula.gradient([4.0]).tolist() == [4.0]


# text, column, part of the message
MISTAKES = [
    ("", 1, "empty"),
    ("   ", 1, "empty"),
    ("x 2", 3, "write x*2"),
    ("2 3x", 3, "write 2*3"),
    ("2xy", 2, "write 2*x*y"),
    ("2weight", 2, "write 2*weight"),
    ("f(x)", 1, "write f*(…)"),
    ("weight(x)", 1, "write weight*(…)"),
    ("sin x", 1, "needs brackets. Write sin(x)"),
    ("sin", 1, "needs brackets. Write sin(x)"),
    ("max + x", 1, "needs brackets. Write max(x, y)"),
    ("sinn(x)", 1, "did you mean sin?"),
    ("foo(x)", 1, "there are sin, cos"),
    ("__import__(x)", 1, "is not a function"),
    ("sin(x, y)", 1, "takes 1 argument, found 2"),
    ("sin()", 1, "takes 1 argument, found 0"),
    ("max(x)", 1, "takes 2 arguments, found 1"),
    ("max(x, y, z)", 1, "write max(x, max(y, z))"),
    ("(x", 1, "never closed"),
    ("sin(x", 4, "never closed"),
    ("x)", 2, "closes no bracket"),
    (")x", 1, "closes no bracket"),
    ("()", 2, "empty"),
    ("x + ", 5, "ends where"),
    ("x +", 4, "ends where"),
    ("x + * 2", 5, "'*' stands where"),
    ("* x", 1, "'*' stands where"),
    ("x ^", 4, "ends where"),
    ("0,5*x", 2, "write 0.5"),
    ("x = 3", 3, "'=' is not part"),
    ("x ≤ 1", 3, "'≤' is not part"),
    ("|x", 1, "this bar is never closed"),
    ("(x if x < 0)", 12, "cases end with the value"),
    ("(x if x, else 2)", 8, "a condition compares two sides"),
    ("(x if 0 < x < 1, else 2)", 13, "a condition has two sides"),
    ("x if x < 0", 3, "cases stand in brackets"),
    ("root(x, 1)", 1, "a whole number from 2 on"),
    ("root(x, y)", 1, "a whole number from 2 on"),
    ("root(x, 1001)", 1, "at most 1000"),
    ("x + 2 × 10⁹⁹⁹", 5, "larger than any"),
    ("[x]", 1, "write ("),
    ("x; y", 2, "not part of a formula"),
    ("x.y", 2, "not part of a formula"),
    ("x\x00", 2, "U+0000"),
    ("'x'", 1, "not part of a formula"),
    ("x + 1e999", 5, "larger than any"),
    ("x + 1e-999", 5, "smaller than any"),
    ("x/0", 3, "division by zero"),
    ("1/0.0*x", 3, "division by zero"),
    ("1.2.3*x", 4, "an operator is missing"),
]


@pytest.mark.parametrize(("text", "column", "part"), MISTAKES, ids=[m[0] or "nothing" for m in MISTAKES])
def test_mistake(text: str, column: int, part: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    error = caught.value
    assert error.column == column
    assert part.casefold() in error.message.casefold()
    assert error.text == text
    *_, shown, caret = str(error).split("\n")
    assert caret.index("^") == 1 + column  # two spaces before the formula
    assert shown[2:].rstrip() == "".join(c if c.isprintable() else " " for c in text).rstrip()


def test_an_unknown_parameter_is_named_with_its_neighbours() -> None:
    with pytest.raises(FormulaError, match=r"parameters are weight, b\. Did you mean weight") as caught:
        parse("weihgt + b", parameters=["weight", "b"])
    assert caught.value.column == 1


@pytest.mark.parametrize(
    ("parameters", "part"),
    [
        ([], "one or more names"),
        ("xy", "one or more names"),
        (["x", "x"], "given 2 times"),
        (["2x"], "cannot name a parameter"),
        (["x y"], "cannot name a parameter"),
        (["x" * 65], "cannot name a parameter"),
        (["sin"], "a function of formulae"),
        (["pi"], "a constant of formulae"),
    ],
)
def test_parameters_that_cannot_be(parameters: list[str], part: str) -> None:
    with pytest.raises(GdError, match=part):
        parse("x", parameters=parameters)


@pytest.mark.parametrize(
    ("constants", "part"),
    [({"sin": 1.0}, "a function"), ({"k": math.nan}, "finite"), ({"x": 1.0}, "both as")],
)
def test_constants_that_cannot_be(constants: dict[str, float], part: str) -> None:
    with pytest.raises(GdError, match=part):
        parse("x", parameters=["x"], constants=constants)


def test_a_formula_without_parameters_is_refused() -> None:
    with pytest.raises(GdError, match="no parameter"):
        parse("2 + 3*pi")


def test_a_long_formula_shows_the_part_around_the_mistake() -> None:
    text = "x + " * 60 + "2 ;y" + " + x" * 60
    with pytest.raises(FormulaError) as caught:
        parse(text)
    _, shown, caret = str(caught.value).split("\n")
    assert len(shown) < 80
    assert shown[caret.index("^")] == ";"


# Limits -------------------------------------------------------------------------------------------------


def test_at_most_2000_characters() -> None:
    assert at("x" + " " * 1999, 1) == 1
    with pytest.raises(FormulaError, match="2001 characters; at most 2000"):
        parse("x" + " " * 2000)


def test_at_most_500_nodes() -> None:
    assert at("+".join("x" * 250), 1) == 250
    with pytest.raises(FormulaError, match="more than 500"):
        parse("+".join("x" * 251))


@pytest.mark.parametrize(
    "text", ["(" * 51 + "x" + ")" * 51, "-" * 51 + "x", "sin(" * 51 + "x" + ")" * 51, "^".join("x" * 52)]
)
def test_nested_at_most_50_deep(text: str) -> None:
    with pytest.raises(FormulaError, match="deeper than 50"):
        parse(text)


def test_a_chain_of_quotients_counts_as_depth() -> None:
    with pytest.raises(FormulaError, match="deeper than 50"):
        parse("/".join("x" * 60))


@pytest.mark.parametrize("text", ["(" * 50 + "x" + ")" * 50, "-" * 50 + "x", "+".join("x" * 200)])
def test_what_is_just_allowed(text: str) -> None:
    parse(text).hessian([1.0])


@pytest.mark.parametrize("text", ["9^9^9", "9**9**9", "9^9^9^9^9^9", "-(9^9^9)"])
def test_a_tower_of_powers_is_infinite_at_once(text: str) -> None:
    # A tower that were worked out exactly would have 3.7e8 digits: this test would not end.
    formula = parse(f"{text} + 0*x")
    assert math.isinf(formula.value([1.0]))
    formula.gradient([1.0])
    formula.hessian([1.0])


def test_derivatives_that_would_be_endless_are_refused() -> None:
    # 166 parameters: the Hessian has 13,861 products of 164 factors.
    formula = parse("*".join(f"p{i}" for i in range(166)))
    formula.gradient(np.ones(166))
    with pytest.raises(GdError, match="too long to be worked out"):
        formula.hessian(np.ones(166))


def test_no_evaluator_of_python_is_anywhere_near() -> None:
    folder = Path(gdcore.formula.__file__).parent
    for file in folder.glob("*.py"):
        source = file.read_text(encoding="utf-8")
        for word in ("eval(", "exec(", "compile(", "import ast", "__import__", "importlib"):
            assert word not in source.replace("re.compile(", "").replace("def compile(", "").replace(
                "compiler.compile(", ""
            ), (file.name, word)


@pytest.mark.parametrize(
    ("text", "column", "product"),
    [
        ("x^2 + xy + y^2", 7, "x*y"),
        ("a*b*c + cab", 9, "c*a*b"),
        ("x1*x2 + x1x2", 9, "x1*x2"),
        ("x + 2*xx", 7, "x*x"),
    ],
)
def test_a_product_without_its_sign_is_asked_about(text: str, column: int, product: str) -> None:
    with pytest.raises(FormulaError, match=re.escape(f"Write {product} for the product")) as caught:
        parse(text)
    assert caught.value.column == column


@pytest.mark.parametrize("text", ["x^2 + xy", "lr*x + w_x*w", "xy + yz", "x1*x3 + x1x2"])
def test_other_names_of_several_letters_are_names(text: str) -> None:
    assert len(parse(text).parameters) > 1


def test_named_parameters_settle_what_is_one_name() -> None:
    assert parse("x^2 + xy + y^2", ["x", "xy", "y"]).parameters == ("x", "xy", "y")

"""Real roots: cbrt(x) and root(x, n) have values below 0 where n is odd, and exact slopes wherever there are any."""

from __future__ import annotations

import math
import re
from decimal import Decimal, localcontext

import numpy as np
import pytest

from gdcore import GradientDescent, descend, problem_from_formula
from gdcore.base.errors import GdError
from gdcore.formula import parse
from gdcore.formula.tape.blocks import BlockPlan, rows
from gdcore.formula.tape.bounds import Bounds
from gdcore.formula.tape.evaluator import Evaluator
from gdcore.formula.tape.operations import unfolded
from gdcore.notation import Root, Symbol, plain, tex, typst

DEGREES = [2, 3, 4, 5, 6, 7, 9, 10, 12, 15, 25, 1000]


def exact_root(x: float, n: int) -> float:
    """In 40 digits: exp(log|x|/n), with the sign of x."""
    with localcontext(prec=40):
        size = (Decimal(abs(x)).ln() / n).exp() if x else Decimal(0)
    return math.copysign(float(size), x)


def text_of(n: int) -> str:
    return "cbrt(x)" if n == 3 else f"root(x, {n})"


@pytest.mark.parametrize("n", DEGREES)
def test_values(n: int) -> None:
    formula = parse(text_of(n))
    for size in (5e-324, 1e-300, 1e-7, 0.3, 1.0, 2.0, 32.0, 1e7, 1.7e308):
        # The exponent 1/n is rounded, which the power of a very great or small number shows.
        assert float(formula.value([size])) == pytest.approx(
            exact_root(size, n), rel=2e-14 if size > 1e30 or size < 1e-30 else 5e-16
        )
        below = float(formula.value([-size]))
        assert math.isnan(below) if n % 2 == 0 else below == -float(formula.value([size]))
    assert formula.value([0.0]) == 0.0
    assert formula.value([math.inf]) == math.inf


@pytest.mark.parametrize("n", DEGREES)
@pytest.mark.parametrize("x", [-2.7, -0.04, 0.3, 5.0])
def test_slopes_and_curvatures(n: int, x: float) -> None:
    """x^(1/n)/(n x), and (1/n)(1/n - 1) x^(1/n)/x^2: of an odd n below 0 as well."""
    formula = parse(text_of(n))
    root = exact_root(x, n) if x > 0 or n % 2 else math.nan
    assert formula.gradient([x]).tolist() == pytest.approx([root / (n * x)], rel=1e-13, nan_ok=True)
    expected = (1 / n) * (1 / n - 1) * root / x**2
    assert formula.hessian([x])[0, 0] == pytest.approx(expected, rel=1e-13, nan_ok=True)


@pytest.mark.parametrize(
    "text", ["cbrt(x*y - 1)^2 + root(y, 5)", "root(x, 4)*root(x*y, 6)", "root(x - y, 7) + cbrt(x)*y"]
)
def test_every_engine_has_the_same_bits(text: str) -> None:
    formula = parse(text)
    points = np.random.default_rng(8).normal(0, 3, (9000, 2))
    points[:20] = np.round(points[:20])
    evaluate = Evaluator(formula.tape)
    over = np.array(evaluate(points))
    few = np.array([evaluate(point) for point in points[:300]]).T
    np.testing.assert_array_equal(few, over[:, :300])
    plan = BlockPlan(unfolded(formula.tape), [None] * len(over))
    block = plan.bound(list(np.ascontiguousarray(points.T)), rows(plan.buffers, len(points)))
    with np.errstate(all="ignore"):
        block.run()
    for found, output in zip(block.outputs, over, strict=True):
        np.testing.assert_array_equal(np.broadcast_to(found, output.shape), output)
    h = 1e-6
    x = np.array([1.7, 0.4])
    slopes = [(formula.value(x + s) - formula.value(x - s)) / (2 * h) for s in h * np.eye(2)]
    np.testing.assert_allclose(formula.gradient(x), slopes, rtol=1e-7, atol=1e-9)


def test_bounds_know_cube_roots() -> None:
    assert Bounds(parse("cbrt(x)^2 + x^2").tape, 0.1).hold(5.0) is False  # the slope has no bound near 0
    tape = parse("cbrt(x)").tape
    assert Bounds(tape.only(tape.outputs[:1] * 2), 0.1).hold(1e290)


def test_at_zero_there_is_no_slope() -> None:
    for text, part in (("cbrt(x)", "1/(3*cbrt(x)^2)"), ("root(x, 5)", "1/(5*root(x, 5)^4)")):
        formula = parse(text)
        assert not math.isfinite(formula.gradient([0.0])[0])
        assert formula.undefined_part([0.0]) == part
        assert formula.undefined_part([-1.0]) is None
    assert parse("root(x, 4)").undefined_part([-1.0]) == "root(x, 4)"
    assert parse("cbrt(x^2)").gradient([-8.0]).tolist() == pytest.approx([-1 / 3])


def test_a_run_passes_through_what_a_power_does_not() -> None:
    """cbrt(x)^6 is x^2, from both sides; (x^(1/3))^6 has no value at -1."""
    run = descend(problem_from_formula("cbrt(x)^6"), GradientDescent(), -1.0, 30, rate=0.1)
    assert run.final[0] == pytest.approx(-(0.8**30))
    refused = problem_from_formula("(x^(1/3))^6")
    assert refused.formula.undefined_part([-1.0]) == "x^(1/3)"


@pytest.mark.parametrize(
    ("text", "in_plain", "in_typst", "in_tex", "slope"),
    [
        ("cbrt(x)", "∛x", "root(3, x)", r"\sqrt[3]{x}", "1/(3(∛x)²)"),
        ("root(x, 3)", "∛x", "root(3, x)", r"\sqrt[3]{x}", "1/(3(∛x)²)"),
        ("root(x, 2)", "√x", "sqrt(x)", r"\sqrt{x}", "1/(2√x)"),
        ("root(x + 1, 4)", "root(x + 1, 4)", "root(4, x + 1)", r"\sqrt[4]{x + 1}", "1/(4 root(x + 1, 4)³)"),
        ("2*cbrt(x)*y", "2∛x · y", "2 root(3, x) y", r"2 \sqrt[3]{x} y", "2y/(3(∛x)²)"),
        ("cbrt(x^2)", "∛(x²)", "root(3, x^2)", r"\sqrt[3]{x^{2}}", "2x/(3(∛(x²))²)"),
    ],
)
def test_they_are_printed_with_radicals(
    text: str, in_plain: str, in_typst: str, in_tex: str, slope: str
) -> None:
    formula = parse(text)
    assert (str(formula), formula.typst(), formula.mathtext()) == (in_plain, in_typst, in_tex)
    assert re.sub(r"[()]", "", str(formula.derivative("x"))) == re.sub(r"[()]", "", slope)


def test_where_a_sign_is_lacking_a_root_is_named() -> None:
    formula = parse("2*cbrt(x)*y + sqrt(x)^3")
    assert plain(formula.notation) == "2∛x · y + (√x)³"
    assert plain(formula.notation, ".", "√") == "2 cbrt(x) y + (√x)³"
    named = plain(formula.notation, ".", "")
    assert named == "2 cbrt(x) y + sqrt(x)³"
    assert parse(named).value([4.0, 3.0]) == formula.value([4.0, 3.0])


def test_a_root_has_a_degree_from_two_on() -> None:
    node = Root(Symbol("x"), 5)
    assert (plain(node), typst(node), tex(node)) == ("root(x, 5)", "root(5, x)", r"\sqrt[5]{x}")
    with pytest.raises(ValueError, match="no root of degree 1"):
        Root(Symbol("x"), 1)


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("x^(1/3) + x", ("x^(1/3)", "cbrt(x)")),
        ("(x - 1)^(2/3)", ("(x - 1)^(2/3)", "cbrt(x - 1)^2")),
        ("1 + x^-(1/5)", ("x^(-1/5)", "root(x, 5)^-1")),
        ("x^(2/6)", ("x^(2/6)", "cbrt(x)")),
        ("x^(1/2)", None),
        ("x^0.3", None),
        ("x^(4/2)", None),
        ("x^2", None),
    ],
)
def test_a_power_without_a_value_names_the_root_that_has_one(text: str, root: tuple[str, str] | None) -> None:
    formula = parse(text)
    found = formula.real_root_instead([-2.0])
    assert formula.real_root_instead([2.0]) is None
    assert found == root
    if found is not None:
        power, instead = (parse(part) for part in found)
        assert math.isnan(power.value([-2.0]))
        assert power.value([3.0]) == pytest.approx(instead.value([3.0]))
        assert math.isfinite(instead.value([-2.0]))


def test_a_run_is_told_of_the_real_root() -> None:
    with pytest.raises(GdError, match=re.escape("Write cbrt(x) for x^(1/3), or choose another start")):
        descend(problem_from_formula("x^(1/3) + x^2"), GradientDescent(), -1.0, 3, rate=0.1)
    run = descend(problem_from_formula("x^(2/3) + x^2"), GradientDescent(), 1.0, 6, rate=0.5)
    assert run.exit is not None
    assert run.exit.part == "x^(2/3)"
    assert run.reasons[-1].key == "advice.real_root"
    assert "write cbrt(x)^2 for x^(2/3), which has values there" in run.reason

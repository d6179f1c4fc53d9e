"""Every mend is right: the formula that it gives can be read, and has the value that was meant."""

from __future__ import annotations

import math
import pickle
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdcore.base.errors import FormulaError, GdError
from gdcore.formula import parse

Meant = Callable[..., float]


def half(x: float) -> float:
    return 0.5 * x * x


# What is typed, the whole formula that the mend gives, and what was meant, worked out by the standard library.
MENDED: list[tuple[str, str, Meant]] = [
    # logarithms and exponentials of other programs
    ("log10(x)", "log(x)/log(10)", math.log10),
    ("2/log10(x)", "2/(log(x)/log(10))", lambda x: 2 / math.log10(x)),
    ("3 - log10(x)^2", "3 - (log(x)/log(10))^2", lambda x: 3 - math.log10(x) ** 2),
    ("1 + 2log10(x + 1)", "1 + 2(log(x + 1)/log(10))", lambda x: 1 + 2 * math.log10(x + 1)),
    ("lg(x)", "log(x)/log(10)", math.log10),
    ("log_10(x)", "log(x)/log(10)", math.log10),
    ("log₁₀(x)", "log(x)/log(10)", math.log10),
    ("log2(x)", "log(x)/log(2)", math.log2),
    ("ld(x)", "log(x)/log(2)", math.log2),
    ("log5(x)", "log(x)/log(5)", lambda x: math.log(x, 5)),
    ("log(x, 10)", "log(x)/log(10)", math.log10),
    ("log(x+1, b)", "log(x+1)/log(b)", lambda b, x: math.log(x + 1, b)),
    ("log(10, x)", "log(x)/log(10)", math.log10),
    ("ln(x, 2)", "log(x)/log(2)", math.log2),
    ("log1p(x)", "log(1 + x)", math.log1p),
    ("1 - expm1(x)", "1 - (exp(x) - 1)", lambda x: 1 - math.expm1(x)),
    ("exp2(x)", "2^x", lambda x: 2**x),
    ("exp x", "exp(x)", math.exp),
    ("exp^x", "exp(x)", math.exp),
    ("exp^(-x^2)", "exp(-x^2)", lambda x: math.exp(-(x**2))),
    ("exp^-x + 1", "exp(-x) + 1", lambda x: math.exp(-x) + 1),
    # powers and roots
    ("pow(x, 2)", "x^2", lambda x: x**2),
    ("pow(x - 3, 2) + 2", "(x - 3)^2 + 2", lambda x: (x - 3) ** 2 + 2),
    ("pow(x, 2)^3", "(x^2)^3", lambda x: x**6),
    ("pow(x, -y)", "x^(-y)", lambda x, y: x**-y),
    ("pow(pow(x, 2), 3)", "(x^2)^3", lambda x: x**6),
    ("sqr(x)", "x^2", lambda x: x**2),
    ("square(x-y)", "(x-y)^2", lambda x, y: (x - y) ** 2),
    ("sqrt(x, 3)", "root(x, 3)", lambda x: x ** (1 / 3)),
    ("root(3, x)", "root(x, 3)", lambda x: x ** (1 / 3)),
    ("root(x)", "sqrt(x)", math.sqrt),
    ("nthroot(x, 5)", "root(x, 5)", lambda x: x ** (1 / 5)),
    ("hypot(x, y)", "sqrt(x^2 + y^2)", math.hypot),
    ("∜x", "root(x, 4)", lambda x: x**0.25),
    # trigonometry
    ("asin(x/3)", "atan((x/3)/sqrt(1 - (x/3)^2))", lambda x: math.asin(x / 3)),
    ("1 - arccos(x/3)", "1 - (pi/2 - atan((x/3)/sqrt(1 - (x/3)^2)))", lambda x: 1 - math.acos(x / 3)),
    ("asinh(x)", "log(x + sqrt(x^2 + 1))", math.asinh),
    ("acosh(1 + x)", "log((1 + x) + sqrt((1 + x)^2 - 1))", lambda x: math.acosh(1 + x)),
    ("2*atanh(x/3)", "2*log((1 + (x/3))/(1 - (x/3)))/2", lambda x: 2 * math.atanh(x / 3)),
    ("sec(x)", "1/cos(x)", lambda x: 1 / math.cos(x)),
    ("csc(x)", "1/sin(x)", lambda x: 1 / math.sin(x)),
    ("x/cot(x)", "x/(cos(x)/sin(x))", lambda x: x * math.tan(x)),
    ("sech(x)^2", "(1/cosh(x))^2", lambda x: math.cosh(x) ** -2),
    ("tg(x)", "tan(x)", math.tan),
    ("sen(x)", "sin(x)", math.sin),
    ("SIN(x)", "sin(x)", math.sin),
    ("arctg(x)", "atan(x)", math.atan),
    ("sin x", "sin(x)", math.sin),
    ("exp -x + x", "exp(-x) + x", lambda x: math.exp(-x) + x),
    ("2 sin x cos x + x^2", "2 sin(x) cos(x) + x^2", lambda x: math.sin(2 * x) + x**2),
    ("sin x/cos x", "sin(x)/cos(x)", math.tan),
    ("log sin(x) + 2", "log(sin(x)) + 2", lambda x: math.log(math.sin(x)) + 2),
    ("exp -(x-1)", "exp(-(x-1))", lambda x: math.exp(1 - x)),
    ("sin 2x + 1", "sin(2x) + 1", lambda x: math.sin(2 * x) + 1),
    ("cos 2πx", "cos(2πx)", lambda x: math.cos(2 * math.pi * x)),
    ("sin^2(x)", "sin(x)^2", lambda x: math.sin(x) ** 2),
    ("sin²(x) + cos² x", "sin(x)^2 + cos(x)^2", lambda x: 1),
    ("sin^-1(x/3)", "atan((x/3)/sqrt(1 - (x/3)^2))", lambda x: math.asin(x / 3)),
    ("tan⁻¹(x)", "atan(x)", math.atan),
    ("sec^2(x)", "(1/cos(x))^2", lambda x: math.cos(x) ** -2),
    ("sin(30°) + x", "sin(30*pi/180) + x", lambda x: 0.5 + x),
    ("xsin(x)", "x*sin(x)", lambda x: x * math.sin(x)),
    # machine learning
    ("sigmoid(x)", "1/(1 + exp(-x))", lambda x: 1 / (1 + math.exp(-x))),
    ("1 - sigmoid(w*x + b)", "1 - 1/(1 + exp(-(w*x + b)))", lambda w, b, x: 1 - 1 / (1 + math.exp(-w * x - b))),
    ("relu(x - 1)", "max(0, x - 1)", lambda x: max(0, x - 1)),
    ("softplus(x)", "log(1 + exp(x))", lambda x: math.log1p(math.exp(x))),
    ("sgn(x - 1)", "sign(x - 1)", lambda x: math.copysign(1, x - 1)),
    ("fabs(x)", "abs(x)", abs),
    ("where(x < 1, 0, x^2)", "(0 if x < 1, else x^2)", lambda x: 0 if x < 1 else x**2),
    ("if(x < 1, 0, x^2)", "(0 if x < 1, else x^2)", lambda x: 0 if x < 1 else x**2),
    ("max(x, y, 1)", "max(x, max(y, 1))", lambda x, y: max(x, y, 1)),
    # programs
    ("np.sin(x)", "sin(x)", math.sin),
    ("np.sin(x) + np.log10(x)", "sin(x) + log(x)/log(10)", lambda x: math.sin(x) + math.log10(x)),
    ("math.exp(-x**2)", "exp(-x**2)", lambda x: math.exp(-(x**2))),
    ("numpy.power(x, 2)", "x^2", lambda x: x**2),
    ("Math.PI*x", "pi*x", lambda x: math.pi * x),
    ("torch.sigmoid(x)", "1/(1 + exp(-x))", lambda x: 1 / (1 + math.exp(-x))),
    ("x[0]^2 + x[1]", "x0^2 + x1", lambda a, b: a**2 + b),
    ("theta[0] + theta[1]*x", "theta_0 + theta_1*x", lambda a, b, x: a + b * x),
    ("x.^2 + 3.*x", "x^2 + 3.*x", lambda x: x**2 + 3 * x),
    ("lambda x: x**2", "x**2", lambda x: x**2),
    ("x -> x^2", "x^2", lambda x: x**2),
    ('"x^2"', "x^2", lambda x: x**2),
    ("x^2;", "x^2", lambda x: x**2),
    ("x>1 ? x : -x", "(x if x>1, else -x)", lambda x: x if x > 1 else -x),
    ("1 + (x>1 ? x : -x)", "1 + (x if x>1, else -x)", lambda x: 1 + (x if x > 1 else -x)),
    ("sin(x>1 ? x : -x)", "sin((x if x>1, else -x))", lambda x: math.sin(x if x > 1 else -x)),
    ("y = x>2 ? x : x>1 ? 2x : 3", "(x if x>2, else (2x if x>1, else 3))", lambda x: x if x > 2 else 2 * x if x > 1 else 3),
    ("@(x) x.^2", "x^2", lambda x: x**2),
    ("f = @(x, y) (x-3).^2 + y", "(x-3)^2 + y", lambda x, y: (x - 3) ** 2 + y),
    ("(x-3)^2 + 2 # note", "(x-3)^2 + 2", lambda x: (x - 3) ** 2 + 2),
    ("(x-3)^2 + 2 // it's [a] note", "(x-3)^2 + 2", lambda x: (x - 3) ** 2 + 2),
    ("x^2 %% note", "x^2", lambda x: x**2),
    ("(x-3)^2 % note", "(x-3)^2", lambda x: (x - 3) ** 2),
    # TeX
    (r"{x \over 2}", "x/2", lambda x: x / 2),
    (r"2{x+1 \over x}^2", "2*((x+1)/x)^2", lambda x: 2 * ((x + 1) / x) ** 2),
    (r"{1 \over 1 + {x \over 2}}", "1/(1 + x/2)", lambda x: 1 / (1 + x / 2)),
    (r"\lVert x-3 \rVert^2", "|x-3 |^2", lambda x: (x - 3) ** 2),
    (r"\frac{1}{2}x^2", "1/2*x^2", half),
    (r"\frac12 x^2", "1/2*x^2", half),
    (r"\frac{1}{2}\left(x-3\right)^{2}", "1/2*(x-3)^2", lambda x: half(x - 3)),
    (r"x\frac{x}{2}", "x*x/2", half),
    (r"2^{\frac{x}{2}}", "2^(x/2)", lambda x: 2 ** (x / 2)),
    (r"\frac{x^2}{2+x}", "x^2/(2+x)", lambda x: x**2 / (2 + x)),
    (r"\exp\left(-\frac{x^2}{2}\right)", "exp(-x^2/2)", lambda x: math.exp(-half(x))),
    (r"\frac{1}{1+e^{-x}}", "1/(1+e^(-x))", lambda x: 1 / (1 + math.exp(-x))),
    (r"\sin x + \cos^2 x", "sin(x) + cos(x)^2", lambda x: math.sin(x) + math.cos(x) ** 2),
    (r"2\sqrt{x+1}\cdot x", "2*sqrt(x+1)*x", lambda x: 2 * math.sqrt(x + 1) * x),
    (r"\sqrt[3]{x}", "root(x, 3)", lambda x: x ** (1 / 3)),
    (r"\log_{10} x", "log(x)/log(10)", math.log10),
    (r"\theta_{1}^2 + 2\pi\theta_2", "theta_1^2 + 2*pi*theta_2", lambda a, b: a**2 + 2 * math.pi * b),
    (r"x_{1}y", "x_1 y", lambda a, y: a * y),
    (r"\left|x - 3\right|", "|x - 3|", lambda x: abs(x - 3)),
    (r"\mathrm{e}^{2x}", "e^(2x)", lambda x: math.exp(2 * x)),
    ("$x^2$", "x^2", lambda x: x**2),
    (r"$$\sin(x)$$", "sin(x)", math.sin),
    (r"\(x^2\)", "x^2", lambda x: x**2),
    ("x^{2}", "x^2", lambda x: x**2),
    ("{x-3}^2", "(x-3)^2", lambda x: (x - 3) ** 2),
    # other brackets, signs and digits
    ("[x-3]^2", "(x-3)^2", lambda x: (x - 3) ** 2),
    ("x – 3", "x - 3", lambda x: x - 3),
    ("x ÷ 2", "x / 2", lambda x: x / 2),
    ("x:2", "x/2", lambda x: x / 2),
    ("3,5*x", "3.5*x", lambda x: 3.5 * x),
    ("max(0,5*x, 1)", "max(0.5*x, 1)", lambda x: max(x / 2, 1)),
    ("½x²", "0.5x²", half),
    ("⅓x", "(1/3)x", lambda x: x / 3),
    ("5%*x", "0.05*x", lambda x: 0.05 * x),
    ("5% x", "0.05*x", lambda x: 0.05 * x),
    ("x + 5%", "x + 0.05", lambda x: x + 0.05),
    ("xⁿ + n", "x^n + n", lambda n, x: x**n + n),
    ("𝑥² + 𝑦²", "x² + y²", lambda x, y: x * x + y * y),
    ("х^2", "x^2", lambda x: x**2),  # Cyrillic
    ("x'^2", "x_prime^2", lambda x: x**2),
    ("|x|y", "|x|*y", lambda x, y: abs(x) * y),
    # sides of equations
    ("f(x) = x^2", "x^2", lambda x: x**2),
    ("f(x, y) := x*y", "x*y", lambda x, y: x * y),
    ("y = x^2", "x^2", lambda x: x**2),
    ("J′(w) = 2(w − 3)", "2(w − 3)", lambda w: 2 * (w - 3)),
    ("∂J/∂x = 2x", "2x", lambda x: 2 * x),
    ("ŷ = w x + b", "w x + b", lambda w, b, x: w * x + b),
    ("J(w) = (w-3)^2", "(w-3)^2", lambda w: (w - 3) ** 2),
    ("loss: x^2", "x^2", lambda x: x**2),
    ("x^2 = 2", "(x^2 - 2)^2", lambda x: (x**2 - 2) ** 2),
    ("x = 3", "(x - 3)^2", lambda x: (x - 3) ** 2),
    ("sin(x) = x - 1", "(sin(x) - (x - 1))^2", lambda x: (math.sin(x) - x + 1) ** 2),
    # other words, programs and grids of digits
    ("Sin[x] + Exp[-x^2]", "sin(x) + exp(-x^2)", lambda x: math.sin(x) + math.exp(-(x**2))),
    ("=POWER(x;2)", "x^2", lambda x: x**2),
    ("PI()*x + pi()", "pi*x + pi", lambda x: math.pi * (x + 1)),
    ("ln |x|", "log(|x|)", math.log),
    ("x times y", "x * y", lambda x, y: x * y),
    ("x squared minus 1", "x ^2 - 1", lambda x: x**2 - 1),
    ("min x^2 + 1", "x^2 + 1", lambda x: x**2 + 1),
    ("minimize (x-3)^2", "(x-3)^2", lambda x: (x - 3) ** 2),
    ("max x - x^2", "-(x - x^2)", lambda x: x**2 - x),
    ("1_000*x", "1000*x", lambda x: 1000 * x),
    ("1_000x^2", "1000x^2", lambda x: 1000 * x**2),
    ("1_000_000x", "1000000x", lambda x: 1e6 * x),
    ("1.000,5x^2", "1000.5x^2", lambda x: 1000.5 * x**2),
    ("1,000.5x^2", "1000.5x^2", lambda x: 1000.5 * x**2),
    # cases without their brackets, and conditions
    ("x^2 if x>1 else 0", "(x^2 if x>1, else 0)", lambda x: x**2 if x > 1 else 0),
    ("x if x>2 else 2x if x>1 else 3", "(x if x>2, 2x if x>1, else 3)", lambda x: x if x > 2 else 2 * x if x > 1 else 3),
    ("max(x if x>1 else 0, 2)", "max((x if x>1, else 0), 2)", lambda x: max(x if x > 1 else 0, 2)),
    ("max(2, x if x>1 else 0)", "max(2, (x if x>1, else 0))", lambda x: max(x if x > 1 else 0, 2)),
    ("IF(x>1,x,-x)", "(x if x>1, else -x)", lambda x: x if x > 1 else -x),
    ("x^2, x>0", "x^2", lambda x: x**2),
    ("x^2 for x>0", "x^2", lambda x: x**2),
    ("min_x (x-3)^2", "(x-3)^2", lambda x: (x - 3) ** 2),
    ("max_x x - x^2", "-(x - x^2)", lambda x: x**2 - x),
    ("2sinc(x)", "2(sin(x)/x)", lambda x: 2 * math.sin(x) / x),
    # near misses
    ("sinn(x)", "sin(x)", math.sin),
    ("2weight", "2*weight", lambda w: 2 * w),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "mended", "meant"), MENDED, ids=[row[0] for row in MENDED])
def test_the_mended_formula_means_what_was_meant(typed: str, mended: str, meant: Meant) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(typed)
    error = caught.value
    assert error.mended == mended
    formula = parse(mended)
    for point in np.random.default_rng(4).uniform(0.4, 2.6, (5, len(formula.parameters))):
        assert float(formula.value(point)) == pytest.approx(meant(*point), rel=1e-12)
    assert vars(pickle.loads(pickle.dumps(error))) == vars(error)


@pytest.mark.parametrize(
    ("typed", "mend"),
    [
        ("log10(x)", "write log(x)/log(10)"),
        (r"\frac{1}{2}x^2", "write 1/2*x^2"),
        ("$x^2$", "write x^2"),
        ("sinn(x)", "did you mean sin?"),
        ("x = 3", "to solve an equation, minimise the square of the difference: (x - 3)^2"),
        ("max(x, y, z)", "write max(x, max(y, z))"),
        ("np.sinc(x)", "write sin(pi*x)/(pi*x) for its sinc(x)"),
        ("sin x^2 + x^2", "write sin(x)^2 + x^2 or sin(x^2) + x^2"),
        ("exp -x^2", "write exp(-x)^2 or exp(-x^2)"),
        ("exp -(x-1)^2", "write exp(-(x-1))^2 or exp(-(x-1)^2)"),
        ("1 + log x/2", "write 1 + log(x)/2 or 1 + log(x/2)"),
        ("sec x y", "write (1/cos(x)) y or 1/cos(x y)"),
        ("x + sin x^2 + cos x^2", "write sin(x)^2 or sin(x^2)"),  # pieces, for there is more to be asked
        ("sin^2 -x", "put what it is taken of in brackets, as in sin(x)"),
        ("1 + max x", "write max(x, y)"),
        ("x%2", "put a smooth function in its place"),
        ("5%x", "put a smooth function in its place, or write 0.05*(…) for a part in a hundred"),
        ("x^2 % c", "put a smooth function in its place, or write x^2 alone if the rest is a comment"),
        ("x//2", "write x/2 for the quotient"),
        ("x @ y", "write with the signs there are what is meant by it"),
        (r"\foo x", "write with the signs there are what is meant by it"),
        ("# note", "write one such as (x-3)^2+2"),
        ("0x10*x", "write 16 or 0*x10"),
        ("x if x > 0", "write (x if x > 0, else …), with the value elsewhere behind else"),
        ("1.2.3x", "write one, or 1.2*.3 for a product"),
        ("(x if x>0 and x<2, else 0)", "write one condition each"),
        ("x^2 and y", "write one formula only"),
        ("x^2, y^2", "write one formula only"),
        ("C(x, 2)", "write one expression in these brackets"),
        ("true*x", "write 1, or name the parameters"),
        ("log10(x) + foo(x)", "write log(x)/log(10)"),  # a piece, for the whole cannot be read
        ("pow(x)", "write x^y for pow(x, y)"),
        ("x + " * 30 + "log2(x)", "write log(x)/log(2)"),  # a piece, for the whole is long
        ("atan2(y, x)", "write atan(y/x), which it is where x is above 0"),
        ("x = 2x +", "write only what is to be minimised"),
        ("root x", "write sqrt(x)"),
        ("root(8, 2.5) + x", "write 8^(1/2.5) for a root of what is positive"),
        ("x^1/3", "write x^(1/3) for the root, x/3 for the quotient"),
        ("x(1)^2", "write x1 or x*1"),
        ("x(t)^2", "write x*t for a product"),
        ("1,000*x", "write 1000, or 1.000"),
        ("1 000*x", "write 1000 for one number, 1*000 for a product"),
        ("weight x", "write weight*x for a product"),
        ("x weight", "write x*weight for a product"),
        ("sqrt[3](x)", "write root(x, 3)"),
        ("log(x, base=10)", "write the value of an argument without its name"),
    ],
)
def test_a_mend_shows_the_whole_formula_or_the_piece(typed: str, mend: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(typed)
    assert caught.value.mend == mend


# What has no form in a formula, and a part of the reason.
REFUSED = [
    ("floor(x)", "flat between its jumps"),
    ("round(x) + x", "flat between its jumps"),
    ("mod(x, 2)", "flat between its jumps"),
    ("x % 2", "jumps"),
    ("erf(x)", "not known"),
    ("gamma(x)", "not known"),
    ("x!", "factorial"),
    ("sum(x)", "works on many values"),
    (r"\sum_{i=1}^{3} x_i", "works on many values"),
    ("Σ x", "sums and products"),
    ("∑ x", "sums and products"),
    ("∫ x", "integrals"),
    ("∞ + x", "finite numbers"),
    ("f'(x)", "is a derivative"),
    ("x ≤ 1", "domain"),
    ("x >= 1", "domain"),
    ("x != 1", "domain"),
    ("x[-1]", "a name of its own"),
    ("rand(x)", "another value at every call"),
    ("x ± 1", "one value"),
    ("inf*x", "finite numbers"),
    ("‖x‖", "a norm"),
    ("d/dx x^2", "is a derivative"),
    ("d/dx(x^2)", "is a derivative"),
    ("x mod 2", "flat between its jumps"),
    ("None*x", "formulae hold numbers only"),
]


@pytest.mark.parametrize(("typed", "reason"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_has_no_form_is_refused_with_the_reason(typed: str, reason: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(typed)
    assert reason in f"{caught.value.found} {caught.value.allowed} {caught.value.mend}"
    assert caught.value.mended == ""


_BITS = [
    "log10(",
    "pow(",
    "x",
    ", 2)",
    ")",
    "np.",
    "\\frac{",
    "}{",
    "}",
    "^{2",
    "$",
    "[0]",
    "=",
    "≤",
    " ",
    "|",
    "√",
    "²",
]
_BITS += [
    "xy",
    "y",
    "2",
    "sin",
    "'",
    "if ",
    "else ",
    "\\left(",
    "\\right)",
    ":",
    "%",
    "°",
    "½",
    "\\sqrt[3]{",
    "\\over ",
    "?",
    "@(x)",
    "//",
    "#",
    "exp -",
    "if",
    "1_0",
    "−",
    "+",
]


@given(st.lists(st.sampled_from(_BITS), max_size=12).map("".join))
def test_a_mended_formula_can_always_be_read(text: str) -> None:
    told = told_of(text)
    if isinstance(told, FormulaError):
        assert 1 <= told.column <= len(text) + 1
        if told.mended:
            parse(told.mended)
    else:
        assert told is None or "no parameter" in told.message


def told_of(text: str) -> GdError | None:
    try:
        parse(text)
    except GdError as error:
        return error
    return None

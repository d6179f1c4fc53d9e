"""How formulae and their derivatives read."""

import pytest

from gdcore.formula import FUNCTIONS, parse
from gdcore.notation import GREEK, exact_number, plain_number, typst_name, typst_number
from gdcore.notation import plain as written
from gdcore.problems import LANDSCAPES


@pytest.mark.parametrize(
    ("text", "name", "readable", "typst"),
    [
        ("(x-3)^2+2", "x", "2(x − 3)", "2 (x - 3)"),
        ("x^2", "x", "2x", "2 x"),
        ("0.1*x^2 + 2*y^2", "x", "0.2x", "0.2 x"),
        ("0.1*x^3", "x", "0.3x²", "0.3 x^2"),
        ("x^2/4", "x", "x/2", "(x)/(2)"),
        ("x*y", "x", "y", "y"),
        ("2*x+1", "x", "2", "2"),
        ("5", "x", "0", "0"),
        ("x*x", "x", "2x", "2 x"),
        ("(x-1)*(x-2)", "x", "2x − 3", "2 x - 3"),
        ("-x^2", "x", "−2x", "-2 x"),
        ("1/x", "x", "−1/x²", "-(1)/(x^2)"),
        ("sqrt(x)", "x", "1/(2√x)", "(1)/(2 sqrt(x))"),
        ("exp(-x^2)", "x", "−2x e^(−x²)", "-2 x e^(-x^2)"),
        ("log(x)", "x", "1/x", "(1)/(x)"),
        ("sin(3*x)", "x", "3 cos(3x)", "3 cos(3 x)"),
        ("2^x", "x", "2^x · ln(2)", "2^x dot ln(2)"),
        ("e^x", "x", "e^x", "e^x"),
        ("x*log(x)", "x", "ln(x) + 1", "ln(x) + 1"),
        (
            "0.05*(w-1)^2*(w-5)^2",
            "w",
            "0.1(w − 1) (w − 5)² + 0.1(w − 1)²(w − 5)",
            "0.1 (w - 1) (w - 5)^2 + 0.1 (w - 1)^2 (w - 5)",
        ),
        ("(1-x)^2+100*(y-x^2)^2", "y", "200(y − x²)", "200 (y - x^2)"),
        (
            "(1-x)^2+100*(y-x^2)^2",
            "x",
            "−2(1 − x) − 400x(y − x²)",
            "-2 (1 - x) - 400 x (y - x^2)",
        ),
        ("1e-15*x^2", "x", "2 × 10⁻¹⁵ · x", "2 dot 10^(-15) dot x"),
        ("0.1234567890123*x^2", "x", "0.2469135780246x", "0.2469135780246 x"),
        ("x^2*0.1/3", "x", "x/15", "(x)/(15)"),
        ("abs(x)", "x", "sign(x)", 'op("sign")(x)'),
        ("atan(x)", "x", "1/(1 + x²)", "(1)/(1 + x^2)"),
        ("tan(x)", "x", "1/cos(x)²", "(1)/(cos(x)^2)"),
        (
            "max(0, x)",
            "x",
            "(0 if x < 0, 1/2 if x = 0, else 1)",
            'cases(0 & "if" x < 0, (1)/(2) & "if" x = 0, 1 & "otherwise")',
        ),
    ],
)
def test_derivative(text: str, name: str, readable: str, typst: str) -> None:
    slope = parse(text, parameters=("x", "y", "w")).derivative(name)
    assert str(slope) == readable
    assert slope.typst() == typst


@pytest.mark.parametrize(
    ("text", "typst"),
    [
        ("(x-3)^2+2", "(x - 3)^2 + 2"),
        ("x*(a/b)", "x (a)/(b)"),
        ("a/(b*c)", "(a)/(b c)"),
        ("theta*weight^2", 'theta dot "weight"^2'),
        ("2*weight", '2 "weight"'),
        ("w1*x_max + w12", 'w_1 dot x_"max" + w_(12)'),
        ("2*3*x", "2 dot 3 x"),
        ("x*2", "x dot 2"),
        ("x^10", "x^(10)"),
        ("x^(y+1)", "x^(y + 1)"),
        ("(x^2)^3", "(x^2)^3"),
        ("(-x)^2", "(-x)^2"),
        ("(a/b)^2", "((a)/(b))^2"),
        ("x - (y - 1)", "x - (y - 1)"),
        ("x - (-y)", "x - (-y)"),
        ("exp(x)^2", "(e^x)^2"),
        ("min(x, y) + pi", "min(x, y) + pi"),
        ("1e-9*x", "10^(-9) dot x"),
        ("0.05*x + 5e-2", "0.05 x + 0.05"),
        ("100000*x", "100000 x"),
        ("sin(x)*cos(x)", "sin(x) dot cos(x)"),
        ("-x*y", "-x y"),
    ],
)
def test_typst(text: str, typst: str) -> None:
    assert parse(text).typst() == typst


@pytest.mark.parametrize(
    ("text", "mathtext"),
    [
        ("(x-3)^2+2", r"\left(x - 3\right)^{2} + 2"),
        ("2*(x-3)", r"2 \left(x - 3\right)"),
        ("x*(a/b)", r"x \frac{a}{b}"),
        ("(a/b)^2", r"\left(\frac{a}{b}\right)^{2}"),
        ("a/(b*c)", r"\frac{a}{b c}"),
        ("theta*weight^2", r"\theta \cdot \mathrm{weight}^{2}"),
        ("2*weight", r"2 \mathrm{weight}"),
        ("w1*x_max + w12", r"w_{1} \cdot x_{\mathrm{max}} + w_{12}"),
        ("2*3*x", r"2 \cdot 3 x"),
        ("x - (-y)", r"x - \left(-y\right)"),
        ("exp(x)^2", r"\left(e^{x}\right)^{2}"),
        ("x^(y+1)", "x^{y + 1}"),
        ("sqrt(x)*abs(y)", r"\sqrt{x} \cdot \left|y\right|"),
        ("log(x) + atan(y)", r"\ln\left(x\right) + \arctan\left(y\right)"),
        ("sign(x) + min(x, pi)", r"\mathrm{sign}\left(x\right) + \min\left(x, \pi\right)"),
        ("1e-9*x", r"10^{-9} \cdot x"),
        ("2.5e-9*x", r"2.5 \cdot 10^{-9} \cdot x"),
        ("(a_b_c + x)*Alpha", r"\left(\mathrm{a\_b\_c} + x\right) \mathrm{Alpha}"),
    ],
)
def test_mathtext(text: str, mathtext: str) -> None:
    assert parse(text).mathtext() == mathtext


def test_the_slope_of_a_parabola_in_mathtext() -> None:
    assert parse("(x-3)^2+2").derivative("x").mathtext() == r"2 \left(x - 3\right)"
    assert parse("max(0, x)").derivative("x").mathtext() == (
        r"\left(0\ \mathrm{if}\ x < 0,\ \frac{1}{2}\ \mathrm{if}\ x = 0,\ \mathrm{else}\ 1\right)"
    )


def test_matplotlib_sets_every_mathtext() -> None:
    parser = pytest.importorskip("matplotlib.mathtext").MathTextParser("path")
    texts = [found.formula for found in LANDSCAPES.values()]
    texts += [f"{'Π' if name == 'Pi' else name}*weight_1 + x" for name in GREEK if name != "pi"]
    texts += [f"{f.name}(x{', y' * (f.arity - 1)})^2.5/(1e-9 + a_b_c)" for f in FUNCTIONS.values()]
    for text in texts:
        formula = parse(text)
        for shown in (formula, *map(formula.derivative, formula.parameters)):
            parser.parse(f"${shown.mathtext()}$")


def test_derivative_text_can_be_typed_back() -> None:
    slope = parse("sin(x)*x^2/(1+x^2) - exp(x)^2/3").derivative("x")
    assert parse(slope.text).value([0.7]) == pytest.approx(slope.value([0.7]), rel=1e-14)


@pytest.mark.parametrize(
    ("value", "plain", "readable", "typst"),
    [
        (0.05, "0.05", "0.05", "0.05"),
        (5.0, "5", "5", "5"),
        (-12.5, "-12.5", "−12.5", "-12.5"),
        (0.0, "0", "0", "0"),
        (0.00001, "0.00001", "0.00001", "0.00001"),
        (1e-7, "1e-7", "10⁻⁷", "10^(-7)"),
        (-1.5e-7, "-1.5e-7", "−1.5 × 10⁻⁷", "-1.5 dot 10^(-7)"),
        (100000.0, "100000", "100000", "100000"),
        (1e12, "1e12", "10¹²", "10^(12)"),
        (1234567890123.0, "1234567890123", "1234567890123", "1234567890123"),
        (1.7976931348623157e308, "1.7976931348623157e308", "1.7976931348623157 × 10³⁰⁸", None),
    ],
)
def test_numbers_as_students_write_them(value: float, plain: str, readable: str, typst: str | None) -> None:
    assert plain_number(value) == plain
    assert written(exact_number(value)) == readable
    if typst is not None:
        assert typst_number(value) == typst
    assert float(plain) == value


@pytest.mark.parametrize(
    ("name", "typst"),
    [
        ("x", "x"),
        ("theta", "theta"),
        ("Gamma", "Gamma"),
        ("weight", '"weight"'),
        ("w1", "w_1"),
        ("w12", "w_(12)"),
        ("theta_0", "theta_0"),
        ("w_max", 'w_"max"'),
        ("x_i", "x_i"),
        ("_", '"_"'),
        ("a_b_c", '"a_b_c"'),
        ('he said "no"', '"he said \\"no\\""'),
    ],
)
def test_names(name: str, typst: str) -> None:
    assert typst_name(name) == typst


def test_typst_accepts_the_markup() -> None:
    """Everything printed is markup that the compiler takes, Greek words included."""
    typst = pytest.importorskip("typst")
    from gdcore.notation import GREEK

    formulae = [
        parse("3*(1-w)^2*exp(-w^2-(b+1)^2) - 10*(w/5-w^3-b^5)*exp(-w^2-b^2) - exp(-(w+1)^2-b^2)/3"),
        parse("max(0, x)^2*weight/theta + min(x, y)*sign(x)*sqrt(abs(y))*log(x_max)^1e-9"),
        parse("sin(x)*cos(x)/tan(x) + tanh(x)*sinh(x) - cosh(x)^atan(x)"),
    ]
    lines = [f"$ {formula.typst()} $" for formula in formulae]
    lines += [f"$ {f.derivative(name).typst()} $" for f in formulae for name in f.parameters]
    lines.append("$ " + " ".join(sorted(GREEK)) + " $")
    page = typst.compile("\n\n".join(lines).encode(), format="svg")
    assert page

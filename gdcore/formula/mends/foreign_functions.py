"""Functions of other languages and programs: what stands for each in a formula, or why nothing does."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from gdcore.formula.mends.pieces import as_one
from gdcore.formula.printing.text import Hold


@dataclass(frozen=True, slots=True)
class Form:
    """What stands for a function: ``text`` with its arguments at {0}, {1}, or as one thing each at [0], [1]."""

    text: str
    hold: Hold
    arity: int = 1

    def of(self, arguments: Sequence[str]) -> str:
        """The form with these arguments."""
        found = self.text
        for place, argument in enumerate(arguments):
            found = found.replace(f"{{{place}}}", argument.strip()).replace(f"[{place}]", as_one(argument))
        return found


def _sum(text: str) -> Form:
    return Form(text, Hold.SUM)


def _product(text: str, arity: int = 1) -> Form:
    return Form(text, Hold.PRODUCT, arity)


def _power(text: str, arity: int = 1) -> Form:
    return Form(text, Hold.POWER, arity)


def _one(text: str, arity: int = 1) -> Form:
    return Form(text, Hold.ATOM, arity)


_ARCSINE = "atan([0]/sqrt(1 - [0]^2))"

# The inverse functions in the functions there are: Abramowitz and Stegun (1964), 4.4 and 4.6.
_FORMS: Mapping[str, Form] = {
    "log10": _product("log({0})/log(10)"),
    "log2": _product("log({0})/log(2)"),
    "log1p": _one("log(1 + [0])"),
    "expm1": _sum("exp({0}) - 1"),
    "exp2": _power("2^[0]"),
    "exp10": _power("10^[0]"),
    "pow": _power("[0]^[1]", 2),
    "sqr": _power("[0]^2"),
    "cube": _power("[0]^3"),
    "reciprocal": _product("1/[0]"),
    "nthroot": _one("root({0}, {1})", 2),
    "hypot": _one("sqrt([0]^2 + [1]^2)", 2),
    "asin": _one(_ARCSINE),
    "acos": _sum("pi/2 - " + _ARCSINE),
    "acot": _sum("pi/2 - atan({0})"),
    "asinh": _one("log([0] + sqrt([0]^2 + 1))"),
    "acosh": _one("log([0] + sqrt([0]^2 - 1))"),
    "atanh": _product("log((1 + [0])/(1 - [0]))/2"),
    "sec": _product("1/cos({0})"),
    "csc": _product("1/sin({0})"),
    "cot": _product("cos({0})/sin({0})"),
    "sech": _product("1/cosh({0})"),
    "csch": _product("1/sinh({0})"),
    "coth": _product("cosh({0})/sinh({0})"),
    "sigmoid": _product("1/(1 + exp(-[0]))"),
    "logit": _one("log([0]/(1 - [0]))"),
    "softplus": _one("log(1 + exp({0}))"),
    "relu": _one("max(0, {0})"),
    "swish": _product("[0]/(1 + exp(-[0]))"),
    "heaviside": _product("(1 + sign({0}))/2"),
    "sinc": _product("sin({0})/[0]"),
    "where": _one("({1} if {0}, else {2})", 3),
}

_SPELLINGS: Mapping[str, str] = {
    **dict.fromkeys(["arcsin", "arsin", "asen", "arcsen"], "asin"),
    **dict.fromkeys(["arccos", "arcos"], "acos"),
    **dict.fromkeys(["arccot", "arcctg", "acotan"], "acot"),
    **dict.fromkeys(["arcsinh", "arsinh"], "asinh"),
    **dict.fromkeys(["arccosh", "arcosh"], "acosh"),
    **dict.fromkeys(["arctanh", "artanh"], "atanh"),
    **dict.fromkeys(["cosec", "cosecant"], "csc"),
    **dict.fromkeys(["cotan", "ctg", "cotg", "ctan"], "cot"),
    **dict.fromkeys(["logistic", "expit", "sigm"], "sigmoid"),
    **dict.fromkeys(["power", "expt"], "pow"),
    **dict.fromkeys(["real_root", "surd", "nroot"], "nthroot"),
    **dict.fromkeys(["lg", "log_10", "logten"], "log10"),
    **dict.fromkeys(["ld", "lb", "log_2"], "log2"),
    **dict.fromkeys(["if", "ifelse", "iif"], "where"),
    "square": "sqr",
    "inv": "reciprocal",
    "silu": "swish",
    "secant": "sec",
    "ReLU": "relu",
}

#: Functions that are there under another name, beside ln and arctan, which are read.
ALIASES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(["sgn", "signum"], "sign"),
        **dict.fromkeys(["fabs", "Abs", "absolute", "modulus"], "abs"),
        **dict.fromkeys(["minimum", "fmin", "amin"], "min"),
        **dict.fromkeys(["maximum", "fmax", "amax"], "max"),
        **dict.fromkeys(["tg", "tangent"], "tan"),
        **dict.fromkeys(["arctg", "atg", "arctangent"], "atan"),
        **dict.fromkeys(["sen", "seno", "sinus", "sine"], "sin"),
        **dict.fromkeys(["coseno", "cosinus", "cosine"], "cos"),
        **dict.fromkeys(["sh", "senh"], "sinh"),
        **dict.fromkeys(["cubert", "curt", "cuberoot"], "cbrt"),
        **dict.fromkeys(["sqroot", "squareroot", "wurzel", "raiz"], "sqrt"),
        "ch": "cosh",
        "th": "tanh",
    }
)

_STAIRCASES = frozenset(
    ["floor", "ceil", "ceiling", "round", "rint", "trunc", "fix", "int", "frac", "fract"]
    + ["mod", "fmod", "rem", "remainder", "quotient", "gcd", "lcm"]
)
_SPECIAL = frozenset(
    ["erf", "erfc", "erfinv", "gamma", "Gamma", "lgamma", "gammaln", "loggamma", "digamma", "psi", "beta"]
    + ["zeta", "besselj", "factorial", "fact", "binom", "comb", "choose", "lambertw", "airy", "gelu"]
)
_OF_MANY = frozenset(
    ["sum", "Sum", "mean", "avg", "average", "prod", "product", "dot", "norm", "var", "std", "median"]
    + ["diff", "deriv", "derivative", "grad", "integrate", "integral", "quad", "lim", "limit"]
)
_OF_CHANCE = frozenset(["rand", "random", "randn", "uniform", "normal"])

_LOGARITHM = re.compile(r"log_?([0-9]+|[a-z])")


def form_of(name: str) -> Form | None:
    """What stands for the function ``name`` of other languages; None where nothing is known to."""
    lower = name.lower()
    found = _FORMS.get(_SPELLINGS.get(name, name)) or _FORMS.get(_SPELLINGS.get(lower, lower))
    if found is None and (base := _LOGARITHM.fullmatch(name)):
        return _product(f"log({{0}})/log({base[1]})")
    return found


def why_not(name: str) -> tuple[str, str] | None:
    """Why a well-known function is none of formulae, and the mend; None for a name that is not known at all."""
    if name in _STAIRCASES:
        return (
            f"{name} is flat between its jumps: descent would find no slope to follow",
            f"leave {name} out, or put a smooth function in its place",
        )
    if name in _SPECIAL:
        return (
            f"{name} is not known, and the functions there are have no form of it",
            "leave it out, or put one of them in its place",
        )
    if name in _OF_MANY:
        return f"{name} works on many values, and a formula has none of these", "write its terms out"
    if name in _OF_CHANCE:
        return f"{name} has another value at every call, and a formula has one at each point", "leave it out"
    return None


def is_foreign(name: str) -> bool:
    """Is ``name`` a function elsewhere?"""
    return name in ALIASES or form_of(name) is not None or why_not(name) is not None

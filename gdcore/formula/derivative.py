"""Exact derivatives of expressions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType

from gdcore.formula.algebra import Algebra
from gdcore.formula.expressions import (
    Call,
    Choice,
    Expression,
    Multiplication,
    NamedNumber,
    Negation,
    Number,
    Power,
    Quotient,
    Sum,
    Variable,
    children,
    in_order,
)


def tidied(algebra: Algebra, root: Expression) -> Expression:
    """The same expression with numbers folded and like terms collected."""
    made: dict[Expression, Expression] = {}
    for node in in_order((root,)):
        made[node] = algebra.tidy(node, tuple(made[child] for child in children(node)))
    return made[root]


def derivative(algebra: Algebra, root: Expression, name: str) -> Expression:
    """d root / d name, tidied. At a kink, abs and sign have slope 0; min and max the mean of the two."""
    slopes: dict[Expression, Expression] = {}
    for node in in_order((root,)):
        slopes[node] = _slope(algebra, node, name, slopes)
    return slopes[root]


def _slope(
    algebra: Algebra, node: Expression, name: str, slopes: Mapping[Expression, Expression]
) -> Expression:
    """The derivative of one node, those of its children being known."""
    match node:
        case Variable(own):
            return algebra.one if own == name else algebra.zero
        case Number() | NamedNumber():
            return algebra.zero
        case Negation(argument):
            return algebra.negate(slopes[argument])
        case Sum(terms):
            return algebra.add(slopes[term] for term in terms)
        case Multiplication(factors):
            return algebra.add(
                algebra.multiply(slopes[other] if other is factor else other for other in factors)
                if factors.count(factor) == 1
                else _one_of_equals(algebra, factors, place, slopes)
                for place, factor in enumerate(factors)
                if slopes[factor] is not algebra.zero
            )
        case Quotient(top, bottom):
            if slopes[bottom] is algebra.zero:
                return algebra.divide(slopes[top], bottom)
            above = algebra.subtract(
                algebra.multiply((slopes[top], bottom)), algebra.multiply((top, slopes[bottom]))
            )
            return algebra.divide(above, algebra.power(bottom, algebra.number(Fraction(2))))
        case Power(base, exponent):
            return _slope_of_power(algebra, node, base, exponent, slopes)
        case Call(function, arguments):
            return _SLOPES[function.name](algebra, node, arguments, tuple(slopes[a] for a in arguments))
        case Choice(left, right, first, second):
            return algebra.choose(left, right, slopes[first], slopes[second])


def _one_of_equals(
    algebra: Algebra, factors: tuple[Expression, ...], place: int, slopes: Mapping[Expression, Expression]
) -> Expression:
    """One term of the product rule, told by its place because equal factors are one object."""
    return algebra.multiply(
        slopes[factor] if other == place else factor for other, factor in enumerate(factors)
    )


def _slope_of_power(
    algebra: Algebra,
    node: Expression,
    base: Expression,
    exponent: Expression,
    slopes: Mapping[Expression, Expression],
) -> Expression:
    """(u^n)' = n u^(n-1) u'; (c^v)' = c^v log(c) v'; both together when both move."""
    terms = []
    if slopes[base] is not algebra.zero:
        lower = algebra.power(base, algebra.subtract(exponent, algebra.one))
        terms.append(algebra.multiply((exponent, lower, slopes[base])))
    if slopes[exponent] is not algebra.zero:
        terms.append(algebra.multiply((node, algebra.named_call("log", base), slopes[exponent])))
    return algebra.add(terms)


_Rule = Callable[[Algebra, Expression, tuple[Expression, ...], tuple[Expression, ...]], Expression]


def _outer(outer: Callable[[Algebra, Expression, Expression], Expression]) -> _Rule:
    """The chain rule for f(u): ``outer(algebra, f(u), u)`` is f'(u)."""

    def rule(
        algebra: Algebra, node: Expression, arguments: tuple[Expression, ...], slopes: tuple[Expression, ...]
    ) -> Expression:
        if slopes[0] is algebra.zero:
            return algebra.zero
        return algebra.multiply((outer(algebra, node, arguments[0]), slopes[0]))

    return rule


def _over(outer: Callable[[Algebra, Expression, Expression], Expression]) -> _Rule:
    """The chain rule for f'(u) = 1 / outer, written as one fraction u' / outer."""

    def rule(
        algebra: Algebra, node: Expression, arguments: tuple[Expression, ...], slopes: tuple[Expression, ...]
    ) -> Expression:
        if slopes[0] is algebra.zero:
            return algebra.zero
        return algebra.divide(slopes[0], outer(algebra, node, arguments[0]))

    return rule


def _square(algebra: Algebra, node: Expression) -> Expression:
    return algebra.power(node, algebra.number(Fraction(2)))


def _root(
    algebra: Algebra, node: Expression, arguments: tuple[Expression, ...], slopes: tuple[Expression, ...]
) -> Expression:
    """u^(1/n) has the slope u' / (n root(u, n)^(n-1))."""
    if slopes[0] is algebra.zero:
        return algebra.zero
    degree = arguments[1]
    lower = algebra.power(node, algebra.subtract(degree, algebra.one))
    return algebra.divide(slopes[0], algebra.multiply((degree, lower)))


def _min(
    algebra: Algebra, _: Expression, arguments: tuple[Expression, ...], slopes: tuple[Expression, ...]
) -> Expression:
    return _lesser(algebra, arguments, slopes)


def _max(
    algebra: Algebra, _: Expression, arguments: tuple[Expression, ...], slopes: tuple[Expression, ...]
) -> Expression:
    return _lesser(algebra, arguments[::-1], slopes)


def _lesser(algebra: Algebra, sides: tuple[Expression, ...], slopes: tuple[Expression, ...]) -> Expression:
    """The first slope where the first side is less, the second where it is greater, and their mean in between."""
    mean = algebra.divide(algebra.add(slopes), algebra.number(Fraction(2)))
    upto = algebra.choose(sides[1], sides[0], mean, slopes[0])
    return algebra.choose(sides[0], sides[1], upto, slopes[1])


_SLOPES: Mapping[str, _Rule] = MappingProxyType(
    {
        "sin": _outer(lambda a, f, u: a.named_call("cos", u)),
        "cos": _outer(lambda a, f, u: a.negate(a.named_call("sin", u))),
        "tan": _over(lambda a, f, u: _square(a, a.named_call("cos", u))),
        "exp": _outer(lambda a, f, u: f),
        "log": _over(lambda a, f, u: u),
        "sqrt": _over(lambda a, f, u: a.multiply((a.number(Fraction(2)), f))),
        "cbrt": _over(lambda a, f, u: a.multiply((a.number(Fraction(3)), _square(a, f)))),
        "root": _root,
        "abs": _outer(lambda a, f, u: a.named_call("sign", u)),
        "tanh": _outer(lambda a, f, u: a.subtract(a.one, _square(a, f))),
        "sinh": _outer(lambda a, f, u: a.named_call("cosh", u)),
        "cosh": _outer(lambda a, f, u: a.named_call("sinh", u)),
        "atan": _over(lambda a, f, u: a.add((a.one, _square(a, u)))),
        "sign": _outer(lambda a, f, u: a.zero),
        "min": _min,
        "max": _max,
    }
)

"""Makes expressions tidily, as the derivatives need them.

It does what a student would do with a pencil: fold numbers exactly, drop 0 and 1, collect like terms and equal bases.
Nothing is multiplied out, and only integer powers are merged, so a root never loses its domain.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from gdcore.base.errors import GdError
from gdcore.formula.coefficient import MINUS_ONE, ONE, ZERO, Coefficient, small, terminates
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
)
from gdcore.formula.functions import FUNCTIONS, Function
from gdcore.formula.tree_maker import TreeMaker

# Work that derivatives may cost, counted in operands. A formula of the greatest size can have a Hessian of
# thousands of long products; this ends it after a second or two instead of hanging.
MAX_WORK = 2_000_000


class Algebra(TreeMaker):
    """Makes the nodes of one formula and of all its derivatives."""

    def __init__(self) -> None:
        super().__init__()
        self.zero = self.number(Fraction(0))
        self.one = self.number(Fraction(1))

    def add(self, terms: Iterable[Expression]) -> Expression:
        """The sum, with nested sums opened and like terms collected in order of first appearance."""
        totals: dict[Expression | None, Coefficient] = {}
        stack = list(terms)[::-1]
        while stack:
            term = stack.pop()
            self._spend(1)
            if isinstance(term, Sum):
                stack.extend(reversed(term.terms))
                continue
            if isinstance(term, Negation) and isinstance(term.argument, Sum):
                stack.extend(self.negate(inner) for inner in reversed(term.argument.terms))
                continue
            coefficient, rest = self._split(term)
            totals[rest] = totals.get(rest, ZERO) + coefficient
        kept = [self._scaled(coefficient, rest) for rest, coefficient in totals.items() if coefficient.value]
        return self.raw_sum(kept) if kept else self.zero

    def negate(self, argument: Expression) -> Expression:
        return self.multiply((self.number_of(MINUS_ONE), argument))

    def subtract(self, left: Expression, right: Expression) -> Expression:
        return self.add((left, self.negate(right)))

    def multiply(self, factors: Iterable[Expression]) -> Expression:
        """The product, with numbers folded to the front and equal bases collected."""
        coefficient, powers = self._factors(factors)
        return self._assemble(coefficient, powers)

    def divide(self, numerator: Expression, denominator: Expression) -> Expression:
        return self.multiply((numerator, self.power(denominator, self.number_of(MINUS_ONE))))

    def power(self, base: Expression, exponent: Expression) -> Expression:
        """base ^ exponent; integer powers of products and powers are spread over their factors."""
        self._spend(1)
        numeric = self.value_of(exponent)
        if numeric is None:
            return self.one if base is self.one else self.raw_power(base, exponent)
        if not numeric.value:
            return self.one
        if numeric.value == 1:
            return base
        if numeric.value.denominator != 1:
            return self.raw_power(base, self.number_of(numeric))
        n = numeric.value.numerator
        known = self.value_of(base)
        if known is not None and not known.may_be_raised_to(n):
            return self.raw_power(base, self.number_of(numeric))
        coefficient, powers = self._factors((base,))
        if not coefficient.may_be_raised_to(n):
            return self.raw_power(base, self.number_of(numeric))
        return self._assemble(coefficient.to_the(n), {inner: e * n for inner, e in powers.items()})

    def call(self, function: Function, arguments: Iterable[Expression]) -> Expression:
        """The function at its arguments; exp(0), log(1), log(e), sin(0), cos(0) … are folded."""
        arguments = tuple(arguments)
        if len(arguments) == 1:
            (argument,) = arguments
            if argument is self.zero:
                if function.name in ("sin", "tan", "sqrt", "cbrt", "abs", "tanh", "sinh", "atan", "sign"):
                    return self.zero
                if function.name in ("cos", "exp", "cosh"):
                    return self.one
            if function.name == "log" and argument is self.one:
                return self.zero
            if function.name == "log" and isinstance(argument, NamedNumber) and argument.name == "e":
                return self.one
        return self.raw_call(function, arguments)

    def named_call(self, name: str, *arguments: Expression) -> Expression:
        return self.call(FUNCTIONS[name], arguments)

    def tidy(self, node: Expression, parts: tuple[Expression, ...]) -> Expression:
        """``node`` made again, tidily, from ``parts`` in place of its children."""
        match node:
            case Negation():
                return self.negate(parts[0])
            case Sum():
                return self.add(parts)
            case Multiplication():
                return self.multiply(parts)
            case Quotient():
                return self.divide(parts[0], parts[1])
            case Power():
                return self.power(parts[0], parts[1])
            case Call(function, _):
                return self.call(function, parts)
            case Choice():
                return self.choose(*parts)
            case _:
                return node

    # Numbers ---------------------------------------------------------------------------------------------

    def number_of(self, coefficient: Coefficient) -> Expression:
        """The node of an exact number: an integer, a decimal, or a fraction, with its sign in front."""
        value, decimal = abs(coefficient.value), coefficient.decimal
        node: Expression
        if value.denominator == 1 or (decimal and terminates(value)):
            node = self.number(value, decimal)
        else:
            node = self.raw_quotient(
                self.number(Fraction(value.numerator)), self.number(Fraction(value.denominator))
            )
        return self.negation(node) if coefficient.value < 0 else node

    def value_of(self, node: Expression) -> Coefficient | None:
        """The exact number that ``node`` stands for, or None."""
        match node:
            case Number(value, decimal):
                return Coefficient(value, decimal)
            case Negation(argument):
                inner = self.value_of(argument)
                return None if inner is None else MINUS_ONE * inner
            case Quotient(Number(top, first), Number(bottom, second)) if bottom != 0:
                return Coefficient(top / bottom, first or second)
            case _:
                return None

    # Products as {base: integer exponent} ----------------------------------------------------------------

    def _factors(self, factors: Iterable[Expression]) -> tuple[Coefficient, dict[Expression, int]]:
        coefficient = ONE
        powers: dict[Expression, int] = {}
        stack: list[tuple[Expression, int]] = [(factor, 1) for factor in reversed(tuple(factors))]
        while stack:
            node, exponent = stack.pop()
            self._spend(1)
            known = self.value_of(node)
            if known is not None and known.may_be_raised_to(exponent) and small(coefficient, known):
                coefficient = coefficient * known.to_the(exponent)
                continue
            match node:
                case Negation(argument):
                    coefficient = coefficient * MINUS_ONE.to_the(exponent)
                    stack.append((argument, exponent))
                case Multiplication(inner):
                    stack.extend((factor, exponent) for factor in reversed(inner))
                case Quotient(numerator, denominator):
                    stack.append((denominator, -exponent))
                    stack.append((numerator, exponent))
                case Power(base, power) if (n := self._integer(power)) is not None:
                    powers[base] = powers.get(base, 0) + n * exponent
                case _:
                    powers[node] = powers.get(node, 0) + exponent
        return coefficient, {base: n for base, n in powers.items() if n != 0}

    def _assemble(self, coefficient: Coefficient, powers: dict[Expression, int]) -> Expression:
        if not coefficient.value:
            return self.zero
        bases = sorted(powers, key=_rank)
        above = [self._integer_power(base, powers[base]) for base in bases if powers[base] > 0]
        below = [self._integer_power(base, -powers[base]) for base in bases if powers[base] < 0]
        size = Coefficient(abs(coefficient.value), coefficient.decimal)
        number = self.number_of(size)
        if isinstance(number, Quotient):
            top, bottom = number.numerator, number.denominator
            below.insert(0, bottom)
            number = top
        if number is not self.one or not above:
            above.insert(0, number)
        node = self.raw_product(above)
        if below:
            node = self.raw_quotient(node, self.raw_product(below))
        return self.negation(node) if coefficient.value < 0 else node

    def _integer_power(self, base: Expression, n: int) -> Expression:
        return base if n == 1 else self.raw_power(base, self.number(Fraction(n)))

    def _integer(self, node: Expression) -> int | None:
        known = self.value_of(node)
        return None if known is None or known.value.denominator != 1 else known.value.numerator

    # Sums as {term: coefficient}; the constant term has the key None -------------------------------------

    def _split(self, term: Expression) -> tuple[Coefficient, Expression | None]:
        known = self.value_of(term)
        if known is not None:
            return known, None
        if isinstance(term, Negation | Multiplication | Quotient):
            coefficient, powers = self._factors((term,))
            return coefficient, self._assemble(ONE, powers)
        return ONE, term

    def _scaled(self, coefficient: Coefficient, rest: Expression | None) -> Expression:
        if rest is None:
            return self.number_of(coefficient)
        return self.multiply((self.number_of(coefficient), rest))

    def _spend(self, amount: int) -> None:
        self.work += amount
        if self.work > MAX_WORK:
            raise GdError(
                "the derivatives of this formula are too long to be worked out",
                mend="use a formula with fewer parameters or fewer factors",
            )


def _rank(base: Expression) -> int:
    """The order of factors as one writes them: 3 x (x - 1) sin(x)."""
    match base:
        case Power(inner, _):
            return _rank(inner)
        case Sum():
            return 1
        case Call() | Choice():
            return 2
        case _:
            return 0

"""A linear model, its cost and its partial derivatives as mathematics."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from gdcore.notation import (
    Fenced,
    Fraction,
    Node,
    Numeral,
    Operator,
    Root,
    Script,
    Sign,
    Symbol,
    Word,
    exact_number,
    name_node,
    row,
)
from gdcore.notation.letters import Letters
from gdcore.problems.linear.costs import Cost

_ONE, _TWO = Numeral("1"), Numeral("2")
_PLUS, _MINUS, _DOTS = Sign("plus"), Sign("minus"), Symbol("dots")

_MOST_TERMS = 9
"""More weights than so many are not written out."""
_FIRST_TERMS = 3


@dataclass(frozen=True)
class ModelNotation:
    """What the notation depends on: names, the columns in each feature, standardised or not, and the cost."""

    parameters: tuple[str, ...]
    products: tuple[tuple[int, ...], ...]
    standardized: bool
    cost: Cost = "mse"
    ridge: float = 0.0

    @property
    def letters(self) -> Letters:
        """The letters of rows, features and targets: none that a parameter has."""
        return Letters.beside(self.parameters)

    def _sum(self) -> Node:
        rows, index = self.letters.rows, self.letters.row
        return Script(Symbol("sum"), below=row([index, Sign("equals"), _ONE]), above=rows)

    def _of_row(self, letter: Symbol) -> Node:
        return Script(letter, below=self.letters.row)

    def objective(self) -> Node:
        """What is made of the squared residuals of all rows, and the ridge."""
        squares = row([self._sum(), Script(Fenced(self.residual()), above=_TWO)])
        match self.cost:
            case "mse":
                squares = row([Fraction(_ONE, self.letters.rows), squares])
            case "half-mse":
                squares = row([Fraction(_ONE, row([_TWO, self.letters.rows])), squares])
            case "norm":
                squares = Root(squares)
        return row([squares, *self.penalty()])

    @property
    def _share(self) -> float:
        """Of the ridge."""
        return 0.5 if self.cost == "half-mse" else 1.0

    def penalty(self) -> Sequence[Node]:
        """+ 0.1 (w_1^2 + w_2^2), with the share of the ridge for the 0.1; nothing without a ridge."""
        if not self.ridge:
            return ()
        weights = self.parameters[: len(self.products)]
        squares = _added(self._few([_squared(name_node(name)) for name in weights]))
        return (
            _PLUS,
            exact_number(self._share * self.ridge),
            squares if len(weights) == 1 else Fenced(squares),
        )

    def pull(self, place: int) -> Sequence[Node]:
        """+ 0.2 w_1: the derivative of the penalty by the parameter at ``place``; nothing for b."""
        if not self.ridge or place >= len(self.products):
            return ()
        factor = 2.0 * self._share * self.ridge
        return _PLUS, *([] if factor == 1 else [exact_number(factor)]), name_node(self.parameters[place])

    def derivative(self, place: int) -> Node:
        """∂J by the parameter at ``place``: the chain rule brings down 2 and the feature of that parameter.

        That of the root brings 1/(2 J) as well.
        """
        before: dict[Cost, Node] = {
            "mse": Fraction(_TWO, self.letters.rows),
            "half-mse": Fraction(_ONE, self.letters.rows),
            "sum": _TWO,
            "norm": Fraction(_ONE, self.letters.objective),
        }
        terms = [before[self.cost], self._sum(), Fenced(self.residual())]
        return row([*terms, *self.feature(place, self.letters.row), *self.pull(place)])

    def residual(self) -> Node:
        """w x_i + b - y_i."""
        return row([self.model(self.letters.row), _MINUS, self._of_row(self.letters.target)])

    def _few(self, terms: Sequence[Node]) -> Sequence[Node]:
        """The terms of the weights and what follows; of too many the first, dots, and from the last weight on."""
        count = len(self.products)
        if count <= _MOST_TERMS:
            return terms
        return *terms[:_FIRST_TERMS], _DOTS, *terms[count - 1 :]

    def model(self, index: Node | None = None) -> Node:
        """w x_i + b; without an ``index`` w x + b. Of more than nine weights w_1 x_1 + w_2 x_2 + w_3 x_3 + … + w_20 x_20 + b."""
        terms = []
        for place, name in enumerate(self.parameters):
            feature = self.feature(place, index)
            symbol = name_node(name)
            # An upright word beside a letter would read as one name: w with the index max, times x.
            word = isinstance(symbol, Word) or (isinstance(symbol, Script) and isinstance(symbol.below, Word))
            terms.append(row([symbol, *([Sign("dot")] if word and feature else []), *feature]))
        return _added(self._few(terms))

    def feature(self, place: int, index: Node | None = None) -> Sequence[Node]:
        """The feature that the parameter at ``place`` multiplies, factor by factor; nothing for b."""
        if place >= len(self.products):
            return ()
        letter, product = self.letters.feature, self.products[place]
        several = max(self.products[-1]) > 0  # columns
        if self.standardized:
            # A standardised product is no product of standardised columns: it is a feature of its own.
            letter, product, several = self.letters.standardized, (place,), len(self.products) > 1
        return [
            _factor(
                letter,
                [*([index] if index else []), *([Numeral(str(column + 1))] if several else [])],
                len([*same]),
            )
            for column, same in groupby(product)
        ]

    # Logistic regression

    def log_loss(self) -> Node:
        """Minus the mean of y_i ln p_i + (1 - y_i) ln(1 - p_i), and the ridge."""
        y, p, log = self._of_row(self.letters.target), self._of_row(self.letters.chance), Operator("ln")
        yes = row([y, log, p])
        no = row([Fenced(row([_ONE, _MINUS, y])), log, Fenced(row([_ONE, _MINUS, p]))])
        terms = Fenced(row([yes, _PLUS, no]))
        return row([Sign("negative"), Fraction(_ONE, self.letters.rows), self._sum(), terms, *self.penalty()])

    def log_loss_derivative(self, place: int) -> Node:
        """The mean of (p_i - y_i) times the feature of the parameter at ``place``."""
        error = Fenced(row([self._of_row(self.letters.chance), _MINUS, self._of_row(self.letters.target)]))
        return row(
            [
                Fraction(_ONE, self.letters.rows),
                self._sum(),
                error,
                *self.feature(place, self.letters.row),
                *self.pull(place),
            ]
        )

    def chance(self) -> Node:
        """1 over 1 + e to the minus (w x + b)."""
        power = Script(Symbol("e"), above=row([Sign("negative"), Fenced(self.model())]))
        return Fraction(_ONE, row([_ONE, _PLUS, power]))


def _factor(letter: Symbol, below: Sequence[Node], power: int) -> Node:
    """x, x_i, x_1, x_i^2, …"""
    if not below and power == 1:
        return letter
    above = Numeral(str(power)) if power > 1 else None
    return Script(letter, below=row(below) if below else None, above=above)


def _squared(node: Node) -> Node:
    if isinstance(node, Script):
        return Script(node.base, below=node.below, above=_TWO)
    return Script(node, above=_TWO)


def _added(terms: Iterable[Node]) -> Node:
    parts: list[Node] = []
    for term in terms:
        parts += [_PLUS, term] if parts else [term]
    return row(parts)

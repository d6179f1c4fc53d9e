"""Expressions as mathtext: the part of TeX that Matplotlib sets without TeX. It is TeX as well."""

from __future__ import annotations

from collections.abc import Sequence

from gdcore.formula.nodes import Number
from gdcore.formula.notation import mathtext_name, mathtext_number
from gdcore.formula.printing import Hold, Piece, Printer, Shape, with_power_of_ten


class MathtextPrinter(Printer):
    r"""TeX without the dollars: 2 \left(x - 3\right), \frac{a}{b}, e^{x} for exp(x)."""

    minus = "-"

    def number(self, node: Number) -> Piece:
        return with_power_of_ten(mathtext_number(node.value))

    def name(self, name: str) -> Piece:
        text = mathtext_name(name)
        return Piece(text, Hold.ATOM, Shape.WORD if "mathrm" in text else Shape.LETTER)

    def held(self, piece: Piece, at_least: Hold) -> Piece:
        if piece.hold >= at_least:
            return piece
        return Piece(rf"\left({piece.text}\right)", Hold.ATOM, Shape.GROUP)

    def times(self, left: Shape, right: Shape) -> str:
        if right is Shape.NUMBER or left is Shape.WORD or (right is Shape.WORD and left is not Shape.NUMBER):
            return r" \cdot "
        return r" \cdot " if left is Shape.CALL and right in (Shape.GROUP, Shape.CALL) else " "

    def later_factor(self, piece: Piece) -> Hold:
        # A fraction needs no brackets behind a factor: its bar holds it together.
        return Hold.PRODUCT if piece.text.startswith(r"\frac") and piece.shape is Shape.GROUP else Hold.POWER

    def quotient(self, numerator: Piece, denominator: Piece) -> Piece:
        return Piece(rf"\frac{{{numerator.text}}}{{{denominator.text}}}", Hold.PRODUCT, Shape.GROUP)

    def power(self, base: Piece, exponent: Piece) -> Piece:
        return self.raised(self.held(base, Hold.ATOM), f"{{{exponent.text}}}")

    def call(self, name: str, typst: str, arguments: Sequence[Piece]) -> Piece:
        inside = ", ".join(argument.text for argument in arguments)
        if name == "exp":
            return Piece(f"e^{{{inside}}}", Hold.POWER, Shape.LETTER)
        if name == "sqrt":
            return Piece(rf"\sqrt{{{inside}}}", Hold.ATOM, Shape.CALL)
        if name == "abs":
            return Piece(rf"\left|{inside}\right|", Hold.ATOM, Shape.CALL)
        written = {"log": r"\ln", "atan": r"\arctan", "sign": r"\mathrm{sign}"}.get(name, rf"\{name}")
        return Piece(rf"{written}\left({inside}\right)", Hold.ATOM, Shape.CALL)

    def choice(self, left: Piece, right: Piece, first: Piece, second: Piece) -> Piece:
        sides = rf"{first.text}\ \mathrm{{if}}\ {left.text} \leq {right.text},\ "
        return self._cases(sides, second)

    def three_ways(self, left: Piece, right: Piece, less: Piece, equal: Piece, greater: Piece) -> Piece:
        sides = (
            rf"{less.text}\ \mathrm{{if}}\ {left.text} < {right.text},\ "
            rf"{equal.text}\ \mathrm{{if}}\ {left.text} = {right.text},\ "
        )
        return self._cases(sides, greater)

    def _cases(self, sides: str, last: Piece) -> Piece:
        # Matplotlib has no cases, so they stand in a line.
        return Piece(rf"\left({sides}\mathrm{{else}}\ {last.text}\right)", Hold.ATOM, Shape.GROUP)

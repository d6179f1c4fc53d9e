"""A linear model, its cost and its partial derivatives as Typst math."""

from __future__ import annotations

from dataclasses import dataclass

from gdcore.formula import typst_name, typst_number


@dataclass(frozen=True)
class ModelNotation:
    """What the notation depends on: names, number of columns, highest power, standardised or not, 1/N or 1/2N."""

    parameters: tuple[str, ...]
    columns: int
    degree: int
    standardized: bool
    whole: bool
    ridge: float = 0.0

    def cost(self) -> str:
        """The mean over the rows of the squared residuals, and the ridge."""
        fraction = "(1)/(N)" if self.whole else "(1)/(2 N)"
        return f"{fraction} sum_(i=1)^N ({self.residual()})^2" + self.penalty(1.0 if self.whole else 0.5)

    def penalty(self, scale: float) -> str:
        """+ 0.1 (w_1^2 + w_2^2), with ``scale`` · ridge for the 0.1; nothing without a ridge."""
        if not self.ridge:
            return ""
        weights = [typst_name(name) for name in self.parameters[: self.columns * self.degree]]
        squares = " + ".join(f"{weight}^2" for weight in weights)
        return f" + {typst_number(scale * self.ridge)} " + (f"({squares})" if len(weights) > 1 else squares)

    def pull(self, place: int, scale: float) -> str:
        """+ 0.2 w_1: the derivative of the penalty by the parameter at ``place``; nothing for b."""
        if not self.ridge or place >= self.columns * self.degree:
            return ""
        factor = 2.0 * scale * self.ridge
        written = "" if factor == 1 else f"{typst_number(factor)} "
        return f" + {written}{typst_name(self.parameters[place])}"

    def derivative(self, place: int) -> str:
        """∂J by the parameter at ``place``: the chain rule brings down 2 and the feature of that parameter."""
        fraction = "(2)/(N)" if self.whole else "(1)/(N)"
        feature = self.feature(place, "i")
        slope = f"{fraction} sum_(i=1)^N ({self.residual()})" + (f" {feature}" if feature else "")
        return slope + self.pull(place, 1.0 if self.whole else 0.5)

    def residual(self) -> str:
        """w x_i + b - y_i."""
        return f"{self.model('i')} - y_i"

    def model(self, index: str) -> str:
        """w x_i + b; without an ``index`` w x + b."""
        terms = []
        for place, name in enumerate(self.parameters):
            feature = self.feature(place, index)
            symbol = typst_name(name)
            # An upright word beside a letter would read as one name: w_"max" · x.
            space = " dot " if '"' in symbol else " "
            terms.append(f"{symbol}{space}{feature}" if feature else symbol)
        return " + ".join(terms)

    def feature(self, place: int, index: str) -> str:
        """The feature that the parameter at ``place`` multiplies; nothing for b."""
        if place >= self.columns * self.degree:
            return ""
        letter = "z" if self.standardized else "x"
        # A standardised power is no power of a standardised column: it is a feature of its own.
        separate = self.columns > 1 or (self.standardized and self.degree > 1)
        column = str(place + 1) if separate else ""
        below = " ".join(part for part in (index, column) if part)
        if len(below) > 1:
            below = f"({below})"
        name = f"{letter}_{below}" if below else letter
        power = 1 if separate else place + 1
        return name if power == 1 else f"{name}^{power}" if power < 10 else f"{name}^({power})"

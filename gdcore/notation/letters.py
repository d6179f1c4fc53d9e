"""The letters of the program's own quantities, which give way to those of the user."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from gdcore.notation.names import name_node
from gdcore.notation.nodes import Script, Symbol

# What each quantity is called, and what it is called where a parameter has that letter.
_CHOICES: dict[str, tuple[str, ...]] = {
    "objective": ("J", "C", "F", "L", "E", "Q"),
    "rate": ("alpha", "eta", "rho", "tau", "gamma"),
    "counter": ("k", "n", "t", "s", "j"),
    "curvature": ("lambda", "mu", "nu", "sigma", "zeta"),
    "condition": ("kappa", "chi", "psi", "omega", "xi"),
    "rows": ("N", "M", "R", "T", "S"),
    "row": ("i", "j", "r", "h", "l"),
    "feature": ("x", "u", "p", "a", "g"),
    "standardized": ("z", "v", "q", "c", "f"),
    "target": ("y", "d", "o", "g", "h"),
    "chance": ("p", "q", "h", "r", "s"),
}


@dataclass(frozen=True, slots=True)
class Letters:
    """The symbol of each quantity: J is minimised, α the rate, k counts steps, λ is a curvature, κ a condition number.

    Of data: N rows counted by i, a feature x, z once it is standardised, the target y, and the chance p of a yes.
    """

    objective: Symbol = Symbol("J")
    rate: Symbol = Symbol("alpha")
    counter: Symbol = Symbol("k")
    curvature: Symbol = Symbol("lambda")
    condition: Symbol = Symbol("kappa")
    rows: Symbol = Symbol("N")
    row: Symbol = Symbol("i")
    feature: Symbol = Symbol("x")
    standardized: Symbol = Symbol("z")
    target: Symbol = Symbol("y")
    chance: Symbol = Symbol("p")

    @classmethod
    def beside(cls, parameters: Iterable[str]) -> Letters:
        """The letters that no parameter has: of each quantity the first free one (the usual one when all are taken)."""
        taken = {node.base if isinstance(node, Script) else node for node in map(name_node, parameters)}
        chosen: dict[str, Symbol] = {}
        for field in fields(cls):
            options = [Symbol(name) for name in _CHOICES[field.name]]
            free = [letter for letter in options if letter not in taken]
            chosen[field.name] = (free or options)[0]
            if chosen[field.name] != options[0]:
                taken.add(chosen[field.name])  # no two of ours step aside to the same place
        return cls(**chosen)

    def renamed(self, symbol: Symbol) -> Symbol:
        """The letter in the place of a usual one; any other symbol as it is."""
        for field in fields(self):
            if symbol == field.default:
                found: Symbol = getattr(self, field.name)
                return found
        return symbol

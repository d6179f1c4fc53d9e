"""Formulae: as Typst for the eye, as plain text for captions and searches."""

from __future__ import annotations

import re

from gdcore.problems import FormulaProblem, LeastSquares, Problem

from ..richtext import Maths, Rich, Words, maths, spoken
from ..storyboard.names import typst_name
from ..theme import Role


def plain_name(name: str) -> str:
    """A parameter's name as plain text: Greek letters as such, an index after a low line."""
    return spoken(_greek(typst_name(name)))


def objective_text(problem: Problem) -> str:
    """The objective as one line of plain text: J(w) = (w − 3)² + 2."""
    names = ", ".join(plain_name(name) for name in problem.parameters)
    if isinstance(problem, LeastSquares):
        mean = "1/N" if problem.cost == "mse" else "1/(2N)"
        return f"J({names}) = {mean} Σ (ŷ_i − y_i)², ŷ = {_tidy(problem.typst_model())}"
    if isinstance(problem, FormulaProblem):
        return f"J({names}) = {_powers(str(problem.formula))}"
    return f"J({names}) = {_tidy(problem.typst())}"


def objective_rich(problem: Problem) -> Rich:
    """The objective as a displayed formula."""
    names = ", ".join(typst_name(name) for name in problem.parameters)
    return Rich(
        (
            Maths(f"J({names})", Role.OBJECTIVE),
            Words(" "),
            Maths(f"= {problem.typst()}", spoken="= " + objective_text(problem).split(" = ", 1)[1]),
        )
    )


def rule_text(problem: Problem) -> str:
    """The update of every parameter as plain text."""
    names = [plain_name(name) for name in problem.parameters]
    if len(names) == 1:
        return f"{names[0]} ← {names[0]} − α · J′({names[0]})"
    return ", ".join(f"{name} ← {name} − α · ∂J/∂{name}" for name in names)


def slope_typst(problem: Problem, index: int = 0) -> str:
    """J′(w), or ∂J/∂w with several parameters, as Typst."""
    name = typst_name(problem.parameters[index])
    return f"J'({name})" if len(problem.parameters) == 1 else f"(partial J)/(partial {name})"


def slope_inline(problem: Problem, index: int = 0) -> Rich:
    """The same on one line, for the heads of tables."""
    name = typst_name(problem.parameters[index])
    return maths(
        f"J'({name})" if len(problem.parameters) == 1 else f"partial J \\/ partial {name}", Role.SLOPE
    )


_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "omicron": "ο", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
}  # fmt: skip
_SUPER = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _greek(typst: str) -> str:
    return re.sub(r"\b[a-z]{2,}\b", lambda m: _GREEK.get(m[0], m[0]), typst)


def _powers(text: str) -> str:
    """Whole exponents raised: x^2 as x²."""
    return re.sub(r"\^(\d+)(?![\d.])", lambda m: m[1].translate(_SUPER), text)


def _tidy(typst: str) -> str:
    text = _powers(spoken(_greek(typst)))
    return re.sub(r"\s+", " ", text).strip()

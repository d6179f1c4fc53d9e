"""The names of what a film of one parameter shows, as formulae."""

from __future__ import annotations

from dataclasses import dataclass

from gdcore.notation import Node
from scenes.text import Rich, Speech, maths


@dataclass(frozen=True)
class Formulae:
    """k, w, α, J(w), J′(w) and α · J′(w), in the letters of a lecture."""

    counter: Rich
    parameter: Rich
    rate: Rich
    loss: Rich
    slope: Rich
    step: Rich

    @classmethod
    def of(cls, speech: Speech, parameter: Node) -> Formulae:
        """The names for a parameter."""
        return cls(
            counter=maths(speech.formula("k")),
            parameter=maths(parameter),
            rate=maths(speech.formula("alpha")),
            loss=maths(speech.formula("J({p})", p=parameter)),
            slope=maths(speech.formula("J'({p})", p=parameter)),
            step=maths(speech.formula("alpha dot J'({p})", p=parameter)),
        )

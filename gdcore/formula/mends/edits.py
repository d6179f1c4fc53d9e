"""A mistake in a formula whose mend is known as an edit of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gdcore.base.errors import FormulaError


@dataclass(frozen=True, slots=True)
class Edit:
    """The characters from ``start`` up to ``end`` (counted from 0) are to be ``text``."""

    start: int
    end: int
    text: str

    def of(self, whole: str) -> str:
        """The text with this edit."""
        return whole[: self.start] + self.text + whole[self.end :]


class MendableError(FormulaError):
    """A mistake with an ``edit`` that mends it. It stays in this room: who asked gets a FormulaError.

    ``mend`` may be shown instead as the whole formula that comes of it, unless it ``is_final``. An edit that
    ``other`` is a second edit: the mistake may be mended in two ways, and one is asked which. An edit that
    ``is_guess`` is only proposed for the mistake itself, never on the way to the mend of another one. ``otherwise`` is the mend where the whole cannot be read after the edit.
    """

    def __init__(
        self,
        text: str,
        column: int,
        found: str,
        edit: Edit,
        allowed: str = "",
        mend: str = "",
        *,
        is_final: bool = False,
        is_guess: bool = False,
        otherwise: str = "",
        other: Edit | None = None,
    ) -> None:
        super().__init__(text, column, found, allowed, mend or f"write {edit.text.strip()}")
        self.otherwise = otherwise
        self.other = other
        self.edit = edit
        self.is_final = is_final
        self.is_guess = is_guess


class AskedNameError(MendableError):
    """A name that may be something else: ``meant`` says what, ``piece`` how that is written.

    ``parameters`` are all names of the formula, this one among them.
    """

    def __init__(
        self,
        text: str,
        column: int,
        found: str,
        edit: Edit,
        name: str,
        meant: str,
        piece: str,
        parameters: Sequence[str],
    ) -> None:
        super().__init__(text, column, found, edit, is_guess=True)
        self.name = name
        self.meant = meant
        self.piece = piece
        self.parameters = tuple(parameters)

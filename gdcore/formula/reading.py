"""A formula read; and where that fails, the mend followed until the whole can be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gdcore.base.errors import FormulaError, UnclearNameError
from gdcore.formula.expressions import Expression
from gdcore.formula.mends.edits import AskedNameError, Edit, MendableError
from gdcore.formula.parser import Parser
from gdcore.formula.tree_maker import TreeMaker

_MOST_EDITS = 200
_SHOWN = 72  # characters of a whole formula that a mend shows


def read_formula(
    maker: TreeMaker, text: str, parameters: Sequence[str] | None, constants: Mapping[str, float]
) -> tuple[Expression, tuple[str, ...]]:
    """The tree of ``text``, made by ``maker``, and its variables in order of first appearance.

    Raises FormulaError, with the mended formula where one is known.
    """
    try:
        return Parser(maker, text, parameters, constants).run()
    except MendableError as error:
        other = _followed(error, error.other, parameters, constants) if error.other else None
        raise _told(error, _followed(error, error.edit, parameters, constants), other) from None


def _told(error: MendableError, whole: str, other: str | None) -> FormulaError:
    """The error for whoever asked; ``other`` is the whole formula of its second edit, where it has one."""
    if isinstance(error, AskedNameError):
        return UnclearNameError(
            error.text, error.column, error.found, error.name, error.meant, error.piece, error.parameters, whole
        )  # fmt: skip
    if other is not None:
        fits = (
            whole and other and max(len(whole), len(other)) <= _SHOWN // 2 and (whole + other).isprintable()
        )
        mend = f"write {whole} or {other}" if fits else error.mend
        return FormulaError(error.text, error.column, error.found, error.allowed, mend)
    fits = whole and not error.is_final and len(whole) <= _SHOWN and whole.isprintable()
    mend = f"write {whole}" if fits else (error.mend if whole else error.otherwise or error.mend)
    return FormulaError(error.text, error.column, error.found, error.allowed, mend, whole)


def _followed(
    error: MendableError, edit: Edit, parameters: Sequence[str] | None, constants: Mapping[str, float]
) -> str:
    """The formula that comes of the edit, and of those that it needs next; empty if that cannot be read."""
    asked = isinstance(error, AskedNameError)
    for _ in range(_MOST_EDITS):
        text = edit.of(error.text).strip()
        try:
            _, variables = Parser(TreeMaker(), text, parameters, constants).run()
        except MendableError as following:
            if following.is_guess and not (asked and isinstance(following, AskedNameError)):
                return ""
            error, edit = following, following.edit
        except FormulaError:
            return ""
        else:
            return text if variables else ""
    return ""

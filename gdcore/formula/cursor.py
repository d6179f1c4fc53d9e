"""A way through the tokens of a formula, with the limits on its size and the names that it may use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gdcore.base.errors import FormulaError
from gdcore.formula.functions import CONSTANTS
from gdcore.formula.mends.edits import Edit, MendableError
from gdcore.formula.tokens import Token, TokenKind, tokenize

MAX_NODES = 500
MAX_DEPTH = 50
TOO_DEEP = f"the formula is nested deeper than {MAX_DEPTH} levels"


_KEYWORDS = ("if", "else")


class TokenCursor:
    """The tokens of ``text``, one after the other. Given ``parameters`` admit no other name.

    Raises FormulaError as ``tokenize`` does.
    """

    def __init__(self, text: str, parameters: Sequence[str] | None, constants: Mapping[str, float]) -> None:
        self.text = text
        self.parameters = parameters
        self.constants = {**CONSTANTS, **constants}
        self.tokens = tokenize(text)
        self.typed = {token.source for token in self.tokens if token.kind is TokenKind.NAME}
        self.variables: dict[str, None] = {}  # in order of first appearance
        self.position = 0
        self.nodes = 0
        self.nesting = 0

    def peek(self, ahead: int = 0) -> Token:
        """The next token, or one further on; at the end END."""
        return self.tokens[min(self.position + ahead, len(self.tokens) - 1)]

    def before(self) -> Token | None:
        """The token that was taken last."""
        return self.tokens[self.position - 1] if self.position else None

    def take(self) -> Token:
        token = self.peek()
        self.position += 1
        return token

    def at(self, *operators: str) -> bool:
        """Is the next token one of these operators?"""
        token = self.peek()
        return token.kind is TokenKind.OPERATOR and token.text in operators

    def at_word(self, word: str) -> bool:
        """Is the next token this keyword?"""
        token = self.peek()
        return self.is_keyword(token) and token.text == word

    def is_keyword(self, token: Token) -> bool:
        """Is it the if or else of cases? A given parameter may be called so."""
        return token.kind is TokenKind.NAME and token.text in _KEYWORDS and not self.is_known(token.text)

    def is_known(self, name: str) -> bool:
        """Is ``name`` a given parameter or a constant?"""
        return name in self.constants or name in (self.parameters or ())

    def spelled(self, token: Token) -> str:
        """The name of a token; of one with a small index, which has two spellings, the one that is in use."""
        known = self.typed if self.parameters is None else self.parameters
        return token.twin if token.twin in known and token.text not in known else token.text

    def begins_operand(self, token: Token) -> bool:
        """Can a number, a name, a bracket or a root begin with it?"""
        if token.kind is TokenKind.OPERATOR:
            return token.text in ("(", "|", "√", "∛")
        return token.kind is TokenKind.NUMBER or (token.kind is TokenKind.NAME and not self.is_keyword(token))

    def slice(self, first: Token, end: Token | int) -> str:
        """The text from one token up to another, or to a column."""
        return self.text[first.column - 1 : (end if isinstance(end, int) else end.column) - 1].strip()

    def error(self, token: Token, found: str, allowed: str = "", *, mend: str) -> FormulaError:
        return FormulaError(self.text, token.column, found, allowed, mend)

    def mendable(
        self,
        token: Token,
        end: int,
        instead: str,
        found: str,
        allowed: str = "",
        mend: str = "",
        *,
        is_final: bool = False,
        is_guess: bool = False,
    ) -> MendableError:
        """The error for what stands from ``token`` up to the column ``end``, and should be ``instead``."""
        edit = Edit(token.column - 1, end - 1, instead)
        return MendableError(
            self.text, token.column, found, edit, allowed, mend, is_final=is_final, is_guess=is_guess
        )

    def count(self, token: Token) -> None:
        """One more node. Raises FormulaError for too many."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            found = f"the formula has more than {MAX_NODES} numbers, names and operators"
            raise self.error(token, found, mend="simplify it")

    def descend(self, token: Token) -> None:
        """One level deeper. Raises FormulaError for too many."""
        self.nesting += 1
        if self.nesting > MAX_DEPTH:
            raise self.error(token, TOO_DEEP, mend="simplify it")

"""Formula text to tokens. The alphabet is closed: what is not listed here is refused, with the mend."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from gdcore.base.errors import FormulaError
from gdcore.notation.symbols import GREEK_NAMES

MAX_CHARACTERS = 2000


class TokenKind(Enum):
    """What a token is."""

    NUMBER = "number"
    NAME = "name"
    OPERATOR = "operator"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text; ``column`` is 1-based."""

    kind: TokenKind
    text: str
    column: int

    @property
    def end(self) -> int:
        """The column just behind the token."""
        return self.column + len(self.text)


_PATTERN = re.compile(
    r"(?P<space>[ \t\r\n]+)"
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<operator>\*\*|[-+*/^(),])"
)

# Characters that people paste from a page or another program, and what to type for them.
_WRITE_INSTEAD = {
    "−": "-",
    "–": "-",
    "—": "-",
    "·": "*",
    "⋅": "*",
    "×": "*",
    "∗": "*",
    "÷": "/",
    ":": "/",
    "∕": "/",
    "√": "sqrt(…)",
    "[": "(",
    "{": "(",
    "]": ")",
    "}": ")",
    "²": "^2",
    "³": "^3",
    "⁴": "^4",
    "|": "abs(…)",
    "½": "0.5",
}


def tokenize(text: str) -> list[Token]:
    """The tokens of ``text``, closed by an END token.

    Raises FormulaError for a text that is empty or longer than 2000 characters, and for any character outside
    the alphabet of digits, ASCII names, ``+ - * / ^ ** ( ) ,``.
    """
    if len(text) > MAX_CHARACTERS:
        raise FormulaError(
            text,
            MAX_CHARACTERS + 1,
            f"the formula has {len(text)} characters",
            f"at most {MAX_CHARACTERS} are allowed",
            "shorten it",
        )
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        match = _PATTERN.match(text, position)
        if match is None:
            raise _foreign(text, position)
        if match.lastgroup != "space":
            tokens.append(Token(TokenKind(match.lastgroup), match.group(), position + 1))
        position = match.end()
    if not tokens:
        raise FormulaError(text, 1, "the formula is empty", mend="write one such as (x-3)^2+2")
    tokens.append(Token(TokenKind.END, "", len(text) + 1))
    return tokens


def _foreign(text: str, position: int) -> FormulaError:
    """A character is refused: what to write for it."""
    character = text[position]
    # The micro sign is a mu, and so on.
    plain = unicodedata.normalize("NFKC", character)
    instead = _WRITE_INSTEAD.get(character) or GREEK_NAMES.get(plain)
    if instead is None and unicodedata.category(character) == "No" and character.isdigit():
        instead = f"{unicodedata.digit(character)}"
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    allowed = ""
    if instead is not None:
        mend = f"write {instead} for it"
    elif character == "=":
        mend = "write only what stands to the right of it"
    else:
        allowed = "numbers, names of letters and digits, + - * / ^ and round brackets are"
        mend = "leave it out"
    return FormulaError(text, position + 1, f"'{shown}' is not part of a formula", allowed, mend)

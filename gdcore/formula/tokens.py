"""Formula text to tokens. The alphabet is closed: what is not listed here is refused, with the mend.

What the program itself prints is in it: −, ·, ×, √, x², w₁, α, 10⁻⁷. A token has the spelling of the keyboard.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from gdcore.base.errors import FormulaError
from gdcore.formula.mends.foreign_characters import refused
from gdcore.notation.symbols import GREEK_NAMES

MAX_CHARACTERS = 2000


class TokenKind(Enum):
    """What a token is."""

    NUMBER = "number"
    NAME = "name"
    OPERATOR = "operator"
    RELATION = "relation"
    RAISED = "raised"  # an exponent of small digits
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: ``source`` as it stands there, at the 1-based ``column``; ``text`` in the usual spelling.

    ``twin`` is the other name that is printed alike: w_1 for w₁.
    """

    kind: TokenKind
    text: str
    column: int
    source: str
    twin: str = ""

    @property
    def end(self) -> int:
        """The column just behind the token."""
        return self.column + len(self.source)

    @property
    def is_power_of_ten(self) -> bool:
        """Is it 10 with small digits, such as 10⁻⁷?"""
        return self.kind is TokenKind.NUMBER and self.source[-1] in _RAISED


_RAISED = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
_LOWERED = "₀₁₂₃₄₅₆₇₈₉"
_TYPED = str.maketrans(_RAISED + _LOWERED, "-0123456789" + "0123456789")
# Also the micro sign, the ohm sign, and the second forms of theta, phi …
_GREEK = "".join(GREEK_NAMES) + "µΩϑϕϖϱϰϵ"

_PATTERN = re.compile(
    r"(?P<space>\s+)"
    # As numbers are printed: 10⁻⁷ and 10¹², but 0.001 and 1000.
    r"|(?P<power>10(?:⁻?[¹²³⁴-⁹][⁰¹²³⁴-⁹]+|⁻[⁶-⁹]|⁹))"
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    rf"|(?P<name>[A-Za-z_][A-Za-z0-9_]*(?:[{_LOWERED}]+|(?<=_)[{_GREEK}])?"
    rf"|[{_GREEK}](?:[{_LOWERED}]+|[0-9]+|_(?:[{_GREEK}]|[A-Za-z0-9]+))?)"
    r"|(?P<raised>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    r"|(?P<operator>\*\*|[-+*/^(),|−·⋅×√∛])"
    r"|(?P<relation><=|>=|==|!=|[<>=≤≥≠])"
)
_SPELLED = {"−": "-", "·": "*", "⋅": "*", "×": "*", "<=": "≤", ">=": "≥", "==": "=", "!=": "≠"}


def tokenize(text: str) -> list[Token]:
    """The tokens of ``text``, closed by an END token.

    Raises FormulaError for a text that is empty or longer than 2000 characters, and for any character outside
    the alphabet of digits, names, operators, brackets and relations.
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
            raise refused(text, position)
        if match.lastgroup != "space":
            tokens.append(_token(str(match.lastgroup), match.group(), position + 1))
        position = match.end()
    if not tokens:
        raise FormulaError(text, 1, "the formula is empty", mend="write one such as (x-3)^2+2")
    tokens.append(Token(TokenKind.END, "", len(text) + 1, ""))
    return tokens


def _token(kind: str, source: str, column: int) -> Token:
    match kind:
        case "name":
            text, twin = _name(source)
            return Token(TokenKind.NAME, text, column, source, twin)
        case "power":
            return Token(TokenKind.NUMBER, f"1e{source[2:].translate(_TYPED)}", column, source)
        case "raised":
            return Token(TokenKind.RAISED, source.translate(_TYPED), column, source)
    return Token(TokenKind(kind), _SPELLED.get(source, source), column, source)


def _name(source: str) -> tuple[str, str]:
    """The name in letters of the keyboard; and that of its twin, where an index is written small."""
    stem = source.rstrip(_LOWERED)
    index = source[len(stem) :].translate(_TYPED)
    spelled = "".join(
        letter if letter.isascii() else GREEK_NAMES[unicodedata.normalize("NFKC", letter)] for letter in stem
    )
    if not index:
        return spelled, ""
    names = f"{spelled}{index}", f"{spelled}_{index}"
    return names if len(spelled) == 1 else names[::-1]

"""The small language of formulae in sentences, ours and a lecturer's: w_1, theta, ∂J/∂w, 2/lambda, (x − 3)^2.

    formula   a row of terms and signs
    term      atom, then any of _index, ^exponent and ′
    atom      number | name | symbol | (formula) [formula] |formula| | √atom | ∛atom | sqrt(formula)
              | cbrt(formula) | hat(formula) | frac(formula, formula) | {place}
    index     a number, a name or an atom; (…) and {…} hold longer ones together

A name is a Greek letter, a function, a single letter in italics, or else an upright word. A slash stays on the line,
frac draws a bar. What is not in the language is a mistake: it is never passed on to a typesetter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from gdcore.notation import (
    OPERATORS,
    SYMBOLS,
    Fenced,
    Fraction,
    Hat,
    Node,
    Numeral,
    Operator,
    Root,
    Script,
    Sign,
    Symbol,
    Word,
    name_node,
    row,
)
from gdcore.notation.letters import Letters

LONGEST, DEEPEST = 300, 20

_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<name>[^\W\d_]+)|(?P<sign><=|>=|!=|<-|->|\.\.\.|[^\w\s])|(?P<low>_)|(?P<other>\S))"
)
_SIGNS = {
    "+": "plus", "-": "minus", "−": "minus", "*": "dot", "·": "dot", "×": "times", "/": "slash", "=": "equals",
    "!=": "unequal", "≠": "unequal", "<": "less", ">": "greater", "<=": "at-most", "≤": "at-most", ">=": "at-least",
    "≥": "at-least", "≈": "approx", "~": "approx", "<-": "becomes", "←": "becomes", "->": "to", "→": "to",
    "±": "plus-minus", ",": "comma", ":": "colon",
}  # fmt: skip
_NAMED_SIGNS = {"dot": "dot", "times": "times", "approx": "approx", "quad": "wide"}
_CHARACTERS = {
    "∂": "partial",
    "∇": "nabla",
    "Σ": "sum",
    "∑": "sum",
    "∞": "infinity",
    "…": "dots",
    "...": "dots",
}
_NAMED_SYMBOLS = {"infty": "infinity", "diff": "partial"}
_RADICALS = {"√": 2, "∛": 3}
_CLOSING = {"(": ")", "[": "]", "|": "|", "{": "}"}

_LOWERED, _RAISED = "₀₁₂₃₄₅₆₇₈₉", "⁰¹²³⁴⁵⁶⁷⁸⁹"
_FULL = str.maketrans(_LOWERED + _RAISED, "01234567890123456789")
_SMALL = re.compile(f"[{_LOWERED}]+|[{_RAISED}]+")


class MathsError(ValueError):
    """A formula that is not in the language: ``column`` counts from 1, ``found`` is what stands there."""

    def __init__(self, column: int, found: str) -> None:
        super().__init__(f"column {column}: {found}")
        self.column = column
        self.found = found


def read_maths(text: str, places: Mapping[str, Node] | None = None, letters: Letters | None = None) -> Node:
    """The formula that ``text`` means, ``{name}`` filled from ``places``, our own ``letters`` given way.

    Raises MathsError.
    """
    if len(text) > LONGEST:
        raise MathsError(LONGEST + 1, f"more than {LONGEST} characters")
    return _Reader(_SMALL.sub(_spelled, text), places or {}, letters).whole()


def _spelled(match: re.Match[str]) -> str:
    """Small digits as an index or exponent: w₁ is w_1, x² is x^2."""
    small = match[0]
    return ("_" if small[0] in _LOWERED else "^") + small.translate(_FULL)


class _Reader:
    def __init__(self, text: str, places: Mapping[str, Node], letters: Letters | None) -> None:
        self.text, self.places, self.letters = text, places, letters
        self.at = 0
        self.depth = 0

    def whole(self) -> Node:
        node = self.row("")
        if not self.text.strip():
            raise MathsError(1, "nothing")
        return node

    # Tokens

    def peek(self) -> tuple[str, str, int]:
        """Kind and text of the next token, and where it ends; two empty texts at the end."""
        match = _TOKEN.match(self.text, self.at)
        if match is None:
            return "", "", len(self.text)
        kind = str(match.lastgroup)
        return kind, match[kind], match.end()

    def take(self) -> tuple[str, str]:
        kind, token, self.at = self.peek()
        return kind, token

    def mistake(self, found: str) -> MathsError:
        blank = len(self.text[self.at :]) - len(self.text[self.at :].lstrip())
        return MathsError(self.at + blank + 1, found)

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Within one more bracket or root."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.mistake(f"more than {DEEPEST} brackets in one another")
        yield
        self.depth -= 1

    # Rows and terms

    def row(self, closing: str) -> Node:
        """Terms and signs up to ``closing``, which is taken."""
        parts: list[Node] = []
        while True:
            kind, token, end = self.peek()
            if not kind or (kind == "sign" and token == closing):
                break
            if (kind == "sign" and token in _SIGNS) or (kind == "name" and token in _NAMED_SIGNS):
                self.at = end
                self._sign(parts, _SIGNS.get(token) or _NAMED_SIGNS[token])
            else:
                with self.deeper():
                    parts.append(self.term())
        if closing and not kind:
            raise self.mistake(f"no {closing} to close the bracket")
        if closing and not parts:
            raise self.mistake("nothing in the brackets")
        self.at = end if closing else self.at
        return row(parts)

    def _sign(self, parts: list[Node], name: str) -> None:
        # A minus at the beginning or behind another sign belongs to what follows.
        alone = not parts or isinstance(parts[-1], Sign)
        if name != "minus" or not alone:
            parts.append(Sign(name))
            return
        kind, token, end = self.peek()
        parts.append(Sign("negative"))
        if kind == "number":
            self.at = end
            number = self.scripts(Numeral(token))
            # −3² is not the square of −3.
            parts[-1:] = [Numeral(f"-{token}")] if isinstance(number, Numeral) else [Sign("negative"), number]

    def term(self) -> Node:
        return self.scripts(self.atom())

    def scripts(self, base: Node) -> Node:
        below: Node | None = None
        above: Node | None = None
        primes = 0
        while True:
            kind, token, end = self.peek()
            if kind == "low" and below is None:
                self.at = end
                below = self.small()
            elif token == "^" and above is None:
                self.at = end
                above = self.small()
            elif token in ("'", "′") and kind == "sign":
                self.at = end
                primes += 1
            else:
                break
        if below is None and above is None and not primes:
            return base
        if isinstance(base, Script) and base.below is not None and below is None and base.above is None:
            return Script(base.base, base.below, above, primes)  # w_1 filled into {p}^2
        if isinstance(base, Script) and below is not None:
            base = Fenced(base)
        return Script(base, below, above, primes)

    def small(self) -> Node:
        """An index or exponent."""
        kind, token, end = self.peek()
        if kind == "sign" and token in "({":
            self.at = end
            return self.row(_CLOSING[token])
        if kind == "sign" and token in ("-", "−"):
            self.at = end
            kind, token = self.take()
            if kind == "number":
                return Numeral(f"-{token}")
            raise self.mistake("no number behind the minus")
        if kind == "name" and token in OPERATORS:  # w_max is no function
            self.at = end
            return Word(token)
        return self.atom()

    def atom(self) -> Node:
        kind, token, end = self.peek()
        if kind == "number":
            self.at = end
            return Numeral(token)
        if kind == "name":
            self.at = end
            return self.name(token)
        if token in _CHARACTERS:
            self.at = end
            return Symbol(_CHARACTERS[token])
        if token in _RADICALS:
            self.at = end
            with self.deeper():
                inside = self.atom()
            under = inside.inside if isinstance(inside, Fenced) and inside.fence == "round" else inside
            return Root(under, _RADICALS[token])
        if token in ("(", "[", "|"):
            self.at = end
            inside = self.row(_CLOSING[token])
            return Fenced(inside, {"(": "round", "[": "square", "|": "bars"}[token])  # type: ignore[arg-type]
        if token == "{":
            return self.place()
        shown = f'"{token}"' if token else "the end"
        raise self.mistake(f"{shown} where a number, a name or a bracket can stand")

    def place(self) -> Node:
        match = re.compile(r"\s*\{([^{}]*)\}").match(self.text, self.at)
        if match is None or match[1] not in self.places:
            raise self.mistake("{ where a number, a name or a bracket can stand")
        self.at = match.end()
        return self.places[match[1]]

    def name(self, name: str) -> Node:
        if name in ("sqrt", "cbrt", "hat", "frac", "abs") and self.peek()[1] == "(":
            return self.call(name)
        if name in OPERATORS:
            return Operator(name)
        name = _NAMED_SYMBOLS.get(name) or _CHARACTERS.get(name, name)
        if name in SYMBOLS:
            return self.letters.renamed(Symbol(name)) if self.letters is not None else Symbol(name)
        return name_node(name) if len(name) == 1 else Word(name)

    def call(self, name: str) -> Node:
        self.take()
        start = self.at
        inside = self.row(")")
        match name:
            case "sqrt":
                return Root(inside)
            case "cbrt":
                return Root(inside, 3)
            case "hat":
                return Hat(inside)
            case "abs":
                return Fenced(inside, "bars")
        parts = inside.parts if hasattr(inside, "parts") else ()
        commas = [i for i, part in enumerate(parts) if part == Sign("comma")]
        if len(commas) != 1 or commas[0] in (0, len(parts) - 1):
            self.at = start
            raise self.mistake("frac without two parts and a comma between them")
        return Fraction(row(parts[: commas[0]]), row(parts[commas[0] + 1 :]))

"""A lecturer's own captions: words as typed, mathematics between dollars, and the numbers of the run.

    The slope at $w_0$ is steep: after {w[1]} we are at {w[-1]}, and $J$ fell to {J[-1]}.     \\$5 a step

`$…$` is read in the language of `grammar`, and its letters are the lecturer's; `{w[k]}` and `{J[k]}` are a parameter
and the loss after k steps ([-1]: at the end), `{rate}` and `{steps}` the run's; `\\$` is a dollar. A price's is one, too:
a formula begins and ends without a space, and no digit touches its dollars from outside. What cannot be read is shown as
it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gdcore.notation import Node

from .grammar import MathsError, read_maths
from .rich import Maths, Rich, Words

LOSS, RATE, STEPS = "J", "rate", "steps"

_MARK = re.compile(r"\\\$|\$|\{(?P<name>[^\W\d]\w*)(?:\[(?P<step>-?[0-9]{1,9})\])?\}")
_PARTNER = re.compile(r"(?<![\\])\$")


@dataclass(frozen=True, slots=True)
class Asked:
    """A number of the run that a caption asks for: of a parameter or the loss after ``step`` steps, or of the run."""

    name: str
    step: int | None

    def __str__(self) -> str:
        return f"{{{self.name}}}" if self.step is None else f"{{{self.name}[{self.step}]}}"


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of a caption that is shown as typed: where it begins (from 1), the part, and why it was not read."""

    column: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption that has been read: words, formulae and numbers asked for, in order."""

    parts: tuple[str | Node | Asked, ...]
    unread: tuple[Unread, ...]

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The numbers that it asks for."""
        return tuple(part for part in self.parts if isinstance(part, Asked))

    def filled(self, of_run: Callable[[Asked], Node | None]) -> Rich:
        """The caption with the numbers of a run; one that the run does not have is shown as it was typed."""
        runs: list[Words | Maths] = []
        for part in self.parts:
            if isinstance(part, Asked):
                found = of_run(part)
                runs.append(Words(str(part)) if found is None else Maths(found))
            else:
                runs.append(Words(part) if isinstance(part, str) else Maths(part))
        return Rich(tuple(runs))


def read_caption(text: str, parameters: Iterable[str]) -> Caption:
    """The caption that ``text`` means, for a run in these parameters."""
    known = frozenset(parameters)
    parts: list[str | Node | Asked] = []
    unread: list[Unread] = []
    words = ""
    at = 0
    while (match := _MARK.search(text, at)) is not None:
        words += text[at : match.start()]
        at = match.end()
        if match[0] == "\\$":
            words += "$"
            continue
        read: Node | Asked | Unread
        if match[0] == "$":
            end = _partner(text, at)
            read = _formula(text, match.start(), end)
            at = end + 1 if end is not None else at
        else:
            read = _number(match, known)
        if isinstance(read, Unread):
            unread.append(read)
            words += text[match.start() : at]
            continue
        if words:
            parts.append(words)
        parts.append(read)
        words = ""
    words += text[at:]
    if words:
        parts.append(words)
    return Caption(tuple(parts), tuple(unread))


def _partner(text: str, opened: int) -> int | None:
    """Where the dollar stands that closes the formula which begins at ``opened``, if one begins there."""
    closing = _PARTNER.search(text, opened)
    if closing is None or text[opened].isspace() or text[closing.start() - 1].isspace():
        return None
    around = text[max(opened - 2, 0) : opened - 1], text[closing.end() : closing.end() + 1]
    return None if any(outside.isdecimal() for outside in around) else closing.start()


def _formula(text: str, start: int, end: int | None) -> Node | Unread:
    if end is None:
        return Unread(start + 1, text[start:], "the $ has no partner")
    try:
        return read_maths(text[start + 1 : end])
    except MathsError as error:
        return Unread(start + 1 + error.column, text[start : end + 1], error.found)


def _number(match: re.Match[str], parameters: frozenset[str]) -> Asked | Unread:
    name, step = match["name"], match["step"]
    of_step = name in parameters or name == LOSS
    if of_step and step is not None:
        return Asked(name, int(step))
    if name in (RATE, STEPS) and step is None and not of_step:
        return Asked(name, None)
    if of_step:
        return Unread(match.start() + 1, match[0], f"it lacks the step, such as {{{name}[1]}}")
    known = ", ".join([*(f"{{{name}[1]}}" for name in sorted({*parameters, LOSS})), "{rate}", "{steps}"])
    return Unread(match.start() + 1, match[0], f"there are {known}")

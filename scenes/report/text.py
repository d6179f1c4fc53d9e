"""Running text: lines broken at the column, captions, headings, timed lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gdcore.notation import Face, Node, plain
from scenes.text import Maths, Rich, Words, maths, words
from scenes.theme import Role

from .block import Block, Whole
from .breaks import has_wide_end, unbroken
from .inline import inline_reach, inline_width
from .lettering import has_letters_for, radicals, width_of
from .sheet import Sheet
from .style import BODY, HEADING, LEADING, SECTION, SMALL

NARROW = "\u00a0"  # a space at which no line breaks

_WORD = re.compile(r"[ \t\n]+|[^ \t\n]+")
_ONE_LINE = 44  # characters of a formula that is not broken
_SHORT = 0.14  # of the column: a last line shorter than this looks lost


def broken(content: Rich, width: float, size: float, *, bold: bool = False) -> list[Rich]:
    """The lines of a text in a column. Formulae and numbers stay whole; a word longer than the column is cut.

    Where a single word would be left for the last line, the lines above give it some of theirs.
    """
    lines = _filled(content, width, size, bold)
    if len(lines) > 1 and inline_width(lines[-1], size, bold=bold, prose=True) < _SHORT * width:
        for part in (0.97, 0.94, 0.91, 0.88, 0.85):
            other = _filled(content, part * width, size, bold)
            if len(other) > len(lines):
                break
            if inline_width(other[-1], size, bold=bold, prose=True) >= _SHORT * width:
                return other
    return lines


def formula_as_text(node: Node, decimal: str) -> Rich:
    """A formula as one would type it, on one line if it is not too long for that.

    As a formula where the page has no letter for a part of it.
    """
    text = plain(node, decimal, radicals())
    if not has_letters_for(text):
        return maths(node)
    return words(text.replace(" ", NARROW) if len(text) <= _ONE_LINE else text)


def _filled(content: Rich, width: float, size: float, bold: bool) -> list[Rich]:
    lines: list[list[Words | Maths]] = [[]]
    used = space = 0.0
    blank: Words | None = None
    for group in _groups(content, width, size, bold):
        if len(group) == 1 and isinstance(group[0], Words) and not group[0].text.strip(" \t\n"):
            if lines[-1]:
                blank, space = Words(" ", group[0].role), width_of(" ", size, bold)
            continue
        wide = inline_width(Rich(tuple(group)), size, bold=bold, prose=True)
        if lines[-1] and used + space + wide > width + 1e-6:
            lines.append([])
            used = 0.0
        elif blank is not None:
            lines[-1].append(blank)
            used += space
        lines[-1].extend(group)
        used += wide
        blank, space = None, 0.0
    return [_closed(line) for line in lines if line]


def _groups(content: Rich, width: float, size: float, bold: bool) -> list[list[Words | Maths]]:
    """What must stay together: white space, or a word with the formulae and signs that touch it."""
    groups: list[list[Words | Maths]] = []
    open_group = False
    for run in content.runs:
        for part in _WORD.findall(run.text) if isinstance(run, Words) else [run]:
            if isinstance(part, str) and not part.strip(" \t\n"):
                groups.append([Words(part, run.role)])
                open_group = False
                continue
            item = replace(run, text=part) if isinstance(run, Words) and isinstance(part, str) else part
            items = _parts(item, width, size, bold) if isinstance(item, Words) else [item]
            for number, piece in enumerate(items):
                if open_group and number == 0:
                    groups[-1].append(piece)
                else:
                    groups.append([piece])
            open_group = True
    return groups


def _parts(word: Words, width: float, size: float, bold: bool) -> list[Words | Maths]:
    """A word in the parts between which a line may end; one that is longer than the column is cut."""
    found: list[Words | Maths] = []
    for part in unbroken(word.text):
        found += (replace(word, text=piece) for piece in _cut(part, width, size, bold, word.face))
    return found


def _cut(text: str, width: float, size: float, bold: bool, face: Face | None) -> list[str]:
    if width_of(text, size, bold, face) <= width:
        return [text]
    parts, start = [], 0
    for end in range(1, len(text) + 1):
        if end > start + 1 and width_of(text[start:end], size, bold, face) > width:
            parts.append(text[start : end - 1])
            start = end - 1
    return [*parts, text[start:]]


def _closed(line: Sequence[Words | Maths]) -> Rich:
    """A line that is no longer broken: all its spaces are plain ones."""
    return Rich(
        tuple(
            replace(run, text=run.text.replace(NARROW, " ")) if isinstance(run, Words) else run
            for run in line
        )
    )


@dataclass(frozen=True, kw_only=True)
class Paragraph(Whole):
    """Text of one size, ragged right; divided between pages with two lines on either side."""

    content: Rich
    size: float = BODY
    bold: bool = False
    role: Role | None = None
    leading: float = LEADING
    indent: float = 0.0
    align: float = 0.0

    def _lines(self, width: float) -> list[Rich]:
        return broken(self.content, width - self.indent, self.size, bold=self.bold)

    def _pitch(self, line: Rich) -> float:
        low, high = inline_reach(line, self.size, prose=True)
        return max(self.leading * self.size, high - low + 3.0)

    def height(self, width: float) -> float:
        return sum(self._pitch(line) for line in self._lines(width))

    def draw(self, sheet: Sheet, left: float, top: float, width: float) -> None:
        for line in self._lines(width):
            low, high = inline_reach(line, self.size, prose=True)
            pitch = self._pitch(line)
            y = top - high - (pitch - high + low) / 2
            x = left + self.indent + self.align * (width - self.indent)
            sheet.rich(x, y, line, self.size, bold=self.bold, prose=True, role=self.role, align=self.align)
            top -= pitch

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        lines = self._lines(width)
        fitting, used = 0, 0.0
        for line in lines:
            used += self._pitch(line)
            if used > room:
                break
            fitting += 1
        fitting = min(fitting, len(lines) - 2)
        if fitting < 2:
            return None
        return (
            replace(self, content=_rejoined(lines[:fitting])),
            replace(self, content=_rejoined(lines[fitting:])),
        )


def _rejoined(lines: Sequence[Rich]) -> Rich:
    runs: list[Words | Maths] = []
    for line in lines:
        if runs and not (_wide_at(runs[-1], -1) and _wide_at(line.runs[0], 0)):
            runs.append(Words(" "))
        runs.extend(line.runs)
    return Rich(tuple(runs))


def _wide_at(run: Words | Maths, end: int) -> bool:
    return isinstance(run, Words) and has_wide_end(run.text, end)


@dataclass(frozen=True, kw_only=True)
class SectionHeading(Whole):
    """The number and title of a section, over a thin rule."""

    number: str
    title: Rich
    gap: float = 34.0
    keeps: bool = True
    needs: float = 190.0
    opens: bool = True

    def _indent(self) -> float:
        return width_of(f"{self.number}  ", SECTION, True) if self.number else 0.0

    def _paragraph(self) -> Paragraph:
        return Paragraph(content=self.title, size=SECTION, bold=True, indent=self._indent(), leading=1.3)

    def height(self, width: float) -> float:
        return self._paragraph().height(width) + 6.0

    def draw(self, sheet: Sheet, left: float, top: float, width: float) -> None:
        paragraph = self._paragraph()
        paragraph.draw(sheet, left, top, width)
        if self.number:
            reach = 0.68 * SECTION, -0.22 * SECTION
            y = top - reach[0] - (1.3 * SECTION - reach[0] + reach[1]) / 2
            sheet.text(left, y, self.number, SECTION, bold=True, role=Role.OBJECTIVE)
        bottom = top - self.height(width)
        sheet.line(left, bottom, left + width, bottom, width=0.7)


def heading(text: Rich, *, gap: float = 17.0) -> Paragraph:
    """A heading within a section."""
    return Paragraph(content=text, size=HEADING, bold=True, gap=gap, keeps=True, needs=70.0, leading=1.35)


@dataclass(frozen=True, kw_only=True)
class Timed(Whole):
    """A line of the transcript: the film's time code, then the words."""

    time: str
    content: Rich
    gap: float = 1.5
    _hang: float = 34.0

    def _paragraph(self) -> Paragraph:
        return Paragraph(content=self.content, size=SMALL, indent=self._hang, leading=1.36)

    def height(self, width: float) -> float:
        return self._paragraph().height(width)

    def draw(self, sheet: Sheet, left: float, top: float, width: float) -> None:
        paragraph = self._paragraph()
        paragraph.draw(sheet, left, top, width)
        first = paragraph._lines(width)[0]
        low, high = inline_reach(first, SMALL, prose=True)
        y = top - high - (paragraph._pitch(first) - high + low) / 2
        sheet.text(left + self._hang - 10, y, self.time, SMALL, role=Role.AXIS, align=1.0)

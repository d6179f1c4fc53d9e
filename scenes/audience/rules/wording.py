"""Words: a caption says one thing, in few words and with few numbers."""

from __future__ import annotations

import re

from gdcore.notation import Cases, Fenced, Fraction, Hat, Node, Numeral, Root, Row, Script
from scenes.audience.advice import Advice, AudienceRule
from scenes.storyboard.story import Story
from scenes.text import Rich, Words

MOST_WORDS = 14
MOST_NUMBERS = 2
_NUMBER = re.compile(r"(?<!\w)\d[\d.,\u2009\u202f]*")


def judge_words(story: Story) -> list[Advice]:
    """Captions that say too much at once."""
    found = []
    for beat in story.beats:
        for count, most, unit in (
            (words_in(beat.caption, story.speech.decimal), MOST_WORDS, "words"),
            (numbers_in(beat.caption), MOST_NUMBERS, "numbers"),
        ):
            if count > most and beat.seconds > 0:
                found.append(
                    Advice(
                        AudienceRule.WORDS,
                        story.name,
                        beat.id,
                        beat.start + beat.spoken,
                        count,
                        most,
                        f"a caption of {count} {unit}",
                        f"at most {most}",
                        f"say less here: `captions: {{{beat.id}: …}}` replaces it",
                    )
                )
    return found


def words_in(caption: Rich, decimal: str = ".") -> int:
    """How many words a caption has; what is spoken of a formula counts: letters and numbers between its signs."""
    return sum(any(sign.isalnum() for sign in token) for token in caption.plain(decimal).split())


def numbers_in(caption: Rich) -> int:
    """How many numbers a caption has, in its words and in its formulae; an index or an exponent is none."""
    return sum(
        len(_NUMBER.findall(run.text)) if isinstance(run, Words) else _numerals(run.node)
        for run in caption.runs
    )


def _numerals(node: Node) -> int:
    match node:
        case Numeral():
            return 1
        case Row(parts):
            return sum(map(_numerals, parts))
        case Script(base):
            return _numerals(base)
        case Fraction(above, below):
            return _numerals(above) + _numerals(below)
        case Fenced(inside) | Root(inside) | Hat(inside):
            return _numerals(inside)
        case Cases(rows, otherwise):
            return sum(_numerals(part) for row in rows for part in row) + _numerals(otherwise)
    return 0

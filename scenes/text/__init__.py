"""Words: text and formulae by construction, one catalogue of sentences, numbers and names. Nothing here is drawn."""

from .catalogue import Speech, languages, speech
from .numbers import Arithmetic, Format, arithmetic, format_of, number, number_beside, point, signed, whole
from .rich import Maths, Rich, Words, join, maths, words
from .ticks import TickNumbers, tick_numbers

__all__ = [
    "Arithmetic",
    "Format",
    "Maths",
    "Rich",
    "Speech",
    "TickNumbers",
    "Words",
    "arithmetic",
    "format_of",
    "join",
    "languages",
    "maths",
    "number",
    "number_beside",
    "point",
    "signed",
    "speech",
    "tick_numbers",
    "whole",
    "words",
]

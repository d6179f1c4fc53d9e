"""Words: text and formulae by construction, one catalogue of sentences, numbers and names. Nothing here is drawn."""

from .catalogue import Speech, languages, speech
from .numbers import (
    Arithmetic,
    Format,
    Multiplied,
    arithmetic,
    format_of,
    multiplied,
    number,
    number_beside,
    point,
    signed,
    told_apart,
    value_of,
    whole,
)
from .rich import Maths, Rich, Words, join, maths, words
from .ticks import TickNumbers, tick_numbers

__all__ = [
    "Arithmetic",
    "Format",
    "Maths",
    "Multiplied",
    "Rich",
    "Speech",
    "TickNumbers",
    "Words",
    "arithmetic",
    "format_of",
    "join",
    "languages",
    "maths",
    "multiplied",
    "number",
    "number_beside",
    "point",
    "signed",
    "speech",
    "tick_numbers",
    "told_apart",
    "value_of",
    "whole",
    "words",
]

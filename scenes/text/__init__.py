"""Words: text and formulae by construction, one catalogue of sentences, numbers and names. Nothing here is drawn."""

from .catalogue import Speech, languages, speech
from .numbers import (
    Format,
    format_of,
    number,
    number_beside,
    point,
    rate_node,
    signed,
    told_apart,
    value_of,
    whole,
)
from .rich import Maths, Rich, Words, join, maths, words
from .sums import Arithmetic, Multiplied, arithmetic, multiplied, short_arithmetic
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
    "rate_node",
    "short_arithmetic",
    "signed",
    "speech",
    "tick_numbers",
    "told_apart",
    "value_of",
    "whole",
    "words",
]

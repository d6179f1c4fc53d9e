"""The numbers at the ticks of a figure, as text; what all of them share is taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gdcore.notation import Node, Numeral, Sign, plain, row
from scenes.text import Rich, TickNumbers, tick_numbers


@dataclass(frozen=True)
class Numbering:
    """The text at each tick, and `factor`: the power of ten that they leave out, or nothing."""

    texts: tuple[str, ...]
    factor: str
    numbers: TickNumbers

    def name(self, name: Rich | None) -> Rich | None:
        """The axis's name, with what is to be added to its numbers, if anything."""
        return self.numbers.name(name)


def numbering(ticks: Sequence[float], decimal: str, *, log: bool = False) -> Numbering:
    """The numbers of ticks with a `decimal` mark."""
    found = tick_numbers(ticks, log=log)
    labels: Sequence[Node] = found.labels
    power = None if log else _shared_power(labels)
    if power is not None:
        labels = [Numeral(label.digits) if isinstance(label, Numeral) else label for label in labels]
    factor = "" if power is None else plain(row([Sign("times"), Numeral("1", power)]), decimal).strip()
    return Numbering(tuple(plain(label, decimal) for label in labels), factor, found)


def _shared_power(labels: Sequence[Node]) -> int | None:
    """The power of ten of which all the numbers but 0 are multiples."""
    powers = {label.exponent for label in labels if isinstance(label, Numeral) and Decimal(label.digits)}
    return powers.pop() if len(powers) == 1 else None

"""The usual mistakes of a step: where one lands who does not reckon w − α · m."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum


class StepMistake(Enum):
    """What is done instead of subtracting the rate times the slope, the most usual first."""

    SIGN = "sign"
    """w + α·m: up the slope rather than down."""
    RATE_FORGOTTEN = "rate_forgotten"
    """w − m: the slope itself is the step."""
    SLOPE_FORGOTTEN = "slope_forgotten"
    """w − α: every step is as long as the rate."""
    PLACE_FORGOTTEN = "place_forgotten"
    """−α·m: the step is taken for the place."""
    RATE_DIVIDES = "rate_divides"
    """w − m/α: a larger rate would make a smaller step."""
    RATE_ADDED = "rate_added"
    """w − (α + m): rate and slope are added rather than multiplied."""


@dataclass(frozen=True, slots=True)
class WrongStep:
    """A mistake, and the ``place`` at which one lands by it, in units of the parameter."""

    mistake: StepMistake
    place: float


def usual_mistakes(place: float, rate: float, slope: float, *, apart: float = 0.0) -> tuple[WrongStep, ...]:
    """Where the usual mistakes lead from ``place`` w at the ``rate`` α on the ``slope`` m, the most usual first.

    The right place is w − α·m. A mistake is left out if it leads there after all, or where one before it leads, or to
    no finite place. Places are the same if they lie at most ``apart`` from each other (in units of the parameter;
    at least the rounding of the step counts as the same).

    >>> [(wrong.mistake.value, round(wrong.place, 3)) for wrong in usual_mistakes(6.0, 0.1, 6.0)][:3]
    [('sign', 6.6), ('rate_forgotten', 0.0), ('slope_forgotten', 5.9)]
    """
    place, rate, slope = float(place), float(rate), float(slope)  # NumPy's would warn of what is left out
    step = rate * slope
    right = place - step
    wrong = {
        StepMistake.SIGN: place + step,
        StepMistake.RATE_FORGOTTEN: place - slope,
        StepMistake.SLOPE_FORGOTTEN: place - rate,
        StepMistake.PLACE_FORGOTTEN: -step,
        StepMistake.RATE_DIVIDES: place - slope / rate if rate else math.inf,
        StepMistake.RATE_ADDED: place - (rate + slope),
    }
    # Where a tiny step stands beside a large place, the places differ by what the step is good for, not the place.
    same = max(apart, 1e-9 * abs(step), 8 * math.ulp(abs(place)))
    found: list[WrongStep] = []
    for mistake, there in wrong.items():
        known = (right, *(each.place for each in found))
        if math.isfinite(there) and all(abs(there - other) > same for other in known):
            found.append(WrongStep(mistake, there))
    return tuple(found)

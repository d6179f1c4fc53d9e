"""The kinds of places on which a run may rest, as words and as numbers for arrays of many."""

from __future__ import annotations

from enum import StrEnum


class RestKind(StrEnum):
    """The kinds of places that a run rests on, or nears without end."""

    MINIMUM = "minimum"
    """J is higher all around, or the same along flat directions."""

    SADDLE = "saddle"
    """J falls along some directions and rises along others."""

    HILLTOP = "hilltop"
    """J falls along every direction that bends."""

    PLATEAU = "plateau"
    """J is the same all around."""

    INFLECTION = "inflection"
    """J falls to one side and rises to the other, with slope 0."""

    NO_BOTTOM = "no bottom"
    """J falls for ever: there is no minimum this way."""


#: What a number in an array of kinds means.
KINDS: tuple[RestKind, ...] = tuple(RestKind)
#: The number where the kind is not known.
UNKNOWN = -1
MINIMUM, SADDLE, HILLTOP, PLATEAU, INFLECTION, NO_BOTTOM = range(len(KINDS))

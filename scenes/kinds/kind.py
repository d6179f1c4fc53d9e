"""What a kind of scene says of itself: its row in the registry."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType, UnionType
from typing import Any

from gdcore.base.errors import GdError

PARTS = {"spec": "KIND", "story": "tell", "picture": "picture", "figures": "key_frames"}
"""The modules of a kind's folder, each with the name that it must define."""


TAKEN = frozenset(["kind", "name", "title", "problem", "run", "runs", "captions", "range", "brief"])
"""The keys that every scene has, which are no names for options."""


class KindError(GdError):
    """A kind of scene that is not whole, or one of whose names is taken."""


class Takes(Enum):
    """Which runs a scene shows that names none."""

    FIRST = auto()
    """The first ones of the lecture, as many as the kind holds."""
    FASTEST = auto()
    """The one with the largest rate."""


class ByDefault(Enum):
    """When a lecture that names no scenes has one of a kind, provided that it fits."""

    ALWAYS = auto()
    IF_A_RUN_DIVERGES = auto()
    """Of the first run that does."""
    NEVER = auto()


@dataclass(frozen=True)
class Option:
    """A key of a scene in a lecture file. `type` is bool, int, float, or a Literal of words.

    `low` and `high` bound a number. `example` is what a message suggests. An option that is not given is None: `default`
    is the value that this stands for, or `otherwise` says in words what then happens.
    """

    name: str
    type: type | UnionType | Any
    about: str
    example: str | float
    low: float | None = None
    high: float | None = None
    default: str | float | bool | None = None
    otherwise: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of scene. `about` is its line in lists.

    `runs`: fewest and most of a scene. `parameters`: how many the problem has, None for any. `needs_data`: does the
    problem have to be one with data? `plain`: does a scene write every step out as old value − rate × slope, so that
    its runs are of plain gradient descent? `one_rate`: does it show the rate as one number? `place`: kinds are listed in the order of their places.
    `preload` are modules that the picture imports only when it paints. `package` is the folder's; the registry fills
    it in.
    """

    name: str
    about: str
    runs: tuple[int, int] = (1, 1)
    parameters: int | None = None
    needs_data: bool = False
    plain: bool = False
    one_rate: bool = False
    takes: Takes = Takes.FIRST
    by_default: ByDefault = ByDefault.NEVER
    options: tuple[Option, ...] = ()
    place: int = 1000
    preload: tuple[str, ...] = ()
    package: str = ""

    def __post_init__(self) -> None:
        taken = sorted({option.name for option in self.options} & TAKEN)
        if taken:
            raise KindError(
                f"the kind {self.name!r} has the option {taken[0]!r}, which every scene has",
                mend="give it another name",
            )

    def fits(self, parameters: int, has_data: bool) -> bool:
        """Can a scene of this kind show a problem of so many parameters?"""
        return self.parameters in (None, parameters) and (has_data or not self.needs_data)

    def shows(self, plain: bool, one_rate: bool) -> bool:
        """Can a scene of this kind show such a run? See `plain` and `one_rate`."""
        return (plain or not self.plain) and (one_rate or not self.one_rate)

    def part(self, name: str) -> Any:
        """What a part defines, imported when it is asked for; see `PARTS`. Raises KindError where it does not."""
        return _defined(self.package, name)

    @property
    def painting(self) -> tuple[str, ...]:
        """The modules that painting a scene imports."""
        return (f"{self.package}.picture", *self.preload)

    def sentences(self, language: str) -> Path:
        """The file of the kind's own sentences in a language; there need not be one."""
        return Path(import_module(self.package).__path__[0], "sentences", f"{language}.toml")


def spec_in(package: str) -> Kind:
    """The kind whose folder is a package. Raises KindError where one of its parts is missing or cannot be imported."""
    _imported(package)
    missing = [part for part in PARTS if find_spec(f"{package}.{part}") is None]
    if missing:
        raise KindError(
            f"the kind in {package} has no part {' and no part '.join(missing)}",
            f"a kind has the parts {', '.join(PARTS)}",
            f"add {package}.{missing[0]}",
        )
    found = _defined(package, "spec")
    if not isinstance(found, Kind):
        raise KindError(f"the kind in {package}: its KIND is no scenes.kinds.Kind", mend="make it one")
    return replace(found, package=package)


def _defined(package: str, part: str) -> Any:
    wanted = PARTS[part]
    found = getattr(_imported(f"{package}.{part}"), wanted, None)
    if found is None:
        raise KindError(f"a kind's part {package}.{part} has no {wanted}", mend=f"define {wanted} in it")
    return found


def _imported(module: str) -> ModuleType:
    try:
        return import_module(module)
    except Exception as error:  # whatever somebody else's module does on import
        raise KindError(
            f"a kind's {module} cannot be imported ({type(error).__name__}: {error})",
            mend="mend it, or install its package anew",
        ) from error

"""The kinds there are: every folder beside this file, and what installed packages bring."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from types import MappingProxyType

from .kind import Kind, KindError, spec_in

ENTRY_POINTS = "steepest.kinds"
"""The group of entry points by which a package brings kinds: `name = "package.with.the.parts"`."""


@cache
def kinds() -> Mapping[str, Kind]:
    """All kinds by name, in the order of their places.

    Raises KindError where a part of one is missing, or two have one name.
    """
    found: dict[str, Kind] = {}
    for package in (*_shipped(), *_brought()):
        kind = spec_in(package)
        if kind.name in found:
            other = found[kind.name].package
            raise KindError(
                f"{package} and {other} both bring a kind of scene called {kind.name!r}",
                mend="rename one of them, or remove its package",
            )
        found[kind.name] = kind
    return MappingProxyType(dict(sorted(found.items(), key=lambda item: (item[1].place, item[0]))))


def kind_of(name: str) -> Kind:
    """The kind with a name. Raises KeyError where there is none."""
    return kinds()[name]


def fitting(parameters: int, has_data: bool) -> tuple[str, ...]:
    """The names of the kinds that can show a problem of so many parameters."""
    return tuple(name for name, kind in kinds().items() if kind.fits(parameters, has_data))


def _shipped() -> Iterator[str]:
    folders = sorted(file.parent.name for file in Path(__file__).parent.glob("*/*.py"))
    return (f"{__package__}.{name}" for name in dict.fromkeys(folders))


def _brought() -> Iterator[str]:
    return (point.module for point in sorted(entry_points(group=ENTRY_POINTS)))

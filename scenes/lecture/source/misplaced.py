"""Keys that stand a level too far out or in: told with their lines, and read where they belong."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from .document import Document, Path, Shift
from .faults import clipped, comma_list
from .keys import Keys
from .schema import RunBlock, block_at
from .yaml_mends import Broken

_STEP = 2  # spaces of a level
_NAMED = ("captions", "labels", "range", "runs")  # maps whose keys are names of one's own


def misplaced(document: Document) -> Broken | None:
    """The first keys of a document whose indentation puts them into a map that has no such keys."""
    for path, block in _maps(document.root, ()):
        if path in document.sources:  # in brackets indentation says nothing
            continue
        names = list(block)
        for i, name in enumerate(names):
            later = names[i + 1 :]
            inside = list(takewhile(lambda key: _is_inside(document, path, name, key), later))  # noqa: B023
            if inside:
                return _too_far_out(document, path, name, inside)
            above = level_above(document, (*path, name))
            if above is not None and all(
                level_above(document, (*path, key)) is not None or _is_inside(document, above, name, key)
                for key in later
            ):
                return _too_far_in(document, path, name, above)
    return None


def level_above(document: Document, path: Path) -> Path | None:
    """The map around that of an unknown key in which it has a place; None where it has none."""
    at, name, value = path[:-1], path[-1], document.at(path)
    block = _block(document, at)
    if at[-1:] == ("runs",):
        if name in RunBlock.model_fields or _is_run(value):
            return None
    elif block is None or name in block.model_fields:
        return None
    for length in range(len(at) - 1, -1, -1):
        around = at[:length]
        holder, outer = document.at(around), _block(document, around)
        if not isinstance(holder, dict) or name in holder:
            continue
        if around[-1:] == ("runs",) and _is_run(value):
            return around
        # A word or number is seldom meant for a map further out than the next.
        near = length == len(at) - 1 or isinstance(value, dict | list)
        if outer is not None and name in outer.model_fields and near:
            return around
    return None


def _is_inside(document: Document, path: Path, holder: str, key: str) -> bool:
    """Does a key belong into the map before it, which stands beside it and has no such key yet?"""
    value, at = document.at((*path, key)), _holding(document, (*path, holder))
    here = document.at(at)
    if not isinstance(here, dict | None) or (at in document.sources and here is not None):
        return False
    if key in (here or ()):
        return False
    own, inner = _block(document, path), _block(document, at)
    if path[-1:] == ("runs",):
        return key in RunBlock.model_fields and not _is_run(value)
    if own is None or key in own.model_fields:
        return False
    if inner is not None:
        return key in inner.model_fields
    if holder == "runs":
        return _is_run(value)
    if holder in _NAMED:
        return isinstance(value, list) if holder == "range" else isinstance(value, str | bool)
    return False


def _holding(document: Document, path: Path) -> Path:
    """The map at `path`, or the last one of the list there, unless that is in brackets."""
    value = document.at(path)
    return (
        (*path, len(value) - 1)
        if isinstance(value, list) and value and path not in document.sources
        else path
    )


def _is_run(value: object) -> bool:
    return isinstance(value, dict) and any(key in RunBlock.model_fields for key in value)


def _block(document: Document, path: Path) -> type[Keys] | None:
    return block_at(path, document.at((*path, "kind")))


def _maps(value: object, path: Path) -> Iterator[tuple[Path, dict[str, object]]]:
    """All maps, what holds others first."""
    if isinstance(value, dict):
        yield path, value
        for key, inner in value.items():
            yield from _maps(inner, (*path, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _maps(inner, (*path, i))


def _too_far_out(document: Document, path: Path, holder: str, keys: list[str]) -> Broken:
    """The keys that follow their holder with no larger indentation than it."""
    at = _holding(document, (*path, holder))
    inner = document.at(at)
    _, column = document.key_places[(*path, holder)]
    first = next(iter(inner), None) if isinstance(inner, dict) else None
    wanted = column + _STEP if first is None else document.key_places[(*at, first)][1]
    lines = [line for key in keys for line in _lines(document, (*path, key))]
    name = clipped(holder)
    belongs = "it belongs" if len(keys) == 1 else "they belong"
    found = f"{comma_list(map(clipped, keys))} as far out as {name}, into which {belongs}"
    return _moved(document, (*path, keys[0]), lines, wanted - column, found, f"the keys of {name} further in")


def _too_far_in(document: Document, path: Path, key: str, above: Path) -> Broken:
    """A key among those of a map that stands beside the one where it belongs."""
    _, column = document.key_places[(*path, key)]
    beside = path[len(above)]
    wanted = document.key_places[(*above, beside)][1]
    found = f"{clipped(key)} within {clipped(str(path[-1]))}"
    allowed = f"{clipped(key)} as far out as {clipped(str(beside))}"
    return _moved(document, (*path, key), _lines(document, (*path, key)), wanted - column, found, allowed)


def _lines(document: Document, path: Path) -> list[int]:
    """The lines of a key and its value, from 0, without comments and blanks behind them."""
    lines = document.text.splitlines()
    first, column = document.key_places[path]
    listed = isinstance(document.at(path), list)
    last = first - 1
    for number in range(first, len(lines)):
        line = lines[number]
        far = len(line) - len(line.lstrip(" ")) + 1
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if far > column or (listed and far == column and line.lstrip().startswith("- ")):
            last = number
        else:
            break
    return list(range(first - 1, last + 1))


def _moved(document: Document, path: Path, numbers: list[int], by: int, found: str, allowed: str) -> Broken:
    lines = document.text.splitlines(keepends=True)
    for number in numbers:
        line = lines[number]
        lines[number] = " " * by + line if by > 0 else line[min(-by, len(line) - len(line.lstrip(" "))) :]
    first, last = numbers[0] + 1, numbers[-1] + 1
    which = f"line {first}" if first == last else f"lines {first} to {last}"
    spaces = f"{abs(by)} {'more ' * (by > 0)}space{'s' * (abs(by) != 1)}"
    mend = f"put {spaces} before {which}" if by > 0 else f"take {spaces} away before {which}"
    shifts = tuple(Shift(number + 1, 1, by) for number in numbers)
    return Broken(document.key_places[path], found, allowed, mend, "".join(lines), shifts)

"""A lecture as plain Python values, each with the place where it stands: faults are reported on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from scenes.lecture.frozen import FrozenMap
from scenes.lecture.model import Origin

from .faults import Fault, clipped, in_quotes

Path = tuple[str | int, ...]
"""The way to a value from the top: keys of maps and indices of lists."""

LineColumn = tuple[int, int]
"""Line and column, both counted from 1."""


@dataclass(frozen=True)
class Shift:
    """Where a line has been read otherwise than it stands in the file: from a column (from 1) on, `by` columns further on."""

    line: int
    column: int
    by: int


def key_of(path: Path) -> str:
    """`("scenes", 1, "run")` -> `scenes[1].run`, as a fault names it."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else (f".{part}" if text else part)
    return clipped(text)


@dataclass
class Document:
    """The values of one file, their places, and the faults found so far.

    `root` is a tree of dict, list, str, int, float, bool and None; `sources` holds scalars as written, and maps and lists in brackets. `text` is what
    was read: the file, but for the mistakes that `shifts` tell of. `spellings` are those of the faults that are about how a
    value is written. Without `in_a_file` the faults have no line and column.
    """

    file: str
    text: str
    shifts: tuple[Shift, ...] = ()
    root: object = None
    key_places: dict[Path, LineColumn] = field(default_factory=dict)
    value_places: dict[Path, LineColumn] = field(default_factory=dict)
    sources: dict[Path, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    in_a_file: bool = True
    spellings: list[Fault] = field(default_factory=list)

    def report(
        self,
        path: Path,
        found: str,
        allowed: str,
        mend: str,
        *,
        at_key: bool = False,
        at: LineColumn | None = None,
        excerpt: str = "",
    ) -> None:
        """Note a fault at the value of `path`, or at its key, or at the place `at`.

        What does not stand in the file is reported at the nearest thing above it that does.
        """
        self.faults.append(self.fault(path, found, allowed, mend, at_key=at_key, at=at, excerpt=excerpt))

    def warn(
        self,
        path: Path,
        found: str,
        allowed: str,
        mend: str,
        *,
        at: LineColumn | None = None,
    ) -> None:
        """As `report`, for what is used all the same, but perhaps not as it was meant."""
        self.warnings.append(self.fault(path, found, allowed, mend, at=at))

    def fault(
        self,
        path: Path,
        found: str,
        allowed: str,
        mend: str,
        *,
        at_key: bool = False,
        at: LineColumn | None = None,
        excerpt: str = "",
    ) -> Fault:
        """A fault at the value of `path`, or at its key, or at the place `at`."""
        here = self.existing(path)
        place = self.value_places.get(here, (1, 1))
        if at_key or here != path:
            place = self.key_places.get(here, place)
        line, column = self.in_file(at or place) if self.in_a_file else (None, None)
        return Fault(self.file, line, column, key_of(path), found, allowed, mend, excerpt)

    def origin(self, path: Path) -> Origin:
        """Where the map at `path` and all that it holds stand.

        A value has its own place; what users name themselves, such as the beat of a caption, that of the name.
        """
        places = {
            way[len(path) :]: self.in_file(
                self.key_places.get(way, place) if len(way) > len(path) + 1 else place
            )
            for way, place in self.value_places.items()
            if way[: len(path)] == path
        }
        return Origin(self.file, key_of(path), FrozenMap(places))

    def in_file(self, place: LineColumn) -> LineColumn:
        """Where in the file a place of `text` is."""
        line, column = place
        for shift in reversed(self.shifts):
            if shift.line == line and shift.column <= column:
                column = max(shift.column, column - shift.by) if shift.by > 0 else column - shift.by
        return line, column

    def is_at_fault(self, path: Path) -> bool:
        """Has a fault been reported at the value of `path`?"""
        return any(fault.key == key_of(path) for fault in self.faults)

    def forget_spelling(self, path: Path) -> None:
        """Take back what was said of how the value at `path` is written: it cannot be used in whatever spelling."""
        place = self.in_file(self.value_places[path]) if path in self.value_places else None
        gone = [fault for fault in self.spellings if (fault.line, fault.column) == place]
        self.faults = [fault for fault in self.faults if fault not in gone]

    def existing(self, path: Path) -> Path:
        """The longest beginning of `path` that stands in the document."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.value_places:
                return path[:length]
        return ()

    def at(self, path: Path) -> object:
        """The value at `path`, or None."""
        value = self.root
        for part in path:
            if isinstance(value, dict):
                value = value.get(part)
            elif isinstance(value, list) and isinstance(part, int) and part < len(value):
                value = value[part]
            else:
                return None
        return value

    def shown(self, path: Path) -> str:
        """How a message shows the value at `path`: as it was written, with its kind where that surprises."""
        value = self.at(path)
        if value is None:
            return "nothing"
        if isinstance(value, dict):
            return "a map" if value else "an empty map"
        if isinstance(value, list):
            return f"a list of {len(value)}" if value else "an empty list"
        if isinstance(value, str):
            return f"the text {in_quotes(value)}" if value else "an empty text"
        return clipped(self.sources.get(path, str(value)))

    def place_within(self, path: Path, column: int) -> LineColumn | None:
        """Where character `column` (from 1) of the text at `path` stands in the file.

        The place of the whole value where the text does not stand there letter for letter (folded lines).
        """
        value, place = self.at(path), self.value_places.get(path)
        if place is None or not isinstance(value, str):
            return place
        lines = self.text.splitlines()
        line = lines[place[0] - 1] if place[0] <= len(lines) else ""
        for quote in (0, 1):
            if line.startswith(value, place[1] - 1 + quote):
                return (place[0], place[1] + quote + column - 1)
        return place

"""Where a command writes: a file or a folder, neither of which need exist."""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from .group import Mistake

#: What ends like a kind of file: a letter, and a few more of them or digits. `v1.2` does not.
_KIND_OF_FILE = re.compile(r"\.[a-z][a-z0-9]{0,4}")


if TYPE_CHECKING:
    _Type = click.ParamType["Target"]
else:  # which older versions of Click take no argument for
    _Type = click.ParamType


@dataclass(frozen=True)
class Target:
    """A `folder` that a command writes into, under a name of its own where no `file` in it was asked for."""

    folder: Path
    file: Path | None = None

    def called(self, name: str) -> Path:
        """The file; `name` is what the command calls it where the user does not."""
        return self.folder / name if self.file is None else self.file

    def made(self, name: str) -> Path:
        """As `called`, in a folder that is there. Raises `Mistake`."""
        file = self.called(name)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _cannot_write(str(file.parent), error.strerror or str(error)) from error
        return file


class TargetType(_Type):
    """What is typed for a :class:`Target`.

    A folder is what exists as one, ends in a slash, or has no ending; else it is a file, which must end in one of
    `endings`: the first is the usual one, without any the command takes folders only. What can be seen to be in the
    way of writing is refused before the work, unless `checked` is false. `folders` is false where a name without an
    ending is a mistake.
    """

    name = "path"

    def __init__(self, *endings: str, checked: bool = True, folders: bool = True) -> None:
        self.endings = endings
        self.checked = checked
        self.folders = folders

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Target:
        if isinstance(value, Target):
            return value
        told = (param.metavar if isinstance(param, click.Argument) else param and param.opts[0]) or "-o"
        try:
            target = self._target(str(value), told)
            hindrance = _hindrance(target) if self.checked else None
        except (OSError, ValueError) as error:  # over-long, or a NUL in it
            why = getattr(error, "strerror", None) or error
            raise Mistake(
                f"{told}: {str(value)!r} cannot be looked up ({why}); choose another name"
            ) from None
        if hindrance is not None:
            raise _cannot_write(f"{told}: {target.folder}", hindrance)
        return target

    def _target(self, text: str, told: str) -> Target:
        path = Path(text)
        if not text.strip():
            raise Mistake(f"{told}: an empty name; write for example {told} {self._example('out')}")
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            os.lstat(text)
        if text.endswith(("/", os.sep)) or path.is_dir():
            return Target(path)
        ending = path.suffix.lower()
        if ending in self.endings:
            return Target(path.parent, path)
        if ending and _KIND_OF_FILE.fullmatch(ending):
            self._refuse(text, told)
        if not self.folders:
            self._refuse(text, told)
        return Target(path)

    def _refuse(self, text: str, told: str) -> NoReturn:
        if not self.endings:
            raise Mistake(f"{told}: {text!r} is the name of a file; name a folder, such as {told} {text}/")
        endings = " or ".join(filter(None, [", ".join(self.endings[:-1]), self.endings[-1]]))
        raise Mistake(
            f"{told}: {text!r} does not end in {endings}; name the file, such as {self._example(text)}, or a folder, "
            f"such as {text}/"
        )

    def _example(self, text: str) -> str:
        return str(Path(text).with_suffix(self.endings[0])) if self.endings else f"{text}/"


def _hindrance(target: Target) -> str | None:
    """What stands in the way of writing there, as far as one can see without writing."""
    folder = target.folder.absolute()
    there = next(path for path in (folder, *folder.parents) if os.path.lexists(path))
    if not there.is_dir():
        return f"{there} is no folder"
    if not os.access(there, os.W_OK | os.X_OK):
        return f"{there} is not yours to write in"
    return None


def _cannot_write(place: str, why: str) -> Mistake:
    return Mistake(f"{place}: cannot write here ({why}); choose another place, or change its permissions")

"""Is this machine able? What `steepest doctor` says, check by check."""

from __future__ import annotations

import contextlib
import importlib
import platform
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

from scenes.production.executors.local import available_cores
from scenes.production.place.scratch import scratch_in

from .errors import ProductionError

#: Room for a few hours of film, in bytes.
_ROOM = 2**30
_LIBRARIES = ("numpy", "manim", "matplotlib", "av", "typst", "pydantic", "ruamel.yaml", "click")
_REINSTALL = "install steepest again: python -m pip install --force-reinstall steepest"


@dataclass(frozen=True)
class Finding:
    """One line of the doctor: what was looked at, what was found, and the mend where that will not do."""

    name: str
    ok: bool
    found: str
    mend: str = ""

    def as_data(self) -> dict[str, Any]:
        """The finding in the kinds JSON has."""
        return asdict(self)


def examine(output: Path) -> tuple[Finding, ...]:
    """All findings about this machine, with `output` as the folder that results go to."""
    checks: list[Callable[[], Finding]] = [
        _python,
        *(_library_check(name) for name in _LIBRARIES),
        _encoder,
        _fonts,
        _cores,
        lambda: _disk(output),
        lambda: _writable(output),
    ]
    return tuple(check() for check in checks)


def _python() -> Finding:
    found = f"{platform.python_version()} ({sys.executable})"
    return Finding("python", sys.version_info >= (3, 11), found, "use Python 3.11 or newer")


def _library_check(name: str) -> Callable[[], Finding]:
    return lambda: _library(name)


def _library(name: str) -> Finding:
    """Is the library there, of a version that steepest admits, and does it import?"""
    try:
        found = version(name)
    except PackageNotFoundError:
        return Finding(name, False, "is not installed", _REINSTALL)
    wanted = _requirement(name)
    if not admits(wanted, found):
        return Finding(name, False, f"{found}, but {wanted} is needed", _REINSTALL)
    try:
        importlib.import_module(name)
    except Exception as error:  # a broken library fails in any way it likes
        return Finding(name, False, f"{found} fails to import ({type(error).__name__}: {error})", _REINSTALL)
    return Finding(name, True, found)


def _requirement(name: str) -> str:
    """The versions of a library that steepest asks for, such as ``>=0.22,<0.23``; empty where it asks for none."""
    with contextlib.suppress(PackageNotFoundError):
        for requirement in requires("steepest") or ():
            match = re.match(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?\s*([^;]*)", requirement)
            if match and match[1].lower() == name and "extra ==" not in requirement:
                return match[2].strip()
    return ""


def admits(wanted: str, found: str) -> bool:
    """Does a version fulfil all bounds ``>=`` and ``<`` of a requirement? Only its numbers count."""
    for sign, bound in re.findall(r"(>=|<)\s*([0-9.]+)", wanted):
        at_least = _numbers(found) >= _numbers(bound)
        if at_least != (sign == ">="):
            return False
    return True


def _numbers(text: str) -> tuple[int, ...]:
    match = re.match(r"[0-9.]*[0-9]", text)
    return tuple(int(part) for part in match[0].split(".")) if match else ()


def _encoder() -> Finding:
    name = "encoder libx264"
    mend = "install a PyAV wheel that has it: python -m pip install --force-reinstall --only-binary :all: av"
    try:
        import av

        found = av.codec.Codec("libx264", "w").long_name
    except (ImportError, ValueError) as error:
        return Finding(name, False, f"is missing ({error})", mend)
    return Finding(name, True, found)


def _fonts() -> Finding:
    """Does Typst find our family in the files that ship, with no help from the system?"""
    name = "fonts"
    try:
        import typst

        from scenes.typeset.fonts import FAMILY, font_files

        folder = font_files()[0].parent
        families = typst.Fonts(font_paths=[str(folder)], include_system_fonts=False).families()
    except (ImportError, OSError, RuntimeError) as error:
        return Finding(name, False, f"cannot be read ({error})", _REINSTALL)
    if FAMILY not in families:
        return Finding(name, False, f"Typst does not find {FAMILY} in {folder}", _REINSTALL)
    return Finding(name, True, f"Typst reads {FAMILY}")


def _cores() -> Finding:
    count = available_cores()
    return Finding("cores", True, f"{count}, so {count} scene{'s' if count > 1 else ''} at once")


def _disk(output: Path) -> Finding:
    place = next(path for path in (output.absolute(), *output.absolute().parents) if path.exists())
    free = shutil.disk_usage(place).free
    return Finding(
        "disk",
        free >= _ROOM,
        f"{free / 2**30:.1f} GB free for {output}",
        "make room, or write elsewhere with -o",
    )


def _writable(output: Path) -> Finding:
    name = "output folder"
    try:
        with scratch_in(output):
            pass
    except (ProductionError, OSError) as error:
        return Finding(name, False, str(error), "choose another folder with -o")
    return Finding(name, True, f"{output} can be written")

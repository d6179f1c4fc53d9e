"""Python imports this first in every process of the command that `start.py` times: note when x264 gives the first frame.

The command itself is untouched. Only files opened for writing with `av.open` are looked at; FIRST_FRAME names the file
that gets the moment, as seconds of the monotonic clock that all processes share.
"""

from __future__ import annotations

import os
import sys
import time
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any


class _Passing:
    """Hands every use on to something else."""

    def __init__(self, inner: Any) -> None:
        object.__setattr__(self, "_inner", inner)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._inner, name, value)


class _Stream(_Passing):
    def encode(self, frame: Any = None) -> Any:
        packets = self._inner.encode(frame)
        if packets:
            note()
        return packets


class _Container(_Passing):
    def add_stream(self, *args: Any, **kwargs: Any) -> _Stream:
        return _Stream(self._inner.add_stream(*args, **kwargs))

    def __enter__(self) -> _Container:
        self._inner.__enter__()
        return self

    def __exit__(self, *reason: Any) -> Any:
        return self._inner.__exit__(*reason)


_noted: list[float] = []


def note() -> None:
    if not _noted:
        _noted.append(time.monotonic())
        with open(os.environ["FIRST_FRAME"], "a") as file:  # noqa: PTH123 - as little imported as can be
            file.write(f"{_noted[0]}\n")


class _Finder(MetaPathFinder):
    def find_spec(self, name: str, path: Any = None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name != "av":
            return None
        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(name, path, target)
        if spec is None or spec.loader is None:
            return spec
        execute = spec.loader.exec_module

        def exec_module(module: ModuleType) -> None:
            execute(module)
            opening: Any = module.open

            def open_noting(file: Any, mode: Any = None, *args: Any, **kwargs: Any) -> Any:
                container = opening(file, mode, *args, **kwargs)
                return _Container(container) if mode == "w" else container

            module.open = open_noting  # type: ignore[attr-defined]

        spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec


if "FIRST_FRAME" in os.environ:
    sys.meta_path.insert(0, _Finder())

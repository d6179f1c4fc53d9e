"""Manim's session, scenes, camera and writer: the only room that imports Manim."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator

from scenes.film.lazy_import import imported_later


@contextlib.contextmanager
def _logging_kept() -> Iterator[None]:
    """Manim takes over the messages of the whole process while it is imported, down to the least of them."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


# Manim reads a manim.cfg from the working directory while it is imported.
with contextlib.chdir("/"), _logging_kept(), imported_later(("scipy.spatial.transform", "networkx")):
    import manim as manim

"""Manim's session, scenes, camera and writer: the only room that imports Manim."""

from __future__ import annotations

import contextlib

from scenes.film.lazy_import import imported_later

# Manim reads a manim.cfg from the working directory while it is imported.
with contextlib.chdir("/"), imported_later(("scipy.spatial.transform", "networkx")):
    import manim as manim

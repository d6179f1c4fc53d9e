"""Shaded triangles, by the rasteriser that comes with Matplotlib (Agg): a whole mesh in one call.

Measured on a mesh of 3600 cells: half the time of Cairo's mesh pattern, which takes its patches one by one. What is
asked of Agg here is Matplotlib's own affair: so `pyproject.toml` bounds its version, and a test compares the pixels.
"""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray

_AGG = "matplotlib.backends._backend_agg"
# What Agg reads of a style before it paints triangles: no outline, no clip, no pattern.
_STYLE = SimpleNamespace(
    _linewidth=1.0,
    _alpha=1.0,
    _forced_alpha=False,
    _rgb=(0.0, 0.0, 0.0, 1.0),
    _antialiased=1,
    _capstyle="butt",
    _joinstyle="round",
    _cliprect=None,
    get_dashes=lambda: (0, None),
    get_clip_path=lambda: (None, None),
    get_snap=lambda: None,
    get_hatch_path=lambda: None,
    get_hatch_color=lambda: None,
    get_hatch_linewidth=lambda: 1.0,
    get_sketch_params=lambda: None,
)


def _rasteriser() -> Any:
    """Agg's module of Matplotlib, without the package around it: importing that takes 0.11 s, a sixth of a still's time."""
    if _AGG not in sys.modules:
        package = find_spec("matplotlib")
        folders = package.submodule_search_locations if package else None
        spec = PathFinder.find_spec(_AGG, [str(Path(folder) / "backends") for folder in folders or ()])
        if spec is None or spec.loader is None:
            raise ModuleNotFoundError(f"there is no {_AGG}: install Matplotlib again", name=_AGG)
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        sys.modules[_AGG] = module  # where Matplotlib itself will find it
    return sys.modules[_AGG]


class Shader:
    """Paints over the pixels of its canvas (height, width, 4), red first, which belong to Agg."""

    def __init__(self, width: int, height: int) -> None:
        self._agg = _rasteriser().RendererAgg(width, height, 72)
        self.canvas: NDArray[np.uint8] = np.asarray(self._agg)

    def paint(self, points: FloatArray, colours: FloatArray, facets: NDArray[np.intp]) -> None:
        """Quadrilaterals between points (n, 2) in pixels, y upwards from the lower edge, with colours (n, 3) there.

        They are the rows of `facets` (m, 4), numbers of points, and are painted in that order onto opaque pixels.
        Each is two triangles, of its corners 0, 1, 2 and 0, 2, 3.
        """
        if not len(facets):
            return
        triangles = facets[:, [0, 1, 2, 0, 2, 3]].reshape(-1, 3)
        # `take` copies rows several times faster than indexing does.
        corners = points.take(triangles, axis=0)
        opaque = np.column_stack([colours, np.ones(len(colours))])
        self._agg.draw_gouraud_triangles(_STYLE, corners, opaque.take(triangles, axis=0), None)

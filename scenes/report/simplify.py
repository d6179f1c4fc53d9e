"""Small files: no coordinate finer, and no corner flatter, than any printer resolves."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.collections import Collection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.path import Path
from matplotlib.patheffects import AbstractPathEffect
from matplotlib.transforms import IdentityTransform, Transform

from scenes.layout.polylines import corners

_DECIMALS = 2
_FLAT = 0.05  # points: a corner that leaves the straight line by less is left out
_FARTHEST = (
    3e4  # points: PDF readers take no larger coordinates, and a line that goes there has long left the page
)
_LEAST = 12  # vertices of a path worth thinning


class _Spare(AbstractPathEffect):
    """Draws a path with rounded coordinates and without corners that nobody sees."""

    def draw_path(self, renderer: Any, gc: Any, tpath: Path, affine: Transform, rgbFace: Any = None) -> None:  # noqa: N803
        path = affine.transform_path(tpath)
        spare_path = simplified(path)
        vertices = np.clip(np.asarray(spare_path.vertices, dtype=np.float64), -_FARTHEST, _FARTHEST)
        spare = Path(np.round(vertices, _DECIMALS), spare_path.codes)
        spare.should_simplify = tpath.should_simplify
        renderer.draw_path(gc, spare, IdentityTransform(), rgbFace)


def spare(figure: Figure) -> None:
    """Make everything of a page of 72 dots an inch small that is drawn as paths; text and markers stay as they are."""
    effect = _Spare()
    for artist in figure.findobj():
        plain_line = isinstance(artist, Line2D) and artist.get_marker() in ("None", None, "", " ")
        if isinstance(artist, Patch | Collection) or plain_line:
            artist.set_path_effects([effect])


def simplified(path: Path) -> Path:
    """A path of straight lines without its flat corners; one with curves as it is."""
    vertices = np.asarray(path.vertices, dtype=np.float64)
    if len(vertices) < _LEAST or not np.isfinite(vertices).all():
        return path
    if path.codes is None:
        return Path(vertices[corners(vertices, _FLAT)])
    codes = np.asarray(path.codes, dtype=np.uint8)
    if np.isin(codes, (Path.CURVE3, Path.CURVE4)).any():
        return path
    kept = np.zeros(len(vertices), dtype=np.bool_)
    starts = np.flatnonzero(codes == Path.MOVETO)
    for start, stop in zip(starts, [*starts[1:], len(vertices)], strict=True):
        # The point of a closing code is ignored: it is kept as it is.
        end = stop - 1 if codes[stop - 1] == Path.CLOSEPOLY else stop
        kept[start:end][corners(vertices[start:end], _FLAT)] = True
        kept[end:stop] = True
    return Path(vertices[kept], codes[kept])

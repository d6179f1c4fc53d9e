"""Small files: coordinates with two decimals of a point, far below what any printer resolves."""

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

_DECIMALS = 2


class _Rounded(AbstractPathEffect):
    """Draws a path with rounded coordinates; points that fall together become one."""

    def draw_path(self, renderer: Any, gc: Any, tpath: Path, affine: Transform, rgbFace: Any = None) -> None:  # noqa: N803
        path = affine.transform_path(tpath)
        rounded = Path(np.round(np.asarray(path.vertices, dtype=np.float64), _DECIMALS), path.codes)
        rounded.should_simplify = tpath.should_simplify
        renderer.draw_path(gc, rounded, IdentityTransform(), rgbFace)


def spare(figure: Figure) -> None:
    """Round everything of a page of 72 dots an inch that is drawn as paths; text and markers stay as they are."""
    rounded = _Rounded()
    for artist in figure.findobj():
        plain_line = isinstance(artist, Line2D) and artist.get_marker() in ("None", None, "", " ")
        if isinstance(artist, Patch | Collection) or plain_line:
            artist.set_path_effects([rounded])

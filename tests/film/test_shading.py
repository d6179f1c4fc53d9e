"""Shading without the package around Agg gives what Matplotlib's own renderer does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np

from scenes.draw.shading import Shader

ROOT = Path(__file__).parents[2]


def test_it_paints_what_matplotlibs_renderer_does() -> None:
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.transforms import IdentityTransform

    rng = np.random.default_rng(3)
    points, colours = rng.uniform(0, 64, (12, 2)), rng.uniform(0, 1, (12, 3))
    facets = rng.permutation(12).reshape(3, 4)
    shader = Shader(64, 48)
    shader.canvas[:] = 255
    shader.paint(points, colours, facets)

    theirs = RendererAgg(64, 48, 72)
    np.asarray(theirs.buffer_rgba())[:] = 255
    triangles = facets[:, [0, 1, 2, 0, 2, 3]].reshape(-1, 3)
    opaque = np.column_stack([colours, np.ones(12)])
    theirs.draw_gouraud_triangles(theirs.new_gc(), points[triangles], opaque[triangles], IdentityTransform())
    assert np.array_equal(shader.canvas, np.asarray(theirs.buffer_rgba()))
    assert len(np.unique(shader.canvas)) > 10


def test_matplotlib_is_not_imported_for_it_and_can_be_afterwards() -> None:
    code = (
        "import sys\n"
        "from scenes.draw.shading import Shader\n"
        "Shader(8, 8)\n"
        "print('matplotlib' in sys.modules)\n"
        "from matplotlib.backends.backend_agg import RendererAgg\n"
        "RendererAgg(8, 8, 72)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"

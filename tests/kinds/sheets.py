"""Sheets of small pictures, one for each kind of scene, kept in tests/kinds/golden.

python -m tests.kinds.sheets        # makes them anew: look at each before it is committed
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from scenes.film.still import render_still
from scenes.kinds import kinds
from tests.lectures import first_of

FOLDER = Path(__file__).parent / "golden"
WIDTH, HEIGHT = 336, 189
COLUMNS, ROWS = 3, 3


def sheet(kind: str) -> NDArray[np.uint8]:
    """Moments of the first shipped scene of a kind, in motion and at rest, (height, width, 3)."""
    story = first_of(kind)
    moments = np.linspace(0.04, 0.985, COLUMNS * ROWS) * story.seconds
    pictures = [render_still(story, at, width=WIDTH, height=HEIGHT)[..., :3] for at in moments]
    rows = [np.hstack(pictures[row * COLUMNS : (row + 1) * COLUMNS]) for row in range(ROWS)]
    return np.vstack(rows)


def kept(kind: str) -> NDArray[np.uint8]:
    with Image.open(FOLDER / f"{kind}.png") as image:
        return np.asarray(image.convert("RGB"))


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for kind in kinds():
        Image.fromarray(_coarser(sheet(kind))).save(FOLDER / f"{kind}.png", optimize=True)


def _coarser(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """In steps of four shades, which nobody sees and which halves the files: light and shade are many small steps."""
    return np.clip(np.round(pixels / 4.0) * 4, 0, 255).astype(np.uint8)


if __name__ == "__main__":
    main()

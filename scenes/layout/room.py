"""Room for a block of text beside the strokes of a drawing."""

from __future__ import annotations

from collections.abc import Sequence

from gdcore.base.arrays import FloatArray

from .box import Box

_STEPS = 24  # places tried along each side of what there is
_CLEAR = 0.14


def free_room(
    size: tuple[float, float],
    *,
    within: Box,
    lines: Sequence[FloatArray] = (),
    boxes: Sequence[Box] = (),
    corner: tuple[float, float],
) -> Box | None:
    """A box of a size (width, height) that meets no line (n, 2) and no box, as near as can be to a corner.

    `corner` is −1 or 1 for left or right, then for bottom or top. None where there is no room.
    """
    width, height = size
    across, up = within.width - width, within.height - height
    if across < 0 or up < 0:
        return None
    near = [line for line in lines if len(line) > 1]
    parts = [(i, j) for i in range(_STEPS + 1) for j in range(_STEPS + 1)]
    for i, j in sorted(parts, key=lambda part: (part[0] ** 2 + (2 * part[1]) ** 2, part)):
        x, y = i / _STEPS * across, j / _STEPS * up
        left = within.left + (x if corner[0] < 0 else across - x)
        bottom = within.bottom + (y if corner[1] < 0 else up - y)
        box = Box(left, bottom, left + width, bottom + height)
        grown = box.grown(_CLEAR)
        if any(grown.meets(other) for other in boxes) or any(grown.crossed_by(line) for line in near):
            continue
        return box
    return None

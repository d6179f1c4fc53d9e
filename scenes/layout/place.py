"""Labels that step aside: the first position around an anchor that is free."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gdcore.base.arrays import FloatArray

from .box import Box, box_at

CLEARANCE = 0.056  # a text may not come nearer than 4 px (of 1080 lines) to a bold stroke of 5 px

_DIRECTIONS = (
    (0, -1), (0, 1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1),
    (0.5, 1), (-0.5, 1), (0.5, -1), (-0.5, -1),
)  # fmt: skip


def place_label(
    anchor: tuple[float, float],
    size: tuple[float, float],
    *,
    within: Box,
    boxes: Iterable[Box] = (),
    lines: Sequence[FloatArray] = (),
    gap: float = 0.12,
    prefer: Sequence[tuple[float, float]] = (),
) -> tuple[float, float]:
    """The centre for a label of `size` (width, height) near `anchor`.

    Directions in `prefer` come first, then all around, ever farther away. A free place is inside
    `within` and meets neither a box nor a polyline. Where nothing is free, the place with the
    fewest collisions wins.
    """
    obstacles = list(boxes)
    width, height = size
    best: tuple[int, tuple[float, float]] | None = None
    for distance in (1.0, 1.8, 3.0, 4.5, 6.5, 9.0, 12.0, 16.0):
        for dx, dy in (*prefer, *_DIRECTIONS):
            x = anchor[0] + dx * (width / 2 + gap * distance)
            y = anchor[1] + dy * (height / 2 + gap * distance)
            box = box_at((x, y), size).grown(CLEARANCE)
            if not within.holds(box):
                continue
            hits = sum(box.meets(other) for other in obstacles)
            hits += sum(box.crossed_by(line) for line in lines)
            if hits == 0:
                return x, y
            if best is None or hits < best[0]:
                best = hits, (x, y)
    if best is not None:
        return best[1]
    x = min(max(anchor[0], within.left + width / 2), within.right - width / 2)
    y = min(max(anchor[1], within.bottom + height / 2), within.top - height / 2)
    return x, y


def free_place(
    anchor: tuple[float, float],
    size: tuple[float, float],
    *,
    within: Box,
    boxes: Iterable[Box],
    lines: Sequence[FloatArray],
    gap: float,
    prefer: Sequence[tuple[float, float]] = (),
) -> Box | None:
    """A label's box near its anchor, as by `place_label`; None where it would touch something everywhere."""
    obstacles = list(boxes)
    centre = place_label(anchor, size, within=within, boxes=obstacles, lines=lines, gap=gap, prefer=prefer)
    box = box_at(centre, size)
    grown = box.grown(CLEARANCE)
    touches = any(grown.meets(other) for other in obstacles) or any(grown.crossed_by(line) for line in lines)
    return None if touches or not within.holds(box) else box

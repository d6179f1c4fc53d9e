"""One step written out: the numbers fly from the readout into the rule."""

from __future__ import annotations

from gdcore.notation import Sign
from scenes.draw.pen import BASELINE, Pen, measure
from scenes.layout import Box
from scenes.text import Arithmetic, maths, signed
from scenes.theme import READOUT, Role

_GAP = 0.28  # em around an operator


def draw_arithmetic(
    pen: Pen,
    zone: Box,
    y: float,
    numbers: float,
    step: Arithmetic,
    *,
    sources: tuple[float, float, float],
    flown: float,
    solved: float,
) -> float:
    """`old − rate · slope = new` with its baseline below y, broken before `=` where it is too wide.

    `flown` brings the three numbers from their rows (baselines `sources`, flush right at `numbers`) to
    their places, `solved` shows the result. Returns the y below.
    """
    parts = [
        (maths(step.old), Role.POINT, sources[0]),
        (maths(Sign("minus")), Role.INK, None),
        (maths(step.rate), Role.INK, sources[1]),
        (maths(Sign("dot")), Role.INK, None),
        (maths(signed(step.slope)), Role.SLOPE, sources[2]),
        (maths(Sign("equals")), Role.INK, None),
        (maths(step.new), Role.STEP, None),
    ]
    widths = [measure(text, READOUT)[0] for text, _, _ in parts]
    gap = _GAP * READOUT
    whole = sum(widths) + gap * (len(parts) - 1)
    breaks = whole > zone.width
    line = sum(widths[:5]) + gap * 4 if breaks else whole
    size = READOUT * min(1.0, zone.width / line)
    factor = size / READOUT
    x, baseline = zone.left, y - size * 0.75
    for i, ((text, role, source), width) in enumerate(zip(parts, widths, strict=True)):
        if breaks and i == 5:
            x, baseline = zone.left, baseline - size * 1.45
        shown = flown if source is not None else solved if i >= 5 else flown
        if source is None:
            position = (x, baseline)
        else:
            start = numbers - width * factor
            position = (start + (x - start) * flown, source + (baseline - source) * flown)
        pen.text(text, position, size, anchor=(-1, BASELINE), role=role, opacity=shown)
        x += (width + gap) * factor
    return baseline - size * 0.6

"""Where the panels of the regression scene stand."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.layout import Box, Frame

_NUMBERS = 0.62  # height of the line of numbers
_GAP = 0.32


@dataclass(frozen=True)
class Arrangement:
    """Zones of a stage: the data alone, and beside the others. `second` is None where there is no such panel."""

    alone: tuple[Box, Box]  # before and after the line of numbers has appeared
    numbers: Box
    data: Box
    second: Box | None
    loss: Box
    slopes: Box

    @classmethod
    def of(cls, frame: Frame, stage: Box, note: float, second: bool) -> Arrangement:
        """The arrangement for a frame; `note` is the height that a note below the data takes."""
        numbers = Box(stage.left, stage.top - _NUMBERS, stage.right, stage.top)
        body = stage.trimmed(top=_NUMBERS + 0.12)
        # A tall panel would not hold the squares of the residuals.
        square = body.trimmed(bottom=max(0.0, body.height - 0.85 * body.width))
        alone = (stage.trimmed(bottom=note), square)
        if frame.width >= 1.4 * frame.height:
            if second:
                data, rest = _columns(body, 0.435)
                middle, right = _columns(rest, 0.55)
                return cls(alone, numbers, data, middle, *_rows(right, 0.48))
            data, right = _columns(body, 0.58)
            return cls(alone, numbers, data, None, *_rows(right, 0.48))
        if not second:
            data, lower = _rows(body, 0.55)
            halves = _columns(lower, 0.5) if frame.wide else _rows(lower, 0.5)
            return cls(alone, numbers, data, None, *halves)
        if frame.wide:
            upper, lower = _rows(body, 0.58)
            return cls(alone, numbers, *_columns(upper, 0.53), *_columns(lower, 0.5))
        data, rest = _rows(body, 0.38)
        upper, lower = _rows(rest, 0.54)
        return cls(alone, numbers, data, upper, *_columns(lower, 0.5))


def _columns(box: Box, part: float) -> tuple[Box, Box]:
    left = (box.width - _GAP) * part
    return (
        Box(box.left, box.bottom, box.left + left, box.top),
        Box(box.left + left + _GAP, box.bottom, box.right, box.top),
    )


def _rows(box: Box, part: float) -> tuple[Box, Box]:
    """Upper and lower part."""
    upper = (box.height - 0.8 * _GAP) * part
    return (
        Box(box.left, box.top - upper, box.right, box.top),
        Box(box.left, box.bottom, box.right, box.top - upper - 0.8 * _GAP),
    )

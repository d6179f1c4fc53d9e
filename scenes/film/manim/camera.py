"""A Manim camera that also paints whole pictures, through a pen on its own pixels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from manim import Camera, Mobject

from scenes.draw.cairo_pen import CairoPen
from scenes.theme import DARK, Theme
from scenes.widgets.picture import Picture


class Painting(Mobject):
    """A picture at a time, as one Manim object."""

    def __init__(self, picture: Picture[Any], theme: Theme = DARK) -> None:
        super().__init__()
        self.picture = picture
        self.theme = theme
        self.seconds = 0.0
        self.points = np.zeros((1, 3))  # Manim leaves objects without points out of the picture

    def __deepcopy__(self, memo: dict[int, Any]) -> Painting:
        # Manim copies what it animates. Pictures hold nothing that changes and are shared.
        copied = Painting(self.picture, self.theme)
        copied.seconds = self.seconds
        return copied


class StageCamera(Camera):
    """Paints `Painting` objects itself and leaves all others to Manim."""

    _pen: CairoPen | None = None
    _reset_due = False

    def init_background(self) -> None:
        super().init_background()
        if self.background_image is None and self.background is not None:
            # One pixel seen everywhere: a plain background needs no memory.
            self.background = np.broadcast_to(self.background[0, 0].copy(), self.background.shape)

    def reset(self) -> StageCamera:
        # A painting covers the whole frame: filling it with the background first would be in vain.
        if getattr(self, "pixel_array", None) is None:
            super().reset()
        self._reset_due = True
        return self

    def capture_mobjects(self, mobjects: Iterable[Mobject], **kwargs: Any) -> None:
        shown = list(mobjects)
        if self._reset_due and not (shown and isinstance(shown[0], Painting)):
            super().reset()
        self._reset_due = False
        super().capture_mobjects(shown, **kwargs)

    def type_or_raise(self, mobject: Mobject) -> Any:
        kind = super().type_or_raise(mobject)
        if isinstance(mobject, Painting):
            self.display_funcs[Painting] = self._paint  # type: ignore[assignment]
            return Painting
        return kind

    def _paint(self, paintings: list[Painting], pixels: Any) -> None:
        for painting in paintings:
            decimal = painting.picture.story.speech.decimal
            pen = self._pen
            if pen is None or pen.theme is not painting.theme or pen.decimal != decimal:
                pen = self._pen = CairoPen(pixels, painting.theme, decimal)
            else:
                pen.aim(pixels)
            painting.picture.paint(pen, painting.seconds)
            pen.finish()
            if pen.pixels is not pixels:  # it has moved to those on which meshes are painted
                pixels = pen.pixels
                self.pixel_array = pixels
                self.pixel_array_to_cairo_context.clear()

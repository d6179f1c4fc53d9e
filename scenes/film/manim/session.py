"""Manim's session for one film: the only module that touches Manim's global configuration.

Manim reads `manim.cfg` from the home and the working directory on import, so every setting that
shows in a film is given here explicitly. A scene takes its session at construction: it must be made
and rendered inside the block.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from manim import RendererType, tempconfig
from manim import config as manim_config

from scenes.layout import Frame
from scenes.theme import Role, Theme

# Measured on our pictures at 1080p: superfast at 20 comes 0.5 dB nearer to them than veryfast at 18 with its tuning for
# animation and takes half of its time for moving frames. Without B-frames nothing is delayed, which `standstill` needs;
# that and no lookahead take a quarter of the memory. Without CPU-dependent code and with one thread the bytes repeat
# from run to run.
ENCODER = {
    "preset": "superfast",
    "crf": "20",
    "threads": "1",
    "forced-idr": "1",
    "x264-params": "cpu-independent=1:force-cfr=1:bframes=0:rc-lookahead=0:mbtree=0",
}
PIXEL_FORMAT = "yuv420p"


def encoder(preset: str | None = None) -> dict[str, str]:
    """The encoder's settings; `preset` is one of x264's in place of ours, to compare."""
    return {**ENCODER, "preset": preset or ENCODER["preset"]}


@contextmanager
def session(
    scratch: Path, *, width: int, height: int, fps: int, theme: Theme, preset: str | None = None
) -> Iterator[None]:
    """Manim set up for a film of `width` × `height` pixels, all its files below `scratch`."""
    frame = Frame.of_pixels(width, height)
    red, green, blue = (round(255 * part) for part in theme.colours[Role.BACKGROUND])
    settings: dict[str, Any] = {
        "renderer": RendererType.CAIRO,
        "pixel_width": width,
        "pixel_height": height,
        "frame_width": frame.width,
        "frame_height": frame.height,
        "frame_rate": fps,
        "background_color": f"#{red:02x}{green:02x}{blue:02x}",
        "background_opacity": 1.0,
        "media_dir": str(scratch),
        "video_dir": str(scratch),
        "partial_movie_dir": str(scratch / "parts"),
        "output_file": "film",
        "format": "mp4",
        "disable_caching": True,
        "disable_caching_warning": True,
        "max_files_cached": -1,  # or Manim removes all but its last hundred segments, before they are joined
        "dry_run": False,
        "save_sections": False,
        "write_all": False,
        "preview": False,
        "progress_bar": "none",
        "verbosity": "ERROR",
        "log_to_file": False,
        "from_animation_number": 0,
        "upto_animation_number": -1,
        "video_codec": "libx264",
        "pixel_format": PIXEL_FORMAT,
        "video_encoder_options": encoder(preset),
        "encoder_queue_size": 1,  # pictures that wait for the encoder; more made no film faster
        "plugins": [],
    }
    unknown = [key for key in settings if key not in manim_config]
    if unknown:  # tempconfig would drop them without a word
        raise RuntimeError(f"this Manim does not know the settings {', '.join(unknown)}")
    logger = logging.getLogger("manim")
    level = logger.level
    with tempconfig(settings):
        try:
            logger.setLevel(logging.ERROR)
            yield
        finally:
            logger.setLevel(level)

"""Manim's file writer with an encoder that takes a resting picture for what it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
from manim.renderer.cairo_renderer import CairoRenderer
from manim.scene.scene_file_writer import SceneFileWriter
from manim.scene.video_segment_encoder import VideoSegmentEncoder
from numpy.typing import NDArray

from .camera import StageCamera


class StageRenderer(CairoRenderer):
    """Manim's renderer with the camera and the writer of this package."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(file_writer_class=StageWriter, camera_class=StageCamera, **kwargs)


class StageWriter(SceneFileWriter):
    """Writes segments with `RestingEncoder`."""

    def _create_segment_encoder(self, target: Path) -> VideoSegmentEncoder:
        assert self.video_encoder is not None
        return RestingEncoder(target=target, spec=self.video_encoder)


class RestingEncoder(VideoSegmentEncoder):
    """Encodes the frames that Manim's own encoder would, yet converts the colours of a repeated one only once.

    Three quarters of a lecture film are resting pictures; converting one costs a third of encoding it.
    """

    def write_frame(self, pixels: NDArray[Any], *, repeat: int = 1) -> None:
        self._validate_frame(pixels, repeat)
        stream: Any = self._stream
        try:
            frame = av.VideoFrame.from_numpy_buffer(pixels, format="rgba").reformat(
                format=self.spec.pixel_format
            )
            for _ in range(repeat):
                frame.pts = self._next_pts
                frame.time_base = 1 / self.spec.frame_rate
                self._next_pts += 1
                for packet in stream.encode(frame):
                    self._container.mux(packet)
        except BaseException as error:
            raise self._operation_error("encode", error) from error

"""Manim's file writer with an encoder that takes a resting picture for what it is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import av
from av.video.frame import PictureType
from av.video.reformatter import VideoReformatter
from manim import Mobject, Scene
from manim._config.video_encoder import VideoEncoderSpec
from manim.renderer.cairo_renderer import CairoRenderer
from manim.scene.scene_file_writer import SceneFileWriter
from manim.scene.video_segment_encoder import VideoSegmentEncoder

from scenes.film.standstill import Standstill, standstill
from scenes.malloc import give_back

from .camera import StageCamera

_TIDY = 16  # frames: seldom enough to cost nothing
_REFINED = 16  # frames after which x264 changes a resting picture no more, measured on ours


class StageRenderer(CairoRenderer):
    """Manim's renderer with the camera and the writer of this package, which need no copy of a frame."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(file_writer_class=StageWriter, camera_class=StageCamera, **kwargs)

    def render(self, scene: Scene, time: float, moving_mobjects: Iterable[Mobject] | None = None) -> None:
        self.update_frame(scene, moving_mobjects)
        self.add_frame(self.camera.pixel_array)

    def freeze_current_frame(self, duration: float) -> None:
        self.add_frame(self.camera.pixel_array, num_frames=int(duration * self.camera.frame_rate))


class StageWriter(SceneFileWriter):
    """Converts the colours of a frame at once and leaves only the encoding to its thread: the frame may be reused.

    With `segments_alone` it makes no film of the segments, because somebody else will.
    """

    segments_alone = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._converter = VideoReformatter()
        self._written = 0

    def write_frame(self, pixels: Any, *, repeat: int = 1) -> None:
        if self.output_spec.is_video and self.video_encoder is not None:
            picture = av.VideoFrame.from_numpy_buffer(pixels, format="rgba")
            frame = self._converter.reformat(picture, format=self.video_encoder.pixel_format)
            # Where nothing is to be converted, the frame would still be the painter's own pixels.
            pixels = frame if frame is not picture else av.VideoFrame.from_ndarray(pixels, format="rgba")
        super().write_frame(pixels, repeat=repeat)
        self._written += 1
        if self._written % _TIDY == 0:  # frames leave holes, between which others find no room
            give_back()

    def combine_to_movie(self) -> None:
        if not self.segments_alone:
            super().combine_to_movie()

    def _create_segment_encoder(self, target: Path) -> VideoSegmentEncoder:
        assert self.video_encoder is not None
        return RestingEncoder(target=target, spec=self.video_encoder)


class RestingEncoder(VideoSegmentEncoder):
    """Encodes what Manim's own encoder would, yet a picture that rests is encoded for a moment only.

    Three quarters of a lecture film rest. Once the encoder has refined a resting picture, the frames that say
    "as before" take its place. A frame after them has to be a key frame: the encoder does not know of them.
    """

    def __init__(self, *, target: Path, spec: VideoEncoderSpec) -> None:
        super().__init__(target=target, spec=spec)
        self._since_key = 0
        self._unknown_to_encoder = False
        self._standstill: Standstill | None = None
        if spec.codec == "libx264" and ("forced-idr", "1") in spec.options:
            self._standstill = standstill(
                spec.width, spec.height, spec.frame_rate, spec.pixel_format, tuple(spec.options)
            )

    def write_frame(self, frame: Any, *, repeat: int = 1) -> None:
        """Show a frame of video, in the encoder's own format, so many times."""
        try:
            encoded = repeat if self._standstill is None else min(repeat, _REFINED)
            for _ in range(encoded):
                self._encode(frame)
            if self._standstill is not None:
                for _ in range(encoded, repeat):
                    self._stand_still(self._standstill)
        except BaseException as error:
            raise self._operation_error("encode", error) from error

    def finish(self) -> None:
        super().finish()
        # x264 lives as long as these do, and Manim keeps this object beside the next segment's: 45 MB at 1080p.
        del self._stream, self._container
        give_back()

    def _encode(self, frame: av.VideoFrame) -> None:
        stream: Any = self._stream
        frame.pts, frame.time_base = self._next(), 1 / self.spec.frame_rate
        frame.pict_type = PictureType.I if self._unknown_to_encoder else PictureType.NONE
        self._unknown_to_encoder = False
        for packet in stream.encode(frame):
            self._since_key = 0 if packet.is_keyframe else self._since_key + 1
            self._container.mux(packet)

    def _stand_still(self, standstill: Standstill) -> None:
        self._since_key += 1
        self._unknown_to_encoder = True
        packet = av.Packet(standstill.frame(self._since_key))
        packet.pts = packet.dts = self._next()
        packet.duration, packet.time_base = 1, 1 / self.spec.frame_rate
        packet.stream = self._stream
        self._container.mux(packet)

    def _next(self) -> int:
        self._next_pts += 1
        return self._next_pts - 1

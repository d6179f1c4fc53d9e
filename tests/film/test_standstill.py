"""Frames that say "as before": a resting picture stays as it is, and the film is a plain H.264 film."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import av.logging
import numpy as np
import pytest
from manim._config.video_encoder import VideoEncoderSpec

from scenes.film.manim.session import PIXEL_FORMAT, encoder
from scenes.film.manim.writer import RestingEncoder
from scenes.film.standstill import standstill

RATE = 30


def film(path: Path, size: tuple[int, int], shown: list[tuple[np.ndarray, int]], **options: str) -> None:
    spec = VideoEncoderSpec(
        width=size[0],
        height=size[1],
        frame_rate=Fraction(RATE),
        codec="libx264",
        pixel_format=PIXEL_FORMAT,
        container_format="mp4",
        options=tuple({**encoder(), **options}.items()),
    )
    written = RestingEncoder(target=path, spec=spec)
    for pixels, repeat in shown:
        frame = av.VideoFrame.from_ndarray(pixels, format="rgba").reformat(format=PIXEL_FORMAT)
        written.write_frame(frame, repeat=repeat)
    written.finish()


def picture(size: tuple[int, int], seed: int) -> np.ndarray:
    """Noise over a slope: the worst that an encoder can be asked to keep."""
    noise = np.random.default_rng(seed).integers(0, 80, (size[1], size[0], 4), dtype=np.uint8)
    return noise + np.linspace(0, 170, size[0]).astype(np.uint8)[None, :, None]


def frames(path: Path) -> list[np.ndarray]:
    """What a decoder shows that gives up at the first error."""
    with av.logging.Capture() as said, av.open(str(path), options={"err_detect": "explode"}) as container:
        stream = container.streams.video[0]
        stream.codec_context.options = {"err_detect": "explode"}
        shown = [frame.to_ndarray() for frame in container.decode(stream)]
    assert said == []
    return shown


@pytest.mark.parametrize("size", [(64, 36), (130, 98), (320, 180)])
def test_a_resting_picture_is_shown_to_its_end_and_does_not_change(tmp_path, size):
    path = tmp_path / "film.mp4"
    film(path, size, [(picture(size, 1), 700)])
    shown = frames(path)
    assert len(shown) == 700
    for later in shown[20:]:
        assert np.array_equal(later, shown[19])


def test_the_picture_that_stays_is_the_encoders_own(tmp_path):
    size = (320, 180)
    film(tmp_path / "rest.mp4", size, [(picture(size, 1), 60)])
    film(tmp_path / "moves.mp4", size, [(picture(size, 1), 1)] * 16)
    assert np.array_equal(frames(tmp_path / "rest.mp4")[-1], frames(tmp_path / "moves.mp4")[-1])


def test_what_comes_after_a_rest_is_shown_too(tmp_path):
    size = (96, 64)
    parts = [(picture(size, 1), 1), (picture(size, 2), 40), (picture(size, 3), 1), (picture(size, 4), 300)]
    film(tmp_path / "film.mp4", size, parts)
    shown = frames(tmp_path / "film.mp4")
    assert len(shown) == 342
    for place, seed in ((0, 1), (40, 2), (41, 3), (341, 4)):
        film(tmp_path / "alone.mp4", size, [(picture(size, seed), 1)])
        (alone,) = frames(tmp_path / "alone.mp4")
        assert np.abs(shown[place].astype(int) - alone).mean() < 4


def test_the_settings_that_ship_can_stand_still():
    for width, height in ((64, 36), (854, 480), (1920, 1080), (1080, 1920), (3840, 2160)):
        for preset in (None, "medium", "ultrafast"):
            options = tuple(encoder(preset).items())
            assert standstill(width, height, Fraction(60), PIXEL_FORMAT, options) is not None


@pytest.mark.parametrize("params", ["bframes=3", "rc-lookahead=10:mbtree=1", "force-cfr=0"])
def test_an_encoder_that_delays_frames_gets_all_of_them(tmp_path, params):
    size = (64, 36)
    options = {"preset": "medium", "x264-params": params}
    assert standstill(*size, Fraction(RATE), PIXEL_FORMAT, tuple({**encoder(), **options}.items())) is None
    film(tmp_path / "film.mp4", size, [(picture(size, 1), 100), (picture(size, 2), 1)], **options)
    assert len(frames(tmp_path / "film.mp4")) == 101


def test_repeated_frames_cost_next_to_nothing_on_disk(tmp_path):
    size = (640, 360)
    film(tmp_path / "short.mp4", size, [(picture(size, 1), 20)])
    film(tmp_path / "long.mp4", size, [(picture(size, 1), 1020)])
    more = (tmp_path / "long.mp4").stat().st_size - (tmp_path / "short.mp4").stat().st_size
    assert more < 60 * 1000

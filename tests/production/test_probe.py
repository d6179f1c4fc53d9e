"""A file is proven before it is published."""

from __future__ import annotations

import hashlib

import pytest

from scenes.production.errors import ProbeError
from scenes.production.outputs import film as films
from scenes.production.outputs import report, still
from scenes.production.place.publish import settle

WIDTH, HEIGHT, FRAMES = 128, 96, 40


@pytest.fixture(scope="module")
def film_bytes(tmp_path_factory):
    import av
    import numpy as np

    path = tmp_path_factory.mktemp("film") / "film.mp4"
    noise = np.random.default_rng(1).integers(0, 255, (FRAMES, HEIGHT, WIDTH, 3), dtype=np.uint8)
    with av.open(path, "w", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=20, options={"g": "10"})
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for picture in noise:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture)))
        container.mux(stream.encode(None))
    return path.read_bytes()


@pytest.fixture
def film(tmp_path, film_bytes):
    path = tmp_path / "film.mp4"
    path.write_bytes(film_bytes)
    return path


@pytest.mark.parametrize("frames", [FRAMES - 1, FRAMES, FRAMES + 1])
def test_a_good_film_is_told_with_what_it_holds(film, frames):
    facts = films.probe(film, width=WIDTH, height=HEIGHT, frames=frames)
    assert facts == (2.0, FRAMES)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"width": 64}, "128 x 96 pixels instead of 64 x 96"),
        ({"height": 64}, "128 x 96 pixels instead of 128 x 64"),
        ({"frames": FRAMES + 2}, "40 frames instead of 42"),
        ({"frames": FRAMES - 2}, "40 frames instead of 38"),
    ],
)
def test_a_film_of_another_shape_is_refused(film, wrong, message):
    with pytest.raises(ProbeError, match=message):
        films.probe(film, **{"width": WIDTH, "height": HEIGHT, "frames": FRAMES, **wrong})


@pytest.mark.parametrize("part", [0.0, 0.3, 0.6, 0.9, 0.99])
def test_a_film_that_was_cut_off_is_refused(film, film_bytes, part):
    film.write_bytes(film_bytes[: int(part * len(film_bytes))])
    with pytest.raises(ProbeError):
        films.probe(film, width=WIDTH, height=HEIGHT, frames=FRAMES)


def test_what_is_no_film_is_refused(film):
    film.write_text("no film")
    with pytest.raises(ProbeError, match="cannot be decoded"):
        films.probe(film, width=WIDTH, height=HEIGHT, frames=FRAMES)


@pytest.mark.parametrize("data", [b"%PDF-1.4\n...\n%%EOF", b"%PDF-1.7\n...\n%%EOF\r\n"])
def test_a_whole_pdf_is_accepted(tmp_path, data):
    (tmp_path / "a.pdf").write_bytes(data)
    report.probe(tmp_path / "a.pdf")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\n...", b"hello\n%%EOF", b"%PDF\n%%EOF\n" + b"x" * 2000])
def test_a_pdf_without_its_start_or_end_is_refused(tmp_path, data):
    (tmp_path / "a.pdf").write_bytes(data)
    with pytest.raises(ProbeError):
        report.probe(tmp_path / "a.pdf")


def test_a_still_is_decoded_and_measured(tmp_path):
    from PIL import Image

    path = tmp_path / "still.png"
    Image.new("RGB", (32, 16)).save(path)
    still.probe(path, width=32, height=16)
    with pytest.raises(ProbeError, match="32 x 16 pixels instead of 16 x 32"):
        still.probe(path, width=16, height=32)
    path.write_bytes(path.read_bytes()[:50])
    with pytest.raises(ProbeError, match="cannot be decoded"):
        still.probe(path, width=32, height=16)


def test_settling_gives_the_digest_of_the_bytes(tmp_path):
    (tmp_path / "file").write_bytes(b"bytes")
    assert settle(tmp_path / "file") == hashlib.sha256(b"bytes").hexdigest()

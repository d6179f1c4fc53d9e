"""Prove that a finished file is what was asked for, before it may take the place of an older one."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from .errors import ProbeError

_PDF_TAIL = 1024


@dataclass(frozen=True)
class FilmFacts:
    """What a film really holds: seconds, frames, width and height in pixels."""

    seconds: float
    frames: int
    width: int
    height: int


def probe_film(path: Path, *, width: int, height: int, frames: int) -> FilmFacts:
    """Check a film of `width` x `height` pixels and `frames` frames (within 1).

    All packets are counted; every key frame is decoded, and all that follows the last one, so a file that
    was cut off or mixed up is found at a fraction of the cost of decoding the whole.
    """
    import av
    from av.error import FFmpegError

    try:
        with av.open(path) as container:
            if not container.streams.video:
                raise ProbeError("the film holds no picture")
            stream = container.streams.video[0]
            packets = [packet for packet in container.demux(stream) if packet.size]
            count = len(packets)
            found = (stream.codec_context.width, stream.codec_context.height)
            seconds = float((stream.duration or 0) * (stream.time_base or 0))
            last_key = max((packet.pts or 0 for packet in packets if packet.is_keyframe), default=0)
        key_frames = 0
        with av.open(path) as container:
            stream = container.streams.video[0]
            stream.codec_context.skip_frame = "NONKEY"
            key_frames = sum(1 for _ in container.decode(stream))
        with av.open(path) as container:
            stream = container.streams.video[0]
            container.seek(last_key, stream=stream)
            tail = sum(1 for _ in container.decode(stream))
    except (FFmpegError, OSError) as error:
        raise ProbeError(f"the film cannot be decoded ({error})") from error
    if found != (width, height):
        raise ProbeError(f"the film has {found[0]} x {found[1]} pixels instead of {width} x {height}")
    if abs(count - frames) > 1:
        raise ProbeError(f"the film has {count} frames instead of {frames}")
    if seconds <= 0 or key_frames == 0 or tail == 0:
        raise ProbeError(
            f"the film cannot be played: {seconds:g} s, {key_frames} key frames, {tail} frames at its end"
        )
    return FilmFacts(seconds=seconds, frames=count, width=width, height=height)


def probe_pdf(path: Path) -> None:
    """Check that a PDF is whole, from its header to its last line. Raises `ProbeError`."""
    data = path.read_bytes()
    if not data.startswith(b"%PDF"):
        raise ProbeError(f"the report does not start like a PDF but with {data[:8]!r}")
    if not data[-_PDF_TAIL:].rstrip().endswith(b"%%EOF"):
        raise ProbeError("the report has no end (%%EOF): it was cut off")


def probe_png(path: Path, *, width: int, height: int) -> None:
    """Check that a still decodes to `width` x `height` pixels. Raises `ProbeError`."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as picture:
            picture.load()
            found = picture.size
    except (UnidentifiedImageError, OSError) as error:
        raise ProbeError(f"the still cannot be decoded ({error})") from error
    if found != (width, height):
        raise ProbeError(f"the still has {found[0]} x {found[1]} pixels instead of {width} x {height}")


def settle(path: Path) -> str:
    """Bring a file safely to the disk and return the sha256 of its bytes in hex."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()

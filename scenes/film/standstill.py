"""The frame of H.264 video that says "as before".

A picture that rests is, to the encoder, a long row of frames in which every block is skipped. x264 needs its full time
for each of them, and they are all alike but for their number. So one such frame is taken from x264 once, from an empty
picture, and numbered anew for every place where it is needed (ITU-T H.264, 7.3.3 slice header and 7.4.3 frame_num).
A decoder shows the picture before it again, to the last bit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

import av

_START = re.compile(rb"\x00\x00\x00?\x01")
_SLICE, _PARAMETERS = 1, 7  # types of units: a frame that is no key frame; the sequence parameter set
_FORMATS = ("yuv420p", "yuv422p", "yuv444p")  # of 8 bits
_HIGH_PROFILES = (100, 110, 122, 244)


class Standstill:
    """Makes the frames "as before" for one size and one set of the encoder's settings."""

    def __init__(self, frame: bytes, width: int) -> None:
        """`frame` is a unit of the stream, its head taken off and unescaped; frame numbers take `width` bits."""
        self._width = width
        bits = _Bits(frame[1:])
        bits.unsigned(), bits.unsigned(), bits.unsigned()  # first block, kind of slice, picture parameters
        self._shift = 8 * len(frame) - 8 - bits.place - width
        self._length = len(frame)
        self._without_number = int.from_bytes(frame) & ~(((1 << width) - 1) << self._shift)

    def frame(self, number: int) -> bytes:
        """The frame that comes `number` frames after a key frame, all between them having been shown."""
        counted = (number % (1 << self._width)) << self._shift
        return b"\x00\x00\x00\x01" + _escaped((self._without_number | counted).to_bytes(self._length))


@lru_cache(maxsize=4)
def standstill(
    width: int, height: int, rate: Fraction, pixel_format: str, options: tuple[tuple[str, str], ...]
) -> Standstill | None:
    """The maker for these settings of libx264.

    None where they delay frames or number them in another way, or where an empty picture is not simply skipped.
    """
    if pixel_format not in _FORMATS:
        return None
    encoder = av.CodecContext.create("libx264", "w")
    encoder.width, encoder.height, encoder.pix_fmt = width, height, pixel_format
    encoder.time_base, encoder.framerate = 1 / rate, rate
    encoder.options = dict(options)
    picture = av.VideoFrame(width, height, pixel_format)
    for plane in picture.planes:
        plane.update(b"\x80" * plane.buffer_size)
    packets = []
    for number in range(2):
        picture.pts, picture.time_base = number, 1 / rate
        packets.append(b"".join(bytes(packet) for packet in encoder.encode(picture)))
    if not all(packets):
        return None
    bits = next((_number_width(unit) for unit in _units(packets[0]) if unit[0] & 31 == _PARAMETERS), None)
    slices = [unit for unit in _units(packets[1]) if unit[0] & 31 == _SLICE]
    if not bits or len(slices) != 1 or not _is_skipped(slices[0], width * height):
        return None
    return Standstill(slices[0], bits)


def _is_skipped(unit: bytes, pixels: int) -> bool:
    """Is this a slice of predicted blocks, too short for one of them to hold anything?"""
    bits = _Bits(unit[1:])
    bits.unsigned()
    kind = bits.unsigned()
    return kind % 5 == 0 and len(unit) <= 32 + pixels // 12_800  # of 256 pixels a block, 50 a byte


def _number_width(parameters: bytes) -> int | None:
    """The bits of a frame number, where pictures are shown in the order of decoding and nothing else is needed."""
    bits = _Bits(parameters[4:])  # behind the unit's head, profile, constraints and level
    bits.unsigned()  # identity
    if parameters[1] in _HIGH_PROFILES:
        if bits.unsigned() == 3:  # chroma format
            bits.take(1)
        bits.unsigned(), bits.unsigned(), bits.take(1)  # depths of luma and chroma, transform bypass
        if bits.take(1):  # scaling matrices follow
            return None
    width = bits.unsigned() + 4
    return width if bits.unsigned() == 2 else None  # else slices hold the order, too


class _Bits:
    """Reads bits from the front."""

    def __init__(self, data: bytes) -> None:
        self._text = "".join(f"{byte:08b}" for byte in data[:64])
        self.place = 0

    def take(self, count: int) -> int:
        self.place += count
        return int(self._text[self.place - count : self.place], 2)

    def unsigned(self) -> int:
        """An Exp-Golomb code (9.1)."""
        zeros = self._text.index("1", self.place) - self.place
        self.place += zeros
        return self.take(zeros + 1) - 1


def _units(packet: bytes) -> Iterator[bytes]:
    """The units between start codes, unescaped."""
    for unit in _START.split(packet):
        if unit:
            yield unit.replace(b"\x00\x00\x03", b"\x00\x00")


def _escaped(unit: bytes) -> bytes:
    """Nothing within a unit may look like a start code."""
    return re.sub(rb"\x00\x00(?=[\x00-\x03])", b"\x00\x00\x03", unit)

"""Segments of a film to one file, without encoding them again."""

from __future__ import annotations

import os
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from scenes.storyboard.story import Story

_MILLISECOND = Fraction(1, 1000)


def join_segments(segments: Sequence[Path], whole: Path, story: Story, fps: int) -> None:
    """Write the film `whole` from its segments, in order: index in front, title, chapters.

    Every segment begins with a key frame and has been encoded with the same settings.
    """
    with av.open(str(whole), "w", options={"movflags": "+faststart"}) as target:
        target.metadata["title"] = story.speech.text(story.title)
        target.set_chapters(_chapters(story))
        copy: Any = None
        begun, last = 0, None  # frames so far; the latest decoding time
        for segment in segments:
            with av.open(str(segment)) as source:
                stream = source.streams.video[0]
                if copy is None:
                    copy = target.add_stream_from_template(stream)
                assert stream.time_base is not None
                ticks = round(1 / (fps * stream.time_base))  # of a frame
                frames = 0
                for packet in source.demux(stream):
                    if packet.dts is None or packet.pts is None:
                        continue  # the end of the stream
                    packet.pts += begun * ticks
                    # A segment shorter than the encoder's delay has no early decoding times.
                    packet.dts = (
                        packet.dts + begun * ticks
                        if last is None
                        else max(packet.dts + begun * ticks, last + 1)
                    )
                    last = packet.dts
                    packet.stream = copy
                    target.mux(packet)
                    frames += 1
                begun += frames
    with whole.open("rb") as written:
        os.fsync(written.fileno())


def _chapters(story: Story) -> list[Any]:
    chapters = [(beat.start, beat.chapter) for beat in story.beats if beat.chapter]
    ends = [*(start for start, _ in chapters[1:]), story.seconds][: len(chapters)]
    return [
        {
            "id": i,
            "start": round(start * 1000),
            "end": round(end * 1000),
            "time_base": _MILLISECOND,
            "metadata": {"title": story.speech.text(chapter)},
        }
        for i, ((start, chapter), end) in enumerate(zip(chapters, ends, strict=True))
    ]

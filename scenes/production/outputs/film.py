"""A scene as a film. It is cut into parts, so that several cores share it, and joined again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple

from scenes.lecture.model import Lecture
from scenes.production.errors import ProbeError, ProductionError
from scenes.production.executors.task import Advance, Result, Task
from scenes.production.job import SceneJob, chosen_scene
from scenes.production.options import Options
from scenes.production.place.publish import settle
from scenes.production.questions import question_as_data

#: Pieces of work for each worker. With fewer, one worker may end long before the others.
_PIECES = 6
#: Parts of a film for each worker, at most: every part tells the whole story before it paints.
_MOST = 2


@dataclass(frozen=True, kw_only=True)
class FilmJob(SceneJob):
    """A film of `fps` frames per second. `preset` is one of x264's in place of the one that ships."""

    kind = "film"
    suffix = ".mp4"
    modules = ("scenes.film.manim.render", "scenes.film.manim.scene", "scenes.film.manim.session")

    fps: int
    preset: str | None = None

    @classmethod
    def plan(
        cls, lecture: Lecture, options: Options, *, scenes: Sequence[str] = (), file: Path | None = None
    ) -> tuple[FilmJob, ...]:
        """The films of the scenes that are named, or of all; no manifest lists the one that has a `file` of its own."""
        named = [chosen_scene(lecture, name) for name in scenes] or lecture.scenes
        chosen = [scene for scene in lecture.scenes if scene in named]
        if file is not None and len(chosen) > 1:
            names = ", ".join(scene.name for scene in chosen)
            raise ProductionError(
                f"-o: {file} is one file for {len(chosen)} films ({names})",
                mend=f"name one of them with --scene, or a folder, such as -o {file.with_suffix('')}/",
            )
        place = {} if file is None else {"output": file, "in_manifest": False}
        return tuple(cls.of(lecture, scene, options, fps=options.fps, **place) for scene in chosen)

    def tasks(self, scratch: Path, workers: int, alike: int) -> list[Task]:
        parts = parts_of_a_film(alike, workers)
        pieces = [
            Task(
                f"{self.id}, part {number + 1} of {parts}",
                partial(self.render, number, parts),
                scratch / f"part-{number}",
                self.preload,
            )
            for number in range(parts)
        ]
        after = tuple(piece.id for piece in pieces)
        return [*pieces, *(replace(task, after=after) for task in super().tasks(scratch, workers, alike))]

    def render(
        self, part: int, parts: int, scratch: Path, advance: Advance, before: Sequence[Result]
    ) -> Result:
        """The work of a part: render one of so many, counted from 0, and return the files of its segments."""
        from scenes.film.manim.render import render_segments

        segments = render_segments(
            self.story(),
            scratch,
            width=self.width,
            height=self.height,
            fps=self.fps,
            part=part,
            parts=parts,
            theme=self.theme,
            progress=advance,
            preset=self.preset,
        )
        return {"segments": segments}

    def make(self, scratch: Path, advance: Advance, before: Sequence[Result]) -> Result:
        from scenes.film.join import join_segments

        file, story = self.finished(scratch), self.story()
        join_segments([segment for part in before for segment in part["segments"]], file, story, self.fps)
        facts = probe(file, width=self.width, height=self.height, frames=round(story.seconds * self.fps))
        text = story.speech.text
        return {
            "seconds": round(facts.seconds, 6),
            "frames": facts.frames,
            "size": f"{self.width}x{self.height}",
            "fps": self.fps,
            "theme": self.theme,
            "brief": self.brief,
            "chapters": _moments(
                (beat.id, beat.start, text(beat.chapter)) for beat in story.beats if beat.chapter is not None
            ),
            "pauses": _moments((beat.id, beat.end, text(beat.caption)) for beat in story.beats if beat.pause),
            "questions": [
                {"id": beat.id, "time": round(beat.end, 6), **asked}
                for beat in story.beats
                if (asked := question_as_data(beat.question, story.speech)) is not None
            ],
            "sha256": settle(file),
        }


FORMAT = FilmJob


def parts_of_a_film(films: int, workers: int) -> int:
    """Into how many parts to cut each of so many films; 1 when there are enough films to keep all busy."""
    return 1 if workers == 1 else min(_MOST * workers, ceil(_PIECES * workers / films))


def _moments(beats: Iterable[tuple[str, float, str]]) -> list[dict[str, Any]]:
    """Chapters or pauses for the manifest from (id, seconds, caption)."""
    return [{"id": name, "time": round(time, 6), "caption": caption} for name, time, caption in beats]


class FilmFacts(NamedTuple):
    """What a film really holds."""

    seconds: float
    frames: int


def probe(path: Path, *, width: int, height: int, frames: int) -> FilmFacts:
    """Check a film of `width` x `height` pixels and `frames` frames (within 1). Raises `ProbeError`.

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
    return FilmFacts(seconds, count)

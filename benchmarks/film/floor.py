"""The floor: encode raw frames that are there already, in so many processes, and do nothing else.

python -m benchmarks.film.floor dump houses FOLDER
python -m benchmarks.film.floor encode FOLDER --jobs 2 --preset medium

One conversion of a picture's colours, then one frame after the other into x264 with our settings, those of a resting
picture too. (Our films hold most of those as "as before", which x264 is not asked for: the floor does not know that.) The processes take pieces of at most 600 frames from one list, so they end
together; starting them, reading the frames and joining the pieces is not counted.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import time
from fractions import Fraction
from functools import partial
from pathlib import Path

import av
from av.video.reformatter import VideoReformatter

from benchmarks.film.frames import Pixels, Reading, load, raw_frames, store
from scenes.production.options import QUALITIES


def dump(lecture_name: str, folder: Path, quality: str, jobs: int) -> int:
    """Paint every scene of a lecture to `folder`; the number of frames."""
    from scenes.lecture.read import read_lecture
    from scenes.lecture.shipped import shipped

    count = len(read_lecture(shipped()[lecture_name]).scenes)
    width, height, fps = QUALITIES[quality]
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        work = partial(_dump_scene, lecture_name, folder, quality)
        frames = sum(pool.imap_unordered(work, range(count)))
    about = {"width": width, "height": height, "fps": fps, "frames": frames}
    (folder / "about.json").write_text(json.dumps(about))
    return frames


def _dump_scene(lecture_name: str, folder: Path, quality: str, number: int) -> int:
    from scenes.lecture.read import read_lecture
    from scenes.lecture.shipped import shipped
    from scenes.lecture.study import study
    from scenes.storyboard import tell

    worked_out = study(read_lecture(shipped()[lecture_name]))
    story = tell(worked_out, worked_out.lecture.scenes[number])
    width, height, fps = QUALITIES[quality]
    frames = raw_frames(story, width=width, height=height, fps=fps, theme=worked_out.lecture.theme)
    return store(frames, folder, f"scene-{number}")


class Encoder:
    """x264 with our settings in an mp4 file."""

    def __init__(
        self, file: Path, width: int, height: int, fps: int, settings: dict[str, str], pixel_format: str
    ) -> None:
        self._container = av.open(str(file), "w")
        self._stream = self._container.add_stream("libx264", rate=fps, options=settings)
        self._stream.width, self._stream.height, self._stream.pix_fmt = width, height, pixel_format
        self._pixel_format = pixel_format
        self._converter = VideoReformatter()
        self._tick, self._next = Fraction(1, fps), 0

    def convert(self, pixels: Pixels) -> av.VideoFrame:
        picture = av.VideoFrame.from_numpy_buffer(pixels, format="rgba")
        return self._converter.reformat(picture, format=self._pixel_format)

    def encode(self, frame: av.VideoFrame) -> None:
        frame.pts, frame.time_base = self._next, self._tick
        self._next += 1
        self._container.mux(self._stream.encode(frame))

    def close(self) -> None:
        self._container.mux(self._stream.encode(None))
        self._container.close()


def encode(folder: Path, jobs: int, preset: str | None) -> dict[str, float]:
    """Encode what `dump` wrote; wall time, CPU time of all processes, and what reading took of both."""
    from scenes.film.manim.session import PIXEL_FORMAT, encoder

    about = json.loads((folder / "about.json").read_text())
    width, height, fps = about["width"], about["height"], about["fps"]
    pieces = sorted(folder.glob("*.raw"), key=lambda file: file.stat().st_size, reverse=True)
    context = multiprocessing.get_context("fork")
    results, queue, ready = context.SimpleQueue(), context.SimpleQueue(), context.Barrier(jobs + 1)
    for piece in pieces:
        queue.put(str(piece))
    for _ in range(jobs):
        queue.put(None)

    def work() -> None:
        reading, frames = Reading(), 0
        ready.wait()
        begin, cpu = time.perf_counter(), time.process_time()
        while (piece := queue.get()) is not None:
            film = Encoder(Path(piece).with_suffix(".mp4"), width, height, fps, encoder(preset), PIXEL_FORMAT)
            for pixels, repeat in load(Path(piece), width, height, reading):
                frame = film.convert(pixels)
                for _ in range(repeat):
                    film.encode(frame)
                frames += repeat
            film.close()
        results.put(
            (
                time.perf_counter() - begin,
                time.process_time() - cpu,
                reading.wall,
                reading.cpu,
                frames,
            )
        )

    workers = [context.Process(target=work) for _ in range(jobs)]
    for worker in workers:
        worker.start()
    ready.wait()
    told = [results.get() for _ in workers]
    for worker in workers:
        worker.join()
    for piece in pieces:
        piece.with_suffix(".mp4").unlink()
    return {
        "wall": max(wall - read for wall, _, read, _, _ in told),
        "cpu": sum(cpu - read for _, cpu, _, read, _ in told),
        "reading": sum(read for _, _, read, _, _ in told),
        "frames": sum(frames for *_, frames in told),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=2)
    commands = parser.add_subparsers(dest="command", required=True)
    dumping = commands.add_parser("dump")
    dumping.add_argument("lecture")
    dumping.add_argument("folder", type=Path)
    dumping.add_argument("--quality", default="h", choices=QUALITIES)
    encoding = commands.add_parser("encode")
    encoding.add_argument("folder", type=Path)
    encoding.add_argument("--preset")
    options = parser.parse_args()
    if options.command == "dump":
        print(dump(options.lecture, options.folder, options.quality, options.jobs))
    else:
        print(json.dumps(encode(options.folder, options.jobs, options.preset)))


if __name__ == "__main__":
    main()

"""What a worker process does for each kind of job. Everything heavy is imported here, inside the
functions."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from scenes.production.executors.worker import Progress
from scenes.production.place.manifest import moments

from .errors import ProductionError
from .kinds import FILM, REPORT, STILL
from .plan import Job
from .probe import probe_film, probe_pdf, probe_png, settle

if TYPE_CHECKING:
    from scenes.lecture.study import Study
    from scenes.storyboard import Story

#: A piece of a film, rendered by a process of its own; the film's job joins them.
PART = "part"
#: The function of each kind of job, and of a part, for `executor.Task`.
WORK = {
    kind: f"{__name__}:{function}"
    for kind, function in ((PART, "part"), (FILM, "film"), (REPORT, "report"), (STILL, "still"))
}
#: The name of the finished file within the scratch folder of its job.
FINISHED = {FILM: "film.mp4", REPORT: "report.pdf", STILL: "still.png"}


def part(data: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
    """Render one of the `parts` of a scene, number `part`, and return the files of its segments."""
    from scenes.film.manim.render import render_segments

    job, scratch = _begin(data)
    _, story = _story(job)
    segments = render_segments(
        story,
        scratch,
        width=job.width,
        height=job.height,
        fps=job.fps,
        part=data["part"],
        parts=data["parts"],
        theme=job.theme,
        progress=progress,
        preset=job.preset,
    )
    return {"segments": [str(segment) for segment in segments]}


def film(data: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
    """Join the parts of a scene, prove the file and return what the manifest says of it."""
    from scenes.film.join import join_segments

    job, scratch = _begin(data)
    output = scratch / FINISHED[job.kind]
    _, story = _story(job)
    text = story.speech.text
    join_segments(
        [Path(segment) for part in data["after"] for segment in part["segments"]], output, story, job.fps
    )
    facts = probe_film(output, width=job.width, height=job.height, frames=round(story.seconds * job.fps))
    return {
        "seconds": round(facts.seconds, 6),
        "frames": facts.frames,
        "size": f"{facts.width}x{facts.height}",
        "fps": job.fps,
        "theme": job.theme,
        "chapters": moments(
            (beat.id, beat.start, text(beat.chapter)) for beat in story.beats if beat.chapter is not None
        ),
        "pauses": moments((beat.id, beat.end, text(beat.caption)) for beat in story.beats if beat.pause),
        "sha256": settle(output),
    }


def report(data: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
    """Write the report of a lecture, prove the file and return what the manifest says of it."""
    from scenes.report.document import write_report
    from scenes.storyboard import tell

    job, scratch = _begin(data)
    output = scratch / FINISHED[job.kind]
    study = _study(job)
    stories = [tell(study, scene) for scene in study.lecture.scenes]
    paper = cast(Literal["a4", "letter"], job.paper)  # `Options` and the lecture have seen to that
    pages = write_report(study, stories, output, paper=paper, greyscale=job.greyscale)
    probe_pdf(output)
    return {"pages": pages, "paper": job.paper, "greyscale": job.greyscale, "sha256": settle(output)}


def still(data: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
    """Draw one moment of a scene; by default the last pause."""
    from PIL import Image

    from scenes.film.still import render_still

    job, scratch = _begin(data)
    output = scratch / FINISHED[job.kind]
    _, story = _story(job)
    at = job.at if job.at is not None else (story.pauses or (story.seconds,))[-1]
    if not 0 <= at <= story.seconds:
        raise ProductionError(
            f"--at: {at:g} is outside of the scene {job.scene!r}",
            f"allowed are 0 to {story.seconds:g} seconds",
            "choose a second between them",
        )
    pixels = render_still(story, at, width=job.width, height=job.height, theme=job.theme)
    Image.fromarray(pixels).convert("RGB").save(output)
    probe_png(output, width=job.width, height=job.height)
    return {"at": at, "size": f"{job.width}x{job.height}", "theme": job.theme, "sha256": settle(output)}


def _begin(data: Mapping[str, Any]) -> tuple[Job, Path]:
    """The job, and the folder in which its file shall grow, with all other temporary files of this process."""
    job, scratch = Job.from_data(data["job"]), Path(data["scratch"])
    scratch.mkdir(exist_ok=True)
    os.environ["TMPDIR"] = tempfile.tempdir = str(scratch)
    return job, scratch


def _study(job: Job) -> Study:
    from scenes.lecture.source.digest import digest_of
    from scenes.lecture.study import study

    lecture = job.unpacked()
    try:
        digest = digest_of(lecture.path.read_bytes(), lecture.problem.data)
    except OSError:
        digest = ""
    if digest != lecture.digest:
        raise ProductionError(
            f"{job.lecture}: the lecture or its data changed while it was being made", mend="run it again"
        )
    return study(lecture)


def _story(job: Job) -> tuple[Study, Story]:
    from scenes.storyboard import tell

    assert job.scene is not None
    study = _study(job)
    return study, tell(study, study.lecture.scene(job.scene))

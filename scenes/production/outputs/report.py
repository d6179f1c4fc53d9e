"""A lecture as a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from scenes.lecture.model import Lecture
from scenes.production.errors import ProbeError
from scenes.production.executors.task import Advance, Result
from scenes.production.job import Job
from scenes.production.options import Options
from scenes.production.place.publish import settle

_TAIL = 1024


@dataclass(frozen=True, kw_only=True)
class ReportJob(Job):
    """The report of a lecture, on `paper`."""

    kind = "report"
    suffix = ".pdf"
    modules = ("scenes.report.document",)

    paper: str
    greyscale: bool = False

    @classmethod
    def plan(cls, lecture: Lecture, options: Options, *, file: Path | None = None) -> tuple[ReportJob, ...]:
        """The report, which no manifest lists where it has a `file` of its own."""
        job = cls(
            id=f"{lecture.name}/report",
            lecture=lecture,
            output=file or options.output / lecture.name / f"{lecture.name}{cls.suffix}",
            paper=options.paper or lecture.report.paper,
            greyscale=options.greyscale,
            in_manifest=file is None,
        )
        return (job,)

    def make(self, scratch: Path, advance: Advance, before: Sequence[Result]) -> Result:
        from scenes.production.telling import tell_scenes
        from scenes.report.document import write_report

        file, study = self.finished(scratch), self.study()
        stories = tell_scenes(study, study.lecture.scenes)
        paper = cast(Literal["a4", "letter"], self.paper)  # `Options` and the lecture have seen to that
        pages = write_report(study, stories, file, paper=paper, greyscale=self.greyscale)
        probe(file)
        return {
            "pages": pages,
            "paper": self.paper,
            "greyscale": self.greyscale,
            "brief": study.lecture.brief,
            "sha256": settle(file),
        }


FORMAT = ReportJob


def probe(path: Path) -> None:
    """Check that a PDF is whole, from its header to its last line. Raises `ProbeError`."""
    data = path.read_bytes()
    if not data.startswith(b"%PDF"):
        raise ProbeError(f"the report does not start like a PDF but with {data[:8]!r}")
    if not data[-_TAIL:].rstrip().endswith(b"%%EOF"):
        raise ProbeError("the report has no end (%%EOF): it was cut off")

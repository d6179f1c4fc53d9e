"""The kinds of jobs, and what a process has imported before it does one. Imports nothing itself."""

from __future__ import annotations

FILM, REPORT, STILL = "film", "report", "still"
_STORY = ("scenes.lecture.study", "scenes.storyboard")
#: What every job of a kind needs, the slowest first.
PRELOAD = {
    FILM: ("scenes.film.stage", "scenes.film.render", "scenes.film.scene", *_STORY),
    REPORT: ("scenes.report.document", *_STORY),
    STILL: ("scenes.film.render", "scenes.film.scene", *_STORY),
}

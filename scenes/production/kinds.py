"""The kinds of jobs, and what a process has imported before it does one. Imports nothing itself."""

from __future__ import annotations

FILM, REPORT, STILL = "film", "report", "still"
#: What the command needs as well as every job.
SHARED = ("scenes.lecture.study", "scenes.storyboard")
#: What Manim imports and no job needs: see `later`.
RARE = ("scipy.spatial.transform", "networkx")
#: What every job of a kind needs, the slowest first.
PRELOAD = {
    FILM: ("scenes.film.manim.session", "scenes.film.manim.render", "scenes.film.manim.scene", *SHARED),
    REPORT: ("scenes.report.document", *SHARED),
    STILL: ("scenes.film.still", *SHARED),
}

"""From lectures to jobs."""

from __future__ import annotations

import pickle
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from scenes.production.errors import ProductionError
from scenes.production.options import Options, options_for
from scenes.production.outputs import formats
from scenes.production.outputs.film import FilmJob
from scenes.production.outputs.report import ReportJob
from scenes.production.outputs.still import StillJob
from scenes.production.plan import plan_batch


def test_films_are_numbered_in_the_order_of_the_lecture_and_the_report_comes_last(lecture_of):
    jobs = plan_batch([lecture_of("slope", "surface")], Options(Path("out")))
    assert [str(job.output) for job in jobs] == [
        "out/houses/01-slope.mp4",
        "out/houses/02-surface.mp4",
        "out/houses/houses.pdf",
    ]
    assert [job.kind for job in jobs] == ["film", "film", "report"]
    assert [job.id for job in jobs] == ["houses/01-slope", "houses/02-surface", "houses/report"]


def test_a_chosen_scene_keeps_its_number(lecture_of):
    jobs = FilmJob.plan(lecture_of("a", "b", "c"), Options(), scenes=["c", "b", "c"])
    assert [job.output.name for job in jobs] == ["02-b.mp4", "03-c.mp4"]


def test_an_unknown_scene_is_answered_with_those_there_are(lecture_of):
    with pytest.raises(
        ProductionError, match=r"no scene 'surfce'; it has slope, surface\. Did you mean surface"
    ):
        FilmJob.plan(lecture_of("slope", "surface"), Options(), scenes=["surfce"])


def test_options_reach_every_job(lecture_of):
    options = options_for("l", theme="light", paper="letter", greyscale=True)
    film, report = plan_batch([lecture_of("a")], options)
    assert (film.width, film.height, film.fps, film.theme) == (854, 480, 15, "light")
    assert (report.paper, report.greyscale) == ("letter", True)


def test_the_lecture_decides_where_no_option_does(lecture_of):
    film, report = plan_batch([lecture_of("a")], Options())
    assert (film.theme, report.paper) == ("dark", "a4")


def test_a_brief_film_is_told_from_a_whole_one(lecture_of):
    lecture = lecture_of("a", "b")
    whole = FilmJob.plan(lecture, Options())
    brief = FilmJob.plan(replace(lecture, brief=True), Options())
    assert [(job.brief, job.as_told()["brief"]) for job in whole] == [(False, False)] * 2
    assert [(job.brief, job.as_told()["brief"]) for job in brief] == [(True, True)] * 2
    assert all(job.lecture.brief for job in brief)
    assert whole != brief
    first, *others = lecture.scenes
    some = FilmJob.plan(replace(lecture, scenes=(replace(first, brief=True), *others)), Options())
    assert [job.brief for job in some] == [True, False]


def test_a_report_with_a_file_of_its_own_is_in_no_manifest(lecture_of):
    (job,) = ReportJob.plan(lecture_of("a"), Options(), file=Path("handout.pdf"))
    assert (job.output, job.in_manifest) == (Path("handout.pdf"), False)


def test_a_still_lies_beside_its_film(lecture_of):
    (job,) = StillJob.plan(lecture_of("a", "b"), Options(Path("out")), scene="b", at=1.5)
    assert (str(job.output), job.at, job.in_manifest) == ("out/houses/02-b.png", 1.5, False)


@pytest.mark.parametrize("names", [("park", "park"), ("Park", "park")])
def test_two_lectures_of_one_name_cannot_share_a_batch(lecture_of, names):
    first = lecture_of("a", name=names[0])
    second = lecture_of("a", name=names[1], folder="elsewhere")
    with pytest.raises(ProductionError, match=r"are both called 'park'.*Rename one"):
        plan_batch([first, second], Options())


def test_a_batch_holds_films_and_report_of_all(lecture_of):
    jobs = plan_batch([lecture_of("a", name="one"), lecture_of("b", name="two")], Options())
    assert [job.id for job in jobs] == ["one/01-a", "one/report", "two/01-b", "two/report"]


def test_a_job_survives_the_way_to_its_worker(lecture_of):
    for job in plan_batch([lecture_of("a")], options_for("m", theme="light")):
        assert pickle.loads(pickle.dumps(job)) == job


def test_every_format_is_found_by_its_file_and_proves_what_it_makes():
    found = formats()
    assert list(found) == ["film", "report", "still"]
    for name, job in found.items():
        module = sys.modules[job.__module__]
        assert module.__name__.endswith(f"outputs.{name}")
        assert callable(module.probe)
    assert len({job.suffix for job in found.values()}) == len(found)

"""Lectures in Python: what they make is what the commands make, and shows itself in a notebook."""

from __future__ import annotations

import base64
import html.parser
import io
import re
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from gdcore.base.errors import GdError
from scenes.film.still import render_still
from scenes.lecture.source.faults import LectureError
from scenes.notebook import Film, ShownLecture, lecture
from scenes.notebook.outputs import MOST_SHOWN
from tests.lectures import story

CALM = {
    "title": "Calm",
    "pace": 4,
    "problem": {"formula": "(w-3)^2 + 2"},
    "runs": {"calm": {"rate": 0.25, "start": 7, "steps": 2}},
    "scenes": [{"kind": "tangent"}],
}
TEXT = """
title: Calm
pace: 4
problem: {formula: "(w-3)^2 + 2"}
runs: {calm: {rate: 0.25, start: 7, steps: 2}}
scenes: [{kind: tangent}]
"""
SMALL = (256, 144)


@pytest.fixture(scope="module")
def calm() -> ShownLecture:
    return lecture(CALM)


def picture(png: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(png)) as shown:
        return np.asarray(shown.convert("RGB"))


def test_a_lecture_is_a_path_a_name_a_text_or_a_dict(tmp_path: Path, calm: ShownLecture) -> None:
    file = tmp_path / "calm.yaml"
    file.write_text(TEXT, encoding="utf-8")
    for source in (
        file,
        str(file),
        TEXT,
        TEXT.strip(),
        '{problem: {formula: "(w-3)^2 + 2"}, runs: {calm: {rate: 0.25, start: 7, steps: 2}}}',
    ):
        read = lecture(source)
        assert read.trajectories["calm"] == calm.trajectories["calm"]
    assert lecture("houses").scenes == ("surface", "regression", "learning-rates")


def test_a_mistake_is_told_with_its_mend() -> None:
    with pytest.raises(LectureError, match="did you mean houses"):
        lecture("hauses")
    with pytest.raises(LectureError, match="did you mean steps"):
        lecture(CALM | {"runs": {"calm": {"rate": 0.1, "stps": 5}}})


def test_a_still_is_the_film_at_that_second(calm: ShownLecture, tmp_path: Path) -> None:
    made = calm.still("tangent", 3.0, size=SMALL)
    expected = render_still(calm.story("tangent"), 3.0, width=256, height=144)[:, :, :3]
    assert np.array_equal(picture(made.png), expected)
    assert made._repr_png_() is made.png
    assert made.save(tmp_path / "still.png").read_bytes() == made.png
    light = calm.still(at=3.0, size=SMALL, theme="light")
    assert picture(light.png).mean() > picture(made.png).mean() + 100


def test_a_still_is_by_default_that_of_the_last_pause() -> None:
    told = story("houses/surface")
    assert lecture("houses").still("surface", size=SMALL).at == told.pauses[-1]


def test_a_film_is_whole_and_shows_itself(calm: ShownLecture, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    film = calm.film("tangent", size=(128, 128), fps=4, progress=lambda done, all_: seen.append((done, all_)))
    with av.open(str(film.save(tmp_path / "film.mp4"))) as container:
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    assert len(frames) == round(calm.story().seconds * 4) == seen[-1][0] == seen[-1][1]
    assert frames[0].shape == (128, 128, 3)
    assert film.seconds == pytest.approx(calm.story().seconds, abs=0.3)
    data = re.search(r'src="data:video/mp4;base64,([^"]+)"', film._repr_html_())
    assert data is not None
    assert base64.b64decode(data.group(1)) == film.mp4
    assert "mp4" not in repr(film)


def test_a_film_too_large_for_a_notebook_says_so() -> None:
    large = Film("s", 1.0, 128, 128, 4, bytes(MOST_SHOWN + 1), "31 MB & more")
    assert large._repr_html_() == "<p>31 MB &amp; more</p>"


def test_a_report_is_a_pdf_and_shows_its_pages(calm: ShownLecture, tmp_path: Path) -> None:
    handout = calm.report()
    reader = PdfReader(handout.save(tmp_path / "calm.pdf"))
    assert len(reader.pages) == handout.pages
    assert "Calm" in reader.pages[0].extract_text()
    shown = re.findall(r'src="data:image/png;base64,([^"]+)"', handout._repr_html_())
    assert len(shown) == handout.pages
    page = picture(base64.b64decode(shown[0]))
    assert page.shape[0] > page.shape[1]
    assert page.min() < 60 < 250 < page.max(), "there is ink on paper"
    letter = calm.report(paper="letter")
    assert float(PdfReader(io.BytesIO(letter.pdf)).pages[0].mediabox.width) == pytest.approx(612)


class Elements(html.parser.HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_lecture_shows_its_problem_runs_and_scenes() -> None:
    text = Elements(lecture("houses")._repr_html_()).text
    for part in (
        "House prices",
        "bedrooms → price",
        "steady",
        "diverged after 200 steps",
        "regression: The line finds",
    ):
        assert part in text
    assert repr(lecture("houses")).startswith("<lecture 'House prices, step by step': runs timid, ")


def test_nothing_of_a_lecture_is_markup() -> None:
    evil = "<script>alert(1)</script>"
    shown = lecture(
        CALM
        | {"title": evil, "author": evil, "question": evil, "runs": {evil: CALM["runs"]["calm"]}}  # type: ignore[index]
        | {"scenes": [{"kind": "tangent", "title": evil, "captions": {"start": f"{evil} $x + $"}}]}
    )._repr_html_()
    found = Elements(shown)
    assert found.tags <= {"h3", "p", "code", "ul", "ol", "li", "b"}
    assert found.text.count(evil) >= 5


def test_a_scene_that_cannot_be_told_is_shown_with_its_reason() -> None:
    odd = lecture(CALM | {"scenes": [{"kind": "tangent", "captions": {"strt": "x"}}]})
    assert "no beat 'strt'" in Elements(odd._repr_html_()).text
    with pytest.raises(GdError, match="no beat 'strt'"):
        odd.still()


@pytest.mark.parametrize(
    ("asked", "mend"),
    [
        (lambda calm: calm.still("tangnt"), "did you mean tangent?"),
        (lambda calm: lecture("houses").still(), "choose one of them"),
        (lambda calm: calm.still(at=1e6), "choose a second of it"),
        (lambda calm: calm.still(at=float("nan")), "choose a second of it"),
        (lambda calm: calm.still(size=(1281, 720)), "write for example size=(1280, 720)"),
        (lambda calm: calm.film(quality="x"), "choose one of them"),
        (lambda calm: calm.film(fps=0), "write for example fps=30"),
        (lambda calm: calm.film(theme="drk"), "did you mean dark?"),
        (lambda calm: calm.report(paper="a5"), "choose one of them"),
    ],
)
def test_what_cannot_be_made_says_the_mend(asked, mend, calm: ShownLecture) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(GdError) as caught:
        asked(calm)
    assert caught.value.mend == mend
    assert caught.value.allowed

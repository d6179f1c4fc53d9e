"""The PDF as a whole: what stands in it, that its bytes repeat, and that it is written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import pytest
from pypdf import PdfReader

from gdcore.base.errors import GdError
from gdcore.notation import plain
from scenes.report import document
from scenes.report.document import write_report
from scenes.text import number
from tests.lectures import shipped_lecture, written

NAMES = ("houses", "intuition", "park")


def text_of(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


@pytest.mark.parametrize("name", NAMES)
def test_every_final_number_of_the_core_stands_in_the_text(name: str, tmp_path: Path) -> None:
    study, stories = shipped_lecture(name)
    pages = write_report(study, stories, tmp_path / "report.pdf")
    assert len(PdfReader(tmp_path / "report.pdf").pages) == pages > 3
    text = text_of(tmp_path / "report.pdf")
    assert study.lecture.title in text
    assert study.lecture.digest[:8] in text
    assert f"page {pages} of {pages}" in text
    for trajectory in study.trajectories.values():
        assert trajectory.outcome.value in text
        for value in trajectory.final:
            assert plain(number(float(value))).split(" ×")[0] in text
        assert plain(number(trajectory.final_loss, 6)).split(" ×")[0] in text
    for story in stories:
        assert story.title.plain() in text


def test_the_numbers_of_the_tutorials(tmp_path: Path) -> None:
    write_report(*shipped_lecture("houses"), tmp_path / "houses.pdf")
    text = text_of(tmp_path / "houses.pdf")
    for shown in ("72.385", "−1.8954", "5959.73", "0.081284", "84.737", "−46.316"):
        assert shown in text, shown
    write_report(*shipped_lecture("intuition"), tmp_path / "intuition.pdf")
    text = " ".join(text_of(tmp_path / "intuition.pdf").split())
    assert "J(w) = (w − 3)² + 2" in text
    assert re.search(r"= 6 − 0\.1 · *6 = *5\.4", text)


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ("1,2\n2,\n3,?\n4,8\n5,NA\n6,12\n", "Left out are 3 of the 6 rows of gaps.csv"),
        ("1,2\n2,\n3,6\n", "Left out is 1 of the 3 rows of gaps.csv"),
        ("1,2\n2,4\n", ""),
    ],
)
def test_the_report_says_how_many_rows_are_left_out(tmp_path: Path, rows: str, shown: str) -> None:
    text = "title: Gaps\nproblem: {data: gaps.csv, x: x, y: y, missing: drop}\nruns: {a: {rate: 0.01, steps: 5}}\n"
    write_report(*written(tmp_path, text, gaps="x,y\n" + rows), tmp_path / "report.pdf")
    told = " ".join(text_of(tmp_path / "report.pdf").split())
    assert ("Left out" in told) == bool(shown)
    assert shown in told


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("paper", "size"), [("a4", (595.276, 841.89)), ("letter", (612, 792))])
def test_every_page_has_the_size_of_the_paper(
    name: str, paper: str, size: tuple[float, float], tmp_path: Path
) -> None:
    write_report(*shipped_lecture(name), tmp_path / "report.pdf", paper=paper)  # type: ignore[arg-type]
    for page in PdfReader(tmp_path / "report.pdf").pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(size, abs=0.01)
    assert (tmp_path / "report.pdf").stat().st_size < 420_000


_WRITE = """
import sys
from pathlib import Path
from tests.lectures import shipped_lecture
from scenes.report.document import write_report
write_report(*shipped_lecture("intuition"), Path(sys.argv[1]))
"""


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    digests = set()
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.pdf"
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        root = Path(__file__).parents[2]
        subprocess.run([sys.executable, "-c", _WRITE, str(path)], check=True, cwd=root, env=environment)
        digests.add(hashlib.sha256(path.read_bytes()).hexdigest())
    assert len(digests) == 1


def test_the_users_own_settings_change_nothing(tmp_path: Path) -> None:
    study, stories = shipped_lecture("intuition")
    write_report(study, stories, tmp_path / "plain.pdf")
    with mpl.rc_context(
        {"lines.linewidth": 9.0, "pdf.fonttype": 3, "axes.facecolor": "red", "font.size": 30}
    ):
        write_report(study, stories, tmp_path / "strange.pdf")
        assert mpl.rcParams["lines.linewidth"] == 9.0
    assert (tmp_path / "plain.pdf").read_bytes() == (tmp_path / "strange.pdf").read_bytes()


def test_metadata_name_the_lecture_and_no_moment(tmp_path: Path) -> None:
    text = 'title: "Mine"\nauthor: Ada\nproblem: {formula: "(x-1)^2"}\nruns: {one: {rate: 0.1, steps: 5, start: 3}}\n'
    write_report(*written(tmp_path, text), tmp_path / "report.pdf")
    facts = PdfReader(tmp_path / "report.pdf").metadata
    assert facts is not None
    assert facts["/Title"] == "Mine"
    assert facts["/Author"] == "Ada"
    assert facts["/Creator"].startswith("steepest ")
    assert "/CreationDate" not in facts


def test_an_error_in_the_middle_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.pdf"
    target.write_bytes(b"the previous one")
    study, stories = shipped_lecture("intuition")
    drawn = []

    def footer(sheet: object, worked: object, number: int, count: int) -> None:
        drawn.append(number)
        if number == 3:
            raise RuntimeError("in the middle")

    monkeypatch.setattr(document, "_footer", footer)
    with pytest.raises(RuntimeError, match="in the middle"):
        write_report(study, stories, target)
    assert drawn == [1, 2, 3]
    assert target.read_bytes() == b"the previous one"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("name", NAMES)
def test_greyscale_has_no_colour(name: str, tmp_path: Path) -> None:
    study, stories = shipped_lecture(name)
    write_report(study, stories, tmp_path / "grey.pdf", greyscale=True)
    for page in PdfReader(tmp_path / "grey.pdf").pages:
        content = page.get_contents()
        assert content is not None
        for colour in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG)\b", content.get_data()):
            assert len(set(colour)) == 1, colour
    write_report(study, stories, tmp_path / "colour.pdf")
    assert b" rg" in b"".join(p.get_contents().get_data() for p in PdfReader(tmp_path / "colour.pdf").pages)  # type: ignore[union-attr]


def test_a_character_that_no_font_has_is_named(tmp_path: Path) -> None:
    text = (
        'title: "Down 🏔 we go"\nproblem: {formula: "(x-1)^2"}\nruns: {one: {rate: 0.1, steps: 5, start: 3}}\n'
    )
    with pytest.raises(GdError, match=r"🏔 \(U\+1F3D4\)"):
        write_report(*written(tmp_path, text), tmp_path / "report.pdf")
    assert not (tmp_path / "report.pdf").exists()

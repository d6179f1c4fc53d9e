"""The small parts: lines, flow, tables, the worked example."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from matplotlib.path import Path

from scenes.layout.polylines import corners
from scenes.report.block import Block, Whole
from scenes.report.columns import cells
from scenes.report.flow import paginate
from scenes.report.inline import inline_width
from scenes.report.lettering import width_of
from scenes.report.sheet import Sheet
from scenes.report.simplify import simplified
from scenes.report.style import PAPERS, page_style
from scenes.report.table import divided
from scenes.report.text import Paragraph, broken
from scenes.report.worked import shown_steps, spelled_steps, worked_rows
from scenes.text import join, maths, number, words
from scenes.theme import UNDERNEATH, Role, contrast
from tests.lectures import shipped_lecture


@dataclass(frozen=True, kw_only=True)
class Slab(Whole):
    name: str
    tall: float

    def height(self, width: float) -> float:
        return self.tall

    def draw(self, sheet: Sheet, left: float, top: float, width: float) -> None:
        raise AssertionError("not drawn here")


def names(blocks: list[Block], room: float) -> list[list[str]]:
    return [[p.block.name for p in page] for page in paginate(blocks, 100.0, room)]  # type: ignore[attr-defined]


def test_a_heading_goes_with_what_it_heads() -> None:
    blocks: list[Block] = [
        Slab(name="a", tall=80, gap=0),
        Slab(name="heading", tall=10, keeps=True, gap=0),
        Slab(name="b", tall=30, gap=0),
    ]
    assert names(blocks, 100) == [["a"], ["heading", "b"]]


def test_a_figure_waits_for_the_next_page_and_text_moves_up() -> None:
    blocks: list[Block] = [
        Slab(name="a", tall=60, gap=0),
        Slab(name="figure", tall=50, gap=0, floats=True),
        Slab(name="b", tall=20, gap=0),
        Slab(name="c", tall=30, gap=0),
    ]
    assert names(blocks, 100) == [["a", "b"], ["figure", "c"]]


def test_a_figure_never_passes_the_next_section() -> None:
    blocks: list[Block] = [
        Slab(name="a", tall=60, gap=0),
        Slab(name="figure", tall=50, gap=0, floats=True),
        Slab(name="section", tall=10, gap=0, opens=True),
    ]
    assert names(blocks, 100) == [["a"], ["figure", "section"]]


def test_what_is_higher_than_a_page_is_drawn_all_the_same() -> None:
    assert names([Slab(name="huge", tall=300), Slab(name="b", tall=10)], 100) == [["huge"], ["b"]]


@pytest.mark.parametrize("width", [60.0, 120.0, 300.0])
def test_lines_fit_the_column_and_lose_nothing(width: float) -> None:
    text = join(
        [words("The slope at 6 is"), maths(number(-6.25e-9), Role.SLOPE)]
        + [words("and"), words("Rindfleischetikettierungsüberwachung " * 3)]
    )
    lines = broken(text, width, 10.0)
    assert all(inline_width(line, 10.0, prose=True) <= width + 1e-6 for line in lines)
    assert "".join(line.plain() for line in lines).replace(" ", "") == text.plain().replace(" ", "")


def test_a_paragraph_is_divided_with_two_lines_on_either_side() -> None:
    paragraph = Paragraph(content=words("word " * 60))
    tall = paragraph.height(200.0)
    parts = paragraph.split(200.0, tall - 1)
    assert parts is not None
    assert parts[0].height(200.0) + parts[1].height(200.0) == pytest.approx(tall)
    assert paragraph.split(200.0, 16.0) is None


def test_exponents_are_raised_digits_of_the_font() -> None:
    assert width_of("10⁻⁵", 10.0) < width_of("10−5", 10.0)


def test_numbers_of_a_column_share_their_decimals() -> None:
    texts = cells(np.array([6.0, 5.4, 4.92, 3.983040000]), ".", digits=5)
    assert texts == ["6.0000", "5.4000", "4.9200", "3.9830"]
    assert cells(np.array([1.0, 2.0]), ".") == ["1", "2"]
    assert cells(np.array([np.nan, 0.25, 3.5]), ".") == ["–", "0.25", "3.50"]
    assert cells(np.array([-0.25, 3.5]), ",") == ["−0,25", "3,50"]


def test_numbers_stand_in_line_at_the_decimal_mark_of_their_language() -> None:
    assert divided("−1.25", ".") == ("−1", ".25")
    assert divided("−1,25", ",") == ("−1", ",25")
    assert divided("12,345", ".") == ("12,345", "")
    assert divided("12.345", ",") == ("12.345", "")
    assert divided("12,345.5", ".") == ("12,345", ".5")
    assert divided("6 × 10⁷", ".") == ("6", " × 10⁷")


def test_the_worked_example_of_the_parabola() -> None:
    study, _ = shipped_lecture("intuition")
    rows = worked_rows(study.problem, study.trajectories["good"])
    assert [row.step for row in rows] == [*range(11), 20]
    first = rows[0]
    assert first.move is not None
    assert first.following is not None
    assert (float(first.values[0]), first.loss, float(first.slopes[0])) == (6.0, 11.0, 6.0)
    assert (float(first.move[0]), float(first.following[0])) == pytest.approx((0.6, 5.4))
    assert rows[-1].following is None
    spelled = spelled_steps(study.problem, study.trajectories["good"], study.speech)
    assert [[line.plain() for line in lines] for lines in spelled] == [
        ["w₁ = 6 − 0.1 · 6 = 5.4"],
        ["w₂ = 5.4 − 0.1 · 4.8 = 4.92"],
        ["w₃ = 4.92 − 0.1 · 3.84 = 4.536"],
    ]


def test_a_long_run_keeps_to_one_page_of_rows() -> None:
    steps = shown_steps(20_000)
    assert len(steps) <= 26
    assert steps[:11].tolist() == list(range(11))
    assert steps[-1] == 20_000
    assert shown_steps(200).tolist()[11:14] == [25, 40, 55]


@pytest.mark.parametrize("greyscale", [False, True])
def test_words_on_the_page_can_be_read(greyscale: bool) -> None:
    style = page_style(greyscale)
    for role in Role:
        if role not in UNDERNEATH:
            assert contrast(style.text(role), (1.0, 1.0, 1.0)) >= 4.5


@pytest.mark.parametrize("paper", PAPERS.values(), ids=lambda paper: paper.name)
def test_margins_are_generous(paper: object) -> None:
    assert paper.side >= 56 and paper.top >= 56 and paper.bottom >= 56  # type: ignore[attr-defined]  # noqa: PT018


def test_a_thinned_line_stays_where_it_was() -> None:
    x = np.linspace(0.0, 200.0, 400)
    line = np.column_stack([x, 40 * np.sin(x / 30)])
    kept = corners(line, 0.05)
    assert len(kept) < 100
    assert np.abs(np.interp(x, *line[kept].T) - line[:, 1]).max() <= 0.08
    ring = Path.unit_rectangle()
    assert np.array_equal(simplified(ring).vertices, ring.vertices)

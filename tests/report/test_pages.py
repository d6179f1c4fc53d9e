"""The look of pages, measured: nothing overlaps, nothing leaves the margins, headings are never alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from scenes.lecture.study import Study
from scenes.report.document import compose
from scenes.report.style import PAPERS
from scenes.storyboard import Story
from tests.lectures import shipped_lecture, written
from tests.report.drawn import Drawn, everything_written

LONG = "A rather long title about going down a hill in the fog with small and large steps, told twice over, and with Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"

LECTURES = {
    "long titles": f"""
title: "{LONG}"
question: "{LONG}?"
author: Ada Lovelace
course: "{LONG}"
problem: {{formula: "(x-1)^2 + 0.5*x^4 - sin(3*x)", domain: {{x: [-3, 3]}}, note: "{LONG} {LONG}"}}
runs: {{a run with a rather long name indeed: {{rate: 0.02, steps: 30, start: 2.5}}}}
scenes: [{{kind: tangent, title: "{LONG}", derivative: true}}]
""",
    "diverged": """
title: Away
problem: {formula: "(x-3)^2 + 2"}
runs:
  far: {rate: 1.3, steps: 3000, start: 6}
  edge: {rate: 1, steps: 12, start: 6}
  still: {rate: 0.1, steps: 4, start: 3}
scenes: [{kind: overshoot, run: far}, {kind: learning-rates, runs: [far, edge]}, {kind: tangent, run: still}]
""",
    "two parameters": """
title: Rosenbrock
problem: {formula: "(1-x)^2 + 100*(y-x^2)^2", minima: [[1, 1]]}
runs: {slow: {rate: 0.001, steps: 500, start: [-1.2, 1]}, fast: {rate: 0.01, steps: 20, start: [-1.2, 1]}}
scenes: [{kind: surface, run: slow}, {kind: learning-rates, runs: [slow, fast]}]
""",
    "several columns": """
title: Several columns
problem: {data: table.csv, x: [a, c], y: y}
runs: {one: {rate: 0.01, steps: 100}}
scenes: [{kind: regression}]
""",
    "negative exponents": """
title: Tiny
problem: {formula: "1e-7*(x-1)^2"}
runs: {one: {rate: 100000, steps: 40, start: 3}}
scenes: [{kind: tangent}]
""",
}
TABLE = (
    "a,c,y\n" + "\n".join(f"{i},{(i * 7) % 5},{2 * i + 3 * ((i * 7) % 5) + i % 3}" for i in range(30)) + "\n"
)


def lecture(name: str, folder: Path) -> tuple[Study, tuple[Story, ...]]:
    return written(folder, LECTURES[name], table=TABLE) if name in LECTURES else shipped_lecture(name)


def meeting(drawn: list[Drawn]) -> Iterator[tuple[Drawn, Drawn]]:
    boxes = np.array([(d.box.left, d.box.bottom, d.box.right, d.box.top) for d in drawn])
    left, bottom, right, top = (boxes[:, i] for i in range(4))
    across = (left[:, None] < right) & (left < right[:, None])
    upright = (bottom[:, None] < top) & (bottom < top[:, None])
    for i, j in zip(*np.nonzero(np.triu(across & upright, 1)), strict=True):
        yield drawn[i], drawn[j]


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("name", ["houses", "intuition", "park", *LECTURES])
def test_no_words_overlap_and_all_stay_inside_the_margins(name: str, paper: str, tmp_path: Path) -> None:
    sheet = PAPERS[paper]
    pages = compose(*lecture(name, tmp_path), paper=paper)  # type: ignore[arg-type]
    for number, page in enumerate(pages, 1):
        drawn = list(everything_written(page))
        assert drawn
        for one in drawn:
            place = f"page {number}: {one.what!r}"
            assert one.box.left >= sheet.side - 1, place
            assert one.box.right <= sheet.width - sheet.side + 1, place
            assert one.box.bottom >= sheet.bottom - 34, place
            assert one.box.top <= sheet.height - sheet.top + 2, place
        for one, other in meeting(drawn):
            raise AssertionError(f"page {number}: {one.what!r} meets {other.what!r}")


@pytest.mark.parametrize("name", ["houses", "intuition", "park", *LECTURES])
def test_no_heading_stands_alone_at_the_foot_of_a_page(name: str, tmp_path: Path) -> None:
    for page in compose(*lecture(name, tmp_path)):
        words = [d for d in everything_written(page) if d.box.top > PAPERS["a4"].bottom]
        lowest = min(words, key=lambda d: d.box.bottom).what
        assert lowest not in ("The numbers", "The verdict", "What the film says", "The runs", "All runs")


def test_long_titles_are_broken_into_lines_and_nothing_is_lost(tmp_path: Path) -> None:
    first = compose(*lecture("long titles", tmp_path))[0]
    shown = "".join(d.what for d in everything_written(first)).replace(" ", "")
    assert LONG.replace(" ", "") in shown

"""The table of all runs says of each what is so, in digits that tell its numbers apart."""

from __future__ import annotations

from pathlib import Path

from scenes.lecture.read import read_lecture
from scenes.lecture.study import study
from scenes.report.summary import summary
from scenes.report.table import Table


def rows_of(folder: Path, problem: str, *runs: str) -> dict[str, tuple[str, ...]]:
    lines = ["title: T", f"problem: {{{problem}}}", "runs:", *(f"  {name}" for name in runs)]
    path = folder / "lecture.yaml"
    path.write_text("\n".join([*lines, "scenes: [{kind: learning-rates}]", ""]), encoding="utf-8")
    (table,) = (
        block for block in summary(study(read_lecture(path)), frozenset()) if isinstance(block, Table)
    )
    return {row.cells[0]: row.cells for row in table.rows}


def test_losses_far_from_zero_are_told_from_the_minimum(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        'formula: "x^2 + 10000010"',
        "a: {start: 3, rate: 0.1, steps: 20}",
        "b: {start: 3, rate: 0.3, steps: 3}",
    )
    assert "10000010.0012" in rows["a"]
    assert "10000010.0000" in rows["minimum"]


def test_a_limit_stands_beside_plain_runs_that_stayed_only(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        'formula: "x^2"',
        "plain: {start: 3, rate: 0.1, steps: 20}",
        "adam: {start: 3, rate: 0.5, steps: 20, optimizer: adam}",
    )
    assert (rows["plain"][-1], rows["adam"][-1]) == ("1", "–")
    rows = rows_of(
        tmp_path,
        'formula: "w^8 + 0.2*w^2"',
        "stays: {start: 1.4, rate: 0.01, steps: 40}",
        "leaves: {start: 1.4, rate: 0.05, steps: 40}",
    )
    assert rows["stays"][-2:] == ("depends", "0.0047387, 5"), "the bottom, still before it, is flatter"
    assert rows["leaves"][-2:] == ("diverge", "–")

"""A lecture in letters that our fonts have not: every kind of scene shows them, in film and report."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from matplotlib.text import Text

from scenes.kinds import kinds
from scenes.layout import Frame
from scenes.report.document import compose
from scenes.report.inline import FORMULA
from scenes.widgets.picture import picture_of
from tests.fonts import DEBIAN, made_font
from tests.lectures import Lesson, told
from tests.painted import painted

ROOT = Path(__file__).parents[2]
LETTERS = "梯度下降标题作者课程问往哪走注房价斜率截距快慢卧室面积说始终第一二，。？（）"
HEAD = """\
title: 梯度下降
author: 作者
course: 课程
date: 二〇二六
question: 往哪走？
font: blocks.ttf
""".replace("二〇二六", "第一")
LINE = (
    HEAD
    + """\
problem: {data: rows.csv, x: 卧室, y: 房价, parameters: [斜率, 截距], labels: {房价: 房价（一）}, note: 注。, predict: 3%s}
runs:
  慢: {rate: 0.01, steps: 8}
  快: {rate: 0.03, steps: 40}
  快慢: {rate: 0.02, steps: 9, optimizer: adam}
scenes:
  - {kind: regression, run: 慢, name: 第一, title: 标题, captions: {data: "说 {斜率[1]} $斜率$"}}
  - {kind: surface, run: 快, title: 标题 ∇J}
  - {kind: learning-rates, runs: [慢, 快]}
"""
)
SLOPE = (
    HEAD
    + """\
problem: {data: rows.csv, x: 卧室, y: 房价, parameters: [斜率], intercept: false}
runs: {慢: {rate: 0.01, steps: 8}, 快: {rate: 0.08, steps: 6}}
scenes:
  - {kind: tangent, run: 慢, title: 标题}
  - {kind: overshoot, run: 快}
  - {kind: learning-rates, runs: [慢, 快]}
  - {kind: regression, run: 慢}
"""
)
COLUMNS = (
    HEAD
    + """\
problem: {data: rows.csv, x: [卧室, 面积], y: 房价}
runs: {慢: {rate: 0.00001, steps: 8}, 快: {rate: 0.00002, steps: 6}}
scenes: [{kind: regression, run: 慢}, {kind: learning-rates, runs: [慢, 快]}]
"""
)
ROWS = "卧室,面积,房价\n1,30,90\n2,55,160\n3,70,200\n4,110,330\n"


def lesson(folder: Path, text: str) -> Lesson:
    made_font(folder / "blocks.ttf", LETTERS)
    (folder / "rows.csv").write_text(ROWS, encoding="utf-8")
    path = folder / "第一.yaml"
    path.write_text(text, encoding="utf-8")
    return told(path)


@pytest.mark.parametrize(
    "text", [LINE % "", LINE % ", standardize: true", LINE % ", ridge: 0.5", SLOPE, COLUMNS]
)
def test_every_kind_shows_letters_of_the_lectures_font(tmp_path: Path, text: str) -> None:
    """A letter without its font would be refused when it is set, wherever that is."""
    study, stories = lesson(tmp_path, text)
    for story in stories:
        shown: set[str] = set()
        for shape in ((854, 480), (480, 854)):
            picture = picture_of(story, Frame.of_pixels(*shape))
            for beat in story.beats:
                shown.update(mark.text for mark in painted(picture, beat.end - 1e-3).texts())
        assert story.title.plain() in shown
        assert any("斜率" in each for each in shown) or "斜率" not in text
    pages = compose(study, stories)
    words = " ".join(artist.get_text() for page in pages for artist in page.findobj(Text))
    assert not set(words) & set(LETTERS) - set("（），。？"), (
        "an outline, not a letter of a font that has none"
    )
    outlines = [artist for page in pages for artist in page.findobj() if artist.get_gid() == FORMULA]
    assert len(outlines) > 20


def test_no_kind_is_left_out() -> None:
    assert all(f"kind: {name}" in LINE + SLOPE + COLUMNS for name in kinds())


@pytest.mark.skipif(not DEBIAN.exists(), reason="the font of Debian's fonts-wqy-microhei is not installed")
def test_the_program_makes_a_lecture_with_a_font_of_debian(tmp_path: Path) -> None:
    """From the file to film, still and page, in the processes that make them."""
    lesson(tmp_path, LINE % "")
    (tmp_path / "blocks.ttf").write_bytes(DEBIAN.read_bytes())
    small = ("-r", "228,128")
    for arguments in (
        ("check", "第一.yaml"),
        ("preview", "第一.yaml", "--scene", "第一", *small),
        ("render", "第一.yaml", "--scene", "第一", *small, "--fps", "1"),
        ("report", "第一.yaml"),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "scenes.cli", *arguments],
            cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=100,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    made = sorted(path.suffix for path in (tmp_path / "output").rglob("*.*") if path.is_file())
    assert made == [".json", ".mp4", ".pdf", ".png"]

"""What a run shows of itself: one line, a table for notebooks, and a curve on axes."""

from __future__ import annotations

import dataclasses
import html.parser

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

import gdcore
from gdcore import GdError, GradientDescent, descend, landscape, problem_from_formula


def run(
    formula: str = "(w-3)^2 + 2", start: object = 6, steps: int = 40, rate: float = 0.1
) -> gdcore.Trajectory:
    return descend(problem_from_formula(formula), GradientDescent(), start, steps, rate=rate)  # type: ignore[arg-type]


def drawn(**given: str) -> tuple[Figure, object, list[object]]:
    figure = Figure()
    FigureCanvasAgg(figure)
    ax = figure.subplots()
    artists = run().plot(ax, **given)  # type: ignore[arg-type]
    figure.canvas.draw()
    return figure, ax, artists


def test_one_line_says_what_it_was_and_where_it_came_to() -> None:
    assert repr(run(steps=4, rate=0.25)) == (
        "<Trajectory: step limit after 4 steps at rate 0.25; w = 3.1875, J = 2.03516>"
    )
    assert "after 1 step at" in repr(run(steps=1))


def test_a_line_stays_short_however_many_parameters_and_steps() -> None:
    many = " + ".join(f"(x{i} - {i})^2" for i in range(1, 31))
    assert len(repr(run(many, np.zeros(30), 500))) < 160


class Cells(html.parser.HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])

    def handle_data(self, data: str) -> None:
        if data.strip() and self.rows:
            self.rows[-1].append(data)


def test_the_table_has_the_first_rows_and_the_last() -> None:
    known = run("(w1 + 3)^2", 0, 40)
    rows = Cells(known._repr_html_()).rows
    assert rows[0] == ["step", "w₁", "J"]
    assert [row[0] for row in rows[1:]] == ["0", "1", "2", "3", "4", "…", "40"]
    assert rows[2][1] == "−0.6"
    assert known.reason in known._repr_html_()
    assert [row[0] for row in Cells(run(steps=3)._repr_html_()).rows] == ["step", "0", "1", "2", "3"]


def test_every_row_has_a_cell_for_every_column() -> None:
    many = " + ".join(f"(x{i} - {i})^2" for i in range(1, 9))
    rows = Cells(run(many, np.zeros(8), 50)._repr_html_()).rows
    assert {len(row) for row in rows} == {7}


def test_the_text_of_a_name_is_no_markup() -> None:
    shown = dataclasses.replace(run(), parameters_names=("<b>w",))._repr_html_()
    assert "<b>w" not in shown
    assert Cells(shown).tags == {"p", "b", "br", "table", "tr", "th", "td"}


def test_the_loss_over_the_steps() -> None:
    _, ax, (line,) = drawn()
    assert line.get_xdata().tolist() == list(range(41))  # type: ignore[attr-defined]
    assert line.get_ydata().tolist() == run().loss.tolist()  # type: ignore[attr-defined]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("steps", "$J$")  # type: ignore[attr-defined]


def test_the_path_of_one_parameter_and_of_two() -> None:
    _, ax, (line,) = drawn(of="path")
    assert line.get_ydata().tolist() == run().parameters[:, 0].tolist()  # type: ignore[attr-defined]
    assert ax.get_ylabel() == "$w$"  # type: ignore[attr-defined]
    ax = Figure().subplots()
    hill = descend(landscape("himmelblau"), GradientDescent(), [0, 0], 20, rate=0.01)
    (line,) = hill.plot(ax, of="path")
    assert np.column_stack(line.get_data()).tolist() == hill.parameters.tolist()
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("$x$", "$y$")


def test_what_cannot_be_drawn_is_said() -> None:
    three = run("x^2 + y^2 + z^2", [1, 1, 1])
    with pytest.raises(GdError, match="3 parameters"):
        three.plot(Figure().subplots(), of="path")
    with pytest.raises(GdError, match="'loss' and 'path'"):
        three.plot(Figure().subplots(), of="los")  # type: ignore[arg-type]


def test_several_runs_share_axes_on_which_all_can_stand() -> None:
    """The scale is that of the first, unless a later loss cannot stand on a logarithmic axis."""
    tall, flat, below = run("w^2 + 1", 60), run("w^2 + 9", 1), run("w^2 - 9", 6)
    ax = Figure().subplots()
    tall.plot(ax)
    assert ax.get_yscale() == "log"
    flat.plot(ax)
    assert ax.get_yscale() == "log"
    below.plot(ax)
    assert ax.get_yscale() == "linear"
    tall.plot(ax)
    assert ax.get_yscale() == "linear"
    assert {line.get_label() for line in ax.lines} == {"rate 0.1"}

"""Numbers at the axes of figures: a shared power of ten is named once, and nothing is lost far from zero."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from gdcore.notation import Symbol
from scenes.report.figures.frame import dress
from scenes.report.figures.ticks import numbering
from scenes.report.style import page_style
from scenes.text import maths, words


def drawn() -> Axes:
    figure = Figure(figsize=(4, 3), dpi=72)
    FigureCanvasAgg(figure)
    return figure.add_subplot()


def texts(ax: Axes) -> list[str]:
    return [artist.get_text() for artist in ax.findobj(Text) if artist.get_text().strip()]


def test_a_power_of_ten_that_all_share_is_taken_out() -> None:
    found = numbering([0.0, 2e-7, 4e-7], ".")
    assert found.texts == ("0", "2", "4")
    assert found.factor == "× 10⁻⁷"
    assert numbering([0.0, 0.5, 1.0], ",").texts == ("0", "0,5", "1,0")
    assert numbering([-1.0, 0.0, 1.0], ".").texts == ("−1", "0", "1")


def test_what_is_far_from_zero_is_named_in_the_axis() -> None:
    found = numbering([10000010.0, 10000015.0, 10000020.0], ".")
    assert found.texts == ("0", "5", "10")
    name = found.name(maths(Symbol("J")))
    assert name is not None
    assert name.plain() == "J = 10000010 + …"


def test_numbers_of_a_logarithmic_axis_are_all_plain_or_all_powers() -> None:
    assert numbering([0.01, 1.0, 100.0], ".", log=True).texts == ("0.01", "1", "100")
    assert numbering([1.0, 1000.0, 1e6], ".", log=True).texts == ("10⁰", "10³", "10⁶")


def test_the_ends_of_axes() -> None:
    ax = drawn()
    dress(
        ax,
        page_style(decimal=","),
        (10000000.0, 10000010.0),
        (0.0, 5e-7),
        x_name=maths(Symbol("w")),
        y_name=words("cost in $"),
    )
    found = texts(ax)
    assert "× 10−7" in "".join(found)  # the exponent is a raised text of its own
    assert "cost in $" in found
    assert "= 10000000 + …" in found
    ax = drawn()
    dress(ax, page_style(decimal=","), (0.0, 1.0), (0.0, 1.0))
    assert any("," in text for text in texts(ax))
    assert not any("." in text for text in texts(ax))

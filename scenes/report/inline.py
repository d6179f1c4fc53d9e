"""One line of words and formulae: words as real text, formulae as Typst's outlines on the same baseline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import TypeAlias

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, ScaledTranslation, Transform

from gdcore.notation import Face, Numeral, plain
from scenes.text import Maths, Rich, Words
from scenes.theme import RGB, Role
from scenes.typeset import Outline, missing_characters, typeset

from .lettering import RAISE, RAISED, foreign, own_face, pieces, radicals, width_of
from .style import Style

Owner: TypeAlias = Figure | Axes

FORMULA, UNSEEN = "formula", "unseen"  # group ids of outlines, and of the text that lies under them


def points_at(owner: Owner, x: float, y: float, coordinates: Transform) -> Transform:
    """From points (1/72 inch), counted from the place (x, y) of some coordinates, to the picture."""
    figure = owner if isinstance(owner, Figure) else owner.get_figure(root=True)
    assert isinstance(figure, Figure)
    return Affine2D().scale(1 / 72) + figure.dpi_scale_trans + ScaledTranslation(x, y, coordinates)  # type: ignore[arg-type]


def outline_of(run: Maths, decimal: str = ".", *, display: bool = False) -> Outline:
    """The outlines of one formula; its colour is decided when it is drawn."""
    return typeset(Rich((Maths(run.node),)), display=display, decimal=decimal)


@lru_cache(maxsize=8192)
def as_drawn(line: Rich, decimal: str = ".", *, prose: bool = False) -> Rich:
    """A line with neighbouring words of one colour as one text; in `prose` numbers that stand alone are words, too."""
    runs: list[Words | Maths] = []
    for run in line.runs:
        if prose and isinstance(run, Maths) and isinstance(run.node, Numeral):
            run = Words(plain(run.node, decimal), run.role)
        last = runs[-1] if runs else None
        if (
            isinstance(run, Words)
            and isinstance(last, Words)
            and (last.role is run.role or not run.text.strip())
        ):
            runs[-1] = replace(last, text=last.text + run.text, face=last.face or run.face)
        else:
            runs.append(run)
    return Rich(tuple(runs))


def inline_width(
    line: Rich, size: float, *, bold: bool = False, display: bool = False, prose: bool = False
) -> float:
    """How wide a line is, in points."""
    return sum(
        width_of(run.text, size, bold, run.face)
        if isinstance(run, Words)
        else outline_of(run, display=display).width * size
        for run in as_drawn(line, prose=prose).runs
    )


def inline_reach(
    line: Rich, size: float, *, display: bool = False, prose: bool = False
) -> tuple[float, float]:
    """How far a line's ink reaches below (negative) and above its baseline, in points."""
    low, high = -0.22, 0.68
    for run in as_drawn(line, prose=prose).runs:
        if isinstance(run, Maths):
            outlines = [outline_of(run, display=display)]
        else:
            outlines = [outline for part, _ in pieces(run.text) if (outline := foreign(part, face=run.face))]
        for outline in outlines:
            low, high = min(low, outline.box[1]), max(high, outline.box[3])
    return low * size, high * size


def draw_text(
    owner: Owner,
    text: str,
    x: float,
    y: float,
    size: float,
    points: Transform,
    colour: tuple[float, float, float],
    *,
    bold: bool = False,
    face: Face | None = None,
) -> list[Artist]:
    """Words that begin at (x, y) points; exponents stand raised, and signs that the family has not are outlines."""
    artists: list[Artist] = []
    for part, raised in pieces(text):
        letter = size * (RAISED if raised else 1.0)
        height = y + (RAISE * size if raised else 0.0)
        outline = foreign(part, bold, face)
        if outline is None:
            shown = _text(x, height, part, letter, points, bold)
            shown.set_color(colour)
            artists.append(_added(owner, shown))
        else:
            artists += _patches(owner, outline, x, height, letter, points, lambda _: colour)
            artists += _unseen(owner, part, x, height, outline.width * letter, letter, points)
        x += width_of(part, letter, bold, face)
    return artists


def draw_outline(
    owner: Owner,
    outline: Outline,
    x: float,
    y: float,
    size: float,
    points: Transform,
    style: Style,
    role: Role | None = None,
) -> list[Artist]:
    """A formula's outlines with the origin at (x, y) points."""
    return _patches(owner, outline, x, y, size, points, lambda own: style.text(own or role))


def _patches(
    owner: Owner,
    outline: Outline,
    x: float,
    y: float,
    size: float,
    points: Transform,
    colour_of: Callable[[Role | None], RGB],
) -> list[Artist]:
    placed = Affine2D().scale(size).translate(x, y) + points
    artists: list[Artist] = []
    for piece in outline.pieces:
        patch = PathPatch(
            Path(piece.points, piece.codes),
            facecolor=colour_of(piece.role),
            edgecolor="none",
            linewidth=0,
            transform=placed,
            zorder=3,
        )
        patch.set_gid(FORMULA)
        artists.append(_added(owner, patch))
    return artists


def draw_inline(
    owner: Owner,
    line: Rich,
    x: float,
    y: float,
    size: float,
    points: Transform,
    style: Style,
    *,
    bold: bool = False,
    display: bool = False,
    prose: bool = False,
    role: Role | None = None,
) -> list[Artist]:
    """A line that begins at (x, y) points.

    Under each formula lies its text form, unseen, so that a search or a screen reader finds whole sentences.
    """
    artists: list[Artist] = []
    for run in as_drawn(line, style.decimal, prose=prose).runs:
        if isinstance(run, Words):
            colour = style.text(run.role or role)
            artists += draw_text(owner, run.text, x, y, size, points, colour, bold=bold, face=run.face)
            x += width_of(run.text, size, bold, run.face)
            continue
        outline = outline_of(run, style.decimal, display=display)
        artists += draw_outline(owner, outline, x, y, size, points, style, run.role or role)
        artists += _unseen(
            owner, plain(run.node, style.decimal, radicals()), x, y, outline.width * size, size, points
        )
        x += outline.width * size
    return artists


def _unseen(
    owner: Owner, text: str, x: float, y: float, width: float, size: float, points: Transform
) -> list[Artist]:
    # Symbols that the family lacks are left out: the text is for reading machines only.
    readable = "".join(part for part, _ in pieces(text)).replace("⁻", "−").strip()
    for stranger in missing_characters(readable):
        readable = readable.replace(stranger, "")
    if not readable:
        return []
    fitting = min(size, size * width / max(width_of(readable, size), 1e-6))
    shown = _text(x, y, readable, fitting, points, False)
    shown.set_alpha(0.0)
    shown.set_gid(UNSEEN)
    return [_added(owner, shown)]


def _text(x: float, y: float, text: str, size: float, points: Transform, bold: bool) -> Text:
    return Text(
        x,
        y,
        text,
        fontproperties=own_face(bold),
        fontsize=size,
        verticalalignment="baseline",
        horizontalalignment="left",
        transform=points,
        parse_math=False,
    )


def _added(owner: Owner, artist: Artist) -> Artist:
    owner.add_artist(artist)
    artist.set_clip_on(False)
    return artist

"""The report of a lecture: from a study and its stories to a PDF whose bytes repeat."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf, PdfPages
from matplotlib.figure import Figure

from gdcore.base.files import write_atomically
from scenes.lecture.study import Study
from scenes.storyboard import Story
from scenes.text import Rich, Speech, words
from scenes.theme import Role

from .block import Block
from .flow import paginate
from .inline import inline_width
from .opening import opening
from .section import Counter, section
from .sheet import Sheet
from .simplify import spare
from .style import FOOTER, PAPERS, Style, page_style
from .summary import summary

# Type 42 keeps the letters as text that can be searched, and no text is Matplotlib's mathematics; nothing else may
# come from a user's own settings.
_SETTINGS: dict[str, Any] = {
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    "pdf.use14corefonts": False,
    "text.usetex": False,
    "text.parse_math": False,
}


def write_report(
    study: Study,
    stories: Sequence[Story],
    output: Path,
    *,
    paper: Literal["a4", "letter"] = "a4",
    greyscale: bool = False,
) -> int:
    """Write the report of a lecture to `output`, whole or not at all; the number of its pages.

    The same study and stories give the same bytes. Raises GdError where a character of the lecture is in no
    shipped font, and where the file cannot be written.
    """
    pdf, pages = report_pdf(study, stories, paper=paper, greyscale=greyscale)
    write_atomically(output, pdf)
    return pages


def report_pdf(
    study: Study, stories: Sequence[Story], *, paper: Literal["a4", "letter"] = "a4", greyscale: bool = False
) -> tuple[bytes, int]:
    """The report as the bytes of a PDF, and the number of its pages. Raises GdError as `write_report` does."""
    held = io.BytesIO()
    lecture = study.lecture
    facts: dict[str, Any] = {
        "Title": lecture.title,
        "Creator": f"steepest {_version()}",
        "CreationDate": None,
    }
    if lecture.author:
        facts["Author"] = lecture.author
    with own_settings():
        sheets = compose(study, stories, paper=paper, greyscale=greyscale)
        with PdfPages(held, metadata=facts) as pages:
            for figure in sheets:
                FigureCanvasPdf(figure)
                pages.savefig(figure)
    return held.getvalue(), len(sheets)


def report_pictures(
    study: Study,
    stories: Sequence[Story],
    *,
    paper: Literal["a4", "letter"] = "a4",
    greyscale: bool = False,
    dpi: float = 90.0,
) -> list[bytes]:
    """The pages as PNG files, for screens without a viewer of PDF. Raises GdError as `write_report` does."""
    made = []
    with own_settings(), mpl.rc_context({"text.hinting": "none"}):  # letters stand where they do on paper
        for figure in compose(study, stories, paper=paper, greyscale=greyscale):
            held = io.BytesIO()
            FigureCanvasAgg(figure)
            figure.savefig(held, format="png", dpi=dpi)
            made.append(held.getvalue())
    return made


@contextmanager
def own_settings() -> Iterator[None]:
    """Matplotlib with no settings but ours."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)  # type: ignore[arg-type]
        yield


def compose(
    study: Study, stories: Sequence[Story], *, paper: Literal["a4", "letter"] = "a4", greyscale: bool = False
) -> list[Figure]:
    """The pages as Matplotlib figures, ready to be saved or looked at."""
    style, sheet_size = page_style(greyscale, study.speech.decimal), PAPERS[paper]
    placed = paginate(_blocks(study, stories, style), sheet_size.column, sheet_size.room)
    figures = []
    for number, page in enumerate(placed, 1):
        sheet = Sheet(sheet_size, style)
        for item in page:
            top = sheet_size.height - sheet_size.top - item.down
            item.block.draw(sheet, sheet_size.side, top, sheet_size.column)
        _footer(sheet, study, number, len(placed))
        spare(sheet.figure)
        figures.append(sheet.figure)
    return figures


def _blocks(study: Study, stories: Sequence[Story], style: Style) -> Iterator[Block]:
    yield from opening(study, style)
    counter = Counter()
    shown: set[str] = set()
    for number, story in enumerate(stories, 1):
        yield from section(number, study, story, style, counter)
        if story.name not in study.asides:
            shown.update(story.runs)
    yield from summary(study, frozenset(shown))


def _footer(sheet: Sheet, study: Study, number: int, count: int) -> None:
    """Page n of m, the lecture, what it was made from and by."""
    paper, lecture = sheet.paper, study.lecture
    left, right, y = paper.side, paper.width - paper.side, paper.bottom - 30.0
    sheet.line(left, y + 13.0, right, y + 13.0)
    made = study.speech.say("report.made", digest=lecture.digest[:8], version=_version())
    page = study.speech.say("report.page", page=number, pages=count)
    sheet.rich(right, y, page, FOOTER, role=Role.AXIS, align=1.0)
    wide = inline_width(page, FOOTER)
    room = paper.column - inline_width(made, FOOTER) - wide - 48.0
    title = _shortened(study.speech, lecture.title, room)
    sheet.rich(left, y, title, FOOTER, role=Role.AXIS)
    start = left + inline_width(title, FOOTER) + 24.0
    end = right - wide - 24.0
    sheet.rich((start + end) / 2, y, made, FOOTER, role=Role.AXIS, align=0.5)


def _shortened(speech: Speech, text: str, room: float) -> Rich:
    shown = speech.words(text)
    while text and inline_width(shown, FOOTER) > room:
        text = text[:-1].rstrip()
        shown = speech.words(text) + words("…")
    return shown


def _version() -> str:
    try:
        return version("steepest")
    except PackageNotFoundError:
        return "?"

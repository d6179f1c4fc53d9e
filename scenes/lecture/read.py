"""A lecture to a Lecture, or to the list of everything that is wrong with it: a file, a text, or values of Python."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from gdcore.base.errors import GdError
from gdcore.base.nearest import did_you_mean, nearest
from gdcore.notation import Face
from scenes.lecture.source.aside_block import Matter, brings_runs
from scenes.lecture.source.digest import digest_of
from scenes.lecture.source.document import Document
from scenes.lecture.source.faults import Fault, LectureError, comma_list
from scenes.lecture.source.font import read_font
from scenes.lecture.source.names import LECTURE_BYTES, trouble_with
from scenes.lecture.source.nearby import LECTURES, files_in, nearest_file
from scenes.lecture.source.plain_values import document_of
from scenes.lecture.source.problem_block import read_problem
from scenes.lecture.source.run_block import RunTraits, read_runs, run_traits
from scenes.lecture.source.scene_block import read_scenes
from scenes.lecture.source.schema import LectureBlock, known_keys
from scenes.lecture.source.shown import check_texts, title_of
from scenes.lecture.source.validate import report_missing, salvage, validate
from scenes.lecture.source.yaml_reader import parse_yaml
from scenes.text import languages

from .defaults import default_scenes
from .frozen import FrozenMap
from .model import Lecture, Origin, ReportSpec
from .source.faults import in_quotes

LARGEST_FILE = 100_000
"""Larger files are refused: a lecture has a few dozen lines."""

_UNNAMED = "lecture.yaml"  # where a lecture without a file would be
_NEW = "`steepest new FILE` writes a lecture to start from"


def read_lecture(path: str | Path) -> Lecture:
    """Read and check the lecture at `path`, and the data that it names.

    Raises LectureError with every fault: those of the lecture by line, then those of its data file.
    """
    path = Path(path)
    raw = _bytes(path)
    document = parse_yaml(str(path), _text(path, raw), known_keys())
    _check_file_name(document, path)
    return _checked(document, path, raw)


def read_lecture_text(text: str, folder: str | Path = ".") -> Lecture:
    """Read and check a lecture that stands in no file; the data that it names are below `folder`.

    Raises LectureError as `read_lecture` does.
    """
    path, raw = Path(folder, _UNNAMED), text.encode("utf-8", "surrogatepass")
    _check_size(path, raw)
    return _checked(parse_yaml(path.stem, text), path, raw)


def read_lecture_values(values: Mapping[str, Any], folder: str | Path = ".") -> Lecture:
    """As `read_lecture_text`, of the values that a file would hold: faults have no line then."""
    path = Path(folder, _UNNAMED)
    document = document_of(path.stem, values)
    raw = json.dumps(document.root, sort_keys=True).encode()
    return _checked(document, path, raw)


def _checked(document: Document, path: Path, raw: bytes) -> Lecture:
    """The lecture in a document, which is at `path`. Raises LectureError."""
    validate(document)
    folder = path.absolute().parent.resolve()
    spec, problem = read_problem(document, ("problem",), folder) or (None, None)
    matter = Matter(spec, problem, _traits(document))
    named = read_runs(document, ("runs",), problem)
    scenes = read_scenes(document, folder, matter)
    runs = FrozenMap({**named, **matter.written})
    block = salvage(LectureBlock, document.root)
    font = block.font if block is not None else None
    face = read_font(document, font, folder) if font is not None else None
    if block is not None and block.language is not None and block.language not in languages():
        mend = did_you_mean(block.language, languages(), "write for example `language: en`")
        document.report(("language",), document.shown(("language",)), comma_list(languages()), mend)
    if face is not None or font is None:  # else it is not known what the font has
        _check_texts(document, face)
    if spec is not None and problem is not None and not document.faults and not scenes:
        place = document.key_places.get(("problem",))  # values of Python have none
        places = [] if place is None else [((), document.in_file(place))]
        follows = Origin(document.file, "problem", FrozenMap(places), by_default=True)
        scenes = default_scenes(spec, problem, runs, follows)
        if not scenes:
            _no_scenes(document, spec.parameters)
    if document.faults or block is None or spec is None:
        raise LectureError(sorted(document.faults, key=lambda fault: _order(fault, document)))
    lecture = Lecture(
        name=path.stem,
        path=path.absolute(),
        folder=folder,
        title=block.title or title_of(path.stem, face) or "My lecture",
        problem=spec,
        runs=runs,
        scenes=scenes,
        digest="",
        report=ReportSpec(paper=(block.report.paper if block.report else None) or "a4"),
        author=block.author,
        course=block.course,
        date=block.date,
        question=block.question,
        language=block.language or "en",
        pace=block.pace or 1.0,
        questions=block.questions is not False,
        theme=block.theme or "dark",
        face=face,
        warnings=tuple(document.warnings),
    )
    return replace(lecture, digest=_digest(raw, lecture.files))


def _traits(document: Document) -> Mapping[str, RunTraits] | None:
    """The lecture's runs, each with its traits; there may be none where scenes bring theirs."""
    if isinstance(document.root, dict) and "runs" not in document.root:
        if brings_runs(document):
            return {}
        report_missing(document, ("runs",))
    return run_traits(document, ("runs",))


def _check_texts(document: Document, face: Face | None) -> None:
    try:
        check_texts(document, face)
    except GdError as error:  # a font that breaks only when it is used
        document.report(("font",), error.found, "a sound font file", error.mend)


def _order(fault: Fault, document: Document) -> tuple[bool, str, int, int]:
    return (fault.file != document.file, fault.file, fault.line or 0, fault.column or 0)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)  # bounded, whatever the file says about its size
    except OSError as error:
        raise LectureError([_unreadable(path, error)]) from None
    except ValueError:  # a NUL in the name
        raise LectureError([_whole(path, "a name that no file can have", "a file's name", _NEW)]) from None
    _check_size(path, raw)
    return raw


def _check_size(path: Path, raw: bytes) -> None:
    if len(raw) > LARGEST_FILE:
        mend = "check that this is the lecture and not its data"
        raise LectureError([_whole(path, f"more than {LARGEST_FILE} bytes", f"at most {LARGEST_FILE}", mend)])


def _text(path: Path, raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", "replace")
        line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
        found = f"the byte 0x{raw[error.start]:02X}, which is not UTF-8"
        fault = Fault(str(path), line, column, "", found, "UTF-8", "save the file as UTF-8 in your editor")
        raise LectureError([fault]) from None


def _unreadable(path: Path, error: OSError) -> Fault:
    if isinstance(error, FileNotFoundError):
        return _whole(path, "no such file", "an existing lecture file", _other_lecture(path))
    if isinstance(error, IsADirectoryError):
        mend = "name a file in it; `steepest list lectures` names the shipped ones"
        return _whole(path, "a folder", "a lecture file", mend)
    return _whole(path, f"a file that cannot be read ({error.strerror or error})", "a readable file", _NEW)


def _other_lecture(path: Path) -> str:
    """The mend for a lecture that is not there: another one in its folder, or a shipped one, where one is near."""
    from .shipped import shipped

    beside = nearest_file(path.name, files_in(path.parent, LECTURES))
    if beside is not None:
        return f"did you mean {path.parent / beside}?"
    near = nearest(path.stem, shipped()) if path == Path(path.name) else None
    return _NEW if near is None else f"did you mean {near}, the shipped lecture?"


def _whole(path: Path, found: str, allowed: str, mend: str) -> Fault:
    return Fault(str(path), None, None, "", found, allowed, mend)


def _check_file_name(document: Document, path: Path) -> None:
    trouble = trouble_with(path.stem, LECTURE_BYTES)
    if trouble is not None:
        found = f"the file name {in_quotes(path.name)}: {trouble[0]}"
        document.faults.append(_whole(path, found, trouble[1], "rename the file: its films take its name"))


def _no_scenes(document: Document, parameters: tuple[str, ...]) -> None:
    found = f"{len(parameters)} parameters ({comma_list(parameters)}) and no scenes"
    mend = "add `scenes:` with the kind learning-rates, or take a formula of fewer parameters"
    document.report(("problem",), found, "one or two parameters, or data", mend, at_key=True)


def _digest(raw: bytes, files: Iterable[Path]) -> str:
    try:
        return digest_of(raw, files)
    except OSError as error:
        raise LectureError([_unreadable(Path(error.filename), error)]) from None

"""A lecture file to a Lecture, or to the list of everything that is wrong with it."""

from __future__ import annotations

from pathlib import Path

from gdcore.base.errors import GdError
from gdcore.base.nearest import did_you_mean
from gdcore.notation import Face
from scenes.lecture.source.digest import digest_of
from scenes.lecture.source.document import Document
from scenes.lecture.source.faults import Fault, LectureError, comma_list, nearest_file
from scenes.lecture.source.font import read_font
from scenes.lecture.source.names import LECTURE_BYTES, trouble_with
from scenes.lecture.source.problem_block import read_problem
from scenes.lecture.source.run_block import read_runs, run_rates
from scenes.lecture.source.scene_block import read_scenes
from scenes.lecture.source.schema import LectureBlock, known_keys
from scenes.lecture.source.shown import check_texts, title_of
from scenes.lecture.source.validate import salvage, validate
from scenes.lecture.source.yaml_reader import parse_yaml
from scenes.text import languages

from .defaults import default_scenes
from .model import Lecture, ReportSpec
from .source.faults import in_quotes

LARGEST_FILE = 100_000
"""Larger files are refused: a lecture has a few dozen lines."""

_NEW = "`steepest new FILE` writes a lecture to start from"


def read_lecture(path: str | Path) -> Lecture:
    """Read and check the lecture at `path`, and the data that it names.

    Raises LectureError with every fault: those of the lecture by line, then those of its data file.
    """
    path = Path(path)
    raw = _bytes(path)
    document = parse_yaml(str(path), _text(path, raw), known_keys())
    _check_file_name(document, path)
    validate(document)
    folder = path.absolute().parent.resolve()
    found = read_problem(document, folder)
    spec, problem = found if found is not None else (None, None)
    runs = read_runs(document, problem)
    scenes = read_scenes(document, spec, run_rates(document))
    block = salvage(LectureBlock, document.root)
    font = block.font if block is not None else None
    face = read_font(document, font, folder) if font is not None else None
    if block is not None and block.language is not None and block.language not in languages():
        mend = did_you_mean(block.language, languages(), "write for example `language: en`")
        document.report(("language",), document.shown(("language",)), comma_list(languages()), mend)
    if face is not None or font is None:  # else it is not known what the font has
        _check_texts(document, face)
    if spec is not None and problem is not None and not document.faults and not scenes:
        scenes = default_scenes(spec, problem, runs)
        if not scenes:
            _no_scenes(document, spec.parameters)
    if document.faults or block is None or spec is None:
        raise LectureError(sorted(document.faults, key=lambda fault: _order(fault, document)))
    return Lecture(
        name=path.stem,
        path=path.absolute(),
        folder=folder,
        title=block.title or title_of(path.stem, face) or "My lecture",
        problem=spec,
        runs=runs,
        scenes=scenes,
        digest=_digest(raw, spec.data, face),
        report=ReportSpec(paper=(block.report.paper if block.report else None) or "a4"),
        author=block.author,
        course=block.course,
        date=block.date,
        question=block.question,
        language=block.language or "en",
        pace=block.pace or 1.0,
        theme=block.theme or "dark",
        face=face,
        warnings=tuple(document.warnings),
    )


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
    if len(raw) > LARGEST_FILE:
        mend = "check that this is the lecture and not its data"
        raise LectureError([_whole(path, f"more than {LARGEST_FILE} bytes", f"at most {LARGEST_FILE}", mend)])
    return raw


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
        folder = path.parent
        names = sorted(entry.name for entry in folder.glob("*.y*ml")) if folder.is_dir() else []
        near = nearest_file(path.name, names)
        mend = f"did you mean {folder / near}?" if near else _NEW
        return _whole(path, "no such file", "an existing lecture file", mend)
    if isinstance(error, IsADirectoryError):
        mend = "name a file in it; `steepest list lectures` names the shipped ones"
        return _whole(path, "a folder", "a lecture file", mend)
    return _whole(path, f"a file that cannot be read ({error.strerror or error})", "a readable file", _NEW)


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


def _digest(raw: bytes, data: Path | None, face: Face | None) -> str:
    try:
        return digest_of(raw, data, None if face is None else face.file)
    except OSError as error:
        raise LectureError([_unreadable(Path(error.filename), error)]) from None

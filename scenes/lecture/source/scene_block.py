"""The scenes of a lecture: what hangs together between a scene, the runs and the problem."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path as FolderPath

from gdcore.base.nearest import did_you_mean
from scenes.kinds import Kind, Takes, fitting, kind_of
from scenes.lecture.frozen import FrozenMap
from scenes.lecture.model import LOSS, Aside, ProblemSpec, SceneSpec
from scenes.text.captions import Caption, read_caption

from .aside_block import WRITE_A_RUN, Matter, check_own_runs, own_matter, written_runs
from .document import Document, Path
from .faults import comma_list, in_quotes
from .names import trouble_with
from .run_block import RunTraits
from .schema import SceneBlock
from .validate import salvage_scene


def read_scenes(doc: Document, folder: FolderPath, lecture: Matter) -> tuple[SceneSpec, ...]:
    """The scenes that stand in the file; faults are reported to `doc`.

    `folder` is the lecture's, resolved; `lecture` its matter, to which runs are added that scenes bring for it.
    """
    raw = doc.at(("scenes",))
    blocks = [salvage_scene(value) for value in raw] if isinstance(raw, list) else []
    names = _names(doc, blocks)
    specs: list[SceneSpec] = []
    for i, block in enumerate(blocks):
        if block is None:
            continue
        path: Path = ("scenes", i)
        kind: str = block.kind  # type: ignore[attr-defined]
        own = own_matter(doc, path, folder)
        matter = lecture if own is None else own
        runs = _runs(doc, path, block, names[i], matter, own is not None)
        problem = matter.spec
        if problem is not None:
            _check_fit(doc, path, kind_of(kind), problem)
            _check_ranges(doc, path, block, problem)
        specs.append(
            SceneSpec(
                kind=kind,
                name=names[i],
                title=block.title,
                runs=runs,
                aside=None if own is None or problem is None else Aside(problem, FrozenMap(own.written)),
                captions=_captions(doc, path, block, problem),
                ranges=FrozenMap({name: (low, high) for name, (low, high) in (block.range or {}).items()}),
                options=_options(block),
                brief=bool(block.brief),
                origin=doc.origin(path),
            )
        )
    return tuple(specs)


def _captions(
    doc: Document, path: Path, block: SceneBlock, problem: ProblemSpec | None
) -> FrozenMap[str, Caption | None]:
    """The lecturer's own captions; what cannot be read in one is shown as it was typed, with a warning."""
    parameters = () if problem is None else problem.parameters
    read: dict[str, Caption | None] = {}
    for beat, text in (block.captions or {}).items():
        read[beat] = None if text is False else read_caption(str(text), parameters)
        here = (*path, "captions", beat)
        caption = read[beat]
        for part in caption.unread if caption is not None and problem is not None else ():
            found = f"{in_quotes(part.text)}: {part.why}"
            allowed = "$…$ with names, numbers and signs, {w[1]}, {J[-1]} and {rate}; \\$ is a dollar"
            doc.warn(here, found, allowed, "it is shown as typed", at=doc.place_within(here, part.column))
    return FrozenMap(read)


def fitting_runs(kind: str, runs: Mapping[str, RunTraits]) -> tuple[str, ...]:
    """The runs of a scene that names none: of those that its kind can show, or of all where these are too few."""
    row = kind_of(kind)
    names = tuple(name for name, run in runs.items() if row.shows(run.plain, run.one_rate))
    if len(names) < row.runs[0]:
        names = tuple(runs)
    if row.takes is Takes.FASTEST:
        return (max(names, key=lambda name: runs[name].rate),)
    return names[: row.runs[1]]


def _names(doc: Document, blocks: Sequence[SceneBlock | None]) -> list[str]:
    """A name for each scene; given names are checked, the others follow from the kinds."""
    names: list[str] = []
    first: dict[str, int] = {}  # casefolded: some file systems know no case
    counts: dict[str, int] = {}
    given = {block.name.casefold() for block in blocks if block is not None and block.name}
    for i, block in enumerate(blocks):
        if block is None:
            names.append("")
            continue
        path: Path = ("scenes", i, "name")
        kind: str = block.kind  # type: ignore[attr-defined]
        if block.name is None:
            counts[kind] = counts.get(kind, 0) + 1
            name = kind if counts[kind] == 1 else f"{kind}-{counts[kind]}"
            while name in given:
                counts[kind] += 1
                name = f"{kind}-{counts[kind]}"
        else:
            name = block.name
            trouble = trouble_with(name)
            if trouble is not None:
                doc.report(path, f"{in_quotes(name)}: {trouble[0]}", trouble[1], "choose another name")
            elif name.casefold() in first:
                line = doc.value_places[("scenes", first[name.casefold()])][0]
                found = f"the name {in_quotes(name)} a second time (first in line {line})"
                doc.report(path, found, "each name once", f"write for example {name}-2")
        first.setdefault(name.casefold(), i)
        names.append(name)
    return names


def _runs(
    doc: Document, path: Path, block: SceneBlock, name: str, matter: Matter, own: bool
) -> tuple[str, ...]:
    """The names of the runs that a scene called `name` shows; `own`: has it a problem of its own?"""
    kind: str = block.kind  # type: ignore[attr-defined]
    stands = [key for key in ("run", "runs") if (*path, key) in doc.value_places]
    if len(stands) == 2:
        doc.report((*path, "runs"), "both run and runs", "one of the two", "keep runs only", at_key=True)
        return ()
    if own:
        check_own_runs(doc, path)
    if stands and isinstance(doc.at((*path, stands[0])), dict):
        written = written_runs(doc, path, name, matter)
        if written:  # an empty map has been reported
            _check_count(doc, (*path, stands[0]), kind, written)
        return written
    if own or matter.runs is None:
        return ()
    return _named_runs(doc, path, block, kind, matter.runs)


def _named_runs(
    doc: Document, path: Path, block: SceneBlock, kind: str, runs: Mapping[str, RunTraits]
) -> tuple[str, ...]:
    """The runs of the lecture that a scene names, or those that fit its kind."""
    key = "runs" if block.run is None else "run"
    given = block.runs if block.run is None else [block.run]
    wanted = tuple(name for name in given or () if isinstance(name, str))
    for i, name in enumerate(wanted):
        at: Path = (*path, key, i) if isinstance(doc.at((*path, key)), list) else (*path, key)
        if name not in runs:
            mend = did_you_mean(name, runs, "choose one of them, or add the run")
            doc.report(at, f"the run {in_quotes(name)}, which does not exist", comma_list(runs), mend)
        elif name in wanted[:i]:
            doc.report(at, f"the run {in_quotes(name)} a second time", "each run once", "take it away")
    if wanted:
        _check_count(doc, (*path, key), kind, wanted)
    elif not any((*path, key) in doc.value_places for key in ("run", "runs")):
        wanted = fitting_runs(kind, runs) if runs else ()
        if not wanted:
            doc.report((*path, "run"), "nothing, in a lecture without `runs`", _how_many(kind), WRITE_A_RUN)
        elif len(wanted) < kind_of(kind).runs[0]:
            found = f"a lecture of {len(wanted)} run"
            doc.report(
                (*path, "kind"), found, _how_many(kind), "add a run with another rate, or take the scene away"
            )
    return wanted


def _check_count(doc: Document, at: Path, kind: str, wanted: Collection[str]) -> None:
    fewest, most = kind_of(kind).runs
    if not fewest <= len(wanted) <= most:
        mend = (
            f"name {fewest} to {most} runs"
            if most > fewest
            else "name one run, and add a scene for each other"
        )
        doc.report(at, f"{len(wanted)} run{'s' * (len(wanted) != 1)}", _how_many(kind), mend)


def _how_many(kind: str) -> str:
    fewest, most = kind_of(kind).runs
    return (
        f"one run in a scene of kind {kind}"
        if most == 1
        else f"{fewest} to {most} runs in a scene of kind {kind}"
    )


def _check_fit(doc: Document, path: Path, kind: Kind, problem: ProblemSpec) -> None:
    """Can a scene of this kind show this problem at all?"""
    d = len(problem.parameters)
    if kind.needs_data and problem.data is None:
        doc.report(
            (*path, "kind"), f"{kind.name} for a formula", "a problem with data", _other_kinds(problem)
        )
    elif kind.parameters is not None and d != kind.parameters:
        found = f"{kind.name} for {d} parameter{'s' * (d != 1)} ({comma_list(problem.parameters)})"
        allowed = f"a problem of {kind.parameters} parameter{'s' * (kind.parameters != 1)}"
        doc.report((*path, "kind"), found, allowed, _other_kinds(problem))


def _other_kinds(problem: ProblemSpec) -> str:
    return f"kinds that fit the problem: {comma_list(fitting(len(problem.parameters), problem.data is not None))}"


def _check_ranges(doc: Document, path: Path, block: SceneBlock, problem: ProblemSpec) -> None:
    known: Collection[str] = (*problem.parameters, LOSS)
    for name in block.range or {}:
        if name not in known:
            mend = did_you_mean(name, known, "take it away, or name a parameter")
            doc.report(
                (*path, "range", name),
                f"the range of {in_quotes(name)}",
                comma_list(known),
                mend,
                at_key=True,
            )


def _options(block: SceneBlock) -> FrozenMap[str, object]:
    common = {*SceneBlock.model_fields, "kind"}
    given = {name: getattr(block, name) for name in block.model_fields_set - common}
    return FrozenMap((name, value) for name, value in sorted(given.items()) if value is not None)

"""What a scene brings along: a problem of its own, and runs that are written into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gdcore.problems import Problem
from scenes.lecture.model import ProblemSpec, RunSpec

from . import document
from .document import Document
from .faults import in_quotes
from .problem_block import read_problem
from .run_block import NAME_LENGTH, RunTraits, read_run, read_runs

WRITE_A_RUN = "write for example `run: {rate: 0.1, start: 1, steps: 10}`"
"""The mend where a scene has no run."""


@dataclass
class Matter:
    """What a scene is about: a problem, and the runs on it that stand in the file, each with its traits.

    `spec`, `problem` and `runs` are None where they could not be read: what hangs on them is then not checked.
    `runs` has every run that a scene may name, `written` those that are written into scenes and could be read.
    """

    spec: ProblemSpec | None
    problem: Problem | None
    runs: Mapping[str, RunTraits] | None
    written: dict[str, RunSpec] = field(default_factory=dict)


def brings_runs(doc: Document) -> bool:
    """Does a scene bring a run on the lecture's problem?"""
    scenes = doc.at(("scenes",))
    return any(
        isinstance(scene, dict)
        and scene.get("problem") is None
        and any(isinstance(scene.get(key), dict) for key in ("run", "runs"))
        for scene in (scenes if isinstance(scenes, list) else ())
    )


def own_matter(doc: Document, scene: document.Path, folder: Path) -> Matter | None:
    """The matter of a scene that has a problem of its own, without its runs; None where it has none."""
    at: document.Path = (*scene, "problem")
    if at not in doc.value_places or doc.at(at) is None:
        return None
    spec, problem = read_problem(doc, at, folder) or (None, None)
    return Matter(spec, problem, {})


def written_runs(doc: Document, scene: document.Path, name: str, matter: Matter) -> tuple[str, ...]:
    """Read the runs that are written into a scene, and add them to its matter; their names.

    One that is written under `run` has the name of its scene, or that with a number where it is taken.
    """
    taken = {*(matter.runs or ()), *matter.written}
    if isinstance(doc.at((*scene, "run")), dict):
        only = _free(name if len(name) <= NAME_LENGTH else "run", taken)
        run = read_run(doc, (*scene, "run"), only, matter.problem)
        found = {} if run is None else {only: run}
        names: tuple[str, ...] = (only,)
    else:
        at: document.Path = (*scene, "runs")
        found = dict(read_runs(doc, at, matter.problem))
        raw = doc.at(at)
        names = tuple(raw) if isinstance(raw, dict) else ()
        for again in [each for each in names if each in taken]:
            what = f"the run {in_quotes(again)} a second time"
            known = again in (matter.runs or ())
            other = f"`run: {again}` shows the one that there is" if known else "scenes share the lecture's"
            mend = f"choose another name; {other}"
            doc.report((*at, again), what, "each name once", mend, at_key=True)
    matter.written |= found
    return names


def check_own_runs(doc: Document, scene: document.Path) -> None:
    """A scene with a problem of its own has its own runs: those of the lecture descend on another one."""
    key = next((key for key in ("run", "runs") if (*scene, key) in doc.value_places), None)
    allowed = "a run on the scene's own problem: a map with `rate`, `start` and `steps`"
    if key is None:
        doc.report((*scene, "run"), "nothing beside a problem of its own", allowed, WRITE_A_RUN)
    elif doc.at((*scene, key)) is not None and not isinstance(doc.at((*scene, key)), dict):
        found = f"{doc.shown((*scene, key))} beside a problem of its own"
        mend = WRITE_A_RUN if key == "run" else f"{WRITE_A_RUN}, or `runs: {{a: {{…}}, b: {{…}}}}`"
        doc.report((*scene, key), found, allowed, mend)


def _free(name: str, taken: set[str]) -> str:
    """The name, with the first number behind it that makes it a new one."""
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    return found

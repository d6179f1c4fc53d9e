"""The scenes of a lecture that names none: they follow from its problem."""

from __future__ import annotations

from collections.abc import Mapping

from gdcore.outcome import Outcome
from gdcore.problems import Problem
from scenes.lecture.model import ProblemSpec, RunSpec, SceneSpec
from scenes.lecture.running import run_descent


def default_scenes(spec: ProblemSpec, problem: Problem, runs: Mapping[str, RunSpec]) -> tuple[SceneSpec, ...]:
    """One parameter: tangent, and overshoot if a run diverges. Two: surface. Data: regression.

    tangent, surface and regression show the first run; overshoot shows the first one that diverges. Empty
    for a formula of more parameters, which no kind can show.
    """
    first = next(iter(runs))
    scenes: list[SceneSpec] = []
    if len(spec.parameters) == 1:
        scenes.append(SceneSpec("tangent", "tangent", runs=(first,)))
        diverging = next((name for name, run in runs.items() if _diverges(problem, run)), None)
        if diverging is not None:
            scenes.append(SceneSpec("overshoot", "overshoot", runs=(diverging,)))
    if len(spec.parameters) == 2:
        scenes.append(SceneSpec("surface", "surface", runs=(first,)))
    if spec.data is not None:
        scenes.append(SceneSpec("regression", "regression", runs=(first,)))
    return tuple(scenes)


def _diverges(problem: Problem, run: RunSpec) -> bool:
    return run_descent(problem, run).outcome is Outcome.DIVERGED

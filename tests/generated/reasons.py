"""Why a lecture may be refused, and how one sees for oneself that the reason is true."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import numpy as np

from gdcore.problems import Problem, landscape, problem_from_formula
from gdcore.run.trajectory import Trajectory
from scenes.lecture.model import SceneSpec
from scenes.lecture.source.faults import Fault
from scenes.lecture.study import Study

from .lectures import Generated


def _problem(generated: Generated) -> Problem:
    block = generated.lecture["problem"]
    if "name" in block:
        return landscape(block["name"])
    return problem_from_formula(block["formula"], block.get("parameters"))


def _undefined_start(generated: Generated, fault: Fault) -> bool:
    problem, run = _problem(generated), next(iter(generated.lecture["runs"].values()))
    start = np.array(run.get("start", [0.0] * len(problem.parameters)), dtype=float)
    with np.errstate(all="ignore"):
        numbers = [problem.value(start), *problem.gradient(start)]
    return not np.isfinite(numbers).all()


def _constant_column(generated: Generated, fault: Fault) -> bool:
    rows = list(csv.reader(io.StringIO(generated.files["rows.csv"])))
    columns = np.array(rows[1:], dtype=float)[:, :-1].T
    power = generated.lecture["problem"].get("degree", 1)
    return any(
        np.ptp(column**k) <= 1e-12 * abs(column**k).max() for column in columns for k in range(1, power + 1)
    )


FAULTS: dict[str, Callable[[Generated, Fault], bool]] = {
    "no finite value": _undefined_start,
    "no standard deviation": _constant_column,
}
"""What a fault of a lecture says of it, and whether that is so."""


def _other_rule(study: Study, scene: SceneSpec, run: Trajectory) -> bool:
    return run.specs["optimizer"]["name"] != "gd"


def _no_jump(study: Study, scene: SceneSpec, run: Trajectory) -> bool:
    signs = np.sign(run.gradient[:, 0])
    return not (signs[1:] * signs[:-1] < 0).any()


def _leaves(study: Study, scene: SceneSpec, run: Trajectory) -> bool:
    return float(np.abs(run.parameters).max()) > 1e6 * max(1.0, float(np.abs(run.start).max()))


def _above(study: Study, scene: SceneSpec, run: Trajectory) -> bool:
    return bool((run.loss > scene.ranges["J"][1]).any())


def _below(study: Study, scene: SceneSpec, run: Trajectory) -> bool:
    return bool((run.loss <= scene.ranges["J"][0]).all())


STORIES: dict[str, Callable[[Study, SceneSpec, Trajectory], bool]] = {
    "no plain gradient descent": _other_rule,
    "has a rate for each": lambda study, scene, run: isinstance(run.rate, tuple),
    "never jumps": _no_jump,
    "starts at rest": lambda study, scene, run: run.gradient[0, 0] == 0,
    "leaves: after": _leaves,
    "nowhere lower": _above,
    "nowhere higher": _below,
    "not there yet": lambda study, scene, run: scene.options.get("view") == "surface",
    "does no step": lambda study, scene, run: run.steps == 0 and run.nonfinite_step is None,
    "no finite step": lambda study, scene, run: run.steps == 0 and run.nonfinite_step == 1,
}
"""What a scene that cannot be told says of its run, and whether that is so."""


def is_true(table: dict[str, Callable[..., bool]], said: str, *about: Any) -> bool:
    """Is the reason one that the table knows, and is it so?"""
    known = [holds for words, holds in table.items() if words in said]
    return bool(known) and known[0](*about)


def story_refused_truly(study: Study, scene: SceneSpec, found: str) -> bool:
    """Is what is said of the scene's run so?"""
    runs = scene.runs or tuple(study.trajectories)
    return any(is_true(STORIES, found, study, scene, study.trajectories[name]) for name in runs)

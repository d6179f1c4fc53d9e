"""What a scene kind asks of a lecture, and how a lecture that does not fit is told so."""

from __future__ import annotations

from gdcore.errors import GdError
from gdcore.problems import Problem
from gdcore.trajectory import Trajectory

from ..lecture.model import SceneSpec
from ..lecture.study import Study


class StoryError(GdError):
    """A scene kind does not fit the lecture's problem or runs; the message says what would."""


def one_parameter(study: Study, scene: SceneSpec) -> Problem:
    count = len(study.problem.parameters)
    if count != 1:
        raise StoryError(
            f"scene '{scene.name}': the kind '{scene.kind}' needs an objective of one parameter, this one has "
            f"{count} ({', '.join(study.problem.parameters)}); use the kind 'surface' or 'learning-rates' instead"
        )
    return study.problem


def two_parameters(study: Study, scene: SceneSpec) -> Problem:
    count = len(study.problem.parameters)
    if count != 2:
        raise StoryError(
            f"scene '{scene.name}': the kind '{scene.kind}' needs an objective of two parameters, this one has "
            f"{count} ({', '.join(study.problem.parameters)}); use the kind 'tangent' or 'learning-rates' instead"
            if count == 1
            else f"scene '{scene.name}': the kind '{scene.kind}' needs an objective of two parameters, this one "
            f"has {count} ({', '.join(study.problem.parameters)})"
        )
    return study.problem


def the_run(study: Study, scene: SceneSpec) -> tuple[str, Trajectory]:
    """The one run of a scene, by name; the lecture's first where the scene names none.

    These scenes write every step out as old value − rate × slope, so the run must be plain gradient descent.
    """
    name = scene.runs[0] if scene.runs else next(iter(study.trajectories))
    trajectory = study.trajectories[name]
    if not trajectory.plain:
        raise StoryError(
            f"scene '{scene.name}': the kind '{scene.kind}' writes every step out as old value − rate × slope, and run "
            f"'{name}' is no plain gradient descent ({_rule_of(trajectory)}); choose a run that is, or show this one with "
            "the kind 'learning-rates'"
        )
    if len(trajectory.step) < 2:
        raise StoryError(
            f"scene '{scene.name}': run '{name}' has no finite step to show ({trajectory.reason}); "
            "choose a smaller rate or another start"
        )
    return name, trajectory


def _rule_of(trajectory: Trajectory) -> str:
    """By what a run differs from plain descent."""
    specs = trajectory.specs
    settings = dict(specs["optimizer"])
    name = settings.pop("name")
    told = ", ".join(f"{key} = {value}" for key, value in settings.items() if value)
    if name != "gd" or told:
        return f"{name} with {told}" if told else str(name)
    return "with a schedule" if specs.get("schedule") else "on batches"

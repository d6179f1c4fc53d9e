"""What a scene kind asks of a lecture, and how a lecture that does not fit is told so."""

from __future__ import annotations

from gdcore.errors import GdError
from gdcore.problems import Problem
from gdcore.trajectory import Trajectory

from ..lecture.model import SceneSpec
from ..lecture.study import Study


class StoryError(GdError):
    """A scene kind does not fit the lecture's problem or runs. `scene` is the name of the scene."""

    def __init__(self, scene: str, found: str, allowed: str = "", mend: str = "") -> None:
        super().__init__(found, allowed, mend)
        self.scene = scene

    def __str__(self) -> str:
        return f"scene '{self.scene}': {self.message}" if self.scene else self.message

    def __reduce__(self) -> tuple[type[StoryError], tuple[str, str, str, str]]:
        return type(self), (self.scene, self.found, self.allowed, self.mend)


def one_parameter(study: Study, scene: SceneSpec) -> Problem:
    """The problem. Raises StoryError unless it has one parameter."""
    return _with_parameters(study, scene, 1)


def two_parameters(study: Study, scene: SceneSpec) -> Problem:
    """The problem. Raises StoryError unless it has two parameters."""
    return _with_parameters(study, scene, 2)


_FITTING = {
    1: "use the kind 'tangent' or 'learning-rates' instead",
    2: "use the kind 'surface' or 'learning-rates' instead",
}


def _with_parameters(study: Study, scene: SceneSpec, wanted: int) -> Problem:
    names = study.problem.parameters
    if len(names) != wanted:
        raise StoryError(
            scene.name,
            f"the kind '{scene.kind}' needs an objective of {'one parameter' if wanted == 1 else 'two parameters'}, "
            f"this one has {len(names)} ({', '.join(names)})",
            mend=_FITTING.get(len(names), "use the kind 'learning-rates' instead"),
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
            scene.name,
            f"run '{name}' is no plain gradient descent ({_rule_of(trajectory)})",
            f"the kind '{scene.kind}' writes every step out as old value − rate × slope",
            "choose a run that is, or show this one with the kind 'learning-rates'",
        )
    if len(trajectory.step) < 2:
        raise StoryError(
            scene.name,
            f"run '{name}' has no finite step to show ({trajectory.reason})",
            mend="choose a smaller rate or another start",
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

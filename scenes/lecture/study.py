"""A lecture, worked out: its problem, every run once, and what the core finds in each."""

from __future__ import annotations

from dataclasses import dataclass, field

from gdcore.analysis.stability import Analysis, analyse
from gdcore.problems import Problem
from gdcore.run.trajectory import Trajectory
from scenes.text import Speech, speech

from .frozen import FrozenMap
from .model import Lecture
from .problem import build_problem
from .running import run_descent


@dataclass(frozen=True)
class Study:
    """What films and reports draw from. `trajectories` and `analyses` are by run name, in the lecture's order.

    `speech` is how the lecture speaks: its language, and the letters that its parameters leave to us.
    `asides` are the studies of the scenes that have a problem of their own, by the name of the scene.
    """

    lecture: Lecture
    problem: Problem
    trajectories: FrozenMap[str, Trajectory]
    analyses: FrozenMap[str, Analysis]
    speech: Speech
    asides: FrozenMap[str, Study] = field(default_factory=lambda: FrozenMap[str, Study]())

    def of(self, scene: str) -> Study:
        """What the scene of this name is about: its aside, or else the lecture's problem and runs."""
        return self.asides.get(scene, self)


def study(lecture: Lecture) -> Study:
    """Build the problem (reading its data), do every run once, and analyse each; so of every aside.

    Raises GdError where the data can no longer be read as they could when the lecture was.
    """
    problem = build_problem(lecture.problem)
    trajectories = {name: run_descent(problem, run) for name, run in lecture.runs.items()}
    analyses = {name: analyse(trajectory, problem) for name, trajectory in trajectories.items()}
    words = speech(lecture.language, problem.parameters, lecture.face)
    asides = {scene.name: study(lecture.about(scene)) for scene in lecture.scenes if scene.aside}
    return Study(lecture, problem, FrozenMap(trajectories), FrozenMap(analyses), words, FrozenMap(asides))

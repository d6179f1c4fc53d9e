"""What a scene kind asks of a lecture, and how a lecture that does not fit is told so."""

from __future__ import annotations

from gdcore.base.errors import GdError
from gdcore.run.trajectory import Trajectory
from scenes.kinds import fitting, kind_of
from scenes.lecture.model import SceneSpec
from scenes.lecture.study import Study


class StoryError(GdError):
    """A scene kind does not fit the lecture's problem or runs.

    `scene` is the name of the scene, `at` the way from it to the key that is to blame, empty where it is the scene.
    """

    def __init__(
        self, scene: str, found: str, allowed: str = "", mend: str = "", at: tuple[str, ...] = ()
    ) -> None:
        super().__init__(found, allowed, mend)
        self.scene = scene
        self.at = at

    def __str__(self) -> str:
        return f"scene '{self.scene}': {self.message}" if self.scene else self.message

    def __reduce__(self) -> tuple[type[StoryError], tuple[str, str, str, str, tuple[str, ...]]]:
        return type(self), (self.scene, self.found, self.allowed, self.mend, self.at)


_NUMBERS = {1: "one parameter", 2: "two parameters"}


def check_fit(study: Study, scene: SceneSpec) -> None:
    """Raises StoryError unless a scene of this kind can show the problem."""
    kind, names = kind_of(scene.kind), study.problem.parameters
    has_data = study.lecture.problem.data is not None
    if kind.fits(len(names), has_data):
        return
    mend = f"use the kind {' or '.join(map(repr, fitting(len(names), has_data)))} instead"
    if kind.needs_data and not has_data:
        raise StoryError(
            scene.name,
            f"the kind '{scene.kind}' shows data, and this problem has none",
            mend=f"give the problem `data`, `x` and `y`, or {mend}",
        )
    raise StoryError(
        scene.name,
        f"the kind '{scene.kind}' needs an objective of {_NUMBERS.get(kind.parameters or 0, f'{kind.parameters} parameters')}, "
        f"this one has {len(names)} ({', '.join(names)})",
        mend=mend,
    )


def the_run(study: Study, scene: SceneSpec) -> tuple[str, Trajectory]:
    """The one run of a scene, by name; the first that its kind can show where the scene names none.

    A kind that is `plain` writes every step out as old value − rate × slope, so the run must be plain gradient descent.
    """
    kind = kind_of(scene.kind)
    shown = [
        name
        for name, run in study.trajectories.items()
        if kind.shows(run.plain, not isinstance(run.rate, tuple))
    ]
    name = next(iter([*scene.runs, *shown, *study.trajectories]))
    trajectory = study.trajectories[name]
    if kind.plain and not trajectory.plain:
        raise StoryError(
            scene.name,
            f"run '{name}' is no plain gradient descent ({_rule_of(trajectory)})",
            f"the kind '{scene.kind}' writes every step out as old value − rate × slope",
            "choose a run that is"
            + (f", such as '{shown[0]}'" if shown else "")
            + (
                ""
                if isinstance(trajectory.rate, tuple)
                else ", or show this one beside another with the kind 'learning-rates'"
            ),
            ("run",),
        )
    if len(trajectory.step) < 2:
        raise StoryError(scene.name, *without_steps(f"run '{name}'", trajectory), ("run",))
    return name, trajectory


def without_steps(whose: str, trajectory: Trajectory) -> tuple[str, str, str]:
    """What was found of a run that has only its start, what a scene shows, and the mend."""
    allowed = "the scene shows steps"
    if trajectory.nonfinite_step is None:
        mend = "take the stop rule away, or choose another start"
        return f"{whose} does no step ({trajectory.reason})", allowed, mend
    rate = "smaller rates" if isinstance(trajectory.rate, tuple) else "a smaller rate"
    mend = f"choose {rate} or another start"
    return f"{whose} has no finite step ({trajectory.reason})", allowed, mend


def one_rate(study: Study, scene: SceneSpec, name: str) -> float:
    """The rate of a run, by name. Raises StoryError where each parameter has its own, which the kind cannot show."""
    run = study.trajectories[name]
    rate = run.rate
    if not isinstance(rate, tuple):
        return rate
    names = ", ".join(study.problem.parameters)
    possible = fitting(len(rate), study.lecture.problem.data is not None)
    fits = [kind for kind in possible if kind_of(kind).shows(run.plain, one_rate=False)]
    raise StoryError(
        scene.name,
        f"run '{name}' has a rate for each of {names}",
        f"the kind '{scene.kind}' shows runs of one rate",
        "give the run one rate"
        + (f", or show it with the kind {' or '.join(map(repr, fits))}" if fits else ""),
    )


def _rule_of(trajectory: Trajectory) -> str:
    """By what a run differs from plain descent."""
    specs = trajectory.specs
    settings = dict(specs["optimizer"])
    name = settings.pop("name")
    told = ", ".join(f"{key} = {value}" for key, value in settings.items() if value)
    if name != "gd" or told:
        return f"{name} with {told}" if told else str(name)
    return "with a schedule" if specs.get("schedule") else "on batches"

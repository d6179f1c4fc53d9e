"""The frozen types of a lecture that has been read: defaults filled in, names resolved, paths absolute."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from .frozen import FrozenMap

if TYPE_CHECKING:  # the types cost no reader, no core and no grammar
    from gdcore.base.rates import Rate
    from gdcore.notation import Face
    from gdcore.problems.tables import Missing
    from scenes.lecture.source.faults import Fault
    from scenes.text.captions import Caption

Range = tuple[float, float]
"""Lowest and highest value of an axis or a parameter, lowest < highest."""

Setting = float | str | bool
"""The value of a hyperparameter."""

LOSS = "J"
"""The name of the objective in `range` and `labels`."""


@dataclass(frozen=True)
class ProblemSpec:
    """What is minimised. Exactly one of `formula`, `data` and `name` is given.

    `parameters` always names every parameter, in order: d = len(parameters).
    `x`, `y`, `missing` (refuse or drop), `cost`, `degree`, `standardize`, `intercept`, `ridge` and `predict` belong to `data`, `domain` and
    `minima` to `formula`. `predict` holds the rows of x whose y is asked for, each in the order of the columns.
    """

    parameters: tuple[str, ...]
    formula: str | None = None
    data: Path | None = None
    name: str | None = None
    x: tuple[str, ...] = ()
    y: str | None = None
    missing: Missing = "refuse"
    cost: str = "mse"
    degree: int = 1
    standardize: bool = False
    intercept: bool = True
    domain: FrozenMap[str, Range] = field(default_factory=lambda: FrozenMap[str, Range]())
    minima: tuple[tuple[float, ...], ...] = ()
    ridge: float = 0.0
    predict: tuple[tuple[float, ...], ...] = ()
    labels: FrozenMap[str, str] = field(default_factory=lambda: FrozenMap[str, str]())
    note: str | None = None

    @property
    def only_asked(self) -> float | None:
        """The one value of the one column x whose y is asked for; None where there is none, or more than a number."""
        return self.predict[0][0] if len(self.predict) == len(self.x) == 1 else None


@dataclass(frozen=True)
class RunSpec:
    """One descent. `rate` is one number, or one for each parameter where they differ. `steps` counts updates (`epochs`, where given, became updates); `start` has d numbers."""

    name: str
    rate: Rate
    steps: int
    start: tuple[float, ...]
    epochs: int | None = None
    optimizer: str = "gd"
    settings: FrozenMap[str, Setting] = field(default_factory=lambda: FrozenMap[str, Setting]())
    stop: FrozenMap[str, float] = field(default_factory=lambda: FrozenMap[str, float]())
    order: str = "simultaneous"


@dataclass(frozen=True)
class Aside:
    """What a scene brings along that is not about the lecture's problem: a problem of its own, and the runs on it."""

    problem: ProblemSpec
    runs: FrozenMap[str, RunSpec]


@dataclass(frozen=True)
class Origin:
    """Where a scene comes from: its file as the user calls it, the key that it stands at, and places in the file.

    `places` has line and column, from 1, of the scene (by the empty way) and of what it holds (by the way from the
    scene). A scene that came `by_default` has the place of what it follows from.
    """

    file: str
    key: str
    places: FrozenMap[tuple[str | int, ...], tuple[int, int]]
    by_default: bool = False


@dataclass(frozen=True)
class SceneSpec:
    """One scene. `name` is unique in its lecture and fit for a file name; `runs` is never empty.

    `runs` are names of the lecture's runs, or of those of the `aside` where the scene has a problem of its own.
    `captions` are the lecturer's own by beat, None where a beat is to have none.
    `options` holds the options that the lecture gives; what is missing is the storyboard's to choose.
    `brief`: it is told in a quarter of a minute, for those who speak over it.
    `origin` says where it stands, for those who find fault with it; None for one made in Python.
    """

    kind: str
    name: str
    title: str | None = None
    runs: tuple[str, ...] = ()
    aside: Aside | None = None
    captions: FrozenMap[str, Caption | None] = field(default_factory=lambda: FrozenMap({}))
    ranges: FrozenMap[str, Range] = field(default_factory=lambda: FrozenMap[str, Range]())
    options: FrozenMap[str, object] = field(default_factory=lambda: FrozenMap[str, object]())
    brief: bool = False
    origin: Origin | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class ReportSpec:
    """How the report is printed: `paper` is "a4" or "letter"."""

    paper: str = "a4"


@dataclass(frozen=True)
class Lecture:
    """A lecture, ready to be studied. `digest` is the sha256 (hex) of the file's, the data's and the font's bytes.

    `runs` are all the runs on its problem, those that are written into scenes among them.
    `face` is the font for letters that ours has not.
    `questions`: do films ask before they show? `brief`: are all scenes told in a quarter of a minute?
    `warnings` tell of what is used, but perhaps not as it was meant.
    """

    name: str
    path: Path
    folder: Path
    title: str
    problem: ProblemSpec
    runs: FrozenMap[str, RunSpec]
    scenes: tuple[SceneSpec, ...]
    digest: str
    report: ReportSpec = ReportSpec()
    author: str | None = None
    course: str | None = None
    date: str | None = None
    question: str | None = None
    language: str = "en"
    pace: float = 1.0
    questions: bool = True
    brief: bool = False
    theme: str = "dark"
    face: Face | None = None
    warnings: tuple[Fault, ...] = ()

    def scene(self, name: str) -> SceneSpec:
        """The scene called `name`. Raises KeyError where there is none."""
        for scene in self.scenes:
            if scene.name == name:
                return scene
        raise KeyError(name)

    @property
    def asides(self) -> tuple[Aside, ...]:
        """Those of its scenes, in their order."""
        return tuple(scene.aside for scene in self.scenes if scene.aside is not None)

    @property
    def files(self) -> tuple[Path, ...]:
        """What the lecture and its asides read: data, and the font; each file once, in their order."""
        problems = [self.problem, *(aside.problem for aside in self.asides)]
        font = () if self.face is None else (self.face.file,)
        data = (problem.data for problem in problems if problem.data is not None)
        return tuple(dict.fromkeys((*data, *font)))

    def about(self, scene: SceneSpec) -> Lecture:
        """The lecture that a scene belongs to: this one, or for an aside one of that problem and that scene alone.

        What the lecture asks is asked of its own problem, so an aside leaves the question out.
        """
        if scene.aside is None:
            return self
        alone = replace(scene, aside=None)
        own = scene.aside
        return replace(self, problem=own.problem, runs=own.runs, scenes=(alone,), question=None)

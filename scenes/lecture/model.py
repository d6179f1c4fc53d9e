"""The frozen types of a lecture that has been read: defaults filled in, names resolved, paths absolute."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from .frozen import FrozenMap

if TYPE_CHECKING:  # the types cost no reader, no core and no grammar
    from gdcore.base.rates import Rate
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
    `x`, `y`, `cost`, `degree`, `standardize`, `intercept`, `ridge` and `predict` belong to `data`, `domain` and
    `minima` to `formula`. `predict` holds the rows of x whose y is asked for, each in the order of the columns.
    """

    parameters: tuple[str, ...]
    formula: str | None = None
    data: Path | None = None
    name: str | None = None
    x: tuple[str, ...] = ()
    y: str | None = None
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
    def first_asked(self) -> float | None:
        """The first value of the one column x whose y is asked for; None without one, or with several columns."""
        return self.predict[0][0] if self.predict and len(self.x) == 1 else None


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
class SceneSpec:
    """One scene. `name` is unique in its lecture and fit for a file name; `runs` is never empty.

    `captions` are the lecturer's own by beat, None where a beat is to have none.
    `options` holds the options that the lecture gives; what is missing is the storyboard's to choose.
    """

    kind: str
    name: str
    title: str | None = None
    runs: tuple[str, ...] = ()
    captions: FrozenMap[str, Caption | None] = field(default_factory=lambda: FrozenMap({}))
    ranges: FrozenMap[str, Range] = field(default_factory=lambda: FrozenMap[str, Range]())
    options: FrozenMap[str, object] = field(default_factory=lambda: FrozenMap[str, object]())


@dataclass(frozen=True)
class ReportSpec:
    """How the report is printed: `paper` is "a4" or "letter"."""

    paper: str = "a4"


@dataclass(frozen=True)
class Lecture:
    """A lecture, ready to be studied. `digest` is the sha256 (hex) of the file's and the data's bytes.

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
    theme: str = "dark"
    warnings: tuple[Fault, ...] = ()

    def scene(self, name: str) -> SceneSpec:
        """The scene called `name`. Raises KeyError where there is none."""
        for scene in self.scenes:
            if scene.name == name:
                return scene
        raise KeyError(name)

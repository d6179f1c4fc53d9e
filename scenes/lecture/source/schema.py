"""The lecture file as pydantic models: which keys there are and what type each takes.

Only what one value shows by itself is checked here; what hangs together (a run that a scene names, a
formula's parameters, a column of the data) is checked by `problem_block`, `run_block` and `scene_block`.
Every default is None or empty, so that those can tell "not given" from "given as the default".
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from scenes.kinds import Kind, kinds

from .values import (
    AskedRows,
    CaptionText,
    Count,
    Date,
    Domain,
    Finite,
    Limit,
    LongText,
    Names,
    Pair,
    ParameterNames,
    Points,
    Positive,
    SettingValue,
    Start,
    Text,
    Updates,
)


class Keys(BaseModel):
    """A map of the lecture file: unknown keys are mistakes, and no value is bent into another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _key(about: str, example: object) -> Any:
    """A key that may be missing: what it means, and how it may be written."""
    return Field(None, description=about, examples=[example])


class ProblemBlock(Keys):
    """What is minimised: one of `formula`, `data` and `name`."""

    formula: Annotated[str, Field(min_length=1)] | None = _key(
        "The objective, such as (x-3)^2+2.", '"(x-3)^2+2"'
    )
    data: Text | None = _key("A CSV file below the lecture's folder.", "houses.csv")
    name: Text | None = _key("A named landscape.", "himmelblau")
    domain: Domain | None = _key(
        "Where the formula holds: [lowest, highest], by parameter where there are several.", "[0, 6]"
    )
    minima: Points | None = _key("Known minimum points: a list of numbers, or of points.", "[3]")
    x: Names | None = _key("The column or columns to predict from.", "bedrooms")
    y: Text | None = _key("The column to predict.", "price")
    cost: Literal["mse", "half-mse"] | None = _key("Mean squared error, or half of it. Default: mse.", "mse")
    degree: Annotated[int, Field(ge=1, le=12)] | None = _key(
        "Degree of the polynomial in one column. Default: 1.", 2
    )
    standardize: bool | None = _key("Scale each column to mean 0 and deviation 1. Default: false.", "true")
    intercept: bool | None = _key("Whether the model has a constant term b. Default: true.", "false")
    ridge: Limit | None = _key("Adds this times the sum of w² to the cost. Default: 0.", 0.1)
    parameters: ParameterNames | None = _key(
        "The names of the parameters, in their order; of data also by column, `intercept` for b.", "[m, b]"
    )
    predict: AskedRows | None = _key(
        "Values of x whose y is asked for: a number or a list; of several columns maps by column.", 33
    )
    labels: dict[str, Text] | None = _key(
        "What axes say instead of a column's or parameter's name.", "{y: price}"
    )
    note: LongText | None = _key("Where the problem is from; shown wherever it is.", "Our own data")


class StopBlock(Keys):
    """Rules that end a run before its steps are done. No rule is on unless given."""

    gradient: Limit | None = _key("Stop when the gradient is this short.", 1e-6)
    step: Limit | None = _key("Stop when a step is this short.", 1e-6)
    loss: Limit | None = _key("Stop when J changes by no more than this.", 1e-9)
    patience: Count | None = _key("Stop after this many steps without a new lowest J.", 10)
    improvement: Limit | None = _key("With patience: how much lower a J must be to count as new.", 0.01)
    target: Finite | None = _key("Stop when J is at most this.", 0.1)


class RunBlock(Keys):
    """One descent: an optimizer, a rate, a start and a number of steps."""

    rate: Positive | None = _key("The learning rate: step = rate × slope.", 0.1)
    steps: Updates | None = _key("How many updates.", 50)
    epochs: Updates | None = _key("Passes over the data, instead of steps.", 50)
    start: Start | None = _key("Where to start: a number, a list, or a map by parameter. Default: 0.", 6)
    optimizer: Text | None = _key("The update rule. Default: gd.", "gd")
    set: dict[str, SettingValue] | None = _key(
        "Hyperparameters of the optimizer: numbers, words, and true or false.", "{beta: 0.9}"
    )
    schedule: dict[str, str | int | float] | None = _key(
        "How the rate changes with the steps.", "{kind: step, factor: 0.5, every: 50}"
    )
    stop: StopBlock | None = _key("Rules that end the run early.", "{gradient: 1e-6}")
    order: Literal["simultaneous", "sequential"] | None = _key(
        "Whether all parameters are updated at once. Default: simultaneous.", "simultaneous"
    )
    batch_size: Count | None = _key("Rows of the data in each update.", 1)
    shuffle: bool | None = _key("Whether rows are shuffled each epoch.", "true")
    seed: Annotated[int, Field(ge=0)] | None = _key("Seed of the shuffle.", 42)


class SceneBlock(Keys):
    """The keys that every scene takes."""

    name: Text | None = _key("Name of the scene and its file. Default: its kind.", "first-look")
    title: Text | None = _key("Title on the film.", "Down the hill")
    run: Text | None = _key("The run to show.", "steady")
    runs: Names | None = _key("The runs to show.", "[slow, fast]")
    captions: dict[str, CaptionText] | None = _key(
        "Own captions, by the id of the beat; false leaves one out. $w_1$ is mathematics, {w[1]}, "
        "{J[-1]} and {rate} are numbers of the run.",
        "{start: We start here.}",
    )
    range: dict[str, Pair] | None = _key("Range of an axis: of a parameter, or of J.", "{J: [0, 40]}")


def _scene_model(kind: Kind) -> type[SceneBlock]:
    """The model of a scene of one kind: the keys of every scene, and its options."""
    keys: dict[str, Any] = {"kind": (Literal[kind.name], ...)}
    for option in kind.options:
        keys[option.name] = (
            option.type | None,
            Field(None, ge=option.low, le=option.high, description=option.about, examples=[option.example]),
        )
    name = "".join(part.capitalize() for part in kind.name.split("-")) + "Scene"
    about = f"{kind.about[:1].upper()}{kind.about[1:]}."
    return create_model(name, __base__=SceneBlock, __doc__=about, **keys)


SCENE_MODELS: Mapping[str, type[SceneBlock]] = MappingProxyType(
    {name: _scene_model(kind) for name, kind in kinds().items()}
)
"""The model of each kind of scene, by its name."""

if TYPE_CHECKING:
    Scene = SceneBlock
else:
    Scene = Annotated[reduce(or_, SCENE_MODELS.values()), Field(discriminator="kind")]


class ReportBlock(Keys):
    """How the report is printed."""

    paper: Literal["a4", "letter"] | None = _key("Default: a4.", "a4")


class LectureBlock(Keys):
    """A lecture of steepest: a problem, the runs that descend on it, and the scenes that show them."""

    title: Text | None = _key("Title of the lecture.", "Down the hill")
    author: Text | None = _key("Who gives the lecture.", "Ada")
    course: Text | None = _key("The course it belongs to.", "Calculus")
    date: Date | None = _key("Date, printed as written.", "2026-05-01")
    question: LongText | None = _key("The question of the lecture.", "Which way is down?")
    language: Text | None = _key("Language of the captions. Default: en.", "en")
    pace: Annotated[float, Field(ge=0.25, le=4)] | None = _key(
        "Speed of all films: at 2 everything goes twice as fast. Default: 1.", 1.0
    )
    theme: Literal["dark", "light"] | None = _key("Default: dark.", "dark")
    font: Text | None = _key(
        "A font file below the lecture's folder (TTF, OTF or TTC), for letters that ours has not: "
        "of Chinese or Arabic, say.",
        "font.ttf",
    )
    problem: ProblemBlock = Field(description="What is minimised.", examples=['{formula: "(x-3)^2+2"}'])
    runs: dict[str, RunBlock] = Field(
        description="The descents, by name.", examples=["{steady: {rate: 0.1, steps: 50}}"], min_length=1
    )
    scenes: Annotated[list[Scene], Field(min_length=1)] | None = _key(
        "The scenes, in order. Default: what fits the problem.", "[{kind: tangent}]"
    )
    report: ReportBlock | None = _key("The PDF report.", "{paper: a4}")


def block_at(path: tuple[str | int, ...], kind: Any = None) -> type[Keys] | None:
    """The model of the map at `path`; `kind` is the kind of the scene where `path` leads to a scene."""
    match path:
        case ():
            return LectureBlock
        case ("problem",):
            return ProblemBlock
        case ("report",):
            return ReportBlock
        case ("runs", _):
            return RunBlock
        case ("runs", _, "stop"):
            return StopBlock
        case ("scenes", _):
            return SCENE_MODELS.get(kind) if isinstance(kind, str) else None
    return None


def known_keys() -> frozenset[str]:
    """The keys of all maps whose keys are ours."""
    found: set[str] = set()
    blocks: list[type[Keys]] = [Keys]
    while blocks:
        block = blocks.pop()
        found.update(block.model_fields)
        blocks += block.__subclasses__()
    return frozenset(found)

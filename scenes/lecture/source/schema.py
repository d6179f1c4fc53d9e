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


class ProblemBlock(Keys):
    """What is minimised: one of `formula`, `data` and `name`."""

    formula: Annotated[str, Field(min_length=1)] | None = Field(
        None, description="The objective, such as (x-3)^2+2.", examples=['"(x-3)^2+2"']
    )
    data: Text | None = Field(
        None, description="A CSV file below the lecture's folder.", examples=["houses.csv"]
    )
    name: Text | None = Field(None, description="A named landscape.", examples=["himmelblau"])
    domain: Domain | None = Field(
        None,
        description="Where the formula holds: [lowest, highest], by parameter where there are several.",
        examples=["[0, 6]"],
    )
    minima: Points | None = Field(
        None, description="Known minimum points: a list of numbers, or of points.", examples=["[3]"]
    )
    x: Names | None = Field(None, description="The column or columns to predict from.", examples=["bedrooms"])
    y: Text | None = Field(None, description="The column to predict.", examples=["price"])
    cost: Literal["mse", "half-mse"] | None = Field(
        None, description="Mean squared error, or half of it. Default: mse.", examples=["mse"]
    )
    degree: Annotated[int, Field(ge=1, le=12)] | None = Field(
        None, description="Degree of the polynomial in one column. Default: 1.", examples=[2]
    )
    standardize: bool | None = Field(
        None, description="Scale each column to mean 0 and deviation 1. Default: false.", examples=["true"]
    )
    intercept: bool | None = Field(
        None, description="Whether the model has a constant term b. Default: true.", examples=["false"]
    )
    ridge: Limit | None = Field(
        None, description="Adds this times the sum of w² to the cost. Default: 0.", examples=[0.1]
    )
    parameters: ParameterNames | None = Field(
        None,
        description="The names of the parameters, in their order; of data also by column, `intercept` for b.",
        examples=["[m, b]"],
    )
    predict: AskedRows | None = Field(
        None,
        description="Values of x whose y is asked for: a number or a list; of several columns maps by column.",
        examples=[33],
    )
    labels: dict[str, Text] | None = Field(
        None, description="What axes say instead of a column's or parameter's name.", examples=["{y: price}"]
    )
    note: LongText | None = Field(
        None, description="Where the problem is from; shown wherever it is.", examples=["Our own data"]
    )


class StopBlock(Keys):
    """Rules that end a run before its steps are done. No rule is on unless given."""

    gradient: Limit | None = Field(None, description="Stop when the gradient is this short.", examples=[1e-6])
    step: Limit | None = Field(None, description="Stop when a step is this short.", examples=[1e-6])
    loss: Limit | None = Field(None, description="Stop when J changes by no more than this.", examples=[1e-9])
    patience: Count | None = Field(
        None, description="Stop after this many steps without a new lowest J.", examples=[10]
    )
    improvement: Limit | None = Field(
        None, description="With patience: how much lower a J must be to count as new.", examples=[0.01]
    )
    target: Finite | None = Field(None, description="Stop when J is at most this.", examples=[0.1])


class RunBlock(Keys):
    """One descent: an optimizer, a rate, a start and a number of steps."""

    rate: Positive | None = Field(None, description="The learning rate: step = rate × slope.", examples=[0.1])
    steps: Updates | None = Field(None, description="How many updates.", examples=[50])
    epochs: Updates | None = Field(None, description="Passes over the data, instead of steps.", examples=[50])
    start: Start | None = Field(
        None, description="Where to start: a number, a list, or a map by parameter. Default: 0.", examples=[6]
    )
    optimizer: Text | None = Field(None, description="The update rule. Default: gd.", examples=["gd"])
    set: dict[str, SettingValue] | None = Field(
        None,
        description="Hyperparameters of the optimizer: numbers, words, and true or false.",
        examples=["{beta: 0.9}"],
    )
    schedule: dict[str, str | int | float] | None = Field(
        None,
        description="How the rate changes with the steps.",
        examples=["{kind: step, factor: 0.5, every: 50}"],
    )
    stop: StopBlock | None = Field(
        None, description="Rules that end the run early.", examples=["{gradient: 1e-6}"]
    )
    order: Literal["simultaneous", "sequential"] | None = Field(
        None,
        description="Whether all parameters are updated at once. Default: simultaneous.",
        examples=["simultaneous"],
    )
    batch_size: Count | None = Field(None, description="Rows of the data in each update.", examples=[1])
    shuffle: bool | None = Field(None, description="Whether rows are shuffled each epoch.", examples=["true"])
    seed: Annotated[int, Field(ge=0)] | None = Field(None, description="Seed of the shuffle.", examples=[42])


class SceneBlock(Keys):
    """The keys that every scene takes."""

    name: Text | None = Field(
        None, description="Name of the scene and its file. Default: its kind.", examples=["first-look"]
    )
    title: Text | None = Field(None, description="Title on the film.", examples=["Down the hill"])
    run: Text | None = Field(None, description="The run to show.", examples=["steady"])
    runs: Names | None = Field(None, description="The runs to show.", examples=["[slow, fast]"])
    captions: dict[str, CaptionText] | None = Field(
        None,
        description="Own captions, by the id of the beat; false leaves one out. $w_1$ is mathematics, {w[1]}, "
        "{J[-1]} and {rate} are numbers of the run.",
        examples=["{start: We start here.}"],
    )
    range: dict[str, Pair] | None = Field(
        None, description="Range of an axis: of a parameter, or of J.", examples=["{J: [0, 40]}"]
    )


def _scene_model(kind: Kind) -> type[SceneBlock]:
    """The model of a scene of one kind: the keys of every scene, and its options."""
    keys: dict[str, Any] = {"kind": (Literal[kind.name], ...)}
    for option in kind.options:
        keys[option.name] = (
            option.type | None,
            Field(None, ge=option.low, le=option.high, description=option.about, examples=[option.example]),
        )
    name = "".join(part.capitalize() for part in kind.name.split("-")) + "Scene"
    about = f"{kind.about[0].upper()}{kind.about[1:]}."
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

    paper: Literal["a4", "letter"] | None = Field(None, description="Default: a4.", examples=["a4"])


class LectureBlock(Keys):
    """A lecture of steepest: a problem, the runs that descend on it, and the scenes that show them."""

    title: Text | None = Field(None, description="Title of the lecture.", examples=["Down the hill"])
    author: Text | None = Field(None, description="Who gives the lecture.", examples=["Ada"])
    course: Text | None = Field(None, description="The course it belongs to.", examples=["Calculus"])
    date: Date | None = Field(None, description="Date, printed as written.", examples=["2026-05-01"])
    question: LongText | None = Field(
        None, description="The question of the lecture.", examples=["Which way is down?"]
    )
    language: Text | None = Field(None, description="Language of the captions. Default: en.", examples=["en"])
    pace: Annotated[float, Field(ge=0.25, le=4)] | None = Field(
        None,
        description="Speed of all films: at 2 everything goes twice as fast. Default: 1.",
        examples=[1.0],
    )
    theme: Literal["dark", "light"] | None = Field(None, description="Default: dark.", examples=["dark"])
    font: Text | None = Field(
        None, description="A font file for other scripts (not available yet).", examples=["font.ttf"]
    )
    problem: ProblemBlock = Field(description="What is minimised.", examples=['{formula: "(x-3)^2+2"}'])
    runs: dict[str, RunBlock] = Field(
        description="The descents, by name.", examples=["{steady: {rate: 0.1, steps: 50}}"], min_length=1
    )
    scenes: Annotated[list[Scene], Field(min_length=1)] | None = Field(
        None,
        description="The scenes, in order. Default: what fits the problem.",
        examples=["[{kind: tangent}]"],
    )
    report: ReportBlock | None = Field(None, description="The PDF report.", examples=["{paper: a4}"])


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

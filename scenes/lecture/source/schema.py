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

from pydantic import Field, Tag, create_model

from scenes.kinds import Kind, kinds
from scenes.text import languages

from .key_notes import KeyNotes
from .keys import Keys, key
from .problem_keys import ProblemBlock as ProblemBlock
from .run_keys import RunBlock as RunBlock
from .run_keys import StopBlock
from .values import CaptionText, Date, LongText, Pair, RunNames, Text, either, names_shape

OneRun = Annotated[
    Annotated[Text, Tag("<text>")] | Annotated[RunBlock, Tag("<map>")],
    either("run", "text that names a run, or a run: a map with `rate` and `steps`"),
]
SeveralRuns = Annotated[
    Annotated[RunNames, Tag("<names>")] | Annotated[dict[str, RunBlock], Field(min_length=1), Tag("<map>")],
    either("runs", "text that names runs, or a map of runs", names_shape),
]


class SceneBlock(Keys):
    """The keys that every scene takes."""

    name: Text | None = key("Name of the scene and its file.", "first-look", otherwise="its kind")
    title: Text | None = key("Title on the film.", "Down the hill", otherwise="the kind's own")
    problem: ProblemBlock | None = key(
        "A problem of the scene's own, an aside.", '{formula: "x^2"}', otherwise="the lecture's"
    )
    run: OneRun | None = key(
        "The run to show: one of the lecture by its name, or one that is written here.",
        "steady",
        otherwise="as `runs`",
    )
    runs: SeveralRuns | None = key(
        "The runs to show: names of the lecture's, or a map of runs that are written here.",
        "[slow, fast]",
        otherwise="the first of the lecture, as many as the kind shows; of overshoot the one with the largest rate",
    )
    captions: dict[str, CaptionText] | None = key(
        "Own captions, by the id of the beat; false leaves one out. $w_1$ is mathematics, {w[1]}, "
        "{J[-1]} and {rate} are numbers of the run. `steepest check LECTURE --beats` lists the ids.",
        "{start: We start here.}",
        otherwise="the kind's own",
    )
    range: dict[str, Pair] | None = key(
        "Range of an axis: of a parameter, or of J.", "{J: [0, 40]}", otherwise="what shows the runs"
    )
    brief: bool | None = key(
        "Tell the scene in at most 15 seconds, for those who speak over it.", True, default=False
    )


def as_sentence(about: str) -> str:
    """The line on a kind of scene, with its first letter and its full stop."""
    return f"{about[:1].upper()}{about[1:]}."


def _scene_model(kind: Kind) -> type[SceneBlock]:
    """The model of a scene of one kind: the keys of every scene, and its options."""
    about = as_sentence(kind.about)
    keys: dict[str, Any] = {"kind": (Literal[kind.name], key(about, kind.name, needed=True))}
    for option in kind.options:
        keys[option.name] = (
            option.type | None,
            Field(
                None,
                ge=option.low,
                le=option.high,
                description=option.about,
                examples=[option.example],
                json_schema_extra=KeyNotes(option.default, option.otherwise),
            ),
        )
    name = "".join(part.capitalize() for part in kind.name.split("-")) + "Scene"
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

    paper: Literal["a4", "letter"] | None = key("The sheet of the PDF.", "a4", default="a4")


class LectureBlock(Keys):
    """A lecture of steepest: a problem, the runs that descend on it, and the scenes that show them."""

    title: Text | None = key("Title of the lecture.", "Down the hill", otherwise="the file's name")
    author: Text | None = key("Who gives the lecture.", "Ada", otherwise="nothing is shown")
    course: Text | None = key("The course it belongs to.", "Calculus", otherwise="nothing is shown")
    date: Date | None = key("Date, printed as written.", "2026-05-01", otherwise="nothing is shown")
    question: LongText | None = key(
        "The question of the lecture.", "Which way is down?", otherwise="nothing is shown"
    )
    language: Text | None = key("Language of the captions.", "en", default="en", words=languages)
    pace: Annotated[float, Field(ge=0.25, le=4)] | None = key(
        "Speed of all films: at 2 everything goes twice as fast.", 1.0, default=1
    )
    questions: bool | None = key("Ask before a step where it lands, and pause there.", False, default=True)
    theme: Literal["dark", "light"] | None = key("Colours of the films.", "light", default="dark")
    font: Text | None = key(
        "A font file below the lecture's folder (TTF, OTF or TTC), for letters that ours has not: "
        "of Chinese or Arabic, say.",
        "font.ttf",
        otherwise="the one that is shipped",
    )
    problem: ProblemBlock = key("What is minimised.", '{formula: "(x-3)^2+2"}', needed=True)
    runs: Annotated[dict[str, RunBlock], Field(min_length=1)] | None = key(
        "The descents, by name.",
        "{steady: {rate: 0.1, steps: 50}}",
        otherwise="a scene must bring one",
    )
    scenes: Annotated[list[Scene], Field(min_length=1)] | None = key(
        "The scenes, in order.", "[{kind: tangent}]", otherwise="what fits the problem"
    )
    report: ReportBlock | None = key(
        "The PDF report.", "{paper: a4}", otherwise="its keys say what then holds"
    )


def block_at(path: tuple[str | int, ...], kind: Any = None) -> type[Keys] | None:
    """The model of the map at `path`; `kind` is the kind of the scene where `path` leads to a scene."""
    match path:
        case ():
            return LectureBlock
        case ("report",):
            return ReportBlock
        case ("scenes", _):
            return SCENE_MODELS.get(kind) if isinstance(kind, str) else None
        case ("scenes", _, *within):
            return _block_within(tuple(within))
    return _block_within(path)


def _block_within(path: tuple[str | int, ...]) -> type[Keys] | None:
    """The model of what a lecture and a scene both hold."""
    match path:
        case ("problem",):
            return ProblemBlock
        case ("run",) | ("runs", str()):
            return RunBlock
        case ("run", "stop") | ("runs", str(), "stop"):
            return StopBlock
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

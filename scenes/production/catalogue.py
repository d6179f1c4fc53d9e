"""What there is to choose from, each with a line."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from types import MappingProxyType


def scenes() -> Mapping[str, str]:
    """The kinds of scenes."""
    from scenes.kinds import kinds

    return {name: kind.about for name, kind in kinds().items()}


def problems() -> Mapping[str, str]:
    """The named problems, each with its formula."""
    from gdcore.problems import LANDSCAPES

    return {name: f"{landscape.about}: {landscape.formula}" for name, landscape in LANDSCAPES.items()}


def functions() -> Mapping[str, str]:
    """The functions and numbers that a formula may use."""
    from gdcore.formula import FUNCTIONS, ROOT

    letters = {name: ",".join("xy"[: function.arity]) for name, function in FUNCTIONS.items()}
    found = {f"{name}({letters[name]})": function.about for name, function in FUNCTIONS.items()}
    return found | {f"{ROOT.name}(x,n)": ROOT.about, "pi": "3.14159…, as π", "e": "2.71828…"}


def optimizers() -> Mapping[str, str]:
    """The optimizers by slug, each with the first line of the file that its rule has to itself."""
    from gdcore.optimizers import OPTIMIZERS

    return {
        slug: (inspect.getdoc(inspect.getmodule(rule)) or "").partition("\n")[0]
        for slug, rule in OPTIMIZERS.items()
    }


def schedules() -> Mapping[str, str]:
    """The schedules by kind, each with the first line of its docstring."""
    from gdcore.schedules import SCHEDULES

    return {kind: (inspect.getdoc(made) or "").partition("\n")[0] for kind, made in SCHEDULES.items()}


def stops() -> Mapping[str, str]:
    """The stop rules; the names that :class:`gdcore.StopRules` has."""
    return {
        "gradient": "the slope |∇J| is at most this: the run has converged",
        "step": "the last step was at most this long",
        "loss": "the loss changed by at most this",
        "patience": "no new best loss for so many steps",
        "target": "the loss is at most this",
        "improvement": "with patience: a new best is better than the last one by more than this",
    }


def lectures() -> Mapping[str, str]:
    """The shipped lectures, each with its title."""
    from scenes.lecture.read import read_lecture
    from scenes.lecture.shipped import shipped

    return {name: read_lecture(path).title for name, path in shipped().items()}


CATALOGUES: Mapping[str, Callable[[], Mapping[str, str]]] = MappingProxyType(
    {
        "scenes": scenes,
        "problems": problems,
        "optimizers": optimizers,
        "schedules": schedules,
        "stops": stops,
        "lectures": lectures,
        "functions": functions,
    }
)

"""Other words for what a lecture's keys, the command's options and their values are called here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from gdcore.base.nearest import nearest

_OTHER_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "formula": "function func fn objective expression",
        "data": "csv table dataset",
        "problem": "landscape",
        "x": "feature features column columns inputs",
        "y": "target outcome",
        "cost": "loss loss-function cost-function",
        "degree": "polynomial",
        "standardize": "standardise normalize normalise",
        "ridge": "l2 weight-decay regularization regularisation",
        "logistic": "classification classify",
        "parameters": "variables vars params",
        "start": "x0 w0 theta0 init initial initial-point initialization starting-point start-point",
        "rate": "lr learning-rate learningrate eta alpha step-size stepsize",
        "steps": "iterations iteration iters iter n-iter num-iter max-iter max-iterations updates n-steps num-steps "
        "max-steps epochs",
        "optimizer": "optimiser method algorithm rule",
        "set": "settings",
        "stop": "early-stopping until",
        "tolerance": "tol",
        "region": "range bounds box domain",
        "grid": "resolution",
        "batch-size": "batch minibatch mini-batch",
        "fps": "frame-rate framerate",
        "at": "time second seconds moment",
        "sum": "sse rss",
    }
)
_MEANT: Mapping[str, str] = MappingProxyType(
    {word: name for name, words in _OTHER_WORDS.items() for word in words.split()}
)
#: Names of what there is not: they are no slips of names that look alike.
_OWN_NAMES = frozenset({"rmse", "mae"})


def meant_by(word: object, known: Iterable[str]) -> str | None:
    """The one of `known` that another word for it, or a slip in its name, probably means; None where none is near."""
    names = list(known)
    plain = str(word).strip().casefold().replace("_", "-").replace(" ", "-")
    if plain in _OWN_NAMES:
        return None
    meant = _MEANT.get(plain)
    return (None if meant is None else nearest(meant, names)) or nearest(word, names)


def mend_of_word(word: object, known: Iterable[str], otherwise: str) -> str:
    """The question for what `word` means, else `otherwise`."""
    near = meant_by(word, known)
    return otherwise if near is None else f"did you mean {near}?"

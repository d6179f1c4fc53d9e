"""Other words for what a lecture's keys, the command's options and their values are called here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from gdcore.base.nearest import nearest

_OTHER_WORDS = {
    "formula": "function func fn objective expression objective-function f equation",
    "data": "csv table dataset file",
    "problem": "landscape",
    "x": "feature features column columns inputs input",
    "y": "target outcome output response",
    "cost": "loss loss-function cost-function criterion metric",
    "degree": "polynomial",
    "standardize": "standardise normalize normalise",
    "ridge": "l2 weight-decay regularization regularisation",
    "logistic": "classification classify",
    "parameters": "variables vars params",
    "start": "x0 w0 theta0 init initial initial-point initialization starting-point start-point x-0 "
    "initial-value",
    "rate": "lr learning-rate learningrate eta alpha step-size stepsize",
    "steps": "iterations iteration iters iter n-iter num-iter max-iter max-iterations updates n-steps "
    "num-steps max-steps epochs niter maxiter n-iterations num-iterations",
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
    "kind": "type",
}
_MEANT = {word: name for name, words in _OTHER_WORDS.items() for word in words.split()}
#: Words for the value of a key that are known elsewhere, each with what says the same here, if anything does.
_VALUES: Mapping[str, Mapping[str, str | None]] = {
    "cost": {"sse": "sum", "rss": "sum", "rmse": None, "mae": None, "huber": None},
}
#: They are names of their own, and no slips of names that look alike.
_OWN_NAMES = frozenset(word for words in _VALUES.values() for word, ours in words.items() if ours is None)


def meant_by(word: object, known: Iterable[str]) -> str | None:
    """The one of `known` that another word for it, or a slip in its name, probably means; None where none is near."""
    names, plain = list(known), _plain(word)
    if plain in _OWN_NAMES:
        return None
    meant = _MEANT.get(plain)
    return (None if meant is None else nearest(meant, names)) or nearest(word, names)


def key_called(name: str, keys: Collection[str]) -> str | None:
    """The one of `keys` that goes by another name elsewhere, such as `lr` for `rate`."""
    meant = _MEANT.get(_plain(name))
    return next((key for key in keys if _plain(key) == meant), None)


def is_misnamed(key: str, given: Collection[str], keys: Collection[str]) -> bool:
    """Is one of the `given` keys none of the known `keys`, but probably `key` by another name?"""
    return any(name not in keys and (key_called(name, keys) or nearest(name, keys)) == key for name in given)


def word_called(key: str, word: object) -> tuple[bool, str | None]:
    """Is a word for the value of a key known elsewhere, and which of ours says the same, if any?"""
    known = _VALUES.get(key, {})
    return _plain(word) in known, known.get(_plain(word))


def _plain(word: object) -> str:
    return str(word).strip().casefold().replace("_", "-").replace(" ", "-")

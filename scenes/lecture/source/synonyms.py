"""Names that other books and libraries have for our keys and words."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from gdcore.base.nearest import nearest

_KEYS = {
    "rate": "learning_rate lr eta alpha step_size stepsize",
    "steps": "iterations iteration iters n_iter niter max_iter maxiter n_iterations num_iterations n_steps "
    "num_steps max_steps updates",
    "start": "x0 x_0 w0 init initial initial_point initial_value starting_point start_point",
    "optimizer": "method algorithm",
    "formula": "function objective objective_function func fn f expression equation",
    "cost": "loss loss_function cost_function criterion metric",
    "data": "csv file dataset table",
    "x": "feature features input inputs",
    "y": "target output response",
    "ridge": "l2 regularization regularisation",
    "kind": "type",
}
_KEY_OF = {other: key for key, others in _KEYS.items() for other in others.split()}

_WORDS: Mapping[str, Mapping[str, str | None]] = {
    "cost": {"sse": "sum", "rss": "sum", "rmse": None, "mae": None, "huber": None},
}


def key_called(name: str, keys: Collection[str]) -> str | None:
    """The one of `keys` that goes by another name elsewhere, such as `lr` for `rate`."""
    key = _KEY_OF.get(name.strip().casefold().replace("-", "_").replace(" ", "_"))
    return key if key in keys else None


def is_misnamed(key: str, given: Collection[str], keys: Collection[str]) -> bool:
    """Is one of the `given` keys none of the known `keys`, but probably `key` by another name?"""
    return any(name not in keys and (key_called(name, keys) or nearest(name, keys)) == key for name in given)


def word_called(key: str, word: object) -> tuple[bool, str | None]:
    """Is a word for the value of a key known elsewhere, and which of ours says the same, if any?"""
    known, plain = _WORDS.get(key, {}), str(word).strip().casefold()
    return plain in known, known.get(plain)

"""A problem of the core from the keys of a lecture: the key that keeps it from being built has the fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from gdcore.base.errors import FormulaError, GdError
from gdcore.problems import Problem

from .document import Document, Path

P = TypeVar("P", bound=Problem)


def built(
    doc: Document, at: Path, build: Callable[..., P], stages: Sequence[tuple[str, Mapping[str, Any]]]
) -> P | None:
    """Build with the settings of all stages. Where that fails, the first stage that fails has the fault.

    `at` is where the problem stands, the stages have the names of keys in it.

    Raises FormulaError, which has a place of its own.
    """
    try:
        return build(**{name: value for _, settings in stages for name, value in settings.items()})
    except FormulaError:
        raise
    except GdError:
        pass
    settings: dict[str, Any] = {}
    for key, more in stages:
        settings.update(more)
        try:
            build(**settings)
        except GdError as error:
            doc.report((*at, key), error.found, error.allowed or "what fits the problem", error.mend)
            return None
    return None

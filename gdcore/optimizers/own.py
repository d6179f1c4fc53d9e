"""Update rules that users bring: told from those of this package, checked, and kept to what a rule may do."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.base.errors import GdError
from gdcore.optimizers import OPTIMIZERS
from gdcore.optimizers.protocol import Optimizer, State
from gdcore.problems.protocol import Problem

_PARTS = ("name", "default_rate", "init", "update", "settings")
_TAKEN = ("name", "rate", "own")  # what a run says of its optimizer besides the settings


def taken_rule(optimizer: Optimizer) -> Optimizer:
    """The rule as runs use it: itself when it is one of this package's, else an ``OwnRule`` around it.

    Raises GdError for what is no rule.
    """
    if isinstance(optimizer, OwnRule) or type(optimizer) in OPTIMIZERS.values():
        return optimizer
    return OwnRule(optimizer)


def spec_of(optimizer: Optimizer) -> dict[str, Any]:
    """The rule as JSON-able data: ``name`` and settings, and ``own``: true where it is not one of this package's.

    Raises GdError for settings that are no such data.
    """
    rule = taken_rule(optimizer)
    own = {"own": True} if isinstance(rule, OwnRule) else {}
    return {"name": rule.name, **rule.settings(), **own}


@dataclass(frozen=True)
class OwnRule:
    """A rule of a user's own. It gets copies, so that it may change them, and what it gives becomes arrays.

    Raises GdError for a ``rule`` that lacks a part of the protocol, and where it gives what no rule may.
    """

    rule: Optimizer

    def __post_init__(self) -> None:
        missing = [part for part in _PARTS if not hasattr(self.rule, part)]
        if missing:
            found = type(self.rule).__name__ if not isinstance(self.rule, type) else self.rule.__name__
            raise GdError(
                f"the optimizer {found} has no {' and no '.join(missing)}",
                f"a rule has {', '.join(_PARTS)}",
                "add it, or take one of this package's",
            )
        if isinstance(self.rule, type):
            raise GdError(
                f"the optimizer is the class {self.rule.__name__}, and not one of its rules",
                mend=f"write {self.rule.__name__}()",
            )

    @property
    def name(self) -> str:
        return str(self.rule.name)

    @property
    def default_rate(self) -> float | None:
        return self.rule.default_rate

    def init(self, x: FloatArray) -> State:
        return self._state(self.rule.init(x.copy()))

    def update(
        self, problem: Problem, x: FloatArray, gradient: FloatArray, state: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        memory = {name: array.copy() for name, array in state.items()}
        given: Any = self.rule.update(problem, x.copy(), gradient.copy(), memory, rate, k)
        if not isinstance(given, tuple) or len(given) != 2:
            raise self._wrong(
                f"update gave {type(given).__name__}", "it must give two things: x and the state"
            )
        point = self._array(given[0], "x")
        if point.shape != x.shape:
            raise self._wrong(
                f"update gave x of shape {point.shape}", f"it must have that of the x before, {x.shape}"
            )
        return point, self._state(given[1])

    def settings(self) -> dict[str, Any]:
        settings = dict(self.rule.settings())
        for name in settings:
            if not isinstance(name, str) or name in _TAKEN:
                raise self._wrong(
                    f"settings has the name {name!r}", f"a name is a text other than {', '.join(_TAKEN)}"
                )
        return {name: self._plain(value, name) for name, value in settings.items()}

    def _state(self, given: Any) -> State:
        if not isinstance(given, Mapping):
            raise self._wrong(
                f"its state is {type(given).__name__}", "it must be a dict of arrays, {} where there is none"
            )
        return {str(name): self._array(value, f"state {name!r}") for name, value in given.items()}

    def _array(self, value: Any, what: str) -> FloatArray:
        try:
            return np.array(value, dtype=np.float64)
        except (TypeError, ValueError):
            raise self._wrong(
                f"its {what} is {type(value).__name__}", "it must be an array of numbers"
            ) from None

    def _plain(self, value: Any, name: str) -> Any:
        """A setting as JSON would give it back."""
        match value:
            case None | bool() | str() | int():
                return value
            case float() if math.isfinite(value):
                return float(value)
            case np.generic() | np.ndarray():
                return self._plain(value.tolist(), name)
            case list() | tuple():
                return [self._plain(inner, name) for inner in value]
            case Mapping():
                return {str(key): self._plain(inner, name) for key, inner in value.items()}
        raise self._wrong(
            f"its setting {name} is {value!r}",
            "settings are finite numbers, texts, true, false, None, and lists and dicts of these",
        )

    def _wrong(self, found: str, allowed: str) -> GdError:
        return GdError(f"the optimizer {self.name}: {found}", allowed, "correct its class")

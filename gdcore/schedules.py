"""Learning-rate schedules: a factor on the rate for every update, or a rate found from the way so far."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any, ClassVar, Literal, Protocol, TypeAlias, runtime_checkable

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.base.checks import real_number, truth, whole_number
from gdcore.base.errors import GdError
from gdcore.base.nearest import did_you_mean
from gdcore.optimizers.protocol import State
from gdcore.optimizers.rule import dot


class Schedule(Protocol):
    """A factor on the rate for every update."""

    def __call__(self, k: int) -> float:
        """The factor of update k, counted from 0: finite and not negative."""

    def spec(self) -> dict[str, Any]:
        """The schedule as JSON-able data."""


@runtime_checkable
class AdaptiveSchedule(Protocol):
    """A rate of its own for every update, from points and slopes. What it remembers is saved with the run."""

    def init(self, x: FloatArray) -> State:
        """The memory before the first update from x (..., d)."""

    def rate(
        self, x: FloatArray, gradient: FloatArray, memory: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        """The rate (..., 1) of update k from x (..., d), with ``rate`` the one that the run was given."""

    def spec(self) -> dict[str, Any]:
        """The schedule as JSON-able data."""


AnySchedule: TypeAlias = Schedule | AdaptiveSchedule


class _Spelt:
    """The spec of a frozen dataclass: its kind and its fields."""

    __slots__ = ()
    kind: ClassVar[str] = ""

    def spec(self) -> dict[str, Any]:
        """The kind and the settings as JSON-able data, from which ``make_schedule`` makes it again."""
        schedule: Any = self
        return {"kind": self.kind, **{field.name: getattr(self, field.name) for field in fields(schedule)}}

    def _number(self, name: str, low: float, high: float) -> None:
        """Check that it is finite and from ``low`` (above it, when that is 0) to ``high``. Raises GdError."""
        number = real_number(getattr(self, name), f"{name} of the schedule {self.kind}")
        if not (math.isfinite(number) and low <= number <= high):
            allowed = f"from {low:g} to {high:g}" if math.isfinite(high) else f"{low:g} or more"
            raise GdError(
                f"{name} of the schedule {self.kind} is {number:g}", f"it must be {allowed}", "correct it"
            )
        object.__setattr__(self, name, number)

    def _count(self, name: str) -> None:
        number = whole_number(getattr(self, name), f"{name} of the schedule {self.kind}", 1)
        object.__setattr__(self, name, number)


@dataclass(frozen=True, slots=True)
class Constant(_Spelt):
    """The rate as it is: the factor is 1."""

    kind: ClassVar[str] = "constant"

    def __call__(self, k: int) -> float:
        return 1.0


@dataclass(frozen=True, slots=True)
class StepDecay(_Spelt):
    """factor^⌊k / every⌋: a cut after every so many updates. PyTorch's ``StepLR``.

    Raises GdError for an ``every`` below 1 and a factor outside 0 to 1.
    """

    every: int
    factor: float = 0.1
    kind: ClassVar[str] = "step"

    def __post_init__(self) -> None:
        self._count("every")
        self._number("factor", 0, 1)

    def __call__(self, k: int) -> float:
        return float(self.factor ** (k // self.every))


@dataclass(frozen=True, slots=True)
class Exponential(_Spelt):
    """factor^k: the same cut at every update. PyTorch's ``ExponentialLR``.

    Raises GdError for a factor outside 0 to 1.
    """

    factor: float
    kind: ClassVar[str] = "exponential"

    def __post_init__(self) -> None:
        self._number("factor", 0, 1)

    def __call__(self, k: int) -> float:
        return float(self.factor**k)


@dataclass(frozen=True, slots=True)
class InverseTime(_Spelt):
    """1 / (1 + decay · k)^power. With a power in (1/2, 1] the steps meet the conditions of Robbins and Monro (1951).

    Power 1 is what Keras calls ``InverseTimeDecay``. Raises GdError for a number that is negative or not finite.
    """

    decay: float
    power: float = 1.0
    kind: ClassVar[str] = "inverse-time"

    def __post_init__(self) -> None:
        self._number("decay", 0, math.inf)
        self._number("power", 0, math.inf)

    def __call__(self, k: int) -> float:
        return float((1.0 + self.decay * k) ** -self.power)


@dataclass(frozen=True, slots=True)
class Cosine(_Spelt):
    """floor + (1 - floor) · (1 + cos(π k / steps)) / 2, and floor from then on; with ``restarts`` it begins anew.

    Loshchilov and Hutter, SGDR (2017), equation 5. Optax stays at the floor, PyTorch's ``CosineAnnealingLR`` climbs back
    the same way. Raises GdError for steps below 1 and a floor outside 0 to 1.
    """

    steps: int
    floor: float = 0.0
    restarts: bool = False
    kind: ClassVar[str] = "cosine"

    def __post_init__(self) -> None:
        self._count("steps")
        self._number("floor", 0, 1)
        object.__setattr__(self, "restarts", truth(self.restarts, "restarts of the schedule cosine"))

    def __call__(self, k: int) -> float:
        place = k % self.steps if self.restarts else min(k, self.steps)
        return self.floor + (1.0 - self.floor) * 0.5 * (1.0 + math.cos(math.pi * place / self.steps))


@dataclass(frozen=True, slots=True)
class WarmUp(_Spelt):
    """(k + 1) / steps in the first ``steps`` updates, then 1. Goyal et al. (2017), section 2.2.

    To go on with another schedule, give both: factors multiply. Raises GdError for steps below 1.
    """

    steps: int
    kind: ClassVar[str] = "warm-up"

    def __post_init__(self) -> None:
        self._count("steps")

    def __call__(self, k: int) -> float:
        return min(1.0, (k + 1) / self.steps)


@dataclass(frozen=True, slots=True)
class Product:
    """Several schedules at once: their factors multiply."""

    parts: tuple[Schedule, ...]
    kind: ClassVar[str] = "product"

    def __call__(self, k: int) -> float:
        return math.prod(float(part(k)) for part in self.parts)

    def spec(self) -> dict[str, Any]:
        """The kind, and the specs of the parts."""
        return {"kind": self.kind, "parts": [part.spec() for part in self.parts]}


@dataclass(frozen=True, slots=True)
class BarzilaiBorwein(_Spelt):
    """The rate of Barzilai and Borwein, IMA Journal of Numerical Analysis 8 (1988), from the last step alone.

        s = x_k - x_(k-1),  y = ∇J_k - ∇J_(k-1)
        long     s·s / s·y          short    s·y / y·y

    Both are what 1/λ would be if the curvature λ were the same in all directions. The first update has the rate that
    was given, and so has every one after a step along which J does not curve upwards (s·y <= 0). The loss may rise for
    a while; on quadratics the method converges nevertheless (Raydan, 1993). Raises GdError for another form.
    """

    form: Literal["long", "short"] = "long"
    kind: ClassVar[str] = "barzilai-borwein"

    def __post_init__(self) -> None:
        if self.form not in ("long", "short"):
            raise GdError(
                f"form of the schedule barzilai-borwein is {self.form!r}",
                "it must be 'long' or 'short'",
                did_you_mean(self.form, ("long", "short"), "choose one of them"),
            )

    def init(self, x: FloatArray) -> State:
        """The last point and slope, x and g (..., d); zeros before the first update."""
        return {"x": np.zeros_like(x), "g": np.zeros_like(x)}

    def rate(
        self, x: FloatArray, gradient: FloatArray, memory: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        """The rate (..., 1) of update k from x (..., d) with ``gradient`` (..., d); and what is remembered next."""
        now = {"x": np.array(x), "g": np.array(gradient)}
        if k == 0:
            return np.full((*x.shape[:-1], 1), rate), now
        s, y = x - memory["x"], gradient - memory["g"]
        curve = dot(s, y)
        above, below = (dot(s, s), curve) if self.form == "long" else (curve, dot(y, y))
        usable = (curve > 0) & (below > 0)
        found = above / np.where(usable, below, 1.0)
        return np.where(usable & np.isfinite(found), found, rate), now


SCHEDULES: Mapping[str, Callable[..., AnySchedule]] = MappingProxyType(
    {
        "constant": Constant,
        "step": StepDecay,
        "exponential": Exponential,
        "inverse-time": InverseTime,
        "cosine": Cosine,
        "warm-up": WarmUp,
        "barzilai-borwein": BarzilaiBorwein,
    }
)


def make_schedule(given: Mapping[str, Any] | Iterable[Mapping[str, Any]]) -> AnySchedule:
    """A schedule from its spec, such as ``{"kind": "step", "factor": 0.5, "every": 50}``; several multiply.

    Raises GdError for an unknown kind or setting, one that is missing, and one that cannot be.
    """
    if not isinstance(given, Mapping):
        parts = tuple(make_schedule(part) for part in given)
        return parts[0] if len(parts) == 1 else _product(parts)
    kind = str(given.get("kind", ""))
    if kind == Product.kind:
        return _product(tuple(make_schedule(part) for part in given.get("parts", ())))
    if kind not in SCHEDULES:
        raise GdError(
            f"there is no schedule '{kind}'",
            f"there are {', '.join(SCHEDULES)}",
            did_you_mean(kind, SCHEDULES, "choose one of them"),
        )
    make = SCHEDULES[kind]
    known = inspect.signature(make).parameters
    settings = {name: value for name, value in given.items() if name != "kind"}
    for name in settings:
        if name not in known:
            listed = ", ".join(known) or "none"
            raise GdError(
                f"the schedule {kind} has no setting '{name}'",
                f"it has {listed}",
                did_you_mean(name, known, "choose one of them" if known else "leave it out"),
            )
    for name, parameter in known.items():
        if name not in settings and parameter.default is inspect.Parameter.empty:
            raise GdError(
                f"the schedule {kind} needs {name}", mend=f"give it, such as {name}={_EXAMPLES[name]}"
            )
    return make(**settings)


_EXAMPLES: Mapping[str, str] = MappingProxyType(
    {"every": "50", "factor": "0.99", "decay": "0.01", "steps": "100"}
)


def _product(parts: tuple[AnySchedule, ...]) -> Product:
    factors: list[Schedule] = []
    for part in parts:
        if isinstance(part, AdaptiveSchedule):
            raise GdError(
                f"the schedule {part.spec()['kind']} finds a rate of its own and cannot be joined to others",
                mend="take it alone",
            )
        factors.append(part)
    if not factors:
        raise GdError("there is no schedule", "at least one is needed", "give one, such as constant")
    return Product(tuple(factors))

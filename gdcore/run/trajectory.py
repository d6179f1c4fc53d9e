"""A run that is over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

import numpy as np

from gdcore.base.arrays import FloatArray, IntArray, frozen
from gdcore.base.rates import Rate
from gdcore.optimizers.protocol import State
from gdcore.rest.verdict import Rest
from gdcore.run.events import Event
from gdcore.run.leaving import Exit
from gdcore.run.outcome import Outcome
from gdcore.run.showing import as_html, in_one_line, plot_run
from gdcore.sentences.sentence import Sentence, joined


@dataclass(frozen=True, eq=False)
class Trajectory:
    """Where a run went, and how it ended. Arrays are read-only float64 (``step`` is int64).

    ``step`` (n+1,), ``parameters`` (n+1, d), ``loss`` (n+1,) and ``gradient`` (n+1, d) of a run of n updates, in the
    units of the problem.

    ``rate`` is one number or, where the parameters have rates of their own, one for each of them.

    Row 0 is the start; ``gradient[r]`` and ``loss[r]`` belong to ``parameters[r]``, after ``step[r]`` updates.
    A thinned run (``every`` > 1) keeps some rows, always the first and the last. A run that left the numbers
    keeps its finite rows, and ``nonfinite_step`` is the first step that is not finite or outside the domain.

    ``reasons`` say with numbers why it ended so, and what to do about it: clauses as data, which ``reason`` writes as
    one sentence. ``rest``: does the last point rest, and on what kind of place? ``plain``: was every step the rate, or
    that of each parameter, times ∇J (see :class:`gdcore.run.plan.Plan`)? ``exit``: how the run left its domain, None if it did not. ``steps_needed``:
    how many more steps of this plain run it would take to rest; None for one that rests or never will, and where the
    curvature does not say. ``planned``: how many updates were asked for, of which a stop rule may have spared some.

    ``specs`` says what was run, as JSON-able data: ``problem``, ``optimizer``, ``stop``, ``schedule`` and ``every``.
    ``state`` is that of the optimizer after the last row; ``progress`` what else is needed to go on from there.
    """

    parameters_names: tuple[str, ...]
    step: IntArray
    parameters: FloatArray
    loss: FloatArray
    gradient: FloatArray
    rate: Rate
    outcome: Outcome
    reasons: tuple[Sentence, ...]
    rest: Rest
    plain: bool
    planned: int
    exit: Exit | None = None
    steps_needed: float | None = None
    nonfinite_step: int | None = None
    events: tuple[Event, ...] = ()
    specs: Mapping[str, Any] = field(default_factory=dict)
    state: State = field(default_factory=dict)
    progress: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        step = np.array(self.step, dtype=np.int64)
        step.setflags(write=False)
        object.__setattr__(self, "step", step)
        for name in ("parameters", "loss", "gradient"):
            object.__setattr__(self, name, frozen(getattr(self, name)))
        object.__setattr__(self, "state", {name: frozen(array) for name, array in self.state.items()})

    def __len__(self) -> int:
        """The number of rows kept."""
        return int(self.step.size)

    @property
    def start(self) -> FloatArray:
        """The point (d,) of the first row."""
        return np.asarray(self.parameters[0])

    @property
    def final(self) -> FloatArray:
        """The last finite point (d,)."""
        return np.asarray(self.parameters[-1])

    @property
    def final_loss(self) -> float:
        """The loss at ``final``."""
        return float(self.loss[-1])

    @property
    def steps(self) -> int:
        """The number of updates that led to ``final``."""
        return int(self.step[-1])

    @property
    def reason(self) -> str:
        """Why the run ended as it did and what to do about it, in one English sentence."""
        return joined(self.reasons)

    @property
    def is_thinned(self) -> bool:
        """Are steps missing between the rows?"""
        return len(self) != self.steps + 1

    def __repr__(self) -> str:
        return f"<Trajectory: {in_one_line(self)}>"

    def _repr_html_(self) -> str:
        return as_html(self)

    def plot(self, ax: Any, of: Literal["loss", "path"] = "loss") -> list[Any]:
        """Draw the run on Matplotlib axes: its loss over the steps, or the path of its one or two parameters.

        Losses that fall far stand on a logarithmic axis. Several runs may share the axes; the label of each is its
        rate. Returns what was drawn. Raises GdError for the path of more parameters.
        """
        return plot_run(self, ax, of)

    def __eq__(self, other: object) -> bool:
        """Equal in every field and every bit."""
        if not isinstance(other, Trajectory):
            return NotImplemented
        for item in fields(self):
            ours, theirs = getattr(self, item.name), getattr(other, item.name)
            if isinstance(ours, np.ndarray):
                same = ours.shape == theirs.shape and ours.tobytes() == theirs.tobytes()
            elif item.name == "state":
                same = ours.keys() == theirs.keys() and all(
                    ours[name].shape == theirs[name].shape and ours[name].tobytes() == theirs[name].tobytes()
                    for name in ours
                )
            elif item.name == "reasons":
                same = repr(ours) == repr(theirs)  # they may hold nan, which equals nothing
            else:
                same = ours == theirs
            if not same:
                return False
        return True

    __hash__ = None  # type: ignore[assignment]

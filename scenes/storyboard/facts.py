"""What the core knows of a run, as films and pages tell it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.base.errors import GdError
from gdcore.base.rates import Rate
from gdcore.notation import Node, Numeral
from gdcore.problems import Problem
from gdcore.rest.verdict import loss_rounding
from gdcore.run.trajectory import Trajectory
from gdcore.sentences.sentence import linked
from scenes.text import Rich, Speech, words


def rates_shown(speech: Speech, parameters: Sequence[Node], rate: Rate) -> tuple[tuple[Node, float], ...]:
    """What the rates of a run are called, and their values: one α, or α_m and α_b of parameters m and b."""
    if not isinstance(rate, tuple):
        return ((speech.formula("alpha"), rate),)
    names = [speech.formula("alpha_({p})", p=p) for p in parameters]
    return tuple(zip(names, rate, strict=True))


def losses_shown(problem: Problem, trajectory: Trajectory) -> FloatArray:
    """The losses (n,) of a run; one that is 0 but for rounding is 0."""
    loss = trajectory.loss
    rounding = loss_rounding(problem, trajectory.parameters, _rate_at_rest(trajectory))
    return np.where(np.abs(loss) <= rounding, 0.0, loss)


def slopes_shown(problem: Problem, trajectory: Trajectory) -> FloatArray:
    """The slopes (n, d) of a run; one that moving by two units of the parameters' last places would make is 0.

    So are those of a run at rest that are too small for its steps to move any parameter by more.
    """
    slopes = trajectory.gradient
    try:
        bends = np.abs(problem.hessian(trajectory.parameters))
    except GdError:
        return slopes
    with np.errstate(all="ignore"):
        moved = 2 * np.finfo(float).eps * np.abs(trajectory.parameters)
        rounding = np.nan_to_num((bends * moved[:, None, :]).sum(-1), posinf=0.0)
        rate = _rate_at_rest(trajectory)
        if rate is not None:
            still = (np.abs(rate * slopes) <= 2 * moved).all(-1)
            rounding[still] = np.inf
    return np.where(np.abs(slopes) <= rounding, 0.0, slopes)


def _rate_at_rest(trajectory: Trajectory) -> FloatArray | None:
    """The rate of a plain run that rests, or its rates (d,). Of another one steps may be too small a share to count."""
    if not trajectory.plain or not trajectory.rest.at_rest or trajectory.rate is None:
        return None
    return np.asarray(trajectory.rate, dtype=np.float64)


def reason_of(speech: Speech, problem: Problem, trajectory: Trajectory) -> Rich:
    """Why a run ended as it did and what to do about it, in one sentence; a slope that is 0 but for rounding is 0."""
    flat = not slopes_shown(problem, trajectory)[-1].any()
    found = Rich()
    for before, clause in linked(trajectory.reasons):
        found += words(before) + speech.said(clause.with_value("slope", 0.0) if flat else clause)
    return found + words(".")


def in_a_sentence(number: Node) -> Node:
    """A number of a readout as it stands in a sentence: without the zeros at its end."""
    if not isinstance(number, Numeral) or "." not in number.digits:
        return number
    return Numeral(number.digits.rstrip("0").rstrip("."), number.exponent)

"""How a run can end."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """The four ends of a run, decided in this order when it is over."""

    DIVERGED = "diverged"
    """A value is not finite or left the domain, or the loss rose to the end and above where it began."""

    CONVERGED = "converged"
    """The run rests in its own scale (see :mod:`gdcore.rest.settling`), or the gradient rule that was given holds."""

    STOPPED_EARLY = "stopped early"
    """A stop rule on the step, the loss, the patience or a target fired."""

    STEP_LIMIT = "step limit"
    """All steps are done, and none of the above holds."""

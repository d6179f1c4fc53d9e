"""What plain gradient descent is: the one definition that everything else asks."""

from __future__ import annotations

from gdcore.optimizers import GradientDescent, Optimizer
from gdcore.run.sampling import Sampler
from gdcore.schedules import AdaptiveSchedule, AnySchedule, Constant


def is_gradient_step(optimizer: Optimizer, schedule: AnySchedule | None, sampler: Sampler | None) -> bool:
    """Is every step some rate times ∇J, the rate known beforehand, without decay, batches or a sequential order?"""
    return optimizer == GradientDescent() and sampler is None and not isinstance(schedule, AdaptiveSchedule)


def is_plain(optimizer: Optimizer, schedule: AnySchedule | None, sampler: Sampler | None) -> bool:
    """Is every step the one constant rate times ∇J? Only of such runs 2/λ_max is the limit."""
    return is_gradient_step(optimizer, schedule, sampler) and (
        schedule is None or isinstance(schedule, Constant)
    )

"""The keys of a run."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from gdcore.optimizers import OPTIMIZERS
from scenes.lecture.running import settings_in_words

from .keys import Keys, key
from .values import Count, Finite, GivenRates, Limit, SettingValue, Start, Text, Updates

_NO_RULE = "no such rule"


class StopBlock(Keys):
    """Rules that end a run before its steps are done. No rule is on unless given."""

    gradient: Limit | None = key("Stop when the gradient is this short.", "1e-6", otherwise=_NO_RULE)
    step: Limit | None = key("Stop when a step is this short.", "1e-6", otherwise=_NO_RULE)
    loss: Limit | None = key("Stop when J changes by no more than this.", "1e-9", otherwise=_NO_RULE)
    patience: Count | None = key("Stop after this many steps without a new lowest J.", 10, otherwise=_NO_RULE)
    improvement: Limit | None = key(
        "How much lower a J must be to count as new.", 0.01, default=0, of="patience"
    )
    target: Finite | None = key("Stop when J is at most this.", 0.1, otherwise=_NO_RULE)


class RunBlock(Keys):
    """One descent: an optimizer, a rate, a start and a number of steps."""

    rate: GivenRates | None = key(
        "The learning rate: step = rate × slope; one number, or one for each parameter by name.",
        0.1,
        otherwise="the optimizer's own, such as 1 for newton; needed where it has none",
    )
    steps: Updates | None = key("How many updates.", 50, otherwise="needed, unless epochs are given")
    epochs: Updates | None = key("Passes over the data, instead of steps.", 50, otherwise="steps count")
    start: Start | None = key(
        "Where to start: a number, a list, or a map by parameter.", 6, otherwise="0 for every parameter"
    )
    optimizer: Text | None = key(
        "The update rule; `steepest list optimizers` says what each does.",
        "momentum",
        default="gd",
        words=lambda: OPTIMIZERS,
    )
    set: dict[str, SettingValue] | None = key(
        "Settings of the optimizer: numbers, words, and true or false.",
        "{beta: 0.9}",
        otherwise="the optimizer's own",
        cases=settings_in_words,
    )
    schedule: dict[str, str | int | float] | None = key(
        "How the rate changes with the steps.",
        "{kind: step, factor: 0.5, every: 50}",
        instead="a rate that stays the same",
    )
    stop: StopBlock | None = key(
        "Rules that end the run early.", "{gradient: 1e-6}", otherwise="all steps are done"
    )
    order: Literal["simultaneous", "sequential"] | None = key(
        "Whether all parameters are updated at once.", "sequential", default="simultaneous"
    )
    batch_size: Count | None = key(
        "Rows of the data in each update.", 1, instead="every update from all rows"
    )
    shuffle: bool | None = key(
        "Whether rows are shuffled each epoch.", "true", instead="every update from all rows"
    )
    seed: Annotated[int, Field(ge=0)] | None = key("Seed of the shuffle.", 42, instead="runs without chance")

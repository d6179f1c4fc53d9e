"""Clauses about the rate of a run, or about the rates of one in which each parameter has its own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gdcore.run.plan import Plan
from gdcore.sentences.sentence import At, Sentence, Value, said

# A limit, or the best rate, is a number for one rate, and for several what all may be multiplied by.
_OF_SEVERAL: Mapping[str, str] = MappingProxyType(
    {
        "advice.smaller_rate": "advice.smaller_rates",
        "advice.smaller_rate.limit": "advice.smaller_rates.limit",
        "advice.smaller_rate.limit_start": "advice.smaller_rates.limit_start",
        "advice.smaller_rate.limit_end": "advice.smaller_rates.limit_end",
        "advice.edge": "advice.edge.rates",
        "advice.cannot_settle.one": "advice.cannot_settle.rates.one",
        "advice.cannot_settle.both": "advice.cannot_settle.rates.both",
        "advice.cannot_settle.all": "advice.cannot_settle.rates.all",
        "advice.larger_rate": "advice.larger_rates",
        "advice.more_steps.near_best": "advice.more_steps.near_best.rates",
        "advice.more_steps.best": "advice.more_steps.best.rates",
        "advice.best_rate": "advice.best_rate.rates",
    }
)


def of_rate(plan: Plan, key: str, **values: Value) -> Sentence:
    """The clause of a key with ``values``, and with the rate or rates, for which it need not have a place."""
    if isinstance(plan.rate, tuple):
        rates = At(tuple(plan.problem.parameters), plan.rate)
        return said(_OF_SEVERAL[key], rates=rates, **values)
    return said(key, rate=plan.rate, **values)

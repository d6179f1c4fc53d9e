"""The English words of the reasons why runs ended as they did. See :mod:`gdcore.run.reasons` for when each is said."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_SMALLER = "choose a smaller one"
_SMALLER_ONES = "choose smaller ones"

REASONS: Mapping[str, str] = MappingProxyType(
    {
        # What happened: the first clause.
        "reason.left_domain.part": "The run left the domain at step {step}: {part} has no value at {at}",
        "reason.left_domain.bounds": "The run left the domain at step {step}: {parameter} = {value} is not in "
        "[{low}, {high}]",
        "reason.not_finite": "Step {step} is not finite ({at})",
        "reason.not_finite.loss": "Step {step} is not finite (the loss is {loss} at {at})",
        "reason.rose": "The loss rose in each of the last {steps} steps, to {loss} from {first} at the start",
        "reason.slope": "After {steps} steps the slope is {slope}",
        "reason.slope.one": "After 1 step the slope is {slope}",
        "reason.ended_by_rule": "The {rule} rule ended the run after {steps} of {planned} steps: ",
        "reason.no_steps": "No step was asked for",
        "reason.steps_done": "All {steps} steps are done",
        "reason.steps_done.one": "The one step is done",
        # More about it.
        "reason.rests": " and the point rests",
        "reason.rests.after_rule": ", and there the point rests",
        "reason.before_rest": ", before the point came to rest",
        "reason.slope_still": " and the slope is still {slope}",
        "reason.slope_above": " and the slope is still {slope}, above {limit}",
        "reason.way_left": " with {share} of the way left",
        "reason.loss_left": " with {share} of the loss above the minimum left",
        "reason.moved": " and the last one moved by only {moved} although the slope is {slope}",
        # The rule that fired.
        "stop.gradient": "the slope {slope} is at most {limit}",
        "stop.step": "the last step was {moved} long, at most {limit}",
        "stop.loss": "the loss changed by {changed}, at most {limit}",
        "stop.patience": "the best loss, {best}, is {steps} steps old",
        "stop.patience.improvement": "the best loss, {best}, is {steps} steps old but for improvements of at most "
        "{improvement}",
        "stop.target": "the loss {loss} has reached the target {limit}",
        # Where the point rests.
        "place.the_minimum": " at the minimum",
        "place.minimum": " at a minimum",
        "place.minimum.not_deepest": " at a minimum, not the deepest one known",
        "place.saddle": " on a saddle, not at a minimum",
        "place.hilltop": " on a hilltop, not at a minimum",
        "place.plateau": " on a plateau, where the loss is the same all around",
        "place.inflection": " on an inflection, not at a minimum",
        "place.flat": ", and the loss does not change along {parameters}",
        "place.undetermined": ", and the data leave {parameters} undetermined",
        # What to do about it.
        "advice.give_steps": "give one or more steps",
        "advice.start_beside": "start a little beside it",
        "advice.smaller_rate": "the rate {rate} is too large here; " + _SMALLER,
        "advice.smaller_rate.limit": "the rate {rate} is above the limit {limit}; " + _SMALLER,
        "advice.smaller_rate.limit_start": "the rate {rate} is above the limit {limit} where it starts; "
        + _SMALLER,
        "advice.smaller_rate.limit_end": "the rate {rate} is above the limit {limit} where it left; "
        + _SMALLER,
        "advice.smaller_rates": "the rates {rates} are too large here; " + _SMALLER_ONES,
        "advice.smaller_rates.limit": "the rates {rates} are above the limit, {limit} times each of them; "
        + _SMALLER_ONES,
        "advice.smaller_rates.limit_start": "the rates {rates} are above the limit where it starts, {limit} times each "
        "of them; " + _SMALLER_ONES,
        "advice.smaller_rates.limit_end": "the rates {rates} are above the limit where it left, {limit} times each of "
        "them; " + _SMALLER_ONES,
        "advice.edge": "the rate {rate} is the limit itself, where the point jumps to and fro; " + _SMALLER,
        "advice.edge.rates": "the rates {rates} are the limit itself, where the point jumps to and fro; "
        + _SMALLER_ONES,
        "advice.cannot_settle.one": "the rate {rate} is above the limit at the minimum ({limits}), so it cannot "
        "settle; " + _SMALLER,
        "advice.cannot_settle.both": "the rate {rate} is above the limit at both minima ({limits}), so it cannot "
        "settle; " + _SMALLER,
        "advice.cannot_settle.all": "the rate {rate} is above the limit at every known minimum ({limits} is the "
        "largest), so it cannot settle; " + _SMALLER,
        "advice.cannot_settle.rates.one": "the rates {rates} are above the limit at the minimum ({limits} times each of "
        "them), so it cannot settle; " + _SMALLER_ONES,
        "advice.cannot_settle.rates.both": "the rates {rates} are above the limit at both minima ({limits} times each "
        "of them), so it cannot settle; " + _SMALLER_ONES,
        "advice.cannot_settle.rates.all": "the rates {rates} are above the limit at every known minimum (the largest is "
        "{limits} times each of them), so it cannot settle; " + _SMALLER_ONES,
        "advice.cannot_settle.point": "the loss comes to a point at the minimum, where no fixed rate settles; take a "
        "schedule that lets the rate shrink",
        "advice.larger_rate": "choose a rate far above {rate}",
        "advice.larger_rates": "choose rates far above {rates}",
        "advice.larger_limit": "it rests as far as its numbers tell, so a smaller slope cannot be had; give a larger "
        "limit",
        "advice.another_optimizer.flat": "without curvature {optimizer} makes no step at any rate; take another "
        "optimizer",
        "advice.another_optimizer.climbs": "{optimizer} goes uphill where the curvature is negative; take another "
        "optimizer",
        "advice.another_optimizer.stands": "{optimizer} finds no lower point ahead of it at any rate; take another "
        "optimizer or another start",
        "advice.no_bottom": "the loss falls for ever; there is no minimum this way",
        "advice.real_root": "write {root} for {part}, which has values there",
        "advice.falls_out": "the loss falls all the way to the edge of the domain, so no rate helps",
        "advice.creeps.inflection": "it creeps towards an inflection, which is no minimum; start beyond it",
        "advice.creeps.minimum": "it creeps, with ever shorter steps, towards a minimum where the curvature "
        "vanishes; take another optimizer",
        "advice.more_steps": "give it more steps or another rate",
        "advice.more_steps.count": "give it about {steps} more steps until it rests, or another rate",
        "advice.more_steps.near_best": "give it about {steps} more steps until it rests; the rate is near the best fixed one",
        "advice.more_steps.near_best.rates": "give it about {steps} more steps until it rests; the rates are near the "
        "best multiple of them",
        "advice.more_steps.best": "give it about {steps} more steps until it rests, or a rate nearer to {best}, "
        "the best fixed one",
        "advice.more_steps.best.rates": "give it about {steps} more steps until it rests, or rates {best} times as large, "
        "the best multiple of them",
        "advice.best_rate": "it would take about {steps} more steps until it rests; take a rate nearer to {best}, "
        "the best fixed one",
        "advice.best_rate.rates": "it would take about {steps} more steps until it rests; take rates {best} times as "
        "large, the best multiple of them",
        "advice.too_many.standardize": "it would take about {steps} more steps until it rests; standardize the columns",
        "advice.too_many.rescale": "it would take about {steps} more steps until it rests; scale the parameters so that "
        "the loss bends alike along all, or take another optimizer",
        "more.widen_domain": ", or widen the domain",
        "more.no_bottom": "; the loss falls for ever",
    }
)

ADVICE = frozenset(key for key in REASONS if key.startswith("advice."))
"""The clauses that say what to do."""

COLON = frozenset({"reason.ended_by_rule", "reason.left_domain.part", "reason.left_domain.bounds"})
"""The other clauses that bring a colon."""

CANNOT_SETTLE = frozenset(
    {
        "advice.cannot_settle.one",
        "advice.cannot_settle.both",
        "advice.cannot_settle.all",
        "advice.cannot_settle.rates.one",
        "advice.cannot_settle.rates.both",
        "advice.cannot_settle.rates.all",
        "advice.cannot_settle.point",
    }
)
"""The clauses that say that at this rate the point comes to rest nowhere."""

"""The optimizer of a run that was saved or is continued."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdcore.base.errors import GdError
from gdcore.optimizers import OPTIMIZERS, Optimizer, make_optimizer
from gdcore.optimizers.own import spec_of, taken_rule


def is_own(spec: Mapping[str, Any]) -> bool:
    """Was it a rule of a user's own, which cannot be made again from its spec?"""
    return bool(spec.get("own")) or spec["name"] not in OPTIMIZERS


def optimizer_again(spec: Mapping[str, Any], given: Optimizer | None = None) -> Optimizer:
    """The optimizer of a run from its spec, ``name`` and settings; one of one's own must be ``given``, and fit.

    Raises GdError for one that is not given or is another.
    """
    if given is not None:
        found = spec_of(given)
        if found != dict(spec):
            raise GdError(
                f"the run was done by the optimizer {_told(spec)}, and this is {_told(found)}",
                mend="give the same",
            )
        return taken_rule(given)
    told = dict(spec)
    name = told.pop("name")
    if is_own(spec):
        raise GdError(
            f"the optimizer {name} is not one of this package's", mend="give it again, as optimizer="
        )
    return make_optimizer(name, told)


def _told(spec: Mapping[str, Any]) -> str:
    settings = {name: value for name, value in spec.items() if name not in ("name", "own")}
    return f"{spec['name']} ({settings}){' of your own' if is_own(spec) else ''}"

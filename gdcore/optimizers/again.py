"""The optimizer of a run that was saved or is continued."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdcore.base.errors import GdError
from gdcore.optimizers import OPTIMIZERS, Optimizer, make_optimizer


def optimizer_again(spec: Mapping[str, Any], given: Optimizer | None = None) -> Optimizer:
    """The optimizer of a run from its spec, ``name`` and settings; one of one's own must be ``given``, and fit.

    Raises GdError for one that is not given or is another.
    """
    told = dict(spec)
    name = told.pop("name")
    if given is not None:
        if {"name": given.name, **given.settings()} != dict(spec):
            raise GdError(
                f"the run was done by the optimizer {name} ({told}), and this is {given.name} ({given.settings()})",
                mend="give the same",
            )
        return given
    if name not in OPTIMIZERS:
        raise GdError(
            f"the optimizer {name} is not one of this package's", mend="give it again, as optimizer="
        )
    return make_optimizer(name, told)

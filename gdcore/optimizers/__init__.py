"""Update rules by name. A new rule is a file beside these and a line in ``OPTIMIZERS``."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from gdcore.base.checks import check_settings, unknown
from gdcore.optimizers.adadelta import AdaDelta
from gdcore.optimizers.adagrad import AdaGrad
from gdcore.optimizers.adam import Adam
from gdcore.optimizers.adamax import AdaMax
from gdcore.optimizers.adamw import AdamW
from gdcore.optimizers.amsgrad import AMSGrad
from gdcore.optimizers.backtracking import Backtracking
from gdcore.optimizers.bfgs import BFGS
from gdcore.optimizers.conjugate_gradient import ConjugateGradient
from gdcore.optimizers.damped_newton import DampedNewton
from gdcore.optimizers.exact_line import ExactLine
from gdcore.optimizers.gradient_descent import GradientDescent
from gdcore.optimizers.momentum import Momentum
from gdcore.optimizers.nadam import Nadam
from gdcore.optimizers.nesterov import Nesterov
from gdcore.optimizers.newton import Newton
from gdcore.optimizers.protocol import Optimizer, State
from gdcore.optimizers.rmsprop import RMSProp
from gdcore.optimizers.sign_descent import SignDescent

__all__ = [
    "BFGS",
    "OPTIMIZERS",
    "AMSGrad",
    "AdaDelta",
    "AdaGrad",
    "AdaMax",
    "Adam",
    "AdamW",
    "Backtracking",
    "ConjugateGradient",
    "DampedNewton",
    "ExactLine",
    "GradientDescent",
    "Momentum",
    "Nadam",
    "Nesterov",
    "Newton",
    "Optimizer",
    "RMSProp",
    "SignDescent",
    "State",
    "make_optimizer",
]

OPTIMIZERS: Mapping[str, Callable[..., Optimizer]] = MappingProxyType(
    {
        "gd": GradientDescent,
        "momentum": Momentum,
        "nesterov": Nesterov,
        "adagrad": AdaGrad,
        "adadelta": AdaDelta,
        "rmsprop": RMSProp,
        "adam": Adam,
        "adamw": AdamW,
        "adamax": AdaMax,
        "amsgrad": AMSGrad,
        "nadam": Nadam,
        "sign": SignDescent,
        "newton": Newton,
        "damped-newton": DampedNewton,
        "bfgs": BFGS,
        "cg": ConjugateGradient,
        "backtracking": Backtracking,
        "exact-line": ExactLine,
    }
)


def make_optimizer(name: str, settings: Mapping[str, Any] | None = None) -> Optimizer:
    """The rule registered as ``name`` with its hyperparameters.

    Raises GdError that lists the names, or the hyperparameters of this rule.
    """
    settings = {} if settings is None else settings
    if name not in OPTIMIZERS:
        raise unknown("optimizer", name, OPTIMIZERS)
    make = OPTIMIZERS[name]
    check_settings(f"the optimizer {name}", settings, inspect.signature(make).parameters)
    return make(**settings)

"""The formats of results, a module each: how one is planned, made and proven. What they share is in `job`."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from scenes.production.job import Job


def formats() -> Mapping[str, type[Job]]:
    """All formats by name, alphabetically: every module of this folder defines one, as `FORMAT`."""
    found = (import_module(f"{__name__}.{module.name}").FORMAT for module in iter_modules(__path__))
    return {job.kind: job for job in found}

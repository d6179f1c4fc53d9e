"""Names of parameters in Typst mathematics."""

from __future__ import annotations

import re

_GREEK = frozenset(
    [
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "zeta",
        "eta",
        "theta",
        "iota",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "omicron",
        "pi",
        "rho",
        "sigma",
        "tau",
        "upsilon",
        "phi",
        "chi",
        "psi",
        "omega",
    ]
)


def typst_name(name: str) -> str:
    """A parameter's name: single letters and Greek ones as symbols, a number at the end as an index."""
    match = re.fullmatch(r"([A-Za-z]+?)_?(\d+)", name)
    if match:
        return f"{typst_name(match.group(1))}_({match.group(2)})"
    if len(name) == 1 or name in _GREEK:
        return name
    return f'upright("{name}")'

"""The costs of a fitted line: what is made of the residuals r_i = ŷ_i - y_i of N rows."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

Cost: TypeAlias = Literal["mse", "half-mse", "sum", "norm"]
"""1/N Σ r_i², 1/(2N) Σ r_i², Σ r_i² or √(Σ r_i²)."""

COSTS: tuple[Cost, ...] = get_args(Cost)


def scale_of(cost: Cost, rows: int) -> float:
    """What the mean of r_i² over so many rows is multiplied by; of the norm, under its root."""
    if cost == "half-mse":
        return 0.5
    return 1.0 if cost == "mse" else float(rows)

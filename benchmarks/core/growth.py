"""How the cost grows: with the number of starts, and with the number of steps."""

from __future__ import annotations

import statistics

import numpy as np

from benchmarks.core.measure import alternate, number
from gdcore import GradientDescent, descend, descend_many, landscape

HEADER = ["what", "how many", "seconds", "ns each"]


def rows(rounds: int) -> list[list[str]]:
    """Each tenfold; constant ns each is linear growth."""
    problem = landscape("himmelblau")
    starts = np.random.default_rng(0).uniform(-5, 5, (10**6, 2))
    found: list[list[str]] = []
    tasks = {
        n: lambda n=n: descend_many(problem, GradientDescent(), starts[:n], 100, rate=0.005)
        for n in (10**4, 10**5, 10**6)
    }
    for n, seconds in alternate(rounds, tasks).items():
        found.append(_row("starts, 100 steps each", n, seconds, 100 * n))
    tasks = {
        n: lambda n=n: descend_many(problem, GradientDescent(), starts[: 10**5], n, rate=0.005)
        for n in (10, 100, 1000)
    }
    for n, seconds in alternate(rounds, tasks).items():
        found.append(_row("steps from 100,000 starts", n, seconds, 10**5 * n))
    tasks = {
        n: lambda n=n: descend(landscape("rosenbrock"), GradientDescent(), [-1.2, 1], n, rate=0.001)
        for n in (10**3, 10**4, 10**5, 10**6)
    }
    for n, seconds in alternate(rounds, tasks).items():
        found.append(_row("steps of one run, recorded", n, seconds, n))
    return found


def _row(what: str, n: int, seconds: list[float], count: float) -> list[str]:
    middle = statistics.median(seconds)
    return [what, f"{n:,}", number(middle), number(middle / count * 1e9)]

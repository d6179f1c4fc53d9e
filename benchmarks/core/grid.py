"""A grid of 1000 x 1000 starts, 100 steps of gradient descent: the gradient from the text of a formula or by hand.

JAX is given three ways: the gradient alone compiled, `jax.jit(vmap(grad(f)))`, and the update beside it; the whole
step compiled; and all 100 steps compiled into one program, the best that JAX can do, in which nothing passes
through Python. Torch works eagerly, with the gradients of autograd. All in float64, on all cores.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.core.measure import Comparison, Task, available
from gdcore import GradientDescent, descend_many, problem_from_formula

STEPS = 100
FLOOR = "the sines alone, NumPy's"
TWO_PI = 2 * np.pi


@dataclass(frozen=True)
class Function:
    """A function as text, as a gradient by hand, and as an expression for other libraries (with their cos)."""

    name: str
    text: str
    rate: float
    side: float
    by_hand: Callable[[Any, Any], tuple[Any, Any]]
    expression: Callable[[Any, Any, Any], Any]


def _himmelblau(x: Any, y: Any) -> tuple[Any, Any]:
    a = x * x + y - 11
    b = x + y * y - 7
    return 4 * x * a + 2 * b, 2 * a + 4 * y * b


def _rosenbrock(x: Any, y: Any) -> tuple[Any, Any]:
    u = y - x * x
    return -2 * (1 - x) - 400 * x * u, 200 * u


def _rastrigin(x: Any, y: Any) -> tuple[Any, Any]:
    return 2 * x + 10 * TWO_PI * np.sin(TWO_PI * x), 2 * y + 10 * TWO_PI * np.sin(TWO_PI * y)


FUNCTIONS = (
    Function(
        "Himmelblau",
        "(x^2+y-11)^2 + (x+y^2-7)^2",
        0.005,
        5.0,
        _himmelblau,
        lambda x, y, cos: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
    ),
    Function(
        "Rosenbrock",
        "(1-x)^2 + 100*(y-x^2)^2",
        1e-4,
        2.0,
        _rosenbrock,
        lambda x, y, cos: (1 - x) ** 2 + 100 * (y - x**2) ** 2,
    ),
    Function(
        "Rastrigin",
        "20 + x^2 - 10*cos(2*pi*x) + y^2 - 10*cos(2*pi*y)",
        0.001,
        5.0,
        _rastrigin,
        lambda x, y, cos: 20 + x**2 - 10 * cos(TWO_PI * x) + y**2 - 10 * cos(TWO_PI * y),
    ),
)


def comparisons(skipped: set[str], side: int = 1000) -> list[Comparison]:
    """Every way on every function; ``skipped`` takes in what is not installed."""
    found: list[Comparison] = []
    for function in FUNCTIONS:
        axis = np.linspace(-function.side, function.side, side)
        starts = np.stack([values.ravel() for values in np.meshgrid(axis, axis)], axis=-1)
        tasks = _tasks(function, starts, skipped)
        _check(tasks)
        goals = {
            "JAX, gradient compiled": ("at least as fast", 1.0),
            "NumPy by hand": ("4 times", 4.0),
        }
        found.append(Comparison(f"{function.name}, a start and step", tasks, len(starts) * STEPS, goals))
    return found


def _tasks(function: Function, starts: np.ndarray, skipped: set[str]) -> dict[str, Task]:
    rate = function.rate

    def ours(threads: int | None) -> np.ndarray:
        # From the text: reading and deriving it is part of the work.
        problem = problem_from_formula(function.text)
        return descend_many(problem, GradientDescent(), starts, STEPS, rate=rate, threads=threads).final

    def by_hand() -> np.ndarray:
        x, y = starts[:, 0].copy(), starts[:, 1].copy()
        for _ in range(STEPS):
            down, along = function.by_hand(x, y)
            x, y = x - rate * down, y - rate * along
        return np.stack([x, y], axis=-1)

    return {
        "ours": lambda: ours(None),
        "ours, one thread": lambda: ours(1),
        "NumPy by hand": by_hand,
        **_floor(function, starts),
        **_with_jax(function, starts, skipped),
        **_with_torch(function, starts, skipped),
    }


def _floor(function: Function, starts: np.ndarray) -> dict[str, Task]:
    """The floor of whoever takes sines from NumPy: these alone, in blocks, on all cores."""
    if "cos" not in function.text:
        return {}
    blocks = [np.ascontiguousarray(block) for block in np.array_split(TWO_PI * starts.T.ravel(), 64)]

    def sines(block: np.ndarray) -> None:
        out = np.empty_like(block)
        for _ in range(STEPS):
            np.sin(block, out=out)

    def alone() -> np.ndarray:
        with ThreadPoolExecutor(available()) as pool:
            list(pool.map(sines, blocks))
        return starts

    return {FLOOR: alone}


def _with_jax(function: Function, starts: np.ndarray, skipped: set[str]) -> dict[str, Task]:
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
    try:
        import jax
        import jax.numpy as jnp
    except ImportError:
        skipped.add("jax")
        return {}
    jax.config.update("jax_enable_x64", True)
    rate = function.rate
    gradient = jax.jit(jax.vmap(jax.grad(lambda p: function.expression(p[0], p[1], jnp.cos))))
    step = jax.jit(lambda x, rate: x - rate * gradient(x))
    loop = jax.jit(lambda x, rate: jax.lax.fori_loop(0, STEPS, lambda _, x: x - rate * gradient(x), x))

    def by_gradient() -> np.ndarray:
        x = jnp.asarray(starts)
        for _ in range(STEPS):
            x = x - rate * gradient(x)
        return np.asarray(x)

    def by_step() -> np.ndarray:
        x = jnp.asarray(starts)
        for _ in range(STEPS):
            x = step(x, rate)
        return np.asarray(x)

    return {
        "JAX, gradient compiled": by_gradient,
        "JAX, step compiled": by_step,
        "JAX, all steps compiled": lambda: np.asarray(loop(jnp.asarray(starts), rate)),
    }


def _with_torch(function: Function, starts: np.ndarray, skipped: set[str]) -> dict[str, Task]:
    try:
        import torch
    except ImportError:
        skipped.add("torch")
        return {}

    def eager() -> np.ndarray:
        x, y = (torch.from_numpy(column.copy()) for column in starts.T)
        for _ in range(STEPS):
            x.requires_grad_(True)
            y.requires_grad_(True)
            total = function.expression(x, y, torch.cos).sum()
            down, along = torch.autograd.grad(total, (x, y))
            x, y = x.detach() - function.rate * down, y.detach() - function.rate * along
        return np.stack([x.numpy(), y.numpy()], axis=-1)

    return {"torch, eager": eager}


def _check(tasks: dict[str, Task]) -> None:
    """All ways must come to the same points, or there is nothing to compare."""
    results = {way: np.asarray(task()) for way, task in tasks.items() if way != FLOOR}
    expected = results["ours"]
    for way, found in results.items():
        # A few starts of a million lie where rounding decides which valley they fall into.
        same = np.isclose(found, expected, rtol=1e-6, atol=1e-6).all(axis=1).mean()
        if same < 0.999:
            raise SystemExit(f"{way} and ours agree for {same:.1%} of the starts only: nothing to compare.")

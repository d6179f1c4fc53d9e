"""Write the tables of other people's optimizers that tests/gdcore/test_oracles.py compares with.

    pip install -e ".[oracles]"
    python tools/make_oracles.py

Each table is a JSON file in tests/gdcore/data/oracles: the library and its version, what was run, and the points after
steps 0, 1, 2, 5, 10, 20, 50 and 100 in float64. Gradients are the library's own (autograd), never ours. The same
functions run live in the tests where the libraries are installed.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "tests" / "gdcore" / "data" / "oracles"
STEPS = 100
KEPT = (0, 1, 2, 5, 10, 20, 50, 100)

# name of a case: (our slug, our settings, the class of torch.optim, its arguments)
TORCH: dict[str, tuple[str, dict[str, Any], str, dict[str, Any]]] = {
    "gd": ("gd", {}, "SGD", {}),
    "gd decay": ("gd", {"weight_decay": 0.1}, "SGD", {"weight_decay": 0.1}),
    "momentum": ("momentum", {}, "SGD", {"momentum": 0.9}),
    "momentum dampened": (
        "momentum",
        {"beta": 0.8, "dampening": 0.3, "weight_decay": 0.05},
        "SGD",
        {"momentum": 0.8, "dampening": 0.3, "weight_decay": 0.05},
    ),
    "nesterov": ("nesterov", {}, "SGD", {"momentum": 0.9, "nesterov": True}),
    "nesterov decay": (
        "nesterov",
        {"beta": 0.7, "weight_decay": 0.05},
        "SGD",
        {"momentum": 0.7, "nesterov": True, "weight_decay": 0.05},
    ),
    "adagrad": ("adagrad", {}, "Adagrad", {}),
    "adagrad initial": (
        "adagrad",
        {"initial": 0.1, "eps": 1e-7, "weight_decay": 0.1},
        "Adagrad",
        {"initial_accumulator_value": 0.1, "eps": 1e-7, "weight_decay": 0.1},
    ),
    "adadelta": ("adadelta", {}, "Adadelta", {}),
    "adadelta paper": (
        "adadelta",
        {"decay": 0.95, "eps": 1e-4, "weight_decay": 0.1},
        "Adadelta",
        {"rho": 0.95, "eps": 1e-4, "weight_decay": 0.1},
    ),
    "rmsprop": ("rmsprop", {}, "RMSprop", {}),
    "rmsprop centered": (
        "rmsprop",
        {"centered": True, "decay": 0.95, "eps": 1e-4},
        "RMSprop",
        {"centered": True, "alpha": 0.95, "eps": 1e-4},
    ),
    "rmsprop momentum": (
        "rmsprop",
        {"momentum": 0.8, "decay": 0.95, "eps": 1e-4, "weight_decay": 0.1},
        "RMSprop",
        {"momentum": 0.8, "alpha": 0.95, "eps": 1e-4, "weight_decay": 0.1},
    ),
    "rmsprop centered momentum": (
        "rmsprop",
        {"momentum": 0.5, "centered": True, "eps": 1e-4},
        "RMSprop",
        {"momentum": 0.5, "centered": True, "eps": 1e-4},
    ),
    "adam": ("adam", {}, "Adam", {}),
    "adam others": (
        "adam",
        {"beta1": 0.8, "beta2": 0.95, "eps": 1e-4, "weight_decay": 0.1},
        "Adam",
        {"betas": (0.8, 0.95), "eps": 1e-4, "weight_decay": 0.1},
    ),
    "adamw": ("adamw", {}, "AdamW", {}),
    "adamw much": ("adamw", {"weight_decay": 0.5}, "AdamW", {"weight_decay": 0.5}),
    "adamax": ("adamax", {}, "Adamax", {}),
    "adamax others": (
        "adamax",
        {"beta1": 0.8, "beta2": 0.95, "eps": 1e-3, "weight_decay": 0.1},
        "Adamax",
        {"betas": (0.8, 0.95), "eps": 1e-3, "weight_decay": 0.1},
    ),
    "amsgrad": ("amsgrad", {}, "Adam", {"amsgrad": True}),
    "nadam": ("nadam", {}, "NAdam", {}),
    "nadam others": (
        "nadam",
        {"beta1": 0.8, "momentum_decay": 0.02, "weight_decay": 0.1},
        "NAdam",
        {"betas": (0.8, 0.999), "momentum_decay": 0.02, "weight_decay": 0.1},
    ),
}

# name of a case: (our slug, our settings, the function of optax, its arguments)
OPTAX: dict[str, tuple[str, dict[str, Any], str, dict[str, Any]]] = {
    "optax momentum": ("momentum", {"beta": 0.9}, "sgd", {"momentum": 0.9}),
    "optax nesterov": ("nesterov", {"beta": 0.9}, "sgd", {"momentum": 0.9, "nesterov": True}),
    "optax adagrad": (
        "adagrad",
        {"eps_in_root": True, "initial": 0.1, "eps": 1e-7},
        "adagrad",
        {"initial_accumulator_value": 0.1, "eps": 1e-7},
    ),
    "optax rmsprop": ("rmsprop", {"decay": 0.9, "eps_in_root": True}, "rmsprop", {"decay": 0.9, "eps": 1e-8}),
    "optax rmsprop momentum": (
        "rmsprop",
        {"decay": 0.9, "eps_in_root": True, "initial": 1.0, "momentum": 0.7, "form": "step"},
        "rmsprop",
        {"decay": 0.9, "eps": 1e-8, "initial_scale": 1.0, "momentum": 0.7},
    ),
    "optax adamax": ("adamax", {"eps": 1e-3}, "adamax", {"eps": 1e-3}),
    "optax adam": ("adam", {}, "adam", {}),
    "optax adamw": ("adamw", {"weight_decay": 0.05}, "adamw", {"weight_decay": 0.05}),
    "optax amsgrad": ("amsgrad", {"correction": "before"}, "amsgrad", {}),
    "optax nadam": ("nadam", {"warming": "none"}, "nadam", {}),
    "sign": ("sign", {}, "sign_sgd", {}),
}

# Rules that look at the curvature, written anew on torch's second derivatives, solver and float64.
CURVED: dict[str, tuple[str, dict[str, Any]]] = {
    "newton": ("newton", {}),
    "damped-newton": ("damped-newton", {"damping": 1.0}),
    "damped-newton decrement": ("damped-newton", {"rule": "decrement"}),
    "damped-newton backtracking": (
        "damped-newton",
        {"rule": "backtracking", "shrink": 0.7, "decrease": 0.1},
    ),
    "backtracking": ("backtracking", {}),
    "exact-line": ("exact-line", {}),
    "exact-line curved": ("exact-line", {}),
    "bfgs": ("bfgs", {}),
    "bfgs from I": ("bfgs", {"scaled": False}),
    "cg": ("cg", {}),
}

QUADRATIC = "0.1*x^2 + 2*y^2 + 0.3*x*y"
CURVES = "(1-x)^2 + 10*(y-x^2)^2 + 0.1*(x*y)^2"
START = (-1.2, 1.0)


def rate_of(slug: str) -> float:
    """The rate at which a case is run."""
    return {
        "adadelta": 1.0,
        "adagrad": 0.3,
        "gd": 0.01,
        "momentum": 0.002,
        "nesterov": 0.002,
        "sign": 0.013,
    }.get(slug, 1.0 if slug in {slug for slug, _ in CURVED.values()} else 0.02)


def formula_of(name: str) -> str:
    """What a case minimises: a curved valley, or a quadratic."""
    return QUADRATIC if name in ("exact-line", "cg") else CURVES


def _quadratic(x: Any, y: Any) -> Any:
    return 0.1 * x**2 + 2 * y**2 + 0.3 * x * y


def _curves(x: Any, y: Any) -> Any:
    return (1 - x) ** 2 + 10 * (y - x**2) ** 2 + 0.1 * (x * y) ** 2


def torch_path(name: str) -> list[list[float]]:
    """The points of a case of TORCH, (101, 2)."""
    import torch

    slug, _, kind, arguments = TORCH[name]
    torch.set_default_dtype(torch.float64)
    try:
        x = torch.tensor(START, requires_grad=True)
        optimizer = getattr(torch.optim, kind)([x], lr=rate_of(slug), foreach=False, **arguments)
        path = [x.tolist()]
        for _ in range(STEPS):
            optimizer.zero_grad()
            _curves(x[0], x[1]).backward()
            optimizer.step()
            path.append(x.tolist())
    finally:
        torch.set_default_dtype(torch.float32)
    return path


def optax_path(name: str) -> list[list[float]]:
    """The points of a case of OPTAX, (101, 2)."""
    import jax
    import optax

    jax.config.update("jax_enable_x64", True)
    slug, _, kind, arguments = OPTAX[name]
    optimizer = getattr(optax, kind)(rate_of(slug), **arguments)
    slope = jax.grad(lambda x: _curves(x[0], x[1]))
    x = jax.numpy.array(START)
    state, path = optimizer.init(x), [x.tolist()]
    for _ in range(STEPS):
        updates, state = optimizer.update(slope(x), state, x)
        x = optax.apply_updates(x, updates)
        path.append(x.tolist())
    return path


def curved_path(name: str) -> list[list[float]]:
    """The points of a case of CURVED, (101, 2), until the slope is rounding."""
    import torch

    function = _quadratic if formula_of(name) == QUADRATIC else _curves

    def loss(x: Any) -> Any:
        return function(x[0], x[1])

    def slope(x: Any) -> Any:
        return torch.autograd.functional.jacobian(loss, x)

    x = torch.tensor(START, dtype=torch.float64)
    unit = torch.eye(2, dtype=torch.float64)
    path, before, inverse = [x.tolist()], None, unit
    for _ in range(STEPS):
        g = slope(x)
        h = torch.autograd.functional.hessian(loss, x)
        if name == "newton":
            step = torch.linalg.solve(h, g)
        elif name == "damped-newton":
            shift = 1.0 - min(0.0, float(torch.linalg.eigvalsh(h)[0]))
            step = torch.linalg.solve(h + shift * unit, g)
        elif name == "damped-newton decrement":
            step = torch.linalg.solve(h, g)
            step = step / (1 + math.sqrt(max(0.0, float(g @ step))))
        elif name == "damped-newton backtracking":
            values, vectors = torch.linalg.eigh(h)
            if float(values[0]) <= 0:  # the Hessian turned upwards, in the scale of its diagonal
                size = h.diagonal().abs().sqrt()
                values, vectors = torch.linalg.eigh(h / torch.outer(size, size))
                direction = (vectors @ ((vectors.T @ (g / size)) / values.abs())) / size
            else:
                direction = torch.linalg.solve(h, g)
            length = 1.0
            while not loss(x - length * direction) <= loss(x) - 0.1 * length * (g @ direction):
                length *= 0.7
            step = length * direction
        elif name == "exact-line curved":
            low, high = 0.0, 1e-3
            while float(slope(x - high * g) @ g) > 0:
                high *= 2
            for _ in range(100):
                middle = (low + high) / 2
                low, high = (middle, high) if float(slope(x - middle * g) @ g) > 0 else (low, middle)
            step = (low + high) / 2 * g
        elif name.startswith("bfgs"):
            direction, low, high, length = -inverse @ g, 0.0, math.inf, 1.0
            along = float(g @ direction)
            for _ in range(60):
                there = x + length * direction
                if float(loss(there)) > float(loss(x)) + 1e-4 * length * along:
                    high = length
                elif float(slope(there) @ direction) < 0.9 * along:
                    low = length
                else:
                    break
                length = (low + high) / 2 if high < math.inf else 2 * length
            moved, turned = length * direction, slope(x + length * direction) - g
            bend = float(moved @ turned)
            if name == "bfgs" and len(path) == 1:
                inverse = bend / float(turned @ turned) * unit
            left = unit - torch.outer(moved, turned) / bend
            inverse = left @ inverse @ left.T + torch.outer(moved, moved) / bend
            step = -moved
        elif name == "backtracking":
            length = 1.0
            while not loss(x - length * g) <= loss(x) - 1e-4 * length * (g @ g):
                length /= 2
            step = length * g
        elif name == "exact-line":
            step = (g @ g) / (g @ (h @ g)) * g if float(g @ g) else g
        else:  # conjugate gradient as in the textbook of linear systems, with r = -g
            direction = -g if before is None else -g + (g @ g) / (before[0] @ before[0]) * before[1]
            step = -(g @ g) / (direction @ (h @ direction)) * direction
            before = (g, direction)
        x = x - step
        path.append(x.tolist())
        if float(g.abs().max()) < 1e-9:
            break
    return path


PATHS: dict[str, Callable[[str], list[list[float]]]] = {
    **dict.fromkeys(TORCH, torch_path),
    **dict.fromkeys(OPTAX, optax_path),
    **dict.fromkeys(CURVED, curved_path),
}


def case(name: str) -> tuple[str, dict[str, Any]]:
    """Our slug and settings of a case."""
    for table in (TORCH, OPTAX, CURVED):
        if name in table:
            return table[name][:2]  # type: ignore[return-value]
    raise KeyError(name)


def schedules() -> dict[str, dict[str, Any]]:
    """Factors of PyTorch's schedulers over 30 steps."""
    import torch

    made = {
        "step": ({"kind": "step", "every": 7, "factor": 0.3}, "StepLR", {"step_size": 7, "gamma": 0.3}),
        "milestones": (
            {"kind": "milestones", "at": [3, 4, 20], "factor": 0.3},
            "MultiStepLR",
            {"milestones": [3, 4, 20], "gamma": 0.3},
        ),
        "linear": (
            {"kind": "linear", "steps": 12, "start": 0.25, "end": 0.75},
            "LinearLR",
            {"start_factor": 0.25, "end_factor": 0.75, "total_iters": 12},
        ),
        "polynomial": (
            {"kind": "polynomial", "steps": 17, "power": 0.9},
            "PolynomialLR",
            {"total_iters": 17, "power": 0.9},
        ),
        "exponential": ({"kind": "exponential", "factor": 0.93}, "ExponentialLR", {"gamma": 0.93}),
        "cosine": (
            {"kind": "cosine", "steps": 30, "floor": 0.1},
            "CosineAnnealingLR",
            {"T_max": 30, "eta_min": 0.1},
        ),
        "restarts": (
            {"kind": "cosine", "steps": 8, "floor": 0.1, "restarts": True},
            "CosineAnnealingWarmRestarts",
            {"T_0": 8, "eta_min": 0.1},
        ),
        "warm-up": ({"kind": "warm-up", "steps": 10}, "LinearLR", {"start_factor": 0.1, "total_iters": 9}),
    }
    tables = {}
    for name, (spec, kind, arguments) in made.items():
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
        scheduler = getattr(torch.optim.lr_scheduler, kind)(optimizer, **arguments)
        factors = []
        for _ in range(30):
            factors.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            scheduler.step()
        tables[name] = {"spec": spec, "factors": factors}
    return tables


def table() -> dict[str, list[list[float]]]:
    """x and y (sick or not) of a small made-up table, for the models of scikit-learn."""
    import numpy as np

    random = np.random.default_rng(8)
    age, dose = random.uniform(20, 60, 30).round(1), random.uniform(0, 5, 30).round(2)
    price = (3 * age - 20 * dose + random.normal(size=30)).round(3)
    sick = (random.uniform(size=30) < 1 / (1 + np.exp(-(0.15 * (age - 40) + dose - 2.5)))).astype(int)
    return {"age": age.tolist(), "dose": dose.tolist(), "price": price.tolist(), "sick": sick.tolist()}


def models() -> dict[str, Any]:
    """What scikit-learn fits to the table: lines, ridges, logistic models, and plain stochastic descent."""
    import numpy as np
    from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge, SGDRegressor
    from sklearn.preprocessing import StandardScaler

    data = table()
    x, price, sick = (
        np.column_stack([data["age"], data["dose"]]),
        np.array(data["price"]),
        np.array(data["sick"]),
    )
    z = StandardScaler().fit_transform(x)

    def of(model: Any) -> list[float]:
        return [*np.ravel(model.coef_).tolist(), float(np.ravel(model.intercept_)[0])]

    def logit(strength: float, features: Any) -> list[float]:
        model = LogisticRegression(C=strength, solver="newton-cholesky", tol=1e-14, max_iter=1000)
        return of(model.fit(features, sick))

    def stochastic(epochs: int) -> list[float]:
        model = SGDRegressor(
            penalty=None, learning_rate="constant", eta0=0.01, shuffle=False, max_iter=epochs, tol=None
        )
        return of(model.fit(z, price))

    return {
        "table": data,
        "line": of(LinearRegression().fit(x, price)),
        "ridge 3": of(Ridge(alpha=3.0, solver="svd").fit(x, price)),
        "ridge 3 standardised": of(Ridge(alpha=3.0, solver="svd").fit(z, price)),
        "logistic 2": logit(2.0, x),
        "logistic 0.5 standardised": logit(0.5, z),
        "stochastic 1": stochastic(1),
        "stochastic 5": stochastic(5),
    }


def conjugate() -> dict[str, Any]:
    """The iterates of scipy's conjugate gradient on A x = b, which minimises x·A x/2 - b·x."""
    import numpy as np
    from scipy.sparse.linalg import cg

    random = np.random.default_rng(2)
    root = random.normal(size=(6, 6)).round(2)
    matrix, right = (root @ root.T + np.eye(6)).round(3), random.normal(size=6).round(2)
    path = [np.zeros(6).tolist()]
    cg(matrix, right, rtol=1e-13, maxiter=6, callback=lambda x: path.append(x.tolist()))
    return {"matrix": matrix.tolist(), "right": right.tolist(), "path": path}


def main() -> None:
    """Write all tables."""
    from importlib.metadata import version

    FOLDER.mkdir(parents=True, exist_ok=True)
    versions = {name: version(name) for name in ("torch", "optax", "jax", "scikit-learn", "scipy", "numpy")}
    paths = {}
    for name, path in PATHS.items():
        points = path(name)
        paths[name] = {str(k): points[k] for k in KEPT if k < len(points)}
    for file, content in {
        "optimizers": {"formulas": [CURVES, QUADRATIC], "start": START, "paths": paths},
        "schedules": schedules(),
        "models": models(),
        "conjugate": conjugate(),
    }.items():
        text = json.dumps({"versions": versions, **content}, indent=1)
        (FOLDER / f"{file}.json").write_text(text + "\n", encoding="utf-8")
        print(f"{file}.json: {len(text)} bytes")


if __name__ == "__main__":
    main()

"""The core beside other people's programs: stored tables of theirs always, the programs themselves where installed.

The tables are made by tools/make_oracles.py; `pip install -e ".[oracles]"` brings the programs.
"""

import importlib.util
import json
from collections.abc import Mapping
from decimal import Decimal, localcontext
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from gdcore.optimizers import OPTIMIZERS, GradientDescent, make_optimizer
from gdcore.problems import FormulaProblem, LeastSquares, LogisticRegression, landscape, problem_from_formula
from gdcore.run.descent import descend
from gdcore.schedules import make_schedule

ROOT = Path(__file__).parents[2]
TABLES = Path(__file__).parent / "data" / "oracles"


def stored(name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads((TABLES / f"{name}.json").read_text(encoding="utf-8"))
    return found


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_oracles", ROOT / "tools" / "make_oracles.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = tool()
PATHS = stored("optimizers")["paths"]
MODELS = stored("models")


def our_path(name: str, steps: int) -> Any:
    slug, settings = TOOL.case(name)
    problem = problem_from_formula(TOOL.formula_of(name), parameters=["x", "y"])
    return descend(
        problem, make_optimizer(slug, settings), TOOL.START, steps, rate=TOOL.rate_of(slug)
    ).parameters


# Optimizers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PATHS)
def test_an_optimizer_walks_as_theirs(name: str) -> None:
    """To 1e-10 over 100 steps, or until rounding is all that is left."""
    theirs = PATHS[name]
    ours = our_path(name, max(map(int, theirs)))
    assert len(theirs) >= 3
    for step, point in theirs.items():
        np.testing.assert_allclose(ours[int(step)], point, rtol=1e-10, atol=1e-10, err_msg=f"step {step}")


def test_every_optimizer_has_a_table() -> None:
    assert {TOOL.case(name)[0] for name in PATHS} == set(OPTIMIZERS)
    assert set(PATHS) == set(TOOL.PATHS)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", TOOL.PATHS)
def test_an_optimizer_walks_as_theirs_live(name: str) -> None:
    pytest.importorskip(
        "optax" if name in TOOL.OPTAX else "torch", reason='needs pip install -e ".[oracles]"'
    )
    theirs = TOOL.PATHS[name](name)
    np.testing.assert_allclose(our_path(name, len(theirs) - 1), theirs, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("form", ["FR", "HS", "DY", "PR+"])
def test_conjugate_gradient_walks_as_scipys(form: str) -> None:
    theirs = stored("conjugate")
    matrix, right = np.array(theirs["matrix"]), np.array(theirs["right"])
    names = [f"x{i}" for i in range(6)]
    terms = [f"{matrix[i, j] / 2!r}*{names[i]}*{names[j]}" for i in range(6) for j in range(6)]
    text = (
        " + ".join(terms)
        + " - "
        + " - ".join(f"({b!r})*{name}" for b, name in zip(right.tolist(), names, strict=True))
    )
    problem = problem_from_formula(text.replace("np.float64", ""), parameters=names)
    run = descend(problem, make_optimizer("cg", {"formula": form}), np.zeros(6), 6)
    np.testing.assert_allclose(run.parameters, theirs["path"], rtol=1e-9, atol=1e-9)


def test_bfgs_learns_what_scipy_learns_from_the_same_steps() -> None:
    """The inverse after every step of a run, and scipy's from the run's own moves and changes of the slope."""
    optimize = pytest.importorskip("scipy.optimize")
    problem = landscape("rosenbrock")
    for scaled, scale in ((True, "auto"), (False, 1.0)):
        theirs = optimize.BFGS(init_scale=scale)
        theirs.initialize(2, "inv_hess")
        run = descend(problem, make_optimizer("bfgs", {"scaled": scaled}), [-1.2, 1], 30)
        for k in range(30):
            theirs.update(*(np.diff(rows[k : k + 2], axis=0)[0] for rows in (run.parameters, run.gradient)))
            part = descend(problem, make_optimizer("bfgs", {"scaled": scaled}), [-1.2, 1], k + 1)
            np.testing.assert_allclose(part.state["inverse"], theirs.get_matrix(), rtol=1e-6)


# Schedules ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in stored("schedules") if name != "versions"])
def test_a_schedule_gives_pytorchs_factors(name: str) -> None:
    theirs = stored("schedules")[name]
    schedule = make_schedule(theirs["spec"])
    assert callable(schedule)
    np.testing.assert_allclose([schedule(k) for k in range(30)], theirs["factors"], rtol=1e-12, atol=1e-15)


@pytest.mark.filterwarnings("ignore")
def test_the_tables_of_schedules_are_still_pytorchs() -> None:
    pytest.importorskip("torch", reason='needs pip install -e ".[oracles]"')
    for name, found in TOOL.schedules().items():
        np.testing.assert_allclose(found["factors"], stored("schedules")[name]["factors"], rtol=1e-12)


# Models -------------------------------------------------------------------------------------------------


def columns() -> dict[str, Any]:
    return {name: MODELS["table"][name] for name in ("age", "dose")}


def fitted(name: str) -> Any:
    price, sick = MODELS["table"]["price"], MODELS["table"]["sick"]
    size = len(price)
    made: dict[str, Any] = {
        "line": lambda: LeastSquares(columns(), price),
        # alpha = N · ridge
        "ridge 3": lambda: LeastSquares(columns(), price, ridge=3 / size),
        "ridge 3 standardised": lambda: LeastSquares(columns(), price, ridge=3 / size, standardize=True),
        # 1/C = 2 N · ridge
        "logistic 2": lambda: LogisticRegression(columns(), sick, ridge=1 / (2 * 2 * size)),
        "logistic 0.5 standardised": lambda: LogisticRegression(
            columns(), sick, ridge=1 / (2 * 0.5 * size), standardize=True
        ),
    }
    return made[name]().minima()[0]


@pytest.mark.parametrize(
    "name", ["line", "ridge 3", "ridge 3 standardised", "logistic 2", "logistic 0.5 standardised"]
)
def test_a_model_is_fitted_as_by_scikit_learn(name: str) -> None:
    np.testing.assert_allclose(fitted(name), MODELS[name], rtol=1e-9)


@pytest.mark.parametrize("epochs", [1, 5])
def test_stochastic_descent_walks_as_scikit_learns(epochs: int) -> None:
    """SGDRegressor takes one row after the other, with the gradient of half the squared residual."""
    problem = LeastSquares(columns(), MODELS["table"]["price"], cost="half-mse", standardize=True)
    run = descend(
        problem, GradientDescent(), [0, 0, 0], epochs * problem.size, rate=0.01, batch_size=1, rows="given"
    )
    np.testing.assert_allclose(run.final, MODELS[f"stochastic {epochs}"], rtol=1e-11)


@pytest.mark.filterwarnings("ignore")
def test_the_tables_of_models_are_still_scikit_learns() -> None:
    pytest.importorskip("sklearn", reason='needs pip install -e ".[oracles]"')
    for name, found in TOOL.models().items():
        if name != "table":
            np.testing.assert_allclose(found, MODELS[name], rtol=1e-9)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "name", ["beale", "booth", "camel", "goldstein-price", "himmelblau", "hilly", "mccormick"]
)
def test_scipy_knows_no_deeper_minimum(name: str) -> None:
    optimize = pytest.importorskip("scipy.optimize", reason='needs pip install -e ".[oracles]"')
    problem: FormulaProblem = landscape(name)
    found = optimize.differential_evolution(
        lambda x: float(problem.value(x)), problem.region, seed=1, tol=1e-12
    )
    least = min(float(problem.value(point)) for point in problem.minima())
    assert found.fun == pytest.approx(least, rel=1e-9, abs=1e-9)


# Eighty digits ------------------------------------------------------------------------------------------


def test_ten_thousand_steps_of_rosenbrock_in_eighty_digits() -> None:
    """The rounding of 10,000 steps together stays below 1e-10 of the exact path."""
    run = descend(landscape("rosenbrock"), GradientDescent(), [-1.2, 1], 10_000, rate=0.001)
    exact = []
    with localcontext() as context:
        context.prec = 80
        x, y, rate = Decimal("-1.2"), Decimal(1), Decimal("0.001")
        for _ in range(10_000):
            bend = y - x * x
            x, y = x - rate * (-2 * (1 - x) - 400 * x * bend), y - rate * 200 * bend
            exact.append((float(x), float(y)))
    np.testing.assert_allclose(run.parameters[1:], exact, rtol=1e-10, atol=1e-12)

"""Formulae as problems, named landscapes, and the search for minima."""

import json
import pickle

import numpy as np
import pytest

from gdcore.base.errors import GdError
from gdcore.problems import LANDSCAPES, Landscape, landscape, problem_from_formula
from gdcore.problems.minima import newton_minimum

EVERY = [pytest.param(found, id=name) for name, found in LANDSCAPES.items()]


@pytest.mark.parametrize("found", EVERY)
def test_gradient_of_every_landscape_against_central_differences(found: Landscape) -> None:
    problem = found.problem()
    low, high = np.array(found.domain).T
    points = np.random.default_rng(11).uniform(low, high, size=(200, low.size))
    h = 1e-5
    slopes = problem.gradient(points)
    for place, step in enumerate(h * np.eye(low.size)):
        values = (problem.value(points + step) - problem.value(points - step)) / (2 * h)
        scale = 1 + np.abs(slopes[:, place]) + np.abs(problem.value(points))
        assert (np.abs(values - slopes[:, place]) <= 1e-6 * scale).all()


@pytest.mark.parametrize("found", EVERY)
def test_every_minimum_of_every_landscape_is_one(found: Landscape) -> None:
    problem = found.problem()
    for point, (*given,) in zip(problem.minima(), found.minima, strict=True):
        assert point.tolist() == given
        if found.name == "ackley":  # a sharp point: no slope there, but it rises to all sides
            around = point + 1e-6 * np.random.default_rng(1).normal(size=(100, 2))
            assert (problem.value(around) > problem.value(point)).all()
            assert problem.value(point) == pytest.approx(0, abs=1e-14)
            continue
        assert np.abs(problem.gradient(point)).max() < 1e-12
        assert np.linalg.eigvalsh(problem.hessian(point))[0] > 0
        assert all(low <= x <= high for x, (low, high) in zip(given, found.domain, strict=True))


@pytest.mark.parametrize("found", [p for p in EVERY if len(p.values[0].domain) == 1])  # type: ignore[union-attr]
def test_the_search_finds_the_minima_of_landscapes_on_a_line(found: Landscape) -> None:
    problem = problem_from_formula(found.formula, domain=found.domain)
    np.testing.assert_allclose(
        np.array(problem.minima()).ravel(), sorted(x for (x,) in found.minima), rtol=1e-12, atol=1e-12
    )


PUBLISHED = {
    "himmelblau": 0,
    "rosenbrock": 0,
    "beale": 0,
    "booth": 0,
    "camel": -1.031628453489877,
    "rastrigin": 0,
    "ackley": 0,
    "mccormick": -1.9132229549810367,
    "styblinski-tang": -78.33233140754282,
    "goldstein-price": 3,
    "hilly": -6.551133332835841,
}
"""The least value of each, as the surveys print it (Jamil and Yang, 2013; peaks: MATLAB)."""


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_least_value_is_the_published_one(name: str) -> None:
    problem = landscape(name)
    least = min(float(problem.value(point)) for point in problem.minima())
    assert least == pytest.approx(PUBLISHED[name], rel=1e-12, abs=1e-14)


@pytest.mark.parametrize(
    "found",
    [p for p in EVERY if len(p.values[0].domain) == 2 and p.values[0].name not in ("rastrigin", "ackley")],
)  # type: ignore[union-attr]
def test_no_minimum_is_forgotten(found: Landscape) -> None:
    """Newton's way down from a grid of starts finds those that are listed and no other in the box."""
    problem = found.problem()
    axes = [np.linspace(low, high, 9) for low, high in found.domain]
    listed = np.array(found.minima).reshape(-1, 2)
    reached = set()
    for start in np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, 2):
        point = newton_minimum(problem, start)
        if point is None or not all(a <= x <= b for x, (a, b) in zip(point, found.domain, strict=True)):
            continue
        distances = np.abs(listed - point).max(axis=1)
        assert distances.min() < 1e-6, point
        reached.add(int(distances.argmin()))
    assert len(reached) == len(found.minima)


def test_every_landscape_says_what_it_is() -> None:
    for name, found in LANDSCAPES.items():
        assert name == found.name
        assert found.about
        assert found.source
        problem = landscape(name)
        assert problem.name == name
        assert problem.spec() == {"name": name, "parameters": list(problem.parameters)}
        assert problem.domain is None
        assert problem.region == found.domain


def test_an_unknown_landscape_is_told() -> None:
    with pytest.raises(GdError, match="Did you mean himmelblau"):
        landscape("himelblau")
    with pytest.raises(GdError, match="other parameters than y, x; the parameters of bowl are x, y"):
        landscape("bowl", ["y", "x"])


# Minima -------------------------------------------------------------------------------------------------


def minima(text: str, domain: object = None) -> list[list[float]]:
    return [point.tolist() for point in problem_from_formula(text, domain=domain).minima()]


@pytest.mark.parametrize(
    ("text", "domain", "expected"),
    [
        ("(x-3)^2+2", None, [[3.0]]),
        ("(x-3)^2+2", [0, 2], []),
        ("-x^2", None, []),
        ("2*x+1", None, []),
        ("x^2-y^2", None, []),
        ("(x-1)^2 + 0*y", None, []),
        ("(x+2*y-7)^2 + (2*x+y-5)^2", None, [[1.0, 3.0]]),
        ("0.05*(w-1)^2*(w-5)^2", None, [[1.0], [5.0]]),
        ("0.05*(w-1)^2*(w-5)^2", [2, 9], [[5.0]]),
        ("x^4", None, [[0.0]]),
        ("abs(x-0.3)", None, [[0.3]]),
        ("max(0, abs(x)-1)", [-3, 3], [[0.0]]),
        ("1/x", None, []),
        ("-1/x^2", None, []),
        ("log(abs(x))", None, []),
        ("x*log(x)", [0, None], [[float(np.exp(-1))]]),
        ("sin(x)", [0, 6], [[1.5 * np.pi]]),
        ("(x-250)^4", [200, 300], [[250.0]]),
    ],
)
def test_minima(text: str, domain: object, expected: list[list[float]]) -> None:
    assert minima(text, domain) == [pytest.approx(point, rel=1e-9, abs=1e-9) for point in expected]


def test_given_minima_are_kept() -> None:
    problem = problem_from_formula("x^4 + y^4", minima=[{"y": 0, "x": 0}])
    assert [point.tolist() for point in problem.minima()] == [[0.0, 0.0]]


# Domain, spec -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("domain", "box"),
    [
        ([0, 6], ((0.0, 6.0),)),
        ([[0, 6]], ((0.0, 6.0),)),
        ({"x": [0, None]}, ((0.0, np.inf),)),
        ([None, 6], ((-np.inf, 6.0),)),
    ],
)
def test_a_domain_may_be_given_in_several_ways(domain: object, box: object) -> None:
    assert problem_from_formula("x^2", domain=domain).domain == box


def test_a_domain_by_name_may_leave_parameters_free() -> None:
    problem = problem_from_formula("x*y", domain={"y": [0, 1]})
    assert problem.domain == ((-np.inf, np.inf), (0.0, 1.0))


@pytest.mark.parametrize(
    ("domain", "part"),
    [
        ([1, 1], "low < high"),
        ([3, 1], "low < high"),
        ([1, 2, 3], "one pair"),
        ([[1, 2], [3, 4]], "one pair"),
        ({"z": [0, 1]}, "names 'z'"),
        ([["a", "b"]], "must be a pair"),
        ([0, float("nan")], "low < high"),
    ],
)
def test_a_wrong_domain_is_told(domain: object, part: str) -> None:
    with pytest.raises(GdError, match=part):
        problem_from_formula("x^2", domain=domain)


@pytest.mark.parametrize(
    ("minima", "part"),
    [
        ([[1.0, 2.0]], "has 2 numbers; it must have 1"),
        ([{"z": 1.0}], "names 'z'"),
        ([float("inf")], "finite"),
        ([7.0], "outside the domain"),
    ],
)
def test_a_wrong_minimum_is_told(minima: list[object], part: str) -> None:
    with pytest.raises(GdError, match=part):
        problem_from_formula("x^2", domain=[0, 6], minima=minima)  # type: ignore[arg-type]


def test_spec_is_json_with_the_defaults_filled_in() -> None:
    problem = problem_from_formula("k*x^2 + y", constants={"k": 2.0}, domain={"x": [0, None]})
    assert json.loads(json.dumps(problem.spec(), allow_nan=False)) == {
        "formula": "k*x^2 + y",
        "parameters": ["x", "y"],
        "domain": {"x": [0.0, None], "y": [None, None]},
        "minima": [],
        "constants": {"k": 2.0},
    }


def test_a_problem_can_be_sent_to_another_process() -> None:
    problem = problem_from_formula("(x-3)^2+2", domain=[0, 6])
    problem.minima()
    copy = pickle.loads(pickle.dumps(problem))
    assert copy.spec() == problem.spec()
    assert copy.value([5.0]) == 6.0


def test_notation() -> None:
    problem = problem_from_formula("(x-3)^2+2")
    assert problem.typst() == "(x - 3)^2 + 2"
    assert problem.typst_derivative("x") == "2 (x - 3)"

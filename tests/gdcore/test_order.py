"""The start -1.2,1 must mean x = -1.2, y = 1, whichever of them the formula names first."""

import itertools

import pytest

from gdcore import LANDSCAPES, landscape, parse, problem_from_formula
from gdcore.formula.order import dictionary_order


@pytest.mark.parametrize(
    "order",
    [
        ("x", "y", "z"),
        ("w2", "w10"),
        ("theta_0", "theta_1", "theta_10"),
        ("A", "a", "B", "b"),
        ("X1", "x", "x1"),
        ("w", "b"),
        ("m", "b"),
        ("w1", "w2", "b"),
        ("w_1", "w_2", "b", "x"),
        ("a", "m", "w", "b", "z"),
        ("a", "b", "c"),
        ("c", "w", "b"),
        ("b", "weight"),
    ],
)
def test_the_order_does_not_depend_on_the_formula(order: tuple[str, ...]) -> None:
    assert {dictionary_order(names) for names in itertools.permutations(order)} == {order}


def test_letters_come_first_without_regard_to_case() -> None:
    assert dictionary_order(["x1", "X1", "x", "Y", "a"]) == ("a", "X1", "x", "x1", "Y")


def test_of_a_formula() -> None:
    problem = problem_from_formula("100*(y-x^2)^2 + (1-x)^2")
    assert problem.parameters == ("x", "y")
    assert problem.value([-1.2, 1.0]) == pytest.approx(24.2)
    assert parse("b^2 + w^2").parameters == ("w", "b")


def test_another_order_can_be_asked_for() -> None:
    assert parse("x + y", ["y", "x"]).parameters == ("y", "x")


def test_landscapes_have_the_order_of_their_domain() -> None:
    assert landscape("rosenbrock").parameters == ("x", "y")
    assert landscape("hilly").parameters == ("w", "b")
    for name, found in LANDSCAPES.items():
        problem = landscape(name)
        for minimum in found.minima:
            beside = [x + 0.01 for x in minimum]
            assert problem.value(list(minimum)) < problem.value(beside), name

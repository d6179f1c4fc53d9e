"""The page docs/gdcore.md is true, and every public name says its shapes, its errors and its source."""

import ast
import doctest
import inspect
import re
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import gdcore
from gdcore.optimizers import OPTIMIZERS
from gdcore.schedules import SCHEDULES

PAGE = Path(__file__).parents[2] / "docs" / "gdcore.md"
SHAPE = re.compile(r"\((\.\.\.|B|d|n|m|N|R|p|n, …, n)(,[^)]*)?\)|shape")
ARRAYS = ("ArrayLike", "FloatArray", "IntArray")


def test_every_example_of_the_page_holds() -> None:
    found = doctest.testfile(str(PAGE), module_relative=False)
    assert found.attempted > 50
    assert found.failed == 0


def test_the_page_names_what_there_is() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name in set(re.findall(r"gdcore\.([A-Za-z_]+)", text)) - {"errors"}:
        assert name in gdcore.__all__, name


FUNCTIONS = [
    pytest.param(getattr(gdcore, name), id=name)
    for name in gdcore.__all__
    if inspect.isfunction(getattr(gdcore, name))
]


def test_every_public_name_says_what_it_is() -> None:
    for name in gdcore.__all__:
        thing = getattr(gdcore, name)
        if callable(thing) and not isinstance(thing, type(Callable[..., Any])):
            text = inspect.getdoc(thing) or ""
            assert re.match(r".{15,}", text), name
            assert not text.startswith(name + "("), f"{name} has only the docstring that dataclasses write"


@pytest.mark.parametrize("function", FUNCTIONS)
def test_who_takes_or_gives_arrays_says_their_shape(function: Callable[..., Any]) -> None:
    notes = " ".join(str(note) for note in inspect.get_annotations(function).values())
    if any(array in notes for array in ARRAYS):
        assert SHAPE.search(function.__doc__ or ""), function.__doc__


@pytest.mark.parametrize("function", FUNCTIONS)
def test_who_raises_says_so(function: Callable[..., Any]) -> None:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    raises = [node for node in ast.walk(tree) if isinstance(node, ast.Raise) and node.exc is not None]
    if raises:
        assert "Raises" in (function.__doc__ or ""), function.__doc__


@pytest.mark.parametrize("name", [*OPTIMIZERS, *SCHEDULES])
def test_every_rule_has_its_equation_and_its_source(name: str) -> None:
    made: Any = OPTIMIZERS.get(name, SCHEDULES.get(name))
    text = inspect.getdoc(made) or ""
    if name not in ("constant", "step", "exponential"):
        assert re.search(r"\b(18|19|20)\d\d\b|ed\.", text), text
    assert "←" in text or name in SCHEDULES


def test_every_landscape_has_a_source() -> None:
    for found in gdcore.LANDSCAPES.values():
        assert len(found.source) > 10


def test_every_problem_and_analysis_has_its_formula() -> None:
    for thing in (gdcore.LeastSquares, gdcore.LogisticRegression, gdcore.rate_limit, gdcore.best_rate):
        assert "Σ" in (thing.__doc__ or "") or "λ" in (thing.__doc__ or "")

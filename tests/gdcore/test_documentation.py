"""The page docs/gdcore.md is true, and every public name says its shapes, its errors and its source."""

import ast
import builtins
import doctest
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

import gdcore
from gdcore.optimizers import OPTIMIZERS
from gdcore.schedules import SCHEDULES

PAGE = Path(__file__).parents[2] / "docs" / "gdcore.md"
SHAPE = re.compile(r"\((\.\.\.|B|d|n|m|N|R|p|n\+1|n, …, n)(,[^)]*)?\)|shape")
ARRAYS = ("ArrayLike", "FloatArray", "IntArray")


def test_every_example_of_the_page_holds() -> None:
    found = doctest.testfile(str(PAGE), module_relative=False)
    assert found.attempted > 50
    assert found.failed == 0


def test_the_page_names_what_there_is() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name in set(re.findall(r"gdcore\.([A-Za-z_]+)", text)) - {"base"}:
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


@pytest.mark.parametrize("name", [*OPTIMIZERS, *SCHEDULES])
def test_every_rule_has_its_equation_and_its_source(name: str) -> None:
    made: Any = OPTIMIZERS.get(name, SCHEDULES.get(name))
    text = inspect.getdoc(made) or ""
    if name != "constant":
        # A year, or the edition of a book; the plainest schedules are named after those of PyTorch.
        assert re.search(r"\b(18|19|20)\d\d\b|ed\.|PyTorch's ``(Step|Exponential)LR``", text), text
    assert "←" in text or name in SCHEDULES


def test_every_landscape_has_a_source() -> None:
    for found in gdcore.LANDSCAPES.values():
        named = r"(1[789]|20)\d\d|MATLAB|of the [a-z-]+ (tutorial|blog)|our own"
        assert re.search(named, found.source), found


def test_every_problem_and_analysis_has_its_formula() -> None:
    for thing in (gdcore.LeastSquares, gdcore.LogisticRegression, gdcore.rate_limit, gdcore.best_rate):
        assert "Σ" in (thing.__doc__ or "") or "λ" in (thing.__doc__ or "")


# Every public name ---------------------------------------------------------------------------------------


def own(thing: Any) -> bool:
    return str(getattr(thing, "__module__", "")).startswith("gdcore")


CLASSES: list[type] = [
    getattr(gdcore, name)
    for name in gdcore.__all__
    if inspect.isclass(getattr(gdcore, name)) and own(getattr(gdcore, name))
]


def code_of(member: Any) -> Callable[..., Any] | None:
    """The function behind a method, a property or a function."""
    member = inspect.unwrap(getattr(member, "__func__", member))
    if isinstance(member, property):
        member = member.fget
    if isinstance(member, cached_property):
        member = member.func
    return member if inspect.isfunction(member) and own(member) else None


def members(cls: type) -> Iterator[tuple[str, Callable[..., Any]]]:
    """The public methods and properties of a class, inherited ones of this package as well."""
    for name, member in inspect.getmembers_static(cls):
        code = code_of(member)
        if not name.startswith("_") and code is not None:
            yield name, code


METHODS = [
    pytest.param(cls, name, code, id=f"{cls.__name__}.{name}")
    for cls in CLASSES
    for name, code in members(cls)
]


def text_of(cls: type, name: str) -> str:
    return inspect.getdoc(getattr(cls, name)) or ""


@pytest.mark.parametrize(("cls", "name", "code"), METHODS)
def test_every_public_method_says_what_it_does(cls: type, name: str, code: Callable[..., Any]) -> None:
    assert re.match(r".{8,}", text_of(cls, name))


@pytest.mark.parametrize(("cls", "name", "code"), METHODS)
def test_a_method_says_the_shapes_of_its_arrays(cls: type, name: str, code: Callable[..., Any]) -> None:
    notes = " ".join(str(note) for note in inspect.get_annotations(code).values())
    if any(array in notes for array in ARRAYS):
        assert SHAPE.search(text_of(cls, name)), text_of(cls, name)


@pytest.mark.parametrize("cls", [pytest.param(cls, id=cls.__name__) for cls in CLASSES if is_dataclass(cls)])
def test_a_class_says_the_shapes_of_its_arrays(cls: Any) -> None:
    for field in fields(cls):
        if any(array in str(field.type) for array in ARRAYS):
            place = re.search(rf"\b{field.name}\b", inspect.getdoc(cls) or "")
            assert place, field.name
            assert SHAPE.search((inspect.getdoc(cls) or "")[place.end() :][:160]), field.name


# What is raised ------------------------------------------------------------------------------------------

ERRORS = ("GdError", "FormulaError", "DataError")
CAUGHT = (*ERRORS, "ValueError", "Exception")


def called(code: Callable[..., Any], cls: type | None) -> Iterator[tuple[Any, type | None]]:
    """What a function calls, as far as names tell: functions, constructors, and methods and properties of self.

    What stands in a ``try`` that catches the errors is not counted.
    """
    tree = ast.parse(textwrap.dedent(inspect.getsource(code)))
    names = {**vars(builtins), **inspect.getclosurevars(code).nonlocals, **code.__globals__}
    for node in uncaught(tree):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[], keywords=[]) if inspect.isclass(names.get(name)):
                pass  # made with its defaults, which are right
            case ast.Call(func=ast.Name(id=name)) if name in names:
                yield names[name], None
            case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name) if cls is not None:
                yield inspect.getattr_static(cls, name, None), cls
            case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=name)) if inspect.isclass(
                names.get(owner)
            ):
                yield inspect.getattr_static(names[owner], name, None), names[owner]


def uncaught(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for child in ast.iter_child_nodes(node):
        if isinstance(node, ast.Try) and child in node.body:
            caught = {
                found.id
                for h in node.handlers
                if h.type
                for found in ast.walk(h.type)
                if isinstance(found, ast.Name)
            }
            if caught & set(CAUGHT):
                continue
        yield from uncaught(child)


def raises(thing: Any, cls: type | None, seen: set[Any]) -> bool:
    """Can a call of it raise one of the errors of the package?"""
    if inspect.isclass(thing) and own(thing):
        makers = (inspect.getattr_static(thing, name, None) for name in ("__init__", "__post_init__"))
        return any(raises(maker, thing, seen) for maker in makers)
    code = code_of(thing)
    if code is None or code in seen:
        return False
    seen.add(code)
    if code.__qualname__.startswith("__create_fn__") or code.__code__.co_filename.startswith("<"):
        return False
    tree = ast.parse(textwrap.dedent(inspect.getsource(code)))
    for node in uncaught(tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call | ast.Name):
            name = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            if isinstance(name, ast.Name) and name.id in ERRORS:
                return True
    return any(raises(called_thing, owner, seen) for called_thing, owner in called(code, cls))


def test_the_search_for_what_is_raised_finds_it() -> None:
    """Directly, through a function, through a method of self, through a constructor; and not where it is caught."""
    assert raises(gdcore.make_optimizer, None, set())
    assert raises(gdcore.sweep, None, set())
    assert raises(gdcore.Formula.value, gdcore.Formula, set())
    assert raises(gdcore.Adam, None, set())
    assert raises(gdcore.problem_from_formula, None, set())
    assert not raises(gdcore.typst_number, None, set())
    assert not raises(gdcore.Batch, None, set())
    assert not raises(gdcore.Formula.typst, gdcore.Formula, set())


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_says_what_it_may_raise(function: Callable[..., Any]) -> None:
    if raises(function, None, set()):
        assert "Raises" in (function.__doc__ or ""), function.__doc__


@pytest.mark.parametrize("cls", [pytest.param(cls, id=cls.__name__) for cls in CLASSES])
def test_a_class_says_what_making_one_may_raise(cls: Any) -> None:
    if raises(cls, None, set()):
        assert "Raises" in (inspect.getdoc(cls) or ""), inspect.getdoc(cls)


@pytest.mark.parametrize(("cls", "name", "code"), METHODS)
def test_a_method_says_what_it_may_raise(cls: type, name: str, code: Callable[..., Any]) -> None:
    if raises(code, cls, set()):
        for_all = re.search(
            r"(Every method|All methods)[^.]*raises? GdError", " ".join((inspect.getdoc(cls) or "").split())
        )
        assert for_all or "Raises" in text_of(cls, name), text_of(cls, name)

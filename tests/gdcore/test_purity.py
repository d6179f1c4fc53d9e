"""The core is NumPy and the standard library, and tidy at its door."""

import ast
import doctest
import importlib
import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import gdcore

PACKAGE = Path(gdcore.__file__).parent

# Runs in a fresh interpreter: which top-level modules are there after the import that were not before?
PROBE = """
import json, sys, numpy
before = set(sys.modules)
import gdcore
problem = gdcore.problem_from_formula("(x-3)^2 + exp(-x)")
run = gdcore.descend(problem, gdcore.GradientDescent(), 0, 5, rate=0.1)
gdcore.analyse(run, problem)
print(json.dumps(sorted({name.partition(".")[0] for name in set(sys.modules) - before})))
"""


def test_a_fresh_interpreter_loads_numpy_and_the_standard_library_only() -> None:
    done = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout))
    assert loaded - set(sys.stdlib_module_names) - {"numpy"} == {"gdcore"}


def test_no_file_names_another_package() -> None:
    """Also not inside a function, where the import above would not reach."""
    allowed = set(sys.stdlib_module_names) | {"numpy", "gdcore"}
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, file
                names = [node.module or ""]
            else:
                continue
            assert {name.partition(".")[0] for name in names} <= allowed, (file, names)


def test_everything_public_is_there_and_documented() -> None:
    assert sorted(set(gdcore.__all__)) == sorted(gdcore.__all__)
    for name in gdcore.__all__:
        thing = getattr(gdcore, name)
        if callable(thing):
            assert thing.__doc__, name
        assert not isinstance(thing, type(gdcore)), name


def test_every_module_says_what_it_is() -> None:
    for found in pkgutil.walk_packages([str(PACKAGE)], prefix="gdcore."):
        module = importlib.import_module(found.name)
        assert module.__doc__, found.name


def test_the_examples_in_the_documentation_hold() -> None:
    for found in pkgutil.walk_packages([str(PACKAGE)], prefix="gdcore."):
        assert doctest.testmod(importlib.import_module(found.name)).failed == 0
    assert doctest.testmod(gdcore).attempted > 0
    assert doctest.testmod(gdcore).failed == 0


def test_there_is_one_loop_that_descends() -> None:
    """Whoever calls an optimizer's update is that loop, its twin for many starts, or what hands a user's rule on."""
    callers = {
        file.relative_to(PACKAGE).as_posix()
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update"
    }
    assert callers == {"run/engines/step.py", "run/engines/arrays.py", "optimizers/own.py"}

"""A flat valley is a minimum however its bottom is rounded: never an inflection, a saddle or a hilltop."""

import numpy as np
import pytest

from gdcore.optimizers import GradientDescent
from gdcore.problems import problem_from_formula
from gdcore.rest.verdict import RestKind, find_rest
from gdcore.run.descent import descend

# Only rounding tells one bottom of a valley from the next; the last three let large terms cancel as well.
_VALLEYS = [
    ("(A*x-B*y)^2", 2),
    ("(A*x+B*y-1)^2", 2),
    ("(A*x-B*y)^2+7", 2),
    ("(A*x-B*y+C*z)^2", 3),
    ("(A*x-B*y)^2+(A*y-C*z)^2", 3),
    ("(A*x)^2-2*A*B*x*y+(B*y)^2", 2),
    ("(A*x-B*y)^2*(1+(A*x-B*y)^2/99)", 2),
    ("((A*x)^2-2*A*B*x*y+(B*y)^2)*(1+(x+y)^2/999)", 2),
]


@pytest.mark.parametrize(("text", "d"), _VALLEYS)
@pytest.mark.parametrize("scale", [None, 1e-6, 1e-3, 7.0, 1e4, 1e6])
def test_a_flat_valley_is_a_minimum(text: str, d: int, scale: float | None) -> None:
    random = np.random.default_rng(7)
    names = ["x", "y", "z"][:d]
    for trial in range(40):
        constants = dict(zip("ABC", random.uniform(0.3, 6, 3).round(3).tolist(), strict=True))
        constants = {name: value for name, value in constants.items() if name in text}
        start = random.uniform(-3, 3, d).round(2)
        problem = problem_from_formula(text, parameters=names, constants=constants)
        steepest = np.linalg.eigvalsh(problem.hessian(start))[-1]
        run = descend(problem, GradientDescent(), start, 400, rate=random.uniform(0.3, 1.2) / steepest)
        kind, x, first = run.rest.kind, run.final, run.start
        if scale is not None:
            # The same bottom in another unit of one parameter: other bits, and the same place.
            units = np.ones(d)
            units[trial % d] = scale
            unit = names[trial % d]
            other = text.replace(unit, f"({unit}/S)")
            problem = problem_from_formula(other, parameters=names, constants={**constants, "S": scale})
            x, first = x * units, first * units
            loss, gradient = problem.value_and_gradient(x)
            kind = find_rest(problem, x, float(loss), gradient, first, float(problem.value(first))).kind
        assert kind is RestKind.MINIMUM, (constants, start, scale)

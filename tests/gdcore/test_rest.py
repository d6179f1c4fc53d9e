"""Does a run rest, where, and is it said so by everything that says it? Independent of units."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gdcore.analysis.basins import ELSEWHERE, find_basins
from gdcore.analysis.convergence import sweep
from gdcore.base.arrays import FloatArray
from gdcore.optimizers import GradientDescent, make_optimizer
from gdcore.problems import FormulaProblem, LeastSquares, LogisticRegression, landscape, problem_from_formula
from gdcore.rest.settling import Ends, resting
from gdcore.rest.verdict import RestKind, find_rest, loss_rounding
from gdcore.run.descent import descend
from gdcore.run.many import descend_many
from gdcore.run.trajectory import Trajectory

GD = GradientDescent()


def run(text: str, start: Any, steps: int, rate: float = 0.1, name: str = "gd", **options: Any) -> Trajectory:
    return descend(problem_from_formula(text), make_optimizer(name), start, steps, rate=rate, **options)


def fit(x: Any, y: Any, **options: Any) -> LeastSquares:
    return LeastSquares({"x": x}, y, **options)


# What rests, and where ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "start", "kind"),
    [
        ("(x-3)^2+2", 3, RestKind.MINIMUM),
        ("(x-1e12)^2", 1e12, RestKind.MINIMUM),
        ("1 + cos(x)", np.pi, RestKind.MINIMUM),
        ("x^4", 0, RestKind.MINIMUM),
        ("abs(x)", 0, RestKind.MINIMUM),
        ("x^2 + y^4", [0, 0], RestKind.MINIMUM),
        ("0*x + y^2", [3, 0], RestKind.MINIMUM),
        ("(x+y)^2", [1, -1], RestKind.MINIMUM),
        ("1e200*x^2 + 1e-200*y^2", [0, 0], RestKind.MINIMUM),
        ("sin(x)", np.pi / 2, RestKind.HILLTOP),
        ("-x^2", 0, RestKind.HILLTOP),
        ("-x^4", 0, RestKind.HILLTOP),
        ("x^2-y^2", [0, 0], RestKind.SADDLE),
        ("x*y", [0, 0], RestKind.SADDLE),
        ("1e10*x*y + y^2", [0, 0], RestKind.SADDLE),
        ("x^4-y^4", [0, 0], RestKind.SADDLE),
        ("x^2-y^2+0*z", [0, 0, 1], RestKind.SADDLE),
        ("x^3", 0, RestKind.INFLECTION),
        ("x^2+y^3", [0, 0], RestKind.INFLECTION),
        ("x^3+1000", 0, RestKind.INFLECTION),
        ("0*x + 5", 1, RestKind.PLATEAU),
        ("max(x, 0)", -1, RestKind.PLATEAU),
    ],
)
def test_a_start_at_a_flat_place_rests_there(text: str, start: Any, kind: RestKind) -> None:
    found = run(text, start, 3)
    assert (found.rest.kind, found.rest.at_rest) == (kind, True)
    assert found.outcome == "converged"
    assert found.steps_needed is None
    word = {"minimum": "minimum", "hilltop": "a hilltop, not", "saddle": "a saddle, not"}
    assert word.get(kind.value, kind.value) in found.reason
    assert (" the minimum" in found.reason) <= found.rest.alone


@pytest.mark.parametrize(
    ("text", "start", "rate", "kind", "part"),
    [
        ("x^3", 1, 0.1, RestKind.INFLECTION, "creeps towards an inflection, which is no minimum"),
        ("x^3 + y^2", [1, 1], 0.1, RestKind.INFLECTION, "inflection"),
        ("x^4", 1, 0.1, RestKind.MINIMUM, "a minimum where the curvature vanishes"),
        ("exp(-x)", 0, 0.1, RestKind.NO_BOTTOM, "the loss falls for ever"),
        ("x + 2*y", [1, 1], 0.1, RestKind.NO_BOTTOM, "the loss falls for ever"),
        ("x1^2+3*x2+25", [0, 0], 1, RestKind.NO_BOTTOM, "the loss falls for ever"),
        ("x1^2+3*x2+25", [5, 0], 0.01, RestKind.NO_BOTTOM, "the loss falls for ever"),
        ("-x^2", 1, 0.01, RestKind.NO_BOTTOM, "the loss falls for ever"),
        ("x^2-y^2", [1, 1e-9], 0.1, RestKind.NO_BOTTOM, "the loss falls for ever"),
        ("1/x", 1, 0.1, RestKind.NO_BOTTOM, "the loss falls for ever"),
        ("(x-3)^2", 0, 0.1, RestKind.MINIMUM, "give it about"),
        ("abs(x)", 0.33, 0.1, None, "comes to a point at the minimum, where no fixed rate settles"),
        ("(abs(x)+abs(y))/2+x^2", [1, 2], 0.1, None, "give it more steps or another rate"),
    ],
)
def test_a_run_that_creeps_says_towards_what(
    text: str, start: Any, rate: float, kind: RestKind | None, part: str
) -> None:
    found = run(text, start, 40, rate)
    assert (found.rest.kind, found.rest.at_rest, found.outcome) == (kind, False, "step limit")
    assert part in found.reason
    assert ("steps" in found.reason.partition(":")[2]) == ("give" in part or "shorter" in found.reason)


@pytest.mark.parametrize(
    "text",
    [
        "exp(-x)",
        "log(1+exp(-x))",
        "tanh(x)",
        "1/(1+exp(-x))",
        "1/(1+exp(x))",
        "exp(x)/(1+exp(x))",
        "exp(-x^2)",
    ],
)
@pytest.mark.parametrize("steps", [3, 10, 40, 100, 1000])
def test_a_tail_has_no_bottom_whatever_overflows_on_the_way(text: str, steps: int) -> None:
    found = run(text, 0.1, steps, 1.0)
    assert (found.rest.kind, found.rest.at_rest) == (RestKind.NO_BOTTOM, False)
    assert "the loss falls for ever" in found.reason
    beside = run(f"{text} + (y-1)^2", [0.1, 1], steps, 1.0)
    assert beside.rest.kind is RestKind.NO_BOTTOM


def test_a_loss_without_digits_left_to_fall_by_has_no_bottom_still() -> None:
    found = run("1 + exp(-x)", 40, 5)
    assert (found.rest.kind, found.outcome) == (RestKind.NO_BOTTOM, "step limit")


def test_the_minimum_is_said_only_of_the_global_one() -> None:
    wavy = landscape("wavy")
    assert "a minimum, not the deepest one known" in descend(wavy, GD, 2.6, 300, rate=0.1).reason
    assert "rests at the minimum." in descend(wavy, GD, -0.4, 300, rate=0.1).reason
    alone = run("sin(3*x) + x^2/4", 2.6, 300)
    assert alone.rest.deepest is None
    assert alone.reason.endswith("rests at a minimum.")
    both = landscape("double-well")
    found = descend(both, GD, 0.5, 300, rate=0.1)
    assert found.rest.deepest is True
    assert found.reason.endswith("rests at a minimum.")  # the other is as deep


def test_flat_directions_are_named() -> None:
    (free,) = run("(x+2*y)^2 + z^2", [1, 2, 3], 200, 0.05).rest.flat
    assert free.parameters == ("x", "y")
    assert free.direction == pytest.approx((2 / 5**0.5, -1 / 5**0.5, 0), abs=1e-12)
    (free,) = run("0*x + y^2", [3, 1], 200).rest.flat
    assert (free.parameters, free.direction) == (("x",), (1.0, 0.0))
    assert run("x^2 + y^4", [0, 0], 1).rest.flat == ()  # J rises there, only later


class WithoutHessian(FormulaProblem):
    def hessian(self, x: Any) -> FloatArray:
        raise NotImplementedError("first derivatives only")


def test_without_second_derivatives_the_slope_decides() -> None:
    problem = WithoutHessian(problem_from_formula("1e-6*(x-3)^2").formula)
    for steps, outcome in ((50, "step limit"), (70, "converged")):
        found = descend(problem, GD, 6, steps, rate=1e5)
        assert (found.outcome, found.rest.kind, found.rest.left) == (outcome, None, None)
        assert descend_many(problem, GD, [[6.0]], steps, rate=1e5).outcome(0) == outcome


# Tables -------------------------------------------------------------------------------------------------

_YEAR = np.arange(1960.0, 2021, 5)
_CO2 = 317 + 1.65 * (_YEAR - 1960)
YEARS = fit(_YEAR, _CO2)
_KM = 22000 + 9500.0 * np.arange(24)
_PRICE = [
    *(7957, 7928, 7359, 7486, 7516, 7112, 7374, 6196, 6379, 5871, 5641, 5683),
    *(5646, 5527, 5364, 5855, 5108, 3927, 4448, 3919, 3763, 4293, 3483, 2593),
]
CARS = fit(_KM, _PRICE)


def test_raw_years_are_not_called_converged() -> None:
    found = descend(YEARS, GD, [0, 0], 100_000, rate=2e-7, every=100_000)
    assert found.outcome == "step limit"
    assert found.steps_needed == pytest.approx(3.17e11, rel=0.01)
    assert found.reason.endswith(
        "it would take about 3e11 more steps until it rests; standardize the columns."
    )
    assert YEARS.solution() == pytest.approx([1.65, -2917], rel=1e-9)
    scaled = fit(_YEAR, _CO2, standardize=True)
    done = descend(scaled, GD, [0, 0], 100, rate=0.4)
    assert done.outcome == "converged"
    assert scaled.predict(done.final, [2030]) == pytest.approx(432.5)


def test_raw_kilometres_need_too_many_steps() -> None:
    found = descend(CARS, GD, [0, 0], 1000, rate=4e-11, every=1000)
    assert CARS.solution() == pytest.approx([-0.0220201373, 8574.643], rel=1e-6)
    assert found.steps_needed == pytest.approx(8.3e11, rel=0.01)
    assert "standardize the columns" in found.reason
    assert "give it more" not in found.reason


@pytest.mark.parametrize("spread", [1e3, 1e5, 1e9])
def test_raw_milliseconds_are_not_called_converged(spread: float) -> None:
    problem = fit(1.7e12 + spread * np.arange(5.0), [1.0, 2, 3, 4, 5.5])
    largest = problem.eigenvalues([0, 0])[-1]
    found = descend(problem, GD, [0, 0], 2000, rate=0.9 / largest, every=2000)
    assert found.outcome == "step limit"
    assert found.rest.flat == ()
    assert found.steps_needed is not None
    assert found.steps_needed > 1e15
    # At the solution it rests, whatever the units.
    at = descend(problem, GD, problem.solution(), 0, rate=1.0)
    assert at.outcome == "converged"


def test_what_the_data_leave_undetermined_is_no_obstacle() -> None:
    one = descend(fit([2.0], [5.0]), GD, [0, 0], 200, rate=0.05)
    assert (one.outcome, [free.parameters for free in one.rest.flat]) == ("converged", [("w", "b")])
    assert "the data leave w, b undetermined" in one.reason
    twice = LeastSquares({"a": [1.0, 2, 3], "b": [2.0, 4, 6]}, [1.0, 2, 4])
    found = descend(twice, GD, [0, 0, 0], 5000, rate=0.02, every=5000)
    assert (found.outcome, [free.parameters for free in found.rest.flat]) == ("converged", [("w1", "w2")])


def test_two_kinds_that_a_line_parts_have_no_bottom() -> None:
    parted = LogisticRegression({"x": [1.0, 2, 3, 4]}, [0, 0, 1, 1], "y")
    found = descend(parted, GD, [0, 0], 3000, rate=1.0, every=3000)
    assert (found.rest.kind, found.outcome) == (RestKind.NO_BOTTOM, "step limit")
    mixed = LogisticRegression({"x": [1.0, 2, 3, 4]}, [0, 1, 0, 1], "y")
    done = descend(mixed, GD, [0, 0], 5000, rate=0.5, every=5000)
    assert (done.rest.kind, done.outcome, done.rest.deepest) == (RestKind.MINIMUM, "converged", True)


def test_exact_data_leave_exactly_nothing() -> None:
    line = fit([1.0, 2, 3, 4], [5.0, 7, 9, 11])
    assert line.value(line.solution()) == 0.0
    assert np.abs(line.gradient(line.solution())).max() == 0.0
    proportional = fit([1.0, 2, 3, 4], [3.0, 6, 9, 12])
    assert proportional.solution()[1] == 0.0
    constant = fit([1.0, 2, 3, 4], [0.1, 0.1, 0.1, 0.1])
    assert constant.solution().tolist() == [0.0, 0.1]
    noisy = fit([1.0, 2, 3, 4], [5.0, 7, 9, 11 + 1e-9])
    assert 0 < noisy.value(noisy.solution()) < 1e-18


@pytest.mark.parametrize("seed", range(12))
def test_whole_numbers_are_found_to_the_last_bit_where_they_are_zero(seed: int) -> None:
    random = np.random.default_rng(seed)
    columns = {f"c{i}": random.integers(-9, 10, 10).astype(float) for i in range(3)}
    weights, b = random.integers(-2, 3, 3), float(random.integers(-1, 2))
    problem = LeastSquares(columns, np.stack([*columns.values()], axis=1) @ weights + b)
    best = problem.solution()
    assert best == pytest.approx([*weights, b], abs=1e-12)
    assert (best == 0).tolist() == [*(weights == 0), b == 0]
    assert problem.value(best) == 0.0


def test_loss_rounding_says_what_may_be_shown_as_zero() -> None:
    line = fit([1.0, 2, 3, 4], [5.0, 7, 9, 11])
    near = descend(line, GD, [0, 0], 5000, rate=0.1, every=5000)
    assert near.final_loss <= loss_rounding(line, near.final)
    assert loss_rounding(line, [[2.0, 3.5], [0.0, 0.0]]).shape == (2,)
    # A step that is lost in rounding leaves more than rounding makes of J.
    slow = descend(line, GD, [0, 0], 20000, rate=0.01, every=20000)
    assert loss_rounding(line, slow.final) < slow.final_loss <= loss_rounding(line, slow.final, slow.rate)
    assert loss_rounding(line, [0.0, 1.0], 0.01) == loss_rounding(line, [0.0, 1.0])
    bowl = problem_from_formula("(x-3)^2 + 7")
    assert loss_rounding(bowl, [3.0]) == pytest.approx(7 * 2.2e-16 + (2 * 2.2e-16 * 3) ** 2, rel=0.01)


# One verdict --------------------------------------------------------------------------------------------


def test_less_than_a_millionth_of_the_way_may_be_left() -> None:
    found = run("0.000001*(x-3)^2", 6, 15, 1e5)
    assert found.outcome == "step limit"
    assert found.rest.left == pytest.approx(0.8**15)
    assert found.steps_needed == 47
    assert run("0.000001*(x-3)^2", 6, 61, 1e5).outcome == "step limit"
    assert run("0.000001*(x-3)^2", 6, 62, 1e5).outcome == "converged"


@pytest.mark.parametrize(
    ("problem", "start", "rates"),
    [
        (problem_from_formula("0.000001*(x-3)^2"), [6.0], [1e5, 4e5, 1.2e6]),
        (landscape("himmelblau"), [0.0, 0.0], [0.001, 0.01, 0.1]),
        (landscape("trench"), [-5.0, -2.0], [0.01, 0.3, 0.6]),
        (problem_from_formula("x^4 + y^2"), [1.0, 1.0], [0.1]),
        (problem_from_formula("x^2 - y^2"), [1.0, 0.0], [0.1]),
        (CARS, [0.0, 0.0], [4e-11]),
    ],
)
def test_descend_sweep_and_many_say_the_same(problem: Any, start: list[float], rates: list[float]) -> None:
    found = sweep(problem, GD, start, rates, 500)
    for rate, steps, outcome in zip(rates, found.steps.tolist(), found.outcomes, strict=True):
        full = descend(problem, GD, start, 500, rate=rate)
        if steps < 0:
            assert outcome != "converged"
            assert outcome == full.outcome
            continue
        assert descend(problem, GD, start, steps, rate=rate).outcome == "converged"
        assert steps == 0 or descend(problem, GD, start, steps - 1, rate=rate).outcome != "converged"
        for count in (steps, max(0, steps - 1), 500):
            batch = descend_many(problem, GD, [start], count, rate=rate)
            assert batch.outcome(0) == descend(problem, GD, start, count, rate=rate).outcome


def test_a_start_that_rests_on_no_minimum_is_at_none() -> None:
    # 3 is the hilltop between two minima that are near for so wide a region.
    well = problem_from_formula("0.05*(w-2.9)^2*(w-3.1)^2")
    found = find_basins(well, GD, rate=0.1, grid=3, steps=2000, region=[-20, 26])
    assert found.labels[1] == ELSEWHERE
    quartic = find_basins(problem_from_formula("x^4"), GD, rate=0.01, grid=3, steps=10, region=[-1, 1])
    assert quartic.minima.tolist() == [[0.0]]
    assert quartic.labels.tolist() == [ELSEWHERE, 0, ELSEWHERE]


@pytest.mark.parametrize("spread", [1e6, 1e-6])
def test_newton_sees_no_direction_as_flat_for_its_units(spread: float) -> None:
    text = f"{spread**2!r}*x^2 + {spread**-2!r}*y^2"
    found = run(text, [1, 1], 3, 1.0, "newton")
    assert found.final.tolist() == [0, 0]
    assert (found.outcome, found.rest.kind) == ("converged", RestKind.MINIMUM)
    (minimum,) = problem_from_formula(text).minima()
    assert minimum.tolist() == [0, 0]
    damped = run(text, [1, 1], 60, 1.0, "damped-newton", every=60)
    assert damped.final_loss <= 1e-12


# Units --------------------------------------------------------------------------------------------------

_SCALES = st.sampled_from([1e-9, 1e-3, 0.5, 3.0, 1e4, 1e8])
_FUNCTIONS = [
    ("(U*x-1)^2 + 3*(V*y+2)^2", [3.0, 1.0]),
    ("(U*x-1)^2 + 3*(V*y+2)^2 + (U*x)*(V*y)", [3.0, 1.0]),
    ("(U*x)^4 + (V*y)^2", [1.0, 1.0]),
    ("(U*x)^2 - (V*y)^2", [1.0, 0.0]),
    ("(U*x)^3 + (V*y)^2", [1.0, 1.0]),
    ("(U*x + V*y)^2", [1.0, 0.5]),
    ("exp(-U*x) + (V*y)^2", [0.0, 1.0]),
    ("(1-U*x)^2 + 5*(V*y-(U*x)^2)^2", [-1.2, 1.0]),
    ("sin(U*x) + (V*y)^2/3", [1.0, 1.0]),
    ("(U*x)^2 + 3*V*y", [1.0, 0.0]),
]


def scaled(text: str, s: float, u: float, v: float) -> FormulaProblem:
    """s·f(x/u, y/v): the function in other units of J, x and y."""
    constants = {"S": s, "U": 1 / u, "V": 1 / v}
    return problem_from_formula(f"S*({text})", parameters=["x", "y"], constants=constants)


@settings(max_examples=60)
@given(st.sampled_from(_FUNCTIONS), _SCALES, _SCALES, st.sampled_from([5, 60, 400]))
def test_units_of_j_and_of_all_parameters_change_no_verdict(
    function: tuple[str, list[float]], s: float, u: float, steps: int
) -> None:
    text, start = function
    one = descend(scaled(text, 1, 1, 1), GD, start, steps, rate=0.03)
    other = descend(scaled(text, s, u, u), GD, np.array(start) * u, steps, rate=0.03 * u * u / s)
    assert (other.outcome, other.rest.kind, other.rest.at_rest) == (
        one.outcome,
        one.rest.kind,
        one.rest.at_rest,
    )
    assert [reason.key for reason in other.reasons] == [reason.key for reason in one.reasons]
    if one.steps_needed is not None:
        assert other.steps_needed == pytest.approx(one.steps_needed, abs=1, rel=1e-6)


@settings(max_examples=60)
@given(st.sampled_from(_FUNCTIONS), _SCALES, _SCALES, st.sampled_from([5, 60, 400]))
def test_the_verdict_on_a_path_does_not_depend_on_the_unit_of_one_parameter(
    function: tuple[str, list[float]], u: float, v: float, steps: int
) -> None:
    text, start = function
    path = descend(scaled(text, 1, 1, 1), GD, start, steps, rate=0.03)
    units = np.array([u, v])
    problem = scaled(text, 1, u, v)
    x = path.parameters * units
    loss, gradient = problem.value_and_gradient(x)
    n = len(path)
    ends = Ends(x, loss, gradient, np.broadcast_to(x[0], x.shape), np.full(n, loss[0]))
    plain = scaled(text, 1, 1, 1)
    before = Ends(
        path.parameters,
        path.loss,
        path.gradient,
        np.broadcast_to(path.start, x.shape),
        np.full(n, path.loss[0]),
    )
    rests, kinds = resting(plain, before)
    also, their_kinds = resting(problem, ends)
    # The last bits of the path may decide where the share of the way left is a millionth to the digit.
    assert (rests != also).sum() <= 1
    assert kinds[rests & also].tolist() == their_kinds[rests & also].tolist()
    last = find_rest(problem, x[-1], float(loss[-1]), gradient[-1], x[0], float(loss[0]))
    assume(rests[-1] == also[-1])
    assert last.kind == path.rest.kind


@settings(max_examples=40)
@given(st.integers(1, 5), st.integers(0, 2**32 - 1), st.floats(0.05, 0.95))
def test_the_steps_still_needed_are_those_it_takes(d: int, seed: int, part: float) -> None:
    random = np.random.default_rng(seed)
    features = {f"c{i}": random.normal(size=20) * 10.0 ** random.integers(-1, 2) for i in range(d)}
    problem = LeastSquares(features, random.normal(size=20), standardize=True)
    rate = part * 2 / problem.eigenvalues(np.zeros(d + 1))[-1]
    start = random.normal(size=d + 1)
    found = descend(problem, GD, start, 4, rate=rate)
    assume(found.steps_needed is not None and found.steps_needed < 1e4)
    assert found.steps_needed is not None
    needed = int(found.steps_needed)
    assert descend(problem, GD, start, 4 + needed + 1, rate=rate, every=10**6).outcome == "converged"
    if needed > 2:
        assert descend(problem, GD, start, 4 + needed - 2, rate=rate, every=10**6).outcome == "step limit"


def test_a_run_keeps_its_facts_in_every_format(tmp_path: Path) -> None:
    from gdcore.storage import load, save

    for number, found in enumerate(
        [
            run("x^2", 10, 50, 0.2, stop={"step": 1e-6}),
            run("log(x)", 1, 40),
            run("(x-3)^2", 3.5, 5, 1.9),
            run("(x+y)^2", [1, 2], 100),
            run("x^4", 5, 20, 1.0),
            run("v^4-5*v^2-3*v", 0, 50, 0.2),
            descend(problem_from_formula("(x-3)^2", domain=[0, None]), GD, 6, 9, rate=1.1),
            descend(YEARS, GD, [0, 0], 5, rate=2e-7),
        ]
    ):
        for suffix in ("npz", "csv", "json"):
            file = tmp_path / f"{number}.{suffix}"
            save(found, file)
            again = load(file)
            assert again == found
            assert again.reason == found.reason
            assert again.exit == found.exit

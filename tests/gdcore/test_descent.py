"""The loop: outcomes, stop rules, what is kept, what is refused."""

import math
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from gdcore.base.arrays import FloatArray
from gdcore.base.errors import GdError
from gdcore.optimizers import GradientDescent, State, make_optimizer
from gdcore.problems import FormulaProblem, LeastSquares, Problem, landscape, problem_from_formula
from gdcore.run.descent import continue_run, descend
from gdcore.run.outcome import Outcome
from gdcore.run.stopping import StopRules
from gdcore.run.trajectory import Trajectory

GD = GradientDescent()


def run(text: str, start: object, steps: int, rate: float = 0.1, **options: Any) -> Trajectory:
    domain = options.pop("domain", None)
    problem = problem_from_formula(text, domain=domain)
    return descend(problem, GD, start, steps, rate=rate, **options)  # type: ignore[arg-type]


# Rows ---------------------------------------------------------------------------------------------------


def test_rows_belong_together() -> None:
    problem = landscape("hilly")
    trajectory = descend(problem, GD, [-0.2, 1.3], 30, rate=0.02)
    assert trajectory.step.tolist() == list(range(31))
    assert trajectory.parameters.shape == trajectory.gradient.shape == (31, 2)
    values, slopes = problem.value_and_gradient(trajectory.parameters)
    assert trajectory.loss.tolist() == values.tolist()
    assert trajectory.gradient.tolist() == slopes.tolist()
    moved = trajectory.parameters[:-1] - 0.02 * trajectory.gradient[:-1]
    assert trajectory.parameters[1:].tolist() == moved.tolist()
    assert (trajectory.steps, len(trajectory)) == (30, 31)
    assert trajectory.start.tolist() == [-0.2, 1.3]


def test_arrays_are_read_only() -> None:
    trajectory = run("x^2", 1, 3)
    for array in (trajectory.step, trajectory.parameters, trajectory.loss, trajectory.gradient):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    with pytest.raises(AttributeError):
        trajectory.rate = 1.0  # type: ignore[misc]


@pytest.mark.parametrize("start", [5, 5.0, [5], (5.0,), {"x": 5}, np.array([5])])
def test_a_start_may_be_given_in_several_ways(start: object) -> None:
    assert run("x^2", start, 0).start.tolist() == [5.0]


def test_the_start_given_is_not_kept_hold_of() -> None:
    start = np.array([5.0])
    trajectory = run("x^2", start, 1)
    start[0] = 7
    assert trajectory.start.tolist() == [5.0]


@pytest.mark.parametrize("every", [1, 2, 3, 7, 10, 100])
def test_thinning_keeps_the_first_and_the_last_row(every: int) -> None:
    full = run("x^2 + y^4", [1, 2], 30, rate=0.01)
    thinned = run("x^2 + y^4", [1, 2], 30, rate=0.01, every=every)
    steps = sorted({*range(0, 31, every), 30})
    assert thinned.step.tolist() == steps
    assert thinned.parameters.tolist() == full.parameters[steps].tolist()
    assert thinned.gradient.tolist() == full.gradient[steps].tolist()
    assert (thinned.outcome, thinned.reason, thinned.events) == (full.outcome, full.reason, full.events)


def test_a_thinned_run_that_breaks_keeps_its_last_finite_row() -> None:
    full = run("x^4", 5, 20, rate=1)
    thinned = run("x^4", 5, 20, rate=1, every=100)
    assert full.nonfinite_step == thinned.nonfinite_step == len(full)
    assert thinned.step.tolist() == [0, full.steps]
    assert thinned.final.tolist() == full.final.tolist()


# Outcomes -----------------------------------------------------------------------------------------------


def test_every_outcome_has_its_word() -> None:
    assert {str(outcome) for outcome in Outcome} == {"diverged", "converged", "stopped early", "step limit"}


@pytest.mark.parametrize(
    ("text", "start", "steps", "rate", "outcome"),
    [
        ("(x-3)^2+2", 0, 5, 0.1, "step limit"),
        ("(x-3)^2+2", 0, 200, 0.1, "converged"),
        ("(x-3)^2+2", 3, 5, 0.1, "converged"),
        ("(x-3)^2+2", 6, 10, 1.0, "step limit"),
        ("(x-3)^2+2", 0, 2, 1.1, "step limit"),  # too short to say
        ("(x-3)^2+2", 0, 3, 1.1, "diverged"),
        ("(x-3)^2+2", 0, 9, 1.1, "diverged"),
        ("(x-3)^2+2", 0, 50, 1.1, "diverged"),
        ("(x-3)^2+2", 0, 0, 0.1, "step limit"),
        ("(x-3)^2+2", 3, 0, 0.1, "converged"),
        ("x^4", 5, 20, 1.0, "diverged"),
        ("log(x)", 1, 40, 0.1, "diverged"),
        ("0*x + 5", 1, 3, 0.1, "converged"),
    ],
)
def test_outcome(text: str, start: float, steps: int, rate: float, outcome: str) -> None:
    assert run(text, start, steps, rate).outcome == outcome


def test_a_run_does_all_its_steps_from_a_minimum() -> None:
    trajectory = run("0.05*(w-1)^2*(w-5)^2", 5, 2)
    assert trajectory.parameters[:, 0].tolist() == [5, 5, 5]


def test_the_rule_of_1e_6_looks_at_the_slope_at_the_start() -> None:
    # |slope| is 2|x|: from 1000 the run has converged below 2e-3, from 0.1 below 1e-6.
    far = run("x^2", 1000, 1, rate=0.5 - 4e-7)
    assert 0 < abs(far.gradient[-1, 0]) <= 2e-3
    assert far.outcome == "converged"
    near = run("x^2", 0.1, 1, rate=0.5 - 4e-5)
    assert 1e-6 < abs(near.gradient[-1, 0]) < 2e-3
    assert near.outcome == "step limit"


class Fixed:
    """An optimizer that walks through given points, to say which losses come."""

    name = "fixed"
    default_rate = None

    def __init__(self, *points: float) -> None:
        self.points = points

    def init(self, x: FloatArray) -> State:
        return {}

    def update(
        self, problem: Problem, x: FloatArray, gradient: FloatArray, state: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        return np.array([self.points[k]]), state

    def settings(self) -> dict[str, Any]:
        return {}


def losses(*values: float) -> Outcome:
    """The outcome of a run with these losses."""
    first, *rest = values
    return descend(problem_from_formula("x"), Fixed(*rest), first, len(rest), rate=1).outcome


def test_diverged_needs_ten_rises_at_the_end_and_a_loss_above_the_first() -> None:
    assert losses(1, 0, *range(2, 12)) == "diverged"  # 10 rises
    assert losses(1, 3, 2, *range(3, 12)) == "step limit"  # 9 rises
    assert losses(20, 0, *range(1, 12)) == "step limit"  # not above the first
    assert losses(1, 2, 3, 4) == "diverged"  # all steps of a short run
    assert losses(1, 2, 2, 3) == "step limit"  # not all
    assert losses(1, 2, 3) == "step limit"  # too short
    assert losses(1, 2, 3, 4, 5, 6, 7, 8, 9, 10) == "diverged"
    assert losses(1, 0.5, 3, 4, 5, 6, 7, 8, 9, 10) == "step limit"


def test_the_first_step_that_is_not_finite_is_named() -> None:
    trajectory = run("log(x)", 1, 40)
    assert trajectory.nonfinite_step == 6
    assert trajectory.steps == 5
    assert len(trajectory) == 6
    assert np.isfinite(trajectory.loss).all()
    assert trajectory.reason.startswith(
        "The run left the domain at step 6: log(x) has no value at x = -0.00156978;"
    )


def test_an_infinite_step_is_named() -> None:
    trajectory = run("(x-3)^2+2", 0, 5, rate=1e308)
    assert trajectory.nonfinite_step == 1
    assert trajectory.outcome == "diverged"
    assert trajectory.step.tolist() == [0]


def test_a_slope_that_is_not_finite_ends_the_run_too() -> None:
    # From 1 to 0 exactly: there sqrt is 0 and its slope infinite.
    trajectory = run("sqrt(x)", 1, 5, rate=2)
    assert trajectory.nonfinite_step == 1


@pytest.mark.parametrize(
    ("text", "start", "rate", "part"),
    [
        ("log(x) + x", 1, 1, "log(x) has no value at x = -1;"),
        ("log(x)", 1, 1, "log(x) has no value at x = 0;"),
        ("1 + sqrt(x - 1)", 2, 4, "sqrt(x - 1) has no value at x = 0;"),
        ("x^1.5", 1, 1, "x^1.5 has no value at x = -0.5;"),
        ("-1/x", 1, 1, "1/x has no value at x = 0;"),
        ("y^2 + x^x", [1, 1], 1.5, "x^x has no value at x = -0.5, y = -2;"),
        ("sin(log(x)) + x", 1, 1, "log(x) has no value at x = -1;"),
        # J is there still, its slope is not.
        ("sqrt(x)", 1, 2, "1/(2*sqrt(x)) has no value at x = 0;"),
        ("y^2 + x^x", [1, 1], 2, "log(x) has no value at x = -1, y = -3;"),
    ],
)
def test_leaving_the_domain_of_a_function_is_told_as_such(
    text: str, start: object, rate: float, part: str
) -> None:
    trajectory = run(text, start, 40, rate=rate)
    assert trajectory.outcome == "diverged"
    assert trajectory.nonfinite_step == 1
    assert trajectory.reason.startswith(f"The run left the domain at step 1: {part}")
    assert trajectory.exit is not None
    assert trajectory.exit.part is not None
    assert part.startswith(trajectory.exit.part + " has no value")
    # Where J falls to the very edge a smaller rate would leave as well, only later.
    no_rate_helps = text in ("log(x) + x", "log(x)", "1 + sqrt(x - 1)", "-1/x", "sqrt(x)")
    advice = "so no rate helps." if no_rate_helps else "choose a smaller one."
    assert trajectory.reason.endswith(advice)


def test_patience_may_ask_for_more_than_any_improvement() -> None:
    """As the min_delta of Keras's EarlyStopping: below the best loss by more than this, or it is no improvement."""
    # J = 0.64^k falls for ever, but by less and less.
    loss = 0.64 ** np.arange(40)
    best, since, expected = math.inf, 0, -1
    for k in range(40):
        best, since = (float(loss[k]), 0) if loss[k] < best - 0.01 else (best, since + 1)
        if since >= 4:
            expected = k
            break
    for steps in (40, 39, 15):  # with floats, and with arrays
        trajectory = run("x^2", 1, steps, rate=0.1, stop={"patience": 4, "improvement": 0.01})
        assert trajectory.steps == expected
    assert trajectory.outcome == "stopped early"
    assert "steps old but for improvements of at most 0.01" in trajectory.reason
    assert run("x^2", 1, 40, rate=0.1, stop={"patience": 4}).steps == 40
    assert run("x^2", 1, 40, rate=0.1, stop={"patience": 4, "improvement": 0}).steps == 40


def test_patience_with_an_improvement_goes_on_after_a_break() -> None:
    rules = {"patience": 4, "improvement": 0.01}
    problem = problem_from_formula("x^2")
    whole = descend(problem, GradientDescent(), 1, 40, rate=0.1, stop=rules)
    first = descend(problem, GradientDescent(), 1, 6, rate=0.1, stop=rules)
    assert continue_run(first, problem, 34) == whole


@pytest.mark.parametrize(
    ("rules", "part"),
    [
        (
            {"improvement": 0.1},
            "the stop rule improvement belongs to patience. Give both, such as patience=10",
        ),
        ({"patience": 3, "improvement": -1}, "improvement is -1; it must be 0 or more"),
        ({"patience": 3, "improvement": math.inf}, "improvement is inf; it must be a finite number"),
    ],
)
def test_an_improvement_that_cannot_be(rules: dict[str, float], part: str) -> None:
    with pytest.raises(GdError, match=re.escape(part)):
        run("x^2", 1, 3, rate=0.1, stop=rules)


def test_what_overflows_has_not_left_the_domain() -> None:
    assert "left the domain" not in run("sqrt(1 + x^4) + log(1 + x^2)", 1, 900, rate=9).reason
    trajectory = run("exp(x^2) - exp(x^4)", 3, 5, rate=1e9)
    assert trajectory.outcome == "diverged"
    assert "left the domain" not in trajectory.reason


def test_leaving_the_domain_is_divergence() -> None:
    trajectory = run("(x-3)^2", 6, 5, rate=1.1, domain=[0, 7])
    assert trajectory.outcome == "diverged"
    assert trajectory.nonfinite_step == 1
    assert "left the domain at step 1: x = -0.6 is not in [0, 7];" in trajectory.reason
    assert "widen the domain" in trajectory.reason


def test_a_loss_that_falls_without_end() -> None:
    trajectory = run("x^2-y^2", [1, 1], 20000, rate=0.1)
    assert trajectory.outcome == "diverged"
    assert "no minimum this way" in trajectory.reason


@pytest.mark.parametrize(
    ("text", "start", "steps", "rate", "part"),
    [
        ("(x-3)^2+2", 0, 50, 1.1, "the rate 1.1 is above the limit 1; choose a smaller one"),
        ("x^4", 5, 20, 1.0, "above the limit 0.00666667 where it starts"),
        (
            "(x-3)^2+2",
            0,
            5,
            0.1,
            "All 5 steps are done and the slope is still 1.96608 with 0.32768 of the way left",
        ),
        ("(x-3)^2+2", 0, 5, 0.1, "give it about 57 more steps until it rests, or a rate"),
        ("x^2 + 3*y^2 + 7", [2, 1], 1, 0.1, "with 0.434286 of the loss above the minimum left"),
        ("(x-3)^2+2", 0, 5, 0.1, "a rate nearer to 0.5, the best fixed one"),
        ("x^2 + 3*y^2", [1, 1], 2, 0.25, "the rate is near the best fixed one"),
        ("(x-3)^2+2", 6, 10, 1.0, "the rate 1 is the limit itself"),
        ("(x-3)^2+2", 0, 5, 5e-324, "choose a rate far above 4.94066e-324"),
        ("x^4+x", 5, 2, 1e-5, "give it more steps or another rate"),
        ("(x-3)^2+2", 0, 0, 0.1, "No step was asked for"),
        ("(x-3)^2+2", 3, 5, 0.1, "After 5 steps the slope is 0 and the point rests at the minimum."),
        ("-x^2", 0, 1, 0.1, "After 1 step the slope is 0"),
        ("-x^2", 0, 5, 0.1, "on a hilltop, not at a minimum"),
        ("x^2-y^2", [1, 0], 100, 0.1, "on a saddle, not at a minimum"),
        ("-x^2-y^2", [0, 0], 1, 0.1, "on a hilltop"),
    ],
)
def test_the_reason_has_numbers_and_advice(
    text: str, start: object, steps: int, rate: float, part: str
) -> None:
    reason = run(text, start, steps, rate).reason
    assert part in reason
    assert reason.endswith(".")
    assert "\n" not in reason
    assert not re.search(r"\.\s+[A-Z]", reason)  # one sentence


# Stop rules ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stop", "outcome", "part"),
    [
        ({"gradient": 0.1}, "converged", "at most 0.1"),
        ({"step": 0.01}, "stopped early", "the last step was"),
        ({"loss": 1e-3}, "stopped early", "the loss changed by"),
        ({"target": 2.5}, "stopped early", "has reached the target 2.5"),
        ({"patience": 5}, "step limit", ""),
        (StopRules(gradient=0.1), "converged", "at most 0.1"),
        ([StopRules(step=0.01), {"target": 2.5}], "stopped early", "target"),
    ],
)
def test_stop_rules(stop: Any, outcome: str, part: str) -> None:
    full = run("(x-3)^2+2", 0, 60)
    trajectory = run("(x-3)^2+2", 0, 60, stop=stop)
    assert trajectory.outcome == (outcome if outcome != "step limit" else full.outcome)
    assert part in trajectory.reason
    if part:
        assert trajectory.steps < 60
    assert trajectory.parameters.tolist() == full.parameters[: len(trajectory)].tolist()


def test_three_meanings_of_converged_stop_at_three_steps() -> None:
    ends = [run("(x-3)^2+2", 0, 100, stop={rule: 1e-3}).steps for rule in ("step", "loss", "gradient")]
    assert len(set(ends)) == 3


def test_patience_counts_steps_without_a_new_best() -> None:
    problem = problem_from_formula("x")
    trajectory = descend(problem, Fixed(4, 3, 3, 5, 4, 2), 5, 6, rate=1, stop={"patience": 3})
    assert trajectory.steps == 5
    assert trajectory.outcome == "stopped early"
    assert "the best loss, 3, is 3 steps old" in trajectory.reason


def test_a_rule_that_holds_at_the_start_stops_there() -> None:
    trajectory = run("(x-3)^2+2", 3, 10, stop={"gradient": 1e-6})
    assert trajectory.steps == 0
    assert trajectory.outcome == "converged"


def test_with_a_gradient_rule_only_that_rule_says_converged() -> None:
    # 1e-6 would hold, the rule given is stricter.
    trajectory = run("(x-3)^2+2", 0, 80, stop={"gradient": 1e-300})
    assert 0 < abs(trajectory.gradient[-1, 0]) < 1e-6
    assert trajectory.outcome == "step limit"


@pytest.mark.parametrize(
    ("stop", "part"),
    [
        ({"gradeint": 1}, "Did you mean gradient"),
        ({"gradient": -1}, "0 or more"),
        ({"gradient": math.nan}, "finite"),
        ({"step": "1"}, "must be a number"),
        ({"loss": True}, "must be a number"),
        ({"target": -(10**400)}, "finite number"),
        ({"patience": 0}, "1 or more"),
        ({"patience": 2.5}, "whole number"),
        ([{"step": 1}, {"step": 2}], "given twice"),
    ],
)
def test_wrong_stop_rules_are_told(stop: Any, part: str) -> None:
    with pytest.raises(GdError, match=part):
        run("x^2", 1, 1, stop=stop)


# Schedule, order ----------------------------------------------------------------------------------------


class Halving:
    def __call__(self, k: int) -> float:
        return 0.5**k

    def spec(self) -> dict[str, Any]:
        return {"kind": "halving"}


def test_a_schedule_multiplies_the_rate() -> None:
    trajectory = run("x", 0, 4, rate=1, schedule=Halving())
    assert np.diff(trajectory.parameters[:, 0]).tolist() == [-1, -0.5, -0.25, -0.125]
    assert trajectory.specs["schedule"] == {"kind": "halving"}


def test_a_schedule_must_give_finite_factors() -> None:
    class Wrong(Halving):
        def __call__(self, k: int) -> float:
            return math.nan

    with pytest.raises(GdError, match="the schedule gives the factor nan for update 0"):
        run("x", 0, 4, rate=1, schedule=Wrong())


def test_sequential_uses_the_new_values() -> None:
    problem = problem_from_formula("(x - y)^2 + y")
    trajectory = descend(problem, GradientDescent("sequential"), [1, 0], 1, rate=0.1)
    # x: 1 - 0.1·2 = 0.8; y with the new x: 0 - 0.1·(-2·0.8 + 1)
    assert trajectory.final == pytest.approx([0.8, 0.06], rel=1e-15)
    assert trajectory.specs["optimizer"] == {"name": "gd", "order": "sequential"}


def test_optimizers_by_name() -> None:
    assert make_optimizer("gd") == GD
    assert make_optimizer("gd", {"order": "sequential"}) == GradientDescent("sequential")
    with pytest.raises(GdError, match=r"there is no optimizer 'adham'; there are gd, .* Did you mean adam"):
        make_optimizer("adham")
    with pytest.raises(GdError, match=r"no setting 'ordre'; it has order, .* Did you mean order"):
        make_optimizer("gd", {"ordre": "sequential"})
    with pytest.raises(GdError, match="Did you mean sequential"):
        make_optimizer("gd", {"order": "sequentially"})


# Refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rate", [0, 0.0, -0.1, math.nan, math.inf, 10**400, "0.1", True, None])
def test_rates_that_cannot_be(rate: Any) -> None:
    with pytest.raises(GdError, match="rate"):
        run("x^2", 1, 1, rate=rate)


@pytest.mark.parametrize("rate", [1e308, 5e-324, 1, np.float64(0.1), np.int64(1)])
def test_rates_that_can_be(rate: float) -> None:
    assert run("x^2", 1, 3, rate=rate).steps <= 3


@pytest.mark.parametrize(
    ("steps", "part"),
    [
        (-1, "steps is -1; it must be 0 or more"),
        (2.0, "whole number"),
        ("3", "whole number"),
        (True, "whole"),
    ],
)
def test_steps_that_cannot_be(steps: Any, part: str) -> None:
    with pytest.raises(GdError, match=part):
        run("x^2", 1, steps)


@pytest.mark.parametrize("every", [0, -1, 1.5])
def test_every_must_be_a_whole_number(every: Any) -> None:
    with pytest.raises(GdError, match=r"every is .*; it must be"):
        run("x^2", 1, 1, every=every)


def test_a_result_that_does_not_fit_is_refused_before_it_is_allocated() -> None:
    with pytest.raises(GdError, match=r"29\.8 GiB; at most 1 GiB .* every=30") as caught:
        run("x^2", 1, 10**9)
    advised = re.search(r"every=(\d+)", str(caught.value))
    assert advised is not None
    # What is advised is accepted; a target ends the run at once.
    trajectory = run("x^2", 1, 10**9, every=int(advised[1]), stop={"target": 100.0})
    assert trajectory.steps == 0
    with pytest.raises(GdError, match="GiB"):
        run("x^2", 1, 10**12)
    with pytest.raises(GdError, match="at most 1000000000000000"):
        run("x^2", 1, 10**5000)


@pytest.mark.parametrize(
    ("start", "part"),
    [
        ([1.0], r"start has 1 number; it must have 2, one for each of x, y"),
        ([[1.0, 2.0]], r"has the shape \(1, 2\)"),
        (1.0, "has 1 number"),
        ([1.0, math.nan], "finite"),
        (["a", "b"], "must be numbers"),
        ({"x": 1.0}, "no entry for y"),
        ({"x": 1.0, "z": 1.0}, "names 'z'"),
        ([[1.0], [1.0, 2.0]], "must be numbers"),
        ([10**400, 1], "must be numbers"),
        (None, "has 1 number"),
    ],
)
def test_starts_that_cannot_be(start: Any, part: str) -> None:
    with pytest.raises(GdError, match=part):
        run("x*y", start, 1)


def test_a_start_without_a_value_is_refused() -> None:
    with pytest.raises(GdError, match=r"at the start x = -1 the loss is nan .* Choose another start"):
        run("log(x)", -1, 1)
    with pytest.raises(GdError, match="outside the domain"):
        run("x^2", 7, 1, domain=[0, 6])


# Continuing ---------------------------------------------------------------------------------------------

RUNS: list[Mapping[str, Any]] = [
    {"text": "(x-3)^2+2", "start": 0, "rate": 0.1},
    {"text": "(x-3)^2+2", "start": 0, "rate": 1.1},
    {"text": "(1-x)^2+100*(y-x^2)^2", "start": [-1.2, 1], "rate": 0.001},
    {"text": "0.1*x^2 + 2*y^2", "start": [-5, -2], "rate": 0.45},
    {"text": "sin(3*x) + x^2/4", "start": 3, "rate": 0.2, "stop": {"patience": 7}},
    {"text": "x^4 + y^2", "start": [1, 1], "rate": 0.1, "stop": {"gradient": 0.05}},
]


@given(st.sampled_from(RUNS), st.integers(0, 40), st.integers(0, 40), st.sampled_from([1, 2, 7]))
def test_continuing_equals_one_run(options: Mapping[str, Any], first: int, more: int, every: int) -> None:
    problem = problem_from_formula(options["text"])

    def steps(n: int) -> Trajectory:
        return descend(
            problem,
            GD,
            options["start"],
            n,
            rate=options["rate"],
            stop=options.get("stop", ()),
            every=every,
        )

    assert continue_run(steps(first), problem, more) == steps(first + more)


def test_continuing_with_other_rules() -> None:
    problem = problem_from_formula("(x-3)^2+2")
    early = descend(problem, GD, 0, 100, rate=0.1, stop={"target": 3})
    assert early.outcome == "stopped early"
    # The rule holds still: no step more, of all that were asked for.
    assert continue_run(early, problem, 5) == descend(problem, GD, 0, 105, rate=0.1, stop={"target": 3})
    assert (early.planned, continue_run(early, problem, 5).planned) == (100, 105)
    later = continue_run(early, problem, 5, stop=())
    assert later.steps == early.steps + 5


def test_what_cannot_be_continued() -> None:
    problem = problem_from_formula("log(x)")
    with pytest.raises(GdError, match="its step 6 is not finite"):
        continue_run(descend(problem, GD, 1, 40, rate=0.1), problem, 1)
    with pytest.raises(GdError, match="belongs to another problem"):
        continue_run(run("x^2", 1, 1), problem, 1)
    with pytest.raises(GdError, match="has the schedule"):
        continue_run(run("x^2", 1, 1, schedule=Halving()), problem_from_formula("x^2"), 1)


def test_continuing_with_a_schedule() -> None:
    problem = problem_from_formula("x^2 + x")
    whole = run("x^2 + x", 1, 9, schedule=Halving())
    part = run("x^2 + x", 1, 4, schedule=Halving())
    assert continue_run(part, problem, 5, schedule=Halving()) == whole


# Invariants ---------------------------------------------------------------------------------------------

COEFFICIENTS = st.floats(0.05, 20)
PLACES = st.floats(-50, 50)


@st.composite
def quadratics(draw: st.DrawFn) -> tuple[FormulaProblem, np.ndarray, np.ndarray]:
    """a (x-p)^2/2 + c (y-q)^2/2 + e x y with a positive definite matrix; its Hessian and minimum."""
    a, c = draw(COEFFICIENTS), draw(COEFFICIENTS)
    e = draw(st.floats(-0.9, 0.9)) * math.sqrt(a * c)
    p, q = draw(PLACES), draw(PLACES)
    constants = {"A": a, "C": c, "E": e, "P": p, "Q": q}
    text = "A*(x-P)^2/2 + C*(y-Q)^2/2 + E*(x-P)*(y-Q)"
    problem = problem_from_formula(text, parameters=["x", "y"], constants=constants)
    return problem, np.array([[a, e], [e, c]]), np.array([p, q])


@given(quadratics(), st.floats(0.01, 0.999), st.tuples(PLACES, PLACES))
def test_the_loss_never_rises_below_the_limit(
    quadratic: tuple[FormulaProblem, np.ndarray, np.ndarray], part: float, start: tuple[float, float]
) -> None:
    """The descent lemma: J(x_k+1) <= J(x_k) - rate (1 - rate L/2) |∇J|² for rate < 2/L."""
    problem, matrix, _ = quadratic
    largest = np.linalg.eigvalsh(matrix)[-1]
    rate = part * 2 / largest
    trajectory = descend(problem, GD, start, 30, rate=rate)
    squares = (trajectory.gradient[:-1] ** 2).sum(1)
    bound = trajectory.loss[:-1] - rate * (1 - rate * largest / 2) * squares
    assert (trajectory.loss[1:] <= bound + 1e-9 * (1 + trajectory.loss[0])).all()
    assert trajectory.outcome != "diverged"


@given(quadratics(), st.floats(0.01, 1.2), st.tuples(PLACES, PLACES))
def test_the_closed_form_on_quadratics(
    quadratic: tuple[FormulaProblem, np.ndarray, np.ndarray], part: float, start: tuple[float, float]
) -> None:
    """x_k - x* = (I - rate·H)^k (x_0 - x*)."""
    problem, matrix, best = quadratic
    rate = part * 2 / np.linalg.eigvalsh(matrix)[-1]
    trajectory = descend(problem, GD, start, 20, rate=rate)
    shrink = np.eye(2) - rate * matrix
    for k in (1, 2, 5, 20):
        expected = best + np.linalg.matrix_power(shrink, k) @ (np.array(start) - best)
        np.testing.assert_allclose(trajectory.parameters[k], expected, rtol=1e-8, atol=1e-8 * 1.5**k)


@given(st.sampled_from(RUNS), st.integers(0, 30), st.integers(0, 30))
def test_a_shorter_run_is_the_beginning_of_a_longer_one(
    options: Mapping[str, Any], n: int, more: int
) -> None:
    problem = problem_from_formula(options["text"])
    short = descend(problem, GD, options["start"], n, rate=options["rate"])
    long = descend(problem, GD, options["start"], n + more, rate=options["rate"])
    assert long.parameters[: n + 1].tobytes() == short.parameters.tobytes()
    assert long.gradient[: n + 1].tobytes() == short.gradient.tobytes()


@given(PLACES, PLACES, st.floats(0.01, 0.4))
def test_moving_the_function_moves_the_path(start: float, shift: float, rate: float) -> None:
    here = problem_from_formula("(x-1)^4/100 + x^2", constants={})
    there = problem_from_formula("((x-S)-1)^4/100 + (x-S)^2", parameters=["x"], constants={"S": shift})
    assume(abs(start) < 5)
    a = descend(here, GD, start, 10, rate=rate)
    b = descend(there, GD, start + shift, 10, rate=rate)
    assume(a.nonfinite_step is None)
    np.testing.assert_allclose(b.parameters[:, 0] - shift, a.parameters[:, 0], rtol=1e-6, atol=1e-6)


@given(st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5)), min_size=3, max_size=10), st.floats(0.1, 0.9))
@example([(0.0, 0.0), (0.0, 0.0), (2.225073858507e-311, 0.0)], 0.5)
@example([(0.0, 0.0), (2.225073858507e-311, 0.0), (2.225073858507e-311, 0.0)], 0.5)
def test_regression_below_the_limit_never_diverges(table: list[tuple[float, float]], part: float) -> None:
    x, y = np.array(table).T
    problem = LeastSquares({"x": x}, y)
    rate = part * 2 / problem.eigenvalues([0, 0])[-1]
    trajectory = descend(problem, GD, [0, 0], 50, rate=rate)
    assert trajectory.outcome != "diverged"
    assert trajectory.final_loss <= trajectory.loss[0]


def test_runs_repeat_bit_for_bit() -> None:
    assert run("exp(x) + sin(y)*x^2", [0.3, 1.1], 50) == run("exp(x) + sin(y)*x^2", [0.3, 1.1], 50)
    assert run("x^2", 1, 3) != run("x^2", 1, 4)
    assert run("x^2", 1, 3) != run("x^2", 1.5, 3)
    assert run("x^2", 1, 3) != "a string"


def test_one_step_is_spoken_of_as_one() -> None:
    assert run("x^2", 1, 1).reason.startswith("The one step is done and the slope is still 1.6 with 0.8 of")
    assert run("x^2", 1, 2).reason.startswith("All 2 steps are done")

"""Many runs at once have the bits of single ones, however they are cut up and shared out."""

import pickle
import threading
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gdcore.run.engines.blocks as blocks
from gdcore.base.arrays import FloatArray
from gdcore.base.errors import GdError
from gdcore.optimizers import OPTIMIZERS, GradientDescent, Optimizer, make_optimizer
from gdcore.problems import LANDSCAPES, LeastSquares, Problem, landscape, problem_from_formula
from gdcore.problems.tapes import tape_of
from gdcore.run.descent import descend
from gdcore.run.engines.blocks import BlockJob
from gdcore.run.engines.endings import Endings
from gdcore.run.many import Batch, descend_many
from gdcore.run.outcome import Outcome

GD = GradientDescent()


def starts(d: int, count: int = 40, size: float = 2.0) -> FloatArray:
    return np.random.default_rng(d).uniform(-size, size, (count, d))


def assert_equals_singles(
    problem: Problem, optimizer: Optimizer, start: FloatArray, steps: int, rate: float, **options: Any
) -> Batch:
    """Every run of the batch against the run alone."""
    record = range(0, steps + 1, 3)
    batch = descend_many(problem, optimizer, start, steps, rate=rate, record=record, **options)
    for i, point in enumerate(start):
        try:
            run = descend(problem, optimizer, point, steps, rate=rate)
        except GdError:
            # Alone, a start without a finite loss is refused.
            assert batch.nonfinite_step[i] == 0
            assert batch.final[i].tobytes() == point.tobytes()
            assert batch.outcome(i) is Outcome.DIVERGED
            continue
        assert batch.final[i].tobytes() == run.final.tobytes()
        assert batch.loss[i] == run.final_loss
        assert batch.outcome(i) == run.outcome
        assert batch.nonfinite_step[i] == (-1 if run.nonfinite_step is None else run.nonfinite_step)
        for row, step in enumerate(record):
            if step < len(run):
                assert batch.recorded[row, i].tobytes() == run.parameters[step].tobytes()
            else:
                assert np.isnan(batch.recorded[row, i]).all()
    return batch


@pytest.mark.parametrize("name", sorted(LANDSCAPES))
@pytest.mark.parametrize("rate", [0.001, 0.08])
def test_landscapes(name: str, rate: float) -> None:
    problem = landscape(name)
    assert_equals_singles(problem, GD, starts(len(problem.parameters), 10), 22, rate)


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "0*x + 5",
        "x + y",
        "x^2/2 + y^2/2",
        "(x+y)^2",
        "log(x) + y^2",
        "sqrt(x^2 + y^2)",
        "x^1.5 + y^x",
        "2^x + x^-3 + y",
        "abs(x) + max(x, y) + min(x*y, 1) + sign(x)",
        "tan(x) + atan(y) + tanh(x*y) + sinh(x) + cosh(y)",
        "exp(x^2) - exp(-y)",
        "1/(x*y)",
        "x^7 - y^65",
        "x^4*y - 3*(x - y)^3",
        "-(3*x)^2 - 2*(y - 1)",
        "sin(3*x) + cos(x*y)",
    ],
)
@pytest.mark.parametrize("rate", [0.01, 0.9])
def test_formulae(text: str, rate: float) -> None:
    problem = problem_from_formula(text + " + 0*y", parameters=["x", "y"])
    assert_equals_singles(problem, GD, starts(2, 16), 13, rate)


def test_all_outcomes_occur_in_one_batch() -> None:
    batch = assert_equals_singles(landscape("himmelblau"), GD, starts(2, 150, 9.0), 60, 0.02)
    assert {str(outcome) for outcome, count in batch.counts.items() if count} == {
        "diverged",
        "converged",
        "step limit",
    }
    assert batch.ended("diverged").sum() == batch.counts[Outcome.DIVERGED]


def test_a_loss_that_rises_to_the_end_has_diverged() -> None:
    problem = problem_from_formula("(x-3)^2+2")
    start = np.array([[0.0], [3.0], [2.5]])
    for steps in (0, 2, 3, 9, 30):
        assert_equals_singles(problem, GD, start, steps, 1.1)


def test_slopes_whose_squares_overflow() -> None:
    problem = problem_from_formula("1e200*x^2 + y^2")
    start = np.array([[1.0, 0.0], [3.0, 0.0], [0.0, 1.0]])
    batch = assert_equals_singles(problem, GD, start, 5, 0.5e-200)
    assert_equals_singles(problem, GD, start, 1, 0.5e-200 * (1 - 1e-10))
    assert batch.counts[Outcome.CONVERGED] == 2
    slow = assert_equals_singles(problem, GD, start, 5, 0.25e-200)
    assert slow.counts[Outcome.CONVERGED] == 0
    # Only at the start do they.
    assert_equals_singles(problem, GD, np.array([[1e-45, 0.0], [1e-46, 0.0]]), 1, 0.495e-200)


def test_starts_whose_sum_overflows() -> None:
    assert_equals_singles(problem_from_formula("atan(x) + y"), GD, np.array([[1.5e308, 1.5e308]] * 3), 4, 0.1)


def test_a_domain_that_is_left() -> None:
    problem = problem_from_formula("(x-3)^2 + y^2", domain=[(0, 7), (None, 4)])
    batch = assert_equals_singles(problem, GD, starts(2, 30, 5.0), 12, 1.03)
    assert (batch.nonfinite_step == 0).any()
    assert (batch.nonfinite_step > 0).any()


def test_the_closed_statistics_of_regressions() -> None:
    rng = np.random.default_rng(5)
    x = rng.normal(size=(30, 3)) + [0, 5, 1e8]
    y = x @ [1, 2, 3] + rng.normal(size=30)
    one = LeastSquares({"x": x[:, 1]}, y)
    assert_equals_singles(one, GD, starts(2), 25, 0.02)
    assert_equals_singles(one, GD, starts(2), 40, 0.05)
    several = LeastSquares({"a": x[:, 0], "b": x[:, 1], "c": x[:, 2]}, y, cost="half-mse", standardize=True)
    assert_equals_singles(several, GD, starts(4), 25, 0.3)
    far = LeastSquares({"c": x[:, 2]}, y, intercept=False)
    assert_equals_singles(far, GD, starts(1), 25, 1e-17)


@pytest.mark.parametrize("name", sorted(OPTIMIZERS))
def test_every_optimizer(name: str) -> None:
    optimizer = make_optimizer(name)
    assert_equals_singles(landscape("himmelblau"), optimizer, starts(2, 8), 12, 0.02)


def test_the_sequential_order() -> None:
    assert_equals_singles(landscape("hilly"), GradientDescent("sequential"), starts(2, 12), 15, 0.02)


@pytest.mark.parametrize("text", ["(x^2+y-11)^2 + (x+y^2-7)^2", "log(x) + x*y", "x^0.5 + sin(y)"])
def test_blocks_and_threads_change_nothing(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = problem_from_formula(text)
    start = starts(2, 101, 7.0)

    def bits(threads: int) -> list[bytes]:
        batch = descend_many(problem, GD, start, 40, rate=0.03, record=[0, 7, 40], threads=threads)
        return [
            getattr(batch, name).tobytes()
            for name in ("final", "loss", "codes", "nonfinite_step", "recorded")
        ]

    whole = bits(1)
    for longest in (1, 2, 3, 17, 100):
        monkeypatch.setattr(blocks, "_LONGEST", longest)
        for threads in (1, 2, 5):
            assert bits(threads) == whole
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("descend")]


@settings(max_examples=20)
@given(
    st.floats(1e-3, 3),
    st.integers(0, 25),
    st.sampled_from(["x^4 - y^2 + x*y", "(1-x)^2+100*(y-x^2)^2", "x^2 + y^2 - 10*cos(2*pi*x)", "exp(x*y)"]),
)
def test_any_rate(rate: float, steps: int, text: str) -> None:
    """Also the rates at which bounds on the growth fail and values must be looked at."""
    assert_equals_singles(problem_from_formula(text), GD, starts(2, 8, 3.0), steps, rate)


def test_all_endings_in_one_block_that_uses_memory_of_another() -> None:
    """Runs that break on the way, runs that rise to the end and runs that arrive, in blocks of all lengths."""
    problem = problem_from_formula("25*x^2 + y^4/4")
    start = np.column_stack([np.where(np.arange(61) % 2, 0.1, 0.0), np.linspace(-9, 9, 61)])
    batch = assert_equals_singles(problem, GD, start, 40, 0.05)
    again = assert_equals_singles(problem, GD, start[::-1], 40, 0.05, threads=1)
    assert batch.final.tobytes() == np.ascontiguousarray(again.final[::-1]).tobytes()
    assert (batch.nonfinite_step >= 0).any()
    assert ((batch.nonfinite_step < 0) & batch.ended("diverged")).any()
    assert (~batch.ended("diverged")).any()


def test_where_nothing_broke_the_steps_are_an_array_like_any_other() -> None:
    batch = descend_many(landscape("bowl"), GD, starts(2), 5, rate=0.1)
    assert pickle.loads(pickle.dumps(batch.nonfinite_step)).tolist() == [-1] * 40
    assert batch.nonfinite_step.tobytes() == np.full(40, -1).tobytes()
    assert not batch.nonfinite_step.flags.writeable


@pytest.mark.parametrize("text", ["x^2 + y^2", "tanh(x) + log(y^2 + 1)", "1/(x^2 + y^2)"])
def test_a_block_that_is_cancelled_stops_at_once(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = problem_from_formula(text)
    tape = tape_of(problem)
    assert tape is not None
    done: list[int] = []
    step = blocks._Lanes.step
    monkeypatch.setattr(blocks._Lanes, "step", lambda lanes: (done.append(0), step(lanes)))
    job = BlockJob.of(problem, tape, 0.01, 10**6, [], lambda: len(done) >= 5)
    job.run(starts(2), Endings.empty(40, 2, 0))
    assert len(done) == 5


def test_memory_that_another_thread_takes_first_is_not_missed() -> None:
    class Taken(list[Any]):
        """There was one when it was looked at, and none when it was to be taken."""

        def __len__(self) -> int:
            return 1

    problem = landscape("bowl")
    tape = tape_of(problem)
    assert tape is not None
    job = replace(BlockJob.of(problem, tape, 0.1, 5, [], lambda: False), spare=Taken())
    endings = Endings.empty(40, 2, 0)
    job.run(starts(2), endings)
    assert endings.final.tobytes() == descend_many(problem, GD, starts(2), 5, rate=0.1).final.tobytes()


def test_a_failing_worker_is_heard_and_leaves_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(blocks, "_LONGEST", 8)
    monkeypatch.setattr(Endings, "finish", fail)
    with pytest.raises(RuntimeError, match="no"):
        descend_many(landscape("bowl"), GD, starts(2, 100), 5, rate=0.1, threads=3)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("descend")]


def test_memory_follows_what_is_asked_for() -> None:
    batch = descend_many(landscape("bowl"), GD, starts(2), 5, rate=0.1)
    assert batch.recorded.shape == (0, 40, 2)
    assert len(batch) == 40
    for name in ("final", "loss", "codes", "nonfinite_step", "recorded"):
        assert not getattr(batch, name).flags.writeable
    with pytest.raises(GdError, match="GiB; at most 1 GiB"):
        descend_many(landscape("bowl"), GD, np.zeros((10**6, 2)), 10**6, rate=0.1, record=range(10**5))


def test_no_starts() -> None:
    batch = descend_many(landscape("bowl"), GD, np.empty((0, 2)), 5, rate=0.1, record=[1])
    assert batch.final.shape == (0, 2)
    assert batch.recorded.shape == (1, 0, 2)


@pytest.mark.parametrize(
    ("start", "options", "part"),
    [
        ([1.0, 2.0], {}, r"has shape \(2,\); it must have shape \(B, 2\)"),
        ([[1.0]], {}, r"has shape \(1, 1\)"),
        ([["a", "b"]], {}, "must be numbers"),
        ([[0.0, 1.0], [np.nan, 1.0]], {}, r"row 1 of start is \[nan, 1.0\]"),
        ([[0.0, 1.0]], {"rate": 0}, "rate is 0; it must be"),
        ([[0.0, 1.0]], {"rate": None}, "needs a rate"),
        ([[0.0, 1.0]], {"record": [2, 1]}, "1 comes after 2; they must rise"),
        ([[0.0, 1.0]], {"record": [0, 6]}, "the step 6 cannot be recorded; there are 5"),
        ([[0.0, 1.0]], {"record": [0.5]}, "whole number"),
        ([[0.0, 1.0]], {"threads": 0}, "threads is 0; it must be 1 or more"),
    ],
)
def test_what_cannot_be_run(start: Any, options: dict[str, Any], part: str) -> None:
    with pytest.raises(GdError, match=part):
        descend_many(landscape("bowl"), GD, start, 5, **{"rate": 0.1, **options})

"""Mini-batches: which rows an update sees, and the runs that come of it."""

import functools
import operator
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gdcore.base.errors import GdError
from gdcore.optimizers import GradientDescent, make_optimizer
from gdcore.problems import LeastSquares, Sampled, landscape, read_columns
from gdcore.run.descent import continue_run, descend
from gdcore.run.sampling import Sampler, Sampling
from gdcore.schedules import BarzilaiBorwein, make_schedule
from gdcore.storage import load, save

DATA = Path(__file__).parent / "data"
GD = GradientDescent()


def houses(**options: Any) -> LeastSquares:
    columns = read_columns(DATA / "houses.csv")
    return LeastSquares({"bedrooms": columns["bedrooms"]}, columns["price"], **options)


def rows_of(sampling: Sampling, updates: int) -> list[list[int]]:
    sampler = Sampler(houses(), sampling)
    return [sampler.rows(k).tolist() for k in range(updates)]


def test_without_shuffling_rows_come_as_they_stand() -> None:
    assert houses().size == 7
    assert rows_of(Sampling(3, rows="given"), 5) == [[0, 1, 2], [3, 4, 5], [6], [0, 1, 2], [3, 4, 5]]


def test_every_epoch_sees_every_row_once_in_an_order_of_its_own() -> None:
    batches = rows_of(Sampling(2, seed=4), 12)
    epochs = [functools.reduce(operator.iadd, batches[i : i + 4], []) for i in (0, 4, 8)]
    assert all(sorted(epoch) == list(range(7)) for epoch in epochs)
    assert len({tuple(epoch) for epoch in epochs}) == 3


def test_the_seed_says_the_order() -> None:
    assert rows_of(Sampling(2, seed=4), 9) == rows_of(Sampling(2, seed=4), 9)
    assert rows_of(Sampling(2, seed=4), 9) != rows_of(Sampling(2, seed=5), 9)


def test_the_order_is_the_same_everywhere_and_for_ever() -> None:
    assert Sampling(1, seed=42).order(0, 7).tolist() == ORDER_42
    shuffled = [Sampling(1, seed=1).order(epoch, 5).tolist() for epoch in range(4000)]
    # Each row is as likely in each place: 800 times, give or take five standard deviations.
    counts = np.array(
        [[sum(order[place] == row for order in shuffled) for row in range(5)] for place in range(5)]
    )
    assert np.abs(counts - 800).max() < 5 * np.sqrt(4000 * 0.2 * 0.8)


def test_drawn_rows_come_back_and_every_batch_is_whole() -> None:
    batches = rows_of(Sampling(3, "drawn", seed=42), 6)
    assert [len(batch) for batch in batches] == [3] * 6
    assert [*batches[0], *batches[1], *batches[2]] == drawn(42, 0, 9, 7)
    assert [*batches[3], *batches[4], *batches[5]] == drawn(42, 1, 9, 7)
    assert rows_of(Sampling(1, "drawn", seed=42), 7) == [[row] for row in DRAWN_42]
    assert len(set(DRAWN_42)) < 7
    counts = np.bincount(np.concatenate([Sampling(1, "drawn", 1).order(k, 5) for k in range(4000)]))
    # Each row is as likely, 4000 times of 20,000, give or take five standard deviations; and apart from the others:
    assert np.abs(counts - 4000).max() < 5 * np.sqrt(20_000 * 0.2 * 0.8)
    missed = np.mean([len(set(Sampling(1, "drawn", 2).order(k, 50).tolist())) for k in range(400)])
    assert missed == pytest.approx(50 * (1 - (1 - 1 / 50) ** 50), rel=0.01)  # a share of 1/e is never drawn


def drawn(seed: int, epoch: int, count: int, size: int) -> list[int]:
    """The same with whole numbers of any size: the first 53 bits of each number are a share of 2^53."""
    bits = np.random.PCG64(np.random.SeedSequence([seed, epoch]))
    return [(int(bits.random_raw()) >> 11) * size // 2**53 for _ in range(count)]


DRAWN_42 = [5, 3, 6, 4, 0, 6, 5]
ORDER_42 = [4, 1, 3, 6, 0, 2, 5]


def test_epochs_are_counted_in_updates() -> None:
    assert [Sampling(size).updates(10, 7) for size in (1, 2, 3, 7)] == [70, 40, 30, 10]


def test_an_update_follows_the_slope_of_its_rows() -> None:
    problem = houses()
    run = descend(problem, GD, [1, 2], 9, rate=0.003, batch_size=3, rows="given")
    x, y = problem.rows()
    w, b = 1.0, 2.0
    for k, chosen in enumerate([slice(0, 3), slice(3, 6), slice(6, 7)] * 3):
        residuals = w * x[chosen, 0] + b - y[chosen]
        w, b = w - 0.003 * 2 * np.mean(residuals * x[chosen, 0]), b - 0.003 * 2 * np.mean(residuals)
        assert run.parameters[k + 1] == pytest.approx([w, b], rel=1e-12)
    # What is recorded is of all rows.
    values, slopes = problem.value_and_gradient(run.parameters)
    assert run.loss.tolist() == values.tolist()
    assert run.gradient.tolist() == slopes.tolist()


def test_drawn_rows_are_followed_as_a_loop_would() -> None:
    """The stochastic gradient method: one row at a time, each out of all."""
    problem = houses()
    run = descend(problem, GD, [1, 2], 30, rate=0.003, batch_size=1, rows="drawn", seed=3)
    x, y = (column.tolist() for column in (problem.rows()[0][:, 0], problem.rows()[1]))
    w, b = 1.0, 2.0
    rows = [row for epoch in range(5) for row in drawn(3, epoch, 7, 7)]
    for k in range(30):
        assert run.parameters[k] == pytest.approx([w, b], rel=1e-12)
        missed = w * x[rows[k]] + b - y[rows[k]]
        w, b = w - 0.003 * 2 * missed * x[rows[k]], b - 0.003 * 2 * missed
    # A rate that shrinks as Robbins and Monro ask for leads to the line of all rows.
    shrinking = make_schedule({"kind": "inverse-time", "decay": 0.01})
    far = descend(
        houses(standardize=True), GD, [0, 0], 20_000, rate=0.2, batch_size=1, rows="drawn", schedule=shrinking
    )
    assert np.abs(far.final - houses(standardize=True).solution()).max() < 2  # of 220


@pytest.mark.parametrize(
    "options", [{}, {"cost": "half-mse"}, {"degree": 2}, {"intercept": False}, {"standardize": True}]
)
def test_the_mean_over_batches_is_the_loss(options: Mapping[str, Any]) -> None:
    problem = houses(**options)
    x = np.random.default_rng(0).normal(size=(4, len(problem.parameters)))
    whole = problem.value_and_gradient(x)
    for rows in ([np.arange(7)], [np.array([i]) for i in range(7)]):
        parts = [problem.value_and_gradient(x, chosen) for chosen in rows]
        np.testing.assert_allclose(np.mean([value for value, _ in parts], axis=0), whole[0], rtol=1e-12)
        np.testing.assert_allclose(np.mean([slope for _, slope in parts], axis=0), whole[1], rtol=1e-11)


def test_many_points_are_like_each_alone() -> None:
    problem, rows = houses(degree=2), np.array([5, 1, 1, 2])
    x = np.random.default_rng(0).normal(size=(3, 4, 3))
    values, slopes = problem.value_and_gradient(x, rows)
    for place in np.ndindex(3, 4):
        value, slope = problem.value_and_gradient(x[place], rows)
        assert (value, slope.tobytes()) == (values[place], slopes[place].tobytes())


@pytest.mark.parametrize("name", ["gd", "nesterov", "adam", "backtracking"])
@pytest.mark.parametrize("rows", ["given", "shuffled", "drawn"])
def test_a_run_in_two_parts_is_the_run_in_one(name: str, rows: str, tmp_path: Path) -> None:
    problem, optimizer = houses(), make_optimizer(name)
    options: dict[str, Any] = {"rate": 0.003, "batch_size": 2, "rows": rows, "seed": 9}
    whole = descend(problem, optimizer, [0, 0], 31, **options)
    first = descend(problem, optimizer, [0, 0], 13, **options)
    assert continue_run(first, problem, 18) == whole
    save(first, tmp_path / "run.npz")
    assert continue_run(load(tmp_path / "run.npz"), problem, 18) == whole


def test_batches_go_with_schedules() -> None:
    run = descend(houses(), GD, [0, 0], 20, rate=0.003, batch_size=3, schedule=BarzilaiBorwein())
    assert run.specs["sampling"] == {"batch_size": 3, "rows": "shuffled", "seed": 0}
    assert np.isfinite(run.loss).all()


def test_an_optimizer_of_another_slope_takes_it_on_the_same_rows() -> None:
    problem = houses()
    run = descend(
        problem,
        make_optimizer("nesterov", {"slope": "ahead"}),
        [0, 0],
        2,
        rate=0.002,
        batch_size=1,
        rows="given",
    )
    v = problem.value_and_gradient(np.zeros(2), np.array([0]))[1]
    x = -0.002 * v
    v = 0.9 * v + problem.value_and_gradient(x - 0.002 * 0.9 * v, np.array([1]))[1]
    np.testing.assert_allclose(run.final, x - 0.002 * v, rtol=1e-13)


def test_what_cannot_be_sampled_is_refused() -> None:
    assert isinstance(houses(), Sampled)
    assert not isinstance(landscape("bowl"), Sampled)
    with pytest.raises(
        GdError, match="batch_size is given for bowl; it belongs to problems with rows of data"
    ):
        descend(landscape("bowl"), GD, [0, 1], 3, rate=0.1, batch_size=1)
    with pytest.raises(GdError, match="batch_size is 8; it must be at most the number of rows, 7"):
        descend(houses(), GD, [0, 0], 3, rate=0.1, batch_size=8)
    with pytest.raises(GdError, match="looks at the curvature"):
        descend(houses(), make_optimizer("newton"), [0, 0], 3, batch_size=2)
    for settings in ({"batch_size": 0}, {"batch_size": 1.5}, {"batch_size": 1, "seed": -1}):
        with pytest.raises(GdError, match=r"batch_size|seed"):
            Sampling(**settings)  # type: ignore[arg-type]
    with pytest.raises(GdError, match=r"'given' or 'shuffled' or 'drawn'\. Did you mean shuffled"):
        Sampling(1, rows="shufled")  # type: ignore[arg-type]


def test_of_a_run_on_batches_no_regime_is_claimed() -> None:
    from gdcore.analysis.stability import analyse

    problem = houses()
    assert analyse(descend(problem, GD, [0, 0], 5, rate=0.0075), problem).regime == "smooth"
    assert analyse(descend(problem, GD, [0, 0], 5, rate=0.0075, batch_size=1), problem).regime is None
    assert analyse(descend(problem, make_optimizer("adam"), [0, 0], 5, rate=0.0075), problem).regime is None

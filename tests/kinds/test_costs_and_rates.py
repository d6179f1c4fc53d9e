"""What is said of a cost that is no mean, and of runs in which each parameter has a rate of its own."""

from __future__ import annotations

import numpy as np
import pytest

from gdcore.notation import plain
from gdcore.rest.verdict import RestKind
from scenes.kinds.regression.story.regression import RegressionStory
from scenes.kinds.surface.story import SurfaceStory
from scenes.report.formulae import objective_text
from scenes.report.opening import opening
from scenes.report.run_tables import worked_table
from scenes.report.style import PAGE
from scenes.report.summary import summary
from scenes.report.table import Table
from scenes.report.text import Paragraph
from scenes.report.worked import spelled_steps
from scenes.storyboard import tell
from scenes.storyboard.requirements import StoryError
from tests.told import Tell, Told

ROWS = "x,y\n1,3\n2,5.5\n3,6\n4,9\n6,12.5\n"
X, Y = np.array([1, 2, 3, 4, 6.0]), np.array([3, 5.5, 6, 9, 12.5])
STRAIGHT = "x,y\n1,3\n2,5\n3,7\n4,9\n"
DATA = "data: rows.csv, x: x, y: y"


def page(lecture: Told) -> str:
    """The words of the first page."""
    blocks = opening(lecture.study, PAGE)
    return "\n".join(lecture.plain(block.content) for block in blocks if isinstance(block, Paragraph))


def last_table(lecture: Told) -> tuple[dict[str, tuple[str, ...]], str]:
    """The rows of the table of all runs, by their names, and the words below it."""
    blocks = list(summary(lecture.study, frozenset(lecture.study.trajectories)))
    (table,) = (block for block in blocks if isinstance(block, Table))
    (legend,) = (block for block in blocks if isinstance(block, Paragraph))
    return {row.cells[0]: row.cells for row in table.rows}, lecture.plain(legend.content)


# The costs ----------------------------------------------------------------------------------------------

WORDS = {
    "mse": ("Square all bars and take the average:", "the mean of the squared residuals over", "1/N Σ (ŷ_i"),
    "half-mse": (
        "Half the average of the squares",
        "half the mean of the squared residuals",
        "1/(2N) Σ (ŷ_i",
    ),
    "sum": ("Square all bars and add them up:", "the sum of the squared residuals over", "= Σ (ŷ_i"),
    "norm": ("Square all bars, add them up, take the root:", "the root of the sum of", "= √(Σ (ŷ_i"),
}


@pytest.mark.parametrize("cost", WORDS)
def test_film_and_page_say_what_is_made_of_the_residuals(told: Tell, cost: str) -> None:
    lecture = told(f"{DATA}, cost: {cost}", {"a": "rate: 0.003, steps: 20"}, "kind: regression", rows=ROWS)
    in_film, on_page, as_text = WORDS[cost]
    squares = float((Y**2).sum())
    loss = {"mse": squares / 5, "half-mse": squares / 10, "sum": squares, "norm": squares**0.5}[cost]
    said = lecture.caption("loss")
    assert said.startswith(in_film)
    assert f"J = {float(f'{loss:.7g}'):.10g}" in said
    assert on_page in page(lecture)
    assert as_text in lecture.plain(objective_text(lecture.study.speech, lecture.study.problem))
    if cost not in ("mse", "half-mse"):
        everything = lecture.everything() + page(lecture)
        assert not any(word in everything for word in ("mean", "average", "1/N", "half"))


@pytest.mark.parametrize(("cost", "rate"), [("sum", 0.006), ("norm", 0.05)])
@pytest.mark.parametrize("kind", ["surface", "regression"])
def test_the_steps_that_are_written_out_are_those_of_the_cost(
    told: Tell, kind: str, cost: str, rate: float
) -> None:
    lecture = told(f"{DATA}, cost: {cost}", {"a": f"rate: {rate}, steps: 40"}, f"kind: {kind}", rows=ROWS)
    slopes = np.array([-2 * (X * Y).sum(), -2 * Y.sum()])  # from w = b = 0
    if cost == "norm":
        slopes = slopes / (2 * np.sqrt((Y**2).sum()))
    story = lecture.story
    assert isinstance(story, RegressionStory | SurfaceStory)
    np.testing.assert_allclose(story.path[1], -rate * slopes, rtol=1e-12)
    for line, old, slope in zip(
        spelled_steps(lecture.study.problem, lecture.study.trajectories["a"], lecture.study.speech)[0],
        (0, 0),
        slopes,
        strict=True,
    ):
        left, *_, right = lecture.plain(line).replace("−", "-").split(" = ")
        assert left.endswith("₁")
        assert float(right) == pytest.approx(old - rate * slope, rel=1e-3)


def test_of_the_sum_the_limit_is_that_of_its_own_curvature(told: Tell) -> None:
    lecture = told(f"{DATA}, cost: sum", {"a": "rate: 0.003, steps: 20"}, "kind: regression", rows=ROWS)
    matrix = 2 * np.array([[(X**2).sum(), X.sum()], [X.sum(), len(X)]])
    rows, legend = last_table(lecture)
    assert float(rows["a"][-1]) == pytest.approx(2 / np.linalg.eigvalsh(matrix)[-1], rel=1e-4)
    assert "must stay below 2/λ" in legend


def test_where_the_norm_comes_to_a_point_no_rate_is_called_safe(told: Tell) -> None:
    runs = {"a": "rate: 0.05, steps: 60", "b": "rate: 0.7, steps: 40"}
    lecture = told(f"{DATA}, cost: norm", runs, "kind: learning-rates", rows=STRAIGHT)
    said = lecture.everything()
    assert not any(word in said for word in ("safe", "smooth", "limit", "2/λ"))
    story = lecture.story
    assert not story.has("strip")
    assert [lecture.plain(c.verdict.word) for c in story.contenders] == ["jumps about"] * 2  # type: ignore[attr-defined]
    assert "no fixed rate settles" in lecture.reason()
    film = told(f"{DATA}, cost: norm", {"a": runs["a"]}, "kind: surface", rows=STRAIGHT)
    assert "cannot settle" in film.caption("end")


def test_two_limits_are_those_of_places_where_runs_settle(told: Tell) -> None:
    """A run that jumps across the minimum for ever ends beside it, where the norm bends less."""
    problem = f"{DATA}, cost: norm"
    free = told(problem, {"a": "rate: 0.01, steps: 5"}, "kind: surface", rows=ROWS).study.problem
    limit = 2 / float(np.linalg.eigvalsh(free.hessian(free.minima()[0]))[-1])
    runs = {"a": f"rate: {1.05 * limit}, steps: 200", "b": f"rate: {6 * limit}, steps: 40"}
    lecture = told(problem, runs, "kind: learning-rates", rows=ROWS)
    strip = lecture.story.strip  # type: ignore[attr-defined]
    assert strip.limit == pytest.approx(limit, rel=1e-9)
    assert strip.rest_limit is None
    assert {band for band, _, _ in strip.bands} == {"safe", "depends"}


def test_the_limit_of_runs_that_end_early_is_that_of_the_minimum(told: Tell) -> None:
    """Before it the norm bends less."""
    problem = f"{DATA}, cost: norm"
    free = told(problem, {"a": "rate: 0.01, steps: 5"}, "kind: surface", rows=ROWS).study.problem
    limit = 2 / float(np.linalg.eigvalsh(free.hessian(free.minima()[0]))[-1])
    runs = {"a": f"rate: {0.1 * limit}, steps: 300", "b": f"rate: {0.2 * limit}, steps: 300"}
    lecture = told(problem, runs, "kind: learning-rates", rows=ROWS)
    assert all(run.rest.kind is RestKind.MINIMUM for run in lecture.study.trajectories.values())
    strip = lecture.story.strip  # type: ignore[attr-defined]
    assert strip.limits == (pytest.approx(limit, rel=1e-9),)
    assert {band for band, _, _ in strip.bands} == {"safe", "diverge"}
    rows, _ = last_table(lecture)
    assert float(rows["a"][-1]) == pytest.approx(limit, rel=1e-3)


def test_a_ridge_is_named_beside_the_sum(told: Tell) -> None:
    lecture = told(
        f"{DATA}, cost: sum, ridge: 2", {"a": "rate: 0.003, steps: 9"}, "kind: regression", rows=ROWS
    )
    assert lecture.caption("loss").startswith("Square all bars, add them up, add the ridge penalty:")
    assert "the sum of the squared residuals over the N = 5 rows plus the ridge penalty" in page(lecture)


# A rate for each parameter ------------------------------------------------------------------------------

EACH = {"a": "rate: {w: 0.01, b: 0.2}, steps: 50"}


@pytest.mark.parametrize("kind", ["surface", "regression"])
def test_every_step_is_written_with_its_own_rate(told: Tell, kind: str) -> None:
    lecture = told(DATA, EACH, f"kind: {kind}, captions: {{end: 'With {{rate}}.'}}", rows=ROWS)
    story = lecture.story
    assert isinstance(story, RegressionStory | SurfaceStory)
    first = 2 / 5 * np.array([(X * Y).sum(), Y.sum()]) * [0.01, 0.2]
    np.testing.assert_allclose(story.path[1], first, rtol=1e-12)
    assert lecture.caption("end") == "With (0.01, 0.2)."
    said = lecture.everything()
    assert "α times" not in said
    assert "gradient" not in said.replace("size of the gradient", "")
    lines = spelled_steps(lecture.study.problem, lecture.study.trajectories["a"], lecture.study.speech)[0]
    assert [" 0.01 · " in lecture.plain(lines[0]), " 0.2 · " in lecture.plain(lines[1])] == [True, True]


def test_the_page_writes_the_rule_with_a_rate_for_each(told: Tell) -> None:
    lecture = told(DATA, {**EACH, "b": "rate: 0.01, steps: 5"}, "kind: regression, run: a", rows=ROWS)
    assert "α = (α_w, α_b); a single α is that of all" in page(lecture)
    _, table = worked_table(lecture.study, "a")
    heads = [lecture.plain(column.head) for column in table.columns]
    assert [head for head in heads if "α" in head] == ["α_w · ∂J/∂w", "α_b · ∂J/∂b"]
    rows, legend = last_table(lecture)
    assert rows["a"][1] == "(0.01, 0.2)"
    sizes = np.sqrt([0.01, 0.2])
    matrix = 2 / 5 * np.array([[(X**2).sum(), X.sum()], [X.sum(), 5]]) * np.outer(sizes, sizes)
    limit = 2 / np.linalg.eigvalsh(matrix)[-1]
    assert rows["a"][-1].endswith("α")
    assert float(rows["a"][-1].removesuffix("α")) == pytest.approx(limit, rel=1e-4)
    assert f"A limit such as {rows['a'][-1]} says what all rates of its run may be multiplied by." in legend
    assert "The largest curvature is λ" in legend  # of the run with one rate
    assert rows["b"][1] == "0.01"


def test_a_run_that_leaves_blames_its_rates(told: Tell) -> None:
    lecture = told(
        DATA,
        {"a": "rate: {w: 0.2, b: 0.1}, steps: 12"},
        "kind: regression",
        "kind: surface",
        rows=ROWS,
    )
    limit = lecture.study.analyses["a"].rate_limit
    assert limit is not None
    assert f"α = (0.2, 0.1) are above the limit, {plain_number(limit)} times each" in lecture.caption(
        "end", "regression"
    )
    assert "The rates are too large" in lecture.caption("valley", "surface")
    assert "the rates w = 0.2, b = 0.1 are above the limit" in lecture.reason()


def plain_number(value: float) -> str:
    from scenes.text import number

    return plain(number(value))


def test_a_rate_that_is_the_same_for_all_is_one(told: Tell) -> None:
    lecture = told(DATA, {"a": "rate: {w: 0.01, b: 0.01}, steps: 5"}, "kind: surface", rows=ROWS)
    assert lecture.study.lecture.runs["a"].rate == 0.01
    assert "each value loses α times its own slope" in lecture.caption("rule")


def test_on_an_axis_of_rates_it_cannot_stand(told: Tell) -> None:
    lecture = told(DATA, {**EACH, "b": "rate: 0.01, steps: 5"}, "kind: learning-rates", rows=ROWS)
    with pytest.raises(StoryError) as caught:
        assert lecture.story
    assert caught.value.found == "run 'a' has a rate for each of w, b"
    assert caught.value.mend == "give the run one rate, or show it with the kind 'surface' or 'regression'"
    # And the mend is right.
    for kind in ("surface", "regression"):
        assert told(DATA, EACH, f"kind: {kind}", rows=ROWS).story
    adam = {"a": "rate: {w: 0.01, b: 0.2}, steps: 5, optimizer: adam", "b": "rate: 0.01, steps: 5"}
    lecture = told(DATA, adam, "kind: learning-rates", rows=ROWS)
    with pytest.raises(StoryError) as caught:
        tell(lecture.study, lecture.study.lecture.scenes[0])
    assert caught.value.mend == "give the run one rate"

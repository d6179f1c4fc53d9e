"""Update rules of a user's own: run, saved, continued and measured like the others, and never taken for one of these."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gdcore.analysis.convergence import measure_convergence, sweep, theoretical_factor
from gdcore.base.errors import GdError
from gdcore.optimizers import GradientDescent, Momentum
from gdcore.problems import problem_from_formula
from gdcore.run.descent import continue_run, descend
from gdcore.run.many import descend_many
from gdcore.storage import load, save
from gdcore.storage.run_document import path_document

BOWL = problem_from_formula("(x-3)^2 + 2*y^2")


class Rolling:
    """A heavy ball under a name that is taken, with state and settings as a beginner writes them."""

    name = "momentum"
    default_rate = 0.1

    def __init__(self, keep: Any = 0.5, change: bool = False) -> None:
        self.keep, self.change = keep, change

    def init(self, x: Any) -> Any:
        return {"v": np.zeros_like(x), "updates": 0}

    def update(self, problem: Any, x: Any, gradient: Any, state: Any, rate: float, k: int) -> Any:
        v = float(self.keep) * state["v"] - rate * gradient
        if self.change:  # what it was given, which would be somebody else's
            x += v
            state["v"] = v
            gradient *= 0
            return x, state
        return (x + v).tolist(), {"v": v.tolist(), "updates": state["updates"] + 1}

    def settings(self) -> Any:
        return {"keep": self.keep, "pair": (1, 2)}


class Inherited(GradientDescent):
    """Half a step, under the name of the rule that it is made from."""

    def update(self, problem: Any, x: Any, gradient: Any, state: Any, rate: float, k: int) -> Any:
        return x - 0.5 * rate * gradient, state


class HeavyInherited(Momentum):
    """As `Inherited`."""

    def update(self, problem: Any, x: Any, gradient: Any, state: Any, rate: float, k: int) -> Any:
        return x - 0.5 * rate * gradient, state


RULES = [Rolling, lambda: Rolling(np.float64(0.5)), lambda: Rolling(change=True), Inherited, HeavyInherited]


@pytest.mark.parametrize("make", RULES)
@pytest.mark.parametrize("suffix", [".npz", ".csv", ".json"])
def test_a_run_is_saved_and_continued_bit_for_bit(make: Any, suffix: str, tmp_path: Path) -> None:
    whole = descend(BOWL, make(), [0, 1], 15, rate=0.1)
    part = descend(BOWL, make(), [0, 1], 10, rate=0.1)
    save(part, tmp_path / f"run{suffix}")
    assert load(tmp_path / f"run{suffix}") == part
    for begun in (part, load(tmp_path / f"run{suffix}")):
        assert continue_run(begun, BOWL, 5, optimizer=make()) == whole
        with pytest.raises(GdError, match=r"not one of this package's\. Give it again, as optimizer="):
            continue_run(begun, BOWL, 5)


def test_it_does_what_it_says() -> None:
    x, v = np.array([0.0, 1.0]), np.zeros(2)
    for _ in range(12):
        v = 0.5 * v - 0.1 * np.array([2 * (x[0] - 3), 4 * x[1]])
        x = x + v
    for rule in (Rolling(), Rolling(change=True)):
        run = descend(BOWL, rule, [0, 1], 12)
        np.testing.assert_allclose(run.final, x, rtol=1e-13)
        assert run.parameters[0].tolist() == [0, 1]
    assert descend_many(BOWL, Rolling(), [[0, 1], [5, 5]], 12).final[0].tolist() == run.final.tolist()


@pytest.mark.parametrize("make", RULES)
def test_no_theory_is_claimed_of_it(make: Any) -> None:
    run = descend(BOWL, make(), [0, 1], 40, rate=0.1)
    found = measure_convergence(run, BOWL)
    assert found.theory is None
    assert found.factor is not None
    assert 0 < found.factor < 1
    assert theoretical_factor(make(), 0.1, [2.0, 4.0]) is None
    assert not run.plain
    assert path_document(run)["optimizer"]["own"] is True
    assert sweep(BOWL, make(), [0, 1], [0.1, 0.3], 500).best is not None


def test_another_rule_under_its_name_is_another_rule() -> None:
    own, ours = descend(BOWL, Rolling(), [0, 1], 5), descend(BOWL, Momentum(), [0, 1], 5, rate=0.1)
    with pytest.raises(GdError, match=r"momentum .* of your own, and this is momentum .*0\.9"):
        continue_run(own, BOWL, 5, optimizer=Momentum())
    with pytest.raises(GdError, match=r"and this is momentum .* of your own"):
        continue_run(ours, BOWL, 5, optimizer=Rolling())
    with pytest.raises(GdError, match=r"'keep': 0\.5.*'keep': 0\.25"):
        continue_run(own, BOWL, 5, optimizer=Rolling(0.25))


class Broken(Rolling):
    """A rule of which one part is wrong."""

    def __init__(self, **wrong: Any) -> None:
        super().__init__()
        self.wrong = wrong

    def init(self, x: Any) -> Any:
        return self.wrong.get("init", super().init(x))

    def update(self, *given: Any) -> Any:
        return self.wrong.get("update", super().update(*given))

    def settings(self) -> Any:
        return self.wrong.get("settings", {})


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({"init": None}, "its state is NoneType; it must be a dict of arrays"),
        ({"init": {"v": "fast"}}, "its state 'v' is str; it must be an array of numbers"),
        ({"update": np.zeros(2)}, "update gave ndarray; it must give two things: x and the state"),
        (
            {"update": (np.zeros(3), {})},
            r"update gave x of shape \(3,\); it must have that of the x before, \(2,\)",
        ),
        ({"update": ("there", {})}, "its x is str"),
        ({"settings": {"rate": 1}}, "settings has the name 'rate'"),
        ({"settings": {"keep": float("nan")}}, "its setting keep is nan"),
        ({"settings": {"keep": object()}}, "its setting keep is <object"),
    ],
)
def test_what_no_rule_may_give(wrong: Any, found: str) -> None:
    with pytest.raises(GdError, match=found):
        descend(BOWL, Broken(**wrong), [0, 1], 3)


def test_what_is_no_rule() -> None:
    class Bare:
        name = "bare"

        def update(self) -> None: ...

    wrong: Any = Bare()
    with pytest.raises(
        GdError, match="Bare has no default_rate and no init and no settings; a rule has name"
    ):
        descend(BOWL, wrong, [0, 1], 3)
    kind: Any = Rolling
    with pytest.raises(GdError, match=r"the class Rolling, and not one of its rules\. Write Rolling\(\)"):
        descend(BOWL, kind, [0, 1], 3)

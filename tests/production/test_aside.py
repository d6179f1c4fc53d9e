"""What a fork works out for this process."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import pytest

from scenes.production import aside as aside_module
from scenes.production.aside import aside


@pytest.fixture(params=[True, False], ids=["fork", "here"])
def forks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    # The threads of the test runner wait at a pipe that forks leave alone.
    monkeypatch.setattr(aside_module, "may_fork", lambda: request.param)
    return bool(request.param)


def test_the_result_comes_back(forks: bool) -> None:
    assert aside(lambda: {"a": [1.5, "x" * 200_000]}) == {"a": [1.5, "x" * 200_000]}
    assert (aside(os.getpid) != os.getpid()) is forks


def test_what_it_imports_does_not_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside_module, "may_fork", lambda: True)
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)

    def hue() -> float:
        import colorsys

        return colorsys.rgb_to_hsv(0, 1, 0)[0]

    assert aside(hue) == pytest.approx(1 / 3)
    assert "colorsys" not in sys.modules


def fails() -> None:
    raise ValueError("the mend is said here")


def dies() -> int:
    if os.getpid() != PARENT:
        os.kill(os.getpid(), 9)
    return 7


def leaves() -> int:
    if os.getpid() != PARENT:
        sys.exit(3)
    return 7


PARENT = os.getpid()


def test_what_it_raises_is_raised_here(forks: bool) -> None:
    with pytest.raises(ValueError, match="said here"):
        aside(fails)


@pytest.mark.parametrize("function", [dies, leaves])
def test_a_fork_that_comes_to_nothing_costs_nothing(forks: bool, function: Callable[[], int]) -> None:
    assert aside(function) == 7


def test_a_result_that_cannot_be_pickled_is_worked_out_here(forks: bool) -> None:
    assert aside(lambda: lambda: 7)() == 7

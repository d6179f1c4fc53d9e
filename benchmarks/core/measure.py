"""Side by side: the ways to do one thing take turns, so that whatever else the machine does meets them all."""

from __future__ import annotations

import os
import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Task = Callable[[], object]
Key = TypeVar("Key")


# Seconds before each task: the threads of some libraries go on spinning for a while after their work is done.
PAUSE = 0.3


@dataclass(frozen=True)
class Line:
    """One line of a table: ``seconds`` of each round, and ``count`` things (steps, say) done in a round."""

    what: str
    way: str
    seconds: Sequence[float]
    count: float
    ours: Sequence[float] | None = None
    goal: tuple[str, float] | None = None

    @property
    def each(self) -> float:
        """Nanoseconds for one thing, the median."""
        return statistics.median(self.seconds) / self.count * 1e9

    @property
    def ratios(self) -> list[float]:
        """Theirs / ours, round by round: how many times faster ours is."""
        return sorted(theirs / ours for theirs, ours in zip(self.seconds, self.ours or (), strict=True))

    @property
    def verdict(self) -> str:
        """Does the median ratio meet the goal?"""
        if self.goal is None:
            return ""
        text, least = self.goal
        return f"{text}: {'met' if statistics.median(self.ratios) >= least else 'missed'}"

    def cells(self) -> list[str]:
        ratio = ""
        if self.ours is not None:
            ratios = self.ratios
            ratio = f"{statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
        return [self.what, self.way, number(self.each), ratio, self.verdict]


HEADER = ["what", "way", "ns each", "times slower than ours (spread)", "goal"]


@dataclass(frozen=True)
class Comparison:
    """Ways to do one thing, ``count`` times a call; the first is ours. ``goals``: of a way its words and least ratio."""

    what: str
    tasks: Mapping[str, Task]
    count: float
    goals: Mapping[str, tuple[str, float]]


def alternate(rounds: int, *groups: Mapping[Key, Task]) -> dict[Key, list[float]]:
    """The seconds of every task in each of ``rounds`` rounds, after one round that does not count.

    In a round the groups follow one another, and the tasks of a group come in another order every time: what one
    leaves behind, in caches and in memory that the system must find anew, is not always the next one's.
    """
    seconds: dict[Key, list[float]] = {key: [] for group in groups for key in group}
    for turn in range(rounds + 1):
        for group in groups:
            for key in random.Random(turn).sample(list(group), len(group)):
                time.sleep(PAUSE)
                begin = time.perf_counter()
                group[key]()
                if turn:
                    seconds[key].append(time.perf_counter() - begin)
    return seconds


def compare(comparisons: Sequence[Comparison], rounds: int) -> list[Line]:
    """Measure them all, each once a round: a busy minute of the machine then spoils a round, not a comparison."""
    if len({c.what for c in comparisons}) < len(comparisons):
        raise ValueError("two comparisons have the same words")
    groups = [{(c.what, way): task for way, task in c.tasks.items()} for c in comparisons]
    seconds = alternate(rounds, *groups)
    lines = []
    for c in comparisons:
        first, *_ = c.tasks
        for way in c.tasks:
            ours = None if way == first else seconds[c.what, first]
            lines.append(Line(c.what, way, seconds[c.what, way], c.count, ours, c.goals.get(way)))
    return lines


def available() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def number(value: float) -> str:
    """Three digits."""
    return f"{value:.3g}" if value < 1000 else f"{value:,.0f}"


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Markdown whose columns line up, so that it also reads well on a terminal."""
    widths = [max(len(row[i]) for row in (header, *rows)) for i in range(len(header))]
    lines = [header, ["-" * width for width in widths], *rows]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        for line in lines
    )

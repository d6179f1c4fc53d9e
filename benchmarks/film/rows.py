"""The lines of the table of films."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.core.measure import number
from benchmarks.film.processes import CommandError, Usage

Task = Callable[[], Usage]
HEADER = ["what", "way", "wall s", "CPU s", "ratio wall (spread)", "ratio CPU (spread)", "goal"]


@dataclass(frozen=True)
class Goal:
    """A bound of a ratio: at least, or else at most."""

    bound: float
    at_least: bool
    words: str

    def met(self, ratios: Sequence[float]) -> bool:
        middle = statistics.median(ratios)
        return middle >= self.bound if self.at_least else middle <= self.bound


@dataclass(frozen=True)
class Row:
    """A way to do something, measured `len(usages)` times. `ratios` is a pair (wall, CPU) for every round."""

    what: str
    way: str
    usages: Sequence[Usage] = ()
    ratios: Sequence[tuple[float, float]] = ()
    goal: Goal | None = None
    instead: str = ""  # said in place of figures

    def cells(self) -> list[str]:
        if not self.usages:
            return [self.what, self.way, "", "", "", "", self.instead]
        walls, cpus = [pair[0] for pair in self.ratios], [pair[1] for pair in self.ratios]
        return [
            self.what,
            self.way,
            number(statistics.median(usage.wall for usage in self.usages)),
            number(statistics.median(usage.cpu for usage in self.usages)),
            spread(walls),
            spread(cpus),
            self._verdict(walls, cpus),
        ]

    def _verdict(self, walls: Sequence[float], cpus: Sequence[float]) -> str:
        if self.goal is None:
            return ""
        parts = [("wall", self.goal.met(walls)), ("CPU", self.goal.met(cpus))]
        if len({met for _, met in parts}) == 1:
            return f"{self.goal.words}: {'met' if parts[0][1] else 'missed'}"
        return f"{self.goal.words}: " + ", ".join(
            f"{name} {'met' if met else 'missed'}" for name, met in parts
        )


def spread(ratios: Sequence[float]) -> str:
    """The median and the extremes."""
    if not ratios:
        return ""
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


def alternate(tasks: Mapping[str, Task], rounds: int) -> tuple[dict[str, list[Usage]], dict[str, str]]:
    """What every task took in each of `rounds` rounds, in which they take turns; and why one was given up."""
    usages: dict[str, list[Usage]] = {name: [] for name in tasks}
    failed: dict[str, str] = {}
    for turn in range(rounds):
        for name, task in tasks.items():
            if name in failed:
                continue
            try:
                used = task()
            except CommandError as error:
                failed[name] = "failed: " + str(error).strip().splitlines()[-1][:80].replace("|", "/")
                print(error, file=sys.stderr)
                continue
            usages[name].append(used)
            now = time.strftime("%H:%M:%S")
            print(
                f"{now} round {turn + 1}: {name}: {used.wall:.1f} s, CPU {used.cpu:.1f} s",
                file=sys.stderr,
                flush=True,
            )
    return usages, failed


def ratios(above: Sequence[Usage], below: Sequence[Usage]) -> list[tuple[float, float]]:
    """One divided by the other, round by round: wall time and CPU time."""
    return [(a.wall / b.wall, a.cpu / b.cpu) for a, b in zip(above, below, strict=False)]


def beside_ours(what: str, tasks: Mapping[str, Task], rounds: int, goals: Mapping[str, Goal]) -> list[Row]:
    """Measure `tasks`, the first of which is ours; the others' ratios say how many times longer they take."""
    usages, failed = alternate(tasks, rounds)
    ours, *_ = tasks
    return [
        Row(
            what,
            way,
            used,
            [] if way == ours else ratios(used, usages[ours]),
            goals.get(way) if usages[ours] else None,
            failed.get(way, ""),
        )
        for way, used in ((way, [] if way in failed else used) for way, used in usages.items())
    ]

"""The story `learning-rates`: the same start under two to four rates, step by step, and why they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdcore.analysis import Analysis
from gdcore.outcome import Outcome
from gdcore.trajectory import Trajectory

from ..lecture.model import SceneSpec
from ..lecture.study import Study
from .line import Curve, curve_of
from .names import typst_name
from .numbers import counted, math_number, text_number
from .plane import Terrain, levels_of, terrain_of
from .regimes import Strip, Verdict, for_rule, near_limit, strip_of, verdict
from .requirements import StoryError
from .story import Story
from .telling import Telling

FloatArray = NDArray[np.float64]

TOGETHER = 10  # steps taken slowly; what follows passes in one sweep
_LEVELS = 9
_SAMPLES = 161
_GROWN = (
    2.0  # the view holds the rows of a run that leaves while its loss is at most this many times the first
)
_CLOSE = 0.97  # a best rate nearer to the limit than this is no advice: it wins after very many steps only
_TIE = 1e-9  # losses that differ by less, relative to their size, are equally low
_COUNT = {2: "two", 3: "three", 4: "four"}


@dataclass(frozen=True, eq=False)
class Contender:
    """One panel: a run with its rate and verdict. Arrays by trajectory row: steps (n,), path (n, d), loss (n,)."""

    run: str
    rate: float
    steps: NDArray[np.int64]
    path: FloatArray
    loss: FloatArray
    verdict: Verdict

    def row_at(self, step: float) -> float:
        """The row at a step, between two rows while the point moves; a run that is over stays where it ended."""
        return float(np.interp(step, self.steps, np.arange(len(self.steps))))


@dataclass(frozen=True, kw_only=True, eq=False)
class LearningRatesStory(Story):
    """Everything the scene draws.

    The ground of all panels is `curve` (one parameter) or `terrain` with `levels` (two); with more
    parameters both are None and the panels show the loss over the steps, within `loss_range`.
    `steps` belongs to the longest run; beats count its rows.
    """

    parameters: tuple[str, ...]  # Typst
    contenders: tuple[Contender, ...]
    steps: NDArray[np.int64]
    curve: Curve | None
    terrain: Terrain | None
    levels: FloatArray
    loss_range: tuple[float, float]
    strip: Strip


def tell(study: Study, scene: SceneSpec) -> LearningRatesStory:
    """The story of the scene's runs, in the scene's order."""
    names = tuple(scene.runs) or tuple(study.trajectories)[:4]
    if not 2 <= len(names) <= 4:
        raise StoryError(
            scene.name,
            f"{len(names)} runs ({', '.join(names)})",
            "the kind 'learning-rates' shows 2 to 4 runs side by side",
            "name 2 to 4 of them under runs",
        )
    trajectories = [study.trajectories[name] for name in names]
    analyses = [for_rule(study.analyses[name], study.lecture.runs[name]) for name in names]
    longest = max(trajectories, key=lambda t: t.steps)
    if longest.steps == 0:
        raise StoryError(
            scene.name,
            f"none of its runs has a finite step to show ({longest.reason})",
            mend="choose smaller rates, another start or more steps",
        )
    strip = strip_of([t.rate for t in trajectories], trajectories, analyses)
    telling = Telling(longest.step, pace=study.lecture.pace, captions=scene.captions, scene=scene.name)
    plain = {study.lecture.runs[name].optimizer for name in names} == {"gd"}
    _race(telling, trajectories, longest, plain)
    if strip.limit is not None:
        _reason(telling, trajectories, analyses, strip)
    curve, terrain = _ground(study, scene, trajectories)
    losses = np.concatenate([_in_view(t, t.loss) for t in trajectories])
    return LearningRatesStory(
        kind="learning-rates",
        name=scene.name,
        title=scene.title or "The learning rate decides",
        beats=telling.told(),
        parameters=tuple(typst_name(name) for name in study.problem.parameters),
        contenders=tuple(
            Contender(name, t.rate, t.step, t.parameters, t.loss, verdict(t, a, study.problem))
            for name, t, a in zip(names, trajectories, analyses, strict=True)
        ),
        steps=longest.step,
        curve=curve,
        terrain=terrain,
        levels=levels_of(terrain, _LEVELS) if terrain else np.empty(0),
        loss_range=scene.ranges.get("J") or (float(losses.min()), float(losses.max())),
        strip=strip,
    )


def _in_view(trajectory: Trajectory, values: FloatArray) -> FloatArray:
    """The rows that a common view is made for: all, or of a run that leaves those before it has grown far."""
    if trajectory.outcome is not Outcome.DIVERGED:
        return values
    loss = trajectory.loss
    grown = loss > loss[0] + (_GROWN - 1) * abs(loss[0])
    return values[: int(np.argmax(grown)) if grown.any() else len(values)]


def _ground(
    study: Study, scene: SceneSpec, trajectories: Sequence[Trajectory]
) -> tuple[Curve | None, Terrain | None]:
    """What the panels stand on, the same for all: it holds every path that stays."""
    problem = study.problem
    if len(problem.parameters) > 2:
        return None, None
    # The best run comes last: its end says which minimum the view is about.
    ordered = sorted(trajectories, key=lambda t: (t.outcome is not Outcome.DIVERGED, -t.final_loss))
    path = np.concatenate([_in_view(t, t.parameters) for t in ordered])
    if len(problem.parameters) == 1:
        name = problem.parameters[0]
        curve = curve_of(
            problem, path[:, 0], x_range=scene.ranges.get(name), y_range=scene.ranges.get("J"), margin=0.08
        )
        return curve, None
    return None, terrain_of(problem, path, ranges=scene.ranges, samples=_SAMPLES)


def _race(telling: Telling, trajectories: Sequence[Trajectory], longest: Trajectory, plain: bool) -> None:
    """The runs in lockstep, and how each ended."""
    last = len(longest.step) - 1
    same = all(np.array_equal(t.start, trajectories[0].start) for t in trajectories)
    count = _COUNT[len(trajectories)]
    telling.beat(
        "panels",
        f"One {{objective|cost $J$}}, one {{point|start}}, {count} learning rates $alpha$. What will each one do?"
        if same
        else f"One {{objective|cost $J$}}, {count} learning rates $alpha$, each from its own {{point|start}}.",
        motion=1.8,
        chapter="The rates",
    )
    rates = [t.rate for t in trajectories]
    ratio = " : ".join(text_number(rate / min(rates), 3) for rate in rates) if min(rates) > 0 else ""
    telling.beat(
        "step-1",
        f"All start on the same slope, so the first {{step|steps}} are as long as the rates are large, {ratio}."
        if same and ratio and plain
        else "Each takes its first {step|step}.",
        motion=2.4,
        row=1,
        chapter="Steps",
    )
    slow = min(TOGETHER, last)
    if slow > 1:
        telling.beat("steps", _so_far(trajectories, int(longest.step[slow])), motion=0.5 * slow, row=slow)
    if last > slow:
        telling.beat(
            "sweep",
            f"Now quicker, up to step {int(longest.step[last])}.",
            motion=6.0 if last > 40 else 3.5,
            row=last,
            pause=False,
        )
    telling.beat("verdicts", _standing(trajectories), motion=0.8, row=last, chapter="The verdicts")


def _so_far(trajectories: Sequence[Trajectory], step: int) -> str:
    reached = [
        (float(t.loss[np.searchsorted(t.step, step)]), t.rate) for t in trajectories if t.steps >= step
    ]
    if not reached:
        return "All take their {step|steps} together."
    loss, rates = _lowest(reached)
    return (
        f"All take their {{step|steps}} together. After {step} of them {rates} lowest, "
        f"{{objective|$J = {math_number(loss)}$}}."
    )


def _lowest(reached: Sequence[tuple[float, float]]) -> tuple[float, str]:
    """The lowest of losses with their rates, and whose it is: ties are shared."""
    lowest = min(loss for loss, _ in reached)
    rates = [rate for loss, rate in reached if np.isclose(loss, lowest, rtol=_TIE, atol=0.0)]
    return lowest, f"$alpha = {_listed(rates)}$ {'is' if len(rates) == 1 else 'are'}"


def _standing(trajectories: Sequence[Trajectory]) -> str:
    stayed = [t for t in trajectories if t.outcome is not Outcome.DIVERGED]
    left = [t for t in trajectories if t.outcome is Outcome.DIVERGED]
    if not stayed:
        return "{trouble|All of them leave:} every one of these rates is too large here."
    lowest, rates = _lowest([(t.final_loss, t.rate) for t in stayed])
    most = max(t.steps for t in stayed if np.isclose(t.final_loss, lowest, rtol=_TIE, atol=0.0))
    text = f"After {counted(most, 'step')} {rates} lowest, {{objective|$J = {math_number(lowest, 6)}$}}."
    if left:
        verb = "leaves" if len(left) == 1 else "leave"
        text += f" {{trouble|$alpha = {_listed([t.rate for t in left])}$ {verb}.}}"
    return text


def _reason(
    telling: Telling, trajectories: Sequence[Trajectory], analyses: Sequence[Analysis], strip: Strip
) -> None:
    """The regimes of the rate, the limit, and what it says about these runs."""
    assert strip.limit is not None
    assert strip.curvature is not None
    limit, lam = math_number(strip.limit), math_number(strip.curvature)
    curvature = " ".join(["steepest"] * strip.steepest + ["local"] * strip.local + ["curvature"])
    telling.beat(
        "strip",
        f"The {curvature} is $lambda = {lam}$. Rates crawl below $0.1 \\/ lambda$, are {{good|smooth}} to "
        "$1 \\/ lambda$, zig-zag to $2 \\/ lambda$.",
        motion=2.0,
        chapter="The reason",
    )
    above = [t for t in trajectories if t.rate > strip.limit]
    diverged = [t.rate for t in above if t.outcome is Outcome.DIVERGED]
    here = "near the minimum " if strip.local else ""
    if diverged:
        tail = f"{{trouble|$alpha = {_listed(diverged)}$}} {'leaves' if len(diverged) == 1 else 'leave'}."
    elif above:
        tail = f"{{trouble|$alpha = {_listed([t.rate for t in above])}$}} cannot settle there."
    else:
        tail = "all rates shown lie below."
    telling.beat(
        "limit",
        f"Above {{trouble|$2 \\/ lambda = {limit}$}} every step {here}leads farther away: {tail}",
        motion=1.0,
    )
    close = [t for t in trajectories if near_limit(t, strip.limit)]
    if close:
        run = close[-1]
        telling.beat(
            "near-limit",
            f"A rate so near the limit is often said to jump out. $alpha = {math_number(run.rate)}$ {{good|does not}}: "
            f"its loss falls at each of the {run.steps} steps.",
            motion=0.8,
            chapter="Near the limit",
        )
    best = analyses[0].best_rate if not strip.local else None
    text = f"Useful {'near the minimum' if strip.local else 'here'} is $0 < alpha < {limit}$"
    if not 0.5 <= strip.limit <= 2.0:
        text += "; “between 0 and 1” is no rule"
    if best is not None and best < _CLOSE * strip.limit:
        # With several curvatures another rate may be ahead for a while.
        lead = "In the long run the" if strip.steepest else "The"
        text += f". {lead} best fixed rate is {{good|{text_number(best)}}}"
    telling.beat("end", f"{text}.", motion=0.6, chapter="The end")


def _listed(rates: Sequence[float]) -> str:
    """Rates in Typst mathematics: 0.9, 1.1 and 1.5."""
    shown = [math_number(rate) for rate in rates]
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + ' "and" ' + shown[-1]

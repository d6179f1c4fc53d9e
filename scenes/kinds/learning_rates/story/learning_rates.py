"""The story `learning-rates`: the same start under two to four rates, step by step, and why they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray
from gdcore.notation import Node
from gdcore.run.outcome import Outcome
from gdcore.run.trajectory import Trajectory
from scenes.lecture.model import SceneSpec
from scenes.lecture.study import Study
from scenes.storyboard.facts import losses_shown
from scenes.storyboard.requirements import StoryError, one_rate, without_steps
from scenes.storyboard.story import Story
from scenes.storyboard.telling import Telling
from scenes.storyboard.views.curve import Curve, minima_of
from scenes.storyboard.views.regimes import Strip, strip_of
from scenes.storyboard.views.side_by_side import PanelView, shared_views
from scenes.storyboard.views.terrain import Terrain, terrain_of
from scenes.storyboard.views.verdicts import RateVerdict, verdict
from scenes.text import Format, Rich, Speech, format_of, maths, told_apart

from .first_jumps import FirstJumps, first_jumps
from .outcomes import Outcomes
from .words import RatesWords

_LEVELS = 9
_SAMPLES = 161
_GROWN = 2.0  # of a run that leaves the view holds the rows whose loss is at most this many times the first


@dataclass(frozen=True, eq=False)
class Contender:
    """One panel: a run with its rate and verdict; `plain`: is it plain gradient descent?

    Arrays by trajectory row: steps (n,), path (n, d), loss (n,). `view`: what the panel shows of a curve, by row.
    """

    run: str
    label: Rich
    rate: float
    steps: NDArray[np.int64]
    path: FloatArray
    loss: FloatArray
    verdict: RateVerdict
    plain: bool
    view: PanelView | None

    def row_at(self, step: int) -> int:
        """The last row up to a step: a run that is over stays where it ended."""
        return max(0, int(np.searchsorted(self.steps, step, side="right")) - 1)

    def over(self, step: int) -> bool:
        """Has the run ended before a step?"""
        return int(self.steps[-1]) < step


@dataclass(frozen=True, kw_only=True, eq=False)
class LearningRatesStory(Story):
    """Everything the scene draws.

    The ground of all panels is `curve` (one parameter) or `terrain` (two); with more
    parameters both are None and the panels show the loss over the steps, within `loss_range`. `goals` (m, 2) are the
    known minima of a curve and their values.
    `steps` belongs to the longest run; beats count its rows. `compares_rates`: are it different rates of one rule that
    are compared, and nothing else? `one_start`: do all runs start at the same place? `jumps`: the first jump with every
    rate, where that explains the limit. `slope`: of a curve at the one start, where all runs step by it. `homes`: by run, the step from which on it stays on the minimum, or None.
    """

    parameters: tuple[Node, ...]
    contenders: tuple[Contender, ...]
    steps: NDArray[np.int64]
    curve: Curve | None
    terrain: Terrain | None
    goals: FloatArray
    loss_range: tuple[float, float]
    strip: Strip
    loss_format: Format
    least: tuple[float, ...]  # J at the known minima
    one_start: bool
    compares_rates: bool
    jumps: FirstJumps | None
    slope: float | None
    homes: tuple[int | None, ...] = ()


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
    rates = [one_rate(study, scene, name) for name in names]
    analyses = [study.analyses[name] for name in names]
    longest = max(trajectories, key=lambda t: t.steps)
    if longest.steps == 0:
        raise StoryError(scene.name, *without_steps("the longest of the runs", longest))
    strip = strip_of(study.problem, rates, trajectories, analyses)
    curve, terrain, views = _ground(study, scene, trajectories)
    minima = minima_of(study.problem)
    shown = [losses_shown(study.problem, t) for t in trajectories]
    losses = np.concatenate([_in_view(t, loss) for t, loss in zip(trajectories, shown, strict=True)])
    labels = _labels(study, names, rates)
    least = tuple(float(study.problem.value(place)) for place in minima)
    beside = [*(float(loss[-1]) for loss in shown), *least]
    story = LearningRatesStory(
        kind="learning-rates",
        name=scene.name,
        runs=names,
        title=study.speech.words(scene.title) if scene.title else _title(study.speech, trajectories),
        speech=study.speech,
        parameters=tuple(map(study.speech.name, study.problem.parameters)),
        contenders=tuple(
            Contender(
                name,
                label,
                rate,
                t.step,
                t.parameters,
                loss,
                verdict(study.speech, t, a, study.problem, beside=beside),
                t.plain,
                view,
            )
            for name, label, rate, t, a, loss, view in zip(
                names, labels, rates, trajectories, analyses, shown, views, strict=True
            )
        ),
        steps=longest.step,
        curve=curve,
        terrain=terrain,
        goals=np.column_stack([minima[:, 0], least]) if curve is not None else np.empty((0, 2)),
        loss_range=scene.ranges.get("J") or (float(losses.min()), float(losses.max())),
        strip=strip,
        loss_format=format_of(losses),
        least=least,
        one_start=_same_start(trajectories),
        compares_rates=_rates_differ(trajectories),
        slope=_slope(trajectories) if curve is not None else None,
        jumps=first_jumps(study.problem, trajectories, rates, analyses),
    )
    telling = Telling.of(study, scene, trajectories[0], longest.step)
    outcomes = Outcomes(story, study.problem, trajectories)
    RatesWords(story, outcomes, trajectories, analyses, telling).tell()
    homes = tuple(outcomes.homes.get(i) for i in range(len(names)))
    return replace(story, homes=homes).told(telling.told())


def _in_view(trajectory: Trajectory, values: FloatArray) -> FloatArray:
    """The rows that a common view is made for: all, or of a run that leaves those before it has grown far."""
    if trajectory.outcome is not Outcome.DIVERGED:
        return values
    loss = trajectory.loss
    grown = loss > loss[0] + (_GROWN - 1) * abs(loss[0])
    return values[: int(np.argmax(grown)) if grown.any() else len(values)]


def _ground(
    study: Study, scene: SceneSpec, trajectories: Sequence[Trajectory]
) -> tuple[Curve | None, Terrain | None, Sequence[PanelView | None]]:
    """What the panels stand on, the same for all, and where it is a curve the view of each."""
    problem, nothing = study.problem, [None] * len(trajectories)
    if len(problem.parameters) > 2:
        return None, None, nothing
    if len(problem.parameters) == 1:
        wanted, height = scene.ranges.get(problem.parameters[0]), scene.ranges.get("J")
        curve, views = shared_views(problem, trajectories, x_range=wanted, y_range=height)
        return curve, None, views
    # It holds every path that stays. The best run comes last: its end says which minimum the view is about.
    ordered = sorted(trajectories, key=lambda t: (t.outcome is not Outcome.DIVERGED, -t.final_loss))
    path = np.concatenate([_in_view(t, t.parameters) for t in ordered])
    return None, terrain_of(problem, path, ranges=scene.ranges, samples=_SAMPLES, levels=_LEVELS), nothing


def _same_start(trajectories: Sequence[Trajectory]) -> bool:
    return all(np.array_equal(t.start, trajectories[0].start) for t in trajectories)


def _slope(trajectories: Sequence[Trajectory]) -> float | None:
    """The slope from which all first steps are made, by the rate alone; None where there is none, or it is 0."""
    slope = float(trajectories[0].gradient[0, 0])
    proportional = (
        all(t.plain for t in trajectories) and _same_start(trajectories) and _rates_differ(trajectories)
    )
    return slope if proportional and slope != 0 else None


def _one_rule(trajectories: Sequence[Trajectory]) -> bool:
    """Do all runs go by the same update rule, with the same settings?"""
    rules = [(t.specs["optimizer"], t.specs.get("schedule")) for t in trajectories]
    return all(rule == rules[0] for rule in rules)


def _rates_differ(trajectories: Sequence[Trajectory]) -> bool:
    return len({t.rate for t in trajectories}) == len(trajectories) and _one_rule(trajectories)


def _title(speech: Speech, trajectories: Sequence[Trajectory]) -> Rich:
    """What decides: the rate, the rule, or something else."""
    if _same_start(trajectories):
        if _rates_differ(trajectories):
            return speech.say("learning-rates.title")
        if not _one_rule(trajectories):
            return speech.say("learning-rates.title-rules")
    return speech.say("learning-rates.title-runs")


def _labels(study: Study, names: Sequence[str], rates: Sequence[float]) -> list[Rich]:
    """What runs are called in panels: by their rates, with the rule where there are several, by name where that is not enough."""
    say, runs = study.speech.say, [study.trajectories[name] for name in names]
    labels: list[Rich] = []
    for name, run, shown in zip(names, runs, told_apart(rates), strict=True):
        rate, rule = (
            maths(study.speech.formula("alpha = {rate}", rate=shown)),
            study.lecture.runs[name].optimizer,
        )
        if all(each.plain for each in runs):
            labels.append(rate)
        elif run.plain:
            labels.append(say("learning-rates.plain-rate", rate=rate))
        else:  # gradient descent with a schedule or a sampler has no name of its own
            labels.append(say("learning-rates.rule-rate", rule=name if rule == "gd" else rule, rate=rate))
    return [
        say("learning-rates.rule-rate", rule=name, rate=label) if labels.count(label) > 1 else label
        for name, label in zip(names, labels, strict=True)
    ]

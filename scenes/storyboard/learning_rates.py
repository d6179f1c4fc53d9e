"""The story `learning-rates`: the same start under two to four rates, step by step, and why they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdcore.analysis import Analysis
from gdcore.notation import Node, Sign, name_node, row
from gdcore.outcome import Outcome
from gdcore.rest import RestKind
from gdcore.trajectory import Trajectory

from ..lecture.model import SceneSpec
from ..lecture.study import Study
from ..text import Format, Rich, Speech, format_of, join, maths, number, number_beside, words
from .facts import losses_shown
from .line import Curve, curve_of
from .plane import Terrain, levels_of, terrain_of
from .regimes import Strip, Verdict, near_limit, strip_of, verdict
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
_EDGE = 1e-12  # of the limit: a rate that is nearer to it is the limit itself
_TIE = 1e-9  # losses that differ by less, relative to their size, are equally low


@dataclass(frozen=True, eq=False)
class Contender:
    """One panel: a run with its rate and verdict; `plain`: is it plain gradient descent? Arrays by trajectory row: steps (n,), path (n, d), loss (n,)."""

    run: str
    label: Rich
    rate: float
    steps: NDArray[np.int64]
    path: FloatArray
    loss: FloatArray
    verdict: Verdict
    plain: bool

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

    parameters: tuple[Node, ...]
    contenders: tuple[Contender, ...]
    steps: NDArray[np.int64]
    curve: Curve | None
    terrain: Terrain | None
    levels: FloatArray
    loss_range: tuple[float, float]
    strip: Strip
    loss_format: Format


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
    analyses = [study.analyses[name] for name in names]
    longest = max(trajectories, key=lambda t: t.steps)
    if longest.steps == 0:
        raise StoryError(
            scene.name,
            f"none of its runs has a finite step to show ({longest.reason})",
            mend="choose smaller rates, another start or more steps",
        )
    strip = strip_of(study.problem, trajectories, analyses)
    curve, terrain = _ground(study, scene, trajectories)
    shown = [losses_shown(study.problem, t) for t in trajectories]
    losses = np.concatenate([_in_view(t, loss) for t, loss in zip(trajectories, shown, strict=True)])
    labels = _labels(study, names)
    story = LearningRatesStory(
        kind="learning-rates",
        name=scene.name,
        title=words(scene.title) if scene.title else _title(study.speech, trajectories),
        speech=study.speech,
        beats=(),
        parameters=tuple(map(name_node, study.problem.parameters)),
        contenders=tuple(
            Contender(
                name,
                label,
                t.rate,
                t.step,
                t.parameters,
                loss,
                verdict(study.speech, t, a, study.problem),
                t.plain,
            )
            for name, label, t, a, loss in zip(names, labels, trajectories, analyses, shown, strict=True)
        ),
        steps=longest.step,
        curve=curve,
        terrain=terrain,
        levels=levels_of(terrain, _LEVELS) if terrain else np.empty(0),
        loss_range=scene.ranges.get("J") or (float(losses.min()), float(losses.max())),
        strip=strip,
        loss_format=format_of(losses),
    )
    telling = Telling(
        trajectories[0],
        study.speech,
        steps=longest.step,
        pace=study.lecture.pace,
        captions=scene.captions,
        scene=scene.name,
    )
    _Words(study, story, trajectories, analyses, telling).tell()
    return story.told(telling.told())


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


@dataclass(frozen=True)
class _Words:
    """Writes the beats: the runs in lockstep, how each ended, and why."""

    study: Study
    story: LearningRatesStory
    trajectories: Sequence[Trajectory]
    analyses: Sequence[Analysis]
    telling: Telling

    @property
    def speech(self) -> Speech:
        return self.story.speech

    def tell(self) -> None:
        self._race()
        if self.story.strip.limit is not None:
            self._reason()

    def _race(self) -> None:
        say, telling, steps = self.speech.say, self.telling, self.story.steps
        last = len(steps) - 1
        same = _same_start(self.trajectories)
        panels = self._panels(same)
        telling.beat("panels", panels, motion=1.8, chapter=say("chapter.rates"))
        telling.beat("step-1", self._first(same), motion=2.4, row=1, chapter=say("chapter.steps"))
        slow = min(TOGETHER, last)
        if slow > 1:
            telling.beat("steps", self._so_far(int(steps[slow])), motion=0.5 * slow, row=slow)
        if last > slow:
            sweep, motion = say("learning-rates.sweep", step=int(steps[last])), 6.0 if last > 40 else 3.5
            telling.beat("sweep", sweep, motion=motion, row=last, pause=False)
        telling.beat("verdicts", self._standing(), motion=0.8, row=last, chapter=say("chapter.verdicts"))

    def _panels(self, same: bool) -> Rich:
        say, many = self.speech.say, len(self.trajectories)
        count = (
            say("learning-rates.two")
            if many == 2
            else say("learning-rates.three")
            if many == 3
            else say("learning-rates.four")
        )
        if not same:
            return say("learning-rates.panels-starts", count=count)
        if _rates_differ(self.trajectories):
            return say("learning-rates.panels-rates", count=count)
        return say("learning-rates.panels-same", count=count)

    def _first(self, same: bool) -> Rich:
        say, rates = self.speech.say, [t.rate for t in self.trajectories]
        plain = all(t.plain for t in self.trajectories)
        if plain and not any(t.gradient[0].any() for t in self.trajectories):
            return say("learning-rates.first-flat")
        if not (same and plain and _rates_differ(self.trajectories)):
            return say("learning-rates.first")
        parts: list[Node] = []
        for rate in rates:
            parts += [*([Sign("ratio")] if parts else []), number(rate / min(rates), 3)]
        return say("learning-rates.first-ratio", ratio=row(parts))

    def _so_far(self, step: int) -> Rich:
        say = self.speech.say
        # A run that is over stays where it ended, unless it has left.
        reached = [
            (float(shown.loss[np.searchsorted(t.step, min(step, t.steps))]), i)
            for i, (t, shown) in enumerate(zip(self.trajectories, self.story.contenders, strict=True))
            if t.steps >= step or t.outcome is not Outcome.DIVERGED
        ]
        if not reached:
            return say("learning-rates.together")
        loss, lowest = _lowest(reached)
        who, value = self._who(lowest), number_beside(loss, self._first_loss)
        return (
            say("learning-rates.together-lowest", step=step, who=who, loss=value)
            if len(lowest) == 1
            else say("learning-rates.together-lowest-several", step=step, who=who, loss=value)
        )

    def _standing(self) -> Rich:
        say, runs = self.speech.say, list(enumerate(self.trajectories))
        ends = [float(shown.loss[-1]) for shown in self.story.contenders]
        stayed = [(ends[i], i) for i, t in runs if t.outcome is not Outcome.DIVERGED]
        left = [i for i, t in runs if t.outcome is Outcome.DIVERGED]
        if all(t.rest.kind is RestKind.NO_BOTTOM for t in self.trajectories):
            return say("found.no-bottom")
        if not stayed:
            return say("learning-rates.all-leave")
        loss, lowest = _lowest(stayed)
        steps = self.speech.count("step", max(self.trajectories[i].steps for i in lowest))
        who, value = self._who(lowest), number_beside(loss, self._first_loss, digits=6)
        text = (
            say("learning-rates.lowest", steps=steps, who=who, loss=value)
            if len(lowest) == 1
            else say("learning-rates.lowest-several", steps=steps, who=who, loss=value)
        )
        if not left:
            return text
        return join([text, self._leaving(left)])

    @property
    def _first_loss(self) -> float:
        return float(self.story.contenders[0].loss[0])

    def _who(self, runs: Sequence[int]) -> Rich:
        """Runs by their labels: α = 0.9, α = 1.1 and α = 1.5."""
        return self.speech.listed([self.story.contenders[i].label for i in runs])

    def _reason(self) -> None:
        """The regimes of the rate, the limit, and what it says about these runs."""
        strip, say, telling = self.story.strip, self.speech.say, self.telling
        assert strip.limit is not None
        assert strip.curvature is not None
        curvature, limit = number(strip.curvature), number(strip.limit)
        if strip.local:
            text = say("learning-rates.strip-path", curvature=curvature)
        elif strip.steepest:
            text = say("learning-rates.strip-steepest", curvature=curvature)
        else:
            text = say("learning-rates.strip", curvature=curvature)
        telling.beat("strip", text, motion=2.0, chapter=say("chapter.reason"))
        telling.beat("limit", self._limit(strip.limit, strip.rest_limit), motion=1.0)
        close = [i for i, t in enumerate(self.trajectories) if t.plain and near_limit(t, strip.limit)]
        if close:
            steps = self.trajectories[close[-1]].steps
            near = say("learning-rates.near-limit", who=self._who(close[-1:]), steps=steps)
            telling.beat("near-limit", near, motion=0.8, chapter=say("chapter.near-limit"))
        telling.beat("end", self._useful(limit), motion=0.6, chapter=say("chapter.end"))

    def _limit(self, limit: float, rest_limit: float | None) -> Rich:
        say, shown = self.speech.say, number(limit)
        if rest_limit is None:
            return say("learning-rates.limit-steepest", limit=shown)
        if rest_limit > limit * (1 + _TIE):
            return say("learning-rates.limits", steepest=shown, rest=number(rest_limit))
        plain = [(i, t) for i, t in enumerate(self.trajectories) if t.plain]
        edge = [i for i, t in plain if abs(t.rate / limit - 1) <= _EDGE]
        above = [(i, t) for i, t in plain if t.rate > limit and i not in edge]
        left = [i for i, t in above if t.outcome is Outcome.DIVERGED]
        unsettled = [i for i, t in above if not t.rest.at_rest]
        if self.story.strip.local:
            return self._near_minimum(shown, left, unsettled, bool(above or edge))
        if left:
            who = self._who(left)
            return (
                say("learning-rates.limit-leaves", limit=shown, who=who)
                if len(left) == 1
                else say("learning-rates.limit-leave", limit=shown, who=who)
            )
        if unsettled:
            return say("learning-rates.limit-settle", limit=shown, who=self._who(unsettled))
        if edge:
            return say("learning-rates.limit-edge", limit=shown, who=self._who(edge))
        if above or len(plain) < len(self.trajectories):
            return say("learning-rates.limit-plain", limit=shown)
        return say("learning-rates.limit-below", limit=shown)

    def _near_minimum(self, limit: Node, left: list[int], unsettled: list[int], reached: bool) -> Rich:
        """The limit where it holds near the minimum only, and the runs above it."""
        say = self.speech.say
        lead = say("learning-rates.limit-near", limit=limit)
        if left:
            return join([lead, self._leaving(left)])
        if unsettled:
            return join([lead, say("learning-rates.cannot-settle", who=self._who(unsettled))])
        if reached or not all(t.plain for t in self.trajectories):
            return lead
        return join([lead, say("learning-rates.all-below")])

    def _leaving(self, runs: list[int]) -> Rich:
        say, who = self.speech.say, self._who(runs)
        return (
            say("learning-rates.leaves", who=who) if len(runs) == 1 else say("learning-rates.leave", who=who)
        )

    def _useful(self, limit: Node) -> Rich:
        strip, say = self.story.strip, self.speech.say
        usual = strip.limit is not None and 0.5 <= strip.limit <= 2.0
        if not all(t.plain for t in self.trajectories):
            text = say("learning-rates.useful-plain", limit=limit)
        elif strip.local:
            text = (
                say("learning-rates.useful-near", limit=limit)
                if usual
                else say("learning-rates.useful-near-no-rule", limit=limit)
            )
        else:
            text = (
                say("learning-rates.useful", limit=limit)
                if usual
                else say("learning-rates.useful-no-rule", limit=limit)
            )
        if strip.local:
            return text
        best = next((a.best_rate for a in self.analyses if a.best_rate is not None), None)
        if best is None or strip.limit is None or best >= _CLOSE * strip.limit:
            return text
        # With several curvatures another rate may be ahead for a while.
        rate = number(best)
        after = (
            say("learning-rates.best-long-run", rate=rate)
            if strip.steepest
            else say("learning-rates.best", rate=rate)
        )
        return join([text, after])


def _lowest(reached: Sequence[tuple[float, int]]) -> tuple[float, list[int]]:
    """The lowest of losses of runs, and whose it is: ties are shared."""
    lowest = min(loss for loss, _ in reached)
    return lowest, [run for loss, run in reached if np.isclose(loss, lowest, rtol=_TIE, atol=0.0)]


def _same_start(trajectories: Sequence[Trajectory]) -> bool:
    return all(np.array_equal(t.start, trajectories[0].start) for t in trajectories)


def _one_rule(trajectories: Sequence[Trajectory]) -> bool:
    """Do all runs go by the same update rule, with the same settings?"""
    rules = [(t.specs["optimizer"], t.specs.get("schedule")) for t in trajectories]
    return all(rule == rules[0] for rule in rules)


def _rates_differ(trajectories: Sequence[Trajectory]) -> bool:
    """Are it different rates of one rule that are compared, and nothing else?"""
    return len({t.rate for t in trajectories}) == len(trajectories) and _one_rule(trajectories)


def _title(speech: Speech, trajectories: Sequence[Trajectory]) -> Rich:
    """What decides: the rate, the rule, or something else."""
    if _same_start(trajectories):
        if _rates_differ(trajectories):
            return speech.say("learning-rates.title")
        if not _one_rule(trajectories):
            return speech.say("learning-rates.title-rules")
    return speech.say("learning-rates.title-runs")


def _labels(study: Study, names: Sequence[str]) -> list[Rich]:
    """What runs are called in panels: by their rates, by the rule where it is another one, by name where that is not enough."""
    say = study.speech.say
    labels: list[Rich] = []
    for name in names:
        trajectory, rule = study.trajectories[name], study.lecture.runs[name].optimizer
        rate = maths(study.speech.formula("alpha = {rate}", rate=number(trajectory.rate)))
        if trajectory.plain:
            labels.append(rate)
        else:  # plain descent is gd too
            labels.append(say("learning-rates.rule-rate", rule=name if rule == "gd" else rule, rate=rate))
    return [
        say("learning-rates.rule-rate", rule=name, rate=label) if labels.count(label) > 1 else label
        for name, label in zip(names, labels, strict=True)
    ]

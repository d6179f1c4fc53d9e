"""What is said in the story `regression`, beat by beat."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from gdcore.notation import Node
from gdcore.problems import LeastSquares
from gdcore.run.outcome import Outcome
from scenes.lecture.study import Study
from scenes.storyboard.facts import in_a_sentence
from scenes.storyboard.telling import Telling
from scenes.text import Rich, Speech, arithmetic, join, maths, number, point, words
from scenes.theme import Role

if TYPE_CHECKING:
    from .regression import RegressionStory

_LONG = 70  # characters of a lecture's question that leave room for a sentence beside it
_LISTED = 3  # parameters that a caption names with their values
_SEEN = 90  # rows in one beat: more pass too quickly to be seen one by one
_NEAR = 0.01  # of the farthest: a point that is nearer has nearly arrived


@dataclass(frozen=True)
class RegressionWords:
    """Writes the beats of a story whose drawing is known. `turning` is the parameter of the turning point."""

    story: RegressionStory
    study: Study
    problem: LeastSquares
    turning: int

    @property
    def speech(self) -> Speech:
        return self.story.speech

    @property
    def shape(self) -> Literal["line", "curve", "model"]:
        """What is fitted: a line or a curve through the dots, or with several columns a model."""
        if self.story.fit.against:
            return "model"
        return "line" if self.problem.features.degree == 1 else "curve"

    def tell(self, telling: Telling) -> None:
        self._data(telling)
        self._misfit(telling)
        self._room(telling)
        self._steps(telling)
        self._end(telling)

    # The data, a first line, and how wrong it is

    def _data(self, telling: Telling) -> None:
        story, say = self.story, self.speech.say
        across, up = story.labels
        dots, rows = len(story.fit.y), self.problem.size
        if rows == 1:
            text = say("regression.data-one", x=across, y=up)
        elif dots == rows:
            text = say("regression.data-all", n=dots, x=across, y=up)
        else:
            text = say("regression.data-some", n=dots, rows=rows, x=across, y=up)
        telling.beat("data", text, motion=1.6, chapter=say("chapter.data"))
        telling.beat("question", self._question(), motion=0.9, chapter=say("chapter.question"))
        if not story.fit.against:
            telling.beat("line", self._guess())

    def _question(self) -> Rich:
        say, fit, spec = self.speech.say, self.story.fit, self.study.lecture.problem
        if fit.against:
            names = self.speech.listed([maths(name) for name in self.story.parameters])
            return say("regression.question-diagonal", names=names)
        curved = self.shape == "curve"
        if fit.predict is None:
            return say("regression.question-curve") if curved else say("regression.question-line")
        tells = say("regression.tells-curve") if curved else say("regression.tells-line")
        asked = self.study.lecture.question
        if asked:
            return join([words(asked), tells]) if len(asked) <= _LONG else words(asked)
        question = say("regression.question-predict", x=spec.x[0], value=number(fit.predict))
        return join([question, tells])

    def _guess(self) -> Rich:
        say, y, model = self.speech.say, self.speech.letters.target, self.problem.model_notation
        values, curved = self._values(0), self.shape == "curve"
        if values is None:
            return (
                say("regression.guess-curve-short", y=y, model=model)
                if curved
                else say("regression.guess-line-short", y=y, model=model)
            )
        if curved:
            return say("regression.guess-curve", y=y, model=model, values=values)
        line = say("regression.guess-line", y=y, model=model, values=values)
        if not self.problem.features.standardize:
            return line
        z, x = self.speech.letters.standardized, self.story.labels[0]
        return join([line, say("regression.standardized", z=z, x=x)])

    def _misfit(self, telling: Telling) -> None:
        say, loss, shape = self.speech.say, self._loss(0), self.shape
        if shape == "model":
            bars = say("regression.residuals-model")
        else:
            bars = say("regression.residuals-line") if shape == "line" else say("regression.residuals-curve")
        telling.beat("residuals", bars, motion=1.2, chapter=say("chapter.loss"))
        if self.problem.cost == "mse":
            rule = (
                say("regression.loss-mse-ridge", loss=loss)
                if self.problem.ridge
                else say("regression.loss-mse", loss=loss)
            )
        else:
            rule = (
                say("regression.loss-half-ridge", loss=loss)
                if self.problem.ridge
                else say("regression.loss-half", loss=loss)
            )
        telling.beat("loss", rule, motion=1.6)

    # Room for the other panels

    def _room(self, telling: Telling) -> None:
        story, say, p = self.story, self.speech.say, self.story.parameters
        text: Rich | None = None
        if story.terrain is not None:
            text = self._plane(p[0], p[1])
        elif story.curve is not None:
            text = self._on_curve(p[0])
        elif len(story.distance):
            far, many = number(float(story.distance[0])), len(p)
            text = (
                say("regression.room-many-model", n=many, distance=far)
                if self.shape == "model"
                else say("regression.room-many-curve", n=many, distance=far)
            )
        if text is not None:
            telling.beat("room", text, motion=1.8, chapter=say("chapter.parameters"))
        telling.beat("traces", self._traces(), motion=1.6, chapter=say("chapter.slopes"))

    def _plane(self, p: Node, q: Node) -> Rich:
        say = self.speech.say
        match self.shape:
            case "line":
                return say("regression.room-plane-line", p=p, q=q)
            case "curve":
                return say("regression.room-plane-curve", p=p, q=q)
        return say("regression.room-plane-model", p=p, q=q)

    def _on_curve(self, p: Node) -> Rich:
        say = self.speech.say
        match self.shape:
            case "line":
                return say("regression.room-curve-line", p=p)
            case "curve":
                return say("regression.room-curve-curve", p=p)
        return say("regression.room-curve-model", p=p)

    def _traces(self) -> Rich:
        story, say, p = self.story, self.speech.say, self.story.parameters
        if len(p) > 2:
            return say("regression.traces-many", n=len(p))
        slopes = [number(float(slope)) for slope in story.gradient[0]]
        if len(p) == 1:
            return say(
                "regression.traces-one", slopes=say("regression.slope-of-one", p=p[0], slope=slopes[0])
            )
        each = [say("regression.slope-of", p=q, slope=slope) for q, slope in zip(p, slopes, strict=True)]
        return say("regression.traces", slopes=self.speech.listed(each))

    # The descent

    def _steps(self, telling: Telling) -> None:
        story, say = self.story, self.speech.say
        telling.beat("step-1", self._first_step(), motion=2.0, row=1, chapter=say("chapter.steps"))
        first, last = story.first_row, len(story.steps) - 1
        if first > 1:
            lead = say("regression.first-steps", step=int(story.steps[first]))
            text = join([lead, self._fall(1, first)])
            telling.beat("first-steps", text, motion=0.6 * (first - 1), row=first)
        if story.turn is not None and story.turn < last:
            self._turn(telling, story.turn, max(story.turn, first))
        if last > first:
            begun = story.turn if story.turn is not None and story.turn > first else first
            gap, end = int(np.max(np.diff(story.steps[first:]))), int(story.steps[-1])
            if last - begun > _SEEN:
                lead = say("regression.run-quick", step=end)
            elif gap > 1 and last - begun > 1:
                lead = say("regression.run-every", gap=gap, step=end)
            else:
                lead = say("regression.run-all", step=end)
            text = join([lead, self._fall(begun, last)])
            telling.beat("run", text, motion=6.0, row=last, chapter=say("chapter.run"))

    def _first_step(self) -> Rich:
        story, say = self.story, self.speech.say
        fall = self._fall(0, 1)
        if len(story.parameters) > 2:
            return join([say("regression.step-1-many"), fall])
        sums: list[Rich] = []
        for i, name in enumerate(story.parameters):
            old, new = float(story.path[0, i]), float(story.path[1, i])
            spelled = arithmetic(old, story.rate, float(story.gradient[0, i]), new)
            left = self.speech.formula("{p} = {change} =", p=name, change=spelled.change)
            sums.append(join([maths(left), maths(spelled.new, Role.POINT)]))
        return join([say("regression.step-1", sums=self.speech.listed(sums)), fall])

    def _fall(self, row: int, to: int) -> Rich:
        say, loss = self.speech.say, self._loss(to)
        before, after = float(self.story.loss[row]), float(self.story.loss[to])
        if after > before:
            return say("regression.grows", loss=loss)
        return say("regression.stays", loss=loss) if after == before else say("regression.falls", loss=loss)

    def _turn(self, telling: Telling, turn: int, row: int) -> None:
        story, say, i = self.story, self.speech.say, self.turning
        assert story.best is not None
        p, at, best = story.parameters[i], float(story.path[turn, i]), number(float(story.best[i]))
        step = int(story.steps[turn])
        if self._slope_changes_sign(step):
            slope = (
                self.speech.formula("partial J/partial {p}", p=p)
                if len(story.parameters) > 1
                else self.speech.formula("J'({p})", p=p)
            )
            lead = (
                say("regression.turns", step=step, p=p, slope=slope)
                if row == turn
                else say("regression.turned", step=step, p=p, slope=slope)
            )
        else:
            lead = (
                say("regression.turns-only", step=step, p=p)
                if row == turn
                else say("regression.turned-only", step=step, p=p)
            )
        farthest = number(at)
        how = (
            say("regression.had-risen", p=p, farthest=farthest, best=best)
            if at > story.path[0, i]
            else say("regression.had-fallen", p=p, farthest=farthest, best=best)
        )
        motion = 3.0 if row == turn else 0.6
        telling.beat("turn", join([lead, how]), motion=motion, row=row, chapter=say("chapter.turn"))

    def _slope_changes_sign(self, step: int) -> bool:
        """Does the turning parameter's slope change its sign at this step?"""
        run = self.story.trajectory
        row = int(np.flatnonzero(run.step == step)[0])
        before, there = run.gradient[max(0, row - 1) : row + 1, self.turning][[0, -1]]
        return bool(before * there <= 0 and before != there)

    # The end

    def _end(self, telling: Telling) -> None:
        story, fit, say = self.story, self.story.fit, self.speech.say
        last = len(story.steps) - 1
        if story.best is not None:
            telling.beat("best", self._best(), motion=1.2, row=last, chapter=say("chapter.best"))
        if len(fit.predictions) and math.isfinite(fit.predictions[-1]):
            telling.beat(
                "predict", self._prediction(), motion=1.4, row=last, chapter=say("chapter.prediction")
            )
        telling.beat("end", self._verdict(), motion=0.8, row=last, chapter=say("chapter.end"))

    def _best(self) -> Rich:
        story, say, ridge = self.story, self.speech.say, bool(self.problem.ridge)
        assert story.best is not None
        least = in_a_sentence(story.loss_format(story.least))
        values = self._list(story.best)
        best = (
            self.speech.formula("J = {least}", least=least)
            if values is None
            else self.speech.formula("{values}, J = {least}", values=values, least=least)
        )
        match self.shape:
            case "line":
                return (
                    say("regression.best-line-ridge", best=best)
                    if ridge
                    else say("regression.best-line", best=best)
                )
            case "curve":
                return (
                    say("regression.best-curve-ridge", best=best)
                    if ridge
                    else say("regression.best-curve", best=best)
                )
        return (
            say("regression.best-model-ridge", best=best)
            if ridge
            else say("regression.best-model", best=best)
        )

    def _prediction(self) -> Rich:
        story, fit, say = self.story, self.story.fit, self.speech.say
        x, value = self.study.lecture.problem.x[0], number(fit.predict or 0.0)
        ours, best, curved = (
            number(float(fit.predictions[-1])),
            number(fit.best_prediction),
            self.shape == "curve",
        )
        if story.best is None:
            return (
                say("regression.predict-curve-only", x=x, value=value, ours=ours)
                if curved
                else say("regression.predict-line-only", x=x, value=value, ours=ours)
            )
        return (
            say("regression.predict-curve", x=x, value=value, ours=ours, best=best)
            if curved
            else say("regression.predict-line", x=x, value=value, ours=ours, best=best)
        )

    def _verdict(self) -> Rich:
        say, outcome = self.speech.say, self.story.trajectory.outcome
        if outcome is Outcome.DIVERGED:
            return self._divergence()
        steps = self.speech.count("step", int(self.story.steps[-1]))
        # A limit of the lecturer's own for the slope may end a run that does not rest.
        rests = self.story.trajectory.rest.at_rest
        stopped = outcome in (Outcome.STOPPED_EARLY, Outcome.CONVERGED) and not rests
        if rests:
            lead = say("regression.converged", steps=steps)
        elif stopped:
            lead = say("regression.stopped", steps=steps)
        else:
            lead = say("regression.limit", steps=steps)
        values = self._values(-1)
        at = Rich() if values is None else say("regression.at", values=values)
        if self.story.best is None:
            return join([lead, at, say("regression.undetermined")])
        return join([lead, at, self._left(rests)])

    def _left(self, converged: bool) -> Rich:
        """How far the last parameters are from the best ones, and in which space that is measured."""
        story, say, p = self.story, self.speech.say, self.story.parameters
        away = float(story.distance[-1])
        if away == 0:
            return say("regression.best-there-is")
        near = converged or away <= _NEAR * float(story.distance.max())
        far = number(away, 3 if converged else 4)
        if len(p) == 1:
            return say("regression.away-one", far=far) if near else say("regression.away-one-still", far=far)
        if len(p) == 2:
            return (
                say("regression.away-two", p=p[0], q=p[1], far=far)
                if near
                else say("regression.away-two-still", p=p[0], q=p[1], far=far)
            )
        return say("regression.away-many", far=far) if near else say("regression.away-many-still", far=far)

    def _divergence(self) -> Rich:
        story, say, limit = self.story, self.speech.say, self.study.analyses[self.story.run].rate_limit
        rate, lost = number(story.rate), story.trajectory.nonfinite_step
        why = (
            say("regression.diverged-limit", rate=rate, limit=number(limit))
            if limit and story.rate > limit
            else say("regression.diverged", rate=rate)
        )
        end = (
            say("regression.diverged-loss", steps=int(story.steps[-1]), loss=number(float(story.loss[-1]), 4))
            if lost is None
            else say("regression.diverged-numbers", step=lost)
        )
        return join([why, end])

    # Pieces

    def _loss(self, row: int) -> Node:
        return in_a_sentence(self.story.loss_format(float(self.story.loss[row])))

    def _values(self, row: int) -> Node | None:
        return self._list(self.story.path[row])

    def _list(self, values: Sequence[float] | np.ndarray) -> Node | None:
        """Parameters with their values; nothing where they are too many for a caption."""
        if len(values) > _LISTED:
            return None
        return point(self.story.parameters, [number(float(value)) for value in values])

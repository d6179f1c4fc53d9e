"""What is said in the story `regression`, beat by beat, until the descent is over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdcore.base.rates import each_rate
from gdcore.notation import Symbol
from gdcore.problems.linear.costs import Cost
from scenes.storyboard.standardized import scaling_explained
from scenes.storyboard.telling import Telling
from scenes.text import Rich, arithmetic, join, maths, number
from scenes.theme import Role

from .phrases import ModelShape, Phrases

_LONG = 70  # characters of a lecture's question that leave room for a sentence beside it
_NAMED = 6  # parameters in a question
_SEEN = 90  # rows in one beat: more pass too quickly to be seen one by one
_RESIDUALS: dict[ModelShape, str] = {
    "line": "regression.residuals-line",
    "curve": "regression.residuals-curve",
    "model": "regression.residuals-model",
}
_LOSS: dict[Cost, str] = {
    "mse": "regression.loss-mse",
    "half-mse": "regression.loss-half",
    "sum": "regression.loss-sum",
    "norm": "regression.loss-norm",
}
_LOSS_RIDGE: dict[Cost, str] = {
    "mse": "regression.loss-mse-ridge",
    "half-mse": "regression.loss-half-ridge",
    "sum": "regression.loss-sum-ridge",
}
_ON_PLANE: dict[ModelShape, str] = {
    "line": "regression.room-plane-line",
    "curve": "regression.room-plane-curve",
    "model": "regression.room-plane-model",
}
_ON_CURVE: dict[ModelShape, str] = {
    "line": "regression.room-curve-line",
    "curve": "regression.room-curve-curve",
    "model": "regression.room-curve-model",
}


@dataclass(frozen=True)
class RegressionWords(Phrases):
    """Writes the beats up to the end of the descent. `turning` is the parameter of the turning point."""

    turning: int

    def tell(self, telling: Telling) -> None:
        self._data(telling)
        self._misfit(telling)
        self._room(telling)
        self._steps(telling)

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
        telling.beat("data", join([text, self._left_out()]), motion=1.6, chapter=say("chapter.data"))
        telling.beat("question", self._question(), motion=0.9, chapter=say("chapter.question"))
        if not story.fit.against:
            telling.beat("line", self._guess())
        text = scaling_explained(self.study)
        if text:
            telling.beat("standardized", text, chapter=say("chapter.standardized"))

    def _left_out(self) -> Rich:
        """How many rows of the table are not among the dots, for they lack a number."""
        say, left_out = self.speech.say, self.problem.left_out
        if left_out is None or not left_out.rows:
            return Rich()
        if left_out.rows == 1:
            return say("regression.left-out-one", rows=left_out.rows, of=left_out.of)
        return say("regression.left-out", rows=left_out.rows, of=left_out.of)

    def _question(self) -> Rich:
        say, fit = self.speech.say, self.story.fit
        if fit.against:
            p = self.story.parameters
            shown = p if len(p) <= _NAMED else (*p[:3], Symbol("dots"), p[-1])
            names = self.speech.listed([maths(name) for name in shown])
            return say("regression.question-diagonal", names=names)
        curved = self.shape == "curve"
        if not fit.asked:
            return say("regression.question-curve" if curved else "regression.question-line")
        tells = say("regression.tells-curve" if curved else "regression.tells-line")
        asked = self.study.lecture.question
        if asked:
            posed = self.speech.words(asked)
            return join([posed, tells]) if len(asked) <= _LONG else posed
        question = say("regression.question-predict", where=self.where(*fit.asked))
        return join([question, tells])

    def _guess(self) -> Rich:
        say, y, model = self.speech.say, self.speech.letters.target, self.problem.model_notation
        values, curved = self.listed(self.story.path[0]), self.shape == "curve"
        if values is None:
            return say(
                "regression.guess-curve-short" if curved else "regression.guess-line-short", y=y, model=model
            )
        if curved:
            return say("regression.guess-curve", y=y, model=model, values=values)
        return say("regression.guess-line", y=y, model=model, values=values)

    def _misfit(self, telling: Telling) -> None:
        say, loss = self.speech.say, self.loss(0)
        bars = say(_RESIDUALS[self.shape])
        telling.beat("residuals", bars, motion=1.2, chapter=say("chapter.loss"))
        cost = self.problem.cost
        rule = say(_LOSS_RIDGE[cost] if self.problem.ridge else _LOSS[cost], loss=loss)
        telling.beat("loss", rule, motion=1.6)

    # Room for the other panels

    def _room(self, telling: Telling) -> None:
        story, say, p = self.story, self.speech.say, self.story.parameters
        text: Rich | None = None
        if story.terrain is not None:
            text = say(_ON_PLANE[self.shape], p=p[0], q=p[1])
        elif story.curve is not None:
            text = say(_ON_CURVE[self.shape], p=p[0])
        elif len(story.distance):
            far, many = number(float(story.distance[0])), len(p)
            text = say(
                "regression.room-many-model" if self.shape == "model" else "regression.room-many-curve",
                n=many,
                distance=far,
            )
        if text is not None:
            telling.beat("room", text, motion=1.8, chapter=say("chapter.parameters"))
        telling.beat("traces", self._traces(), motion=1.6, chapter=say("chapter.slopes"))

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
        rates = each_rate(story.rate, len(story.parameters))
        for i, name in enumerate(story.parameters):
            old, new = float(story.path[0, i]), float(story.path[1, i])
            spelled = arithmetic(old, rates[i], float(story.gradient[0, i]), new)
            left = self.speech.formula("{p} = {change} =", p=name, change=spelled.change)
            sums.append(join([maths(left), maths(spelled.new, Role.POINT)]))
        return join([say("regression.step-1", sums=self.speech.listed(sums)), fall])

    def _fall(self, row: int, to: int) -> Rich:
        say, loss = self.speech.say, self.loss(to)
        before, after = float(self.story.loss[row]), float(self.story.loss[to])
        if after > before:
            return say("regression.grows", loss=loss)
        return say("regression.stays" if after == before else "regression.falls", loss=loss)

    def _turn(self, telling: Telling, turn: int, row: int) -> None:
        story, say, i = self.story, self.speech.say, self.turning
        assert story.best is not None
        p, at, best = story.parameters[i], float(story.path[turn, i]), number(float(story.best[i]))
        step = int(story.steps[turn])
        if self._slope_changes_sign(step):
            slope = self.speech.formula(
                "partial J/partial {p}" if len(story.parameters) > 1 else "J'({p})", p=p
            )
            lead = say(
                "regression.turns" if row == turn else "regression.turned", step=step, p=p, slope=slope
            )
        else:
            lead = say("regression.turns-only" if row == turn else "regression.turned-only", step=step, p=p)
        farthest = number(at)
        how = say(
            "regression.had-risen" if at > story.path[0, i] else "regression.had-fallen",
            p=p,
            farthest=farthest,
            best=best,
        )
        motion = 3.0 if row == turn else 0.6
        telling.beat("turn", join([lead, how]), motion=motion, row=row, chapter=say("chapter.turn"))

    def _slope_changes_sign(self, step: int) -> bool:
        """Does the turning parameter's slope change its sign at this step?"""
        run = self.story.trajectory
        row = int(np.flatnonzero(run.step == step)[0])
        before, there = run.gradient[max(0, row - 1) : row + 1, self.turning][[0, -1]]
        return bool(before * there <= 0 and before != there)

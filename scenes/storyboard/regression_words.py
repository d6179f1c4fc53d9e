"""What is said in the story `regression`, beat by beat."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gdcore.problems import LeastSquares

from ..lecture.study import Study
from ..richtext import Rich, say, words
from .numbers import counted, fixed, math_number, text_number
from .telling import Telling

if TYPE_CHECKING:
    from .regression import RegressionStory

_LONG = 70  # characters of a lecture's question that leave room for a sentence beside it


@dataclass(frozen=True)
class RegressionWords:
    """Writes the beats of a story whose drawing is known. `turning` is the parameter of the turning point."""

    story: RegressionStory
    study: Study
    problem: LeastSquares
    turning: int

    def tell(self, telling: Telling) -> None:
        self._data(telling)
        self._misfit(telling)
        self._room(telling)
        self._steps(telling)
        self._end(telling)

    # The data, a first line, and how wrong it is

    def _data(self, telling: Telling) -> None:
        story, fit = self.story, self.story.fit
        across, up = (words(label) for label in story.labels)
        count = self.problem.size
        rows = "one row of data" if len(fit.y) == count else f"one of {count} rows of data"
        telling.beat(
            "data",
            say(f"Each of the {len(fit.y)} dots is {rows}: ")
            + across
            + say(" along the bottom, ")
            + up
            + say(" up the side."),
            motion=1.6,
            chapter="The data",
        )
        telling.beat("question", self._question(), motion=0.9, chapter="The question")
        if not fit.against:
            guess = f"A first guess: the {self._shape} {{point|$y = {self.problem.typst_model()}$}}"
            values = self._values(0)
            telling.beat("line", f"{guess} with {{point|{values}}}." if values else f"{guess}.")

    def _question(self) -> Rich:
        fit, spec = self.story.fit, self.study.lecture.problem
        if fit.against:
            names = ", ".join(f"${p}$" for p in self.story.parameters)
            return say(
                f"Which values of {names} bring every dot onto the {{good|diagonal}}, where both agree?"
            )
        tells = say(f" A {self._shape} through the dots would tell.")
        if fit.predict is None:
            return say(f"Which {self._shape} fits the dots best?")
        asked = self.study.lecture.question
        if asked:
            return words(asked) + tells if len(asked) <= _LONG else words(asked)
        return words(f"What goes with {spec.x[0]} = {text_number(fit.predict)}?") + tells

    def _misfit(self, telling: Telling) -> None:
        fit = self.story.fit
        misses = (
            "the prediction misses the true value" if fit.against else f"the {self._shape} misses each dot"
        )
        telling.beat(
            "residuals",
            f"The {{objective|bars}} are the residuals: by how much {misses}.",
            motion=1.2,
            chapter="The loss",
        )
        penalty = "add the ridge penalty" if self.problem.ridge else ""
        if self.problem.cost == "mse":
            rule = (
                f"Square all bars, average, {penalty}" if penalty else "Square all bars and take the average"
            )
            rule += ": that is the loss"
        else:
            rule = "Half the average of the squares of all bars" + (
                ", with the ridge penalty," if penalty else ""
            )
            rule += " is the loss"
        telling.beat(
            "loss",
            f"{rule}, {{objective|$J = {self._loss(self.story.loss[0])}$}} here. Small is good.",
            motion=1.6,
        )

    # Room for the other panels

    def _room(self, telling: Telling) -> None:
        story, p = self.story, self.story.parameters
        same = "The same model" if story.fit.against else f"The same {self._shape}"
        best = "best model" if story.fit.against else f"best {self._shape}"
        text = None
        if story.terrain is not None:
            text = (
                f"{same} is one {{point|point}} in the plane of ${p[0]}$ and ${p[1]}$. "
                "Along a {objective|contour} the loss is the same."
            )
        elif story.curve is not None:
            text = (
                f"{same} is one {{point|point}} on {{objective|$J({p[0]})$}}. "
                f"The {{good|lowest point}} is the {best}."
            )
        elif len(story.distance):
            text = (
                f"{len(p)} parameters need more than a plane. We follow their {{point|distance}} to the "
                f"{{good|{best}}}, {{point|{text_number(story.distance[0])}}} at first."
            )
        if text:
            telling.beat("room", text, motion=1.8, chapter="The parameters")
        slopes = f"its {{slope|{len(p)} partial derivatives}}" if len(p) > 2 else self._slopes(0)
        telling.beat(
            "traces",
            f"Recorded at every step $k$: the {{objective|loss}}, and {slopes}.",
            motion=1.6,
            chapter="The slopes",
        )

    def _slopes(self, row: int) -> str:
        story = self.story
        if len(story.parameters) == 1:
            return f"its slope {{slope|$J'({story.parameters[0]}) = {math_number(story.gradient[row, 0])}$}}"
        each = [
            f"{{slope|$partial J \\/ partial {name} = {math_number(value)}$}}"
            for name, value in zip(story.parameters, story.gradient[row], strict=True)
        ]
        return "its slopes " + " and ".join(each)

    # The descent

    def _steps(self, telling: Telling) -> None:
        story = self.story
        telling.beat("step-1", self._first_step(), motion=2.0, row=1, chapter="Steps")
        first, last = story.first_row, len(story.steps) - 1
        if first > 1:
            telling.beat(
                "first-steps",
                f"Steps 2 to {story.steps[first]}, one by one: {self._fall(1, first)}.",
                motion=0.6 * (first - 1),
                row=first,
            )
        if story.turn is not None and story.turn < last:
            self._turn(telling, story.turn, max(story.turn, first))
        if last > first:
            begun = story.turn if story.turn is not None and story.turn > first else first
            gap = int(np.max(np.diff(story.steps[first:])))
            lead = f"From here every {_ordinal(gap)} step" if gap > 1 else "Then all further steps"
            telling.beat(
                "run",
                f"{lead}, up to step {self._count}: {self._fall(begun, last)}.",
                motion=6.0,
                row=last,
                chapter="The run",
            )

    def _first_step(self) -> str:
        story = self.story
        old, new, slope = story.path[0], story.path[1], story.gradient[0]
        plain = np.allclose(new, old - story.rate * slope, rtol=1e-9, atol=1e-300)
        if len(old) > 2:
            return f"Step 1: every parameter moves against its own slope. {self._fall(0, 1, capital=True)}."
        if not plain:
            return f"Step 1 leads to {{point|{self._values(1)}}}. {self._fall(0, 1, capital=True)}."
        sums = " and ".join(
            f"${name} = {math_number(a)} - {math_number(story.rate)} dot {math_number(g, signed=True)} =$ "
            f"{{point|${math_number(b)}$}}"
            for name, a, g, b in zip(story.parameters, old, slope, new, strict=True)
        )
        return f"{{step|Step 1}}: {sums}. {self._fall(0, 1, capital=True)}."

    def _fall(self, row: int, to: int, *, capital: bool = False) -> str:
        before, after = float(self.story.loss[row]), float(self.story.loss[to])
        who = "$J$" if capital else "the loss"
        if after > before:
            return f"{who} {{trouble|grows}} to {{trouble|${self._loss(after)}$}}"
        falls = "stays at" if after == before else "falls to"
        return f"{who} {falls} {{objective|${self._loss(after)}$}}"

    def _turn(self, telling: Telling, turn: int, row: int) -> None:
        story, i = self.story, self.turning
        assert story.best is not None
        name, start, farthest = story.parameters[i], story.path[0, i], story.path[turn, i]
        rose = "risen" if farthest > start else "fallen"
        best = f"its {{good|best value, {_value(float(story.best[i]), text=True)}}}"
        at = f"{{point|{_value(float(farthest), text=True)}}}"
        step = int(story.steps[turn])
        lead, change = f"At step {step}, ${name}$ turns round", "changes"
        if row != turn:
            lead, change = f"${name}$ turned round at step {step}", "changed"
        if self._slope_changes_sign(step):
            slope = f"partial J \\/ partial {name}" if len(story.parameters) > 1 else f"J'({name})"
            lead += f": there {{slope|${slope}$}} {change} its sign"
        told = f"{lead}. It had {rose} to {at}, away from {best}."
        motion = 3.0 if row == turn else 0.6
        telling.beat("turn", told, motion=motion, row=row, chapter="The turning point")

    def _slope_changes_sign(self, step: int) -> bool:
        """Does the turning parameter's slope change its sign at this step? With momentum it did so earlier."""
        run = self.story.trajectory
        row = int(np.flatnonzero(run.step == step)[0])
        before, there = run.gradient[max(0, row - 1) : row + 1, self.turning][[0, -1]]
        return bool(before * there <= 0 and before != there)

    # The end

    def _end(self, telling: Telling) -> None:
        story, fit = self.story, self.story.fit
        last = len(story.steps) - 1
        kind = "model" if fit.against else self._shape
        if story.best is not None:
            values = self._list(story.best)
            which = f"{{good|{values}, $J = {self._loss(story.least)}$}}" if values else ""
            method = "Ridge regression gives" if self.problem.ridge else "Least squares gives"
            which = which or f"{{good|$J = {self._loss(story.least)}$}}"
            telling.beat(
                "best",
                f"{method} the {{good|best {kind}}} at once: {which}.",
                motion=1.2,
                row=last,
                chapter="The best answer",
            )
        if len(fit.predictions) and math.isfinite(fit.predictions[-1]):
            x = words(f"{self.study.lecture.problem.x[0]} = {text_number(fit.predict or 0.0)}")
            said = say(f", our {kind} predicts {{point|{text_number(fit.predictions[-1])}}}")
            text = say("At ") + x + said
            if story.best is not None:
                text += say(f", the {{good|best {kind}}} {{good|{text_number(fit.best_prediction)}}}")
            telling.beat("predict", text + say("."), motion=1.4, row=last, chapter="The prediction")
        telling.beat("end", self._verdict(), motion=0.8, row=last, chapter="The end")

    def _verdict(self) -> str:
        story, outcome = self.story, self.story.trajectory.outcome.value
        values = self._values(-1)
        at = f" at {{point|{values}}}" if values else ""
        if outcome == "diverged":
            return self._divergence()
        left = self._left(outcome == "converged") if story.best is not None else ""
        steps = counted(int(story.steps[-1]), "step")
        if outcome == "converged":
            return f"{{good|Converged}} after {steps}{at}{left}."
        if outcome == "stopped early":
            return f"A stop rule ended the run after {steps}{at}{left}."
        return f"We stop after {steps}{at}{left}."

    def _left(self, converged: bool) -> str:
        """How far the last parameters are from the best ones, and in which space that is measured."""
        story, p = self.story, self.story.parameters
        far = float(story.distance[-1])
        if far == 0:
            return ": the {good|best} there is"
        near = converged or far <= 0.01 * float(story.distance.max())
        size = f"{'only' if near else 'still'} {{point|{text_number(far, 3 if converged else 4)}}}"
        if len(p) == 1:
            return f"; the {{good|best value}} is {size} away"
        if len(p) == 2:
            return f"; in the plane of ${p[0]}$ and ${p[1]}$ the {{good|best point}} is {size} away"
        return f"; the distance to the {{good|best parameters}} is {size}"

    def _divergence(self) -> str:
        story, limit = self.story, self.study.analyses[self.story.run].rate_limit
        lost = self.story.trajectory.nonfinite_step
        end = (
            f"After {self._count} steps the loss is {{trouble|{text_number(story.loss[-1], 4)}}}."
            if lost is None
            else f"At step {lost} the numbers leave the machine's range."
        )
        above = (
            f"is above the limit ${math_number(limit)}$"
            if limit and story.rate > limit
            else "is too large here"
        )
        return f"{{trouble|Diverged}}: $alpha = {math_number(story.rate)}$ {above}. {end}"

    # Pieces

    @property
    def _shape(self) -> str:
        return "line" if self.problem.features.degree == 1 else "curve"

    @property
    def _count(self) -> str:
        return str(int(self.story.steps[-1]))

    def _loss(self, value: float) -> str:
        """A loss with the decimals of the number line, or with six digits where these would leave too few."""
        decimals = self.story.loss_decimals
        small = abs(value) < 10.0 ** (3 - decimals)
        return math_number(value, 6) if small else fixed(float(value), decimals)

    def _values(self, row: int) -> str:
        return self._list(self.story.path[row])

    def _list(self, values: np.ndarray) -> str:
        """Parameters with their values; nothing where they are too many for a caption."""
        if len(values) > 3:
            return ""
        return ", ".join(
            f"${name} = {_value(float(v))}$" for name, v in zip(self.story.parameters, values, strict=True)
        )


def _value(value: float, *, text: bool = False) -> str:
    """A parameter's value: at most four decimals and six digits."""
    size = math.floor(math.log10(abs(value))) if value and math.isfinite(value) else 0
    return (text_number if text else math_number)(value, min(6, max(3, size + 5)))


def _ordinal(number: int) -> str:
    if number == 2:
        return "second"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th"
    return f"{number}{ending}"

"""How the story `regression` ends: the best line, the answer to the question, and how far the run has come."""

from __future__ import annotations

from gdcore.base.rates import common_rate
from gdcore.run.outcome import Outcome
from scenes.storyboard.facts import in_a_sentence
from scenes.storyboard.standardized import in_units_of_the_data
from scenes.storyboard.telling import Telling
from scenes.storyboard.views.fit import Predicted
from scenes.text import Rich, join, number, rate_node

from .phrases import ModelShape, Phrases, answer_beat

_NEAR = 0.01  # of the farthest: a point that is nearer has nearly arrived
_BEST: dict[ModelShape, str] = {
    "line": "regression.best-line",
    "curve": "regression.best-curve",
    "model": "regression.best-model",
}
_PREDICTED: dict[ModelShape, str] = {
    "line": "regression.predict-line",
    "curve": "regression.predict-curve",
    "model": "regression.predict-model",
}
_PREDICTED_ALONE: dict[ModelShape, str] = {
    "line": "regression.predict-line-only",
    "curve": "regression.predict-curve-only",
    "model": "regression.predict-model-only",
}
_BEST_RIDGE: dict[ModelShape, str] = {
    "line": "regression.best-line-ridge",
    "curve": "regression.best-curve-ridge",
    "model": "regression.best-model-ridge",
}


class RegressionEnding(Phrases):
    """Writes the last beats of a story whose drawing is known."""

    def tell(self, telling: Telling) -> None:
        story, fit, say = self.story, self.story.fit, self.speech.say
        last = len(story.steps) - 1
        if story.best is not None:
            telling.beat("best", self._best(), motion=1.2, row=last, chapter=say("chapter.best"))
        answered = [asked for asked in fit.asked if asked.is_answered]
        for count, asked in enumerate(answered, 1):
            text = self._prediction(asked)
            if count == len(answered) < len(self.study.lecture.problem.predict):
                text = join([text, say("regression.predict-more")])
            chapter = say("chapter.prediction") if count == 1 else None
            telling.beat(answer_beat(count), text, motion=1.4, row=last, chapter=chapter)
        raw = in_units_of_the_data(self.study, story.path[-1])
        if raw:
            telling.beat("raw", raw, row=last, chapter=say("chapter.raw"))
        telling.beat("end", self._verdict(), motion=0.8, row=last, chapter=say("chapter.end"))

    def _best(self) -> Rich:
        story, say = self.story, self.speech.say
        assert story.best is not None
        least = in_a_sentence(story.loss_format(story.least))
        values = self.listed(story.best)
        best = (
            self.speech.formula("J = {least}", least=least)
            if values is None
            else self.speech.formula("{values}, J = {least}", values=values, least=least)
        )
        return say(_BEST_RIDGE[self.shape] if self.problem.ridge else _BEST[self.shape], best=best)

    def _prediction(self, asked: Predicted) -> Rich:
        say, where, ours = self.speech.say, self.where(asked), number(float(asked.ours[-1]))
        if self.story.best is None:
            return say(_PREDICTED_ALONE[self.shape], where=where, ours=ours)
        return say(_PREDICTED[self.shape], where=where, ours=ours, best=number(asked.best))

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
        values = self.listed(self.story.path[-1])
        at = Rich() if values is None else say("regression.at", values=values)
        if self.story.best is None:
            return join([lead, at, say("regression.undetermined")])
        return join([lead, at, self._left(rests)])

    def _left(self, converged: bool) -> Rich:
        """How far the last parameters are from the best ones, and in which space that is measured.

        What steps without a slope cannot take away is rounding, and no distance.
        """
        story, say, p = self.story, self.speech.say, self.story.parameters
        away = float(story.distance[-1])
        if away == 0 or (converged and not story.gradient[-1].any()):
            return say("regression.best-there-is")
        near = converged or away <= _NEAR * float(story.distance.max())
        far = number(away, 3 if converged else 4)
        if len(p) == 1:
            return say("regression.away-one" if near else "regression.away-one-still", far=far)
        if len(p) == 2:
            return say(
                "regression.away-two" if near else "regression.away-two-still", p=p[0], q=p[1], far=far
            )
        return say("regression.away-many" if near else "regression.away-many-still", far=far)

    def _divergence(self) -> Rich:
        story, say, limit = self.story, self.speech.say, self.study.analyses[self.story.run].rate_limit
        rate, lost = rate_node(story.rate), story.trajectory.nonfinite_step
        apart = isinstance(story.rate, tuple)
        why = (
            say(
                "regression.diverged-limit-each" if apart else "regression.diverged-limit",
                rate=rate,
                limit=number(limit),
            )
            if limit and common_rate(story.rate)[0] > limit
            else say("regression.diverged", rate=rate)
        )
        end = (
            say("regression.diverged-loss", steps=int(story.steps[-1]), loss=number(float(story.loss[-1]), 4))
            if lost is None
            else say("regression.diverged-numbers", step=lost)
        )
        return join([why, end])

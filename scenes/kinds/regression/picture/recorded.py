"""What the regression scene records over the steps: loss, slopes, and the distance to the best parameters."""

from __future__ import annotations

from collections.abc import Hashable

from gdcore.base.arrays import lengths
from scenes.draw.pen import Pen
from scenes.kinds.regression.story.regression import RegressionStory
from scenes.layout import Box
from scenes.storyboard.story import Moment
from scenes.text import maths
from scenes.theme import Role
from scenes.widgets.plane.step_trace import StepTrace
from scenes.widgets.plane.trace_legend import Traced

_SEVERAL = 3  # slopes that are shown one by one; of more, the size of the gradient


class Recorded:
    """The traces of a story. `distance` takes the place of the parameters where these are no plane."""

    def __init__(self, story: RegressionStory, loss: Box, slopes: Box, distance: Box | None) -> None:
        self.story = story
        self.views, self.widening = self._views()
        run = story.trajectory
        self.loss = StepTrace(
            loss,
            story.speech,
            run.step,
            story.rows,
            [
                Traced(
                    story.speech.say("picture.loss"),
                    run.loss,
                    Role.OBJECTIVE,
                    maths(story.speech.formula("J")),
                )
            ],
            views=self.views,
            log=story.loss_log,
            floor=story.least,
        )
        self.slopes = StepTrace(
            slopes,
            story.speech,
            run.step,
            story.rows,
            self._slopes(),
            views=self.views,
            bend=story.slope_bend,
            zero=True,
            heading=story.speech.say("picture.slopes"),
        )
        self.distance = distance and StepTrace(
            distance,
            story.speech,
            run.step,
            story.rows,
            [Traced(story.speech.say("picture.distance"), story.distance, Role.POINT)],
            views=self.views,
            log=story.distance_log,
        )

    def _slopes(self) -> list[Traced]:
        names, gradient, speech = self.story.parameters, self.story.trajectory.gradient, self.story.speech
        if len(names) > _SEVERAL:
            size = lengths(gradient)
            return [Traced(speech.say("picture.gradient-size"), size, Role.SLOPE)]
        if len(names) == 1:
            return [Traced(maths(speech.formula("J'({p})", p=names[0])), gradient[:, 0], Role.SLOPE)]
        return [
            Traced(
                maths(speech.formula("partial J/partial {p}", p=name)),
                gradient[:, i],
                Role.SLOPE,
                maths(name),
            )
            for i, name in enumerate(names)
        ]

    def _views(self) -> tuple[list[float], list[str]]:
        """The last step in view at first and after each widening of the axes, and the beats that widen them."""
        story = self.story
        views, beats = [float(story.steps[story.first_row])], []
        for beat in ("turn", "run"):
            if story.has(beat) and story.steps[story.beat(beat).row] > views[-1]:
                end = float(story.steps[story.beat(beat).row])
                if beat == "turn":  # a little of what comes after it is seen, too
                    end = min(1.25 * end, float(story.steps[-1]))
                views.append(end)
                beats.append(beat)
        return views, beats

    def widened(self, at: Moment) -> float:
        """Which of the views is seen, or how far the axes are on their way to the next."""
        return sum(at.done(beat, 0.0, 0.3) for beat in self.widening)

    def ground_key(self, at: Moment) -> Hashable:
        """All that `draw_axes` depends on."""
        return tuple(
            (grown, self.widened(at), trace.x(self.widened(at), at.position))
            for trace, grown in self._traces(at)
        )

    def draw_axes(self, pen: Pen, at: Moment) -> None:
        """The axes of what has appeared."""
        for trace, grown in self._traces(at):
            trace.draw_axes(pen, at.position, grown=grown, widened=self.widened(at))

    def draw(self, pen: Pen, at: Moment) -> None:
        """The traces up to where the moment stands, a row or a place between two rows."""
        for trace, grown in self._traces(at):
            compared = at.done("best") if trace is self.loss else 0.0
            trace.draw(pen, at.position, grown=grown, widened=self.widened(at), compared=compared)

    def _traces(self, at: Moment) -> list[tuple[StepTrace, float]]:
        """What has begun to appear, and how far it has."""
        shown = [(self.distance, at.done("room", 0.5, 1.0))] if self.distance else []
        if at.since("traces"):
            begins = 0.0 if self.story.has("room") else 0.4  # there, the data must make room first
            shown += [
                (self.loss, at.done("traces", begins, 0.7)),
                (self.slopes, at.done("traces", 0.4, 1.0)),
            ]
        return shown

"""What the regression scene records over the steps: loss, slopes, and the distance to the best parameters."""

from __future__ import annotations

import numpy as np

from ..layout import Box
from ..richtext import maths, words
from ..storyboard.regression import RegressionStory
from ..storyboard.story import Moment
from ..theme import Role
from .pen import Pen
from .step_trace import StepTrace, Traced

_SEVERAL = 3  # slopes that are shown one by one; of more, the size of the gradient


class Recorded:
    """The traces of a story. `distance` takes the place of the parameters where these are no plane."""

    def __init__(self, story: RegressionStory, loss: Box, slopes: Box, distance: Box | None) -> None:
        self.story = story
        self.views, self.widening = self._views()
        run = story.trajectory
        self.loss = StepTrace(
            loss,
            run.step,
            story.rows,
            [Traced(words("loss ") + maths("J"), run.loss, Role.OBJECTIVE)],
            views=self.views,
            log=story.loss_log,
            floor=story.least,
        )
        self.slopes = StepTrace(
            slopes,
            run.step,
            story.rows,
            self._slopes(),
            views=self.views,
            bend=story.slope_bend,
            zero=True,
            heading=words("slopes"),
        )
        self.distance = distance and StepTrace(
            distance,
            run.step,
            story.rows,
            [Traced(words("distance to the best"), story.distance, Role.POINT)],
            views=self.views,
            log=story.distance_log,
        )

    def _slopes(self) -> list[Traced]:
        names, gradient = self.story.parameters, self.story.trajectory.gradient
        if len(names) > _SEVERAL:
            size = np.asarray(np.linalg.norm(gradient, axis=1))
            return [Traced(words("size of the gradient"), size, Role.SLOPE)]
        if len(names) == 1:
            return [Traced(maths(f"J'({names[0]})"), gradient[:, 0], Role.SLOPE)]
        return [
            Traced(maths(f"partial J \\/ partial {name}"), gradient[:, i], Role.SLOPE, maths(name))
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

    def draw(self, pen: Pen, at: Moment, position: float) -> None:
        """The traces up to a row or a place between two rows."""
        widened = self.widened(at)
        if self.distance:
            self.distance.draw(pen, position, grown=at.done("room", 0.5, 1.0), widened=widened)
        if at.since("traces"):
            begins = 0.0 if self.story.has("room") else 0.4  # there, the data must make room first
            grown, compared = at.done("traces", begins, 0.7), at.done("best")
            self.loss.draw(pen, position, grown=grown, widened=widened, compared=compared)
            self.slopes.draw(pen, position, grown=at.done("traces", 0.4, 1.0), widened=widened)


__all__ = ["Recorded"]

"""Where all runs of the scene stand at a moment, in step with one another."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.kinds.learning_rates.story.learning_rates import LearningRatesStory
from scenes.storyboard.parts import Part
from scenes.storyboard.story import Moment, smooth


@dataclass(frozen=True)
class Standing:
    """The common step that all have taken: numbers are those of it. `hop` of the way to step `ahead` is done."""

    step: int
    ahead: int
    hop: float
    judged: tuple[float, ...]  # how far the verdict on each run is told

    @classmethod
    def at(cls, story: LearningRatesStory, at: Moment) -> Standing:
        """Where a story stands: on whole rows, and between two of them only on a jump."""
        jumps = any(span.part is Part.JUMP for span in at.beat.parts)
        row, hop = at.landed, at.hop
        if not jumps and at.beat.row > at.past_row:  # so many rows at once that single ones are not seen
            row, hop = int(at.steady_position + 1e-9), 0.0
        ahead = min(row + 1, len(story.steps) - 1)
        count = len(story.contenders)
        told = at.raw("judged") * count
        judged = tuple(smooth((told - i) / 0.8) for i in range(count))
        return cls(int(story.steps[row]), int(story.steps[ahead]), hop, judged)

"""Where all runs of the scene stand at a moment, in step with one another."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.kinds.learning_rates.story.learning_rates import LearningRatesStory
from scenes.storyboard.parts import Part
from scenes.storyboard.story import Moment, smooth


@dataclass(frozen=True)
class Standing:
    """The common step that all have taken: numbers are those of it. `hop` of the way to step `ahead` is done.

    `before` is the step before it, `settled` how much of what follows the landing has happened, `marked` how much of what
    marks the first step is seen, `factored` how far it is told by what each jump multiplies the way home.
    """

    step: int
    ahead: int
    hop: float
    judged: tuple[float, ...]  # how far the verdict on each run is told
    before: int = 0
    settled: float = 1.0
    marked: float = 0.0
    factored: tuple[float, ...] = ()

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
        told = at.raw("factors") * count
        factored = tuple(smooth((told - i) / 0.8) for i in range(count))
        steps = [int(story.steps[each]) for each in (row, ahead, max(0, row - 1))]
        settled = at.part(Part.RESULT, row) if row and hop == 0 and story.span(Part.RESULT, row) else 1.0
        asked = row == 0 and story.span(Part.GHOST, 1) is not None
        marked = at.part(Part.GHOST, 1) * (1 - hop) if asked else 0.0
        return cls(steps[0], steps[1], hop, judged, steps[2], settled, marked, factored)

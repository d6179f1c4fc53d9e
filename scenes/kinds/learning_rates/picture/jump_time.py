"""When one valley takes the place of the panels, and which rate is tried at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from gdcore.notation import Node
from scenes.kinds.learning_rates.story.first_jumps import FirstJumps
from scenes.kinds.learning_rates.story.learning_rates import LearningRatesStory
from scenes.storyboard.story import Moment, smooth
from scenes.text import Format, format_of, number
from scenes.widgets.plane.regime_strip import RegimeStrip

_GONE = 0.3  # of the opening: the panels have gone


@dataclass(eq=False)
class JumpTime:
    """Where the light on the axis of rates is, which of them have been tried, and how the rate is written."""

    story: LearningRatesStory
    jumps: FirstJumps
    strip: RegimeStrip

    @staticmethod
    def panels_shown(at: Moment) -> float:
        """How much of the panels is seen: they leave when the valley comes."""
        return 1 - at.done("strip", 0.0, _GONE)

    @staticmethod
    def strip_shown(at: Moment) -> float:
        """How much of the axis of rates is seen."""
        return at.done("strip", 0.6, 1.0)

    @staticmethod
    def slid(at: Moment, identifier: str) -> float:
        """How far the light has come in a beat, before that is told."""
        if not at.since(identifier):
            return 0.0
        beat = at.story.beat(identifier)
        return smooth((at.seconds - beat.start) / beat.spoken) if beat.spoken > 0 else 1.0

    def _at_best(self, at: Moment) -> float:
        """How far the light is on its way back to the best rate."""
        return at.done("end", 0.0, 0.6)

    def share(self, at: Moment) -> float:
        """Where on the axis of rates the light is, 0 to 1."""
        best, limit, farthest = map(
            self.strip.share, (self.jumps.best, self.jumps.limit, self.jumps.farthest)
        )
        there = self.slid(at, "best") * best
        there += self.slid(at, "limit") * (limit - best)
        there += self.slid(at, "above") * (farthest - limit)
        return there + self._at_best(at) * (best - there)

    def painted(self, at: Moment) -> float:
        """How much of the axis of rates has been tried, 0 to 1."""
        above = self.slid(at, "above")
        return self.share(at) if above == 0 else max(self.share(at), above) if above < 1 else 1.0

    def limit_shown(self, at: Moment) -> float:
        return smooth((self.slid(at, "limit") - 0.9) / 0.1) if self.slid(at, "limit") < 1 else 1.0

    def rate(self, at: Moment) -> tuple[float, Node]:
        """The rate that is tried, and how it is written: evenly while it runs, as it is called where it rests."""
        for told, value in self._rests(at):
            if told:
                return value, number(value)
        value = self.strip.rate_at(self.share(at))
        return value, self._format(value)

    def _rests(self, at: Moment) -> list[tuple[bool, float]]:
        jumps, back = self.jumps, self._at_best(at)
        above, limit, best = (self.slid(at, each) for each in ("above", "limit", "best"))
        return [
            (back >= 1 or (best >= 1 and limit <= 0), jumps.best),
            (above >= 1 and back <= 0, jumps.farthest),
            (limit >= 1 and above <= 0, jumps.limit),
        ]

    @cached_property
    def _format(self) -> Format:
        return format_of([self.jumps.limit * k / 100 for k in range(50, 110)])

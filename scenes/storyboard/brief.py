"""A scene told briefly: the same beats, only those without which nothing is understood, in a quarter of a minute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .story import Beat

BRIEF_SECONDS = 15.0  # seconds of a scene that somebody speaks over


def briefly(beats: Sequence[Beat]) -> tuple[Beat, ...]:
    """The beats marked `brief`, at most BRIEF_SECONDS seconds in all; the others stay in the story and take no time.

    A beat that takes no time stands at the row of the beat before it, so that the next one does all the steps.
    """
    kept = [beat for beat in beats if beat.brief] or list(beats)
    factor = min(1.0, BRIEF_SECONDS / sum(beat.seconds for beat in kept))
    told: list[Beat] = []
    start, row, step = 0.0, beats[0].row, beats[0].step
    for beat in beats:
        if beat in kept:
            seconds = max(1, int(beat.seconds * factor * 12)) / 12  # whole twelfths, never more than asked
            part = seconds / beat.seconds
            offset = start - beat.start * part
            told.append(
                replace(
                    beat,
                    start=start,
                    seconds=seconds,
                    motion=beat.motion * part,
                    spoken=beat.spoken * part,
                    parts=tuple(span.scaled(part, offset) for span in beat.parts),
                )
            )
            start, row, step = start + seconds, beat.row, beat.step
        else:
            spans = tuple(span.scaled(0.0, start) for span in beat.parts)
            told.append(
                replace(
                    beat, start=start, seconds=0.0, motion=0.0, spoken=0.0, parts=spans, pause=False,
                    chapter=None, question=None, row=row, step=step,
                )
            )  # fmt: skip
    return tuple(told)

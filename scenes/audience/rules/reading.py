"""Reading speed: a caption stands long enough to be read by everybody, and to be seen at all."""

from __future__ import annotations

from collections.abc import Iterator

from scenes.audience.advice import Advice, AudienceRule
from scenes.storyboard.story import Beat, Story

FASTEST = 15.0  # characters a second (guides for subtitles)
LEAST_SHOWN = 0.83  # seconds; there is no most: a caption may stand while things move
_ROUNDING = 1 / 12  # seconds: beats take whole twelfths


def judge_reading(story: Story) -> list[Advice]:
    """Captions that are gone before they are read."""
    found = []
    for beat, seconds in _shown(story):
        count = len(story.speech.text(beat.caption))
        room = seconds + _ROUNDING
        begun = beat.start + beat.spoken
        if count > FASTEST * room:
            found.append(
                Advice(
                    AudienceRule.READING,
                    story.name,
                    beat.id,
                    begun,
                    count / seconds,
                    FASTEST,
                    f"a caption of {count} characters for {seconds:.1f} s, {count / seconds:.0f} a second",
                    f"at most {FASTEST:g} characters a second",
                    f"say it in at most {int(FASTEST * seconds)} characters, or choose a smaller `pace`",
                )
            )
        elif room < LEAST_SHOWN:
            found.append(
                Advice(
                    AudienceRule.READING,
                    story.name,
                    beat.id,
                    begun,
                    seconds,
                    LEAST_SHOWN,
                    f"a caption for {seconds:.2f} s",
                    f"at least {LEAST_SHOWN:g} s",
                    "leave it out (`false` in `captions`), or choose a smaller `pace`",
                )
            )
    return found


def _shown(story: Story) -> Iterator[tuple[Beat, float]]:
    """The beats that bring a caption, and the seconds for which it stands: until the end of the last that keeps it."""
    told = [beat for beat in story.beats if beat.seconds > 0]
    for i, beat in enumerate(told):
        if beat.caption.plain() and (i == 0 or told[i - 1].caption != beat.caption):
            last = i
            while last + 1 < len(told) and told[last + 1].caption == beat.caption:
                last += 1
            yield beat, told[last].end - beat.start - beat.spoken

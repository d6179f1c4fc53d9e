"""The figures of the kind `overshoot`: when the film shows what they show."""

from __future__ import annotations

import numpy as np
from matplotlib.text import Annotation

from scenes.draw.recording_pen import RecordingPen
from scenes.kinds.overshoot.figures.jumps import figure_jumps
from scenes.theme import Role
from tests.figures import at_every_pause, cited, drawn, fullest
from tests.lectures import examples


def jumps_drawn(pen: RecordingPen) -> int:
    """Jumps across the minimum: the latest are arrows, those before them strokes; what is level is a measure."""
    marks = [mark for mark in pen.marks if mark.kind in ("arrow", "stroke") and mark.role is Role.TROUBLE]
    return len([mark for mark in marks if np.all(np.ptp(mark.points, axis=0) > 1e-6)])


def test_the_film_rests_on_the_jumps_of_the_figure() -> None:
    """At the time under the figure the film has made jumps of the figure only, as many as it ever rests on."""
    for study, told in examples("overshoot"):
        arrows = [artist for artist in drawn(figure_jumps, told) if isinstance(artist, Annotation)]
        assert len(arrows) > 3
        assert cited(study, told) == [fullest(at_every_pause(told), jumps_drawn, len(arrows))]

"""The figures of the kind `learning-rates`: when the film shows what they show."""

from __future__ import annotations

import numpy as np

from gdcore.notation import plain
from scenes.kinds.learning_rates.figures.regimes import figure_regimes
from scenes.kinds.learning_rates.story.learning_rates import LearningRatesStory
from scenes.text import number
from tests.figures import at_every_pause, cited, drawn, lines
from tests.lectures import examples


def test_the_film_rests_on_the_verdicts_and_on_the_limit_of_the_figures() -> None:
    """The first pause with every run at its end and judged; and the first with the limit at its place on the strip."""
    for study, told in examples("learning-rates"):
        assert isinstance(told, LearningRatesStory)
        verdicts = {told.speech.text(run.verdict.word) for run in told.contenders}
        last = told.speech.say("learning-rates.after", steps=told.speech.count("step", int(told.steps[-1])))
        assert told.strip.limit is not None
        marked = [
            line for line in lines(drawn(figure_regimes, told)) if np.allclose(line[:, 0], told.strip.limit)
        ]
        assert marked, "the figure marks the limit"
        limit = plain(number(told.strip.limit))
        judged, limited = [], []
        for beat, pen in at_every_pause(told):
            texts = [mark.text for mark in pen.texts()]
            if last.plain() in texts and verdicts <= set(texts):
                judged.append(beat)
            if any("limit" in text and text.endswith((f"= {limit}", f"limit {limit}")) for text in texts):
                limited.append(beat)
        assert cited(study, told) == [judged[0], limited[0]]

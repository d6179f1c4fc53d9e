"""The text of a first lecture, as `steepest new` writes it: it renders as it stands, without a data file."""

from __future__ import annotations

import json

from scenes.lecture.source.shown import title_of

_TEXT = """\
# A lecture of steepest: a problem, runs that descend on it, and scenes that show them.
# `steepest reference` explains every key.
title: {title}
problem:
  formula: "(w-3)^2 + 2"      # what is minimised; w is its parameter, any other name will do
runs:
  careful: {{rate: 0.1, start: 6, steps: 20}}    # each step is rate × slope
  bold:    {{rate: 1.1, start: 6, steps: 12}}    # above 1 every step here jumps further away
scenes:
  - {{kind: tangent, run: careful}}              # slope and step, explained one by one
  - {{kind: learning-rates, runs: [careful, bold]}}
  - {{kind: overshoot, run: bold}}
report: {{paper: a4}}           # or letter
"""


def starter(name: str) -> str:
    """The lecture for a file whose name without suffix is `name`, which becomes the title."""
    title = title_of(name)[:100].strip() or "My lecture"
    # A JSON string is a YAML double-quoted one, whatever characters the name holds.
    return _TEXT.format(title=json.dumps(title[:1].upper() + title[1:], ensure_ascii=False))

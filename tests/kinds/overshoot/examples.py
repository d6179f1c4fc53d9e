"""Runs that overshoot in every way: away, to rest, for ever, out of the numbers or the domain, on curves of all kinds."""

from __future__ import annotations

from pathlib import Path

from scenes.kinds.overshoot.story.overshoot import OvershootStory
from tests.lectures import written

PARABOLA = "(w-3)^2+2"
RUNS = {
    # formula, domain, rate, start, steps
    "diverges": (PARABOLA, "", 1.1, 6, 20),
    "slowly": (PARABOLA, "", 1.02, 6, 300),
    "leaves the numbers": (PARABOLA, "", 1.5, 6, 2000),
    "at once": (PARABOLA, "", 20, 6, 400),
    "edge": (PARABOLA, "", 1, 6, 20),
    "comes to rest": (PARABOLA, "", 0.9, 6, 20),
    "rests slowly": (PARABOLA, "", 0.99, 6, 300),
    "few steps": (PARABOLA, "", 1.1, 6, 2),
    "one step": (PARABOLA, "", 1.1, 6, 1),
    "leaves the domain": (PARABOLA, "domain: {w: [-20, 26]}", 1.1, 6, 40),
    "steep": ("1e6*(w-3)^2", "", 1.1e-6, 6, 20),
    "far from zero": ("(w-1e6)^2", "", 1.1, 1000003, 20),
    "tiny": ("w^2", "", 1.1, 1e-7, 12),
    "huge": ("w^2", "", 1.1, 1e7, 12),
    "fourth power": ("w^4", "", 0.6, 1.2, 40),
    "wavy": ("0.1*w^2 + cos(3*w)", "", 0.32, 3.5, 30),
    "two wells": ("0.05*(w-1)^2*(w-5)^2", "", 40, 3.1, 30),
    "kink": ("abs(w-2)", "", 1.5, 5.2, 20),
    "sine": ("sin(w)", "", 2.2, 0.5, 8),
    "half a line": ("w - log(w)", "", 1.3, 0.4, 40),
}
QUADRATIC = [name for name, run in RUNS.items() if run[0] in (PARABOLA, "1e6*(w-3)^2", "(w-1e6)^2", "w^2")]


def lecture(name: str, more: str = "", scene: str = "") -> str:
    formula, domain, rate, start, steps = RUNS[name]
    problem = f'{{formula: "{formula}"{", " + domain if domain else ""}}}'
    runs = f"{{run: {{rate: {rate}, start: {start}, steps: {steps}}}}}"
    return f"title: O\nproblem: {problem}\nruns: {runs}\n{more}\nscenes:\n  - kind: overshoot\n{scene}"


def told(name: str, folder: Path, more: str = "", scene: str = "") -> OvershootStory:
    _, (story,) = written(folder, lecture(name, more, scene))
    assert isinstance(story, OvershootStory)
    return story

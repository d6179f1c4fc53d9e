"""The opening picture: what is minimised, and where the runs start."""

from __future__ import annotations

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from gdcore.notation import plain
from gdcore.problems import LeastSquares
from gdcore.run.outcome import Outcome
from scenes.layout.span import span_of
from scenes.lecture.study import Study
from scenes.report.formulae import names_of
from scenes.report.style import BOLD, HAIR, PAGE, Style
from scenes.storyboard.views.curve import curve_of
from scenes.storyboard.views.fit import MOST_ASKED
from scenes.storyboard.views.terrain import terrain_of
from scenes.text import Rich, number
from scenes.theme import Role

from .contours import draw_map
from .dressed import dress_curve, dress_map
from .frame import Labels, dress
from .marks import draw_dots, draw_minima, name_minima
from .scatter import scatter


def figure_objective(ax: Axes, study: Study, style: Style = PAGE) -> list[Artist]:
    """The data of a regression of one column, or the objective of one or two parameters with its starts."""
    if isinstance(study.problem, LeastSquares):
        return _data(ax, study, study.problem, style)
    starts = np.array([run.start for run in study.trajectories.values()])
    if len(study.problem.parameters) == 1:
        return _curve(ax, study, starts, style)
    return _map(ax, study, starts, style)


def has_picture(study: Study) -> bool:
    """Can the figure be drawn? Data need one column, a formula at most two parameters."""
    if isinstance(study.problem, LeastSquares):
        return len(study.problem.x_names) == 1
    return len(study.problem.parameters) <= 2


def _data(ax: Axes, study: Study, problem: LeastSquares, style: Style) -> list[Artist]:
    spec = study.lecture.problem
    x, y = problem.rows()[0][:, 0], problem.rows()[1]
    asked = [row[0] for row in spec.predict[:MOST_ASKED]]
    across = np.append(x, asked)
    artists = dress(
        ax,
        style,
        _padded(across),
        _padded(y, floor=True),
        x_name=study.speech.words(spec.labels.get(problem.x_names[0], problem.x_names[0])),
        y_name=study.speech.words(spec.labels.get(problem.y_name, problem.y_name)),
        spacing=(36.0, 28.0),
    )
    labels = Labels(ax, style)
    rows = np.unique(np.linspace(0, len(x) - 1, 400).astype(int))
    artists += scatter(ax, x[rows], y[rows], style)
    low, high = ax.get_ylim()
    for value in asked:
        artists += ax.plot(
            [value] * 2, [low, high], color=style.stroke(Role.AXIS), linewidth=HAIR * 1.6, dashes=(4, 3)
        )
        labels.line([value] * 2, [low, high])
    if asked:
        for a, b in zip(x[rows], y[rows], strict=True):
            labels.dot(float(a), float(b))
    for value in asked:
        name = study.speech.say("report.picture.asked", value=plain(number(value), style.decimal))
        height = low + 0.75 * (high - low)
        artists += labels.put(name, value, height, prefer=((-1, 0), (1, 0)), role=Role.TROUBLE, bold=True)
    return artists


def _padded(values: np.ndarray, *, floor: bool = False) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    span = span_of(low, high)
    bottom = 0.0 if floor and 0 <= low < 0.5 * span else low - 0.07 * span
    return bottom, high + 0.08 * span


def _curve(ax: Axes, study: Study, starts: np.ndarray, style: Style) -> list[Artist]:
    curve = curve_of(study.problem, _seen(study, starts)[:, 0])
    p = names_of(study.speech, study.problem)[0]
    artists = dress_curve(ax, style, study.speech, p, curve.x_range, curve.y_range)
    labels = Labels(ax, style)
    artists += ax.plot(curve.x, curve.y, color=style.stroke(Role.OBJECTIVE), linewidth=BOLD)
    labels.line(curve.x, curve.y)
    artists += draw_minima(ax, curve.minima, labels, style)
    artists += _starts(ax, study, np.column_stack([starts[:, 0], study.problem.value(starts)]), labels, style)
    return artists + name_minima(curve.minima, labels, study.speech, prefer=((0, -1), (0, 1)))


def _map(ax: Axes, study: Study, starts: np.ndarray, style: Style) -> list[Artist]:
    terrain = terrain_of(study.problem, _seen(study, starts), samples=121)
    artists = dress_map(ax, style, names_of(study.speech, study.problem), terrain)
    artists += draw_map(ax, terrain, style)
    labels = Labels(ax, style, plates=True)
    artists += draw_minima(ax, terrain.minima, labels, style, filled=True)
    artists += _starts(ax, study, starts, labels, style)
    return artists + name_minima(terrain.minima, labels, study.speech)


def _seen(study: Study, starts: np.ndarray) -> np.ndarray:
    """Where the runs begin, and where those end that stay, (n, d): with one start alone there is nothing to see."""
    ends = [run.final for run in study.trajectories.values() if run.outcome is not Outcome.DIVERGED]
    return np.concatenate([starts, np.array(ends).reshape(-1, starts.shape[1])])


def _starts(ax: Axes, study: Study, places: np.ndarray, labels: Labels, style: Style) -> list[Artist]:
    """Each start once, with the names of the runs that begin there."""
    named: dict[tuple[float, float], list[str]] = {}
    for run, (x, y) in zip(study.trajectories, places, strict=True):
        named.setdefault((float(x), float(y)), []).append(run)
    artists: list[Artist] = []
    for x, y in named:
        artists += draw_dots(ax, style, Role.POINT, [x], [y], size=6, zorder=4)
        labels.dot(x, y, 8)
    for (x, y), runs in named.items():
        artists += labels.put(_start(study, runs, len(named) == 1), x, y, role=Role.POINT)
    return artists


def _start(study: Study, runs: list[str], only: bool) -> Rich:
    """The name of a place where these runs start; `only`: all do."""
    say = study.speech.say
    if len(runs) == 1:
        return say("report.picture.start-of", run=runs[0])
    if only:
        return say("report.picture.start")
    return say("report.picture.start-of-runs", runs=study.speech.count("run", len(runs)))

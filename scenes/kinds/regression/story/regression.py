"""The story `regression`: a line finds its data while loss and slopes are recorded step by step."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gdcore.analysis.path import thin
from gdcore.base.arrays import FloatArray, lengths
from gdcore.base.rates import Rate
from gdcore.notation import Node
from gdcore.problems import LeastSquares
from gdcore.run.trajectory import Trajectory
from scenes.lecture.model import SceneSpec
from scenes.lecture.study import Study
from scenes.storyboard.facts import losses_shown, slopes_shown
from scenes.storyboard.requirements import StoryError, the_run
from scenes.storyboard.story import Story
from scenes.storyboard.telling import Telling
from scenes.storyboard.views.curve import Curve, curve_of
from scenes.storyboard.views.fit import Fit, fit_of
from scenes.storyboard.views.terrain import Terrain, terrain_of
from scenes.text import Format, Rich, Speech, format_of

from .ending import RegressionEnding
from .words import RegressionWords

SINGLE = 10  # steps shown one by one
_TALL = 20.0  # a loss that falls by more than this factor is shown on a logarithmic axis
_DETOUR = 0.01  # of the direct way: what is shorter is not seen
_LEVELS = 12
_SAMPLES = 361  # each way: a level of a narrow valley has sharp ends
_FLAT = 100.0  # slopes that fall by more than this factor have an axis that is logarithmic away from 0


@dataclass(frozen=True, kw_only=True, eq=False)
class RegressionStory(Story):
    """Everything the scene draws.

    Moving things stand at the `rows` of the trajectory that are shown one after the other: `steps`, `path`,
    `loss`, `gradient` and the fit are indexed by these (n of them). What is recorded holds every row.
    """

    parameters: tuple[Node, ...]
    rate: Rate
    trajectory: Trajectory
    rows: NDArray[np.int64]
    steps: NDArray[np.int64]
    path: FloatArray  # (n, d)
    loss: FloatArray
    loss_format: Format
    path_formats: tuple[Format, ...]
    gradient: FloatArray  # (n, d)
    fit: Fit
    labels: tuple[Rich, Rich]  # what stands at the data's axes
    best: FloatArray | None  # (d,), the parameters of least squares where there is one answer
    least: float  # the smallest loss there can be
    distance: FloatArray  # to `best`, at every row of the trajectory; empty without one
    terrain: Terrain | None  # two parameters
    curve: Curve | None  # one parameter
    loss_log: bool
    distance_log: bool
    slope_bend: float | None  # the slopes' axis is logarithmic beyond ± this
    turn: int | None  # the row at which a parameter turns round
    first_row: int  # the last row of the steps that are shown one by one
    note: str


def tell(study: Study, scene: SceneSpec) -> RegressionStory:
    """The story of one run on data. Raises StoryError for a problem without data and for `view: surface`."""
    problem = _of_data(study, scene)
    name, trajectory = the_run(study, scene)
    spec = study.lecture.problem
    best = problem.solution() if problem.is_determined else None
    event = _turning(trajectory, best)
    every = scene.options.get("every")
    rows = rows_shown(trajectory, every if isinstance(every, int) else None, event[0] if event else None)
    steps, path = trajectory.step[rows], trajectory.parameters[rows]
    loss, gradient = losses_shown(problem, trajectory)[rows], slopes_shown(problem, trajectory)[rows]
    # Told apart are the steps that are shown one by one, and the end.
    first = np.unique(np.r_[np.arange(min(len(rows), SINGLE + 1)), len(rows) - 1])
    terrain = curve = None
    if path.shape[1] == 2:
        terrain = _with_rings(terrain_of(problem, path, ranges=scene.ranges, samples=_SAMPLES))
    elif path.shape[1] == 1:
        named = scene.ranges.get(problem.parameters[0])
        curve = curve_of(problem, path[:, 0], x_range=named, y_range=scene.ranges.get("J"))
    distance = np.empty(0) if best is None else lengths(trajectory.parameters - best)
    fit = fit_of(problem, path, spec.predict)
    least = float(problem.value(problem.solution()))
    story = RegressionStory(
        kind="regression",
        name=scene.name,
        title=study.speech.words(scene.title) if scene.title else _title(study.speech, fit),
        speech=study.speech,
        note=spec.note or "",
        runs=(name,),
        parameters=tuple(map(study.speech.name, problem.parameters)),
        rate=trajectory.rate,
        trajectory=trajectory,
        rows=rows,
        steps=steps,
        path=path,
        loss=loss,
        loss_format=format_of(loss[first], 7),
        path_formats=tuple(format_of(column[first]) for column in path.T),
        gradient=gradient,
        fit=fit,
        labels=_labels(study, problem, fit),
        best=best,
        least=least,
        distance=distance,
        terrain=terrain,
        curve=curve,
        loss_log=least > 0 and _falls_far(trajectory.loss, _TALL),  # 0 stands on no logarithmic axis
        distance_log=_falls_far(distance, _TALL),
        slope_bend=_bend(trajectory.gradient),
        turn=int(np.flatnonzero(steps == event[0])[0]) if event else None,
        first_row=int(np.searchsorted(steps, min(SINGLE, int(steps[-1])))),
    )
    telling = Telling.of(study, scene, trajectory, steps)
    RegressionWords(story, study, problem, event[1] if event else 0).tell(telling)
    RegressionEnding(story, study, problem).tell(telling)
    return story.told(telling.told())


def _title(speech: Speech, fit: Fit) -> Rich:
    return speech.say("regression.title-model" if fit.against else "regression.title")


def _labels(study: Study, problem: LeastSquares, fit: Fit) -> tuple[Rich, Rich]:
    """What stands at the data's axes: the columns, or with several of them what is true and what is predicted."""
    named, say = study.lecture.problem.labels, study.speech.say
    x, y = problem.x_names[0], problem.y_name
    if fit.against:
        return say("regression.true", y=named.get(y, y)), say("regression.predicted", y=named.get(y, y))
    return study.speech.words(named.get(x, x)), study.speech.words(named.get(y, y))


def _of_data(study: Study, scene: SceneSpec) -> LeastSquares:
    problem = study.problem
    assert isinstance(problem, LeastSquares)  # all problems with data are
    view = scene.options.get("view")
    if view not in (None, "contour"):
        raise StoryError(
            scene.name,
            f"view '{view}' is not there yet for the kind 'regression'",
            mend="write `view: contour`, or add a scene of the kind 'surface'",
            at=("view",),
        )
    return problem


def rows_shown(
    trajectory: Trajectory, every: int | None = None, extra: int | None = None
) -> NDArray[np.int64]:
    """Rows of the steps 0-10, of every `every`-th after them (15th: the core's own choice), of the last and `extra`."""
    last = int(trajectory.step[-1])
    if every is None:
        wanted = thin(last)
    else:
        wanted = np.unique(
            np.r_[np.arange(min(last, SINGLE) + 1), np.arange(SINGLE + every, last, every), last]
        )
    if extra is not None:
        wanted = np.union1d(wanted, [extra])
    return np.flatnonzero(np.isin(trajectory.step, wanted))


def _turning(trajectory: Trajectory, best: FloatArray | None) -> tuple[int, int] | None:
    """Step and parameter of the first turning point after a detour: a way that led away from the best value."""
    if best is None:
        return None
    start = trajectory.parameters[0]
    for event in trajectory.events:
        rows = np.flatnonzero(trajectory.step == event.step)
        if event.kind != "turning point" or event.parameter is None or not len(rows):
            continue
        i = trajectory.parameters_names.index(event.parameter)
        detour, direct = trajectory.parameters[rows[0], i] - start[i], best[i] - start[i]
        if detour * direct < 0 and abs(detour) > _DETOUR * abs(direct):
            return event.step, i
    return None


def _falls_far(values: FloatArray, factor: float) -> bool:
    """Is the range of positive values so large that a linear axis would show the first of them only?"""
    return bool(len(values) and values.min() > 0 and values.max() > factor * values.min())


def _bend(gradient: FloatArray) -> float | None:
    """Where the slopes' axis goes over from linear to logarithmic; None for an axis that is linear throughout."""
    largest = np.abs(gradient).max(axis=1)
    usual = float(np.median(largest))
    if not np.isfinite(largest).all() or usual == 0 or largest.max() <= _FLAT * usual:
        return None
    return float(10.0 ** np.floor(np.log10(usual)))


def _with_rings(terrain: Terrain) -> Terrain:
    """With levels so close together near the bottom that some of them are rings about the minimum."""
    low, high = float(terrain.z.min()), float(terrain.z.max())
    return replace(terrain, levels=low + (high - low) * np.linspace(0, 1, _LEVELS + 2)[1:-1] ** 3)

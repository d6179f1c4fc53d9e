"""The scenes of a lecture that names none: they follow from its problem."""

from __future__ import annotations

from collections.abc import Mapping

from gdcore.problems import Problem
from gdcore.run.outcome import Outcome
from scenes.kinds import ByDefault, Kind, kinds

from .model import Origin, ProblemSpec, RunSpec, SceneSpec
from .running import is_plain, run_descent


def default_scenes(
    spec: ProblemSpec, problem: Problem, runs: Mapping[str, RunSpec], origin: Origin
) -> tuple[SceneSpec, ...]:
    """A scene of every kind that fits and is shown by default; empty where there is none."""
    fitting = [kind for kind in kinds().values() if kind.fits(len(spec.parameters), spec.data is not None)]
    chosen = [(kind, _runs(kind, problem, runs)) for kind in fitting]
    return tuple(
        SceneSpec(kind.name, kind.name, runs=shown, origin=origin) for kind, shown in chosen if shown
    )


def _runs(kind: Kind, problem: Problem, runs: Mapping[str, RunSpec]) -> tuple[str, ...]:
    """What a scene of the kind shows; nothing where there is to be none.

    It shows runs that it can show; where there are none it is left to the scene to say why.
    """
    fewest, most = kind.runs
    shown = {name: run for name, run in runs.items() if _can_show(kind, run)}
    match kind.by_default:
        case ByDefault.NEVER:
            return ()
        case ByDefault.ALWAYS:
            names = tuple(shown if len(shown) >= fewest else runs)
            return names[:most] if len(names) >= fewest else ()
        case ByDefault.IF_A_RUN_DIVERGES:
            return next(((name,) for name, run in shown.items() if _diverges(problem, run)), ())


def _can_show(kind: Kind, run: RunSpec) -> bool:
    return kind.shows(is_plain(run.optimizer, run.settings, run.order), not isinstance(run.rate, tuple))


def _diverges(problem: Problem, run: RunSpec) -> bool:
    return run_descent(problem, run).outcome is Outcome.DIVERGED

"""The runs of a lecture: what hangs together between a run, the problem and the optimizers that there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from gdcore.base.errors import GdError
from gdcore.base.inputs import point_of
from gdcore.base.nearest import did_you_mean
from gdcore.base.rates import Rate
from gdcore.optimizers import OPTIMIZERS, Optimizer, make_optimizer
from gdcore.problems import LeastSquares, Problem, inside
from gdcore.run.plan import rate_for
from scenes.lecture.frozen import FrozenMap
from scenes.lecture.model import RunSpec, Setting
from scenes.lecture.running import is_plain, settings_of

from .document import Document, Path
from .faults import comma_list, in_quotes
from .key_notes import notes_in
from .schema import RunBlock
from .synonyms import is_misnamed
from .typed_numbers import is_number
from .validate import salvage

NAME_LENGTH = 40
"""Longest name of a run: it is written on panels and in tables."""

_LATER = {name: notes.instead for name, notes in notes_in(RunBlock) if notes.instead}
"""Keys of the design without a feature behind them yet, and what there is instead."""


@dataclass(frozen=True)
class RunTraits:
    """What a scene that names no run chooses by: the (largest) rate, 0 where there is none, and what a kind may ask for."""

    rate: float
    plain: bool
    one_rate: bool


def run_traits(doc: Document, at: Path) -> Mapping[str, RunTraits] | None:
    """The name of every run of the map at `at`, faulty or not, with its traits.

    None where there are no runs to speak of: then no scene can be blamed for naming one.
    """
    raw = doc.at(at)
    if not isinstance(raw, dict) or not raw:
        return None
    return {name: _traits(salvage(RunBlock, value)) for name, value in raw.items()}


def _traits(block: RunBlock | None) -> RunTraits:
    rate = block.rate if block is not None else None
    plain = block is None or is_plain(block.optimizer or "gd", block.set or {}, block.order or "simultaneous")
    if isinstance(rate, dict):
        return RunTraits(max(rate.values(), default=0.0), plain, one_rate=len(set(rate.values())) < 2)
    return RunTraits(rate or 0.0, plain, one_rate=True)


def read_runs(doc: Document, at: Path, problem: Problem | None) -> FrozenMap[str, RunSpec]:
    """The runs of the map at `at` that are sound; faults are reported to `doc`."""
    raw = doc.at(at)
    specs: dict[str, RunSpec] = {}
    for name in raw if isinstance(raw, dict) else ():
        _check_name(doc, (*at, name), name)
        run = read_run(doc, (*at, name), name, problem)
        if run is not None:
            specs[name] = run
    return FrozenMap(specs)


def read_run(doc: Document, path: Path, name: str, problem: Problem | None) -> RunSpec | None:
    """The run at `path`, None after a fault. Without a problem its part is not checked, and there is no run."""
    value = doc.at(path)
    block = salvage(RunBlock, value)
    if block is None or not isinstance(value, dict):
        return None
    for key, instead in _LATER.items():
        if key in value:
            found = f"{key}, which is not available yet"
            doc.report((*path, key), found, instead, "take it away", at_key=True)
    optimizer = _optimizer(doc, path, block)
    steps = _steps(doc, path, block, value, problem)
    rate = _rate(doc, path, block, value, optimizer, problem)
    start = _start(doc, path, block, problem)
    stop = _stop(doc, path, block)
    if rate is None or steps is None or start is None or optimizer is None:
        return None
    return RunSpec(
        name=name,
        rate=rate,
        steps=steps,
        start=start,
        epochs=block.epochs,
        optimizer=optimizer.name,
        settings=FrozenMap(block.set or {}),
        stop=stop,
        order=block.order or "simultaneous",
    )


def _check_name(doc: Document, path: Path, name: str) -> None:
    if not name.strip() or not name.isprintable() or len(name) > NAME_LENGTH:
        allowed = f"a printable name of 1 to {NAME_LENGTH} characters"
        doc.report(path, f"the name {in_quotes(name)}", allowed, "choose a short name", at_key=True)


def _optimizer(doc: Document, path: Path, block: RunBlock) -> Optimizer | None:
    slug = block.optimizer or "gd"
    if slug not in OPTIMIZERS:
        found = f"{in_quotes(slug)}, which is not available yet or misspelt"
        mend = did_you_mean(slug, OPTIMIZERS, "choose one of them, or take the line away")
        doc.report((*path, "optimizer"), found, comma_list(OPTIMIZERS), mend)
        return None
    settings = settings_of(slug)
    known = tuple(name for name in settings if name != "order")  # which is a key of its own
    unknown = [name for name in block.set or {} if name not in known]
    for name in unknown:
        mend = did_you_mean(name, known, "take it away")
        found = f"{in_quotes(name)} for the optimizer {slug}"
        doc.report((*path, "set", name), found, comma_list(known), mend, at_key=True)
    if block.order is not None and "order" not in settings:
        doc.report((*path, "order"), f"order with {slug}", "order with gd", "take it away", at_key=True)
    given = {name: value for name, value in (block.set or {}).items() if name not in unknown}
    try:
        return make_optimizer(slug, given)
    except GdError as error:
        _report_setting(doc, (*path, "set"), slug, given, error)
    return None


def _rate(
    doc: Document,
    path: Path,
    block: RunBlock,
    raw: Mapping[str, object],
    optimizer: Optimizer | None,
    problem: Problem | None,
) -> Rate | None:
    """The rate of a run, or that of its optimizer where it has none; of a map a rate for each parameter."""
    here: Path = (*path, "rate")
    given = block.rate
    if "rate" not in raw and optimizer is not None:
        given = optimizer.default_rate
        if given is None and not is_misnamed("rate", raw, RunBlock.model_fields):
            doc.report(here, "nothing", "a number above 0", "write for example `rate: 0.1`")
    if not isinstance(given, dict):
        return given
    if problem is None or optimizer is None:
        return None
    parameters = problem.parameters
    for name in given:
        if name not in parameters:
            mend = did_you_mean(name, parameters, "take it away")
            found = f"a rate for {in_quotes(name)}"
            doc.report((*here, name), found, comma_list(parameters), mend, at_key=True)
            return None
    try:
        return rate_for(given, optimizer, parameters)
    except GdError as error:
        doc.report(
            here, error.found, error.allowed or f"one for each of {comma_list(parameters)}", error.mend
        )
    return None


def _report_setting(
    doc: Document, path: Path, slug: str, given: Mapping[str, Setting], error: GdError
) -> None:
    """The first setting that is wrong by itself has the fault, else all of them."""
    for name, value in given.items():
        try:
            make_optimizer(slug, {name: value})
        except GdError as wrong:
            mend = f"write {value} without quotes" if is_number(value) else wrong.mend
            doc.report((*path, name), wrong.found, wrong.allowed or "what fits the optimizer", mend)
            return
    doc.report(path, error.found, error.allowed or "what fits the optimizer", error.mend)


def _steps(
    doc: Document, path: Path, block: RunBlock, raw: Mapping[str, object], problem: Problem | None
) -> int | None:
    """The number of updates. An epoch is one pass over all rows, so here one update."""
    if "steps" in raw and "epochs" in raw:
        found, mend = "both steps and epochs", "keep steps"
        doc.report((*path, "epochs"), found, "one of the two", mend, at_key=True)
        return None
    if "steps" not in raw and "epochs" not in raw:
        if is_misnamed("steps", raw, RunBlock.model_fields):
            return None
        allowed = "how many updates: a whole number from 1 on"
        doc.report((*path, "steps"), "nothing", allowed, "write for example `steps: 50`")
        return None
    if "epochs" in raw and problem is not None and not isinstance(problem, LeastSquares):
        found = "epochs for a problem without data"
        doc.report((*path, "epochs"), found, "epochs are for data", "write steps instead", at_key=True)
        return None
    return block.steps if block.epochs is None else block.epochs


def _start(doc: Document, path: Path, block: RunBlock, problem: Problem | None) -> tuple[float, ...] | None:
    """The start, zeros where none is given; J and its slope must exist there."""
    if problem is None or (block.start is None and (*path, "start") in doc.value_places):
        return None  # a faulty start has been reported
    parameters = problem.parameters
    here: Path = (*path, "start")
    if isinstance(block.start, dict):
        for name in block.start:
            if name not in parameters:
                mend = did_you_mean(name, parameters, "take it away")
                found = f"a start for {in_quotes(name)}"
                doc.report((*here, name), found, comma_list(parameters), mend, at_key=True)
                return None
    given = (0.0,) * len(parameters) if block.start is None else block.start
    allowed = f"one number for each of {comma_list(parameters)}"
    try:
        start = tuple(point_of(given, parameters, "the start").tolist())
    except GdError as error:
        example = ", ".join(f"{name}: 0" for name in parameters)
        doc.report(here, error.found, allowed, f"write for example `start: {{{example}}}`")
        return None
    shown = ", ".join(f"{name} = {value:g}" for name, value in zip(parameters, start, strict=True))
    if problem.domain is not None and not inside(problem.domain, start):
        limits = zip(parameters, problem.domain, strict=True)
        allowed = ", ".join(f"{name} from {low:g} to {high:g}" for name, (low, high) in limits)
        doc.report(here, f"a start outside the domain ({shown})", allowed, "choose a start inside")
        return None
    value, slope = problem.value_and_gradient(np.array(start))
    if not (np.isfinite(value) and np.isfinite(slope).all()):
        found = f"a start where the problem or its slope has no finite value ({shown})"
        doc.report(here, found, "a start where both are finite", "choose another start, such as `start: 1`")
        return None
    return start


def _stop(doc: Document, path: Path, block: RunBlock) -> FrozenMap[str, float]:
    rules = block.stop.model_dump(exclude_none=True) if block.stop is not None else {}
    if (
        "improvement" in rules
        and "patience" not in rules
        and (*path, "stop", "patience") not in doc.value_places
    ):
        found, mend = "improvement without patience", "add `patience: 10`"
        doc.report((*path, "stop", "improvement"), found, "improvement with patience", mend, at_key=True)
    return FrozenMap(rules)

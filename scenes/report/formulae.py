"""The formulae of a report: what is minimised, the rule, and the slopes in it."""

from __future__ import annotations

from collections.abc import Sequence

from gdcore.notation import Node, Symbol, listed
from gdcore.problems import LeastSquares, Problem
from scenes.text import Maths, Rich, Speech, words

from .text import formula_as_text

_MOST_NAMES = 10  # with the nine weights that a model writes out


def names_of(speech: Speech, problem: Problem) -> tuple[Node, ...]:
    """The parameters as they are set."""
    return tuple(map(speech.name, problem.parameters))


def names_listed(speech: Speech, problem: Problem) -> Node:
    """The parameters with commas between them; of many the first, dots, and the last."""
    names = names_of(speech, problem)
    return listed(names if len(names) <= _MOST_NAMES else (*names[:3], Symbol("dots"), names[-1]))


def objective(speech: Speech, problem: Problem) -> Rich:
    """The objective as a displayed formula."""
    return speech.say(
        "report.formula.objective", parameters=names_listed(speech, problem), formula=problem.notation
    )


def objective_text(speech: Speech, problem: Problem) -> Rich:
    """The objective as one line of plain text: J(w) = (w − 3)² + 2; of a fitted line the cost and the line."""
    parameters = names_listed(speech, problem)
    if not isinstance(problem, LeastSquares):
        text = speech.say("report.formula.text", parameters=parameters, formula=problem.notation)
        return as_text(speech, text)
    model, penalty = problem.model_notation, problem.penalty_notation
    match problem.cost:
        case "mse":
            text = speech.say("report.formula.text-mse", parameters=parameters, model=model, penalty=penalty)
        case "half-mse":
            text = speech.say("report.formula.text-half", parameters=parameters, model=model, penalty=penalty)
        case "sum":
            text = speech.say("report.formula.text-sum", parameters=parameters, model=model, penalty=penalty)
        case "norm":  # which takes no ridge
            text = speech.say("report.formula.text-norm", parameters=parameters, model=model)
    return as_text(speech, text)


def model_text(speech: Speech, problem: LeastSquares) -> Rich:
    """The fitted line as plain text: ŷ = w x + b."""
    return as_text(speech, speech.say("report.formula.model", model=problem.model_notation))


def rule_text(speech: Speech, problem: Problem, apart: bool = False) -> Rich:
    """The update of every parameter as plain text, `apart` with a rate of its own."""
    names = names_of(speech, problem)
    if len(names) == 1:
        return commas([as_text(speech, speech.say("report.formula.rule", p=names[0]))])
    rules = [
        speech.say("report.formula.rule-partial-each" if apart else "report.formula.rule-partial", p=name)
        for name in names
    ]
    return commas([as_text(speech, rule) for rule in rules])


def slope(speech: Speech, problem: Problem, index: int = 0) -> Rich:
    """J′(w), or ∂J/∂w with several parameters, on one line."""
    name = names_of(speech, problem)[index]
    only = len(problem.parameters) == 1
    return speech.say("report.formula.slope" if only else "report.formula.slope-partial", p=name)


def step(speech: Speech, problem: Problem, index: int = 0, apart: bool = False) -> Rich:
    """What plain descent subtracts: α · J′(w), or α · ∂J/∂w with several parameters, `apart` α_w · ∂J/∂w."""
    name = names_of(speech, problem)[index]
    if len(problem.parameters) == 1:
        return speech.say("report.formula.step", p=name)
    return speech.say("report.formula.step-partial-each" if apart else "report.formula.step-partial", p=name)


def as_text(speech: Speech, formula: Rich) -> Rich:
    """Every formula of a text as one would type it."""
    found = Rich()
    for run in formula.runs:
        found += formula_as_text(run.node, speech.decimal) if isinstance(run, Maths) else Rich((run,))
    return found


def commas(parts: Sequence[Rich]) -> Rich:
    """The parts with commas between them."""
    found = Rich()
    for part in parts:
        found += (words(", ") + part) if found else part
    return found

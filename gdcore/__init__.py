"""Gradient descent as numbers: problems, one loop, and what can be said about a run. NumPy and nothing else.

>>> from gdcore import GradientDescent, descend, problem_from_formula
>>> run = descend(problem_from_formula("(x-3)^2 + 2"), GradientDescent(), 6, steps=3, rate=0.1)
>>> [round(float(x), 3) for x in run.parameters[:, 0]]
[6.0, 5.4, 4.92, 4.536]
"""

from gdcore.analysis.basins import Basins, find_basins, save_basins
from gdcore.analysis.convergence import Convergence, Sweep, measure_convergence, sweep, theoretical_factor
from gdcore.analysis.path import find_events, thin
from gdcore.analysis.stability import Analysis, analyse
from gdcore.base.errors import DataError, FormulaError, GdError, UnclearNameError
from gdcore.base.files import write_atomically
from gdcore.formula import Formula, parse
from gdcore.notation import typst_name, typst_number
from gdcore.optimizers import (
    BFGS,
    OPTIMIZERS,
    AdaDelta,
    AdaGrad,
    Adam,
    AdaMax,
    AdamW,
    AMSGrad,
    Backtracking,
    ConjugateGradient,
    DampedNewton,
    ExactLine,
    GradientDescent,
    Momentum,
    Nadam,
    Nesterov,
    Newton,
    Optimizer,
    RMSProp,
    SignDescent,
    make_optimizer,
)
from gdcore.problems import (
    LANDSCAPES,
    FormulaProblem,
    Landscape,
    LeastSquares,
    LeftOut,
    LogisticRegression,
    Problem,
    Sampled,
    landscape,
    problem_from_formula,
    read_columns,
    read_table,
)
from gdcore.problems.curvature import best_rate, condition_number, curvature, rate_limit, regime
from gdcore.rest.verdict import FlatDirection, Rest, RestKind, find_rest, loss_rounding
from gdcore.run.batch import Batch
from gdcore.run.descent import continue_run, descend
from gdcore.run.events import Event
from gdcore.run.leaving import Exit
from gdcore.run.many import descend_many
from gdcore.run.outcome import Outcome
from gdcore.run.sampling import Sampling
from gdcore.run.stopping import StopRules
from gdcore.run.trajectory import Trajectory
from gdcore.schedules import (
    SCHEDULES,
    AdaptiveSchedule,
    BarzilaiBorwein,
    Constant,
    Cosine,
    Exponential,
    InverseTime,
    Linear,
    Milestones,
    PerEpoch,
    Polynomial,
    Product,
    Schedule,
    StepDecay,
    WarmUp,
    make_schedule,
)
from gdcore.sentences.sentence import Sentence
from gdcore.storage import load, save
from gdcore.storage.run_document import run_document

__all__ = [
    "BFGS",
    "LANDSCAPES",
    "OPTIMIZERS",
    "SCHEDULES",
    "AMSGrad",
    "AdaDelta",
    "AdaGrad",
    "AdaMax",
    "Adam",
    "AdamW",
    "AdaptiveSchedule",
    "Analysis",
    "Backtracking",
    "BarzilaiBorwein",
    "Basins",
    "Batch",
    "ConjugateGradient",
    "Constant",
    "Convergence",
    "Cosine",
    "DampedNewton",
    "DataError",
    "Event",
    "ExactLine",
    "Exit",
    "Exponential",
    "FlatDirection",
    "Formula",
    "FormulaError",
    "FormulaProblem",
    "GdError",
    "GradientDescent",
    "InverseTime",
    "Landscape",
    "LeastSquares",
    "LeftOut",
    "Linear",
    "LogisticRegression",
    "Milestones",
    "Momentum",
    "Nadam",
    "Nesterov",
    "Newton",
    "Optimizer",
    "Outcome",
    "PerEpoch",
    "Polynomial",
    "Problem",
    "Product",
    "RMSProp",
    "Rest",
    "RestKind",
    "Sampled",
    "Sampling",
    "Schedule",
    "Sentence",
    "SignDescent",
    "StepDecay",
    "StopRules",
    "Sweep",
    "Trajectory",
    "UnclearNameError",
    "WarmUp",
    "analyse",
    "best_rate",
    "condition_number",
    "continue_run",
    "curvature",
    "descend",
    "descend_many",
    "find_basins",
    "find_events",
    "find_rest",
    "landscape",
    "load",
    "loss_rounding",
    "make_optimizer",
    "make_schedule",
    "measure_convergence",
    "parse",
    "problem_from_formula",
    "rate_limit",
    "read_columns",
    "read_table",
    "regime",
    "run_document",
    "save",
    "save_basins",
    "sweep",
    "theoretical_factor",
    "thin",
    "typst_name",
    "typst_number",
    "write_atomically",
]

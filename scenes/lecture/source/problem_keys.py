"""The keys of `problem`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from gdcore.problems import LANDSCAPES

from .keys import Keys, key
from .values import AskedRows, Domain, Limit, LongText, Names, ParameterNames, Points, Text

_ONE_OF = "one of formula, data and name is needed"


class ProblemBlock(Keys):
    """What is minimised: one of `formula`, `data` and `name`."""

    formula: Annotated[str, Field(min_length=1)] | None = key(
        "The objective, such as (x-3)^2+2.", '"(x-3)^2+2"', otherwise=_ONE_OF
    )
    data: Text | None = key("A CSV file below the lecture's folder.", "houses.csv", otherwise=_ONE_OF)
    name: Text | None = key(
        "A named landscape; `steepest list problems` has their formulae.",
        "himmelblau",
        otherwise=_ONE_OF,
        words=lambda: LANDSCAPES,
    )
    domain: Domain | None = key(
        "Where the formula holds: [lowest, highest], by parameter where there are several.",
        "[0, 6]",
        otherwise="wherever the formula has a value",
        of="formula",
    )
    minima: Points | None = key(
        "Known minimum points: a list of numbers, or of points.",
        "[3]",
        otherwise="they are looked for",
        of="formula",
    )
    x: Names | None = key(
        "The column or columns to predict from.", "bedrooms", otherwise="needed with data", of="data"
    )
    y: Text | None = key("The column to predict.", "price", otherwise="needed with data", of="data")
    missing: Literal["refuse", "drop"] | None = key(
        "What becomes of rows in which a number is missing (an empty cell, -, ?, NA, N/A, …): drop leaves them out, "
        "and says how many.",
        "drop",
        default="refuse",
        of="data",
    )
    cost: Literal["mse", "half-mse", "sum", "norm"] | None = key(
        "What is made of the residuals: the mean of their squares, half of it, their sum, or its root.",
        "half-mse",
        default="mse",
        of="data",
    )
    degree: Annotated[int, Field(ge=1, le=12)] | None = key(
        "Degree of the polynomial; of several columns with all products up to it.", 2, default=1, of="data"
    )
    standardize: bool | None = key(
        "Scale each column to mean 0 and deviation 1.", "true", default=False, of="data"
    )
    intercept: bool | None = key("Whether the model has a constant term b.", "false", default=True, of="data")
    ridge: Limit | None = key("Adds this times the sum of w² to the cost.", 0.1, default=0, of="data")
    parameters: ParameterNames | None = key(
        "The names of the parameters, in their order; of data also by column, `intercept` for b.",
        "[m, b]",
        otherwise="those of the formula in the order of their names, x before y and b behind w; of data w and b, or w1, w2, … and b",
    )
    predict: AskedRows | None = key(
        "Values of x whose y is asked for: a number or a list; of several columns maps by column.",
        33,
        otherwise="no y is asked for",
        of="data",
    )
    labels: dict[str, Text] | None = key(
        "What axes say instead of the name of a column, of a parameter or of J.",
        "{price: price in 1000 €}",
        otherwise="the names themselves",
    )
    note: LongText | None = key(
        "Where the problem is from; shown wherever it is.", "Our own data", otherwise="nothing is shown"
    )

"""What the command can say a lecture can say too: settings in words, ridge, several predictions, names by column."""

from __future__ import annotations

import numpy as np
import pytest

from gdcore.problems import LeastSquares
from scenes.lecture.running import optimizer_of
from scenes.lecture.study import study

RUNS = "runs: {a: {rate: 0.001, steps: 5}, b: {rate: 0.002, steps: 5}}\nscenes: [{kind: learning-rates}]\n"
HOMES = "size,bedrooms,price\n1650,3,300\n2000,4,380\n1200,2,210\n1800,3,330\n"


@pytest.fixture
def homes(folder):
    (folder / "homes.csv").write_text(HOMES)
    (folder / "cars.csv").write_text("km,price\n10,9\n50,7\n90,6\n")


def data(more: str, file: str = "cars.csv", x: str = "km") -> str:
    return f"problem: {{data: {file}, x: {x}, y: price{more}}}\n" + RUNS


@pytest.mark.parametrize(
    ("optimizer", "settings"),
    [
        ("cg", {"formula": "FR"}),
        ("nesterov", {"form": "step", "beta": 0.5}),
        ("rmsprop", {"centered": True}),
        ("adagrad", {"eps_in_root": False}),
        ("adadelta", {"eps_in_root": False}),
        ("adamax", {"eps_in_max": False, "beta2": 0.5}),
        ("amsgrad", {"beta1_decay": 0.9, "correction": "none"}),
        ("bfgs", {"scaled": False, "flatten": 0.5}),
        ("damped-newton", {"rule": "backtracking", "shrink": 0.7}),
        ("rmsprop", {"momentum": 0.9, "form": "step", "initial": 0.5, "eps_in_root": True}),
    ],
)
def test_settings_may_be_words_and_true_or_false(read, optimizer, settings):
    told = ", ".join(
        f"{name}: {str(value).lower() if value in (True, False) else value}"
        for name, value in settings.items()
    )
    lecture = read(
        'problem: {formula: "w^2"}\n'
        f"runs: {{a: {{rate: 0.1, steps: 5, start: 1, optimizer: {optimizer}, set: {{{told}}}}}, b: {{rate: 0.1, steps: 5, start: 1}}}}\n"
    )
    assert dict(lecture.runs["a"].settings) == settings
    made = optimizer_of(lecture.runs["a"])
    assert {name: getattr(made, name) for name in settings} == settings
    assert study(lecture).trajectories["a"].steps == 5


@pytest.mark.parametrize(
    ("run", "found", "mend"),
    [
        ("optimizer: cg, set: {formula: ¦PR}", "formula is 'PR'", "did you mean PR+?"),
        ("optimizer: momentum, set: {beta: ¦1}", "beta is 1", "0.9"),
        ('optimizer: momentum, set: {form: step, beta: ¦"0.9"}', "beta is '0.9'", "write 0.9 without quotes"),
        ("optimizer: rmsprop, set: {centered: ¦7}", "centered is 7", "write one of them"),
        (
            "optimizer: bfgs, set: ¦{decrease: 0.5, flatten: 0.2}",
            "decrease is 0.5 and flatten 0.2",
            "1e-4 and 0.9",
        ),
        ("optimizer: rmsprop, set: {form: ¦stp}", "form is 'stp'", "did you mean step?"),
        ("optimizer: momentum, set: {beta: ¦[1]}", "a list of 1", "beta: 0.9"),
        ("stop: {¦improvement: 0.1}", "improvement without patience", "add `patience: 10`"),
        ("stop: {patience: 3, improvement: ¦-1}", "-1", "improvement: 0.01"),
    ],
)
def test_settings_and_rules_that_cannot_be(the_fault, run, found, mend):
    fault = the_fault(f'problem: {{formula: "w^2"}}\nruns: {{a: {{rate: 0.1, steps: 5, start: 1, {run}}}}}\n')
    assert found in fault.found
    assert mend in fault.mend


def test_an_improvement_counts_with_patience(read):
    lecture = read(
        'problem: {formula: "w^2"}\n'
        "runs: {a: {rate: 0.1, steps: 500, start: 1, stop: {patience: 4, improvement: 0.01}}}\n"
    )
    assert dict(lecture.runs["a"].stop) == {"patience": 4, "improvement": 0.01}
    assert study(lecture).trajectories["a"].steps < 40


def test_ridge(read, homes):
    lecture = read(data(", ridge: 0.5"))
    assert lecture.problem.ridge == 0.5
    problem = study(lecture).problem
    assert isinstance(problem, LeastSquares)
    assert problem.ridge == 0.5
    plain = study(read(data(""))).problem
    assert float(problem.value([2, 0])) == pytest.approx(float(plain.value([2, 0])) + 0.5 * 4)


@pytest.mark.parametrize(
    ("predict", "rows"),
    [
        ("3.5", ((3.5,),)),
        ("[3.5, 7]", ((3.5,), (7.0,))),
        ("{km: 3}", ((3.0,),)),
        ("[{km: 3}, 4]", ((3.0,), (4.0,))),
    ],
)
def test_predictions_of_one_column(read, homes, predict, rows):
    lecture = read(data(f", predict: {predict}"))
    assert lecture.problem.predict == rows
    assert lecture.problem.only_asked == (rows[0][0] if len(rows) == 1 else None)


@pytest.mark.parametrize(
    ("predict", "rows"),
    [
        ("{bedrooms: 3, size: 1650}", ((1650.0, 3.0),)),
        ("[{size: 1650, bedrooms: 3}, {size: 2000, bedrooms: 4}]", ((1650.0, 3.0), (2000.0, 4.0))),
        ("[[1650, 3]]", ((1650.0, 3.0),)),
    ],
)
def test_predictions_of_two_columns(read, homes, predict, rows):
    lecture = read(data(f", predict: {predict}", "homes.csv", "[size, bedrooms]"))
    assert lecture.problem.predict == rows
    assert lecture.problem.only_asked is None


@pytest.mark.parametrize(
    ("predict", "found", "mend"),
    [
        ("¦3", "1 number for 2 columns", "{size: 1, bedrooms: 1}"),
        ("[¦1650, {size: 1, bedrooms: 2}]", "1 number for 2 columns", "{size: 1, bedrooms: 1}"),
        ("[[¦1650, 3, 4]]", "3 numbers for 2 columns", "{size: 1, bedrooms: 1}"),
        ("¦{size: 1650}", 'no value of "bedrooms"', "{size: 1, bedrooms: 1}"),
        ("{size: 1650, ¦bedroms: 3}", 'a value of "bedroms"', "did you mean bedrooms?"),
        ("{size: 1650, bedrooms: ¦three}", "three", "predict: 33"),
        ("¦[]", "an empty list", "predict: 33"),
        ("¦yes", "yes", "predict: 33"),
        ("[¦yes]", "yes", "predict: 33"),
    ],
)
def test_predictions_that_cannot_be(the_fault, homes, predict, found, mend):
    predict = predict.replace("[[¦", "[¦[")
    fault = the_fault(data(f", predict: {predict}", "homes.csv", "[size, bedrooms]"))
    assert found in fault.found
    assert mend in fault.mend


@pytest.mark.parametrize(
    ("file", "x", "more", "names"),
    [
        ("cars.csv", "km", "parameters: {km: theta_1, intercept: theta_0}", ("theta_1", "theta_0")),
        ("cars.csv", "km", "parameters: {intercept: c}", ("w", "c")),
        ("cars.csv", "km", "intercept: false, parameters: {km: k}", ("k",)),
        ("homes.csv", "[size, bedrooms]", "parameters: {bedrooms: v, size: u}", ("u", "v", "b")),
        ("cars.csv", "km", "degree: 2, parameters: {w2: a, w1: b, intercept: c}", ("b", "a", "c")),
    ],
)
def test_names_of_parameters_by_column(read, homes, file, x, more, names):
    lecture = read(data(f", {more}", file, x))
    assert lecture.problem.parameters == names
    assert np.isfinite(study(lecture).trajectories["a"].loss).all()


@pytest.mark.parametrize(
    ("more", "found", "mend"),
    [
        ("parameters: {¦KM: theta_1}", 'a name for "KM"', "did you mean km?"),
        ("parameters: {km: a, ¦w: c}", '"w" beside "km", which is the same parameter', "take one"),
        ("intercept: false, parameters: {¦intercept: c}", 'a name for "intercept"', "take it away"),
        ("parameters: ¦{km: b}", "cannot name a parameter", "choose another name"),
        ("parameters: {km: ¦3}", "3", "put it in quotes"),
        ("parameters: ¦3", "3", "parameters: [m, b]"),
    ],
)
def test_names_of_parameters_that_cannot_be(the_fault, homes, more, found, mend):
    fault = the_fault(data(f", {more}"))
    assert found in fault.found
    assert mend in fault.mend


def test_a_map_of_parameters_belongs_to_data(the_fault):
    fault = the_fault('problem: {formula: "x^2 + y^2", parameters: ¦{x: u}}\n' + RUNS)
    assert fault.found == "a map of names, which belongs to data"


def test_each_parameter_may_have_a_rate_of_its_own(read, homes):
    two = (
        "problem: {data: cars.csv, x: km, y: price, parameters: {km: slope, intercept: start}}\n"
        "runs: {a: {rate: {start: 0.1, slope: 0.0001}, steps: 5}, b: {rate: {slope: 1e-5, start: 1e-5}, steps: 5}}\n"
        "scenes: [{kind: surface, run: a}]\n"
    )
    lecture = read(two)
    assert lecture.runs["a"].rate == (0.0001, 0.1)
    assert lecture.runs["b"].rate == 1e-5
    run = study(lecture).trajectories["a"]
    km, price = np.array([10, 50, 90]), np.array([9, 7, 6])
    slope = start = 0.0
    for k in range(6):
        assert run.parameters[k] == pytest.approx([slope, start], rel=1e-12)
        missed = slope * km + start - price
        slope, start = slope - 0.0001 * 2 * (missed * km).mean(), start - 0.1 * 2 * missed.mean()


@pytest.mark.parametrize(
    ("run", "found", "mend"),
    [
        ("rate: ¦{w: 0.1}", "rate has no entry for b", "give one for each of w, b"),
        (
            "optimizer: newton, rate: ¦{w: 0.1, b: 0.2}",
            "the optimizer newton finds the length",
            "give one number",
        ),
        ("rate: {¦km: 0.1, b: 0.2}", 'a rate for "km"', "take it away"),
    ],
)
def test_rates_that_cannot_be_have_the_fault(the_fault, homes, run, found, mend):
    fault = the_fault(
        "problem: {data: cars.csv, x: km, y: price}\n"
        f"runs: {{a: {{{run}, steps: 5}}}}\nscenes: [{{kind: surface, run: a}}]\n"
    )
    assert found in fault.found
    assert mend in fault.mend


@pytest.mark.parametrize("cost", ["sum", "norm"])
def test_every_cost_of_the_command(read, homes, cost):
    lecture = read(data(f", cost: {cost}"))
    problem = study(lecture).problem
    assert isinstance(problem, LeastSquares)
    assert (lecture.problem.cost, problem.cost) == (cost, cost)
    squares = 9**2 + 7**2 + 6**2
    assert problem.value([0, 0]) == pytest.approx(squares if cost == "sum" else squares**0.5)


def test_products_of_several_columns(read, homes):
    lecture = read(data(", degree: 2, predict: [[1500, 3]]", "homes.csv", "[size, bedrooms]"))
    problem = study(lecture).problem
    assert isinstance(problem, LeastSquares)
    assert problem.parameters == ("w1", "w2", "w3", "w4", "w5", "b")
    assert problem.features.names == ("size", "bedrooms", "size^2", "size bedrooms", "bedrooms^2")
    named = data(", degree: 2, parameters: {w4: both, intercept: free}", "homes.csv", "[size, bedrooms]")
    assert read(named).problem.parameters == ("w1", "w2", "w3", "both", "w5", "free")

"""steepest descend: the core from the command line."""

from __future__ import annotations

import json
import math
import re

import pytest

PARABOLA = ("--formula", "(x-3)^2+2", "--start", "6", "--rate", "0.1")
HOUSES = ("--data", "houses.csv", "--x", "bedrooms", "--y", "price")


@pytest.fixture
def run(invoke):
    """The JSON document of a descent."""

    def run(*arguments):
        result = invoke("descend", *arguments, "--json")
        assert result.exit_code == 0, result.output

        def refuse(constant):
            raise AssertionError(f"{constant} is not JSON")

        return json.loads(result.stdout, parse_constant=refuse)

    return run


def test_the_document_has_every_part_it_promises(run):
    document = run(*PARABOLA, "--steps", "10")
    assert document["schema"] == 3
    assert document["parameters"] == ["x"]
    assert document["optimizer"] == {"name": "gd", "rate": 0.1}
    assert document["outcome"] == "step limit"
    assert document["reason"].endswith(".")
    assert document["steps"] == 10
    assert document["path"]["step"] == list(range(11))
    expected = [3 + 3 * 0.8**k for k in range(11)]
    assert [x for (x,) in document["path"]["parameters"]] == pytest.approx(expected, rel=1e-14)
    assert len(document["path"]["loss"]) == len(document["path"]["gradient"]) == 11
    assert document["final"]["parameters"] == document["path"]["parameters"][-1]
    assert document["final"]["loss"] == document["path"]["loss"][-1]
    assert document["analysis"]["largest_curvature"] == 2
    assert document["analysis"]["rate_limit"] == 1
    assert document["analysis"]["regime"] == "smooth"
    assert document["nonfinite_step"] is None
    assert document["events"] == []
    assert document["problem"]["formula"] == "(x-3)^2+2"


def test_a_shipped_table_is_taken_and_said(invoke):
    result = invoke("descend", *HOUSES, "--rate", "0.0075", "--epochs", "200", "--predict", "6", "--json")
    assert "houses.csv: not in this folder, so the shipped file is taken" in result.stderr
    document = json.loads(result.stdout)
    assert document["parameters"] == ["w", "b"]
    w, b = document["final"]["parameters"]
    assert (w, b) == (pytest.approx(72.38497040094477, rel=1e-12), pytest.approx(-1.8953794613879, rel=1e-12))
    assert document["prediction"] == {"6": pytest.approx(6 * w + b)}


def test_a_table_in_the_folder_comes_first(run, tmp_path):
    (tmp_path / "houses.csv").write_text("bedrooms,price\n1,2\n2,4\n3,6\n")
    document = run(*HOUSES, "--rate", "0.1", "--steps", "500", "--no-intercept", "--parameters", "slope")
    assert document["parameters"] == ["slope"]
    assert document["final"]["parameters"] == [pytest.approx(2)]
    assert document["outcome"] == "converged"


def test_a_negative_start_is_no_option(run):
    formula = ("--formula", "(1-x)^2+100*(y-x^2)^2", "--rate", "0.001", "--steps", "4000", "--every", "1000")
    document = run(*formula, "--start", "-1.2,1")
    assert document["path"]["parameters"][0] == [-1.2, 1]
    assert document["path"]["step"] == [0, 1000, 2000, 3000, 4000]
    turned = run(*formula, "--start", "1,-1.2", "--parameters", "y,x")
    assert turned["final"]["parameters"] == document["final"]["parameters"][::-1]


def test_a_named_problem_and_the_default_start_of_zeros(run):
    document = run("--problem", "himmelblau", "--rate", "0.01")
    assert document["path"]["parameters"][0] == [0, 0]
    assert document["steps"] == 100


def test_a_diverging_run_is_a_result_and_stays_json(run):
    document = run("--formula", "x^4", "--start", "10", "--rate", "1", "--steps", "50")
    assert document["outcome"] == "diverged"
    assert document["nonfinite_step"] == len(document["path"]["step"])
    assert all(math.isfinite(loss) for loss in document["path"]["loss"])
    assert {"overshoot", "divergence"} <= {event["kind"] for event in document["events"]}


def test_stop_rules_and_settings_are_taken(run):
    document = run(*PARABOLA, "--steps", "1000", "--stop", "gradient=1e-3,patience=10", "--stop", "loss=0.1")
    assert document["outcome"] == "stopped early"
    assert document["steps"] < 20
    sequential = run("--problem", "booth", "--rate", "0.05", "--set", "order=sequential", "--steps", "3")
    assert sequential["optimizer"]["order"] == "sequential"


def test_the_table_shows_every_row_of_a_short_run(invoke):
    result = invoke("descend", *PARABOLA, "--steps", "3")
    head, *rows = result.stdout.splitlines()[:5]
    assert head.split() == ["step", "x", "J", "dJ/dx"]
    assert [row.split() for row in rows] == [
        ["0", "6", "11", "6"],
        ["1", "5.4", "7.76", "4.8"],
        ["2", "4.92", "5.6864", "3.84"],
        ["3", "4.536", "4.359296", "3.072"],
    ]
    assert "step limit: " in result.stdout
    assert "rate 0.1: smooth; the limit is 1" in result.stdout
    assert result.stderr == ""


def test_the_table_of_a_long_run_is_a_choice_unless_every_is_given(invoke):
    result = invoke("descend", *PARABOLA, "--steps", "5000")
    assert len(result.stdout.splitlines()) < 45
    assert "rows are not shown; --every 1 shows all of them" in result.stderr
    assert len(invoke("descend", *PARABOLA, "--steps", "500", "--every", "1").stdout.splitlines()) > 500


def test_what_is_zero_but_for_rounding_is_zero_in_the_table(invoke, run, tmp_path):
    (tmp_path / "exact.csv").write_text("x,y\n1,5\n2,7\n3,9\n4,11\n5,13\n")
    arguments = ("--data", "exact.csv", "--x", "x", "--y", "y", "--rate", "0.05", "--steps", "2000")
    shown = invoke("descend", *arguments).stdout
    assert ["2000", "2", "3", "0", "0", "0"] in [line.split() for line in shown.splitlines()]
    assert "the slope is 0 and the point rests at the minimum" in shown
    assert run(*arguments)["final"]["loss"] > 0  # the document has the numbers themselves
    assert (
        "-0" not in invoke("descend", "--formula", "x^2", "--start", "-0.0", "--rate", "0.1").stdout.split()
    )


def test_advice_names_the_option_that_follows_it(invoke, tmp_path):
    (tmp_path / "cars.csv").write_text("km,price\n10000,8000\n60000,7500\n90000,6500\n150000,5300\n")
    arguments = ("--data", "cars.csv", "--x", "km", "--y", "price", "--steps", "100")
    shown = invoke("descend", *arguments, "--rate", "4e-11").stdout
    assert (
        "standardize the columns.\n--standardize does so; it takes another rate, such as --rate 0.1\n"
        in shown
    )
    followed = invoke("descend", *arguments, "--standardize", "--rate", "0.1").stdout
    assert "converged" in followed


def test_the_prediction_stands_below_the_table(invoke):
    result = invoke("descend", *HOUSES, "--rate", "0.0075", "--steps", "200", "--predict", "6")
    assert "at bedrooms = 6 the fit says price = 432.4144" in result.stdout


def test_every_prediction_that_is_asked_for_is_given(run):
    asked = ("--predict", "1234567", "--predict", "1234568", "--predict", "-0", "--predict", "0.1")
    document = run(*HOUSES, "--rate", "0.0075", "--steps", "20", *asked)
    assert list(document["prediction"]) == ["1234567", "1234568", "0", "0.1"]


@pytest.mark.parametrize("suffix", ["npz", "csv", "json"])
def test_a_run_is_saved_whole(invoke, tmp_path, suffix):
    result = invoke("descend", *PARABOLA, "--steps", "5", "--save", f"run.{suffix}")
    assert result.exit_code == 0, result.output
    assert f"saved as run.{suffix}" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == [f"run.{suffix}"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--rate", "0.1"], "Give one of --formula, --data and --problem; found none of them."),
        (["--formula", "x^2", "--problem", "bowl", "--rate", "1"], "found --formula and --problem"),
        (["--formula", "x^2"], "--rate: gd needs a learning rate; try --rate 0.1."),
        (["--formula", "x^2", "--rate", "0"], "rate is 0; it must be a finite number above 0"),
        (["--formula", "x^2", "--rate", "nan"], "rate is nan; it must be a finite number above 0"),
        (["--formula", "x^2", "--rate", "fast"], "'fast' is not a number; write 0.1, or one for each"),
        (["--formula", "x^2", "--rate", "1", "--steps", "-1"], "steps is -1; it must be 0 or more"),
        (["--formula", "x^2", "--rate", "1", "--every", "0"], "every is 0; it must be 1 or more"),
        (["--formula", "x^2", "--rate", "1", "--start", "1,2"], "start has 2 numbers; it must have 1"),
        (["--formula", "x^2", "--rate", "1", "--start", "one"], "'one' is not a list of numbers"),
        (["--formula", "x^2", "--rate", "1", "--parameters", "x,"], "'x,' is not a list of names"),
        (["--formula", "x^2", "--rate", "1", "--stop", "gradient"], "'gradient' is not a setting"),
        (["--formula", "x^2", "--rate", "1", "--stop", "slope=1"], "there is no stop rule 'slope'"),
        (["--formula", "x^2", "--rate", "1", "--set", "a=1", "--set", "a=2"], "a is given twice"),
        (["--formula", "x^2", "--rate", "1", "--set", "ordr=x"], "Did you mean order?"),
        (["--formula", "x^2", "--rate", "1", "--optimizer", "gradient"], "there is no optimizer 'gradient'"),
        (["--formula", "x^2", "--rate", "1", "--predict", "3"], "--predict belongs to --data; leave it out."),
        (["--formula", "x^2", "--rate", "1", "--no-intercept"], "--no-intercept belongs to --data"),
        (["--problem", "bowel", "--rate", "1"], "Did you mean bowl?"),
        (["--data", "houses.csv", "--rate", "1"], "--data needs --x and --y"),
        (
            ["--data", "hauses.csv", "--x", "a", "--y", "b", "--rate", "1"],
            "those that ship are houses.csv, park.csv. Did you mean houses.csv?",
        ),
        (["--data", "no/where.csv", "--x", "a", "--y", "b", "--rate", "1"], "there is no such file"),
        (["--data", "houses.csv", "--x", "bedroms", "--y", "price", "--rate", "1"], "Did you mean bedrooms?"),
        (
            [*HOUSES, "--rate", "1", "--predict", "1,2"],
            "--predict: 1,2 must have one number for each of bedrooms",
        ),
        ([*HOUSES, "--rate", "1", "--predict", "nan"], "'nan' must be finite numbers; write for example 6."),
        ([*HOUSES, "--rate", "1", "--epochs", "-1"], "epochs is -1; it must be 0 or more"),
        ([*HOUSES, "--rate", "1", "--steps", "5", "--epochs", "5"], "Give --steps or --epochs, not both"),
        (["--formula", "x^2", "--rate", "1", "--steps", "1000000000"], "GiB is allowed. Keep fewer rows"),
        (
            ["--formula", "x^2", "--rate", "1", "--save", "run.txt"],
            "--save: 'run.txt' does not end in .npz, .csv or .json; name the file, such as run.npz",
        ),
    ],
)
def test_a_mistake_is_answered_with_its_mend(invoke, tmp_path, arguments, message):
    result = invoke("descend", *arguments)
    assert result.exit_code == 2, result.output
    assert message in " ".join(result.stderr.split())
    assert "Traceback" not in result.output
    assert result.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_a_formula_is_answered_with_a_caret_under_the_mistake(invoke):
    result = invoke("descend", "--formula", "(x-3)^^2", "--rate", "0.1")
    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    drawn = lines.index("  (x-3)^^2")
    assert lines[drawn + 1] == "        ^"


def test_a_formula_cannot_run_code(invoke, tmp_path):
    for formula in (
        "__import__('os').system('touch pwned')",
        "x.__class__",
        "lambda: 0",
        "open('pwned','w')",
    ):
        assert invoke("descend", "--formula", formula, "--rate", "0.1").exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_process_of_its_own_gives_the_same_document(run, steepest):
    arguments = (*PARABOLA, "--steps", "30")
    assert json.loads(steepest("descend", *arguments, "--json").stdout) == run(*arguments)


def test_a_reader_that_goes_away_is_no_failure_to_talk_about(program):
    import subprocess

    command = f"'{program}' descend --formula x^2 --start 1 --rate 0.1 --steps 20000 --every 1 | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["step", "x", "J", "dJ/dx"]
    assert "Traceback" not in done.stderr


def test_ridge_draws_the_weights_towards_0(run):
    plain = run(*HOUSES, "--standardize", "--rate", "0.1", "--steps", "300")
    ridged = run(*HOUSES, "--standardize", "--ridge", "1", "--rate", "0.1", "--steps", "300")
    # A standardised column has mean square 1: the minimum of w²/1 - 2 c w + 1·w² is half of c.
    assert ridged["final"]["parameters"][0] == pytest.approx(plain["final"]["parameters"][0] / 2)
    assert ridged["problem"]["ridge"] == 1


def test_standardising_is_told_with_its_numbers(invoke, tmp_path):
    (tmp_path / "cars.csv").write_text("km,age,price\n1,2,9\n3,1,7\n8,9,2\n")
    asked = ("--data", str(tmp_path / "cars.csv"), "--y", "price", "--standardize", "--rate", "0.5")
    told = invoke("descend", *asked, "--x", "km", "--steps", "1").stdout
    # Of 1, 3, 8: the mean is 4, the mean square 26/3.
    assert "z = (km - 4) / 2.94392029" in told
    assert "divides by N = 3, not N - 1" in told
    assert "in the units of the data: price = -1 * km + 10" in told
    both = invoke("descend", *asked, "--x", "km,age", "--steps", "1", "--no-intercept").stdout
    assert "z₁ = (km - 4) / " in both
    assert "z₂ = (age - 4) / " in both
    assert " * km - " in both or " * km + " in both
    assert "standard deviation" not in invoke("descend", *asked[:-3], "--x", "km", "--rate", "0.01").stdout


def test_logistic_regression_is_reached(run, invoke, tmp_path):
    table = tmp_path / "passed.csv"
    table.write_text("hours,passed\n1,0\n2,0\n3,1\n4,0\n5,1\n6,1\n")
    asked = ("--data", str(table), "--x", "hours", "--y", "passed", "--logistic", "--standardize")
    document = run(*asked, "--rate", "1", "--steps", "400", "--predict", "3.5")
    assert document["outcome"] == "converged"
    # The table is the same seen from either end, but for the sign of yes.
    assert document["prediction"] == {"3.5": pytest.approx(0.5, abs=1e-5)}
    shown = invoke("descend", *asked, "--rate", "1", "--batch-size", "2", "--epochs", "3", "--predict", "3.5")
    assert shown.exit_code == 0
    assert "at hours = 3.5 the fit says passed = 0." in shown.stdout
    clash = invoke("descend", *asked, "--rate", "1", "--cost", "mse")
    assert clash.exit_code == 2
    assert "with --logistic the cost is the log loss" in " ".join(clash.stderr.split())


@pytest.mark.parametrize("option", [["--ridge", "1"], ["--logistic"], ["--missing", "drop"]])
def test_what_belongs_to_data_is_refused_without(invoke, option):
    result = invoke("descend", *PARABOLA, *option)
    assert result.exit_code == 2
    assert f"{option[0]} belongs to --data; leave it out." in " ".join(result.stderr.split())


def test_a_column_that_is_named_twice_is_refused(invoke):
    result = invoke(
        "descend", "--data", "houses.csv", "--x", "bedrooms,bedrooms", "--y", "price", "--rate", "0.01"
    )
    assert result.exit_code == 2
    assert "--x: bedrooms is named twice; name it once." in " ".join(result.stderr.split())


def test_the_table_tells_how_fast_the_run_nears_its_minimum(invoke):
    found = invoke("descend", "--formula", "(x-3)^2+2", "--start", "6", "--rate", "0.1", "--steps", "40")
    assert (
        found.stdout.splitlines()[-1] == "each step leaves 0.8 of the distance to the minimum; by theory 0.8"
    )
    convergence = json.loads(
        invoke("descend", "--problem", "himmelblau", "--start", "1,1", "--rate", "0.01", "--json").stdout
    )["convergence"]
    assert convergence["minimum"] == pytest.approx([3, 2])
    assert convergence["factor"] == pytest.approx(convergence["theory"], rel=1e-4)
    assert convergence["order"] == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("options", [("--formula", "x"), ("--formula", "x^2", "--start", "1")])
def test_without_a_minimum_nearby_nothing_is_said_of_it(invoke, options):
    found = invoke("descend", *options, "--rate", "1.5", "--steps", "3")
    assert "distance to the minimum" not in found.stdout
    document = json.loads(invoke("descend", *options, "--rate", "1.5", "--steps", "3", "--json").stdout)
    assert document["convergence"] is None


ROSENBROCK = ("descend", "--formula", "100*(y-x^2)^2 + (1-x)^2", "--rate", "0.001", "--steps", "2", "--json")


def test_a_start_is_in_the_order_of_the_parameters_which_is_said_at_once(invoke):
    result = invoke(*ROSENBROCK, "--start", "-1.2,1")
    told = json.loads(result.stdout)
    assert told["parameters"] == ["x", "y"]
    assert told["path"]["parameters"][0] == [-1.2, 1]
    assert told["path"]["loss"][0] == pytest.approx(24.2)
    assert result.stderr == "the parameters, in the order of --start: x, y\n"


@pytest.mark.parametrize("start", ["x=-1.2,y=1", " y = 1 , x = -1.2 "])
def test_a_start_may_name_the_parameters(invoke, start):
    result = invoke(*ROSENBROCK, "--start", start)
    assert json.loads(result.stdout)["path"]["parameters"][0] == [-1.2, 1]
    assert result.stderr == ""


def test_another_order_can_be_asked_for(invoke):
    result = invoke(*ROSENBROCK, "--start", "1,-1.2", "--parameters", "y,x")
    assert json.loads(result.stdout)["path"]["loss"][0] == pytest.approx(24.2)


@pytest.mark.parametrize(
    ("start", "message"),
    [
        ("x=1,z=2", "start names 'z'; the parameters are x, y"),
        ("x=1", "start has no entry for y. Give one for each of x, y."),
        ("x=1,x=2", "x is named twice"),
        ("x=1,2", "'2' has no name; name every number"),
        ("x=1,y=", "'y=' has no name"),
        ("x=1,y=far", "'far' is not a number"),
        ("1", "start has 1 number; it must have 2, one for each of x, y"),
    ],
)
def test_a_start_that_cannot_be_is_told(invoke, start, message):
    result = invoke(*ROSENBROCK, "--start", start)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())


def test_sweep_names_the_parameters_of_its_start_too(invoke):
    command = ("sweep", "--formula", "y^2 + 2*x^2", "--rates", "0.1,0.2", "--json")
    by_name = json.loads(invoke(*command, "--start", "x=1,y=2").stdout)
    assert by_name == json.loads(invoke(*command, "--start", "1,2").stdout)


def test_the_steps_of_nesterov_are_collected_as_keras_does(run):
    options = ("--rate", "0.1", "--schedule", "exponential,factor=0.5", "--steps", "3", "--set", "form=step")
    told = run("--formula", "x^2", "--start", "1", "--optimizer", "nesterov", *options)
    assert told["final"]["parameters"] == [pytest.approx(0.111861, abs=5e-7)]
    assert told["optimizer"]["form"] == "step"


# Rates, rows, costs and products


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("x,y\n1,2\n-999,4\n3,5\n", "warning: odd.csv, column 'x': -999 stands in 1 of 3 rows"),
        ("x,y\n20200101,2\n20200102,3\n", "warning: odd.csv, column 'x': every row looks like a date"),
        ("x,y\n1,2\n2,4\n", ""),
    ],
)
def test_numbers_that_seem_to_be_none_get_a_warning(invoke, tmp_path, rows, said):
    (tmp_path / "odd.csv").write_text(rows)
    told = invoke("descend", "--data", "odd.csv", "--x", "x", "--y", "y", "--rate", "1e-20", "--steps", "2")
    assert told.exit_code == 0
    assert told.stderr.startswith(said)
    assert bool(told.stderr) == bool(said)


def test_rows_that_are_left_out_are_counted_in_the_document(run, tmp_path):
    (tmp_path / "gaps.csv").write_text("x,y\n1,2\n2,\n3,?\n4,8\n")
    table = ("--data", "gaps.csv", "--x", "x", "--y", "y", "--rate", "0.01")
    assert run(*table, "--missing", "drop")["problem"]["left_out"] == {"rows": 2, "of": 4}
    assert "left_out" not in run(*HOUSES, "--rate", "0.01")["problem"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [  # a limit is said once, and that of a minimum that is not reached yet is not said to be passed
        (
            ("--problem", "himmelblau", "--start", "-1.2,1", "--rate", "0.01"),
            r"limit is (\S+) at the last point and the steepest place passed",
        ),
        (
            (*HOUSES, "--cost", "norm", "--rate", "0.001", "--steps", "4"),
            r"limit is (161\S+) at the last point and 4\.63564103 at the minimum",
        ),
        (
            ("--formula", "w^8 + 0.2*w^2", "--start", "1.4", "--rate", "0.01", "--steps", "4000"),
            r"limit is 5 at the last point and 0\.0\d+ at the steepest place passed",
        ),
    ],
)
def test_the_limits_are_said_with_their_places(invoke, arguments, told):
    assert re.search(told, invoke("descend", *arguments).stdout)


def test_a_rate_for_each_parameter_by_name_or_in_order(run, invoke):
    named = run(*HOUSES, "--rate", "b=0.1,w=0.01", "--steps", "40")
    assert named["optimizer"]["rate"] == [0.01, 0.1]
    assert named == run(*HOUSES, "--rate", "0.01,0.1", "--steps", "40")
    told = invoke("descend", *HOUSES, "--rate", "0.01,0.1", "--steps", "40")
    assert "the parameters, in the order of --rate: w, b" in told.stderr
    limit = named["analysis"]["rate_limit"]
    assert f"rates w = 0.01, b = 0.1: smooth; the limit is {limit:.9g} times each" in told.stdout
    assert run(*HOUSES, "--rate", "w=0.01,b=0.01", "--steps", "4")["optimizer"]["rate"] == 0.01


@pytest.mark.parametrize(
    ("rate", "message"),
    [
        ("w=0.1", "rate has no entry for b. Give one for each of w, b"),
        ("w=0.1,c=2", "rate names 'c'; the parameters are w, b"),
        ("w=0.1,2", "'2' has no name; name every number, such as m=0.01,b=0.1"),
        ("w=0.1,b=-1", "the rate of b is -1; it must be a finite number above 0"),
        ("0.1,0.2,0.3", "rate has 3 numbers; it must have 2, one for each of w, b"),
        ("0.1,", "'0.1,' is not a number; write 0.1, or one for each parameter"),
    ],
)
def test_rates_that_cannot_be_are_told(invoke, rate, message):
    result = invoke("descend", *HOUSES, "--rate", rate)
    assert result.exit_code == 2, result.output
    assert message in " ".join(result.stderr.split())


def test_rows_are_given_shuffled_or_drawn(run):
    batches = (*HOUSES, "--rate", "0.005", "--steps", "12", "--batch-size", "2")
    ends = {rows: run(*batches, "--rows", rows)["final"] for rows in ("given", "shuffled", "drawn")}
    assert ends["shuffled"] == run(*batches)["final"]
    assert ends["drawn"] != ends["given"] != ends["shuffled"] != ends["drawn"]
    assert ends["drawn"] != run(*batches, "--rows", "drawn", "--seed", "4")["final"]


def test_every_cost(run):
    first = {cost: run(*HOUSES, "--cost", cost, "--rate", "1e-4", "--steps", "1") for cost in ("sum", "norm")}
    squares = 80**2 + 170**2 + 100**2 + 220**2 + 200**2 + 270**2 + 500**2
    assert first["sum"]["path"]["loss"][0] == pytest.approx(squares)
    assert first["norm"]["path"]["loss"][0] == pytest.approx(math.sqrt(squares))
    assert first["norm"]["problem"]["cost"] == "norm"


def test_products_of_columns_are_named(invoke, tmp_path):
    table = tmp_path / "cars.csv"
    table.write_text("km,age,price\n1,2,9\n5,1,7\n9,4,6\n3,3,8\n2,8,5\n7,6,4\n6,2,6\n")
    options = ("--data", str(table), "--x", "km,age", "--y", "price", "--degree", "2", "--rate", "1e-5")
    told = invoke("descend", *options, "--steps", "2", "--predict", "5,1").stdout
    assert "w1, w2, w3, w4, w5 multiply km, age, km^2, km age, age^2\n" in told
    assert "at km, age = 5,1 the fit says price = " in told

"""Mistakes in the problem: formula, data, and what hangs on them."""

from __future__ import annotations

from pathlib import Path

import pytest

RUNS = "runs: {a: {rate: 0.001, steps: 5, start: 1}}\n"
DATA_RUNS = "runs: {a: {rate: 0.001, steps: 5}}\n"
TWO_RUNS = "runs: {a: {rate: 0.001, steps: 5, start: [1, 2]}}\n"


@pytest.mark.parametrize(
    ("problem", "key", "found", "mend"),
    [
        ('{formula: "(w-3)^2 ¦$ 2"}', "formula", "'$'", ""),
        ("{formula: (w-3)^2 +¦* 2}", "formula", "a mistake in the formula", ""),
        ('{formula: "¦(w-3^2"}', "formula", "never closed", "add ')'"),
        ('{formula: "¦sinn(w)"}', "formula", "not a function", "did you mean sin"),
        ('{formula: ¦"3"}', "formula", "no parameter", "name"),
        ("{formula: ¦3}", "formula", "3", "quotes"),
        ("{formula: ¦''}", "formula", "an empty text", "formula:"),
        ('{formula: "w^2 + ¦v", parameters: [w]}', "formula", "'v' is not a parameter", "add v"),
        ('{formula: "w + x*¦log10(w)"}', "formula", "not a function", "write w + x*log(w)/log(10)"),
        ('{formula: "w ¦= 3"}', "formula", "'=' is not part", "the difference: (w - 3)^2"),
        (
            '{formula: "w^2 + ¦wb + b^2"}', "formula", "wb is one name, beside b and w",
            "write w*b for the product, or give `parameters: [w, b, wb]` if wb is one name",
        ),
        ('{formula: "2¦wb", parameters: [w, b]}', "formula", "'wb' is not a parameter", "write w*b for the product"),
        ('{formula: "¦__import__(w)"}', "formula", "not a function", ""),
        ('{formula: "w^2", parameters: ¦[w, w]}', "parameters", "2 times", "once"),
        ('{formula: "w^2", domain: ¦[1, 0]}', "domain", "a list of 2", "domain:"),
        ('{formula: "w^2", domain: ¦{v: [0, 1]}}', "domain", "'v'", ""),
        ('{formula: "w^2", domain: ¦3}', "domain", "3", "domain:"),
        ('{formula: "w^2", domain: [0, 2], minima: ¦[5]}', "minima", "outside the domain", ""),
        ('{formula: "w^2", minima: ¦[[1, 2]]}', "minima", "2 numbers", ""),
        ('{formula: "w^2", ¦x: w}', "x", "x, which belongs to data, beside formula", "take it away"),
        ('{formula: "w^2", ¦predict: 3}', "predict", "belongs to data", "take it away"),
        ('{formula: "w^2", ¦missing: drop}', "missing", "belongs to data", "take it away"),
        ("{¦function: w^2}", "function", "unknown key", "did you mean formula?"),
        ("{formula: ¦max(w, 0) + w^2}", "formula", "a text with a comma", 'formula: "max(w, 0) + w^2"'),
        ("{formula: ¦max(w, min(w, 1)) + w^2}", "formula", "a text with a comma", 'formula: "max(w, min(w, 1)) + w^2"'),
        ('{formula: "w^2", ¦name: bowl}', "name", "name beside formula", "keep formula or name"),
        ('{formula: "w^2", labels: {¦v: x}}', "labels.v", 'a label for "v"', "take it away"),
        ('{formula: "w^2", labels: {weigt: x, ¦j: y}}', "labels.j", "", ""),
        ("{name: ¦himelblau}", "name", 'the unknown landscape "himelblau"', "did you mean himmelblau?"),
    ],
)  # fmt: skip
def test_formula_and_name(faults, problem, key, found, mend):
    text = f"title: t\nproblem: {problem}\n{RUNS}"
    before, _, after = text.partition("¦")
    fault = faults(before + after)[-1]
    assert (fault.line, fault.column) == (2, len(before.rpartition("\n")[2]) + 1), str(fault)
    assert fault.key == f"problem.{key}"
    assert found in fault.found
    assert mend in fault.mend


def test_a_name_that_may_be_a_product_is_settled_by_the_parameters(read):
    runs = "runs: {a: {rate: 0.001, steps: 5, start: [1, 2, 3]}}\nscenes: [{kind: learning-rates, runs: [a, b]}]\n"
    runs = runs.replace("3]}}", "3]}, b: {rate: 0.002, steps: 5, start: [1, 2, 3]}}")
    lecture = read(f'title: t\nproblem: {{formula: "w^2 + wb + b^2", parameters: [w, wb, b]}}\n{runs}')
    assert lecture.problem.parameters == ("w", "wb", "b")


def test_a_formula_shows_a_caret(the_fault):
    fault = the_fault('problem: {formula: "(w-3)^2 ¦$ 2"}\n' + RUNS)
    line, caret = str(fault).splitlines()[1:]
    assert line[caret.index("^")] == "$"


def test_a_folded_formula_is_told_at_its_beginning(the_fault):
    fault = the_fault("problem:\n  formula: ¦>-\n    (w-3)^2 +\n    $\n" + RUNS)
    line, caret = str(fault).splitlines()[1:]
    assert line[caret.index("^")] == "$"


@pytest.mark.parametrize(
    ("problem", "key", "found", "allowed", "mend"),
    [
        ("{data: ¦house.csv, x: bedrooms, y: price}", "data", "does not exist", "", "mean houses.csv?"),
        ("{data: ¦zzz, x: bedrooms, y: price}", "data", "does not exist", "", "houses.csv"),
        ("{data: ¦/etc/passwd, x: bedrooms, y: price}", "data", "absolute path", "", "passwd"),
        ("{data: ¦'C:\\houses.csv', x: bedrooms, y: price}", "data", "absolute path", "", "houses.csv"),
        ("{data: ¦../secret.csv, x: bedrooms, y: price}", "data", "out of the lecture's folder", "", "copy"),
        ("{data: ¦link.csv, x: bedrooms, y: price}", "data", "out of the lecture's folder", "", "copy"),
        ("{data: ¦loop.csv, x: bedrooms, y: price}", "data", "loop.csv", "", ""),
        ("{data: ¦., x: bedrooms, y: price}", "data", "no ordinary file", "", "CSV"),
        ("{data: ¦3, x: bedrooms, y: price}", "data", "3", "text", "quotes"),
        ("{data: houses.csv, x: ¦bedroms, y: price}", "x", "does not have", "bedrooms, price", "mean bedrooms?"),
        ("{data: houses.csv, x: [¦bedroms], y: price}", "x[0]", "does not have", "bedrooms", "bedrooms"),
        ("{data: houses.csv, x: bedrooms, y: ¦Price}", "y", "does not have", "bedrooms, price", "mean price?"),
        ("{data: houses.csv, x: ¦zzz, y: price}", "x", "does not have", "bedrooms, price", "choose one of them"),
        ("{data: houses.csv, x: bedrooms, y: ¦bedrooms}", "", "a second time", "once", "take it away"),
        ("{data: houses.csv, x: bedrooms, y: price, cost: ¦mze}", "cost", "mze", "mse, half-mse", "mean mse"),
        ("{data: houses.csv, x: bedrooms, y: price, cost: ¦sse}", "cost", "sse", "mse, half-mse", "did you mean sum?"),
        ("{data: houses.csv, x: bedrooms, y: price, cost: ¦rmse}", "cost", "rmse", "sum", "choose one of mse, half-mse, sum, norm"),
        ("{data: houses.csv, x: bedrooms, y: price, ¦loss: mse}", "loss", "unknown key", "cost", "did you mean cost?"),
        ("{data: houses.csv, x: bedrooms, y: price, predict: ¦'6'}", "predict", "6", "a number", "write 6 without quotes"),
        ("{data: houses.csv, x: bedrooms, y: price, predict: ¦1, 2}", "predict", "a list without", "[ ]", "write predict: [1, 2]"),
        ("{data: houses.csv, x: bedrooms, y: price, parameters: {¦m: bedrooms, b: intercept}}", "parameters.m", "", "", "write {bedrooms: m, intercept: b}"),
        ("{data: houses.csv, x: bedrooms, y: price, missing: ¦dropp}", "missing", "dropp", "refuse, drop", "mean drop"),
        ("{data: houses.csv, x: bedrooms, y: price, degree: ¦0}", "degree", "0", "from 1 on", "degree:"),
        ("{data: houses.csv, x: bedrooms, y: price, intercept: ¦no}", "intercept", "no", "true", "false"),
        ("{data: houses.csv, x: bedrooms, y: price, parameters: ¦[m]}", "parameters", "", "", ""),
        ("{data: houses.csv, x: bedrooms, y: price, ¦minima: [3]}", "minima", "belongs to formula", "x", ""),
        ("{data: houses.csv, x: bedrooms, y: price, labels: {¦prices: p}}", "labels.prices", "", "", "price"),
    ],
)  # fmt: skip
def test_data(faults, folder, problem, key, found, allowed, mend):
    (folder.parent / "secret.csv").write_text("bedrooms,price\n1,2\n")
    (folder / "link.csv").symlink_to(folder.parent / "secret.csv")
    (folder / "loop.csv").symlink_to(folder / "loop.csv")
    before, _, after = f"title: t\nproblem: {problem}\n{DATA_RUNS}".partition("¦")
    (fault,) = faults(before + after)
    if key:  # else the second of two equal names, which is y here, is told at x
        assert (fault.line, fault.column) == (2, len(before.rpartition("\n")[2]) + 1), str(fault)
        assert fault.key == f"problem.{key}"
    assert found in fault.found
    assert allowed in fault.allowed
    assert mend in fault.mend


@pytest.mark.parametrize(
    ("table", "line", "key", "found", "mend"),
    [
        ("bedrooms,price\n1,80\n2,many\n", 3, "column price", "'many' is not a number", "correct it"),
        ("bedrooms,price\n1,80\n,90\n", 3, "column bedrooms", "empty", "fill it in"),
        ("bedrooms,price\n1,80\n2,nan\n", 3, "column price", "no finite number", "fill in"),
        ("bedrooms,price\n1,80\n2,inf\n", 3, "column price", "no finite number", "fill in"),
        ("bedrooms,price\n", 1, "", "no rows", "add some"),
        ("", None, "", "the file is empty", "write it"),
        ("1,80\n2,170\n", 1, "", "the first line is numbers: 1, 80", "put a line"),
    ],
)
def test_a_table_that_cannot_be_used(faults, folder, table, line, key, found, mend):
    (folder / "houses.csv").write_text(table)
    fault = faults("problem: {data: houses.csv, x: bedrooms, y: price}\n" + DATA_RUNS)[0]
    assert fault.file == str(folder / "houses.csv")
    assert (fault.line, fault.key) == (line, key)
    assert found in fault.found
    assert mend in fault.mend


@pytest.mark.parametrize(
    ("table", "key", "found", "mend"),
    [
        # each column by itself is in order: the mistake is in both together
        ("bedrooms;price\n1,5;80\n2;9.5\n", "column price", "does not fit the rest", "use one of them"),
        ("bedrooms;price\n1;\n;80\n", "", "each of the 2 rows lacks a number", "fill them in"),
    ],
)
def test_columns_that_are_at_odds_with_each_other(the_fault, folder, table, key, found, mend):
    (folder / "houses.csv").write_text(table)
    fault = the_fault("problem: {data: houses.csv, x: bedrooms, y: price, missing: drop}\n" + DATA_RUNS)
    assert fault.file == str(folder / "houses.csv")
    assert fault.key == key
    assert found in fault.found
    assert mend in fault.mend


def test_a_name_with_commas_wants_quotes_in_a_list(faults, folder):
    (folder / "people.csv").write_text("Größe, cm;Gewicht, kg\n160;55\n170;64\n")
    for fault in faults('problem: {data: people.csv, x: [Größe, cm], y: "Gewicht, kg"}\n' + DATA_RUNS):
        assert fault.mend == 'put a name with commas in quotes: ["Größe, cm"]'


def test_faults_of_the_data_follow_those_of_the_lecture(faults, folder):
    (folder / "houses.csv").write_text("bedrooms,price\nx,80\n2,y\n")
    found = faults("problem: {data: houses.csv, x: bedrooms, y: price}\n" + DATA_RUNS + "theme: red\n")
    assert [(Path(fault.file).name, fault.line) for fault in found] == [
        ("lesson.yaml", 3),
        ("houses.csv", 2),
        ("houses.csv", 3),
    ]


def test_a_column_that_cannot_be_standardised(the_fault, folder):
    (folder / "flat.csv").write_text("x,y\n1,1\n1,2\n1,4\n")
    fault = the_fault("problem: {data: flat.csv, x: x, y: y, standardize: ¦true}\n" + DATA_RUNS)
    assert fault.key == "problem.standardize"


def test_degree_with_several_columns(the_fault, folder):
    names = [f"a{i}" for i in range(12)]
    (folder / "many.csv").write_text(f"{','.join(names)},y\n{'1,' * 12}3\n{'2,' * 12}4\n")
    fault = the_fault(f"problem: {{data: many.csv, x: [{', '.join(names)}], y: y, degree: ¦3}}\n" + DATA_RUNS)
    assert "454 features of 12 columns" in fault.found
    assert "degree 2" in fault.mend


def test_a_ridge_beside_the_norm(the_fault):
    fault = the_fault(
        "problem: {data: houses.csv, x: bedrooms, y: price, cost: norm, ridge: ¦0.1}\n" + DATA_RUNS
    )
    assert "makes another line than ridge regression" in fault.found
    assert fault.mend == "take the cost sum, or leave the ridge out"


def test_predict_with_several_columns(the_fault, folder):
    (folder / "two.csv").write_text("a,b,y\n1,2,3\n2,1,4\n3,5,9\n")
    fault = the_fault("problem: {data: two.csv, x: [a, b], y: y, predict: ¦3}\n" + DATA_RUNS)
    assert fault.found == "1 number for 2 columns"


@pytest.mark.parametrize("missing", ["x", "y"])
def test_columns_must_be_named(the_fault, missing):
    other = {"x": "y: price", "y": "x: bedrooms"}[missing]
    fault = the_fault(f"¦problem: {{data: houses.csv, {other}}}\n" + DATA_RUNS)
    assert (fault.key, fault.found) == (f"problem.{missing}", "nothing")


def test_a_problem_of_nothing(the_fault):
    fault = the_fault("¦problem: {note: mine}\n" + RUNS)
    assert fault.found == "neither formula, data nor name"


def test_a_start_outside_the_domain(the_fault):
    fault = the_fault(
        'problem: {formula: "w^2", domain: [0, 2]}\nruns: {a: {rate: 0.1, steps: 5, start: ¦3}}\n'
    )
    assert fault.allowed == "w from 0 to 2"


def test_a_default_start_without_a_value(the_fault):
    fault = the_fault('problem: {formula: "log(w)"}\nruns:\n  ¦a: {rate: 0.1, steps: 5}\n')
    assert "no finite value (w = 0)" in fault.found
    assert fault.key == "runs.a.start"


def test_a_start_map_that_forgets_a_parameter(the_fault):
    text = 'problem: {formula: "x^2+y^2"}\nruns: {a: {rate: 0.1, steps: 5, start: ¦{x: 1}}}\n'
    assert "y" in the_fault(text).found

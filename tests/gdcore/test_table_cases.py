"""Tables as people really save them: what bytes become which columns, and what is said of those that cannot be read.

Written by hand, one for each habit of spreadsheets, countries and people.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdcore.base.errors import DataError, GdError, MissingColumnError
from gdcore.problems import LeastSquares, LeftOut, column_names, read_columns, read_table

EURO = "Fläche;Preis (€)\n50;150,5\n80;240\n"
XY = {"x": [1.0, 3.0], "y": [2.5, 4.0]}


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "table.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# content, and the columns by their names
READ: list[tuple[str | bytes, dict[str, list[float]]]] = [
    # letters
    (EURO.encode("cp1252"), {"Preis (€)": [150.5, 240]}),
    (EURO.encode(), {"Fläche": [50, 80], "Preis (€)": [150.5, 240]}),
    (EURO.encode("utf-8-sig"), {"Fläche": [50, 80]}),
    (EURO.encode("utf-16"), {"Preis (€)": [150.5, 240]}),
    (EURO.encode("utf-32"), {"Preis (€)": [150.5, 240]}),
    ("“x”;it’s\n1;2\n".encode("cp1252"), {"“x”": [1], "it’s": [2]}),
    ("y;Gr\u00f6\u00dfe\n1;2\n", {"Gro\u0308\u00dfe": [2]}),  # composed in the file, not in the request
    ("\u200bx;y\u00a0\n\u200e1;2\u00a0\n", {"x": [1], "y": [2]}),
    # separators and records
    ('"size\n(cm)",y\n1,2\n2,4\n', {"size (cm)": [1, 2], "y": [2, 4]}),
    ('"a;\r\nb, c";"y"\r\n1;2,5\r\n', {"a; b, c": [1], "y": [2.5]}),
    ("Größe, cm;Gewicht, kg\n160;55\n170;64\n", {"Größe, cm": [160, 170], "Gewicht, kg": [55, 64]}),
    ("Größe, cm\tGewicht, kg\n160\t55,5\n", {"Größe, cm": [160], "Gewicht, kg": [55.5]}),
    ('"Größe, cm","y"\n160,55\n', {"Größe, cm": [160], "y": [55]}),
    ("x|y\n1|2.5\n3|4\n", XY),
    ("| x | y |\n| 1 | 2.5 |\n| 3 | 4 |\n", XY),
    ("x y\n1 2.5\n3 4\n", XY),
    ("  x    y\n  1  2.5 \n  3    4\n", XY),
    ("Preis in EUR\n1\n3\n", {"Preis in EUR": [1, 3]}),
    ("hours studied\n1 234\n5 678\n", {"hours studied": [1234, 5678]}),
    ("x\n1,5\n2,5\n", {"x": [1.5, 2.5]}),
    ("x;y;\n1;2.5\n3;4;\n", XY),
    ("x;;y\n1;7;2.5\n3;;4\n", XY),
    ('x;note;y\r\n1;"one\r\ntwo; three";2,5\r\n3;four;4\r\n', XY),
    ('x,note,y\n1,the "best" one,2.5\n3,"the "best" one",4\n', XY),
    ("sep=|\nx|y\n1|2.5\n3|4\n", XY),
    ("x;y;x\n9;1;9\n", {"y": [1]}),
    ("#rooms,price\n1,2\n", {"#rooms": [1], "price": [2]}),
    ("2019;price\n1;2\n", {"2019": [1]}),
    ("town;x\nTotal;1\nBern;2\n", {"x": [1, 2]}),
    ("town;x\nTotal;1\n", {"x": [1]}),
    ("x ; y\r\r\n 1 ; 2,5 ;\r\r\n3;4\r\r\n", XY),
    # numbers
    ("x;y\n1;\u22123,5\n2;\u20133\n3;+4\n4;-,5\n", {"y": [-3.5, -3, 4, -0.5]}),
    ("x;y\n1;1e3\n2;1E+03\n3;2.5e\u22123\n4;.5\n", {"y": [1000, 1000, 0.0025, 0.5]}),
    ("x;y\n1;1,5E3\n2;007\n3;4,\n", {"y": [1500, 7, 4]}),
    ("x;y\n1;1.234,5\n2;1.234.567\n3;1.234\n", {"y": [1234.5, 1234567, 1234]}),
    ('x,y\n1,"1,234.5"\n2,"1,234,567"\n3,"1,234"\n', {"y": [1234.5, 1234567, 1234]}),
    (
        "x;y\n1;1 234\n2;1\u00a0234,5\n3;1\u202f234\u202f567\n4;1\u2009234\n",
        {"y": [1234, 1234.5, 1234567, 1234]},
    ),
    ("x;y\n1;1'234.5\n2;1\u2019234\u2019567\n", {"y": [1234.5, 1234567]}),
    ("year;y\n1960;1\n2020;2\n", {"year": [1960, 2020]}),
    # a mark that may be one of thousands, and the cell that decides
    ("Flaeche;Preis\n50;150.000\n80;240,5\n100;310.000\n", {"Preis": [150000, 240.5, 310000]}),
    ("Flaeche;Preis\n50;150.000\n80;240.5\n100;310.000\n", {"Preis": [150, 240.5, 310]}),
    ("Flaeche;Preis\n50,5;150.000\n80;240.000\n", {"Preis": [150000, 240000]}),
    ("Flaeche;Preis\n12.34;150.000\n80;240.000\n", {"Preis": [150, 240]}),
    ("x;y\n1;1,234\n2;0,5\n", {"y": [1.234, 0.5]}),
    ("x;y\n1;1,234\n2;0.5\n", {"y": [1234, 0.5]}),
    ("x;y\n1;1.234\n2;0.123\n", {"y": [1.234, 0.123]}),
    ("x;y\n1;1.234\n2;1234.567\n", {"y": [1.234, 1234.567]}),
    ("x;y\n1;1.234\n2;1.234e3\n", {"y": [1.234, 1234]}),
]


@pytest.mark.parametrize(("content", "columns"), READ, ids=range(len(READ)))
def test_what_is_read(tmp_path: Path, content: str | bytes, columns: dict[str, list[float]]) -> None:
    found = read_columns(write(tmp_path, content), list(columns))
    assert {name: values.tolist() for name, values in found.items()} == columns


# content, line, column, part of what was found, part of the mend
TOLD: list[tuple[str | bytes, int | None, str | None, str, str]] = [
    # another file
    (b"PK\x03\x04\x00\x01", None, None, "a workbook", "save its sheet as CSV"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1", None, None, "a workbook", "CSV"),
    (b"%PDF-1.7", None, None, "a PDF", "CSV"),
    (b"\x1f\x8b\x08\x00", None, None, "a compressed file", "unpack"),
    ("<!DOCTYPE html>\n<table>", None, None, "a web page", "CSV"),
    ("x;y\n1;2\n".encode("utf-16-le"), None, None, "UTF-16 without its mark", "UTF-8"),
    ("x;y\n1;2\n".encode("utf-16")[:-1], None, None, "damaged", "UTF-8"),
    ("Größe;y\n1;2\n".encode("cp850"), 1, None, "no column 'x'", "choose one"),
    # names
    ("# made by me, 2020\n# again\nx,y\n1,2\n3,4\n", 1, None, "a comment above the names", "lines 1 to 2"),
    ("Sales of 2020\nx;y\n1;2\n3;4\n", 1, None, "a title above the names", "take away line 1"),
    ("Sales, by region, 2020\nx;y\n1;2\n3;4\n", 1, None, "a title above the names", "line 1"),
    ("Sales;;\n\nx;y;z\n1;2;3\n4;5;6\n", 1, None, "stand in line 3", "lines 1 to 2"),
    ("# x,y\n1,2\n", 1, None, "no column 'x'", "choose '# x', or take the # away"),
    ("x;y;x\n1;2;3\n", 1, "x", "2 columns have this name", "rename"),
    ("x:y\n1:2\n", 1, None, "no column 'x'", "separate the columns by ;"),
    ("x y\n1 2\n3 4 5\n", 1, None, "no column 'x'", "separate the columns by ;"),
    # rows
    ('x,y\n1,"12,5 %"\n2,"1,5 %"\n', 2, "y", "'12,5 %' is a percentage", 'write "12,5",'),
    ('x,y\n1,"1,200 kg"\n2,3 kg\n', 2, "y", "'1,200 kg' is a number with a unit", 'write "1,200",'),
    ("x;y\ncm;kg\n1;2\n", 2, None, "as if it gave units", "remove it"),
    ("x;y\n(cm);\n1;2\n", 2, None, "as if it gave units", "size (cm)"),
    ("x;y\n;kg\n1;2\n", 2, None, "as if it gave units", "remove it"),
    ("x;y\n;12 %\n3;5 %\n", 2, "y", "'12 %' is a percentage", "write 12"),
    ("x|y\n---|---\n1|2\n", 2, None, "a drawn line", "remove the line"),
    ("x;y\n1;2\nx;y\n3;4\n", 3, None, "names of the columns stand here again", "remove the line"),
    ("x;y\n1;2\n# a note\n3;4\n", 3, None, "is a comment", "remove the line"),
    ("town;x;y\nBern;1;2\nSumme:;1;2\n", 3, None, "'Summe:' says", "remove the row"),
    ("x;y\n1;2\nTotal;2\n", 3, None, "'Total' says", "remove the row"),
    ('"x","y"\n"1",2,3\n', 2, None, "3 cells", "name every column in the first line"),
    ('x,note,y\n1,"a,2\n3,b,4\n', 2, None, "quote (\") opens here", "close it"),
    ('x,note,y\n1,"a,2\n3,"b",4\n5,c,6\n', 2, None, "quote (\") opens here", "written twice"),
    ('x,note,y\n1,a,2\n3,"b,4\n' + "5,c,6\n" * 40_000, 3, None, "quote (\") opens here", "close it"),
    ('x,"y\n1,2\n3,4\n', 1, None, "quote (\") opens here", "close it"),
    ('x,"y\n' + "1,2\n" * 40_000, 1, None, "quote (\") opens here", "close it"),
    ("x" * 200_000 + "\n1\n", 1, None, "not a table", "CSV"),
    ("x;y\n1;1.234.567\n2;0.5\n", 3, "y", "a point between thousands in line 2", "throughout"),
    ('x;y\n1,5;2\n"3\n4";5\n', 3, "x", "'3 4' is not a number", "choose another column"),
    ('x;y\r\n1;"\r\n2"\r\n3;two\r\n', 4, "y", "'two' is not a number", "another column"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "line", "column", "found", "mend"), TOLD, ids=range(len(TOLD)))
def test_what_is_told(
    tmp_path: Path, content: str | bytes, line: int | None, column: str | None, found: str, mend: str
) -> None:
    with pytest.raises(DataError) as caught:
        read_columns(write(tmp_path, content), ["x", "y"])
    error = caught.value
    assert found in error.found
    assert mend in error.mend
    assert (error.line, error.column) == (line, column)


# a cell, part of what it is said to be, part of the mend
CELLS = [
    *[(cell, "a percentage", "12, and let the column's name") for cell in ("12 %", "12%", "% 12", "12 percent")],
    ("12‰", "a number of thousandths", "12, and let the column's name"),
    *[(cell, "an amount of money", "write 300") for cell in ("€ 300", "300 €", "$300", "300 EUR", "Fr. 300", "300,-")],
    *[(cell, "an amount of money", "write -300") for cell in ("-$300", "-300 EUR", "$ -300")],
    ("€ 1.234,50", "an amount of money", "write 1234,50"),
    ("$1,200", "an amount of money", "write 1200"),
    *[(cell, "an amount of money", "write 10000") for cell in ("$10k", "10 k€", "10k$", "10k EUR")],
    *[(cell, "an amount of money", "write 1200000") for cell in ("€1.2M", "1,2 Mio. €")],
    *[(cell, "word or letter for its size", "write 10000 ") for cell in ("10k", "10 k", "10 thousand", "10 Tsd.")],
    *[(cell, "word or letter for its size", "write 1200000 ") for cell in ("1.2M", "1,2 Mio", "1.2 million")],
    *[(cell, "word or letter for its size", "write 3000000000 ") for cell in ("3B", "3 bn", "3 Mrd", "3 billion")],
    ("293 K", "word or letter for its size", "write 293000 if K is thousand; if it is a unit"),
    ("1,234k", "word or letter for its size", "in full: k is thousand"),
    ("1O", "letters for digits", "write 10,"),
    ("0x10", "not a number to base 10", "write 16"),
    ("1*", "the mark of a note", "write 1,"),
    ("1·5", "a raised point", "write 1.5 "),
    ("12°30'", "degrees and minutes", "12.5"),
    ("12° 30′ 36″ S", "degrees and minutes", "-12.51"),
    ("5'11", "feet and inches", "inches: 71, or seconds: 311"),
    ("4'30", "minutes and seconds", "in seconds: 270"),
    ("5o", "a number with a unit", "let the column's name say o"),
    ("2o20", "letters for digits", "write 2020,"),
    ("2;3", "more than one number", "write one number in each cell"),
    *[
        (cell, "a date", "the days since the first row")
        for cell in (
            *("2020-01-31", "31.01.2020", "1.2.20", "1/2/2020", "2020/1/2", "1.2.", "2020-01", "01/2020", "Q1 2020"),
            *("2020-W05", "Jan 2020", "3. März 2020", "Mar-20", "May", "31 Dec", "2020-01-31T12:30:00Z"),
            *("31.01.2020 12:30", "December", "1-Feb-2020", "Feb 3, 2020"),
        )
    ],
    *[(cell, "a time", "minutes or hours") for cell in ("12:30", "1:02:03", "9 am", "12:30 Uhr", "1h30", "1 h 30 min", "12:30 PM")],
    *[(cell, "a yes or no", "1 for yes and 0 for no") for cell in ("TRUE", "false", "ja", "Nein", "oui", "Y", "wahr")],
    ("(3)", "accountants", "write -3"),
    ("(1,234.50)", "accountants", "write -1234.50"),
    ("($3)", "accountants", "write -3"),
    ("3-", "minus sign apart", "write -3"),
    ("- 3", "minus sign apart", "write -3"),
    ("1/2", "a fraction", "write 0.5"),
    ("3 1/2", "a fraction", "write 3.5"),
    ("10-20", "a range", "the middle, 15"),
    ("5 to 6", "a range", "the middle, 5.5"),
    ("1.5×10^3", "a power of ten", "write 1.5e3"),
    ("10^3", "a power of ten", "write 1e3"),
    ("1.5D-3", "a power of ten", "write 1.5e-3"),
    *[(cell, "no exact number", "write one number") for cell in ("<5", "≈ 5", "5±1", "ca. 5")],
    *[(cell, "a number with a unit", "write 80") for cell in ("80 kg", "80kg", "80 m²", "80 km/h", "80 °C")],
    ("“2.5”", "in quotes", "write 2.5"),
    ("'2.5'", "in quotes", "write 2.5"),
    ("=A1+B1", "a formula of a spreadsheet", "values"),
    *[(cell, "where a formula failed", "correct the formula") for cell in ("#DIV/0!", "#WERT!", "#NAME?")],
    *[(cell, "is not a number", "marks between the thousands") for cell in ("1,23,456", "1_000", "1 23")],
    ("٣", "is not a number", "the digits 0 to 9"),
    ("1.2.3", "is not a number", "choose another column"),
    ("rot", "is not a number", "choose another column"),
    ("a1b", "is not a number", "write a plain number"),
    ("3 " * 5000 + "x", "is not a number", "units"),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "found", "mend"), CELLS, ids=[cell[:20] for cell, *_ in CELLS])
def test_a_cell_is_named_as_what_it_is(tmp_path: Path, cell: str, found: str, mend: str) -> None:
    """And with ``missing="drop"`` too; a number that a mend tells to write can be read."""
    quoted = cell.replace('"', '""')
    path = write(tmp_path, f'x\ty\n1\t"{quoted}"\n2\t"{quoted}"\n')
    for missing in ("refuse", "drop"):
        with pytest.raises(DataError) as caught:
            read_table(path, ["x", "y"], missing)  # type: ignore[arg-type]
        error = caught.value
        assert found in error.found
        assert mend in error.mend
        assert (error.line, error.column) == (2, "y")
    proposed = re.search(r"(?:write|middle,) (-?[0-9][0-9.,e-]*[0-9]|[0-9])\b", error.mend)
    if proposed is not None and "1 for yes" not in error.mend:
        read_columns(write(tmp_path, f"x\ty\n1\t{proposed[1]}\n2\t3\n"), ["x", "y"])


# the cells of a column, the line that is told, part of what was found, part of the mend
COLUMNS = [
    (("10%", "0.2", "30%"), 2, "a percentage, but '0.2' in line 3 has no %", "to one form first"),
    (("0.2", "", "10%"), 4, "but '0.2' in line 2 has no %", "to one form first"),
    (("10%", "20%", "3‰"), 2, "but '3‰' in line 4 has ‰", "to one form first"),
    (("10 kg", "20 g", "30 kg"), 2, "but '20 g' in line 3 has g", "to one form first"),
    (("10 kg", "?", "5"), 2, "but '5' in line 4 has no kg", "to one form first"),
    (("293 K", "20 °C"), 2, "but '20 °C' in line 3 has °C", "to one form first"),
    (("$1", "€2"), 2, "but '€2' in line 3 has €", "to one form first"),
    (("$1", "2 USD", "n/a", "US$3"), 2, "an amount of money", "write 1"),
    (("10 kg", "n/a", "20 kg"), 2, "a number with a unit", "write 10, and let the column's name say kg"),
    (("10%", "20 percent"), 2, "a percentage", "write 10"),
    (("1.2M", "900k", "500"), 2, "its size", "write 1200000 "),
    (("pass", "fail", "", "Pass"), 2, "'pass' is not a number", "1 for one of 'pass' and 'fail' and 0 for the other"),
    (("red", "green", "blue"), 2, "'red' is not a number", "correct it, or choose another column"),
    (("red", "green", "3"), 2, "'red' is not a number", "correct it, or choose another column"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "line", "found", "mend"), COLUMNS, ids=["/".join(row[0]) for row in COLUMNS]
)
def test_a_mend_for_a_column_looks_at_all_of_it(
    tmp_path: Path, cells: tuple[str, ...], line: int, found: str, mend: str
) -> None:
    path = write(tmp_path, "x;y\n" + "".join(f"{i};{cell}\n" for i, cell in enumerate(cells)))
    for names in (["x", "y"], ["y"]):
        with pytest.raises(DataError) as caught:
            read_table(path, names, "drop")
        assert found in caught.value.found
        assert mend in caught.value.mend
        assert (caught.value.line, caught.value.column) == (line, "y")


@pytest.mark.parametrize(
    "content", ["x,y\n10%,2\n0.2,4\n30%,7\n", "x,y\nmany,2\n3,4\n", "x,y\n10%,20%\n1,2\n"]
)
def test_a_row_with_a_number_gives_no_units(tmp_path: Path, content: str) -> None:
    """Whichever columns are asked for."""
    for names in (["x"], ["x", "y"]):
        with pytest.raises(DataError) as caught:
            read_table(write(tmp_path, content), names)
        assert (caught.value.line, caught.value.column) == (2, "x")
        assert "units" not in caught.value.found
        assert "remove" not in caught.value.mend


MISSING = [
    "",
    " ",
    "-",
    "--",
    "–",
    "—",
    ".",
    "…",
    "?",
    "NA",
    "na",
    "N/A",
    "n/a",
    "#N/A",
    "NaN",
    "null",
    "None",
    "k. A.",
]


@pytest.mark.parametrize("cell", MISSING)
def test_rows_without_a_number_are_refused_or_left_out(tmp_path: Path, cell: str) -> None:
    path = write(tmp_path, f"x;y;z\n1;2;5\n{cell};3;5\n4;{cell};5\n6;7;{cell}\n;;\n")
    with pytest.raises(DataError) as caught:
        read_table(path, ["x", "y"])
    assert (caught.value.line, caught.value.column) == (3, "x")
    assert "missing: drop" in caught.value.mend
    assert "--missing drop" in caught.value.mend
    found = read_table(path, ["x", "y"], "drop")
    assert {name: values.tolist() for name, values in found.columns.items()} == {"x": [1, 6], "y": [2, 7]}
    assert found.left_out == LeftOut(2, 4)  # z is not asked for, and a blank line is no row
    assert read_table(path, ["y"], "drop").left_out == LeftOut(1, 4)


def test_where_every_row_lacks_a_number_there_is_nothing_to_fit(tmp_path: Path) -> None:
    path = write(tmp_path, "x,y\n1,\n,2\n")
    with pytest.raises(DataError, match="each of the 2 rows lacks a number"):
        read_table(path, ["x", "y"], "drop")
    with pytest.raises(DataError, match="the only row lacks a number in y"):
        read_table(write(tmp_path, "x,y\n1,\n"), ["y"], "drop")
    with pytest.raises(GdError, match="missing"):
        read_table(path, ["x"], "skip")  # type: ignore[arg-type]


def test_a_problem_says_that_rows_may_be_left_out_so_that_it_can_be_made_again(tmp_path: Path) -> None:
    path = write(tmp_path, "x,y\n1,2\n2,\n3,5\n")
    table = read_table(path, ["x", "y"], "drop")
    x = {"x": table.columns["x"]}
    problem = LeastSquares(x, table.columns["y"], source=path.name, left_out=table.left_out)
    spec = problem.spec()
    assert spec["missing"] == "drop"
    again = read_table(path.with_name(spec["data"]), [*spec["x"], spec["y"]], spec["missing"])
    np.testing.assert_array_equal(again.columns["y"], problem.targets)
    assert problem.left_out == LeftOut(1, 3)
    assert "missing" not in LeastSquares(x, table.columns["y"]).spec()


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("cell", ["150.000", "-1.234", "1,234"])
def test_a_mark_that_may_be_one_of_thousands_is_asked_about(
    tmp_path: Path, separator: str, cell: str
) -> None:
    """Whatever separates the columns; and each of the two cells that are proposed decides, for the other rows too."""
    mark = "," if "," in cell else "."
    quote = '"' if separator == "," else ""

    def table(first: str) -> str:
        rows = [["1", first], ["2", f"{quote}240{mark}000{quote}"]]
        return "".join(f"{separator.join(row)}\n" for row in [["x", "y"], *rows])

    with pytest.raises(DataError) as caught:
        read_columns(write(tmp_path, table(f"{quote}{cell}{quote}")), ["x", "y"])
    error = caught.value
    whole = float(cell.replace(mark, ""))
    assert f"'{cell}' can mean {whole:g} or {whole / 1000:g}" == error.found
    assert (error.line, error.column) == (2, "y")
    proposed = re.findall(r"as (\"?[-0-9.,]+\"?) if", error.mend)
    for one, scale in zip(proposed, (1, 1000), strict=True):
        found = read_columns(write(tmp_path, table(one)), ["x", "y"])
        assert found["y"].tolist() == [whole / scale, 240_000 / scale]


def test_other_columns_that_do_not_agree_decide_nothing(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"can mean 1234 or 1\.234"):
        read_columns(write(tmp_path, "a;b;x\n1.5;2,5;1.234\n"), ["x"])


@pytest.mark.parametrize(("last", "scale"), [("1,5", 1), ("1.5", 1000)])
def test_the_cell_that_decides_may_be_the_last_of_many(tmp_path: Path, last: str, scale: int) -> None:
    rows = 3000
    path = write(tmp_path, "x;y\n" + "".join(f"{i};1.{i % 1000:03}\n" for i in range(rows)) + f"7;{last}\n")
    y = read_columns(path, ["x", "y"])["y"]
    assert y[:-1].tolist() == [(1000 + i % 1000) / scale for i in range(rows)]
    assert y[-1] == 1.5


def test_a_cell_over_several_lines_is_one_cell(tmp_path: Path) -> None:
    """Also where thousands of plain ones are taken at once, with a decimal comma."""
    path = write(tmp_path, "x;y\n1,5;2\n" + "3;4\n" * 2000 + '"5\n6";7\n' + "3;4\n" * 2000)
    with pytest.raises(DataError) as caught:
        read_columns(path, ["x", "y"])
    assert (caught.value.line, caught.value.column) == (2003, "x")


@pytest.mark.parametrize("names", [["name, unit", "y"], None])
def test_lines_are_counted_where_cells_go_over_several(tmp_path: Path, names: list[str] | None) -> None:
    row = '1,"2"\r\n\r\n"3\r\n",4\r\n'  # four lines, two records and a blank one
    path = write(tmp_path, '"name,\r\nunit",y\r\n' + row * 1500 + "5,six\r\n")
    with pytest.raises(DataError) as caught:
        read_columns(path, names)
    assert (caught.value.line, caught.value.column) == (2 + 4 * 1500 + 1, "y")


def test_a_name_that_is_misread_asks_for_utf_8(tmp_path: Path) -> None:
    for encoding in ("cp850", "mac-roman"):
        with pytest.raises(MissingColumnError) as caught:
            read_columns(write(tmp_path, "Größe;y\n1;2\n".encode(encoding)), ["Größe"])
        assert "UTF-8" in caught.value.mend


@pytest.mark.parametrize(
    ("name", "asked", "theirs", "ours"),
    [
        ("\u0445", "x", "U+0445 (cyrillic", "U+0078 (latin"),
        ("km", "\u043am", "U+006B", "U+043A"),
        ("\u0440rice", "price", "U+0440", "U+0070"),
        ("d (\u03bcm)", "d (\u00b5m)", "U+03BC", "U+00B5 (micro sign)"),
    ],
)  # fmt: skip
def test_a_name_that_looks_the_same_is_told_by_its_letter(
    tmp_path: Path, name: str, asked: str, theirs: str, ours: str
) -> None:
    with pytest.raises(MissingColumnError) as caught:
        read_columns(write(tmp_path, f"{name};other\n1;2\n"), [asked])
    mend = caught.value.mend
    assert mend.index(theirs) < mend.index(ours)


def test_the_names_of_a_table(tmp_path: Path) -> None:
    assert column_names(write(tmp_path, '"size\n(cm)";;Größe, m\n1;2;3\n')) == ("size (cm)", "Größe, m")


NUMBERS = st.floats(allow_nan=False, allow_infinity=False, width=64)


@st.composite
def styles(draw: st.DrawFn) -> dict[str, str]:
    decimal = draw(st.sampled_from(".,"))
    return {
        "separator": draw(st.sampled_from(";\t,|")),
        "decimal": decimal,
        "between": draw(st.sampled_from(["", " ", "\u00a0", "\u202f", "'", "’", ".,".replace(decimal, "")])),
        "minus": draw(st.sampled_from("-\u2212")),
        "end": draw(st.sampled_from(["\n", "\r\n", "\r"])),
        "encoding": draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])),
    }


def spelled(number: float, style: dict[str, str]) -> str:
    """A number to its last digit in a style; marks stand between thousands where it has no exponent."""
    text = repr(number)
    if "e" not in text:
        whole, _, decimals = text.partition(".")
        text = f"{int(whole):,}".replace(",", "#") + f"!{decimals}"
        text = ("-" if whole == "-0" else "") + text
    text = text.replace(".", "!").replace("#", style["between"]).replace("!", style["decimal"])
    return text.replace("-", style["minus"])


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=12), style=styles())
def test_numbers_come_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[float, float]], style: dict[str, str]
) -> None:
    """In any style, with a column beside them that tells which mark stands before decimals."""
    stream = io.StringIO(newline="")
    stream.write(style["separator"].join(['"x, first"', '"y\n(cm)"', "sure"]) + style["end"])
    writer = csv.writer(stream, delimiter=style["separator"], lineterminator=style["end"])
    for row in rows:
        writer.writerow([*(spelled(number, style) for number in row), f"0{style['decimal']}5"])
    path = tmp_path_factory.mktemp("tables") / "table.csv"
    path.write_bytes(stream.getvalue().encode(style["encoding"]))
    found = read_columns(path, ["x, first", "y (cm)"])
    assert list(zip(found["x, first"].tolist(), found["y (cm)"].tolist(), strict=True)) == rows

"""CSV files as people really save them, and what each broken one is told."""

import subprocess
import sys
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from gdcore.base.errors import DataError, GdError
from gdcore.problems import read_columns

HOUSES = Path(__file__).parent / "data" / "houses.csv"


def write(folder: Path, content: str | bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_it_reads_columns_in_the_order_asked_for() -> None:
    columns = read_columns(HOUSES, ["price", "bedrooms"])
    assert list(columns) == ["price", "bedrooms"]
    assert columns["price"].tolist() == [80, 170, 100, 220, 200, 270, 500]
    assert columns["bedrooms"].tolist() == [1, 2, 3, 3, 4, 4, 5]
    assert not columns["price"].flags.writeable
    assert list(read_columns(HOUSES)) == ["bedrooms", "price"]


@pytest.mark.parametrize(
    "content",
    [
        "x,y\n1,2.5\n3,4\n",
        "x,y\n1,2.5\n3,4",
        "x,y\r\n1,2.5\r\n3,4\r\n",
        "x,y\r1,2.5\r3,4\r",
        "\ufeffx,y\n1,2.5\n3,4\n",
        "x;y\n1;2.5\n3;4\n",
        "x;y\n1;2,5\n3;4\n",
        "x\ty\n1\t2,5\n3\t4\n",
        'x,y\n1,"2,5"\n3,4\n',
        '"x","y"\n"1","2.5"\n"3","4"\n',
        "\n\nx,y\n\n1,2.5\n   \n3,4\n\n\n",
        "x, y\n 1 , 2.5\n3, 4\n",
        "x;y;;\n1;2.5;;\n;;;\n3;4;;\n",
        "sep=;\r\nx;y\r\n1;2,5\r\n3;4\r\n",
        "x,y\n+1.0,2.5e0\n.3e1,4.\n",
        "x,y,note\n1,2.5,\n3,4,second row\n",
        "x,y\n1,2.5\n3,4\n".encode("utf-16"),
    ],
)
def test_every_dialect(tmp_path: Path, content: str | bytes) -> None:
    columns = read_columns(write(tmp_path, content), ["x", "y"])
    assert columns["x"].tolist() == [1, 3]
    assert columns["y"].tolist() == [2.5, 4]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
def test_names_with_accents(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, "größe;Preis in €\n1;2\n".replace("€", "$").encode(encoding))
    assert read_columns(path, ["größe"])["größe"].tolist() == [1]


def test_the_end_of_a_long_file_may_be_latin_1(tmp_path: Path) -> None:
    content = b"x,town\n" + b"1,Bern\n" * 20000 + "2,Zürich\n".encode("latin-1")
    assert read_columns(write(tmp_path, content), ["x"])["x"].sum() == 20002


def test_one_column_and_one_row(tmp_path: Path) -> None:
    assert read_columns(write(tmp_path, "x\n7\n"), ["x"])["x"].tolist() == [7]


# content, names, line, column, part of the message
BROKEN: list[tuple[str | bytes, list[str], int | None, str | None, str]] = [
    ("", ["x"], None, None, "the file is empty"),
    ("\n \n", ["x"], None, None, "the file is empty"),
    ("x,y\n", ["x"], 1, None, "no rows below the names in line 1"),
    ("1,2\n3,4\n", ["x"], 1, None, "must name the columns"),
    ("bedrooms,price\n1,2\n", ["bedroom"], 1, None, "Did you mean bedrooms?"),
    ("ID,price\n1,2\n", ["id"], 1, None, "Did you mean ID?"),
    ("x,y\n1,2\n", ["z"], 1, None, "there are 'x', 'y'"),
    ("x,x\n1,2\n", ["x"], 1, "x", "2 columns have this name"),
    ("x,y\n1,2\n3,\n", ["x", "y"], 3, "y", "empty"),
    ("x,y\n1,2\n3\n", ["x", "y"], 3, None, "1 cell"),
    ("x,y\n1,5,2\n", ["x", "y"], 2, None, "separate the columns by ;"),
    ("x;y\n1;2;3\n", ["x", "y"], 2, None, "3 cells; the first line names 2"),
    ("x,y\n1,two\n", ["x", "y"], 2, "y", "'two' is not a number"),
    ("x,y\n1,nan\n", ["x", "y"], 2, "y", "'nan' is no finite number"),
    ("x,y\n1,-inf\n", ["x", "y"], 2, "y", "'-inf' is no finite number"),
    ("x,y\n1,N/A\n", ["x", "y"], 2, "y", "'N/A' is no finite number"),
    ("x,y\n1,1e999\n", ["x", "y"], 2, "y", "larger than any"),
    ("x,y\n1,$80\n", ["x", "y"], 2, "y", "Leave out units"),
    ("x,y\n1,1_000\n", ["x", "y"], 2, "y", "is not a number"),
    ("x,y\n1,0x10\n", ["x", "y"], 2, "y", "is not a number"),
    ("x,y\n1,١٢\n", ["x", "y"], 2, "y", "is not a number"),
    ('x,y\n1,"1,234"\n', ["x", "y"], 2, "y", "can mean 1234 or 1.234"),
    ("x;y\n1;2,5\n3;4.5\n", ["x", "y"], 3, "y", "decimal comma in line 2 and a decimal point in line 3"),
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00", ["x"], None, None, "not a text file"),
    ("x,y\n1," + "9" * 200_000, ["x"], None, None, "not a table"),
]


@pytest.mark.parametrize(
    ("content", "names", "line", "column", "part"), BROKEN, ids=[part for *_, part in BROKEN]
)
def test_broken(
    tmp_path: Path, content: str | bytes, names: list[str], line: int | None, column: str | None, part: str
) -> None:
    path = write(tmp_path, content)
    with pytest.raises(DataError) as caught:
        read_columns(path, names)
    error = caught.value
    assert part in str(error)
    assert (error.file, error.line, error.column) == (path, line, column)
    assert str(error).startswith(str(path) if line is None else f"{path}:{line}")


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there is no such file"):
        read_columns(tmp_path / "none.csv", ["x"])
    with pytest.raises(DataError, match="this is a folder"):
        read_columns(tmp_path, ["x"])


@pytest.mark.parametrize("names", [[], "x"])
def test_names_are_a_list(names: list[str]) -> None:
    with pytest.raises(GdError, match="list of one or more"):
        read_columns(HOUSES, names)


def test_columns_are_kept_apart(tmp_path: Path) -> None:
    content = "a,b,c\n" + "".join(f"{i},{2 * i},{3 * i}\n" for i in range(1000))
    columns = read_columns(write(tmp_path, content), ["c", "a"])
    np.testing.assert_array_equal(columns["c"], 3 * columns["a"])


@pytest.mark.parametrize("broken", [False, True], ids=["utf-8", "latin-1 at the end"])
def test_memory_is_that_of_the_columns(tmp_path: Path, broken: bool) -> None:
    """Eight bytes a row and a sixteenth more: not the text of the file, nor a second copy of the numbers.

    Also when the file turns out not to be UTF-8 in its last line, and is read again.
    """
    rows = 200_000
    end = b"1,2,Z\xfcrich\n" if broken else b""
    path = tmp_path / "table.csv"
    path.write_bytes(
        b"a,b,note\n" + b"".join(b"%d,%d.5,some words here\n" % (i, i) for i in range(rows)) + end
    )
    tracemalloc.start()
    try:
        columns = read_columns(path, ["a", "b"])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert columns["b"].size == rows + broken
    assert peak < 1.1 * 2 * 8 * rows + 300_000 < path.stat().st_size


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="needs Linux, which tells the peak of a process"
)
def test_a_process_grows_by_the_columns_alone(tmp_path: Path) -> None:
    """The same by what the system says of a process of its own."""

    def peak(rows: int) -> int:
        path = tmp_path / f"{rows}.csv"
        path.write_text("a,b,c\n" + "".join(f"{i},{i}.25,{i}\n" for i in range(rows)), encoding="utf-8")
        program = (
            "import sys; from gdcore.problems.tables import read_columns; read_columns(sys.argv[1]); "
            "print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])"
        )
        command = [sys.executable, "-c", program, str(path)]
        return 1024 * int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    assert peak(400_000) - peak(1_000) < 3 * 8 * 400_000 * 1.15 + 1_000_000

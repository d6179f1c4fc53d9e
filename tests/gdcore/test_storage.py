"""Saved runs: the same bits come back, they can be continued, and damaged ones are told."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gdcore.analysis.stability import analyse
from gdcore.base.arrays import FloatArray
from gdcore.base.errors import DataError, GdError
from gdcore.optimizers import GradientDescent, State
from gdcore.problems import LeastSquares, Problem, landscape, problem_from_formula
from gdcore.run.descent import continue_run, descend
from gdcore.run.trajectory import Trajectory
from gdcore.storage import load, save
from gdcore.storage.run_document import run_document

GD = GradientDescent()
SUFFIXES = ["npz", "csv", "json"]


def trajectories() -> dict[str, Trajectory]:
    hilly, parabola = landscape("hilly"), landscape("parabola")
    bounded = problem_from_formula("x^2 + y^2", domain={"x": [-5, None]})
    line = LeastSquares({"x": [1.0, 2.0, 4.0]}, [1.0, 0.0, 7.0], parameters=["m", "b"])
    return {
        "plain": descend(hilly, GD, [-0.2, 1.3], 40, rate=0.02),
        "thinned": descend(hilly, GD, [-0.2, 1.3], 40, rate=0.02, every=7),
        "start only": descend(hilly, GD, [-0.2, 1.3], 0, rate=0.02),
        "broken": descend(parabola, GD, 0, 100, rate=1e30),
        "one parameter": descend(parabola, GD, 0, 9, rate=1.1),
        "rules": descend(bounded, GradientDescent("sequential"), [1, 1], 50, rate=0.1, stop={"patience": 3}),
        "data": descend(line, GD, [0, 0], 30, rate=0.05),
        "minus zero": descend(problem_from_formula("0*x"), GD, -0.0, 2, rate=1),
        "infinite slope length": descend(
            problem_from_formula("1e308*x + 1e308*y"), GD, [0, 0], 3, rate=1e-308
        ),
    }


RUNS = trajectories()


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("name", RUNS)
def test_the_same_bits_come_back(tmp_path: Path, name: str, suffix: str) -> None:
    path = tmp_path / f"run.{suffix}"
    save(RUNS[name], path)
    again = load(path)
    assert again == RUNS[name]
    save(again, tmp_path / f"again.{suffix}")
    assert (tmp_path / f"again.{suffix}").read_bytes() == path.read_bytes()


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("every", [1, 7])
def test_a_saved_run_can_be_continued(tmp_path: Path, suffix: str, every: int) -> None:
    problem = landscape("rosenbrock")
    save(descend(problem, GD, [-1.2, 1], 33, rate=0.001, every=every), tmp_path / f"run.{suffix}")
    whole = descend(problem, GD, [-1.2, 1], 300, rate=0.001, every=every)
    assert continue_run(load(tmp_path / f"run.{suffix}"), problem, 267) == whole


class Remembering:
    """A rule with a state, one entry of which need not be finite."""

    name = "remembering"
    default_rate = 0.1

    def init(self, x: FloatArray) -> State:
        return {"velocity": np.zeros_like(x), "best": np.array(math.inf)}

    def update(
        self, problem: Problem, x: FloatArray, gradient: FloatArray, state: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        velocity = 0.9 * state["velocity"] + gradient
        return x - rate * velocity, {"velocity": velocity, "best": state["best"]}

    def settings(self) -> dict[str, Any]:
        return {"beta": 0.9}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_state_of_the_optimizer_is_saved(tmp_path: Path, suffix: str) -> None:
    trajectory = descend(landscape("bowl"), Remembering(), [1, 2], 5)
    save(trajectory, tmp_path / f"run.{suffix}")
    again = load(tmp_path / f"run.{suffix}")
    assert again == trajectory
    assert again.state["velocity"].tolist() == trajectory.state["velocity"].tolist()
    assert again.state["best"].shape == ()
    assert math.isinf(again.state["best"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.floats(-1e200, 1e200),
    rate=st.floats(5e-324, 1e300),
    steps=st.integers(0, 12),
    suffix=st.sampled_from(SUFFIXES),
)
def test_any_run_comes_back(tmp_path: Path, start: float, rate: float, steps: int, suffix: str) -> None:
    trajectory = descend(problem_from_formula("abs(x)^1.5"), GD, start, steps, rate=rate)
    save(trajectory, tmp_path / f"run.{suffix}")
    assert load(tmp_path / f"run.{suffix}") == trajectory


@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_a_run_of_another_version_is_told_as_such(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"run.{suffix}"
    save(RUNS["plain"], file)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"schema": 3', '"schema": 1').replace('"rest"', '"gone"'), encoding="utf-8")
    with pytest.raises(DataError, match="its schema is 1, this version reads 3"):
        load(file)


def test_npz_is_plain_arrays(tmp_path: Path) -> None:
    save(RUNS["plain"], tmp_path / "run.npz")
    with np.load(tmp_path / "run.npz", allow_pickle=False) as archive:
        assert archive["schema"] == 3
        assert archive["names"].tolist() == ["w", "b"]
        np.testing.assert_array_equal(archive["parameters"], RUNS["plain"].parameters)


def test_csv_is_a_table_with_17_digits(tmp_path: Path) -> None:
    save(RUNS["plain"], tmp_path / "run.csv")
    lines = (tmp_path / "run.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith('# {"schema": 3,')
    assert lines[1] == "step,w,b,loss,dJ/dw,dJ/db"
    assert lines[2].startswith("0,-0.20000000000000001,1.3,")
    table = np.loadtxt(lines[2:], delimiter=",")
    np.testing.assert_array_equal(table[:, 1:3], RUNS["plain"].parameters)


def test_saving_again_replaces_the_file_whole(tmp_path: Path) -> None:
    save(RUNS["plain"], tmp_path / "run.npz")
    save(RUNS["thinned"], tmp_path / "run.npz")
    assert load(tmp_path / "run.npz") == RUNS["thinned"]
    assert [path.name for path in tmp_path.iterdir()] == ["run.npz"]


@pytest.mark.parametrize("name", ["run.txt", "run", "run.npz.bak"])
def test_other_suffixes_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(GdError, match=r"saved as \.npz, \.csv, \.json"):
        save(RUNS["plain"], tmp_path / name)
    with pytest.raises(GdError, match=r"saved as \.npz, \.csv, \.json"):
        load(tmp_path / name)


def test_a_suffix_may_be_in_capitals(tmp_path: Path) -> None:
    save(RUNS["plain"], tmp_path / "RUN.NPZ")
    assert load(tmp_path / "RUN.NPZ") == RUNS["plain"]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"# {}\n", b"PK\x03\x04", b"\x00\xff", b"x,y\n1,2\n", b"[" * 9999]
)
def test_what_is_no_saved_run(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"run.{suffix}"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"no saved run, or it is damaged"):
        load(path)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_truncated_file(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"run.{suffix}"
    save(RUNS["plain"], path)
    whole = path.read_bytes()
    for part in (0.1, 0.5, 0.9):
        path.write_bytes(whole[: int(len(whole) * part)])
        with pytest.raises(DataError):
            load(path)


def spoiled(tmp_path: Path, change: Any) -> Path:
    path = tmp_path / "run.json"
    save(RUNS["plain"], path)
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (lambda d: d.update(schema=4), "its schema is 4, this version reads 3"),
        (lambda d: d.update(outcome="fine"), "fine"),
        (lambda d: d["path"]["loss"].pop(), "different lengths"),
        (lambda d: d["path"].update(step=[1, *d["path"]["step"][1:]]), "do not rise from 0"),
        (lambda d: d["path"]["loss"].__setitem__(3, math.nan), "not finite"),
        (lambda d: d["parameters"].pop(), "different lengths"),
        (lambda d: d.pop("resume"), "resume"),
        (lambda d: d["resume"]["progress"].pop("events"), "events"),
        (lambda d: d["path"].update(step=[10**30]), "damaged"),
    ],
)
def test_a_spoiled_file(tmp_path: Path, change: Any, part: str) -> None:
    with pytest.raises(DataError, match=part):
        load(spoiled(tmp_path, change))


def test_a_csv_without_its_last_lines_is_told(tmp_path: Path) -> None:
    path = tmp_path / "run.csv"
    save(RUNS["plain"], path)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-5]))
    with pytest.raises(DataError, match="it has 36 rows and should have 41"):
        load(path)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there is no such file"):
        load(tmp_path / "none.npz")
    (tmp_path / "folder.npz").mkdir()
    with pytest.raises(DataError, match="cannot be read"):
        load(tmp_path / "folder.npz")


def test_pickled_arrays_are_never_loaded(tmp_path: Path) -> None:
    path = tmp_path / "run.npz"
    np.savez(path, facts=np.array([{"a": 1}], dtype=object))
    with pytest.raises(DataError):
        load(path)


# The document -------------------------------------------------------------------------------------------


def test_the_document_says_what_standardizing_means() -> None:
    problem = LeastSquares({"km": [1.0, 3.0, 8.0]}, [9.0, 5.0, 4.0], standardize=True)
    trajectory = descend(problem, GD, [2, 6], 0, rate=0.1)
    found = run_document(trajectory, problem, analyse(trajectory, problem))["standardized"]
    deviation = math.sqrt((9 + 1 + 16) / 3)
    assert found == {
        "features": ["km"],
        "mean": [4.0],
        "deviation": [pytest.approx(deviation)],
        "divisor": 3,
        "slopes": [pytest.approx(2 / deviation)],
        "constant": pytest.approx(6 - 2 * 4 / deviation),
    }


def test_the_document_of_a_run() -> None:
    columns = {"bedrooms": [1.0, 2, 3, 3, 4, 4, 5]}
    prices = [80.0, 170, 100, 220, 200, 270, 500]
    problem = LeastSquares(columns, prices, "price", source="houses.csv")
    trajectory = descend(problem, GD, [0, 0], 200, rate=0.0075)
    y = float(problem.predict(trajectory.final, [6.0]))
    document = run_document(trajectory, problem, analyse(trajectory, problem), {6.0: y, "33": math.nan})
    assert list(document) == [
        "schema",
        "problem",
        "parameters",
        "optimizer",
        "outcome",
        "reason",
        "rest",
        "steps_needed",
        "steps",
        "path",
        "final",
        "analysis",
        "convergence",
        "nonfinite_step",
        "events",
        "standardized",
        "prediction",
    ]
    assert document["standardized"] is None
    assert document["schema"] == 3
    assert document["problem"]["data"] == "houses.csv"
    assert document["parameters"] == ["w", "b"]
    assert document["optimizer"] == {"name": "gd", "rate": 0.0075}
    assert document["outcome"] == "step limit"
    assert document["steps"] == 200
    assert list(document["path"]) == ["step", "parameters", "loss", "gradient"]
    assert len(document["path"]["gradient"]) == 201
    assert document["final"] == {"parameters": trajectory.final.tolist(), "loss": trajectory.final_loss}
    assert document["analysis"] == {
        "largest_curvature": pytest.approx(24.60499562),
        "rate_limit": pytest.approx(0.08128430627578305),
        "path_limit": pytest.approx(0.08128430627578305),
        "rest_limit": pytest.approx(0.08128430627578305),
        "regime": "smooth",
        "local": False,
    }
    assert document["nonfinite_step"] is None
    assert document["events"][0] == {
        "kind": "overshoot",
        "parameter": "b",
        "step": 17,
        "last": 17,
        "count": 1,
    }
    assert document["prediction"] == {"6": y, "33": None}


@pytest.mark.parametrize("name", RUNS)
def test_documents_are_strict_json(name: str) -> None:
    trajectory = RUNS[name]
    problem = problem_from_formula("x^2" if len(trajectory.parameters_names) == 1 else "x^2+y^2")
    document = run_document(trajectory, problem, analyse(trajectory, problem))
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    assert document["prediction"] == {}

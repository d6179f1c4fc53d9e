"""Lectures made by chance, the same for the same seed: hard functions, hard data, odd runs and any names."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, get_args, get_origin

from gdcore.optimizers import OPTIMIZERS
from gdcore.problems import LANDSCAPES
from scenes.kinds import kinds

Block = dict[str, Any]

CURVES: dict[str, Callable[[Random], str]] = {
    "bowl": lambda r: f"{_size(r)}*(x-{_place(r)})^2 + {_offset(r)}",
    "quartic": lambda r: f"{_size(r)}*(x-{_place(r)})^4 + {_offset(r)}",
    "steep": lambda r: f"w^{r.choice([6, 8, 12, 20])} + {_size(r)}*w^2",
    "cubic": lambda r: f"x^3 + {_size(r)}*x",
    "line": lambda r: f"{_size(r)}*x + {_offset(r)}",
    "constant": lambda r: f"0*x + {_offset(r)}",
    "waves": lambda r: f"{_size(r)}*sin({r.choice([1, 3, 50])}*x) + {r.choice([0, 1, 0.01])}*x^2",
    "kink": lambda r: f"{_size(r)}*abs(x-{_place(r)}) + {_offset(r)}",
    "edge": lambda r: f"sqrt(x-{_place(r)})",
    "logarithm": lambda r: f"{_size(r)}*log(x)^2 + {_offset(r)}",
    "logarithm down": lambda r: "x - log(x)",
    "pole": lambda r: f"1/x + {_size(r)}*x",
    "pole squared": lambda r: f"1/(x-1)^2 + {_size(r)}*(x-{_place(r)})^2",
    "falling": lambda r: f"exp(-{_size(r)}*x)",
    "rising": lambda r: f"exp({_size(r)}*x) - x",
    "plateau": lambda r: f"-exp(-{r.choice([0.01, 1, 100])}*x^2)",
    "step": lambda r: f"tanh({r.choice([1, 50])}*x)",
    "double": lambda r: "v^4 - 5*v^2 - 3*v",
    "root": lambda r: f"sqrt(x^2 + {_size(r)})",
    "wild": lambda r: "x*sin(1/x)",
    "power": lambda r: "x^1.5",
}

LANDS: dict[str, Callable[[Random], str]] = {
    "bowl": lambda r: f"{_size(r)}*(x-{_place(r)})^2 + {_size(r)}*(y-{_place(r)})^2 + {_offset(r)}",
    "tilted": lambda r: f"(x+y)^2 + {_size(r)}*(x-y)^2",
    "valley": lambda r: "(x+y)^2",
    "half flat": lambda r: f"0*x + {_size(r)}*y^2",
    "flat": lambda r: f"0*x + 0*y + {_offset(r)}",
    "plane": lambda r: f"x + {_size(r)}*y",
    "saddle": lambda r: f"x^2 - {_size(r)}*y^2",
    "monkey": lambda r: "x^3 - 3*x*y^2",
    "product": lambda r: "x*y",
    "curved": lambda r: "100*(y-x^2)^2 + (1-x)^2",
    "waves": lambda r: "sin(x)*sin(y)",
    "pole": lambda r: "1/(x^2+y^2) + x^2 + y^2",
    "kinks": lambda r: "abs(x) + abs(y)",
    "cone": lambda r: "sqrt(x^2+y^2)",
    "logarithm": lambda r: "x - log(x) + y^2",
    "exponential": lambda r: f"exp(x) + {_size(r)}*exp(-y)",
    "quartic": lambda r: "x^4 + y^4",
    "hole": lambda r: "-exp(-x^2-y^2)",
}

NAMES = [
    "Downhill", "50 % off", "Price ($)", "a < b & c", "#1", "x_1^2", "\\frac{1}{2}", "$x$", "{w[1]}", "it's “so”",
    "Größe", "Цена", "θ → 0", "∇J", "ℝ", "*", "_", "a|b", "null", "true", "1e3", "J", "alpha",
    "a name longer than one would give it", "-", "0", "№ 5", "x̂", "%d %s", "@home",
]  # fmt: skip
LETTERS = [
    "x",
    "w",
    "m",
    "b",
    "alpha",
    "beta",
    "J",
    "k",
    "n",
    "w_max",
    "Theta",
    "theta_1",
    "x_i",
    "d",
    "t",
    "epsilon",
    "z",
]


@dataclass(frozen=True)
class Generated:
    """A lecture file's text, the files of data beside it, and in words what it is."""

    seed: int
    lecture: Block
    files: dict[str, str]
    about: str

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(scene["kind"] for scene in self.lecture["scenes"])

    @property
    def text(self) -> str:
        return json.dumps(self.lecture, ensure_ascii=False, indent=1)  # which is YAML, too

    def write(self, folder: Path) -> Path:
        for name, content in self.files.items():
            (folder / name).write_text(content, encoding="utf-8")
        path = folder / "lecture.yaml"
        path.write_text(self.text, encoding="utf-8")
        return path


def generated(seed: int) -> Generated:
    """The lecture of a seed. Kinds, problems and runs of all sorts take turns, so that a row of seeds has them all."""
    return _Maker(seed).lecture()


@dataclass
class _Maker:
    seed: int
    random: Random = field(init=False)
    files: dict[str, str] = field(default_factory=dict)
    about: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)

    def lecture(self) -> Generated:
        r = self.random
        sort = ("curve", "land", "data", "land", "data", "curve", "columns", "named", "data", "space")[
            self.seed % 10
        ]
        problem, parameters, scale, shape = getattr(self, f"_{sort}")()
        runs = self._runs(parameters, scale, shape)
        scenes = self._scenes(sort, len(parameters), runs)
        lecture: Block = {"title": r.choice(NAMES), "problem": problem, "runs": runs, "scenes": scenes}
        if r.random() < 0.2:
            lecture |= {"author": r.choice(NAMES), "question": r.choice(NAMES), "pace": r.choice([0.5, 2.0])}
        if r.random() < 0.2:
            lecture["theme"] = "light"
        return Generated(self.seed, lecture, self.files, ", ".join([sort, *self.about]))

    # Problems: block, parameters, the size of x, and a start

    def _curve(self) -> tuple[Block, list[str], float, str]:
        return self._formula(CURVES, 1)

    def _land(self) -> tuple[Block, list[str], float, str]:
        return self._formula(LANDS, 2)

    def _formula(
        self, shapes: dict[str, Callable[[Random], str]], d: int
    ) -> tuple[Block, list[str], float, str]:
        r = self.random
        names = list(shapes)
        name = names[(self.seed // 10 + self.seed) % len(names)]
        text = shapes[name](r)
        self.about += [name, text]
        letters = (
            ["x", "y"]
            if d == 2
            else [next(c for c in "xwv" if c in text.replace("exp", "").replace("max", ""))]
        )
        if r.random() < 0.3:
            fresh = r.sample(LETTERS, d)
            text = "".join(_swapped(text, dict(zip(letters, fresh, strict=True))))
            letters = fresh
        block: Block = {"formula": text, "parameters": letters}
        if r.random() < 0.1:
            block["note"] = r.choice(NAMES)
        if r.random() < 0.15:
            block["labels"] = {r.choice([*letters, "J"]): r.choice(NAMES)}
        return block, letters, 1.0, name

    def _named(self) -> tuple[Block, list[str], float, str]:
        name = sorted(LANDSCAPES)[self.seed // 10 % len(LANDSCAPES)]
        self.about.append(name)
        from gdcore.problems import landscape

        return {"name": name}, list(landscape(name).parameters), 1.0, name

    def _space(self) -> tuple[Block, list[str], float, str]:
        self.about.append("three")
        text = self.random.choice(["x^2 + y^2 + z^2", "x*y*z", "x^2 + 100*y^2 + 0*z", "exp(x+y+z)"])
        return {"formula": text}, ["x", "y", "z"], 1.0, text

    def _data(self) -> tuple[Block, list[str], float, str]:
        return self._table(1)

    def _columns(self) -> tuple[Block, list[str], float, str]:
        return self._table(self.random.choice([2, 2, 3]))

    def _table(self, columns: int) -> tuple[Block, list[str], float, str]:
        r = self.random
        n = r.choice([1, 2, 3, 5, 10, 60, 300])
        size, away = 10.0 ** r.choice([-9, -3, 0, 0, 0, 3, 6]), r.choice([0.0, 0.0, 1.0, 2000.0, -5.0])
        sort = r.choice(
            [
                "line",
                "line",
                "noise",
                "constant x",
                "constant y",
                "zeros",
                "collinear",
                "outlier",
                "equal rows",
            ]
        )
        self.about += [f"{n} rows", f"size {size:g}", f"away {away:g}", sort]
        x = [[size * (away + r.gauss(0, 1)) for _ in range(columns)] for _ in range(n)]
        if sort == "constant x":
            x = [[size * 3.0] * columns for _ in range(n)]
        if sort == "collinear":
            x = [[row[0] * (i + 1) for i in range(columns)] for row in x]
        if sort == "equal rows":
            x = [x[0]] * n
        height = 10.0 ** r.choice([-6, 0, 0, 0, 5])
        y = [height * (2 * row[0] / size + 1 + r.gauss(0, 0.3 if sort == "noise" else 0.0)) for row in x]
        if sort == "constant y":
            y = [height * 7.0] * n
        if sort == "zeros":
            y = [0.0] * n
        if sort == "outlier":
            y[0] += 1e4 * height
        names = r.sample([name for name in NAMES if name.strip() and '"' not in name], columns + 1)
        if r.random() < 0.6:
            names = ["size", "rooms", "age", "price"][: columns + 1]
        rows = [",".join('"' + name.replace('"', '""') + '"' for name in names)]
        rows += [
            ",".join(f"{value:.9g}" for value in (*row, height_)) for row, height_ in zip(x, y, strict=True)
        ]
        self.files["rows.csv"] = "\n".join(rows) + "\n"
        block: Block = {"data": "rows.csv", "x": names[0] if columns == 1 else names[:-1], "y": names[-1]}
        degree = r.choice([1, 1, 1, 2, 4] if columns == 1 else [1, 1, 2])
        if degree > 1:
            block["degree"] = degree
        count = math.comb(columns + degree, degree)
        if r.random() < 0.2:
            block["intercept"] = False
            count -= 1
        if r.random() < 0.25:
            block["standardize"] = True
        if r.random() < 0.5:
            block["cost"] = r.choice(["half-mse", "sum", "norm"])
        if r.random() < 0.2 and block.get("cost") != "norm":
            block["ridge"] = r.choice([0.01, 100.0])
        if r.random() < 0.3:
            value = x[0][0] * r.choice([1.0, 2.0, -1.0, 100.0])
            row = [value] * columns
            block["predict"] = value if columns == 1 else [row]
        if r.random() < 0.3:
            block["parameters"] = r.sample(LETTERS, count)
        weights = count - (block.get("intercept") is not False)
        usual = (["w"] if weights == 1 else [f"w{i + 1}" for i in range(weights)]) + ["b"]
        parameters = block.get("parameters") or usual[:count]
        self.about += [
            f"{key}: {block[key]}"
            for key in ("degree", "standardize", "intercept", "ridge", "cost")
            if key in block
        ]
        spread = (
            1.0 if block.get("standardize") else max(sum(value**2 for row in x for value in row) / n, 1e-300)
        )
        return block, parameters, spread, sort

    # Runs and scenes

    def _runs(self, parameters: list[str], spread: float, shape: str) -> Block:
        r = self.random
        start: Any = None
        at = r.choice(["zero", "near", "far", "very far", "minimum", "edge", "given"])
        if at != "zero":
            value = {
                "near": 0.3, "far": 30.0, "very far": 1e6, "minimum": r.choice([1.0, 3.0]), "edge": 1e-9,
                "given": r.uniform(-3, 3),
            }[at]  # fmt: skip
            start = [value * r.choice([1.0, 1.0, -1.0]) for _ in parameters]
        runs: Block = {}
        names = r.sample(NAMES, 4) if r.random() < 0.4 else ["a", "b", "c", "d"]
        plain = r.random() < 0.8
        for name in names:
            size = 10.0 ** r.choice([-8, -3, -2, -1, -1, -1, 0, 0, 3]) / spread
            run: Block = {
                "rate": float(f"{size * r.choice([1, 2, 5]):.3g}"),
                "steps": r.choice([1, 2, 3, 12, 40, 400]),
            }
            if start is not None:
                run["start"] = start
            if not plain:
                run["optimizer"] = r.choice(sorted(OPTIMIZERS))
            elif r.random() < 0.05:
                run["rate"] = {name: run["rate"] * r.choice([1, 10]) for name in parameters}
            if r.random() < 0.1:
                run["stop"] = {r.choice(["gradient", "step", "loss"]): 1e-6}
            runs[name.strip()] = run
        self.about += [at, *(f"{run['rate']}×{run['steps']}" for run in runs.values())]
        return runs

    def _scenes(self, sort: str, d: int, all_runs: Block) -> list[Block]:
        r, runs = self.random, list(all_runs)
        fitting = [kind for kind in kinds().values() if kind.fits(d, sort in ("data", "columns"))]
        scenes = []
        for kind in r.sample(fitting, min(len(fitting), 2)):
            scene: Block = {"kind": kind.name}
            if kind.runs[1] == 1 and r.random() < 0.1:
                scene["run"] = {**all_runs[runs[0]], "steps": 10}
            elif kind.runs[1] == 1:
                scene["run"] = r.choice(runs)
            else:
                scene["runs"] = runs[: r.randint(*kind.runs)]
            for option in kind.options:
                if r.random() < 0.3:
                    scene[option.name] = _value(r, option.type, option.low, option.high)
            if r.random() < 0.15:
                scene["title"] = r.choice(NAMES)
            if r.random() < 0.1:
                scene["range"] = {"J": r.choice([[0, 10], [-1e-9, 1e-9], [0, 1e12]])}
            scenes.append(scene)
        if r.random() < 0.1:
            own = {"rate": 0.3, "start": -1.125, "steps": 6}
            scenes.append({"kind": "tangent", "name": "aside", "problem": {"formula": "q^2"}, "run": own})
        return scenes


def _size(r: Random) -> str:
    return r.choice(["1", "1", "1", "0.5", "100", "1e-12", "1e-6", "1e6", "1e12"])


def _place(r: Random) -> str:
    return r.choice(["0", "1", "3", "3", "10000", "1e-6", "1e9"])


def _offset(r: Random) -> str:
    return r.choice(["0", "0", "2", "1e-9", "10000010", "1e12"])


def _swapped(text: str, letters: dict[str, str]) -> list[str]:
    """The text with its letters renamed, words such as exp left alone."""
    import re

    return [letters.get(part, part) for part in re.split(r"([A-Za-z]+)", text)]


def _value(r: Random, kind: Any, low: float | None, high: float | None) -> Any:
    if kind is bool:
        return r.random() < 0.5
    if get_origin(kind) is not None:
        return r.choice(get_args(kind))
    least = 1 if low is None else low
    most = least + 50 if high is None else high
    return r.randint(math.ceil(least), math.floor(most))

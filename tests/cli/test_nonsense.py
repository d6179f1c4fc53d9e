"""Whatever is typed: an answer or a message, no traceback. A fixed sample of commands with nonsense for values."""

from __future__ import annotations

import json
import random
import warnings
from dataclasses import replace
from pathlib import Path

import click
import pytest

from scenes.cli.group import COMMANDS
from tests.commands import NoWork, command_of, right

NUMBERS = (
    *(
        "nan",
        "inf",
        "-inf",
        "1e400",
        "-1e400",
        "1e-400",
        "5e-324",
        "1e308",
        "-1e308",
        "",
        "0",
        "-0",
        "-1",
        "1",
        "2.5",
    ),
    *(
        "99999999999999999999",
        "1_000",
        "0x10",
        "٣",
        "½",
        "1,5",
        "∞",
        "−1",
        " 1 ",
        "1e",
        "true",
        "\t",
        "--",
        "-",
        "1,,2",
    ),
)
WORDS = (
    *(
        "x",
        "x^2",
        "x^2+y^2",
        "1/x",
        "log(x)",
        "0/0",
        "((((",
        "exp(exp(x))",
        "x" * 500,
        "x!",
        "nan",
        "∇",
        "😀",
        "'",
        '"',
    ),
    *(
        "{",
        "%s",
        "$x$",
        "\0",
        "a\nb",
        "\x1b[2m",
        "folder/..",
        "/dev/null",
        "~",
        "houses",
        "houses.csv",
        "nosuch.yaml",
    ),
    *(
        "bad.yaml",
        "good.yaml",
        "odd.csv",
        "empty.csv",
        "folder",
        "folder/",
        "=",
        "x=",
        "=1",
        "x=1,y=2",
        "x=nan",
        "a=b=c",
    ),
    *(
        ",",
        "1,2,3",
        "w,b",
        "x,x",
        "adam",
        "newton",
        "sgd",
        "bowl",
        "himmelblau",
        "step",
        "step,every=0",
        "cosine,steps=nan",
    ),
    *(
        "gradient=nan",
        "patience=-1",
        "target=inf",
        "beta=2",
        "order=sequential",
        "eps=-1",
        "0,1",
        "1,0",
        "-inf,inf",
        "*",
    ),
)
#: Other ways to be called rightly, to which nonsense is added as well.
DATA = ("--data", "odd.csv", "--x", "a", "--y", "b", "--rate", "0.01", "--steps", "3")
ALSO = {
    "descend": [DATA, ("--problem", "himmelblau", "--rate", "0.01", "--steps", "3")],
    "basins": [("--formula", "x^2", "--region", "-1,1", "--rate", "0.1", "--grid", "3", "--steps", "3")],
}


def called(chance: random.Random, name: str) -> list[str]:
    """The words of a call with one to three values of nonsense."""
    words = list(chance.choice([right(name), *ALSO.get(name, [])]))
    options = [
        each
        for each in command_of(name).params
        if isinstance(each, click.Option) and "--help" not in each.opts
    ]
    if chance.random() < 0.15 or not options:
        return [chance.choice(WORDS)]
    for option in chance.sample(options, min(len(options), chance.randint(1, 3))):
        if option.is_flag:
            words.append(chance.choice([*option.opts, *option.secondary_opts]))
        else:
            words += [chance.choice(option.opts), chance.choice(chance.choice((NUMBERS, WORDS)))]
    return words


def _unjudged(attempts, *_):
    """What is judged by playing whole scenes is no matter of what is typed."""
    return [replace(each, judgements=()) for each in attempts]


@pytest.mark.parametrize("name", COMMANDS)
def test_nonsense_is_answered(invoke, tmp_path, monkeypatch, name):
    monkeypatch.setattr("scenes.production.produce.produce", NoWork())
    monkeypatch.setattr("scenes.production.trial.try_drawing", lambda lectures: [()] * len(lectures))
    monkeypatch.setattr("scenes.production.audience.judge_attempts", _unjudged)
    monkeypatch.setattr("click.launch", lambda *_: 0)
    (tmp_path / "folder").mkdir()
    (tmp_path / "odd.csv").write_text("a,b\n1,2\n2,4\n4,4\n")
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "good.yaml").write_text(
        "problem: {formula: x^2}\nruns: {a: {rate: 0.1, start: 1, steps: 9}}\nscenes: [{kind: tangent}]\n"
    )
    (tmp_path / "bad.yaml").write_text("problem: {formula: x^^2}\nruns: {a: {rat: 0.1}}\n")
    before = set(Path().rglob("*"))
    chance = random.Random(name)
    for _ in range(40):
        words = called(chance, name)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            result = invoke(name, *words)
        said = f"steepest {name} {words}\n{result.output}"
        assert isinstance(result.exception, SystemExit | None), said
        assert result.exit_code in (0, 1, 2), said
        assert "Traceback" not in result.output or "--debug" in words, said
        assert result.exit_code == 0 or result.stderr or result.stdout, said
        if "--json" in words and "--help" not in words:
            document = json.loads(result.stdout)
            assert "--schema" in words or document["schema"] in (1, 2), said
        for path in sorted({*Path().rglob("*")} - before, reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()

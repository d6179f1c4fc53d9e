"""Keys that are indented into the wrong map: told with their lines, and the mend, when followed, makes the lecture whole."""

from __future__ import annotations

import re

import pytest

FORMULA = 'problem: {formula: "(w-3)^2"}\n'
RUNS = "runs: {a: {rate: 0.1, steps: 5}, b: {rate: 0.2, steps: 5}}\n"
RUN = "{rate: 0.1, steps: 5}"


def followed(text, mend):
    """A text after what a mend says has been done to it."""
    by, first, last = re.fullmatch(
        r"(?:put|take) (\d+) (?:more )?spaces? (?:away )?before lines? (\d+)(?: to (\d+))?", mend
    ).groups()
    lines = text.splitlines(keepends=True)
    for number in range(int(first) - 1, int(last or first)):
        lines[number] = lines[number][int(by) :] if mend.startswith("take") else " " * int(by) + lines[number]
    return "".join(lines)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (FORMULA + "runs:\n  a:\n  rate: 0.1\n  start: 6\n  steps: 5\n", ["runs.a.rate"]),
        (FORMULA + "runs:\n  a:\n  rate: 0.1\n\n  # so many\n  steps: 5\n  b:\n  rate: 1\n  steps: 5\n", ["runs.a.rate", "runs.b.rate"]),
        (FORMULA + "runs:\n  a:\n     rate: 0.1\n  steps: 5\n", ["runs.a.steps"]),
        (FORMULA + f"runs:\na: {RUN}\nb:\n  rate: 0.2\n  steps: 5\n", ["runs.a"]),
        (FORMULA + f"runs:\n  a: {RUN}\nb: {RUN}\n", ["runs.b"]),
        (FORMULA + f"runs:\n  a: {RUN}\n  scenes:\n  - kind: tangent\n", ["scenes"]),
        (FORMULA + "runs:\n  a:\n    rate: 0.1\n    steps: 5\n    b:\n      rate: 0.2\n      steps: 5\n", ["runs.b"]),
        ('problem:\nformula: "w^2"\n' + RUNS, ["problem.formula"]),
        ('problem:\n  formula: "w^2"\ndomain: [0, 6]\nminima: [3]\n' + RUNS, ["problem.domain"]),
        (f'problem:\n  formula: "w^2"\n  runs:\n    a: {RUN}\n  scenes:\n  - kind: tangent\n', ["runs", "scenes"]),
        (FORMULA + RUNS + "scenes:\n- kind: overshoot\n- kind: tangent\nrun: a\nderivative: true\n", ["scenes[1].run"]),
        (FORMULA + RUNS + "scenes:\n  - kind: tangent\nrun: a\n", ["scenes[0].run"]),
        (FORMULA + RUNS + "report:\npaper: a4\n", ["report.paper"]),
        (FORMULA + RUNS + "scenes:\n  - kind: tangent\n    captions:\n    start: Here.\n    end: false\n", ["scenes[0].captions.start"]),
    ],
)  # fmt: skip
def test_keys_at_the_wrong_level(faults, read, text, keys):
    found = faults(text)
    assert [fault.key for fault in found] == keys
    for fault in found:
        name = fault.key.rpartition(".")[2]
        line = text.splitlines()[fault.line - 1]
        assert line[fault.column - 1 :].startswith(name)
        text = followed(text, fault.mend)
    read(text)


def test_a_key_between_others_is_to_move_out(faults):
    text = f'problem:\n  runs:\n    a: {RUN}\n  formula: "w^2"\n'
    mends = [fault.mend for fault in faults(text)]
    assert "move it out of problem, and indent it as far as problem" in mends


def test_a_run_may_be_called_as_a_key_is(read):
    assert tuple(read(FORMULA + f"runs:\n  a: {RUN}\n  rate: {RUN}\n  steps: {RUN}\n").runs) == (
        "a",
        "rate",
        "steps",
    )


@pytest.mark.parametrize("key", ["run: a", "title: Down"])
def test_a_key_of_a_scene_stands_as_the_key_behind_the_dash(the_fault, read, key):
    text = FORMULA + RUNS + "scenes:\n  - kind: tangent\n%s\n"
    fault = the_fault(text % f"  ¦{key}")
    assert fault.mend.endswith("like the key behind the dash of line 4, by 4 spaces")
    read(text % f"    {key}")

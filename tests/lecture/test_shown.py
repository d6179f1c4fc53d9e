"""Every letter of a lecture is shown as it was meant, or named with its place: none disappears."""

from __future__ import annotations

import pytest

FORMULA = 'problem: {formula: "(w-3)^2 + 2"}\n'
RUNS = "runs: {a: {rate: 0.1, steps: 5, start: 6}}\n"
DATA = "problem: {data: houses.csv, x: bedrooms, y: price%s}\nruns: {a: {rate: 0.001, steps: 5}}\n"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (f"title: Schritt ¦梯\n{FORMULA}{RUNS}", "title"),
        (f"title: 'Schritt ¦梯'\n{FORMULA}{RUNS}", "title"),
        (f"author: ¦梯\n{FORMULA}{RUNS}", "author"),
        (f"course: ¦梯\n{FORMULA}{RUNS}", "course"),
        (f"date: ¦梯\n{FORMULA}{RUNS}", "date"),
        (f"question: Why ¦梯?\n{FORMULA}{RUNS}", "question"),
        (f"{FORMULA}runs: {{¦a梯: {{rate: 0.1, steps: 5}}}}\n", "runs.a梯"),
        (f"{FORMULA}{RUNS}scenes: [{{kind: tangent, title: a ¦梯}}]\n", "scenes[0].title"),
        (f"{FORMULA}{RUNS}scenes: [{{kind: tangent, name: a¦梯}}]\n", "scenes[0].name"),
        (f"{FORMULA}{RUNS}scenes: [{{kind: tangent, captions: {{end: a ¦梯}}}}]\n", "scenes[0].captions.end"),
        (DATA % ", note: a ¦梯", "problem.note"),
        (DATA % ", labels: {price: a ¦梯}", "problem.labels.price"),
        (DATA % ", parameters: [¦梯, b]", "problem.parameters[0]"),
    ],
)
def test_a_character_without_a_glyph_is_named_wherever_it_would_be_shown(the_fault, text, key):
    fault = the_fault(text)
    assert fault.key == key
    assert "梯 (U+68AF)" in fault.found
    assert "Latin, Greek and Cyrillic" in fault.allowed


def test_every_such_character_is_named_once(faults):
    found = faults(f"title: 下梯 and 下 and 😀\n{FORMULA}{RUNS}")
    (fault,) = found
    assert fault.column == 8
    assert fault.found == ('the characters 下 (U+4E0B), 梯 (U+68AF), 😀 (U+1F600) in "下梯 and 下 and 😀"')
    assert "`font: FILE`" in fault.mend


def test_of_a_text_in_another_script_some_characters_are_named(the_fault):
    fault = the_fault(f"title: Abc ¦我们要下山了\n{FORMULA}{RUNS}")
    assert fault.found.startswith(
        "the characters 我 (U+6211), 们 (U+4EEC), 要 (U+8981), 下 (U+4E0B), 山 (U+5C71)"
    )
    assert "and 1 more" in fault.found


@pytest.mark.parametrize(
    ("text", "found", "mend"),
    [
        ("😀", "😀 (U+1F600)", "in one colour"),
        ("梯", "梯 (U+68AF)", "copy a font that has it beside the lecture (TTF, OTF or TTC)"),
        ("سلام", "س (U+0633)", "copy a font that has them"),
        ("a\u200bb", "U+200B", "take it away"),
        ("a\u202eb", "U+202E", "take it away"),
    ],
)
def test_the_mend_is_a_font_where_one_can_help(the_fault, text, found, mend):
    fault = the_fault(f"title: T\nauthor: {text}\n{FORMULA}{RUNS}")
    assert found in fault.found
    assert mend in fault.mend
    assert ("font:" in fault.mend) == ("take it away" not in fault.mend)


def test_what_is_only_read_may_hold_any_character(read):
    lecture = read(f"# 梯 😀\n{FORMULA}{RUNS}", "梯.yaml")
    assert lecture.name == "梯"


@pytest.mark.parametrize(
    "text",
    ["∇J → min", "ℝ, ∂, ≤, ∛", "x̂, ẋ, ĝ, θ̂", "‖x‖, ⟨x⟩, 𝔼", "Größe façade Łódź", "σκληρός, Привет", "w², x₁"],
)
def test_letters_and_signs_of_mathematics_are_read(read, text):
    assert read(f"title: {text}\n{FORMULA}{RUNS}").title == text


@pytest.mark.parametrize("style", [">", "|"])
def test_folded_and_literal_texts_are_read(read, style):
    problem = f'problem:\n  formula: "(w-3)^2"\n  note: {style}\n    One line\n    and another.\n'
    note = read(problem + RUNS).problem.note
    assert note is not None
    assert " ".join(note.split()) == "One line and another."


@pytest.mark.parametrize(("code", "word"), [("n", "\\nabla"), ("t", "\\theta"), ("r", "\\rho")])
def test_a_backslash_that_yaml_has_taken_away_is_named(read, code, word):
    lecture = read(f'title: T\nquestion: "slope {word} J"\n{FORMULA}{RUNS}')
    (warning,) = lecture.warnings
    assert (warning.key, warning.line, warning.column) == ("question", 2, 18)
    assert f'"{word}" in double quotes, where YAML reads \\{code}' in warning.found
    assert "single quotes" in warning.mend


@pytest.mark.parametrize("word", ["\\alpha", "\\beta", "\\epsilon", "\\frac", "\\varphi", "\\Nabla", "\\Phi"])
def test_one_that_became_no_letter_at_all_is_refused(the_fault, word):
    fault = the_fault(f'title: T\nquestion: "slope ¦{word} J"\n{FORMULA}{RUNS}')
    assert f'"{word}" in double quotes' in fault.found
    assert "single quotes" in fault.mend


@pytest.mark.parametrize(
    ("formula", "meant"),
    [
        (r"x^2 ¦\times 3", "x^2 *3"),
        (r"x^2 + ¦\theta", "x^2 + theta"),
        (r"¦\frac{1}{2}x^2", "1/2*x^2"),
        (r"x^2 + ¦\beta", "x^2 + beta"),
        (r"¦\nabla x^2", None),
    ],
)
def test_a_formula_that_lost_its_backslashes_is_told_once_with_the_formula_that_was_meant(
    the_fault, read, formula, meant
):
    fault = the_fault(f'problem: {{formula: "{formula}"}}\nruns: {{a: {{rate: 0.1, steps: 5}}}}\n')
    assert "in double quotes, where YAML reads" in fault.found
    if meant is not None:
        line = f'formula: "{meant}"'
        assert fault.mend == f"write {line}"
        read(f"problem: {{{line}}}\nruns: {{a: {{rate: 0.1, steps: 5}}}}\n")


@pytest.mark.parametrize("text", ["'slope \\nabla J'", '"slope \\\\nabla J"', "slope \\nabla J"])
def test_a_backslash_that_stays_is_shown(read, text):
    lecture = read(f"title: {text}\n{FORMULA}{RUNS}")
    assert lecture.title == r"slope \nabla J"
    assert not lecture.warnings


@pytest.mark.parametrize(
    ("caption", "part", "column"),
    [
        ("costs 5$ a step", "$ a step", 7),
        ("then {q[1]}", "{q[1]}", 5),
        ("then {w}", "{w}", 5),
        (r"half $\frac{1}{2}$", r"$\frac{1}{2}$", 6),
    ],
)
def test_what_cannot_be_read_in_a_caption_is_shown_as_typed_with_a_warning(read, caption, part, column):
    line = "scenes: [{kind: tangent, captions: {end: '"
    lecture = read(f"{FORMULA}{RUNS}{line}{caption}'}}}}]\n")
    (warning,) = lecture.warnings
    assert (warning.key, warning.line) == ("scenes[0].captions.end", 3)
    assert warning.column == len(line) + column + 1
    assert part in warning.found
    shown = lecture.scenes[0].captions["end"]
    assert shown is not None
    assert shown.filled(lambda asked: None).plain() == caption


def test_a_beat_may_have_no_caption_at_all(read):
    captions = (
        read(f"{FORMULA}{RUNS}scenes: [{{kind: tangent, captions: {{end: false}}}}]\n").scenes[0].captions
    )
    assert dict(captions) == {"end": None}


def test_nothing_is_warned_of_without_a_reason(read):
    lecture = read(
        f"{FORMULA}{RUNS}scenes: [{{kind: tangent, captions: {{end: 'From $w_0$ to {{w[-1]}}, \\$5, {{rate}}'}}}}]\n"
    )
    assert not lecture.warnings

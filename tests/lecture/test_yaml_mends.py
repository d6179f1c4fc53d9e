"""YAML that is typed as people type: each mistake is told with the line as it should be, and that line can be read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scenes.lecture.source.faults import Fault, LectureError

FORMULA = 'problem:\n  formula: "(w-3)^2 + 2"\n'
RUNS = "runs:\n  a: {rate: 0.1, steps: 5, start: 6}\n"
SCENES = "scenes:\n  - {kind: tangent, title: %s}\n"


def with_title(line: str) -> str:
    return f"{line}\n{FORMULA}{RUNS}"


@pytest.fixture
def rest(read) -> Callable[[str], tuple[Fault, ...]]:
    """The faults that a lecture still has."""

    def faults_of(text: str) -> tuple[Fault, ...]:
        try:
            read(text)
        except LectureError as error:
            return error.faults
        return ()

    return faults_of


TITLES = [
    # as typed, what is found, the line as it should be, the title
    ("title: ¦|x| is flat", "starts with |", 'title: "|x| is flat"', "|x| is flat"),
    ("title: ¦| x", "starts with |", 'title: "| x"', "| x"),
    ("title: ¦> down", "starts with >", 'title: "> down"', "> down"),
    ("title: ¦[draft] Descent", "starts with [", 'title: "[draft] Descent"', "[draft] Descent"),
    ("title: ¦'tis down", "an apostrophe", "title: \"'tis down\"", "'tis down"),
    ("title: ¦'Down", "never closed", 'title: "Down"', "Down"),
    ("title: ¦[draft]", "a list of 1", 'title: "[draft]"', "[draft]"),
    ("title: ¦{a} b", "starts with {", 'title: "{a} b"', "{a} b"),
    ("title: ¦{a}", "a map", 'title: "{a}"', "{a}"),
    ("title: ¦*important*", "starts with *", 'title: "*important*"', "*important*"),
    ("title: ¦**so** it goes", "starts with *", 'title: "**so** it goes"', "**so** it goes"),
    ("title: ¦%important", "starts with %", 'title: "%important"', "%important"),
    ("title: ¦@home", "starts with @", 'title: "@home"', "@home"),
    ("title: ¦`code` it", "starts with `", 'title: "`code` it"', "`code` it"),
    ("title: ¦!important", "starts with !", 'title: "!important"', "!important"),
    ("title: ¦! now", "starts with !", 'title: "! now"', "! now"),
    ("title: ¦&co and more", "starts with &", 'title: "&co and more"', "&co and more"),
    ("title: ¦& co", "starts with &", 'title: "& co"', "& co"),
    ("title: ¦- down", "a dash", 'title: "- down"', "- down"),
    ("title: ¦? why", "starts with ?", 'title: "? why"', "? why"),
    ("title: ¦, and down", "starts with ,", 'title: ", and down"', ", and down"),
    ("title: ¦#5", "starts with #", 'title: "#5"', "#5"),
    ("title: House prices¦: a story", "a colon", 'title: "House prices: a story"', "House prices: a story"),
    ('title: ¦"a" b', "a quotation mark within", "title: '\"a\" b'", '"a" b'),
    ("title: ¦'It's down'", "a quotation mark within", 'title: "It\'s down"', "It's down"),
    ('title: ¦"Down', "never closed", 'title: "Down"', "Down"),
    ('title: ¦"Down”', "never closed", 'title: "Down"', "Down"),
    ("title: ¦'Down", "never closed", 'title: "Down"', "Down"),
    ('title: "a \\¦sigma"', "a backslash", "title: 'a \\sigma'", r"a \sigma"),
    ('title: "don\'t \\¦{x"', "a backslash", "title: 'don''t \\{x'", r"don't \{x"),
    ('title: "¦\\alpha"', "a as another character", r"title: '\alpha'", r"\alpha"),
    ('title: "¦\\beta"', "b as another character", r"title: '\beta'", r"\beta"),
    ('title: "the ¦\\frac"', "f as another character", r"title: 'the \frac'", r"the \frac"),
    ('title: "w¦\\_1"', "_ as another character", r"title: 'w\_1'", r"w\_1"),
    ("title¦:T", "no blank", "title: T", "T"),
    ("title¦：T", "：", "title: T", "T"),
    ("title¦ = T", "=", "title: T", "T"),
    ("title:¦\u00a0T", "U+00A0", None, "T"),
    ("¦“title”: T", "quotation marks round a key", "title: …", "T"),
]  # fmt: skip


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(("typed", "found", "line", "title"), TITLES)
def test_a_title_is_mended(the_fault, read, typed, found, line, title, ends):
    fault = the_fault(with_title(typed).replace("\n", ends))
    assert found in fault.found
    if line is None:
        assert "write spaces" in fault.mend
        line = f"title: {title}"
    else:
        assert line in fault.mend
    mended = read(with_title(line.replace("…", title)))
    assert (mended.title, mended.warnings) == (title, ())


@pytest.mark.parametrize(
    ("typed", "found", "value", "title"),
    [
        ("¦|x|", "starts with |", '"|x|"', "|x|"),
        ("¦[a] b", "starts with [", '"[a] b"', "[a] b"),
        ("¦{w[1]} is it", "starts with {", '"{w[1]} is it"', "{w[1]} is it"),
        ("down¦: a story", "a colon", '"down: a story"', "down: a story"),
        ("¦Down, and up again", "a comma", '"Down, and up again"', "Down, and up again"),
        ("¦Course #3", "a #", '"Course #3"', "Course #3"),
    ],
)
def test_a_title_within_braces_is_mended(the_fault, read, typed, found, value, title):
    text = FORMULA + RUNS + SCENES
    fault = the_fault(text % typed)
    assert fault.key == "scenes[0].title"
    assert found in fault.found
    assert fault.mend.endswith(f"title: {value}")
    assert read(text % value).scenes[0].title == title


@pytest.mark.parametrize(
    "typed", ["|x|", "[x-3]^2", "{x-3}^2", "*x", "%x", "@x", "`x^2`", "!x", "&x", ">x", "- x^2", "? x"]
)  # fmt: skip
@pytest.mark.parametrize("text", ["problem:\n  formula: %s\n", "problem: {formula: %s, note: N}\n"])
def test_a_formula_lacks_its_quotes(faults, rest, text, typed):
    if typed in ("- x^2", "? x") and "{" in text:
        return  # there they are no signs
    quoted = f'"{typed}"'
    first = faults((text % typed) + RUNS)[0]
    if typed == "x: 2" and "{" in text:
        assert "a colon" in first.found
    assert first.mend == f"put it in quotes: formula: {quoted}"
    # Now it is read as YAML: what may remain is a mistake of the formula.
    assert all("in the formula" in fault.found for fault in rest((text % quoted) + RUNS))


@pytest.mark.parametrize("typed", ["“(w-3)^2”", "„(w-3)^2“", "‘(w-3)^2’", "«(w-3)^2»", "‚(w-3)^2‘"])
def test_curly_quotes_round_a_formula(the_fault, read, typed):
    fault = the_fault(f"problem:\n  formula: ¦{typed}\n{RUNS}")
    assert "curly quotes" in fault.found
    assert fault.mend == 'write formula: "(w-3)^2"'


def test_curly_quotes_round_a_number(the_fault):
    fault = the_fault(f"{FORMULA}runs: {{a: {{rate: 0.1, steps: 5, start: ¦“6”}}}}\n")
    assert fault.mend == "write start: 6"


@pytest.mark.parametrize(
    ("title", "warned"),
    [
        ("“Down the hill”", True),
        ("'“Down the hill”'", False),
        ("The “best” line", False),
        ("“Down” and “up”", False),
        ("It’s „down“ from here", False),
    ],
)
def test_curly_quotes_in_a_title_are_shown(read, title, warned):
    lecture = read(with_title(f"title: {title}"))
    assert lecture.title == title.strip("'")
    assert [warning.key for warning in lecture.warnings] == ["title"] * warned
    for warning in lecture.warnings:
        assert warning.mend == 'write title: "Down the hill", or title: "“Down the hill”" to show them'


@pytest.mark.parametrize(
    ("line", "mend"),
    [
        ("title: Course #3", 'title: "Course #3"'),
        ("title: Steps # 5", 'title: "Steps # 5"'),
        ("question: Who is #1?", 'question: "Who is #1?"'),
        ("title: Course  # a comment", None),
        ("title: Course # a comment", None),
        ("title: Course  #3", None),
        ("title: Course   #a comment", None),
        ('title: "Course" # a comment', None),
        ("title: C#", None),
        ("title: a#b", None),
        ("pace: 2 # twice", None),
        ("theme: dark # or light", None),
        ("# title: x # y", None),
    ],
)
def test_a_comment_that_may_be_text_is_named(read, line, mend):
    lecture = read(with_title(line))
    assert [warning.mend for warning in lecture.warnings] == ([f"put it in quotes: {mend}"] if mend else [])
    if mend:
        (warning,) = lecture.warnings
        assert warning.line == 1
        assert line[warning.column - 1 :].startswith("#")
        assert not read(with_title(mend)).warnings


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        (r"\x41", "read as A"),
        (r"\u0041", "read as A"),
        (r"slope \nabla J", r"\n as another"),
        (r"\theta", r"\t as another"),
        (r"\u00e9", None),
        (r"a\n b", None),
        (r"a\/b \\c", None),
        (r"a\"b", None),
    ],
)
def test_a_backslash_that_changes_a_text_is_named(read, text, warned):
    lecture = read(with_title(f'title: "{text}"'))
    assert [warned in warning.found for warning in lecture.warnings] == [True] * bool(warned)
    for warning in lecture.warnings:
        assert warning.mend == f"put the text in single quotes: title: '{text}'"
        assert read(with_title(f"title: '{text}'")).title == text


@pytest.mark.parametrize(
    ("text", "key", "found", "mend"),
    [
        (f"{FORMULA}runs:\n  a:\n    rate¦:0.1\n    steps: 5\n", "runs.a.rate", "no blank", "rate: 0.1"),
        (f"{FORMULA}runs:\n  a:\n    rate¦： 0.1\n    steps: 5\n", "runs.a.rate", "：", "rate: 0.1"),
        (f"{FORMULA}runs: {{a: {{¦rate=0.1, steps: 5}}}}\n", "runs.a.rate", "= behind", "rate: 0.1"),
        (f"{FORMULA}{RUNS}scenes:\n¦-kind: tangent\n", "scenes", "a dash", "- kind: …"),
        (f"{FORMULA}{RUNS}scenes:\n  ¦– kind: tangent\n", "scenes", "a long dash", "- kind: …"),
        (f'problem:\n¦\u00a0\u00a0formula: "w^2"\n{RUNS}', "problem", "U+00A0", "spaces"),
        (f'problem:\n  formula: "w^2"\n¦\u3000 domain: [0, 6]\n{RUNS}', "problem.domain", "U+3000", "spaces"),
        (f'problem:\n  formula: "w^2"\n   domain¦: [0, 1]\n{RUNS}', "problem.domain", "", "by 2 spaces"),
        (f'problem:\n¦\tformula: "w^2"\n{RUNS}', "", "a tab", "spaces"),
        (f"author: A\n{with_title('title: B')}¦author: C\n", "author", "a second time", "keep one"),
    ],
)
def test_blanks_colons_and_dashes(the_fault, text, key, found, mend):
    text = text.replace("\n   domain¦: [0, 1]", "\n   ¦domain: [0, 6]")
    fault = the_fault(text)
    assert found in fault.found
    assert mend in fault.mend
    assert fault.key.startswith(key)


@pytest.mark.parametrize("numbers", ["(1,2)", "(1, 2)", "1, 2"])
def test_a_start_lacks_its_brackets_within_braces(the_fault, numbers):
    problem = 'problem: {formula: "x^2 + y^2"}\n'
    fault = the_fault(f"{problem}runs: {{a: {{rate: 0.1, start: ¦{numbers}, steps: 5}}}}\n")
    assert fault.mend == "write start: [1, 2]"


def test_parameters_lack_their_brackets_within_braces(the_fault):
    runs = "runs: {a: {rate: 0.1, start: [1, 2], steps: 5}}\n"
    fault = the_fault(f"problem: {{formula: x^2 + y^2, parameters: ¦y, x}}\n{runs}")
    assert fault.mend == "write parameters: [y, x]"


def test_a_bracket_within_braces_is_no_colon(faults):
    fault = faults("problem: {formula: (w-3)^2 + [1,2]}\n" + RUNS)[0]
    assert "a bracket or comma" in fault.found
    assert fault.mend.endswith('formula: "(w-3)^2 + [1,2]"')


def test_odd_blanks_are_told_once(the_fault):
    fault = the_fault('problem:\n¦\u00a0 formula: "w^2"\n\u00a0 domain: [0, 6]\n' + RUNS)
    assert "in 2 places" in fault.found


def test_what_is_no_mistake_is_none(read):
    lecture = read(
        "# a comment: |x| #3 [ { * & ! % @ `\n"
        "title: It's 5$ | 3 > 2 & up*down! 100% a@b c#d, [e] {f} - g? “h”  # and a comment\n"
        "question: >\n"
        "  title:folded text: with a colon, title=3,\n"
        "  rate:0.1 and \u00a0 blanks # 1\n"
        "course: -12 to +3\n"
        f"{FORMULA}  note: |\n"
        "    - kind: 'literal\n"
        "    [ { * &\n"
        f"{RUNS}scenes: [{{kind: tangent, captions: {{end: \"{{w[-1]}}: 'the end'\", start: false}}}}]\n"
    )
    assert lecture.title == "It's 5$ | 3 > 2 & up*down! 100% a@b c#d, [e] {f} - g? “h”"
    assert lecture.question == "title:folded text: with a colon, title=3, rate:0.1 and blanks # 1"
    assert not lecture.warnings


def test_several_mistakes_are_told_at_once_and_each_at_its_place(faults):
    found = faults(
        "title: *so*\n"
        "author: |a|\n"
        "course: [x] y\n"
        'problem: {formula: "(w-3)^2", note: a: b, domian: [0, 6]}\n'
        "runs: {a: {rate:0.1, steps: 5, strat: 6}}\n"
    )
    assert [(fault.line, fault.column, fault.key) for fault in found] == [
        (1, 8, "title"),
        (2, 9, "author"),
        (3, 9, "course"),
        (4, 38, "problem.note"),
        (4, 43, "problem.domian"),
        (5, 12, "runs.a.rate"),
        (5, 32, "runs.a.strat"),
    ]


def test_no_words_of_the_parser_reach_a_lecturer(faults):
    jargon = (
        "scalar",
        "token",
        "block",
        "anchor",
        "alias",
        "tag",
        "mapping",
        "sequence",
        "node",
        "flow",
        "chomp",
    )
    for typed, _, _, _ in TITLES:
        for fault in faults(with_title(typed.replace("¦", ""))):
            told = f"{fault.found} {fault.allowed} {fault.mend}".lower()
            assert not [word for word in jargon if word in told.replace("|", " ").split()], told

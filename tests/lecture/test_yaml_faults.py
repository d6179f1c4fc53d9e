"""Files that are no lecture, and YAML that is refused: each with its place and its mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenes.lecture.read import LARGEST_FILE, read_lecture
from scenes.lecture.source.faults import LectureError

RUNS = "runs: {a: {rate: 0.1, steps: 5}}\n"
SOUND = 'problem: {formula: "(w-3)^2"}\n' + RUNS


@pytest.mark.parametrize(
    ("text", "found", "mend"),
    [
        ("¦", "an empty file", "steepest new"),
        ("¦# only a comment\n", "an empty file", "steepest new"),
        ("¦- a\n- b\n", "a list of 2", "problem:"),
        ("¦just words\n", "just words", "problem:"),
        (SOUND + "title:¦\ttext\n\tmore: 1\n", "a tab", "spaces"),
        (SOUND + "title: House prices¦: a story\n", "a colon", "quotes"),
        (SOUND + "title: ¦@home\n", "starts with @", "quotes"),
        (SOUND + "title: ¦- a\n", "a dash", "quotes"),
        (SOUND + "scenes: [{kind: ¦>}]\n", 'the text ">"', "choose one of the allowed kinds"),
        (SOUND + "pace: ¦%2\n", 'the text "%2"', "pace: 1.0"),
        (SOUND + "theme: ¦*dark\n", 'the text "*dark"', "did you mean dark?"),
        (SOUND + 'title: ¦"never closed\n', "never closed", "close it"),
        (SOUND + 'title: "\\¦sum x"\n', "a backslash", r"title: '\sum x'"),
        (SOUND + 'title: "\\x¦i"\n', "a backslash", r"title: '\xi'"),
        (SOUND + 'title: "\\u¦psilon"\n', "a backslash", r"title: '\upsilon'"),
        (SOUND + 'title: "slope ¦\\frac{1}{2}"\n', '"\\frac" in double quotes', "single quotes"),
        (SOUND + "scenes: ¦[{kind: tangent}\n", "lacks a comma or its ]", "add the comma"),
        (SOUND + "author: A\n course¦: C\n", "a colon", "indent"),  # where the parser stumbles
        (SOUND + "¦---\ntitle: b\n", "a second document", "a file of its own"),
        ("%YAML 1.1\n¦---\n" + SOUND, "%YAML 1.1", "take the %YAML line away"),
        (SOUND + "title: a¦\x07b\n", "U+0007", "take it away"),
        (SOUND + "title: ¦!!python/object:os.system x\n", "which names a type", "take !!python/object:os.system away"),
        (SOUND + "title: ¦!mine x\n", "starts with !", 'title: "!mine x"'),
        (SOUND + "title: ¦&name x\n", "starts with &", 'title: "&name x"'),
        (SOUND + "title: ¦*name\n", "starts with *", 'title: "*name"'),
        (SOUND + "report: ¦&name {paper: a4}\n", "&name, a name for a value", "take &name away"),
        (SOUND + "? ¦[a, b]\n: x\n", "a key that is not a word", "a name"),
        (SOUND + "author: A\n¦author: B\n", "a second time (first in line 3)", "keep one"),
        ("problem: {formula: \"w^2\", ¦formula: \"w^3\"}\n" + RUNS, "a second time", "keep one"),
        (SOUND + "¦<<: {title: x}\n", 'the unknown key "<<"', "take the key away"),
    ],
)  # fmt: skip
def test_broken_or_refused_yaml(the_fault, text, found, mend):
    fault = the_fault(text)
    assert found in fault.found
    assert mend in fault.mend


def test_every_duplicate_key_and_every_alias_is_told(faults):
    found = faults(SOUND + "title: &t x\nauthor: *t\ncourse: *t\ntitle: y\ntitle: z\n")
    assert [(fault.line, fault.column, fault.key) for fault in found] == [
        (3, 8, "title"),
        (4, 9, "author"),
        (5, 9, "course"),
        (6, 1, "title"),
        (7, 1, "title"),
    ]


@pytest.mark.parametrize("opening", ["[", "{a: ", "[\n", "- "])
def test_deep_nesting_is_refused_at_once(faults, opening):
    found = faults(SOUND + "title: \n " + opening * 5000)
    assert found


def test_a_bomb_of_aliases_is_not_expanded(faults):
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    assert any("&a0, a name for a value" in fault.found for fault in faults("\n".join(lines)))


def test_a_number_of_ten_thousand_digits(the_fault):
    fault = the_fault('problem: {formula: "w^2"}\nruns: {a: {rate: ¦' + "9" * 10_000 + ", steps: 5}}\n")
    assert fault.allowed == "a finite number"
    assert len(str(fault)) < 400


def test_too_large(the_fault):
    fault = the_fault(SOUND + "#" * LARGEST_FILE)
    assert "more than 100000 bytes" in fault.found
    assert fault.line is None


def test_not_utf_8(faults):
    fault = faults((SOUND + "title: größe\n").encode("latin-1"))[0]
    assert (fault.line, fault.column) == (3, 10)
    assert "0xF6" in fault.found
    assert "UTF-8" in fault.mend


def test_utf_16_is_told_as_such(faults):
    assert faults(SOUND.encode("utf-16"))[0].allowed == "UTF-8"


@pytest.mark.parametrize(
    ("name", "found", "mend"),
    [
        ("lessen.yaml", "no such file", "did you mean"),
        ("other.yaml", "no such file", "steepest new"),
        ("", "a folder", "name a file in it"),
        ("x\0y.yaml", "a name that no file can have", "steepest new"),
        ("a" * 300 + ".yaml", "cannot be read", "steepest new"),
        ("no/folder.yaml", "no such file", "steepest new"),
    ],
)
def test_no_file(folder, name, found, mend):
    (folder / "lesson.yaml").write_text(SOUND)
    with pytest.raises(LectureError) as caught:
        read_lecture(f"{folder}/{name}")
    (fault,) = caught.value.faults
    assert found in fault.found
    assert mend in fault.mend
    assert fault.line is None


def test_a_file_that_may_not_be_read(folder, monkeypatch):
    def refuse(self, *more):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # root may read everything, so chmod would prove nothing there
    with pytest.raises(LectureError, match=r"cannot be read \(Permission denied\)"):
        read_lecture(folder / "lesson.yaml")


@pytest.mark.parametrize("name", ["CON.yaml", "nul.yaml", ".hidden.yaml", "a" * 201 + ".yaml", "a?b.yaml"])
def test_names_that_no_film_could_take(the_fault, name):
    fault = the_fault(SOUND, name)
    assert "the file name" in fault.found
    assert "rename the file" in fault.mend


def test_a_device_is_read_no_further_than_the_limit():
    if not Path("/dev/zero").exists():
        return
    with pytest.raises(LectureError, match="at most 100000"):
        read_lecture("/dev/zero")

"""Every example of a document or a help page works where it is pasted: in an empty folder, from its top to its end."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scenes.cli import main
from scenes.cli.group import COMMANDS
from tests.commands import NoWork, command_of

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
#: What a document lets its reader write first.
BEFORE = {
    "kinds.md": {
        "mine.yaml": "problem: {formula: x^2}\nruns: {a: {rate: 0.1, start: 1, steps: 9}}\nscenes: [{kind: tangent}]\n"
    }
}
#: Words behind an example that make it quick; of an option that is given twice the last counts.
QUICKER = {"basins": ["--grid", "20"]}


def examples(text: str) -> Iterator[str]:
    """The lines that call the program, in fences and between backquotes; not those with a PLACE to be filled in."""
    for fence, inline in re.findall(r"```(?:sh|console)\n(.*?)```|`(steepest [^`]+)`", text, re.DOTALL):
        for line in (fence or inline.replace("\n", " ")).splitlines():
            line = line.strip().removeprefix("$ ")
            if line.startswith("steepest ") and not re.search(r"\b[A-Z]{3,}\b", line):
                yield line


def help_examples(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip().startswith("steepest ")]


@pytest.fixture
def paste(tmp_path, monkeypatch):
    """Do what a shell does with a line, in an empty folder; nothing is drawn."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("scenes.production.produce.produce", NoWork())
    monkeypatch.setattr("click.launch", lambda *_: 0)

    def run(line: str) -> Result:
        line, _, file = line.partition(" > ")
        words: list[str] = []
        for word in shlex.split(line, comments=True)[1:]:
            found = sorted(str(path) for path in Path().glob(word)) if "*" in word and "/" not in word else []
            words += found or [word]
        result = CliRunner().invoke(main, [*words, *QUICKER.get(words[0], [])], prog_name="steepest")
        if file:
            Path(file.split()[0]).write_text(result.stdout, encoding="utf-8")
        return result

    return run


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_the_examples_of_a_document_work(paste, tmp_path, document):
    for name, text in BEFORE.get(document.name, {}).items():
        (tmp_path / name).write_text(text)
    for line in examples(document.read_text(encoding="utf-8")):
        result = paste(line)
        assert result.exit_code == 0, f"{line}\n{result.output}"


def test_the_examples_are_found():
    found = list(examples((ROOT / "README.md").read_text(encoding="utf-8")))
    assert len(found) >= 10
    assert {"new", "check", "render", "report", "batch", "preview", "descend", "sweep"} <= {
        line.split()[1] for line in found
    }


@pytest.mark.parametrize("name", [None, *COMMANDS])
def test_the_examples_of_a_help_page_work(paste, name):
    lines = help_examples(main.help if name is None else command_of(name).help)
    assert lines, f"the help of {name} has no example"
    for line in lines:
        result = paste(line)
        assert result.exit_code == 0, f"{line}\n{result.output}"
        assert "warning" not in result.stderr


def test_what_is_shipped_is_taken_and_said(paste):
    lines = [
        line for line in examples((ROOT / "README.md").read_text(encoding="utf-8")) if "houses.csv" in line
    ]
    assert lines
    for line in lines:
        assert "houses.csv: not in this folder, so the shipped file is taken" in paste(line).stderr


RUNS = "runs: {a: {rate: 0.001, steps: 20}}\n"


# The lecture of docs/kinds.md needs the kind of that page; tests/kinds installs it. The keys of docs/lecture.md are no
# whole lectures; tests/lecture puts each into one.
@pytest.mark.parametrize(
    "document", [p for p in DOCUMENTS if p.name not in ("kinds.md", "lecture.md")], ids=lambda path: path.name
)
def test_the_lectures_of_a_document_check(paste, tmp_path, document):
    """Whole ones as they stand; a problem alone with a run of ours."""
    text = document.read_text(encoding="utf-8")
    for number, (fence, inline) in enumerate(
        re.findall(r"```yaml\n(.*?)```|`(problem: \{[^`]*\})`", text, re.DOTALL)
    ):
        lecture = fence or inline + "\n"
        if "problem:" in lecture:
            (tmp_path / f"pasted-{number}.yaml").write_text(lecture if "runs:" in lecture else lecture + RUNS)
            result = paste(f"steepest check pasted-{number}.yaml")
            assert result.exit_code == 0, f"{lecture}\n{result.output}"
            assert ("the shipped one is taken" in result.stderr) == ("data:" in lecture)

"""Help: every command and option says what it does, and asking costs nothing."""

from __future__ import annotations

import re
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from scenes.cli import main
from scenes.cli.group import COMMANDS

HEAVY = ("numpy", "manim", "matplotlib", "pydantic", "ruamel", "av", "typst", "PIL")


def command(name: str) -> click.Command:
    found = main.get_command(click.Context(main), name)
    assert found is not None
    return found


def test_the_group_names_every_command_with_its_first_sentence(invoke):
    result = invoke("--help")
    assert result.exit_code == 0
    for name in COMMANDS:
        line = next(line for line in result.output.splitlines() if line.startswith(f"  {name} "))
        assert line.endswith("."), "the sentence is too long for the list"
        assert not line.endswith("...")


def test_without_a_command_the_help_is_shown(invoke):
    assert "Commands:" in invoke().output


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(invoke, name):
    for flag in ("--help", "-h"):
        result = invoke(name, flag)
        assert result.exit_code == 0
        assert re.search(rf"\n\n  steepest {name}\b", result.output)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_does(name):
    for parameter in command(name).params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert parameter.help, parameter.name
            assert parameter.help[0].isupper(), parameter.name
            assert "." in parameter.help or "]" in parameter.help, parameter.name


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_can_show_tracebacks(name):
    assert "--debug" in [option for parameter in command(name).params for option in parameter.opts]


def test_no_argument_is_repeated_in_two_meanings():
    """A letter means the same everywhere."""
    meanings: dict[str, set[str]] = {}
    for name in COMMANDS:
        for parameter in command(name).params:
            for option in parameter.opts:
                if len(option) == 2:
                    meanings.setdefault(option, set()).add(parameter.opts[-1])
    assert all(len(names) == 1 for names in meanings.values()), meanings


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], *([name, "--help"] for name in COMMANDS)])
def test_help_imports_nothing_heavy(arguments):
    code = (
        "import sys\n"
        "from scenes.cli import main\n"
        "try:\n"
        f"    main({arguments!r}, prog_name='steepest')\n"
        "except SystemExit as end:\n"
        "    assert not end.code\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert process.stdout.splitlines()[-1] == "[]"


def test_the_version_is_that_of_the_package(invoke):
    from importlib.metadata import version

    assert invoke("--version").output == f"steepest {version('steepest')}\n"


@pytest.mark.parametrize("option", ["--film", "--slides", "--scheduler", "--force", "--answers", "--format"])
@pytest.mark.parametrize("name", ["render", "report", "batch"])
def test_what_does_not_exist_is_not_offered(invoke, name, option):
    assert option not in [word for parameter in command(name).params for word in parameter.opts]
    assert invoke(name, "houses", option).exit_code == 2


@pytest.mark.parametrize("name", [None, *COMMANDS])
def test_no_number_and_no_option_is_torn_at_the_end_of_a_line(name):
    """Whatever the terminal is wide, as long as the longest word has room."""
    words = ["--help"] if name is None else [name, "--help"]

    def page(width: int) -> str:
        return CliRunner().invoke(main, words, terminal_width=width, max_content_width=width).output

    whole = {word for word in page(1000).split() if "-" in word.strip("-")}
    for width in range(72, 121):
        assert whole <= {*page(width).split()}, width

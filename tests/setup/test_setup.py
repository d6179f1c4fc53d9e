"""The set-up script on pretended machines: every program it meets on PATH is a stand-in of a few lines."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLAIN_TOOLS = (
    "cat",
    "cksum",
    "date",
    "dirname",
    "env",
    "false",
    "grep",
    "mkdir",
    "mktemp",
    "rm",
    "sh",
    "tail",
    "touch",
    "true",
)

# Answers as the Python named in ANSWER, passes everything else to the real one, and makes a .venv whose pip
# only notes what it was asked for and leaves an empty package behind.
PYTHON = """#!/bin/sh
case "$*" in
*version_info\\[:2\\]*) echo "$ANSWER" ;;
*Python.h*) exit "${HEADERS:-0}" ;;
*ensurepip*) exit "${VENV:-0}" ;;
*"-m venv --clear"*)
    shift 3
    "$REAL" -m venv --without-pip --clear "$1"
    for packages in "$1"/lib/python3*/site-packages; do
        mkdir -p "$packages/pip"
        cat "$FAKE_PIP" >"$packages/pip/__main__.py"
    done
    ;;
*) exec "$REAL" "$@" ;;
esac
"""
PIP = """
import os, pathlib, sys
with open(os.environ["CALLS"], "a") as calls:
    print("pip", sys.argv[-1], file=calls)
if os.environ.get("PIP_BREAKS"):
    sys.exit("the registry does not answer")
info = pathlib.Path(__file__).parents[1] / "steepest-1.dist-info"
info.mkdir(exist_ok=True)
(info / "METADATA").write_text("Metadata-Version: 2.1\\nName: steepest\\nVersion: 1\\n")
command = pathlib.Path(sys.prefix, "bin", "steepest")
command.write_text("#!/bin/sh\\n")
command.chmod(0o755)
"""
NOTES_CALL = '#!/bin/sh\necho "${0##*/} $*" >>"$CALLS"\n'
APT = NOTES_CALL + 'case "$1" in install) touch "$INSTALLED" ;; esac\n'
SUDO = NOTES_CALL + '[ "$1" != -n ] || shift\nexec "$@"\n'
PKG_CONFIG = '#!/bin/sh\n[ -e "$INSTALLED" ]\n'


@dataclass
class Machine:
    """A checkout of its own and a PATH with stand-ins only."""

    place: Path
    env: dict[str, str] = field(default_factory=dict)

    @property
    def project(self) -> Path:
        return self.place / "project"

    def program(self, name: str, text: str) -> None:
        path = self.place / "bin" / name
        path.write_text(text)
        path.chmod(0o755)

    def without(self, name: str) -> None:
        (self.place / "bin" / name).unlink()

    def calls(self) -> list[str]:
        notes = self.place / "calls"
        lines = notes.read_text().splitlines() if notes.exists() else []
        notes.unlink(missing_ok=True)
        return lines

    def setup(self, *options: str, **env: str) -> subprocess.CompletedProcess[str]:
        run: Mapping[str, str] = {**self.env, **env}
        return subprocess.run(
            ["sh", "scripts/setup.sh", *options],
            cwd=self.project,
            env=run,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A Debian that has everything, seen by root; PYTHON is set so that no real one is tried."""
    made = Machine(tmp_path)
    (made.project / "scripts").mkdir(parents=True)
    shutil.copy(ROOT / "scripts/setup.sh", made.project / "scripts")
    for name in ("pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, made.project)
    (tmp_path / "bin").mkdir()
    for tool in PLAIN_TOOLS:
        found = shutil.which(tool)
        assert found is not None, f"{tool} is not on PATH"
        (tmp_path / "bin" / tool).symlink_to(found)
    (tmp_path / "pip.py").write_text(PIP)
    made.program("python3", PYTHON)
    made.program("uname", "#!/bin/sh\necho Linux\n")
    made.program("id", "#!/bin/sh\necho 0\n")
    made.program("apt-get", APT)
    made.program("pkg-config", PKG_CONFIG)
    (tmp_path / "installed").touch()
    (tmp_path / "fonts/truetype/wqy").mkdir(parents=True)
    (tmp_path / "fonts/truetype/wqy/wqy-microhei.ttc").touch()
    made.env = {
        "PATH": str(tmp_path / "bin"),
        "PYTHON": "python3",
        "ANSWER": f"3.12 {tmp_path}/bin/python3",
        "REAL": sys.executable,
        "FAKE_PIP": str(tmp_path / "pip.py"),
        "CALLS": str(tmp_path / "calls"),
        "INSTALLED": str(tmp_path / "installed"),
        "CC": "true",
        "FONTS": str(tmp_path / "fonts"),
        "TMPDIR": str(tmp_path),
    }
    return made


@pytest.fixture
def bare(machine: Machine) -> Machine:
    """The same machine without cairo and pango."""
    (machine.place / "installed").unlink()
    return machine


def one_line(run: subprocess.CompletedProcess[str]) -> str:
    """The only line that a refused set-up printed."""
    assert run.returncode == 1
    assert run.stdout == ""
    (line,) = run.stderr.splitlines()
    return line


ASK = "sudo apt-get update && sudo apt-get install -y --no-install-recommends libcairo2-dev libpango1.0-dev"


class TestSystemPackages:
    def test_nothing_is_installed_where_nothing_lacks(self, machine: Machine) -> None:
        assert machine.setup().returncode == 0
        assert machine.calls() == ["pip ."]

    def test_root_installs_what_lacks(self, bare: Machine) -> None:
        run = bare.setup()
        assert run.returncode == 0, run.stderr
        update, install, pip = bare.calls()
        assert update.startswith("apt-get update")
        assert install.endswith("libcairo2-dev libpango1.0-dev")
        assert pip == "pip ."

    def test_a_compiler_that_fails_counts_as_missing(self, machine: Machine) -> None:
        run = machine.setup(CC="false")
        assert run.returncode == 1
        assert "build-essential" in run.stderr
        assert "Still missing after apt-get install: a C compiler" in run.stderr

    def test_sudo_is_used_by_others_without_asking(self, bare: Machine) -> None:
        bare.program("id", "#!/bin/sh\necho 1000\n")
        bare.program("sudo", SUDO)
        assert bare.setup().returncode == 0
        calls = bare.calls()
        assert "sudo -n true" in calls
        install = "sudo env DEBIAN_FRONTEND=noninteractive apt-get install"
        assert [call for call in calls if call.startswith(install)]

    @pytest.mark.parametrize("sudo", [None, "#!/bin/sh\necho 'a password is required' >&2\nexit 1\n"])
    def test_neither_root_nor_sudo_prints_the_line_to_ask_for(self, bare: Machine, sudo: str | None) -> None:
        bare.program("id", "#!/bin/sh\necho 1000\n")
        if sudo:
            bare.program("sudo", sudo)
        run = bare.setup()
        assert run.returncode == 1
        assert run.stderr.splitlines()[-1].endswith(ASK)
        assert bare.calls() == []

    def test_macos_prints_the_brew_line(self, bare: Machine) -> None:
        bare.program("uname", "#!/bin/sh\necho Darwin\n")
        assert one_line(bare.setup()).endswith("brew install cairo pango pkg-config python")
        assert bare.calls() == []

    def test_windows_is_sent_to_wsl(self, bare: Machine) -> None:
        bare.program("uname", "#!/bin/sh\necho MINGW64_NT-10.0\n")
        assert "wsl --install" in one_line(bare.setup())

    def test_a_system_without_apt_is_told_what_to_install(self, bare: Machine) -> None:
        bare.without("apt-get")
        assert "Missing: cairo, pango." in one_line(bare.setup())


class TestFont:
    """Some tests set Chinese letters; nothing else depends on their font."""

    @pytest.fixture
    def machine(self, machine: Machine) -> Machine:
        (machine.place / "fonts/truetype/wqy/wqy-microhei.ttc").unlink()
        return machine

    def test_it_belongs_to_the_development_set_up_only(self, machine: Machine) -> None:
        assert machine.setup().returncode == 0
        assert machine.calls() == ["pip ."]
        assert machine.setup("--dev").returncode == 0
        update, install, pip = machine.calls()
        assert update.startswith("apt-get update")
        assert install.endswith("fonts-wqy-microhei")
        assert pip == "pip .[dev]"

    def test_an_installation_that_fails_stops_nothing(self, machine: Machine) -> None:
        machine.program("apt-get", "#!/bin/sh\nexit 1\n")
        run = machine.setup("--dev")
        assert run.returncode == 0, run.stderr
        assert "the tests leave out what needs it" in run.stderr
        assert machine.calls() == ["pip .[dev]"]

    def test_nobody_is_asked_for_a_password(self, machine: Machine) -> None:
        machine.program("id", "#!/bin/sh\necho 1000\n")
        machine.program("sudo", "#!/bin/sh\nexit 1\n")
        assert machine.setup("--dev").returncode == 0
        assert machine.calls() == ["pip .[dev]"]

    def test_a_system_without_apt_does_without(self, machine: Machine) -> None:
        machine.without("apt-get")
        assert machine.setup("--dev").returncode == 0
        assert machine.calls() == ["pip .[dev]"]


class TestPython:
    @pytest.mark.parametrize("version", ["2.7", "3.9", "3.10"])
    def test_an_old_one_is_refused(self, machine: Machine, version: str) -> None:
        line = one_line(machine.setup(ANSWER=f"{version} /usr/bin/python3"))
        assert f"python3 is Python {version}, and steepest needs 3.11 or newer" in line
        assert "make setup" in line

    def test_one_that_does_not_start_is_refused(self, machine: Machine) -> None:
        assert "PYTHON=python9 does not start" in one_line(machine.setup(PYTHON="python9"))

    def test_a_newer_one_beside_an_old_default_is_found(self, machine: Machine) -> None:
        machine.program("python3", "#!/bin/sh\necho '3.9 /usr/bin/python3'\n")
        machine.program("python3.12", PYTHON)
        run = machine.setup(PYTHON="", ANSWER=f"3.12 {machine.place}/bin/python3.12")
        assert run.returncode == 0, run.stderr
        assert "Python 3.12" in run.stderr

    @pytest.mark.parametrize("lack", ["HEADERS", "VENV"])
    def test_what_apt_cannot_mend_in_a_python_of_ones_own(self, machine: Machine, lack: str) -> None:
        line = one_line(machine.setup(**{lack: "1"}))
        assert f"{machine.place}/bin/python3 lacks its headers or its venv module" in line
        assert "PYTHON=/usr/bin/python3 make setup" in line


class TestStamp:
    def test_a_second_run_does_and_says_nothing(self, machine: Machine) -> None:
        machine.setup()
        machine.calls()
        again = machine.setup()
        assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
        assert machine.calls() == []

    @pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt", "scripts/setup.sh"])
    def test_a_changed_input_is_noticed(self, machine: Machine, name: str) -> None:
        machine.setup()
        machine.calls()
        with (machine.project / name).open("a") as file:
            file.write("\n# changed\n")
        machine.setup()
        assert machine.calls() == ["pip ."]

    def test_the_development_set_up_contains_the_plain_one(self, machine: Machine) -> None:
        for options in ((), ("--dev",), (), ("--dev",)):
            machine.setup(*options)
        assert machine.calls() == ["pip .", "pip .[dev]"]

    @pytest.mark.parametrize("lost", ["bin/python", "bin/steepest", "bin/activate", "pyvenv.cfg"])
    def test_a_broken_environment_is_mended(self, machine: Machine, lost: str) -> None:
        machine.setup()
        machine.calls()
        (machine.project / ".venv" / lost).unlink()
        assert machine.setup().returncode == 0
        assert machine.calls() == ["pip ."]
        assert (machine.project / ".venv" / lost).exists()

    def test_a_moved_checkout_is_noticed(self, machine: Machine) -> None:
        machine.setup()
        machine.calls()
        machine.project.rename(machine.place / "elsewhere with a space")
        (machine.place / "project").symlink_to(machine.place / "elsewhere with a space")
        run = machine.setup()
        assert "was moved" in run.stderr
        assert machine.calls() == ["pip ."]

    def test_a_failed_installation_shows_the_log_and_is_tried_again(self, machine: Machine) -> None:
        run = machine.setup(PIP_BREAKS="1")
        assert run.returncode == 1
        assert "the registry does not answer" in run.stderr
        assert run.stderr.splitlines()[-1].endswith("project/build/setup.log")
        machine.calls()
        assert machine.setup().returncode == 0
        assert machine.calls() == ["pip ."]


def test_an_unknown_option_is_wrong_usage(machine: Machine) -> None:
    run = machine.setup("--everything")
    assert run.returncode == 2
    assert "usage" in run.stderr

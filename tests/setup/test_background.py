"""Tests that run in the background of a shell can still interrupt what they start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
_STARTED = (
    "import signal; print(signal.getsignal(signal.SIGINT).__name__, signal.getsignal(signal.SIGHUP).name)"
)
_TESTS = f"""
import os, signal, subprocess, sys
import tests.conftest
os.kill(os.getpid(), signal.SIGINT)
os.kill(os.getpid(), signal.SIGHUP)
subprocess.run([sys.executable, "-c", {_STARTED!r}], check=True)
"""


def test_the_tests_ignore_what_their_shell_ignores_and_what_they_start_does_not() -> None:
    command = ["sh", "-c", 'trap "" INT HUP; exec "$0" -c "$1"', sys.executable, _TESTS]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "default_int_handler SIG_DFL\n"), done.stderr

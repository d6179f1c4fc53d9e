"""The process that workers are forked from, as a program of its own and as a fork of this one; and forks themselves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from scenes.production.executors import link as link_module
from scenes.production.executors.fork import Fork
from scenes.production.executors.link import Link
from scenes.production.executors.local import run
from scenes.production.executors.task import Ending, Task

HERE = Path(__file__).parent


@pytest.fixture(params=[False, True], ids=["program", "fork"])
def fork(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> bool:
    # The threads of the test runner wait at a pipe that forks leave alone.
    monkeypatch.setattr(link_module, "may_fork", lambda: True)
    monkeypatch.setattr(sys, "path", [*sys.path, str(HERE), str(tmp_path)])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(HERE), str(tmp_path))))
    return bool(request.param)


def doubled(link: Link, *values: int) -> list[Ending]:
    return run([Task(str(value), "fake_work:double", {"value": value}) for value in values], link=link)


def test_a_nursery_that_was_started_early_does_the_tasks(fork: bool) -> None:
    link = Link((), fork=fork)
    assert [ending.result["value"] for ending in doubled(link, 1, 2)] == [2, 4]
    assert link.closed


def test_workers_say_nothing_in_the_place_of_the_command(
    fork: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    (ending,) = run([Task("a", "fake_work:prints", {})], link=Link((), fork=fork))
    assert ending.result == {"input": ""}
    assert capfd.readouterr() == ("", "")


def test_the_last_words_of_a_worker_are_kept(fork: bool) -> None:
    (ending,) = run([Task("a", "fake_work:speaks_and_dies", {})], link=Link((), fork=fork))
    assert "ä reason" in ending.detail


def test_what_the_tasks_need_is_brought_in_before_they_begin(fork: bool, tmp_path: Path) -> None:
    (tmp_path / "brought_in.py").touch()
    task = Task("a", "fake_work:loaded", {"module": "brought_in"})
    (ending,) = run([task], link=Link((), fork=fork), preload=("brought_in",))
    assert ending.result["loaded"]


def test_a_nursery_that_nobody_used_ends_while_it_still_imports(fork: bool, tmp_path: Path) -> None:
    (tmp_path / "endless.py").write_text("import signal\nsignal.pause()\n")
    with Link(("endless",), fork=fork) as link:
        assert not link.closed
    assert link.closed


def test_a_nursery_that_died_before_its_first_task_fails_it_and_says_so(fork: bool, tmp_path: Path) -> None:
    (tmp_path / "deadly.py").write_text("import os\nos.write(2, b'last words')\nos._exit(1)\n")
    (ending, after) = run([*_tasks(2)], workers=1, link=Link(("deadly",), fork=fork))
    assert ending.reason == "the process that starts the workers died; is memory short?"
    assert "last words" in ending.detail
    assert after.done  # by a new one


def _tasks(count: int) -> list[Task]:
    return [Task(str(i), "fake_work:double", {"value": i}) for i in range(count)]


def in_a_fork(code: str) -> subprocess.CompletedProcess[str]:
    """What a process says that does this with forks of its own."""
    script = f"import os, signal, subprocess, sys, tempfile\nfrom scenes.production.executors.fork import Fork\n{code}"
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )


def test_a_fork_ends_as_its_function_does() -> None:
    said = in_a_fork(
        """
with tempfile.TemporaryFile() as log:
    print(Fork(lambda: None, log.fileno()).wait(), Fork(lambda: 1 / 0, log.fileno()).wait(60))
    log.seek(0)
    print(log.read().decode().splitlines()[-1])
"""
    )
    assert said.stdout.splitlines() == ["0 1", "ZeroDivisionError: division by zero"]


def test_what_was_still_to_be_printed_is_printed_once() -> None:
    said = in_a_fork(
        """
sys.stdout.write("once")
with tempfile.TemporaryFile() as log:
    Fork(lambda: print("to nobody"), log.fileno()).wait()
"""
    )
    assert said.stdout == "once"


def test_a_fork_can_be_waited_for_in_vain_and_killed() -> None:
    with tempfile.TemporaryFile() as log:
        fork = Fork(signal.pause, log.fileno())
        with pytest.raises(subprocess.TimeoutExpired):
            fork.wait(0.0)
        fork.kill()
        assert fork.wait(60) == -signal.SIGKILL
        fork.kill()  # nothing is left to be killed


def test_a_fork_whose_end_the_system_does_not_tell() -> None:
    said = in_a_fork(
        """
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
with tempfile.TemporaryFile() as log:
    fork = Fork(lambda: None, log.fileno())
    print(fork.wait(60))
    fork.kill()
"""
    )
    assert said.stdout == "0\n"


def test_a_fork_of_a_process_without_streams() -> None:
    said = in_a_fork(
        """
sys.stdout = sys.stdin = None
with tempfile.TemporaryFile() as log:
    status = Fork(lambda: print("to nobody"), log.fileno()).wait()
sys.stderr.write(str(status))
"""
    )
    assert said.stderr == "0"


def test_signals_that_this_process_handles_end_a_fork() -> None:
    said = in_a_fork(
        """
signal.signal(signal.SIGTERM, lambda *_: None)
with tempfile.TemporaryFile() as log:
    fork = Fork(lambda: os.kill(os.getpid(), signal.SIGTERM) or signal.pause(), log.fileno())
    print(fork.wait())
"""
    )
    assert int(said.stdout) == -signal.SIGTERM

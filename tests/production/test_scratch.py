"""Scratch folders: private, gone afterwards, and cleared away when their owner died."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys

import pytest

from scenes.production.errors import ProductionError
from scenes.production.place import scratch

HOLD = """
import sys, signal, pathlib
from scenes.production.place.scratch import scratch_in
with scratch_in(pathlib.Path(sys.argv[1])) as folder:
    (folder / "half a film").write_bytes(b"..")
    print(folder.name, flush=True)
    signal.pause()
"""


@pytest.fixture
def holder(tmp_path):
    """A process that holds a scratch folder in tmp_path, and the folder's name."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, tmp_path], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    yield process, process.stdout.readline().strip()
    process.kill()
    process.communicate()


def enter_and_leave(folder):
    with scratch.scratch_in(folder):
        pass


def test_it_lies_in_the_target_folder_and_goes_with_all_it_holds(tmp_path):
    with scratch.scratch_in(tmp_path) as folder:
        assert folder.parent == tmp_path
        assert folder.name.startswith(".steepest-")
        (folder / "deep").mkdir()
        (folder / "deep" / "file").touch()
    assert list(tmp_path.iterdir()) == []


def test_it_goes_after_an_error_too(tmp_path):
    with pytest.raises(KeyboardInterrupt), scratch.scratch_in(tmp_path):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_a_target_folder_that_was_made_for_nothing_goes_again(tmp_path):
    enter_and_leave(tmp_path / "out" / "houses")
    assert list(tmp_path.iterdir()) == []


def test_a_target_folder_with_a_result_stays(tmp_path):
    with scratch.scratch_in(tmp_path / "out") as folder:
        (folder.parent / "result").touch()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_the_leftover_of_a_dead_run_goes_and_that_of_a_living_one_stays(tmp_path, holder):
    process, name = holder
    assert scratch.sweep_out(tmp_path) == 0
    with scratch.scratch_in(tmp_path):
        assert (tmp_path / name / "half a film").exists()
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert (tmp_path / name).exists()
    enter_and_leave(tmp_path)
    assert not (tmp_path / name).exists()


def test_nothing_else_is_swept(tmp_path):
    for name in (".steepest-file", ".other", "steepest-x"):
        (tmp_path / name).touch()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".steepest-link").symlink_to(tmp_path / "elsewhere")
    assert scratch.sweep_out(tmp_path) == 0
    assert len(list(tmp_path.iterdir())) == 5


def test_a_full_disk_is_said_before_anything_is_made(tmp_path, monkeypatch):
    monkeypatch.setattr(scratch, "LEAST_FREE", 2**80)
    with pytest.raises(ProductionError, match=r"MB of disk are free.* Make room"):
        enter_and_leave(tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_permission_is_said_with_the_mend(tmp_path, monkeypatch):
    def refuse(**_):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(scratch.tempfile, "mkdtemp", refuse)  # root may write everywhere
    with pytest.raises(ProductionError, match=r"cannot write here \(Permission denied\)\. .* -o"):
        enter_and_leave(tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_place_of_the_folder_is_said_with_the_mend(tmp_path):
    (tmp_path / "out").touch()
    with pytest.raises(ProductionError, match=r"cannot write here .* -o"):
        enter_and_leave(tmp_path / "out")

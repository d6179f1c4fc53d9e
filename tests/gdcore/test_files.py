"""A file is the previous one or the complete new one."""

import os
import stat
from pathlib import Path

import pytest

from gdcore.base.errors import GdError
from gdcore.base.files import write_atomically


def test_it_writes_and_replaces(tmp_path: Path) -> None:
    target = tmp_path / "höhe 🏔.csv"
    write_atomically(target, b"one")
    write_atomically(str(target), b"two")
    assert target.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [target]


def test_a_name_of_255_bytes_leaves_room(tmp_path: Path) -> None:
    target = tmp_path / ("n" * 255)
    write_atomically(target, b"data")
    assert target.read_bytes() == b"data"


def test_the_usual_permissions(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a", b"")
    (tmp_path / "b").write_bytes(b"")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == stat.S_IMODE((tmp_path / "b").stat().st_mode)


def test_a_link_is_replaced_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"precious")
    link = tmp_path / "link"
    link.symlink_to(outside)
    write_atomically(link, b"new")
    assert outside.read_bytes() == b"precious"
    assert not link.is_symlink()
    assert link.read_bytes() == b"new"


@pytest.mark.parametrize("fails", ["fsync", "replace"])
def test_after_a_failure_the_old_file_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    target = tmp_path / "run.npz"
    target.write_bytes(b"old")

    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if fails == "fsync":
        monkeypatch.setattr(os, "fsync", no_space)
    else:
        monkeypatch.setattr(Path, "replace", no_space)
    with pytest.raises(GdError, match=r"run\.npz could not be written \(No space left on device\)"):
        write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_an_interrupt_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "run.npz", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(GdError, match="the folder must exist"):
        write_atomically(tmp_path / "nowhere" / "run.npz", b"new")

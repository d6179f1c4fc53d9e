from __future__ import annotations

import os
import select
from pathlib import Path

import pytest

HERE = Path(__file__).parent
#: Long enough for any machine; only a test that fails waits so long.
FOR_EVER = 60.0


@pytest.fixture(autouse=True)
def workers_find_fake_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(HERE))


class Alive:
    """A named pipe that processes hold open for writing: its end of file proves that the last of them is gone."""

    def __init__(self, path: Path) -> None:
        os.mkfifo(path)
        self.path = str(path)
        self._descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)

    def wait_for_holder(self) -> None:
        assert self._read() == b"+", "nobody opened the pipe"

    def wait_for_end(self) -> None:
        while data := self._read():
            assert set(data) == {ord("+")}

    def _read(self) -> bytes:
        readable, _, _ = select.select([self._descriptor], [], [], FOR_EVER)
        assert readable, "a process still holds the pipe"
        return os.read(self._descriptor, 64)

    def close(self) -> None:
        os.close(self._descriptor)


@pytest.fixture
def alive(tmp_path: Path):
    pipe = Alive(tmp_path / "alive")
    yield pipe
    pipe.close()

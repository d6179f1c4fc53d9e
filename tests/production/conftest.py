from __future__ import annotations

import os
import select
from pathlib import Path

import pytest

from scenes.lecture.frozen import FrozenMap
from scenes.lecture.model import Lecture, ProblemSpec, SceneSpec

HERE = Path(__file__).parent
#: Long enough for any machine; only a test that fails waits so long.
FOR_EVER = 30.0


@pytest.fixture(autouse=True)
def processes_find_fake_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here, and in processes that the tests start, which take this checkout as well."""
    monkeypatch.syspath_prepend(str(HERE))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(HERE), str(HERE.parents[1]))))


@pytest.fixture(autouse=True)
def workers_are_forks(monkeypatch: pytest.MonkeyPatch) -> None:
    # The threads of the test runner wait at a pipe that forks leave alone.
    monkeypatch.setattr("scenes.production.executors.local.threading.active_count", lambda: 1)


class Alive:
    """A named pipe that processes hold open for writing: its end of file proves that the last of them is
    gone."""

    def __init__(self, path: Path) -> None:
        os.mkfifo(path)
        self.path = str(path)
        self._descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)

    def wait_for_holder(self) -> None:
        assert set(self._read()) == {ord("+")}, "nobody opened the pipe"

    def wait_for_end(self) -> None:
        while data := self._read():
            assert set(data) == {ord("+")}

    def _read(self) -> bytes:
        readable, _, _ = select.select([self._descriptor], [], [], FOR_EVER)
        assert readable, "nothing happened on the pipe"
        return os.read(self._descriptor, 64)

    def close(self) -> None:
        os.close(self._descriptor)


@pytest.fixture
def alive(tmp_path: Path):
    pipe = Alive(tmp_path / "alive")
    yield pipe
    pipe.close()


@pytest.fixture
def lecture_of(tmp_path: Path):
    """Makes a lecture with the given scenes; nothing reads its file."""

    def make(*scenes: str, name: str = "houses", digest: str = "d1", folder: str = "lectures") -> Lecture:
        return Lecture(
            name=name,
            path=tmp_path / folder / f"{name}.yaml",
            folder=tmp_path / folder,
            title="A lecture",
            problem=ProblemSpec(parameters=("x",), formula="x^2"),
            runs=FrozenMap({}),
            scenes=tuple(SceneSpec(kind="tangent", name=scene) for scene in scenes),
            digest=digest,
        )

    return make

"""From jobs to files: all or nothing, and the manifest says which."""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from scenes.production import outputs
from scenes.production.executors.local import LocalExecutor
from scenes.production.executors.order import Order
from scenes.production.executors.task import Ending, Executor
from scenes.production.options import Options
from scenes.production.outputs.film import parts_of_a_film
from scenes.production.place.scratch import PREFIX, locked
from scenes.production.plan import plan_batch
from scenes.production.produce import Watcher, produce


@pytest.fixture
def make(tmp_path, lecture_of):
    """Render the given scenes of a lecture with fake work into tmp_path/out."""

    from fake_work import FakeFilm

    def run(*scenes, only=(), digest="d1", watcher=None, **options):
        lecture = lecture_of(*scenes, digest=digest)
        jobs = FakeFilm.plan(lecture, Options(tmp_path / "out"), scenes=only)
        return produce(jobs, LocalExecutor(**options), watcher=watcher)

    return run


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "out" / "houses"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def manifest(folder: Path) -> dict:
    return json.loads((folder / "manifest.json").read_text())


def test_outputs_come_to_their_places_and_nothing_else_does(make, folder):
    outputs = make("a", "b")
    assert [output.done for output in outputs] == [True, True]
    assert names(folder) == ["01-a.mp4", "02-b.mp4", "manifest.json"]
    assert (folder / "01-a.mp4").read_bytes() == b"new a"


def test_a_failure_leaves_the_older_file_and_the_others_go_on(make, folder):
    folder.mkdir(parents=True)
    (folder / "01-broken.mp4").write_bytes(b"old")
    broken, crash, well = make("broken", "crash", "well")
    assert (broken.reason, crash.reason) == ("this scene cannot be told.", "the worker ended with status 7")
    assert well.done
    assert (folder / "01-broken.mp4").read_bytes() == b"old"
    assert names(folder) == ["01-broken.mp4", "03-well.mp4", "manifest.json"]


def test_the_manifest_says_what_is_done_and_why_the_rest_is_not(make, folder):
    make("well", "broken", workers=1)
    document = manifest(folder)
    assert (document["schema"], document["lecture"], document["digest"]) == (1, "houses", "d1")
    assert {"python", "numpy", "steepest"} <= set(document["versions"])
    assert document["outputs"] == [
        {
            "file": "01-well.mp4",
            "kind": "film",
            "scene": "well",
            "digest": "d1",
            "status": "done",
            "seconds": 2.5,
            "sha256": "of well",
            "segments": ["well 0"],
        },
        {
            "file": "02-broken.mp4",
            "kind": "film",
            "scene": "broken",
            "digest": "d1",
            "status": "failed",
            "reason": "this scene cannot be told.",
        },
    ]


def test_one_scene_again_keeps_what_is_known_of_the_others(make, folder):
    make("a", "b")
    make("a", "b", only=["b"], digest="d2")
    document = manifest(folder)
    assert document["digest"] == "d2"
    assert [(entry["file"], entry["digest"]) for entry in document["outputs"]] == [
        ("01-a.mp4", "d1"),
        ("02-b.mp4", "d2"),
    ]


def test_a_file_that_is_gone_leaves_the_manifest(make, folder):
    make("a", "b")
    (folder / "01-a.mp4").unlink()
    make("a", "b", only=["b"])
    assert [entry["file"] for entry in manifest(folder)["outputs"]] == ["02-b.mp4"]


def test_a_failure_over_an_older_good_film_keeps_the_facts_of_that_film(make, folder):
    make("broken-later")
    (folder / "01-broken-later.mp4").rename(folder / "01-broken.mp4")
    document = manifest(folder)
    document["outputs"][0]["file"] = "01-broken.mp4"
    (folder / "manifest.json").write_text(json.dumps(document))
    make("broken", digest="d2")
    (entry,) = manifest(folder)["outputs"]
    assert (entry["status"], entry["sha256"], entry["digest"]) == ("failed", "of broken-later", "d1")


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"schema": 99}', '{"schema": 1, "outputs": [7, {}]}'])
def test_a_damaged_manifest_is_written_anew(make, folder, damage):
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(damage)
    make("a")
    assert [entry["file"] for entry in manifest(folder)["outputs"]] == ["01-a.mp4"]


def test_a_folder_in_the_place_of_an_output_is_a_failure_with_a_mend(make, folder):
    (folder / "01-a.mp4" / "x").mkdir(parents=True)
    outputs = make("a", "b")
    assert "cannot be replaced" in outputs[0].reason
    assert outputs[1].done


def test_a_link_in_the_place_of_an_output_is_replaced_not_followed(make, folder, tmp_path):
    (tmp_path / "precious").write_bytes(b"precious")
    folder.mkdir(parents=True)
    (folder / "01-a.mp4").symlink_to(tmp_path / "precious")
    make("a")
    assert (tmp_path / "precious").read_bytes() == b"precious"
    assert not (folder / "01-a.mp4").is_symlink()


def test_what_fail_fast_did_not_start_is_not_in_the_manifest(make, folder):
    outputs = make("broken", "a", workers=1, fail_fast=True)
    assert [output.done for output in outputs] == [False, False]
    assert [entry["file"] for entry in manifest(folder)["outputs"]] == ["01-broken.mp4"]


def test_another_executor_does_the_same(tmp_path, lecture_of, folder):
    from fake_work import FakeFilm

    class Here:
        """Does tasks one after the other, each as it would come to another machine."""

        workers = 3

        def run(self, tasks, listener):
            order = Order(tasks)
            while (task := order.next()) is not None:
                listener.began(task)
                there = pickle.loads(pickle.dumps(task))
                there.scratch.mkdir(exist_ok=True)
                before = [order.endings[name].result for name in task.after]
                ending = Ending(task, there.work(there.scratch, lambda done, total: None, before))
                order.endings[task.id] = ending
                listener.ended(ending)
            return tuple(order.endings[task.id] for task in tasks)

    executor: Executor = Here()
    (product,) = produce(FakeFilm.plan(lecture_of("a"), Options(tmp_path / "out")), executor)
    assert product.facts["segments"] == [f"a {number}" for number in range(6)]
    assert names(folder) == ["01-a.mp4", "manifest.json"]


NOTE = """
from dataclasses import dataclass
from scenes.production.job import Job

@dataclass(frozen=True, kw_only=True)
class NoteJob(Job):
    kind = "note"
    suffix = ".txt"

    @classmethod
    def plan(cls, lecture, options):
        place = options.output / lecture.name / "note.txt"
        return (cls(id=f"{lecture.name}/note", lecture=lecture, output=place),)

    def make(self, scratch, advance, before):
        self.finished(scratch).write_text(self.lecture.title)
        return {}

FORMAT = NoteJob
"""


def test_a_format_is_one_file(tmp_path, lecture_of, folder, monkeypatch):
    (tmp_path / "note.py").write_text(NOTE)
    monkeypatch.setattr(outputs, "__path__", [*outputs.__path__, str(tmp_path)])
    jobs = plan_batch([lecture_of("a")], Options(tmp_path / "out"))
    (note,) = (job for job in jobs if job.kind == "note")
    (product,) = produce([note], LocalExecutor())
    assert product.done
    assert (folder / "note.txt").read_text() == "A lecture"
    assert manifest(folder)["outputs"][0]["kind"] == "note"


def test_a_watcher_hears_of_every_output_when_it_is_in_place(make, folder):
    seen = []

    class Look(Watcher):
        def ended(self, output):
            seen.append((output.job.scene, output.job.output.exists()))

    make("a", "broken", watcher=Look(), workers=1)
    assert seen == [("a", True), ("broken", False)]


def test_a_film_is_joined_from_its_parts_in_order(make):
    (whole,) = make("a", workers=1)
    (cut,) = make("a", workers=2)
    assert whole.facts["segments"] == ["a 0"]
    assert cut.facts["segments"] == [f"a {number}" for number in range(len(cut.facts["segments"]))]
    assert len(cut.facts["segments"]) > 1


def test_a_watcher_hears_of_a_film_and_not_of_its_parts(make):
    news = []

    class Look(Watcher):
        def began(self, job):
            news.append(job.scene)

        def progress(self, job, done, total):
            news.append((done, total))

        def ended(self, output):
            news.append(output.done)

    make("a", watcher=Look(), workers=2)
    begun, *progress, ended = news
    assert (begun, ended) == ("a", True)
    assert progress == sorted(progress)
    assert progress[-1] == (8, 12)  # two frames of each of four parts


@pytest.mark.parametrize(
    ("films", "workers", "parts"),
    [(1, 1, 1), (5, 1, 1), (1, 2, 4), (3, 2, 4), (6, 2, 2), (40, 2, 1)],
)
def test_films_are_cut_where_there_are_too_few_to_keep_all_workers_busy(films, workers, parts):
    assert parts_of_a_film(films, workers) == parts


def test_an_output_as_data_is_json(make):
    done, failed = make("a", "broken")
    assert json.loads(json.dumps(done.as_data()))["status"] == "done"
    assert failed.as_data()["reason"] == "this scene cannot be told."


RUN = """
import sys
import signal
from pathlib import Path
from fake_work import FakeFilm
from scenes.lecture.frozen import FrozenMap
from scenes.lecture.model import Lecture, ProblemSpec, SceneSpec
from scenes.production.errors import Interrupted
from scenes.production import outputs
from scenes.production.executors.local import LocalExecutor
from scenes.production.executors.order import Order
from scenes.production.executors.task import Ending, Executor
from scenes.production.options import Options
from scenes.production.produce import produce
for number in (signal.SIGINT, signal.SIGHUP):  # who runs the tests may ignore them
    signal.signal(number, signal.default_int_handler)
root = Path(sys.argv[1])
lecture = Lecture(
    name="houses", path=root / "x.yaml", folder=root / "lectures", title="", problem=ProblemSpec(parameters=("x",)),
    runs=FrozenMap({}), scenes=tuple(SceneSpec(kind="tangent", name=name) for name in ("hang", "later")), digest="d1",
)
try:
    produce(FakeFilm.plan(lecture, Options(root / "out")), LocalExecutor(2))
except Interrupted as interrupt:
    sys.exit(interrupt.exit_status)
"""


@pytest.fixture
def hanging(tmp_path, alive):
    """A run in a process of its own, with workers that never end, and with an older film in place."""
    folder = tmp_path / "out" / "houses"
    folder.mkdir(parents=True)
    (folder / "01-hang.mp4").write_bytes(b"old")
    command = [sys.executable, "-c", RUN, tmp_path]
    with subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True) as process:
        try:
            alive.wait_for_holder()
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_leaves_no_process_and_no_temporary_file(hanging, alive, folder, number, status):
    os.killpg(hanging.pid, number)
    assert hanging.wait() == status
    assert hanging.stderr.read() == b""
    alive.wait_for_end()
    assert names(folder) == ["01-hang.mp4"]
    assert (folder / "01-hang.mp4").read_bytes() == b"old"


def test_sigkill_leaves_no_process_and_the_next_run_clears_its_folder(hanging, alive, folder, make):
    hanging.kill()
    hanging.wait()
    alive.wait_for_end()
    assert (folder / "01-hang.mp4").read_bytes() == b"old"
    assert len(names(folder)) == 2
    for leftover in folder.glob(f"{PREFIX}*"):
        with locked(leftover):  # the system is about to take it from the last of the dead
            pass
    make("a")
    assert names(folder) == ["01-a.mp4", "01-hang.mp4", "manifest.json"]


STOP = """
import os, signal, sys
from pathlib import Path
from scenes.production.place import publish
place, real = sys.argv[2], Path.replace
def replace(self, target):
    if place == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    real(self, target)
    os.kill(os.getpid(), signal.SIGKILL)
Path.replace = replace
publish.publish(Path(sys.argv[1]) / "new", Path(sys.argv[1]) / "film.mp4")
"""


@pytest.mark.parametrize(("place", "content"), [("before", b"old"), ("after", b"new")])
def test_killed_around_the_rename_leaves_the_old_file_or_the_new_one(tmp_path, place, content):
    (tmp_path / "film.mp4").write_bytes(b"old")
    (tmp_path / "new").write_bytes(b"new")
    process = subprocess.run([sys.executable, "-c", STOP, tmp_path, place], check=False)
    assert process.returncode == -signal.SIGKILL
    assert (tmp_path / "film.mp4").read_bytes() == content

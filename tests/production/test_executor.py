"""The local executor: every task in its own process, and whatever happens to one happens to one."""

from __future__ import annotations

import errno
import os
import signal
import threading
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from scenes.production.errors import Interrupted
from scenes.production.executors.local import LocalExecutor
from scenes.production.executors.signals import watch_signals
from scenes.production.executors.task import Ending, Executor, Listener, Task


@pytest.fixture
def task(tmp_path):
    """Makes a task of one of the works of `fake_work`."""
    import fake_work

    def make(name: str, work: str, *after: str, preload: tuple[str, ...] = (), **data: object) -> Task:
        return Task(name, partial(getattr(fake_work, work), **data), tmp_path / name, preload, after)

    return make


def run(tasks, workers=None, listener=None, **options):
    executor: Executor = LocalExecutor(workers, **options)
    return executor.run(tasks, listener or Listener())


def open_descriptors() -> int:
    """How many files this process has open; 0 where the system does not tell."""
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.is_dir() else 0


class Recorder(Listener):
    def __init__(self) -> None:
        self.news: list[tuple[object, ...]] = []
        self.now = self.most = 0

    def place(self, event: str, name: str) -> int:
        return [entry[:2] for entry in self.news].index((event, name))

    def began(self, task: Task) -> None:
        self.news.append(("began", task.id))
        self.now += 1
        self.most = max(self.most, self.now)

    def progress(self, task: Task, done: int, total: int) -> None:
        self.news.append(("progress", task.id, done, total))

    def ended(self, ending: Ending) -> None:
        self.news.append(("ended", ending.task.id, ending.done))
        self.now -= 1


def test_results_come_in_the_order_of_the_tasks_each_from_a_process_of_its_own(task):
    endings = run([task(str(n), "double", value=n) for n in range(5)], workers=2)
    assert [ending.result["value"] for ending in endings] == [0, 2, 4, 6, 8]
    pids = {ending.result["pid"] for ending in endings}
    assert len(pids) == 5
    assert os.getpid() not in pids
    assert all(ending.result["group"] == ending.result["pid"] for ending in endings)


def test_where_a_fork_is_not_safe_workers_start_anew(task, monkeypatch):
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    well, bad = run([task("well", "double", value=1), task("bad", "leaves")], workers=2)
    assert well.result["value"] == 2
    assert well.result["group"] == well.result["pid"]
    assert (bad.reason, bad.detail) == ("the worker ended with status 3", "about to leave")


def test_progress_arrives_between_beginning_and_end(task):
    recorder = Recorder()
    run([task("a", "double", value=1)], listener=recorder)
    assert recorder.news == [
        ("began", "a"),
        ("progress", "a", 1, 2),
        ("progress", "a", 2, 2),
        ("ended", "a", True),
    ]


def test_no_more_workers_at_once_than_allowed(task):
    recorder = Recorder()
    run([task(str(n), "double", value=n) for n in range(4)], workers=1, listener=recorder)
    assert recorder.most == 1


def test_workers_run_side_by_side(task, tmp_path):
    pipes = [str(tmp_path / "one"), str(tmp_path / "two")]
    for pipe in pipes:
        os.mkfifo(pipe)
    endings = run([task(str(first), "meets", first=first, pipes=pipes) for first in (True, False)], workers=2)
    assert all(ending.done for ending in endings)


@pytest.mark.parametrize(
    ("work", "reason"),
    [
        ("raises", "KeyError: 'a fault of the program'"),
        ("leaves", "the worker ended with status 3"),
        ("killed", "the worker was killed by SIGKILL; is memory short? Fewer --jobs need less"),
        ("aborts", "the worker was killed by SIGABRT"),
        ("no_memory", "out of memory: ; try a lower quality or fewer --jobs"),
        ("cannot_be_told", "TypeError: cannot pickle '_thread.lock' object"),
    ],
)
def test_a_failure_costs_its_own_task_only(task, work, reason):
    tasks = [task("before", "double", value=1), task("bad", work), task("after", "double", value=2)]
    before, bad, after = run(tasks, workers=2)
    assert before.done
    assert after.done
    assert bad.reason == reason


def test_a_worker_that_cannot_be_started_costs_its_own_task_only(task, monkeypatch):
    fork, forks = os.fork, iter([False, True])

    def fail_first() -> int:
        if next(forks):
            return fork()
        raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))

    monkeypatch.setattr(os, "fork", fail_first)
    bad, well = run([task("bad", "double", value=1), task("well", "double", value=1)], workers=1)
    assert "Cannot allocate memory" in bad.reason
    assert well.done


def test_where_no_worker_can_be_started_the_run_ends(task, monkeypatch):
    def fail() -> int:
        raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))

    monkeypatch.setattr(os, "fork", fail)
    first, second = run([task("first", "result"), task("second", "result", "first")])
    assert first.reason == second.reason
    assert "Cannot allocate memory" in first.reason


def test_a_signal_that_comes_while_modules_are_imported_ends_the_run(task, tmp_path, monkeypatch):
    (tmp_path / "told.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGTERM)\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    recorder = Recorder()
    with pytest.raises(Interrupted), watch_signals():
        run([task(name, "result", preload=("told",)) for name in "ab"], workers=1, listener=recorder)
    assert not [news for news in recorder.news if news[0] == "ended"]


def test_a_users_mistake_is_told_without_a_type_name_and_a_fault_with_its_traceback(task):
    mistake, fault = run([task("mistake", "mistake"), task("fault", "raises")])
    assert mistake.reason == "the user can mend this."
    assert "in raises" in fault.detail


def test_what_a_dead_worker_printed_is_kept_and_standard_output_stays_clean(task, capfd):
    left, dead, well = run([task("left", "leaves"), task("dead", "killed"), task("well", "prints")])
    assert "about to leave" in left.detail
    assert "ä reason" in dead.detail
    assert well.result == {"input": ""}
    assert capfd.readouterr() == ("", "")


def test_of_much_that_was_printed_the_end_is_kept(task):
    (ending,) = run([task("a", "floods")])
    assert ending.detail.endswith("last words")
    assert len(ending.detail) < 10_000


def test_workers_take_signals_in_the_plain_way(task):
    (ending,) = run([task("a", "handles")])
    assert ending.result["odd"] == []


def test_a_hung_worker_is_stopped_with_all_it_started(task, alive, monkeypatch):
    real, passed = time.monotonic, 0.0
    monkeypatch.setattr(time, "monotonic", lambda: real() + passed)

    class AnHourLater(Listener):
        def progress(self, task, done, total):
            nonlocal passed
            passed += 3600

    tasks = [task("hung", "hangs_deaf", alive=alive.path), task("well", "result")]
    hung, well = run(tasks, workers=1, listener=AnHourLater(), patience=1000)
    assert hung.reason == "no sign of life for 1000 s, so it was stopped"
    assert well.done
    alive.wait_for_end()


def test_what_a_worker_leaves_behind_dies_with_it(task, alive):
    (ending,) = run([task("parent", "leaves_child", alive=alive.path)])
    assert ending.done
    alive.wait_for_end()


def test_the_death_of_a_worker_is_seen_while_a_fork_of_it_lives(task):
    (ending,) = run([task("forked", "dies_beside_a_fork")])
    assert ending.reason is not None
    assert ending.reason.startswith("the worker was killed by SIGKILL")


@pytest.mark.parametrize("threads", [1, 2], ids=["fork", "spawn"])
def test_a_worker_that_has_only_begun_to_start_is_ended_as_well(task, monkeypatch, threads):
    monkeypatch.setattr(threading, "active_count", lambda: threads)

    class AtOnce(Recorder):
        def began(self, task):
            os.kill(os.getpid(), signal.SIGTERM)

    with pytest.raises(Interrupted):
        run([task("waiting", "waits")], listener=AtOnce())


def test_fail_fast_starts_nothing_after_the_first_failure(task):
    bad, after = run([task("bad", "raises"), task("after", "double", value=2)], workers=1, fail_fast=True)
    assert bad.started
    assert not after.started
    assert after.reason == "not started: another job failed before it"


def test_what_several_tasks_need_is_there_before_they_begin(task, tmp_path, monkeypatch):
    for name in ("shared", "alone", "broken"):
        (tmp_path / f"{name}.py").write_text("1 / 0" if name == "broken" else "")
    monkeypatch.syspath_prepend(str(tmp_path))
    first, second, third = run(
        [
            task("first", "loaded", preload=("shared", "broken", "missing"), module="shared"),
            task("second", "loaded", preload=("shared", "broken", "missing"), module="shared"),
            task("third", "loaded", preload=("alone",), module="alone"),
        ]
    )
    assert first.result["loaded"]
    assert second.result["loaded"]
    assert not third.result["loaded"]  # it imports that by itself, beside the others


def test_two_tasks_of_one_id_are_refused(task):
    with pytest.raises(ValueError, match="two tasks have the id 'a'"):
        run([task("a", "double", value=1), task("a", "double", value=2)])


def test_a_task_begins_when_those_it_waits_for_are_done_and_finds_their_results(task):
    recorder = Recorder()
    tasks = [
        task("b", "result", own=2),
        task("a", "result", own=1),
        task("sum", "result", "a", "b", own=3),
        task("last", "result", own=4),
    ]
    endings = run(tasks, workers=2, listener=recorder)
    assert [ending.result["own"] for ending in endings] == [2, 1, 3, 4]
    assert [ending.result["before"] for ending in endings] == [[], [], [1, 2], []]
    assert max(recorder.place("ended", name) for name in "ab") < recorder.place("began", "sum")


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_what_waits_for_a_failure_fails_for_the_same_reason_once_nothing_it_needs_runs(task, workers):
    recorder = Recorder()
    tasks = [
        task("bad", "mistake"),
        task("good", "result"),
        task("good too", "result"),
        task("both", "result", "good", "bad", "good too"),
        task("next", "result", "both"),
        task("other", "result"),
    ]
    *_, both, following, other = run(tasks, workers=workers, listener=recorder)
    assert both.reason == following.reason == "the user can mend this."
    assert "Traceback" in both.detail
    assert both.started
    assert other.done
    assert ("began", "both") not in recorder.news
    for name in ("bad", "good", "good too"):
        assert recorder.place("ended", name) < recorder.place("ended", "both")


def test_what_only_serves_a_task_that_cannot_come_is_not_made(task):
    tasks = [
        task("bad", "mistake"),
        task("vain", "result"),
        task("of use", "result"),
        task("both", "result", "bad", "vain", "of use"),
        task("another", "result", "of use"),
    ]
    _, vain, of_use, both, another = run(tasks, workers=1)
    assert (vain.done, vain.started) == (False, False)
    assert (of_use.done, another.done) == (True, True)
    assert both.reason == "the user can mend this."


def test_fail_fast_tells_the_failure_from_what_was_not_started(task):
    tasks = [
        task("bad", "mistake"),
        task("needs bad", "result", "bad"),
        task("well", "result"),
        task("needs well", "result", "well"),
    ]
    _, needs_bad, well, needs_well = run(tasks, workers=1, fail_fast=True)
    assert (needs_bad.reason, needs_bad.started) == ("the user can mend this.", True)
    assert not well.started
    assert not needs_well.started
    assert "another job failed" in needs_well.reason


def test_fail_fast_ends_what_is_under_way(task):
    tasks = [
        task("one part", "result"),
        task("bad", "mistake", "one part"),
        task("another part", "result"),
        task("whole", "result", "one part", "another part"),
        task("other", "result"),
    ]
    _, _, another, whole, other = run(tasks, workers=1, fail_fast=True)
    assert (another.done, whole.done) == (True, True)
    assert (other.done, other.started) == (False, False)


@pytest.mark.parametrize("names", [("later", "early"), ("nobody",)])
def test_waiting_for_what_does_not_come_before_is_refused(task, names):
    with pytest.raises(ValueError, match="do not come before it"):
        run([task("early", "result"), task("mid", "result", *names), task("later", "result")])


def test_nothing_to_do_is_done():
    assert run([]) == ()


def test_a_task_may_be_of_a_size_that_no_pipe_holds(task):
    big = task("a", "double", value=1)
    (ending,) = run([replace(big, work=partial(big.work, value="x" * 1_000_000))])
    assert len(ending.result["value"]) == 2_000_000


def test_no_descriptor_and_no_child_is_left(task):
    before = open_descriptors()
    _, *well = run([task("bad", "killed"), *(task(name, "double", value=1) for name in "ab")])
    for ending in well:
        with pytest.raises(ProcessLookupError):
            os.kill(ending.result["pid"], 0)
    assert open_descriptors() == before

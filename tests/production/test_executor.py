"""The executor: every task in its own process, and whatever happens to one happens to one."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from scenes.production.executors.local import run
from scenes.production.executors.task import Ending, Listener, Task


def task(name: str, work: str, **data: object) -> Task:
    return Task(name, f"fake_work:{work}", data)


def after(waiting: Task, *names: str) -> Task:
    return replace(waiting, after=names)


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


def test_results_come_in_the_order_of_the_tasks_each_from_a_process_of_its_own():
    endings = run([task(str(n), "double", value=n) for n in range(5)], workers=2)
    assert [ending.result["value"] for ending in endings] == [0, 2, 4, 6, 8]
    pids = {ending.result["pid"] for ending in endings}
    assert len(pids) == 5
    assert os.getpid() not in pids
    assert all(ending.result["group"] == ending.result["pid"] for ending in endings)


def test_progress_arrives_between_beginning_and_end():
    recorder = Recorder()
    run([task("a", "double", value=1)], listener=recorder)
    middle = [("progress", "a", 1, 2), ("progress", "a", 2, 2)]
    assert recorder.news[-1] == ("ended", "a", True)
    assert [news for news in recorder.news if news[0] == "progress"] == middle
    assert ("began", "a") in recorder.news


def test_no_more_workers_at_once_than_allowed():
    recorder = Recorder()
    run([task(str(n), "double", value=n) for n in range(4)], workers=1, listener=recorder)
    assert recorder.most == 1


def test_workers_run_side_by_side(tmp_path):
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
        ("absent", "AttributeError: module 'fake_work' has no attribute 'absent'"),
        ("no_memory", "out of memory: ; try a lower quality or fewer --jobs"),
    ],
)
def test_a_failure_costs_its_own_task_only(work, reason):
    tasks = [task("before", "double", value=1), task("bad", work), task("after", "double", value=2)]
    before, bad, after = run(tasks, workers=2)
    assert before.done
    assert after.done
    assert bad.reason == reason


def test_a_users_mistake_is_told_without_a_type_name_and_a_fault_with_its_traceback():
    mistake, fault = run([task("mistake", "mistake"), task("fault", "raises")])
    assert mistake.reason == "the user can mend this."
    assert "in raises" in fault.detail


def test_what_a_dead_worker_printed_is_kept_and_standard_output_stays_clean(capfd):
    dead, well = run([task("dead", "leaves"), task("well", "prints")])
    assert "about to leave" in dead.detail
    assert well.result == {"input": ""}
    assert capfd.readouterr() == ("", "")


def test_a_hung_worker_is_stopped_with_all_it_started(alive):
    hung, well = run(
        [task("hung", "hangs_deaf", alive=alive.path), task("well", "double", value=1)], patience=3
    )
    assert hung.reason == "no sign of life for 3 s, so it was stopped"
    assert well.done
    alive.wait_for_end()


def test_what_a_worker_leaves_behind_dies_with_it(alive):
    (ending,) = run([task("parent", "leaves_child", alive=alive.path)])
    assert ending.done
    alive.wait_for_end()


def test_the_death_of_the_nursery_costs_only_what_was_running():
    bad, after = run([task("bad", "kills_nursery"), task("after", "double", value=2)], workers=1)
    assert bad.reason == "the process that starts the workers died; is memory short?"
    assert after.done


def test_a_nursery_that_cannot_start_fails_the_tasks_and_says_why(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    endings = run([task("a", "double", value=1), task("b", "double", value=1)])
    assert [ending.done for ending in endings] == [False, False]


def test_fail_fast_starts_nothing_after_the_first_failure():
    bad, after = run([task("bad", "raises"), task("after", "double", value=2)], workers=1, fail_fast=True)
    assert bad.started
    assert not after.started
    assert after.reason == "not started: another job failed before it"


def test_preloaded_modules_are_there_before_the_work_begins():
    # `colorsys` stands for a heavy library: nothing else imports it.
    (cold,) = run([task("cold", "loaded", module="colorsys")])
    (warm,) = run([task("warm", "loaded", module="colorsys")], preload=["colorsys", "no_such_module"])
    assert not cold.result["loaded"]
    assert warm.result["loaded"]


def test_two_tasks_of_one_id_are_refused():
    with pytest.raises(ValueError, match="two tasks have the id 'a'"):
        run([task("a", "double", value=1), task("a", "double", value=2)])


def test_a_task_begins_when_those_it_waits_for_are_done_and_finds_their_results():
    recorder = Recorder()
    tasks = [
        task("b", "result", own=2),
        task("a", "result", own=1),
        after(task("sum", "result", own=3), "a", "b"),
        task("last", "result", own=4),
    ]
    endings = run(tasks, workers=2, listener=recorder)
    assert [ending.result["own"] for ending in endings] == [2, 1, 3, 4]
    assert endings[0].result["after"] is None
    assert [found["own"] for found in endings[2].result["after"]] == [1, 2]
    assert max(recorder.place("ended", name) for name in "ab") < recorder.place("began", "sum")


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_what_waits_for_a_failure_fails_for_the_same_reason_once_nothing_it_needs_runs(workers):
    recorder = Recorder()
    tasks = [
        task("bad", "mistake"),
        task("good", "result"),
        task("good too", "result"),
        after(task("both", "result"), "good", "bad", "good too"),
        after(task("next", "result"), "both"),
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


def test_what_only_serves_a_task_that_cannot_come_is_not_made():
    tasks = [
        task("bad", "mistake"),
        task("vain", "result"),
        task("of use", "result"),
        after(task("both", "result"), "bad", "vain", "of use"),
        after(task("another", "result"), "of use"),
    ]
    _, vain, of_use, both, another = run(tasks, workers=1)
    assert (vain.done, vain.started) == (False, False)
    assert (of_use.done, another.done) == (True, True)
    assert both.reason == "the user can mend this."


def test_fail_fast_tells_the_failure_from_what_was_not_started():
    tasks = [
        task("bad", "mistake"),
        after(task("needs bad", "result"), "bad"),
        task("well", "result"),
        after(task("needs well", "result"), "well"),
    ]
    _, needs_bad, well, needs_well = run(tasks, workers=1, fail_fast=True)
    assert (needs_bad.reason, needs_bad.started) == ("the user can mend this.", True)
    assert not well.started
    assert not needs_well.started
    assert "another job failed" in needs_well.reason


def test_fail_fast_ends_what_is_under_way():
    tasks = [
        task("one part", "result"),
        after(task("bad", "mistake"), "one part"),
        task("another part", "result"),
        after(task("whole", "result"), "one part", "another part"),
        task("other", "result"),
    ]
    recorder = Recorder()
    _, _, another, whole, other = run(tasks, workers=1, fail_fast=True, listener=recorder)
    assert (another.done, whole.done) == (True, True)
    assert (other.done, other.started) == (False, False)


@pytest.mark.parametrize("names", [("later", "early"), ("nobody",)])
def test_waiting_for_what_does_not_come_before_is_refused(names):
    with pytest.raises(ValueError, match="do not come before it"):
        run([task("early", "result"), after(task("mid", "result"), *names), task("later", "result")])


def test_nothing_to_do_is_done():
    assert run([]) == ()


def test_no_descriptor_and_no_child_is_left():
    before = open_descriptors()
    run([task("bad", "killed"), task("well", "double", value=1)])
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    assert open_descriptors() == before

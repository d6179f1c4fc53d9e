"""The drivers of the benchmarks measure what they say and keep to their own section of the results."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("benchmarks.results", reason="the benchmarks are not in this checkout")

from benchmarks.core.measure import Comparison, compare
from benchmarks.film.frames import Reading, load, raw_frames, store
from benchmarks.film.ours import CASES, in_motion, told
from benchmarks.film.processes import CommandError, Usage, environment, measure
from benchmarks.film.rows import Goal, Row
from benchmarks.results import write_section

_BUSY = "import time\nwhile time.process_time() < 0.4: pass\n"


def test_a_section_replaces_only_itself(tmp_path: Path) -> None:
    file = tmp_path / "RESULTS.md"
    write_section(file, "The core", "one\n\n### Growth\n\ntwo")
    write_section(file, "Films", "three")
    write_section(file, "The core", "four")
    assert file.read_text() == "# Results of the benchmarks\n\n## The core\n\nfour\n\n## Films\n\nthree\n"


def test_cpu_time_is_that_of_the_whole_tree(tmp_path: Path) -> None:
    parent = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {_BUSY!r}], check=True)"
    root = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {parent!r}], check=True)"
    used = measure([sys.executable, "-c", root], tmp_path)
    assert used.cpu >= 0.4
    assert used.largest > 1e6


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="Linux says what processes share")
def test_memory_is_that_of_the_whole_tree(tmp_path: Path) -> None:
    big = "held = b'x' * 60_000_000\nimport time\ntime.sleep(0.6)\n"
    both = f"import subprocess, sys\nchild = subprocess.Popen([sys.executable, '-c', {big!r}])\n{big}\nchild.wait()"
    used = measure([sys.executable, "-c", both], tmp_path, watch=True)
    assert used.tree is not None
    assert used.tree > 120e6
    assert used.largest > 60e6  # the system counts in what this process held when it forked


def test_a_command_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no such luck"):
        measure([sys.executable, "-c", "raise SystemExit('no such luck')"], tmp_path, environment())


def test_a_goal_is_judged_by_the_median_of_both_times() -> None:
    goal = Goal(2, True, "2 times")
    assert (
        Row("", "", [Usage(1, 1)], [(3, 3), (2.5, 1.5), (1, 1)], goal).cells()[-1]
        == "2 times: wall met, CPU missed"
    )


def test_ratios_are_those_of_one_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.core.measure.PAUSE", 0.0)
    done: list[str] = []

    def comparison(what: str) -> Comparison:
        ways = {way: partial(done.append, f"{what} {way}") for way in ("ours", "theirs")}
        return Comparison(what, ways, 10, {"theirs": ("never slower", 0.0)})

    lines = compare([comparison("walking"), comparison("running")], 3)
    rounds = [done[first : first + 4] for first in range(0, 16, 4)]
    assert len(done) == 16
    assert all(set(one[:2]) == {"walking ours", "walking theirs"} for one in rounds)
    assert all(set(one[2:]) == {"running ours", "running theirs"} for one in rounds)
    assert len({tuple(one) for one in rounds}) > 1, "the order changes"
    assert [(line.what, line.way) for line in lines] == [
        ("walking", "ours"),
        ("walking", "theirs"),
        ("running", "ours"),
        ("running", "theirs"),
    ]
    assert lines[3].ours is lines[2].seconds
    assert lines[3].verdict == "never slower: met"
    with pytest.raises(ValueError, match="same words"):
        compare([comparison("walking"), comparison("walking")], 1)


def test_frames_come_back_as_they_were_stored(tmp_path: Path) -> None:
    lecture, kind, beat, _ = CASES["tangent"]
    story = in_motion(told(lecture, kind), beat, 0.5)
    size = {"width": 320, "height": 180, "fps": 30}
    painted = [(pixels.copy(), repeat) for pixels, repeat in raw_frames(story, **size)]
    assert sum(repeat for _, repeat in painted) == 15
    assert store(iter(painted * 50), tmp_path, "film") == 750
    files = sorted(tmp_path.glob("*.raw"))
    assert len(files) == 2
    back = [(pixels.copy(), repeat) for file in files for pixels, repeat in load(file, 320, 180, Reading())]
    flat = [pixels for pixels, repeat in back for _ in range(repeat)]
    wanted = [pixels for pixels, repeat in painted * 50 for _ in range(repeat)]
    assert len(flat) == len(wanted)
    assert all(np.array_equal(a, b) for a, b in zip(flat, wanted, strict=True))

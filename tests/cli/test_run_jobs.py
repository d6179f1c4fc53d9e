"""render, preview and batch as real processes: files in place, statuses, streams, signals."""

from __future__ import annotations

import gc
import json
import os
import pty
import signal
import subprocess
import sys
from functools import partial

import pytest

SMALL = ("-r", "320,180", "--fps", "2")


def names(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_render_makes_the_films_and_prints_their_places(steepest, tmp_path, lecture):
    done = steepest("render", "quick.yaml", *SMALL)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "output/quick/01-tangent.mp4\noutput/quick/02-again.mp4\n"
    assert names(tmp_path / "output" / "quick") == ["01-tangent.mp4", "02-again.mp4", "manifest.json"]
    assert "quick/01-tangent: started" in done.stderr
    assert "quick/02-again: done, output/quick/02-again.mp4" in done.stderr
    outputs = json.loads((tmp_path / "output" / "quick" / "manifest.json").read_text())["outputs"]
    assert [(entry["status"], entry["size"], entry["fps"]) for entry in outputs] == [
        ("done", "320x180", 2)
    ] * 2


def test_render_of_one_scene_says_so_as_json(steepest, tmp_path, lecture):
    done = steepest(
        "render", "quick.yaml", *SMALL, "--scene", "again", "--json", "-o", "films", "--theme", "light"
    )
    assert done.returncode == 0, done.stderr
    (output,) = json.loads(done.stdout)["outputs"]
    assert (output["file"], output["status"], output["theme"]) == (
        "films/quick/02-again.mp4",
        "done",
        "light",
    )
    assert len(output["pauses"]) >= 5
    assert names(tmp_path / "films" / "quick") == ["02-again.mp4", "manifest.json"]


def test_one_failing_job_costs_itself_and_the_status(steepest, tmp_path, lecture):
    (tmp_path / "output" / "quick" / "01-tangent.mp4").mkdir(parents=True)
    done = steepest("render", "quick.yaml", *SMALL)
    assert done.returncode == 1
    assert done.stdout == "output/quick/02-again.mp4\n"
    assert "quick/01-tangent: failed: " in done.stderr
    assert "cannot be replaced" in done.stderr


def test_a_job_that_shows_no_sign_of_life_is_given_up(steepest, tmp_path, lecture):
    done = steepest("render", "quick.yaml", *SMALL, "--scene", "tangent", "--timeout", "0.001")
    assert done.returncode == 1
    assert "no sign of life for 0.001 s" in done.stderr
    assert names(tmp_path / "output" / "quick") == ["manifest.json"]


def test_preview_draws_one_still(steepest, tmp_path, lecture):
    from PIL import Image

    done = steepest(
        "preview", "quick.yaml", "--scene", "tangent", "--at", "1.5", "-r", "320,180", "-o", "a.png"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "a.png\n"
    with Image.open(tmp_path / "a.png") as picture:
        assert picture.size == (320, 180)
    assert names(tmp_path) == ["a.png", "quick.yaml"]


def test_preview_leaves_the_search_for_garbage_to_a_process_that_goes_on(invoke, tmp_path, lecture):
    gc.enable()
    for at, code in ((1.5, 0), (1e6, 2)):
        result = invoke("preview", "quick.yaml", "--scene", "tangent", "--at", at, "-r", "320,180")
        assert result.exit_code == code, result.output
        assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_preview_of_a_lecture_with_several_scenes_asks_which(steepest, lecture):
    done = steepest("preview", "quick.yaml")
    assert done.returncode == 2
    assert "several scenes. Name one of tangent, again" in done.stderr


def test_preview_beyond_the_end_says_how_long_the_scene_is(steepest, lecture):
    done = steepest("preview", "quick.yaml", "--scene", "tangent", "--at", "1e6", "-r", "320,180")
    assert done.returncode == 2
    assert "--at: 1e+06 is outside of the scene 'tangent'; allowed are 0 to" in done.stderr


def test_a_dry_run_makes_nothing(invoke, tmp_path, lecture):
    result = invoke("batch", lecture, "houses", "--dry-run")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[:3] == [
        "output/quick/01-tangent.mp4",
        "output/quick/02-again.mp4",
        "output/quick/quick.pdf",
    ]
    assert names(tmp_path) == ["quick.yaml"]


def test_batch_makes_films_and_reports_and_goes_on_after_a_bad_lecture(steepest, tmp_path, lecture):
    (tmp_path / "bad.yaml").write_text("title: Bad\n")
    done = steepest("batch", "bad.yaml", "quick.yaml", *SMALL, "--json")
    assert done.returncode == 1, done.stderr
    bad, *good = json.loads(done.stdout)["outputs"]
    assert (bad["lecture"], bad["status"]) == ("bad.yaml", "failed")
    assert [(output["kind"], output["status"]) for output in good] == [
        ("film", "done"),
        ("film", "done"),
        ("report", "done"),
    ]
    assert "bad.yaml" in done.stderr
    assert (tmp_path / "output" / "quick" / "quick.pdf").read_bytes().startswith(b"%PDF")


def test_batch_fails_fast_when_told_to(steepest, tmp_path, lecture):
    (tmp_path / "bad.yaml").write_text("title: Bad\n")
    done = steepest("batch", "bad.yaml", "quick.yaml", *SMALL, "--fail-fast")
    assert (done.returncode, done.stdout) == (2, "")
    assert names(tmp_path) == ["bad.yaml", "quick.yaml"]


def test_batch_of_two_lectures_with_one_name_is_refused(invoke, tmp_path, lecture):
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "quick.yaml").write_text(lecture.read_text())
    result = invoke("batch", "quick.yaml", "more/quick.yaml")
    assert result.exit_code == 2
    assert "are both called 'quick'" in result.stderr


def test_report_goes_where_it_is_told(steepest, tmp_path, lecture):
    done = steepest("report", "quick.yaml", "-o", "handout.pdf", "--paper", "letter", "--print")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "handout.pdf\n"
    assert names(tmp_path) == ["handout.pdf", "quick.yaml"]


def test_a_folder_is_a_place_for_one_file_too(steepest, tmp_path, lecture):
    (tmp_path / "made").mkdir()
    report = steepest("report", "quick.yaml", "-o", "made")
    assert report.stdout == "made/quick/quick.pdf\n", report.stderr
    still = steepest("preview", "quick.yaml", "--scene", "again", "-o", "made/", "-q", "l", "--at", "1")
    assert still.stdout == "made/quick/02-again.png\n", still.stderr
    assert names(tmp_path / "made" / "quick") == ["02-again.png", "manifest.json", "quick.pdf"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("report", "quick.yaml"),
        ("check", "quick.yaml", "--beats"),
        ("preview", "quick.yaml", "--scene", "again", "-q", "l"),
        ("descend", "--formula", "x^2", "--rate", "0.1"),
        ("list", "scenes"),
        ("render", "--help"),
    ],
)
def test_only_films_need_manim(steepest, tmp_path, monkeypatch, lecture, imported_first, arguments):
    absent = tmp_path / "absent"
    absent.mkdir()
    (absent / "manim.py").write_text("raise ImportError('this machine has no Manim')\n")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(absent), imported_first)))
    done = steepest(*arguments)
    assert done.returncode == 0, done.stderr
    if arguments[0] == "report":
        film = steepest("render", "quick.yaml", *SMALL, "--scene", "again")
        assert film.returncode == 1
        assert "this machine has no Manim" in film.stderr


@pytest.mark.parametrize("command", ["check", "preview"])
def test_a_command_without_films_does_not_import_manim(command, tmp_path, lecture):
    more = ["--scene", "again", "-q", "l"] if command == "preview" else []
    code = (
        "import sys\n"
        "from scenes.cli import main\n"
        "try:\n"
        f"    main({[command, str(lecture), *more]!r}, prog_name='steepest')\n"
        "except SystemExit as end:\n"
        "    assert not end.code\n"
        "print([name for name in ('manim', 'av', 'scipy', 'networkx') if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_a_render_and_leaves_nothing(tmp_path, program, lecture, number, status):
    command = [
        program,
        "render",
        "quick.yaml",
        "-q",
        "k",
        "--json",
    ]  # far too large to be done before the signal
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=partial(signal.signal, number, signal.SIG_DFL),  # who runs the tests may ignore it
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline().endswith("started\n")
        process.send_signal(number)
        rest = process.stderr.read()  # ends when the last process that holds it is gone
        assert process.stdout is not None
        assert json.loads(process.stdout.read())["status"] == "interrupted"
    assert process.returncode == status
    assert rest.splitlines()[-1].startswith("interrupted")
    assert "Traceback" not in rest
    assert names(tmp_path) == ["quick.yaml"]


def test_on_a_terminal_there_is_a_bar_and_standard_output_stays_clean(tmp_path, program, lecture):
    ours, theirs = pty.openpty()
    command = [program, "render", "quick.yaml", *SMALL, "--scene", "tangent"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=theirs, text=True) as process:
        os.close(theirs)
        shown = bytearray()
        try:
            while data := os.read(ours, 4096):
                shown += data
        except OSError:  # Linux says so when the other end is closed
            pass
        os.close(ours)
        assert process.stdout is not None
        assert process.stdout.read() == "output/quick/01-tangent.mp4\n"
    assert process.returncode == 0
    assert b"[####" in shown
    assert b"quick/01-tangent: done, output/quick/01-tangent.mp4 (1 of 1)" in shown
    assert b"started" not in shown

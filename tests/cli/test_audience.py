"""What check says of those who watch, and of what a film asks them; and films that are told briefly."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scenes.storyboard.question import OfferedAnswer, Question
from scenes.storyboard.telling import Telling
from scenes.text import words

ASKED = Question(
    words("Where will it land?"),
    (
        OfferedAnswer(words("5.4"), words("against the slope"), right=True),
        OfferedAnswer(words("6.6"), words("with the slope")),
    ),
)


@pytest.fixture
def asking(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first beat of every story asks."""
    usual = Telling.beat

    def beat(self: Telling, identifier: str, caption: Any, **more: Any) -> None:
        first = not self._beats
        usual(self, identifier, caption, **{**more, "question": ASKED} if first else more)

    monkeypatch.setattr(Telling, "beat", beat)


def document_of(result: Any) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)["lectures"][0]


def test_check_tells_a_question_with_its_choices(invoke, lecture, asking):
    beats = document_of(invoke("check", lecture, "--json"))["scenes"][0]["beats"]
    assert beats[0]["question"] == {
        "prompt": "Where will it land?",
        "choices": [
            {"text": "5.4", "right": True, "reason": "against the slope"},
            {"text": "6.6", "right": False, "reason": "with the slope"},
        ],
    }
    assert all("spoken" in beat and (beat is beats[0] or "question" in beat) for beat in beats)
    shown = [line.strip() for line in invoke("check", lecture, "--beats").stdout.splitlines()]
    place = shown.index("Where will it land?")
    assert shown[place + 1 : place + 3] == ["✓ 5.4: against the slope", "· 6.6: with the slope"]


def test_advice_does_not_make_a_lecture_wrong(invoke, lecture):
    lecture.write_text(
        lecture.read_text().replace("{kind: tangent}", "\n    kind: tangent\n    captions:\n      CAPTION", 1)
    )
    identifier = "start"
    own = f"{identifier}: {'one and two and three and ' * 6}"
    lecture.write_text(lecture.read_text().replace("CAPTION", own))
    told = document_of(invoke("check", lecture, "--audience", "--json"))
    assert told["status"] == "ok"
    (found,) = (
        each
        for each in told["audience"]
        if (each["rule"], each["beat"], each["scene"]) == ("words", identifier, "tangent")
    )
    assert (found["value"], found["limit"]) == (36, 14)
    assert found["key"] == "scenes[0].captions.start"
    assert lecture.read_text().splitlines()[found["line"] - 1].strip().startswith("start:")
    assert [each["scene"] for each in told["measured"]] == ["tangent", "again"]
    assert sum(each["findings"] for each in told["measured"]) == len(told["audience"])
    for each in told["audience"]:
        assert each["found"]
        assert each["allowed"]
        assert each["mend"]

    shown = invoke("check", lecture, "--audience")
    assert shown.exit_code == 0
    assert "audience of tangent: " in shown.stdout
    assert f"line {found['line']}: found a caption of 36 words; allowed: at most 14; mend: " in shown.stdout


def test_without_the_option_nobody_judges(invoke, lecture):
    assert "audience" not in document_of(invoke("check", lecture, "--json"))


def test_a_lecture_that_is_wrong_stays_so(invoke, tmp_path):
    (tmp_path / "wrong.yaml").write_text("scenes: 3\n")
    assert invoke("check", "wrong.yaml", "--audience").exit_code == 2


def test_a_shape_needs_somebody_who_looks(invoke, lecture):
    result = invoke("check", lecture, "--shape", "9:16")
    assert result.exit_code == 2
    assert "--audience" in result.stderr


def test_brief_films_are_told_in_a_quarter_of_a_minute(invoke, lecture, tmp_path):
    planned = invoke("batch", lecture, "--brief", "--dry-run", "--json")
    jobs = json.loads(planned.stdout)["jobs"]
    assert [job.get("brief") for job in jobs] == [True, True, None]
    usual = json.loads(invoke("batch", lecture, "--dry-run", "--json").stdout)["jobs"]
    assert [job.get("brief") for job in usual] == [False, False, None]
    result = invoke(
        "render", lecture, "--brief", "--scene", "again", "-r", "160,128", "--fps", "4", "-j", "1"
    )
    assert result.exit_code == 0, result.output
    (entry,) = json.loads((tmp_path / "output" / "quick" / "manifest.json").read_text())["outputs"]
    assert entry["brief"] is True
    assert entry["seconds"] <= 15.0 + 0.25

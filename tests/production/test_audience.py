"""Scenes are judged side by side; what cannot be painted at some moment is a fault of its lecture and of no other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scenes.audience.advice import AudienceRule
from scenes.kinds.tangent.picture.tangent import TangentPicture
from scenes.production.audience import fault_of, judge_attempts
from scenes.production.rehearsal import Attempt, try_to_rehearse
from scenes.storyboard.story import Moment

LECTURE = """\
problem: {formula: "(w-3)^2 + 2"}
runs: {a: {rate: 0.1, start: 6, steps: 3}}
scenes: [{kind: tangent}]
"""


def attempt_at(folder: Path, text: str = LECTURE, name: str = "mine") -> Attempt:
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return try_to_rehearse(str(path))


def test_attempts_keep_their_order_and_their_findings(tmp_path: Path) -> None:
    attempts = [
        attempt_at(tmp_path),
        attempt_at(tmp_path, "scenes: 3", "wrong"),
        attempt_at(tmp_path, LECTURE, "other"),
    ]
    judged = judge_attempts(attempts, "1:1")
    assert [each.text for each in judged] == [each.text for each in attempts]
    assert judged[1] == attempts[1]
    for each in (judged[0], judged[2]):
        assert each.judgements is not None
        assert [judgement.scene for judgement in each.judgements] == ["tangent"]
    assert judged[0].judgements == judged[2].judgements


def test_nothing_is_judged_where_nothing_can_be_told(tmp_path: Path) -> None:
    wrong = attempt_at(tmp_path, "scenes: 3")
    assert judge_attempts([wrong], "16:9") == [wrong]
    assert judge_attempts([], "16:9") == []


def test_a_moment_that_cannot_be_painted_is_a_fault_of_the_scene(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = TangentPicture.draw

    def torn(self: TangentPicture, pen: Any, at: Moment) -> None:
        if 0.4 < at.seconds < 0.8:  # between pauses
            raise ZeroDivisionError("division by zero")
        draw(self, pen, at)

    monkeypatch.setattr(TangentPicture, "draw", torn)
    (judged,) = judge_attempts([attempt_at(tmp_path)], "16:9")
    assert judged.rehearsal is None
    (fault,) = judged.faults
    assert (fault.line, fault.column) == (3, 10)
    assert "division by zero" in fault.found
    assert "ZeroDivisionError" in judged.detail


def test_what_is_found_at_a_caption_of_ones_own_has_its_line(tmp_path: Path) -> None:
    own = "[{kind: tangent, captions: {start: " + "one and two and three and " * 6 + "}}]"
    attempt = attempt_at(tmp_path, LECTURE.replace("[{kind: tangent}]", "\n  " + own))
    (judged,) = judge_attempts([attempt], "16:9")
    assert judged.judgements is not None
    assert judged.rehearsal is not None
    found = [
        fault_of(judged.rehearsal.lecture, finding)
        for finding in judged.judgements[0].findings
        if (finding.rule, finding.beat) == (AudienceRule.WORDS, "start")
    ]
    assert [(fault.line, fault.key) for fault in found] == [(4, "scenes[0].captions.start")]

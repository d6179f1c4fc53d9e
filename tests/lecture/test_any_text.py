"""Whatever is done to a lecture, it is read or its faults are told: there is no third way."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from scenes.lecture.read import read_lecture
from scenes.lecture.shipped import shipped, shipped_data
from scenes.lecture.source.faults import Fault, LectureError
from scenes.lecture.starter import starter

PIECES = [
    "null", "~", "[]", "{}", "3", "-1", "1e999", ".nan", "true", "x", "'", '"', "[", "]", "{", "}", ":", " ", "\n",
    "  ", "#", "&a ", "*a", "!x ", "- ", "? ", ",", "|\n", ">", "0x10", "2020-01-01", "runs", "kind", "é", "\t",
    "<<: ", "9" * 30,
]  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_a_mangled_lecture(tmp_path, seed):
    for path in shipped_data().values():
        shutil.copy(path, tmp_path)
    texts = [starter("lesson"), *(path.read_text(encoding="utf-8") for path in shipped().values())]
    chance = random.Random(seed)
    for _ in range(100):
        text = chance.choice(texts)
        for _ in range(chance.randint(1, 4)):
            start = chance.randrange(len(text))
            text = text[:start] + chance.choice(PIECES) + text[start + chance.choice([0, 0, 1, 4, 9]) :]
        path = tmp_path / "lesson.yaml"
        path.write_text(text, encoding="utf-8")
        for fault in faults_of(path):
            assert fault.found, text
            assert fault.allowed, text
            assert fault.mend, text
            if fault.file == str(path):
                assert 1 <= (fault.line or 0) <= len(text.splitlines()) + 1, text


def faults_of(path: Path) -> tuple[Fault, ...]:
    try:
        read_lecture(path)
    except LectureError as error:
        return error.faults or (Fault(str(path), None, None, "", "", "", ""),)  # none would be a third way
    return ()

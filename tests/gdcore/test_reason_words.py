"""Every sentence of the core has words, and all words are said somewhere: keys are written out, so both can be found."""

import ast
import re
from pathlib import Path

import gdcore
from gdcore.sentences.reason_words import REASONS

PACKAGE = Path(gdcore.__file__).parent
_FAMILIES = tuple({key.partition(".")[0] + "." for key in REASONS})
_KEY = re.compile(r"[a-z_]+(\.[a-z_]+)+")


def _literals() -> set[str]:
    found = set()
    for file in PACKAGE.rglob("*.py"):
        if file.name == "reason_words.py":
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        found |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    return found


def test_every_key_is_said_as_it_is_written() -> None:
    assert set(REASONS) - _literals() == set()


def test_every_key_that_is_said_has_words() -> None:
    keys = {text for text in _literals() if text.startswith(_FAMILIES) and _KEY.fullmatch(text)}
    assert keys - set(REASONS) == set()


def test_no_full_clause_is_spliced_by_a_comma() -> None:
    for key, words in REASONS.items():
        assert not re.search(r", (choose|take|give|start|there|scale|standardize) ", words), key

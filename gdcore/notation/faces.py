"""Words in letters of their own: a formula with a face for what the usual font has not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any, cast

from gdcore.notation.nodes import Face, Node, Word


@lru_cache(maxsize=4096)
def lettered(node: Node, face: Face | None) -> Node:
    """The same formula, with the face at every word that is not in plain Latin letters."""
    foreign = face is not None and any(not word.text.isascii() for word in words_of(node))
    return cast(Node, _lettered(node, face)) if foreign else node


def words_of(node: Node) -> Iterator[Word]:
    """The words of a formula, from left to right."""
    yield from _words(node)


# Trees are dataclasses of leaves, trees and tuples of them, whatever kinds of them there are.


def _lettered(part: Any, face: Face | None) -> Any:
    if isinstance(part, Word):
        return part if part.text.isascii() else replace(part, face=face)
    if isinstance(part, tuple):
        return tuple(_lettered(each, face) for each in part)
    if not isinstance(part, Node):
        return part
    inner = {field.name: getattr(part, field.name) for field in fields(part)}
    return type(part)(**{name: _lettered(value, face) for name, value in inner.items()})


def _words(part: Any) -> Iterator[Word]:
    if isinstance(part, Word):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from _words(each)
    elif isinstance(part, Node):
        for field in fields(part):
            yield from _words(getattr(part, field.name))

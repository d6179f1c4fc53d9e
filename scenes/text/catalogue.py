"""Every sentence of ours, by its own key, in the words of one language; and how it is filled in.

A template is plain text with three kinds of mark, read here and nowhere else:

    {name}        the place of a value: words as they stand, a formula, or other rich text
    $…$           mathematics in the language of `grammar`, with {name} for formulae
    {point|…}     the colour of a meaning

Only the catalogue holds templates. What comes from a lecture, a file or a column is a value, which is never read.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias, get_args

from gdcore.notation import Face, Node, lettered, name_node
from gdcore.notation.letters import Letters
from gdcore.sentences.sentence import TEMPLATES, At, Name, Sentence
from gdcore.sentences.sentence import Value as CoreValue
from scenes.kinds import KindError, kinds
from scenes.theme import Role

from .grammar import read_maths
from .numbers import number, point
from .rich import Maths, Rich, Words, words

FOLDER = Path(__file__).parent / "sentences"

Value: TypeAlias = Node | Rich | str | int
_NODES = get_args(Node)
_ROLE = re.compile(r"\{(" + "|".join(role.value for role in Role) + r")\|")
_PLACE = re.compile(r"\{([a-z_0-9]+)\}")
_FROM = 10_000  # numbers from here on have their thousands marked


@dataclass(frozen=True)
class _Part:
    """A piece of a template: plain ``text``, the name of a place, or a formula."""

    kind: str
    text: str
    role: Role | None


@dataclass(frozen=True, eq=False)
class Speech:
    """How one lecture speaks: its language, the mark between a number's whole and decimals, and the letters that are free.

    ``sentences`` are the templates by key; ``face`` is the font of the lecture, for letters that ours has not.
    """

    language: str
    sentences: Mapping[str, str] = field(repr=False)
    letters: Letters = Letters()
    face: Face | None = None

    @property
    def decimal(self) -> str:
        """The mark before the decimals."""
        return self.sentences["number.decimal"]

    def say(self, key: str, **values: Value) -> Rich:
        """The sentence of a key with its values. Raises KeyError for a key or a value that is not there."""
        return self._filled(self.sentences[key], values).lettered(self.face)

    def word(self, key: str, **values: Value) -> str:
        """The same as plain text."""
        return self.text(self.say(key, **values))

    def text(self, content: Rich) -> str:
        """Rich text as one would type it in this language."""
        return content.plain(self.decimal)

    def said(self, sentence: Sentence) -> Rich:
        """What the core says, in the words of this language."""
        values = {name: self._of_core(value) for name, value in sentence.values}
        return self.say(sentence.key, **values)

    def formula(self, template: str, /, **places: Node) -> Node:
        """A formula of ours in the language of `grammar`, with our letters as they are free here."""
        return self.lettered(_formula(template, self.letters, tuple(places.items())))

    def words(self, text: str, role: Role | None = None) -> Rich:
        """Text taken literally, such as a title or a column's name."""
        return words(text, role).lettered(self.face)

    def name(self, parameter: str) -> Node:
        """A parameter's name as it is set."""
        return self.lettered(name_node(parameter))

    def lettered(self, formula: Node) -> Node:
        """A formula that is not of this speech, with the lecture's font for what ours has not."""
        return lettered(formula, self.face)

    def count(self, thing: str, many: int) -> Rich:
        """A number of things: 1 step, 20 steps."""
        form = "one" if many == 1 else "other"
        return self.say(f"count.{thing}.{form}", n=many)

    def listed(self, items: Sequence[Rich]) -> Rich:
        """a, b and c."""
        if not items:
            return Rich()
        found = items[0]
        for item in items[1:-1]:
            found = self.say("list.more", first=found, next=item)
        return self.say("list.last", first=found, last=items[-1]) if len(items) > 1 else found

    def integer(self, value: int) -> str:
        """A count as text, from ten thousand on with marks between the thousands."""
        mark = self.sentences["number.thousands"] if abs(value) >= _FROM else ""
        return f"{value:,}".replace(",", mark).replace("-", "−")

    # Behind the scenes

    def _filled(self, template: str, values: Mapping[str, Value]) -> Rich:
        runs: list[Words | Maths] = []
        for part in _parts(template):
            if part.kind == "text":
                runs.append(Words(part.text, part.role))
            elif part.kind == "maths":
                nodes = tuple((name, value) for name, value in values.items() if isinstance(value, _NODES))
                runs.append(Maths(_formula(part.text, self.letters, nodes), part.role))
            else:
                runs.extend(self._rich(values[part.text]).coloured(part.role).runs)
        return Rich(tuple(runs))

    def _rich(self, value: Value) -> Rich:
        if isinstance(value, Rich):
            return value
        if isinstance(value, str):
            return Rich((Words(value),))
        if isinstance(value, int):
            return Rich((Words(self.integer(value)),))
        return Rich((Maths(value),))

    def _of_core(self, value: CoreValue) -> Value:
        match value:
            case Name(text):
                return name_node(text)
            case At(names, values):
                return point(map(name_node, names), [number(x) for x in values])
            case tuple():
                return self.listed([Rich((Maths(number(x)),)) for x in value])
            case str() | int():
                return value
        return number(value)


def languages() -> tuple[str, ...]:
    """The languages that there are, by code."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def speech(language: str = "en", parameters: Iterable[str] = (), face: Face | None = None) -> Speech:
    """How a lecture speaks whose problem has these parameters. Raises OSError for an unknown language."""
    return Speech(language, _sentences(FOLDER / f"{language}.toml"), Letters.beside(parameters), face)


@lru_cache(maxsize=8)
def _sentences(ours: Path) -> Mapping[str, str]:
    found = dict(TEMPLATES)  # the core brings its own English
    for kind in kinds().values():  # and so does a kind, each key behind its name
        for file in (kind.sentences("en"), kind.sentences(ours.stem)):
            if file.is_file():
                found.update(_read(file, f"{kind.name}."))
    found.update(_read(ours))
    return MappingProxyType(found)


def _read(file: Path, before: str = "") -> dict[str, str]:
    try:
        return _flat(tomllib.loads(file.read_text(encoding="utf-8")), before)
    except tomllib.TOMLDecodeError as error:
        raise KindError(f"{file}: {error}", mend="mend the file") from None


def _flat(table: Mapping[str, Any], before: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            found.update(_flat(value, f"{before}{key}."))
        else:
            found[before + key] = value
    return found


@lru_cache(maxsize=4096)
def _formula(template: str, letters: Letters, places: tuple[tuple[str, Node], ...]) -> Node:
    return read_maths(template, dict(places), letters)


@lru_cache(maxsize=1024)
def _parts(template: str) -> tuple[_Part, ...]:
    """The pieces of a template in order. Raises ValueError for a mark that is not closed."""
    parts: list[_Part] = []
    role: Role | None = None
    at = 0
    while at < len(template):
        opening, place = _ROLE.match(template, at), _PLACE.match(template, at)
        if opening:
            role, at = Role(opening[1]), opening.end()
        elif place:
            parts.append(_Part("place", place[1], role))
            at = place.end()
        elif template[at] == "}" and role is not None:
            role, at = None, at + 1
        elif template[at] == "$":
            end = template.find("$", at + 1)
            if end < 0:
                raise ValueError(f"a formula is not closed in {template!r}")
            parts.append(_Part("maths", template[at + 1 : end], role))
            at = end + 1
        else:
            end = at + 1
            while end < len(template) and template[end] not in "${}":
                end += 1
            parts.append(_Part("text", template[at:end], role))
            at = end
    if role is not None:
        raise ValueError(f"a colour is not closed in {template!r}")
    return tuple(parts)


def places_of(template: str) -> frozenset[str]:
    """The names of the values that a template asks for."""
    found: set[str] = set()
    for part in _parts(template):
        if part.kind == "place":
            found.add(part.text)
        elif part.kind == "maths":
            found.update(_PLACE.findall(part.text))
    return frozenset(found)

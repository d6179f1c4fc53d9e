"""Values that are typed as lists: numbers, names, settings. Each is a callback for `click.option`."""

from __future__ import annotations

import math

import click

from .numerals import TypedNumbers, ascii_minus, decimal_of, number_of, numbers_of


def numbers(ctx: click.Context, param: click.Parameter, text: str | None) -> tuple[float, ...] | None:
    """``-1.2,1``: numbers with commas between them."""
    return None if text is None else numbers_of(text)


def start(
    ctx: click.Context, param: click.Parameter, text: str | None
) -> TypedNumbers | dict[str, float] | None:
    """``-1.2,1`` in the order of the parameters, or ``x=-1.2,y=1`` by their names."""
    if text is None or "=" not in text:
        return None if text is None else numbers_of(text)
    return _by_name(text, "x=-1.2,y=1")


def rate(
    ctx: click.Context, param: click.Parameter, text: str | None
) -> float | TypedNumbers | dict[str, float] | None:
    """``0.1``; or one for each parameter, ``0.01,0.1`` in their order or ``m=0.01,b=0.1`` by their names."""
    if text is not None and "=" in text:
        return _by_name(text, "m=0.01,b=0.1")
    if text is None:
        return None
    try:
        found = numbers_of(text)
    except click.BadParameter:
        raise click.BadParameter(
            f"{text!r} is not a number; write 0.1, or one for each parameter such as m=0.01,b=0.1."
        ) from None
    return found if len(found) > 1 else found[0]


def _by_name(text: str, example: str) -> dict[str, float]:
    found: dict[str, float] = {}
    before = ""
    for part in text.split(","):
        name, sign, value = (piece.strip() for piece in part.partition("="))
        if not (name and sign and value):
            decimal = _with_decimal_point(before, part)
            mend = f"name every number, such as {example}, or {decimal or 'none of them'}"
            raise click.BadParameter(f"{part.strip()!r} has no name; {mend}.")
        before = part
        if name in found:
            raise click.BadParameter(f"{name} is named twice; name it once.")
        try:
            found[name] = number_of(value)
        except ValueError:
            raise click.BadParameter(f"{value!r} is not a number; write {name}=1, for example.") from None
    return found


def predictions(
    ctx: click.Context, param: click.Parameter, texts: tuple[str, ...]
) -> tuple[TypedNumbers | dict[str, float], ...]:
    """As `start`, but by the names of columns, for an option that may be repeated; they are finite."""
    found = tuple(_by_name(text, "bedrooms=6") if "=" in text else numbers_of(text) for text in texts)
    for text, given in zip(texts, found, strict=True):
        if not all(map(math.isfinite, given.values() if isinstance(given, dict) else given)):
            raise click.BadParameter(f"{text!r} must be finite numbers; write for example 6.")
    return found


def no_nan(ctx: click.Context, param: click.Parameter, value: float | None) -> float | None:
    """A number that can be compared with others."""
    if value is not None and math.isnan(value):
        raise click.BadParameter("nan is not a number; write one in digits, such as 12.5.")
    return value


class ColumnsType(click.types.StringParamType):
    """One column, or several with commas between them: which it is, only the table knows."""

    def split_envvar_value(self, rv: str) -> list[str]:
        """A variable of the environment holds one such text: names have blanks."""
        return [rv]


def names(ctx: click.Context, param: click.Parameter, text: str | None) -> tuple[str, ...] | None:
    """``m,b``: names with commas between them."""
    if text is None:
        return None
    found = tuple(part.strip() for part in text.split(","))
    if not all(found):
        raise click.BadParameter(f"{text!r} is not a list of names; write them with commas, such as m,b.")
    return found


def settings(
    ctx: click.Context, param: click.Parameter, texts: tuple[str, ...]
) -> dict[str, float | int | str]:
    """``gradient=1e-6,patience=10``, also over several uses of the option; numbers where they are numbers."""
    found: dict[str, float | int | str] = {}
    for name, value in _pairs(texts):
        if name in found:
            raise click.BadParameter(f"{name} is given twice; give it once.")
        found[name] = value
    return found


def given_schedules(
    ctx: click.Context, param: click.Parameter, texts: tuple[str, ...]
) -> list[dict[str, object]]:
    """``step,factor=0.5,every=50``: the kind, then its settings. What is given several times is a list."""
    found: list[dict[str, object]] = []
    for text in texts:
        kind, _, rest = text.partition(",")
        if "=" in kind or not kind.strip():
            raise click.BadParameter(f"{text!r} must begin with a kind, such as step,factor=0.5,every=50.")
        given: dict[str, list[float | int | str]] = {}
        for name, value in _pairs((rest,) if rest else ()):
            given.setdefault(name, []).append(value)
        values = {name: each[0] if len(each) == 1 else each for name, each in given.items()}
        found.append({"kind": kind.strip(), **values})
    return found


def _pairs(texts: tuple[str, ...]) -> list[tuple[str, float | int | str]]:
    """The settings in some texts, each ``name=value,name=value``, in their order."""
    found = []
    before = ""
    for part in ",".join(texts).split(",") if texts else ():
        name, sign, value = (piece.strip() for piece in part.partition("="))
        if not (name and sign and value):
            mend = _with_decimal_point(before, part) or "write name=value, such as gradient=1e-6"
            raise click.BadParameter(f"{part!r} is not a setting; {mend}.")
        found.append((name, _number_or_text(value)))
        before = part
    return found


def _with_decimal_point(before: str, part: str) -> str | None:
    """The mend of ``beta=0`` before ``9``."""
    name, _, value = before.partition("=")
    meant = decimal_of(value, part)
    return None if meant is None else f"write {name.strip()}={meant}, with a decimal point"


def _number_or_text(text: str) -> float | int | str:
    for kind in (int, float):
        try:
            return kind(ascii_minus(text))
        except ValueError:
            continue
    return text

"""One of a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    _Type = click.Choice[str]
else:  # which older versions of Click take no argument for
    _Type = click.Choice


class ChoiceType(_Type):
    """One of the choices. For another word the message asks for what it probably means."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            from scenes.lecture.source.synonyms import meant_by

            near = meant_by(value, self.choices)
            guess = f" Did you mean {near}?" if near else ""
            self.fail(f"{error.message}{guess}", param, ctx)
